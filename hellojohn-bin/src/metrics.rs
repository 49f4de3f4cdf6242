//! The recorder behind `/metrics`: what every crate counts, and what is only looked up when asked.

mod instance;
mod process;

pub(crate) use instance::{HousekeepingMeters, InstanceMeters};

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use hellojohn_core::{
    Engine,
    metrics::{Series, SeriesKind},
};
use hellojohn_http::{MetricsPage, Readiness};
use hellojohn_storage::SqlStore;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::{config::MetricsConfig, failure::Failure};

/// Every metric there is, by crate: what `docs/operations.md` lists.
const ALL: [&[Series]; 5] = [
    hellojohn_http::METRICS,
    hellojohn_core::metrics::SERIES,
    hellojohn_storage::METRICS,
    instance::SERIES,
    process::SERIES,
];

/// Requests and waits, in seconds: from what memory answers to what a client gives up on.
const BUCKETS: &[f64] = &[
    0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

/// The numbers of this process.
#[derive(Clone)]
pub(crate) struct Numbers {
    handle: PrometheusHandle,
    sampled: Arc<Sampled>,
}

/// What is looked up when somebody asks.
struct Sampled {
    process: process::ProcessMeters,
    readiness: Readiness,
    store: OnceLock<SqlStore>,
    engine: OnceLock<Engine>,
    serving: AtomicBool,
}

impl Numbers {
    /// Starts recording. To be called before anything that counts is made.
    pub(crate) fn start(readiness: &Readiness) -> Result<Self, Failure> {
        let failed = |error: &dyn std::error::Error| Failure::because("no metrics", error);
        let mut builder = PrometheusBuilder::new();
        for series in ALL.into_iter().flatten() {
            if series.kind == SeriesKind::Histogram {
                let name = Matcher::Full(series.name.to_owned());
                builder = builder
                    .set_buckets_for_metric(name, BUCKETS)
                    .map_err(|error| failed(&error))?;
            }
        }
        let handle = builder.install_recorder().map_err(|error| failed(&error))?;
        for series in ALL.into_iter().flatten() {
            series.describe();
        }
        Ok(Self {
            handle,
            sampled: Arc::new(Sampled {
                process: process::ProcessMeters::register(),
                readiness: readiness.clone(),
                store: OnceLock::new(),
                engine: OnceLock::new(),
                serving: AtomicBool::new(false),
            }),
        })
    }

    /// From now on this store's connections are looked up, too.
    pub(crate) fn watch(&self, store: &SqlStore) {
        let _ = self.sampled.store.set(store.clone());
    }

    /// From now on it is looked up where this engine counts requests, too.
    pub(crate) fn watch_limiter(&self, engine: &Engine) {
        let _ = self.sampled.engine.set(engine.clone());
    }

    /// The service is there.
    pub(crate) fn serving(&self) {
        self.sampled.serving.store(true, Ordering::Release);
    }

    /// The page, if it is to be served.
    pub(crate) fn page(&self, config: &MetricsConfig) -> Option<MetricsPage> {
        let numbers = self.clone();
        let page = MetricsPage::new(move || numbers.render()).with_token(config.token.clone());
        config.enabled.then_some(page)
    }

    /// Folds measurements together, so that they take no more memory the longer nobody asks.
    pub(crate) async fn keep_small(self) {
        loop {
            tokio::time::sleep(FOLD_EVERY).await;
            self.handle.run_upkeep();
        }
    }

    fn render(&self) -> String {
        let sampled = &self.sampled;
        sampled.process.sample();
        let serving = sampled.serving.load(Ordering::Acquire);
        instance::show_ready(serving && sampled.readiness.is_ready());
        if let Some(store) = sampled.store.get() {
            instance::show_connections(store.connections());
        }
        if let Some(engine) = sampled.engine.get() {
            instance::show_redis(engine.limiter_standing());
        }
        self.handle.render()
    }
}

const FOLD_EVERY: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, fmt::Write as _};

    use super::*;

    /// The table of `docs/operations.md`.
    fn table() -> String {
        let mut text = String::from("| Metric | Kind | Labels | Meaning |\n|---|---|---|---|\n");
        for series in ALL.into_iter().flatten() {
            let labels: Vec<String> = series.labels.iter().map(|l| format!("`{l}`")).collect();
            let (name, kind) = (series.name, series.kind.as_str());
            let labels = labels.join(", ");
            let _ = writeln!(text, "| `{name}` | {kind} | {labels} | {} |", series.help);
        }
        text
    }

    #[test]
    fn the_documentation_lists_exactly_these() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operations.md");
        let document = std::fs::read_to_string(path).unwrap();
        let table = table();
        assert!(document.contains(&table), "the table should be\n{table}");
    }

    #[test]
    fn no_two_are_called_the_same() {
        let mut seen = HashSet::new();
        for series in ALL.into_iter().flatten() {
            assert!(seen.insert(series.name), "{}", series.name);
            let ours = series.name.starts_with("hellojohn_");
            assert!(
                ours || series.name.starts_with("process_"),
                "{}",
                series.name
            );
            assert!(series.help.ends_with('.'), "{}", series.name);
        }
    }
}
