//! Where a captcha is asked for, and why one was refused.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What may ask for a captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// Signing in with a password.
    SignIn,
    /// Making an account.
    SignUp,
    /// Asking for a magic link.
    MagicLink,
    /// Asking for a link that sets a new password.
    PasswordForgot,
}

impl Action {
    /// Every action.
    pub const ALL: &'static [Self] = &[
        Self::SignIn,
        Self::SignUp,
        Self::MagicLink,
        Self::PasswordForgot,
    ];

    /// The word in the API and in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignUp => "sign_up",
            Self::MagicLink => "magic_link",
            Self::PasswordForgot => "password_forgot",
        }
    }
}

impl FromStr for Action {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = Self::ALL.iter().copied();
        all.find(|action| action.as_str() == text).ok_or(())
    }
}

/// Whether somebody solved a captcha for this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solved {
    /// They did, and the provider said so.
    Yes,
    /// Nobody asked for one.
    No,
}

/// Why a request was refused for its captcha.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CaptchaError {
    /// There was none.
    #[error("solve the captcha and send its `captcha_token`")]
    Required,
    /// The provider did not accept it.
    #[error("the captcha was not accepted")]
    Invalid,
    /// The provider did not answer; nobody is let through on that account.
    #[error("the captcha cannot be checked now")]
    Unreachable(#[source] crate::ports::CaptchaUnreachable),
}

impl CaptchaError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "captcha_required",
            Self::Invalid => "captcha_invalid",
            Self::Unreachable(_) => "service_unavailable",
        }
    }
}
