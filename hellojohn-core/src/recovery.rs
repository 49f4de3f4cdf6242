//! Requests of users who lost their second factor: they prove their mailbox, an administrator decides.

use std::{str::FromStr, time::Duration};

use crate::{
    id::{RecoveryId, UserId},
    input::Email,
    time::Timestamp,
    user::User,
};

/// How long a request is open.
pub const RECOVERY_LIFE: Duration = Duration::from_hours(72);
/// How long the link is good that proves the mailbox.
pub const PROOF_LIFE: Duration = Duration::from_hours(1);

/// Somebody knows the first factor of an account and asks to be let in without the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryRequest {
    /// Never changes.
    pub id: RecoveryId,
    /// Whose account it is.
    pub user_id: UserId,
    /// The address the proof was sent to.
    pub email: Email,
    /// How far it is.
    pub status: RecoveryStatus,
    /// Why it was decided so, as the administrator wrote it.
    pub reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on nothing comes of it.
    pub expires_at: Timestamp,
    /// When the mailbox was proven.
    pub proven_at: Option<Timestamp>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// By whom.
    pub decided_by: Option<String>,
}

impl RecoveryRequest {
    /// Whether something can still come of it.
    pub fn is_open(&self, now: Timestamp) -> bool {
        let undecided = matches!(
            self.status,
            RecoveryStatus::Requested | RecoveryStatus::Proven
        );
        undecided && self.expires_at > now
    }

    /// Whether the account has had the same address and password ever since: an owner who changed
    /// one of them has put an end to it (R030).
    pub fn still_holds(&self, user: &User) -> bool {
        let changed = user.password_changed_at;
        self.email == user.email && changed.is_none_or(|at| at <= self.created_at)
    }
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryStatus {
    /// The mailbox is not proven yet.
    Requested,
    /// It waits for an administrator.
    Proven,
    /// The second factors were removed.
    Approved,
    /// They were not.
    Denied,
}

impl RecoveryStatus {
    /// The word in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Proven => "proven",
            Self::Approved => "approved",
            Self::Denied => "denied",
        }
    }
}

impl FromStr for RecoveryStatus {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Requested, Self::Proven, Self::Approved, Self::Denied]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(())
    }
}

/// What an administrator makes of a request.
#[derive(Clone, Debug)]
pub struct RecoveryDecision {
    /// Which way.
    pub verdict: RecoveryVerdict,
    /// Why, for people.
    pub reason: Option<String>,
}

/// Which way a request is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryVerdict {
    /// The second factors go. Only once the mailbox is proven.
    Approve,
    /// They stay.
    Deny,
}

/// Why a request cannot be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecoveryError {
    /// No such request in this tenant.
    #[error("there is no such recovery request")]
    NotFound,
    /// The user has not proven their mailbox.
    #[error("the user has not proven their mailbox yet")]
    NotProven,
    /// It was decided, is over, or the account changed since.
    #[error("this recovery request is closed")]
    Closed,
}

impl RecoveryError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "recovery_not_found",
            Self::NotProven => "recovery_not_proven",
            Self::Closed => "recovery_closed",
        }
    }
}
