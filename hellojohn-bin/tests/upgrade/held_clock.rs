use std::sync::atomic::{AtomicI64, Ordering};

use hellojohn_core::{ports::Clock, time::Timestamp};

/// Stands at one moment, but for one microsecond a look, so that lists have an order.
pub(crate) struct HeldClock(AtomicI64);

impl HeldClock {
    pub(crate) fn at(moment: Timestamp) -> Self {
        Self(AtomicI64::new(moment.as_micros()))
    }
}

impl Clock for HeldClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.fetch_add(1, Ordering::SeqCst))
    }
}
