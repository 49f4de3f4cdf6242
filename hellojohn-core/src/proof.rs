//! Proof that somebody is who they say: the ticket without which no session is made.

use crate::{
    id::UserId,
    one_time::{OneTime, Purpose},
    ports::Verdict,
    session::Amr,
    time::Timestamp,
};

/// Proof that a user authenticated. Only the checks in this module can make one.
#[derive(Clone, Debug)]
pub struct ProofOfAuthentication {
    user: UserId,
    amr: Vec<Amr>,
    at: Timestamp,
}

impl ProofOfAuthentication {
    /// From a password check; a wrong password proves nothing.
    pub(crate) fn by_password(user: UserId, verdict: Verdict, at: Timestamp) -> Option<Self> {
        match verdict {
            Verdict::Wrong => None,
            Verdict::Right | Verdict::RightButStale => Some(Self {
                user,
                amr: vec![Amr::Password],
                at,
            }),
        }
    }

    /// From an account that was made with a password in this very flow.
    pub(crate) fn by_enrolment(user: UserId, at: Timestamp) -> Self {
        Self {
            user,
            amr: vec![Amr::Password],
            at,
        }
    }

    /// From a link or code that was in the user's mailbox, used up in the unit that makes the session.
    pub(crate) fn by_mailbox(user: UserId, spent: &OneTime, at: Timestamp) -> Option<Self> {
        let signs_in = matches!(spent.purpose, Purpose::MagicLink | Purpose::ExchangeCode);
        let is_used = signs_in && spent.consumed_at.is_some();
        is_used.then(|| Self {
            user,
            amr: vec![Amr::Email],
            at,
        })
    }

    /// Who authenticated.
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// How.
    pub fn amr(&self) -> &[Amr] {
        &self.amr
    }

    /// When.
    pub const fn at(&self) -> Timestamp {
        self.at
    }
}
