//! Proof that somebody is who they say: the ticket without which no session is made.

use crate::{
    factor::FactorKind,
    id::UserId,
    mfa::ChallengeData,
    one_time::{OneTime, Purpose},
    passkey::Assertion,
    ports::Verdict,
    session::{Amr, Session},
    time::Timestamp,
};

/// Proof that a user authenticated. Only the checks in this module can make one.
#[derive(Clone, Debug)]
pub struct ProofOfAuthentication {
    user: UserId,
    amr: Vec<Amr>,
    at: Timestamp,
    second_factor_at: Option<Timestamp>,
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
                second_factor_at: None,
            }),
        }
    }

    /// From an account that was made with a password in this very flow.
    pub(crate) fn by_enrolment(user: UserId, at: Timestamp) -> Self {
        Self {
            user,
            amr: vec![Amr::Password],
            at,
            second_factor_at: None,
        }
    }

    /// From a challenge that began with a first factor and was answered with a second one.
    pub(crate) fn by_challenge(user: UserId, first: &ChallengeData, second: &SecondFactor) -> Self {
        Self {
            user,
            amr: second.joined_to(first.first_factor()),
            at: first.auth_time,
            second_factor_at: Some(second.at),
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
            second_factor_at: None,
        })
    }

    /// From a passkey whose authenticator verified its user: what they hold and what they are or
    /// know, two factors at once (R140).
    pub(crate) fn by_passkey(user: UserId, shown: Assertion, at: Timestamp) -> Option<Self> {
        shown.user_verified().then(|| Self {
            user,
            amr: vec![Amr::Passkey, Amr::UserVerified],
            at,
            second_factor_at: Some(at),
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

    /// When a second factor was proven, if one was.
    pub const fn second_factor_at(&self) -> Option<Timestamp> {
        self.second_factor_at
    }
}

/// Proof of a second factor alone. Only the check of an answer makes one.
#[derive(Clone, Debug)]
pub(crate) struct SecondFactor {
    amr: &'static [Amr],
    at: Timestamp,
}

impl SecondFactor {
    /// From a factor whose answer was right.
    pub(crate) const fn by(kind: FactorKind, at: Timestamp) -> Self {
        let amr: &[Amr] = match kind {
            FactorKind::Totp => &[Amr::Totp],
            FactorKind::Sms => &[Amr::Sms],
            FactorKind::EmailOtp => &[Amr::Email],
            FactorKind::WebAuthn => &[Amr::Passkey],
        };
        Self { amr, at }
    }

    /// From a passkey behind another factor, whose user may have been verified besides.
    pub(crate) const fn by_passkey(shown: Assertion, at: Timestamp) -> Self {
        let amr: &[Amr] = if shown.user_verified() {
            &[Amr::Passkey, Amr::UserVerified]
        } else {
            &[Amr::Passkey]
        };
        Self { amr, at }
    }

    /// From a backup code that was used up.
    pub(crate) const fn by_backup_code(at: Timestamp) -> Self {
        Self {
            amr: &[Amr::BackupCode],
            at,
        }
    }

    /// When.
    pub(crate) const fn at(&self) -> Timestamp {
        self.at
    }

    /// Everything a session was proven with once this is added to it.
    pub(crate) fn added_to(&self, session: &Session) -> Vec<Amr> {
        self.joined_to(session.amr.clone())
    }

    /// The union of both, and that it is more than one (RFC 8176 §2, `mfa`).
    fn joined_to(&self, mut amr: Vec<Amr>) -> Vec<Amr> {
        for further in self.amr.iter().chain(&[Amr::MultiFactor]) {
            if !amr.contains(further) {
                amr.push(*further);
            }
        }
        amr
    }
}
