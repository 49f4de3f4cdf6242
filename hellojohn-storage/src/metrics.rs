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
    WAIT.measure(&[])
}

/// Counts an error, and passes it on.
pub(crate) fn counted(error: StoreError) -> StoreError {
    kind(&error).increment(1);
    error
}

fn kind(error: &StoreError) -> &'static Counter {
    static UNAVAILABLE: OnceLock<Counter> = OnceLock::new();
    static CONFLICT: OnceLock<Counter> = OnceLock::new();
    static CORRUPT: OnceLock<Counter> = OnceLock::new();
    static FAILED: OnceLock<Counter> = OnceLock::new();
    let (slot, kind) = match error {
        StoreError::Unavailable(_) => (&UNAVAILABLE, "unavailable"),
        StoreError::Conflict { .. } => (&CONFLICT, "conflict"),
        StoreError::Corrupt(_) => (&CORRUPT, "corrupt"),
        _ => (&FAILED, "failed"),
    };
    slot.get_or_init(|| ERRORS.count(&[("kind", kind)]))
}
