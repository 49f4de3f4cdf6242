//! What is counted and timed, through the `metrics` facade.
//!
//! A host that wants numbers installs a recorder before it opens an engine; without one
//! every count is a call that does nothing. Labels are words of ours, never an id, a
//! tenant, an address or anything else a request brought (R180), so the number of series
//! is fixed by the program.

mod meters;

pub(crate) use meters::{Flow, Meters, PasswordMeters, float};

use ::metrics::{Counter, Gauge, Histogram, Key, Label, Level, Metadata, with_recorder};

/// One metric: the only description of it, from which it is registered and documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// The name in Prometheus' form, with its unit.
    pub name: &'static str,
    /// How it changes.
    pub kind: SeriesKind,
    /// Its label names.
    pub labels: &'static [&'static str],
    /// What it says, for people.
    pub help: &'static str,
}

/// How a metric changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesKind {
    /// Only up, from zero at each start.
    Counter,
    /// Up and down.
    Gauge,
    /// A distribution.
    Histogram,
}

impl SeriesKind {
    /// The word of Prometheus' text format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// A label and its value, both words of ours.
pub type LabelPair = (&'static str, &'static str);

const METADATA: Metadata<'static> = Metadata::new("hellojohn", Level::INFO, Some(module_path!()));

impl Series {
    /// A counter.
    pub const fn counter(
        name: &'static str,
        labels: &'static [&'static str],
        help: &'static str,
    ) -> Self {
        Self::new(name, SeriesKind::Counter, labels, help)
    }

    /// A gauge.
    pub const fn gauge(
        name: &'static str,
        labels: &'static [&'static str],
        help: &'static str,
    ) -> Self {
        Self::new(name, SeriesKind::Gauge, labels, help)
    }

    /// A histogram.
    pub const fn histogram(
        name: &'static str,
        labels: &'static [&'static str],
        help: &'static str,
    ) -> Self {
        Self::new(name, SeriesKind::Histogram, labels, help)
    }

    const fn new(
        name: &'static str,
        kind: SeriesKind,
        labels: &'static [&'static str],
        help: &'static str,
    ) -> Self {
        Self {
            name,
            kind,
            labels,
            help,
        }
    }

    /// A handle that counts; keep it, so that counting is one atomic addition.
    pub fn count(&self, labels: &[LabelPair]) -> Counter {
        let key = self.key(labels);
        with_recorder(|recorder| recorder.register_counter(&key, &METADATA))
    }

    /// A handle that shows a value.
    pub fn show(&self, labels: &[LabelPair]) -> Gauge {
        let key = self.key(labels);
        with_recorder(|recorder| recorder.register_gauge(&key, &METADATA))
    }

    /// Shows 1 or 0 beside a fact that is text, such as a version.
    pub fn state_fact(&self, label: &'static str, fact: &str, holds: f64) {
        debug_assert!(self.labels == [label], "{} has no label {label}", self.name);
        let label = Label::new(label, fact.to_owned());
        let key = Key::from_parts(self.name, vec![label]);
        with_recorder(|recorder| recorder.register_gauge(&key, &METADATA)).set(holds);
    }

    /// A handle that takes measurements.
    pub fn measure(&self, labels: &[LabelPair]) -> Histogram {
        let key = self.key(labels);
        with_recorder(|recorder| recorder.register_histogram(&key, &METADATA))
    }

    /// Tells the recorder what this metric is.
    pub fn describe(&self) {
        let (name, help) = (self.name.into(), self.help.into());
        with_recorder(|recorder| match self.kind {
            SeriesKind::Counter => recorder.describe_counter(name, None, help),
            SeriesKind::Gauge => recorder.describe_gauge(name, None, help),
            SeriesKind::Histogram => recorder.describe_histogram(name, None, help),
        });
    }

    fn key(&self, labels: &[LabelPair]) -> Key {
        debug_assert!(
            labels.iter().map(|(name, _)| name).eq(self.labels),
            "{} is not labelled {labels:?}",
            self.name
        );
        let labels: Vec<Label> = labels
            .iter()
            .map(|&(name, value)| Label::from_static_parts(name, value))
            .collect();
        Key::from_parts(self.name, labels)
    }
}

/// What this crate counts and times.
pub const SERIES: &[Series] = &[
    OUTCOMES,
    TOKENS,
    ROTATIONS,
    RETRIES,
    REUSES,
    MESSAGES,
    ARGON2_THREADS,
    ARGON2_RUNNING,
    ARGON2_QUEUED,
    ARGON2_REFUSED,
    ARGON2_WAIT,
    ARGON2_TIME,
    ARGON2_MEMORY,
];

pub(crate) const OUTCOMES: Series = Series::counter(
    "hellojohn_auth_outcomes_total",
    &["flow", "result"],
    "How flows ended: ok, or the code of the error.",
);
pub(crate) const TOKENS: Series = Series::counter(
    "hellojohn_tokens_issued_total",
    &["format"],
    "Access tokens issued.",
);
pub(crate) const ROTATIONS: Series = Series::counter(
    "hellojohn_refresh_rotations_total",
    &[],
    "Refresh tokens exchanged for the next one.",
);
pub(crate) const RETRIES: Series = Series::counter(
    "hellojohn_refresh_retries_total",
    &[],
    "Honest retries: the parent of the live refresh token, shown again within the grace period.",
);
pub(crate) const REUSES: Series = Series::counter(
    "hellojohn_refresh_reuse_detected_total",
    &[],
    "Old refresh tokens shown again; each ended its session.",
);
pub(crate) const MESSAGES: Series = Series::counter(
    "hellojohn_messages_total",
    &["channel", "result"],
    "Attempts to send a message, by channel (email, sms) and result: sent, retried, unsent because nothing is configured, or dead.",
);
pub(crate) const ARGON2_THREADS: Series = Series::gauge(
    "hellojohn_argon2_permits",
    &[],
    "Password hashes that may be computed at once.",
);
pub(crate) const ARGON2_RUNNING: Series = Series::gauge(
    "hellojohn_argon2_permits_in_use",
    &[],
    "Password hashes being computed.",
);
pub(crate) const ARGON2_QUEUED: Series = Series::gauge(
    "hellojohn_argon2_queue_length",
    &[],
    "Password hashes waiting for a permit.",
);
pub(crate) const ARGON2_REFUSED: Series = Series::counter(
    "hellojohn_argon2_refused_total",
    &[],
    "Password hashes turned away, because the queue was full or the wait too long.",
);
pub(crate) const ARGON2_WAIT: Series = Series::histogram(
    "hellojohn_argon2_wait_seconds",
    &[],
    "How long password hashes waited for a permit.",
);
pub(crate) const ARGON2_TIME: Series = Series::histogram(
    "hellojohn_argon2_duration_seconds",
    &[],
    "How long computing a password hash took.",
);
pub(crate) const ARGON2_MEMORY: Series = Series::gauge(
    "hellojohn_argon2_memory_bytes",
    &[],
    "Memory kept for password hashing.",
);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_ours_distinct_and_say_their_unit() {
        let mut seen = HashSet::new();
        for series in SERIES {
            assert!(seen.insert(series.name), "{}", series.name);
            assert!(series.name.starts_with("hellojohn_"), "{}", series.name);
            let counts = series.kind == SeriesKind::Counter;
            assert_eq!(counts, series.name.ends_with("_total"), "{}", series.name);
        }
    }

    #[test]
    #[should_panic(expected = "is not labelled")]
    fn a_label_that_is_not_declared_is_noticed() {
        let _ = TOKENS.count(&[("tenant", "x")]);
    }
}
