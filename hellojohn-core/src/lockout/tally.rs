use super::{LONGEST_WAIT, LockoutPolicy, MOST_CONSECUTIVE, Stage, Threshold};
use crate::time::Timestamp;
use std::time::Duration;

/// The failed attempts of one account and authenticator, from everywhere or from one network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// From which network; empty for all of them together.
    pub network: String,
    /// When they were, oldest first; no more than the policy looks at.
    pub failures: Vec<Timestamp>,
    /// How many since the last success, kept or not.
    pub consecutive: u32,
    /// Those before do not count towards soft and hard locks: a hard lock was lifted then.
    pub lifted_at: Option<Timestamp>,
    /// A lock that stays until somebody lifts it.
    pub stage: Stage,
    /// Until when a soft lock without captcha holds.
    pub wait_until: Option<Timestamp>,
    /// When the last hard lock or disabling began; stays when it is lifted (N24).
    pub locked_at: Option<Timestamp>,
}

/// What the next attempt would meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is looked at.
    Open,
    /// A captcha or a wait goes before it.
    Soft {
        /// When the wait ends.
        until: Timestamp,
    },
    /// It is not looked at until the mailed link is opened.
    Hard,
    /// It is not looked at until an administrator acts.
    Disabled,
}

impl Standing {
    /// The stage it belongs to.
    pub const fn stage(self) -> Stage {
        match self {
            Self::Open => Stage::Open,
            Self::Soft { .. } => Stage::Soft,
            Self::Hard => Stage::Hard,
            Self::Disabled => Stage::Disabled,
        }
    }
}

impl Tally {
    /// Nothing failed yet.
    pub fn empty(network: impl Into<String>) -> Self {
        Self {
            network: network.into(),
            failures: Vec::new(),
            consecutive: 0,
            lifted_at: None,
            stage: Stage::Open,
            wait_until: None,
            locked_at: None,
        }
    }

    /// What an attempt made now meets.
    pub fn standing(&self, policy: &LockoutPolicy, now: Timestamp) -> Standing {
        let disabled = self.stage == Stage::Disabled
            || self.consecutive >= MOST_CONSECUTIVE
            || self.recent(policy.disable, None, now) >= policy.disable.failures;
        if disabled {
            return Standing::Disabled;
        }
        let hard = self.recent(policy.hard, self.lifted_at, now);
        if self.stage == Stage::Hard || hard >= policy.hard.failures {
            return Standing::Hard;
        }
        let soft = self.recent(policy.soft, self.lifted_at, now);
        match (soft.checked_sub(policy.soft.failures), self.failures.last()) {
            (Some(beyond), Some(last)) => Standing::Soft {
                until: *last + wait(beyond),
            },
            _ => Standing::Open,
        }
    }

    /// Counts an attempt before it is looked at (R020).
    pub fn reserve(&mut self, policy: &LockoutPolicy, now: Timestamp) {
        self.failures.push(now);
        self.failures.sort_unstable();
        let most = [policy.soft, policy.hard, policy.disable]
            .map(|threshold| threshold.failures)
            .into_iter()
            .max();
        let most = usize::try_from(most.unwrap_or_default()).unwrap_or(usize::MAX);
        let surplus = self.failures.len().saturating_sub(most);
        self.failures.drain(..surplus);
        self.consecutive = self.consecutive.saturating_add(1);
        self.note_soft(policy, now);
    }

    /// Takes one counted attempt off again: it was not looked at, or it was right.
    pub fn take_back(&mut self, policy: &LockoutPolicy, at: Timestamp) {
        if let Some(place) = self.failures.iter().rposition(|failure| *failure == at) {
            self.failures.remove(place);
            self.consecutive = self.consecutive.saturating_sub(1);
            self.note_soft(policy, at);
        }
    }

    /// Forgets failures after a success; a lock stays.
    pub fn forget(&mut self) {
        self.failures.clear();
        self.consecutive = 0;
        self.wait_until = None;
        self.lifted_at = None;
        if self.stage == Stage::Soft {
            self.stage = Stage::Open;
        }
    }

    /// Makes a due lock stay; answers it if it is a new one.
    pub fn lock_if_due(&mut self, policy: &LockoutPolicy, now: Timestamp) -> Option<Stage> {
        let due = self.standing(policy, now).stage();
        if due < Stage::Hard || due <= self.stage {
            return None;
        }
        self.stage = due;
        self.wait_until = None;
        self.locked_at = Some(now);
        Some(due)
    }

    /// Lifts a hard lock; nothing else.
    pub fn lift(&mut self, now: Timestamp) {
        if self.stage == Stage::Hard {
            self.stage = Stage::Open;
            self.lifted_at = Some(now);
        }
    }

    fn note_soft(&mut self, policy: &LockoutPolicy, now: Timestamp) {
        if self.stage >= Stage::Hard {
            return;
        }
        (self.stage, self.wait_until) = match self.standing(policy, now) {
            Standing::Soft { until } => (Stage::Soft, Some(until)),
            _ => (Stage::Open, None),
        };
    }

