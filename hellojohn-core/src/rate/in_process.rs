use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;

use super::{Quota, RateDecision, RateKey, decide};
use crate::{ports::RateLimiter, time::Timestamp};

/// Budgets in the memory of this process.
///
/// It keeps a bounded number of them. A budget that is full again is forgotten first: a new
/// one is no different. After that the fullest go, so that whoever makes many budgets, each
/// drawn from once, does not wash out the one somebody is emptying.
pub struct InProcessLimiter {
    shards: Vec<Mutex<Budgets>>,
    most_in_shard: usize,
}

type Budgets = HashMap<RateKey, Timestamp>;

const SHARDS: usize = 64;

/// About 16 MB at most.
const MOST: usize = 262_144;

impl InProcessLimiter {
    /// Keeps at most about so many budgets.
    pub fn holding(most: usize) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            most_in_shard: most.div_ceil(SHARDS).max(8),
        }
    }

    /// Draws one request from a budget.
    pub fn draw(&self, key: &RateKey, quota: Quota, now: Timestamp) -> RateDecision {
        let Some(mut budgets) = self.shard(key) else {
            // There is always a shard; a decision about nothing is the strictest one.
            return super::refused(now + quota.refill(), quota, now);
        };
        let (decision, full_at) = decide(budgets.get(key).copied(), quota, now);
        if decision.allowed {
            make_room(&mut budgets, key, self.most_in_shard, now);
            budgets.insert(*key, full_at);
        }
        decision
    }

    /// Notes a request that was let through elsewhere, also if this budget has none left.
    pub fn note(&self, key: &RateKey, quota: Quota, now: Timestamp) {
        let Some(mut budgets) = self.shard(key) else {
            return;
        };
        let (_, full_at) = decide(budgets.get(key).copied(), quota, now);
        make_room(&mut budgets, key, self.most_in_shard, now);
        budgets.insert(*key, full_at);
    }

    /// What a request would be answered; draws nothing.
    pub fn look(&self, key: &RateKey, quota: Quota, now: Timestamp) -> RateDecision {
        decide(self.full_at(key), quota, now).0
    }

    /// When a budget will be full again, if it is known.
    pub fn full_at(&self, key: &RateKey) -> Option<Timestamp> {
        self.shard(key)?.get(key).copied()
    }

    /// How many budgets are kept now.
    pub fn count(&self) -> usize {
        self.shards.iter().map(|shard| open(shard).len()).sum()
    }

    fn shard(&self, key: &RateKey) -> Option<MutexGuard<'_, Budgets>> {
        let [first, ..] = *key.as_bytes();
        self.shards.get(usize::from(first) % SHARDS).map(open)
    }
}

impl Default for InProcessLimiter {
    fn default() -> Self {
        Self::holding(MOST)
    }
}

impl fmt::Debug for InProcessLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcessLimiter").finish_non_exhaustive()
    }
}

#[async_trait]
impl RateLimiter for InProcessLimiter {
    async fn hit(&self, key: &RateKey, quota: Quota, now: Timestamp) -> RateDecision {
        self.draw(key, quota, now)
    }
}

fn open(shard: &Mutex<Budgets>) -> MutexGuard<'_, Budgets> {
    // A budget is replaced in one step, so a panic elsewhere leaves none half written.
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Forgets what is full again, and if that is not enough the fullest eighth.
fn make_room(budgets: &mut Budgets, key: &RateKey, most: usize, now: Timestamp) {
    if budgets.len() < most || budgets.contains_key(key) {
        return;
    }
    budgets.retain(|_, full_at| *full_at > now);
    if budgets.len() < most {
        return;
    }
    let mut moments: Vec<Timestamp> = budgets.values().copied().collect();
    let (_, last_to_go, _) = moments.select_nth_unstable(most / 8);
    let last_to_go = *last_to_go;
    let mut to_go = most / 8 + 1;
    budgets.retain(|_, full_at| {
        let goes = to_go > 0 && *full_at <= last_to_go;
        to_go -= usize::from(goes);
        !goes
    });
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn key(n: u32) -> RateKey {
        RateKey::new(&[1; 32], &[&n.to_be_bytes()])
    }

    #[test]
    fn threads_together_get_exactly_the_budget() {
        let limiter = Arc::new(InProcessLimiter::default());
        let quota = Quota::per_minute(100);
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let limiter = Arc::clone(&limiter);
                std::thread::spawn(move || {
                    (0..50)
                        .filter(|_| limiter.draw(&key(1), quota, NOW).allowed)
                        .count()
                })
            })
            .collect();
        let allowed: usize = threads.into_iter().map(|t| t.join().unwrap()).sum();
        assert_eq!(allowed, 100);
    }

    #[test]
    fn looking_draws_nothing_and_noting_always_does() {
        let limiter = InProcessLimiter::default();
        let quota = Quota::per_minute(2);
        for _ in 0..5 {
            assert!(limiter.look(&key(1), quota, NOW).allowed);
        }
        for _ in 0..5 {
            limiter.note(&key(1), quota, NOW);
        }
        assert!(!limiter.look(&key(1), quota, NOW).allowed);
        assert_eq!(limiter.full_at(&key(1)), Some(NOW + quota.refill()));
    }

    #[test]
    fn memory_is_bounded_and_the_emptied_budget_stays() {
        let limiter = InProcessLimiter::holding(2_048);
        let quota = Quota::per_minute(5);
        while limiter.draw(&key(0), quota, NOW).allowed {}
        for n in 1..50_000 {
            limiter.draw(&key(n), quota, NOW);
            assert!(
                n % 1000 != 0 || limiter.count() <= 2_048,
                "{}",
                limiter.count()
            );
        }
        assert!(!limiter.draw(&key(0), quota, NOW).allowed, "washed out");

        let later = NOW + Duration::from_mins(2);
        for n in 100_000..140_000 {
            limiter.draw(&key(n), quota, later);
        }
        assert!(limiter.count() <= 2_048);
        assert_eq!(limiter.full_at(&key(0)), None, "full again, yet kept");
    }
}
