//! What becomes of a refresh token that is authentic and yet was not the live one.

use std::time::Duration;

use super::{Session, SessionStatus};
use crate::time::Timestamp;

impl Session {
    /// Judges an authentic refresh token that was not the live one (R053, R054).
    pub fn judge(&self, presented: Presented, now: Timestamp, grace: Duration) -> Judgement {
        if !crate::secret::same(&presented.salt, &self.salt)
            || presented.generation > self.generation
        {
            return Judgement::Foreign;
        }
        match self.status_at(now) {
            SessionStatus::Revoked => return Judgement::Revoked,
            SessionStatus::Expired => return Judgement::Expired,
            SessionStatus::Active => {}
        }
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

    #[test]
    fn grace_covers_only_the_direct_parent_and_only_for_its_time() {
        let session = session(3);
        let within = Timestamp::from_seconds(1_010);
        let after = Timestamp::from_seconds(1_011);
        assert_eq!(
            session.judge(presented(2), within, GRACE),
            Judgement::HonestRetry
        );
        assert_eq!(session.judge(presented(2), after, GRACE), Judgement::Reuse);
        assert_eq!(session.judge(presented(1), within, GRACE), Judgement::Reuse);
        assert_eq!(
            session.judge(presented(2), within, Duration::ZERO),
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
        assert_eq!(session.judge(other, now, GRACE), Judgement::Foreign);
        assert_eq!(session.judge(presented(4), now, GRACE), Judgement::Foreign);
    }

    proptest! {
        /// Whatever is presented, only the parent within grace may get a token back,
        /// and a dead session never does (R052, R053).
        #[test]
        fn a_revoked_session_never_yields_a_token(
            generation in 0_u32..50, shown in 0_u32..60, seconds in 0_i64..200_000, revoked: bool,
        ) {
            let mut session = session(generation);
            session.revoked_at = revoked.then_some(Timestamp::from_seconds(1_000));
            let now = Timestamp::from_seconds(seconds);
            let judgement = session.judge(presented(shown), now, GRACE);
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