    fn recent(&self, threshold: Threshold, from: Option<Timestamp>, now: Timestamp) -> u32 {
        let oldest = now - threshold.within;
        let counts = |at: &&Timestamp| **at > oldest && from.is_none_or(|from| **at > from);
        let count = self.failures.iter().filter(counts).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// 2 s after the first failure that is too many, twice as long after each further one.
fn wait(beyond: u32) -> Duration {
    let seconds = 2_u64.saturating_pow(beyond.saturating_add(1).min(16));
    Duration::from_secs(seconds).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POLICY: fn() -> LockoutPolicy = LockoutPolicy::default;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_seconds(1_800_000_000 + second)
    }

    /// Tries at these seconds, wrong every time, as a flow does; answers how many were looked at.
    fn guess(tally: &mut Tally, seconds: impl IntoIterator<Item = i64>) -> u32 {
        let mut looked_at = 0;
        for now in seconds.into_iter().map(at) {
            let admitted = match tally.standing(&POLICY(), now) {
                Standing::Open => true,
                Standing::Soft { until } => until <= now,
                Standing::Hard | Standing::Disabled => false,
            };
            if admitted {
                tally.reserve(&POLICY(), now);
                looked_at += 1;
            }
            tally.lock_if_due(&POLICY(), now);
        }
        looked_at
    }

    #[test]
    fn the_waits_grow_and_the_tenth_failure_locks() {
        let mut tally = Tally::empty("");
        let mut now = at(0);
        let mut waits = Vec::new();
        while tally.stage < Stage::Hard {
            if let Standing::Soft { until } = tally.standing(&POLICY(), now) {
                waits.push(until.since(now).as_secs());
                now = until;
            }
            tally.reserve(&POLICY(), now);
            tally.lock_if_due(&POLICY(), now);
        }
        assert_eq!(waits, [2, 4, 8, 16, 32]);
        assert_eq!((tally.failures.len(), tally.locked_at), (10, Some(now)));
        assert_eq!(tally.standing(&POLICY(), at(999_999)), Standing::Hard);
    }

    #[test]
    fn few_failures_are_forgotten_with_time() {
        let mut tally = Tally::empty("");
        assert_eq!(guess(&mut tally, 0..4), 4);
        assert_eq!(guess(&mut tally, 303..307), 4);
        assert_eq!(tally.standing(&POLICY(), at(307)), Standing::Open);
    }

    #[test]
    fn a_lifted_lock_counts_anew_but_not_towards_disabling() {
        let mut tally = Tally::empty("");
        guess(&mut tally, 0..100);
        assert_eq!(tally.stage, Stage::Hard);
        tally.lift(at(100));
        assert_eq!(tally.standing(&POLICY(), at(100)), Standing::Open);
        assert_eq!(guess(&mut tally, 101..400), 10);
        assert_eq!(tally.stage, Stage::Disabled);
        let locked_at = tally.locked_at;
        tally.lift(at(500));
        assert_eq!((tally.stage, tally.locked_at), (Stage::Disabled, locked_at));
    }

    #[test]
    fn a_success_keeps_locks() {
        let mut tally = Tally::empty("");
        guess(&mut tally, 0..100);
        tally.forget();
        assert_eq!(tally.standing(&POLICY(), at(100)), Standing::Hard);
    }

    /// R019.
    #[test]
    fn never_more_than_a_hundred_however_slowly() {
        let mut tally = Tally::empty("");
        let looked_at = guess(&mut tally, (0..1_000).map(|n| n * 400));
        assert_eq!(looked_at, MOST_CONSECUTIVE);
        assert_eq!(tally.stage, Stage::Disabled);
    }

    proptest! {
        /// Whatever the pace, no window ever sees more attempts than its threshold.
        #[test]
        fn no_window_holds_more_than_its_threshold(gaps in prop::collection::vec(0_i64..200, 1..400)) {
            let mut tally = Tally::empty("");
            let mut looked_at = Vec::new();
            let mut second = 0;
            for gap in gaps {
                second += gap;
                if guess(&mut tally, [second]) == 1 {
                    looked_at.push(second);
                }
                if tally.stage == Stage::Hard {
                    tally.lift(at(second));
                }
            }
            let most = |span: i64| looked_at.iter().map(|from| {
                looked_at.iter().filter(|at| (*from..*from + span).contains(at)).count()
            }).max().unwrap_or(0);
            prop_assert!(most(3_600) <= 20, "{looked_at:?}");
            prop_assert!(looked_at.len() <= 100);
        }

        /// Counting and taking back leaves everything as it was, in whatever order.
        #[test]
        fn what_is_taken_back_never_was(seconds in prop::collection::vec(0_i64..300, 1..9), skip in 0_usize..9) {
            let mut tally = Tally::empty("");
            for second in &seconds {
                tally.reserve(&POLICY(), at(*second));
            }
            let mut without = Tally::empty("");
            let gone = skip % seconds.len();
            for (place, second) in seconds.iter().enumerate() {
                if place != gone {
                    without.reserve(&POLICY(), at(*second));
                }
            }
            tally.take_back(&POLICY(), at(seconds[gone]));
            prop_assert_eq!(&tally.failures, &without.failures);
            prop_assert_eq!(tally.consecutive, without.consecutive);
            prop_assert_eq!(tally.standing(&POLICY(), at(300)), without.standing(&POLICY(), at(300)));
        }
    }
}
