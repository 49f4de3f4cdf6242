//! Proof that somebody is who they say: the ticket without which no session is made.

use crate::{id::UserId, passkey::Assertion, ports::Verdict, session::Amr, time::Timestamp};

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

    /// From a passkey whose authenticator verified its user: what they hold and what they are or
    /// know, two factors at once (R140).
    pub(crate) fn by_passkey(user: UserId, shown: &Assertion, at: Timestamp) -> Option<Self> {
        shown.user_verified().then(|| Self {
            user,
            amr: vec![Amr::Passkey, Amr::UserVerified],
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
