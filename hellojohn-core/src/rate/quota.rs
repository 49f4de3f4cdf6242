use std::time::Duration;

/// So many requests in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    limit: u32,
    window: Duration,
}

impl Quota {
    /// A budget of `limit` requests that grows back in `window`. There is no budget of
    /// nothing: zero counts as one request, and a window lasts at least a millisecond.
    pub const fn new(limit: u32, window: Duration) -> Self {
        let shortest = Duration::from_millis(1);
        Self {
            limit: if limit == 0 { 1 } else { limit },
            window: if window.as_nanos() < shortest.as_nanos() {
                shortest
            } else {
                window
            },
        }
    }

    /// So many requests in a minute.
    pub const fn per_minute(limit: u32) -> Self {
        Self::new(limit, Duration::from_mins(1))
    }

    /// How many requests may be made at once.
    pub const fn limit(self) -> u32 {
        self.limit
    }

    /// How long an empty budget takes to grow back.
    pub const fn window(self) -> Duration {
        self.window
    }

    /// What one of `instances` may let through on its own, so that all of them together let
    /// through no more than this (R025). A budget too small to be divided grows back slower.
    #[must_use]
    pub fn share(self, instances: u32) -> Self {
        let instances = instances.max(1);
        if self.limit >= instances {
            let limit = self.limit / instances;
            return Self::new(limit, self.window);
        }
        let window = self.window.saturating_mul(instances) / self.limit;
        Self::new(1, window)
    }

    /// How long one request takes to grow back, in whole microseconds, rounded up.
    pub fn interval(self) -> Duration {
        let micros = self.window.as_micros().div_ceil(u128::from(self.limit));
        Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX).max(1))
    }

    /// How long an empty budget takes to grow back, as a multiple of [`Self::interval`].
    pub fn refill(self) -> Duration {
        self.interval().saturating_mul(self.limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_no_more_than_the_whole() {
        for limit in 1..60 {
            for instances in 1..10 {
                let whole = Quota::per_minute(limit);
                let share = whole.share(instances);
                let rate = |quota: Quota| f64::from(quota.limit()) / quota.window().as_secs_f64();
                assert!(
                    rate(share) * f64::from(instances) <= rate(whole) * 1.000_001,
                    "{limit} among {instances}"
                );
            }
        }
        assert_eq!(Quota::per_minute(10).share(2), Quota::per_minute(5));
        assert_eq!(Quota::per_minute(10).share(0), Quota::per_minute(10));
    }

    #[test]
    fn there_is_no_budget_of_nothing() {
        let quota = Quota::new(0, Duration::ZERO);
        assert_eq!(
            (quota.limit(), quota.refill()),
            (1, Duration::from_millis(1))
        );
    }
}
