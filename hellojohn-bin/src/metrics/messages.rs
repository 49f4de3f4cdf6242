//! Messages that wait or were given up.

use hellojohn_core::{metrics::Series, store::MessageCounts};
use metrics::Gauge;

pub(super) const SERIES: &[Series] = &[QUEUE];

const QUEUE: Series = Series::gauge(
    "hellojohn_messages",
    &["status"],
    "Messages of all tenants, pending or dead, when they were last counted.",
);

/// The handles of the queue.
pub(crate) struct MessageMeters {
    pending: Gauge,
    dead: Gauge,
}

impl MessageMeters {
    /// Registers them.
    pub(crate) fn register() -> Self {
        let show = |status| QUEUE.show(&[("status", status)]);
        Self {
            pending: show("pending"),
            dead: show("dead"),
        }
    }

    /// Shows what was counted.
    pub(crate) fn show(&self, counts: MessageCounts) {
        let float = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        self.pending.set(float(counts.pending));
        self.dead.set(float(counts.dead));
    }
}
