//! What becomes of a refresh token that is authentic and yet was not the live one.

use std::time::Duration;

use super::{Session, SessionStatus};
use crate::time::Timestamp;

impl Session {
    /// Whether a token is of a later generation than this row, as it is only after a restore (R200).
    pub fn is_behind(&self, presented: Presented) -> bool {
        presented.generation > self.generation
    }

    /// Judges an authentic refresh token that was not the live one (R053, R054, R200).
    pub fn judge(&self, presented: Presented, now: Timestamp, rules: JudgementRules) -> Judgement {
        let is_ahead = self.is_behind(presented);
        if !crate::secret::same(&presented.salt, &self.salt)
            || (is_ahead && rules.sessions_kept_at.is_none())
        {
            return Judgement::Foreign;
        }
        match self.status_at(now) {
            SessionStatus::Revoked => return Judgement::Revoked,
            SessionStatus::Expired => return Judgement::Expired,
            SessionStatus::Active => {}
        }
        if is_ahead {
            // Once the restored row has moved, somebody else holds an older token of the session.
            return if rules.sessions_kept_at > Some(self.rotated_at) {
                Judgement::Ahead
            } else {
                Judgement::Reuse
            };
        }
        let grace = rules.grace;
        let is_parent = presented.generation.checked_add(1) == Some(self.generation);
        let in_grace = !grace.is_zero() && now.since(self.rotated_at) <= grace;
        if presented.generation == self.generation {
            Judgement::Live
        } else if is_parent && in_grace {
            Judgement::HonestRetry
        } else {
            Judgement::Reuse
        }
    }
}

/// By which rules a refresh token is judged.
#[derive(Clone, Copy, Debug)]
pub struct JudgementRules {
    /// How long the parent of the live token still gets the same successor.
    pub grace: Duration,
    /// When a backup was restored whose sessions go on, if that is how this epoch began.
    pub sessions_kept_at: Option<Timestamp>,
}

/// The part of an authentic refresh token that is compared with the session row.
#[derive(Clone, Copy, Debug)]
pub struct Presented {
    /// Which rotation it came from.
    pub generation: u32,
    /// The session's random bytes.
    pub salt: [u8; 16],
}

/// What an authentic refresh token that lost its rotation turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Of another life of this session (a restored backup, say): it proves nothing and changes nothing.
    Foreign,
    /// Newer than the row, which a backup brought back and nobody has used since: the token is
    /// taken for the live one.
    Ahead,
    /// The session was revoked.
    Revoked,
    /// The session has ended.
    Expired,
    /// Still the live one; the rotation failed for another reason (the user or tenant is not active).
    Live,
    /// The direct parent, within the grace period: the reply was lost or two tabs raced. It gets the same successor.
    HonestRetry,
    /// An older generation: stolen or leaked. The session ends.
    Reuse,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::tests::session, *};

    fn presented(generation: u32) -> Presented {
        Presented {
            generation,
            salt: [9; 16],
        }
    }

    const GRACE: Duration = Duration::from_secs(10);

    fn rules(grace: Duration) -> JudgementRules {
        JudgementRules {
            grace,
            sessions_kept_at: None,
        }
    }

    fn kept_at(seconds: i64) -> JudgementRules {
        JudgementRules {
            grace: GRACE,
            sessions_kept_at: Some(Timestamp::from_seconds(seconds)),
        }
    }

    #[test]
    fn grace_covers_only_the_direct_parent_and_only_for_its_time() {
        let session = session(3);
        let within = Timestamp::from_seconds(1_010);
        let after = Timestamp::from_seconds(1_011);
        assert_eq!(
            session.judge(presented(2), within, rules(GRACE)),
            Judgement::HonestRetry
        );
        assert_eq!(
            session.judge(presented(2), after, rules(GRACE)),
            Judgement::Reuse
        );
        assert_eq!(
            session.judge(presented(1), within, rules(GRACE)),
            Judgement::Reuse
        );
        assert_eq!(
            session.judge(presented(2), within, rules(Duration::ZERO)),
            Judgement::Reuse
        );
    }

    #[test]
    fn a_token_of_another_life_changes_nothing() {
        let session = session(3);
        let now = Timestamp::from_seconds(1_001);
        let other = Presented {
            generation: 1,
            salt: [8; 16],
        };
        assert_eq!(session.judge(other, now, rules(GRACE)), Judgement::Foreign);
        assert_eq!(
            session.judge(presented(4), now, rules(GRACE)),
            Judgement::Foreign
        );
    }

    /// The row was last rotated at 1,000 s.
    #[test]
    fn a_newer_token_overtakes_a_restored_row_once() {
        let session = session(3);
        let now = Timestamp::from_seconds(2_000);
        let judge = |generation, rules| session.judge(presented(generation), now, rules);
        assert_eq!(judge(4, kept_at(1_001)), Judgement::Ahead);
        assert_eq!(judge(900, kept_at(1_001)), Judgement::Ahead);
        assert_eq!(judge(4, kept_at(1_000)), Judgement::Reuse);
        assert_eq!(judge(4, kept_at(999)), Judgement::Reuse);
        assert_eq!(judge(4, rules(GRACE)), Judgement::Foreign);
        assert_eq!(judge(2, kept_at(1_001)), Judgement::Reuse);
    }

    proptest! {
        /// However the tokens of one session come after a restore, no more than one jump is made,
        /// generations only grow, and a dead session stays dead (P3).
        #[test]
        fn a_session_is_overtaken_at_most_once(shown in proptest::collection::vec(0_u32..40, 1..30)) {
            let mut session = session(3);
            let rules = kept_at(1_500);
            let mut jumps = 0;
            for (step, generation) in (2_000..).zip(shown) {
                let now = Timestamp::from_seconds(step * 20);
                let before = session.generation;
                match session.judge(presented(generation), now, rules) {
                    Judgement::Ahead => {
                        jumps += 1;
                        session.generation = generation + 1;
                        session.rotated_at = now;
                    }
                    Judgement::Live => {
                        session.generation += 1;
                        session.rotated_at = now;
                    }
                    Judgement::Reuse => session.revoked_at = Some(now),
                    Judgement::Revoked | Judgement::Expired => {}
                    other => prop_assert!(false, "{other:?}"),
                }
                prop_assert!(session.generation >= before);
            }
            prop_assert!(jumps <= 1);
        }

        /// Whatever is presented, only the parent within grace may get a token back,
        /// and a dead session never does (R052, R053).
        #[test]
        fn a_revoked_session_never_yields_a_token(
            generation in 0_u32..50, shown in 0_u32..60, seconds in 0_i64..200_000, revoked: bool, kept: Option<i16>,
        ) {
            let mut session = session(generation);
            session.revoked_at = revoked.then_some(Timestamp::from_seconds(1_000));
            let now = Timestamp::from_seconds(seconds);
            let rules = kept.map_or(rules(GRACE), |seconds| kept_at(seconds.into()));
            let judgement = session.judge(presented(shown), now, rules);
            if revoked || session.status_at(now) != SessionStatus::Active {
                prop_assert!(matches!(judgement, Judgement::Foreign | Judgement::Revoked | Judgement::Expired));
            }
            if judgement == Judgement::HonestRetry {
                prop_assert_eq!(shown + 1, generation);
                prop_assert!(now.since(session.rotated_at) <= GRACE);
            }
        }
    }
}
