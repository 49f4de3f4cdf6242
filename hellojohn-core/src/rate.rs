//! How often something may happen: budgets that refill evenly (R021, R025).
//!
//! The decision is the generic cell rate algorithm: a budget of `limit` requests in a
//! `window` may be spent at once and grows back one request every `window / limit`. Its whole
//! state is the moment at which it will be full again, so every store keeps one number, and
//! all of them give the same answers: [`decide`] is the definition.

mod draw;
mod in_process;
mod key;
mod quota;

pub use self::{in_process::InProcessLimiter, key::RateKey, quota::Quota};

use std::time::Duration;

use crate::time::Timestamp;

/// The answer of a budget to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateDecision {
    /// Whether the request may go on.
    pub allowed: bool,
    /// How many requests the whole budget holds.
    pub limit: u32,
    /// How many more would be allowed right now.
    pub remaining: u32,
    /// When the budget will be full again.
    pub reset_at: Timestamp,
    /// How long to wait for one more request; zero while some remain.
    pub retry_after: Duration,
}

/// Decides about one request, and says when the budget will be full again afterwards.
///
/// A refused request takes nothing. A budget nobody has drawn from is full now. A moment
/// further away than an empty budget needs comes from another clock or a larger quota: it
/// counts as an empty budget, so that a clock that was set back refuses nobody for longer.
pub fn decide(
    full_at: Option<Timestamp>,
    quota: Quota,
    now: Timestamp,
) -> (RateDecision, Timestamp) {
    let empty_until = now + quota.refill();
    let before = full_at.unwrap_or(now).clamp(now, empty_until);
    let after = before + quota.interval();
    if after > empty_until {
        (refused(before, quota, now), before)
    } else {
        (allowed(after, quota, now), after)
    }
}

/// The decision that goes with a request that was let through.
pub fn allowed(full_at: Timestamp, quota: Quota, now: Timestamp) -> RateDecision {
    decision(full_at, quota, now)
}

/// The decision that goes with a request that was refused.
pub fn refused(full_at: Timestamp, quota: Quota, now: Timestamp) -> RateDecision {
    RateDecision {
        allowed: false,
        ..decision(full_at, quota, now)
    }
}

fn decision(full_at: Timestamp, quota: Quota, now: Timestamp) -> RateDecision {
    let (interval, missing) = (quota.interval(), full_at.since(now));
    let left = quota.refill().saturating_sub(missing);
    let remaining = left.as_micros() / interval.as_micros().max(1);
    let remaining = u32::try_from(remaining).unwrap_or(u32::MAX);
    let retry_after = if remaining == 0 {
        interval.saturating_sub(left)
    } else {
        Duration::ZERO
    };
    RateDecision {
        allowed: true,
        limit: quota.limit(),
        remaining: remaining.min(quota.limit()),
        reset_at: full_at,
        retry_after,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const T0: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn at(micros: u64) -> Timestamp {
        T0 + Duration::from_micros(micros)
    }

    #[test]
    fn a_budget_is_spent_at_once_and_grows_back_evenly() {
        let quota = Quota::new(5, Duration::from_mins(1));
        let mut state = None;
        for left in (0..5).rev() {
            let (decision, after) = decide(state, quota, T0);
            assert!(decision.allowed);
            assert_eq!(decision.remaining, left);
            state = Some(after);
        }
        let (sixth, after) = decide(state, quota, T0);
        assert!(!sixth.allowed);
        assert_eq!(sixth.retry_after, Duration::from_secs(12));
        assert_eq!(sixth.reset_at, T0 + Duration::from_mins(1));
        assert_eq!(Some(after), state, "a refused request took something");

        let early = T0 + Duration::from_micros(11_999_999);
        assert!(!decide(state, quota, early).0.allowed);
        let (seventh, after) = decide(state, quota, T0 + Duration::from_secs(12));
        assert!(seventh.allowed);
        assert!(
            !decide(Some(after), quota, T0 + Duration::from_secs(12))
                .0
                .allowed
        );
    }

    #[test]
    fn a_clock_that_was_set_back_refuses_nobody_for_longer_than_an_empty_budget_does() {
        let quota = Quota::new(5, Duration::from_mins(1));
        let (_, ahead) = decide(None, quota, T0 + Duration::from_hours(24));
        assert!(!decide(Some(ahead), quota, T0).0.allowed);
        let soon = T0 + Duration::from_secs(12);
        let (refused, state) = decide(Some(ahead), quota, T0);
        assert_eq!(refused.retry_after, Duration::from_secs(12));
        assert!(decide(Some(state), quota, soon).0.allowed);
    }

    proptest! {
        /// Over any stretch of time no more than the budget and what grew back in it.
        #[test]
        fn never_more_than_the_budget_and_what_grew_back(
            limit in 1_u32..40,
            window in 1_u64..600_000,
            steps in proptest::collection::vec(0_u64..100_000, 1..300),
        ) {
            let quota = Quota::new(limit, Duration::from_millis(window));
            let (mut now, mut state, mut passed) = (0, None, Vec::new());
            for step in steps {
                now += step * window / 1000;
                let (decision, after) = decide(state, quota, at(now));
                state = Some(after);
                prop_assert_eq!(decision.allowed, decision.retry_after.is_zero() || decision.remaining == 0 && decision.allowed);
                if decision.allowed {
                    passed.push(now);
                }
            }
            for (i, first) in passed.iter().enumerate() {
                for (j, last) in passed.iter().enumerate().skip(i) {
                    let grown = u128::from(last - first) / quota.interval().as_micros();
                    prop_assert!((j - i + 1) as u128 <= u128::from(limit) + grown);
                }
            }
        }

        /// Whoever keeps to the pace is never refused, and a waited-for request is allowed.
        #[test]
        fn who_waits_as_told_is_let_through(
            limit in 1_u32..40,
            window in 1_u64..600_000,
            hits in 1_usize..100,
        ) {
            let quota = Quota::new(limit, Duration::from_millis(window));
            let (mut now, mut state) = (T0, None);
            for _ in 0..hits {
                let (decision, after) = decide(state, quota, now);
                state = Some(after);
                if !decision.allowed {
                    now = now + decision.retry_after;
                    let (again, after) = decide(state, quota, now);
                    prop_assert!(again.allowed);
                    state = Some(after);
                }
            }
        }

        /// Whatever the clock does, an answer is within bounds.
        #[test]
        fn no_clock_makes_an_answer_odd(
            limit in 1_u32..1000,
            window in 1_u64..86_400_000,
            moments in proptest::collection::vec(-10_i64.pow(15)..10_i64.pow(15), 1..100),
        ) {
            let quota = Quota::new(limit, Duration::from_millis(window));
            let mut state = None;
            for moment in moments {
                let now = Timestamp::from_micros(moment);
                let (decision, after) = decide(state, quota, now);
                prop_assert!(decision.remaining <= limit);
                prop_assert!(decision.retry_after <= quota.interval());
                prop_assert!(decision.reset_at.since(now) <= quota.refill());
                prop_assert!(decision.allowed || decision.retry_after > Duration::ZERO);
                state = Some(after);
            }
        }
    }
}
