//! Second factors: what a user has enrolled.

use std::{str::FromStr, time::Duration};

use crate::{
    id::{FactorId, UserId},
    input::Email,
    time::Timestamp,
};

/// How long a factor may wait for its confirmation.
pub const PENDING_LIFE: Duration = Duration::from_mins(15);

/// A second factor of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Never changes.
    pub id: FactorId,
    /// Whose it is.
    pub user_id: UserId,
    /// What kind it is.
    pub kind: FactorKind,
    /// What the user calls it.
    pub name: Option<String>,
    /// Whether it counts.
    pub status: FactorStatus,
    /// The shared secret of a TOTP factor, sealed.
    pub sealed: Option<String>,
    /// The telephone number of an SMS factor (E.164).
    pub target: Option<String>,
    /// The last TOTP step that was accepted; it and all older ones are refused for ever (R125).
    pub last_step: Option<i64>,
    /// When it was enrolled.
    pub created_at: Timestamp,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
    /// Until when it may be confirmed.
    pub expires_at: Option<Timestamp>,
}

impl Factor {
    /// Whether it counts as a second factor.
    pub fn is_active(&self) -> bool {
        self.status == FactorStatus::Active
    }

    /// Whether it waits for its confirmation, and may still get it.
    pub fn is_pending_at(&self, now: Timestamp) -> bool {
        self.status == FactorStatus::Pending && self.expires_at.is_none_or(|at| now < at)
    }

    /// What the owner recognises it by and nobody else learns from.
    pub fn hint(&self, email: &Email) -> Option<String> {
        match self.kind {
            FactorKind::Sms => self.target.as_deref().map(masked_phone),
            FactorKind::EmailOtp => Some(masked_email(email)),
            FactorKind::Totp | FactorKind::WebAuthn => None,
        }
    }
}

/// The kinds of second factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FactorKind {
    /// Codes of an authenticator (RFC 6238).
    Totp,
    /// Codes by SMS.
    Sms,
    /// Codes by mail.
    EmailOtp,
    /// A key of an authenticator (`WebAuthn`).
    WebAuthn,
}

impl FactorKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Totp, Self::Sms, Self::EmailOtp, Self::WebAuthn];

    /// The word in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Sms => "sms",
            Self::EmailOtp => "email_otp",
            Self::WebAuthn => "webauthn",
        }
    }
}

impl FromStr for FactorKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// What a factor is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactorStatus {
    /// It waits for its confirmation and counts for nothing.
    Pending,
    /// It counts.
    Active,
    /// It counts no longer.
    Disabled,
}

impl FactorStatus {
    /// The word in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }
}

impl FromStr for FactorStatus {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = [Self::Pending, Self::Active, Self::Disabled].into_iter();
        all.find(|status| status.as_str() == text).ok_or(())
    }
}

/// `+1***5671`: the first digit and, of numbers long enough to hide something, the last four.
pub fn masked_phone(number: &str) -> String {
    let head: String = number.chars().take(2).collect();
    let shown = if number.len() >= 10 { 4 } else { 2 };
    let tail = number.len().saturating_sub(shown).max(2);
    format!("{head}***{}", number.get(tail..).unwrap_or_default())
}

/// `a***@example.com`.
pub fn masked_email(email: &Email) -> String {
    let head: String = email.as_str().chars().take(1).collect();
    format!("{head}***@{}", email.domain())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_hide_the_middle() {
        assert_eq!(masked_phone("+15550105671"), "+1***5671");
        assert_eq!(masked_phone("+4912345"), "+4***45");
        assert_eq!(masked_phone("+49"), "+4***9");
        assert_eq!(masked_phone("+4"), "+4***");
        let email = Email::parse("ada@example.com").unwrap();
        assert_eq!(masked_email(&email), "a***@example.com");
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for kind in FactorKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        for status in [
            FactorStatus::Pending,
            FactorStatus::Active,
            FactorStatus::Disabled,
        ] {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        assert_eq!("backup_codes".parse::<FactorKind>(), Err(()));
    }
}
