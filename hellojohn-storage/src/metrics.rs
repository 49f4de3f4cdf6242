//! What this crate counts and times (see [`hellojohn_core::metrics`]).

use std::sync::OnceLock;

use hellojohn_core::{metrics::Series, store::StoreError};
use metrics::{Counter, Histogram};

/// Every metric of this crate.
pub const SERIES: &[Series] = &[WAIT, ERRORS];

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
