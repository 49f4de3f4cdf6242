//! How often an authenticator of an account may be tried, and what happens then (R019–R027).
//!
//! Every attempt is counted before the secret is looked at, and a right one is taken off again:
//! however many try at once, no more are looked at than the limit (R020).

mod tally;

use std::{str::FromStr, time::Duration};

use crate::{id::UserId, time::Timestamp};

pub use tally::{Standing, Tally};

/// When an authenticator is locked. Part of [`Settings`](crate::settings::Settings).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockoutPolicy {
    /// Whether attempts are counted at all.
    pub counting: Counting,
    /// From here on a captcha is asked for; without a captcha provider, a growing wait.
    pub soft: Threshold,
    /// From here on nothing is tried until the owner opens a mailed link.
    pub hard: Threshold,
    /// From here on nothing is tried until an administrator enables the account again.
    pub disable: Threshold,
}

/// Whether attempts are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// They are.
    On,
    /// They are not: something in front of this server does it.
    Off,
}

/// So many failures in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// How many.
    pub failures: u32,
    /// In which time.
    pub within: Duration,
}

impl Threshold {
    const fn new(failures: u32, within: Duration) -> Self {
        Self { failures, within }
    }
}

impl Default for LockoutPolicy {
    /// 5 in 5 minutes, 10 in 10 minutes, 20 in an hour.
    fn default() -> Self {
        Self {
            counting: Counting::On,
            soft: Threshold::new(5, Duration::from_mins(5)),
            hard: Threshold::new(10, Duration::from_mins(10)),
            disable: Threshold::new(20, Duration::from_hours(1)),
        }
    }
}

/// So many failures without a success between them disable an authenticator however slowly they
/// come (NIST SP 800-63B-4 §3.2.2; R019).
pub const MOST_CONSECUTIVE: u32 = 100;
/// The longest wait of a soft lock.
pub const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Authenticator {
    /// The password, at sign-in and where the current one is asked for.
    Password,
    /// Codes of the second factors.
    Otp,
}

impl Authenticator {
    /// Every authenticator that is counted.
    pub const ALL: &'static [Self] = &[Self::Password, Self::Otp];

    /// The word in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Otp => "otp",
        }
    }
}

impl FromStr for Authenticator {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = Self::ALL.iter().copied();
        all.find(|one| one.as_str() == text).ok_or(())
    }
}

/// What is counted together: one authenticator of one account, under whatever name it was given (R021).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tried {
    /// The user's id, or the MAC of a name that no account has.
    pub subject: String,
    /// What is tried.
    pub authenticator: Authenticator,
}

impl Tried {
    /// An authenticator of an account.
    pub fn of_user(user: UserId, authenticator: Authenticator) -> Self {
        Self {
            subject: user.to_string(),
            authenticator,
        }
    }
}

/// How far an authenticator is locked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Not.
    #[default]
    Open,
    /// A captcha or a wait goes before the next attempt.
    Soft,
    /// The owner has to open a mailed link.
    Hard,
    /// An administrator has to enable the account.
    Disabled,
}

impl Stage {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Soft => "soft",
            Self::Hard => "hard",
            Self::Disabled => "disabled",
        }
    }
}

impl FromStr for Stage {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = [Self::Open, Self::Soft, Self::Hard, Self::Disabled].into_iter();
        all.find(|stage| stage.as_str() == text).ok_or(())
    }
}

/// What would open a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlock {
    /// A solved captcha.
    Captcha,
    /// Waiting for so long.
    Wait(Duration),
    /// The link in a mail to the owner.
    Email,
    /// An administrator.
    Admin,
}

impl Unlock {
    /// The word in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Captcha => "captcha",
            Self::Wait(_) => "wait",
            Self::Email => "email",
            Self::Admin => "admin",
        }
    }

    /// For how long another attempt is useless, in whole seconds, at least one.
    pub const fn retry_after(self) -> Option<u64> {
        match self {
            Self::Wait(wait) => {
                let begun = if wait.subsec_nanos() > 0 { 1 } else { 0 };
                let seconds = wait.as_secs().saturating_add(begun);
                Some(if seconds == 0 { 1 } else { seconds })
            }
            Self::Captcha | Self::Email | Self::Admin => None,
        }
    }
}

/// Why an attempt was not looked at. Told alike of accounts that exist and of those that do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LockoutError {
    /// There were too many wrong ones.
    #[error("there were too many failed attempts; this way in is locked")]
    Locked(Unlock),
}

impl LockoutError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Locked(_) => "account_locked",
        }
    }
}

/// Whether something begun at a moment is void because its account was locked since (R023, R133).
///
/// `locked_since` is what [`LockoutStore::locked_since`](crate::store::LockoutStore::locked_since)
/// answers; a lock that was lifted again counts as well (N24).
pub fn void_if_begun_before(
    locked_since: Option<Timestamp>,
    begun: Timestamp,
) -> Result<(), LockoutError> {
    match locked_since {
        Some(locked) if begun <= locked => Err(LockoutError::Locked(Unlock::Email)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_before_a_lock_is_void() {
        let at = Timestamp::from_seconds;
        assert!(void_if_begun_before(None, at(1)).is_ok());
        assert!(void_if_begun_before(Some(at(5)), at(6)).is_ok());
        for begun in [4, 5] {
            assert!(void_if_begun_before(Some(at(5)), at(begun)).is_err());
        }
    }

    #[test]
    fn a_wait_is_told_in_whole_seconds_and_never_as_nothing() {
        for (millis, told) in [(0, 1), (1, 1), (1_000, 1), (1_001, 2), (60_000, 60)] {
            let wait = Unlock::Wait(Duration::from_millis(millis));
            assert_eq!(wait.retry_after(), Some(told), "{millis}");
        }
        assert_eq!(Unlock::Admin.retry_after(), None);
    }
}
