//! What this crate counts and times (see [`hellojohn_core::metrics`]).

use std::sync::OnceLock;

use hellojohn_core::{metrics::Series, store::StoreError};
use metrics::{Counter, Histogram};

/// Every metric of this crate.
pub const SERIES: &[Series] = &[WAIT, ERRORS, REDIS_UP, FALLBACKS];

const WAIT: Series = Series::histogram(
    "hellojohn_db_connection_wait_seconds",
    &[],
    "How long work waited for a database connection; for a transaction until it had begun.",
);
const ERRORS: Series = Series::counter(
    "hellojohn_db_errors_total",
    &["kind"],
    "Database errors: unavailable, conflict, corrupt or failed.",
);

const REDIS_UP: Series = Series::gauge(
    "hellojohn_redis_up",
    &[],
    "1 while the configured Redis answers, 0 while it does not.",
);
const FALLBACKS: Series = Series::counter(
    "hellojohn_rate_limit_fallbacks_total",
    &[],
    "Requests this instance counted by itself because Redis did not answer.",
);

/// The connections of a store at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Open ones.
    pub open: u32,
    /// Open ones that nobody uses.
    pub idle: u32,
    /// As many as there may be.
    pub most: u32,
}

/// Where waits for a connection are recorded.
pub(crate) fn waits() -> Histogram {
    // An alert on errors wants to see them at zero first.
    let _ = errors();
    WAIT.measure(&[])
}

/// Counts an error, and passes it on.
pub(crate) fn counted(error: StoreError) -> StoreError {
    let errors = errors();
    match error {
        StoreError::Unavailable(_) => errors.unavailable.increment(1),
        StoreError::Conflict { .. } => errors.conflict.increment(1),
        StoreError::Corrupt(_) => errors.corrupt.increment(1),
        _ => errors.failed.increment(1),
    }
    error
}

/// Shows that Redis answers.
#[cfg(feature = "redis")]
pub(crate) fn redis_is_up() {
    REDIS_UP.show(&[]).set(1.0);
}

/// Shows that Redis does not answer, or not yet.
#[cfg(feature = "redis")]
pub(crate) fn redis_is_away() {
    // An alert wants to see the count at zero first.
    fallbacks().increment(0);
    REDIS_UP.show(&[]).set(0.0);
}

/// Counts a decision made without Redis.
#[cfg(feature = "redis")]
pub(crate) fn fell_back() {
    fallbacks().increment(1);
}

#[cfg(feature = "redis")]
fn fallbacks() -> &'static Counter {
    static COUNTED: OnceLock<Counter> = OnceLock::new();
    COUNTED.get_or_init(|| FALLBACKS.count(&[]))
}

struct Errors {
    unavailable: Counter,
    conflict: Counter,
    corrupt: Counter,
    failed: Counter,
}

fn errors() -> &'static Errors {
    static ERRORS_BY_KIND: OnceLock<Errors> = OnceLock::new();
    ERRORS_BY_KIND.get_or_init(|| {
        let kind = |kind| ERRORS.count(&[("kind", kind)]);
        Errors {
            unavailable: kind("unavailable"),
            conflict: kind("conflict"),
            corrupt: kind("corrupt"),
            failed: kind("failed"),
        }
    })
}
