//! Sessions: one signed-in device each, with the state of its refresh token in the same row.

use std::str::FromStr;

use crate::{
    id::{SessionId, TenantId, UserId},
    time::Timestamp,
};

mod judgement;

pub use judgement::{Judgement, JudgementRules, Presented};

/// One signed-in device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Never changes; the `session_id` and `sid` claims.
    pub id: SessionId,
    /// The tenant.
    pub tenant_id: TenantId,
    /// Whose session it is.
    pub user_id: UserId,
    /// How often the refresh token was rotated: only the token of this generation is live.
    pub generation: u32,
    /// Random bytes every refresh token of this session carries.
    pub salt: [u8; 16],
    /// When the current generation was made.
    pub rotated_at: Timestamp,
    /// When the session was made.
    pub created_at: Timestamp,
    /// When its refresh token was last used.
    pub last_active_at: Timestamp,
    /// When it ends, whatever happens (R057).
    pub expires_at: Timestamp,
    /// When it ends unless it is used before.
    pub idle_expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// Why it was revoked.
    pub revoked_reason: Option<RevocationReason>,
    /// From where it was made.
    pub client: ClientInfo,
    /// How the user proved who they are (RFC 8176).
    pub amr: Vec<Amr>,
    /// When they did.
    pub auth_time: Timestamp,
    /// Whether a second factor was verified.
    pub mfa_verified: bool,
    /// When a second factor was last verified; step-up asks for its age.
    pub mfa_at: Option<Timestamp>,
}

impl Session {
    /// What the session is worth at a moment.
    pub fn status_at(&self, now: Timestamp) -> SessionStatus {
        let idle_over = self.idle_expires_at.is_some_and(|at| at <= now);
        if self.revoked_at.is_some() {
            SessionStatus::Revoked
        } else if self.expires_at <= now || idle_over {
            SessionStatus::Expired
        } else {
            SessionStatus::Active
        }
    }

    /// When the refresh token stops working if it is not used before.
    pub fn refresh_expires_at(&self) -> Timestamp {
        self.idle_expires_at
            .map_or(self.expires_at, |idle| idle.min(self.expires_at))
    }
}

/// What a session is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStatus {
    /// Live.
    Active,
    /// Over by age or idleness.
    Expired,
    /// Ended before its time.
    Revoked,
}

impl SessionStatus {
    /// The word used in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

impl FromStr for SessionStatus {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Active, Self::Expired, Self::Revoked]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(())
    }
}

/// Why a session was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationReason {
    /// The user signed out.
    SignOut,
    /// The user or an administrator ended it.
    Revoked,
    /// An old refresh token came back.
    RefreshReuse,
    /// The password changed.
    PasswordChanged,
    /// The user was disabled.
    UserDisabled,
    /// The user was banned.
    UserBanned,
    /// The user signed in on more devices than the tenant allows.
    TooManySessions,
}

impl RevocationReason {
    const ALL: [Self; 7] = [
        Self::SignOut,
        Self::Revoked,
        Self::RefreshReuse,
        Self::PasswordChanged,
        Self::UserDisabled,
        Self::UserBanned,
        Self::TooManySessions,
    ];

    /// The word used in the database and the audit log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignOut => "sign_out",
            Self::Revoked => "revoked",
            Self::RefreshReuse => "refresh_reuse",
            Self::PasswordChanged => "password_changed",
            Self::UserDisabled => "user_disabled",
            Self::UserBanned => "user_banned",
            Self::TooManySessions => "too_many_sessions",
        }
    }
}

impl FromStr for RevocationReason {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == text)
            .ok_or(())
    }
}

/// An authentication method reference: values of RFC 8176 §2 where it has one, our own otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Amr {
    /// A password.
    Password,
    /// A link or code that reached the user's mailbox.
    Email,
    /// A time-based code (RFC 6238).
    Totp,
    /// A code sent by SMS.
    Sms,
    /// A key of an authenticator (WebAuthn).
    Passkey,
    /// The authenticator verified its user.
    UserVerified,
    /// A backup code.
    BackupCode,
    /// More than one factor.
    MultiFactor,
}

impl Amr {
    const ALL: [Self; 8] = [
        Self::Password,
        Self::Email,
        Self::Totp,
        Self::Sms,
        Self::Passkey,
        Self::UserVerified,
        Self::BackupCode,
        Self::MultiFactor,
    ];

    /// The value in the `amr` claim.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "pwd",
            Self::Email => "email",
            Self::Totp => "otp",
            Self::Sms => "sms",
            Self::Passkey => "hwk",
            Self::UserVerified => "user",
            Self::BackupCode => "backup_code",
            Self::MultiFactor => "mfa",
        }
    }
}

impl FromStr for Amr {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|amr| amr.as_str() == text)
            .ok_or(())
    }
}

/// From where a request came, as far as it can be known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientInfo {
    /// The network address, as text.
    pub ip_address: Option<String>,
    /// The `User-Agent`, at most 512 characters.
    pub user_agent: Option<String>,
    /// An ISO 3166-1 code, when a proxy told it.
    pub country: Option<String>,
    /// `desktop`, `mobile`, `tablet`, `bot` or `unknown`, guessed from the user agent.
    pub device_type: Option<String>,
}

impl ClientInfo {
    /// Keeps what fits and guesses the kind of device.
    pub fn new(ip_address: Option<String>, user_agent: Option<&str>) -> Self {
        let user_agent = user_agent.map(|text| {
            text.chars()
                .filter(|c| !c.is_control())
                .take(512)
                .collect::<String>()
        });
        Self {
            ip_address,
            device_type: user_agent
                .as_deref()
                .map(|text| device_type(text).to_owned()),
            user_agent,
            country: None,
        }
    }
}

fn device_type(user_agent: &str) -> &'static str {
    let text = user_agent.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["bot", "crawler", "spider"]) {
        "bot"
    } else if has(&["ipad", "tablet"]) || (has(&["android"]) && !has(&["mobile"])) {
        "tablet"
    } else if has(&["mobile", "iphone"]) {
        "mobile"
    } else if has(&["windows", "macintosh", "x11", "linux", "cros"]) {
        "desktop"
    } else {
        "unknown"
    }
}

/// Which sessions to list; an unset field does not filter.
#[derive(Clone, Debug, Default)]
pub struct SessionFilter {
    /// Of this user.
    pub user_id: Option<UserId>,
    /// In this state at `now`.
    pub status: Option<(SessionStatus, Timestamp)>,
}

/// Why something about a session cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// No such session in this tenant, or not the caller's own.
    #[error("there is no such session")]
    NotFound,
    /// The session was revoked.
    #[error("this session was revoked")]
    Revoked,
    /// The refresh token is not one of ours, or was used before.
    #[error("this refresh token is not valid")]
    RefreshTokenInvalid,
    /// The refresh token or its session has expired.
    #[error("this refresh token has expired")]
    RefreshTokenExpired,
}

impl SessionError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "session_not_found",
            Self::Revoked => "session_revoked",
            Self::RefreshTokenInvalid => "refresh_token_invalid",
            Self::RefreshTokenExpired => "refresh_token_expired",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn session(generation: u32) -> Session {
        let start = Timestamp::from_seconds(1_000);
        Session {
            id: SessionId::new(start, [1; 10]),
            tenant_id: TenantId::new(start, [2; 10]),
            user_id: UserId::new(start, [3; 10]),
            generation,
            salt: [9; 16],
            rotated_at: start,
            created_at: start,
            last_active_at: start,
            expires_at: Timestamp::from_seconds(100_000),
            idle_expires_at: Some(Timestamp::from_seconds(50_000)),
            revoked_at: None,
            revoked_reason: None,
            client: ClientInfo::default(),
            amr: vec![Amr::Password],
            auth_time: start,
            mfa_verified: false,
            mfa_at: None,
        }
    }

    #[test]
    fn absolute_and_idle_ends_are_exact() {
        let session = session(0);
        let at = |seconds| session.status_at(Timestamp::from_seconds(seconds));
        assert_eq!(at(49_999), SessionStatus::Active);
        assert_eq!(at(50_000), SessionStatus::Expired);
    }

    #[test]
    fn devices_are_guessed_from_the_user_agent() {
        let guess = |text| ClientInfo::new(None, Some(text)).device_type.unwrap();
        assert_eq!(
            guess("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile"),
            "mobile"
        );
        assert_eq!(
            guess("Mozilla/5.0 (Windows NT 10.0; Win64; x64)"),
            "desktop"
        );
        assert_eq!(guess("curl/8.5.0"), "unknown");
    }
}
