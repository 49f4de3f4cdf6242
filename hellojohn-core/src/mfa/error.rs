use std::time::Duration;

use super::MfaRequired;

/// Why something about second factors is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MfaError {
    /// The first factor was right; the second one is asked for.
    #[error("a second factor is needed")]
    Required(Box<MfaRequired>),
    /// Not the code, or one that was used before: nobody learns which (R128).
    #[error("the code is not valid")]
    CodeInvalid,
    /// The challenge is over, was answered, or what it was made for has changed.
    #[error("the challenge is over; sign in again")]
    ChallengeExpired,
    /// The code, or the time to confirm the factor, is over.
    #[error("the code has expired")]
    CodeExpired,
    /// No further code is checked for this long (R127).
    #[error("too many attempts; try again later")]
    TooManyAttempts(Duration),
    /// No further code is sent for this long (R129).
    #[error("a code was sent a moment ago; try again later")]
    SentRecently(Duration),
    /// The user has this factor.
    #[error("this factor is enrolled already")]
    FactorAlreadyEnrolled,
    /// Not a factor that may be used here.
    #[error("this kind of factor is not allowed here")]
    FactorNotAllowed,
    /// There is no number to send codes to.
    #[error("a telephone number is needed; send `phone_number` like +4915112345678")]
    PhoneRequired,
    /// No such factor of this user.
    #[error("there is no such factor")]
    FactorNotFound,
    /// The user must keep a second factor.
    #[error("this user must have a second factor")]
    RequiredByPolicy,
    /// The user must prove themselves anew (R134).
    #[error("this needs a fresh proof of who you are")]
    StepUpRequired,
    /// The user must enrol a second factor first.
    #[error("a second factor must be enrolled first")]
    EnrollmentRequired,
    /// Nothing else would let the user in.
    #[error("this is the last way to sign in")]
    LastCredential,
}

impl MfaError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required(_) => "mfa_required",
            Self::CodeInvalid => "mfa_code_invalid",
            Self::ChallengeExpired => "mfa_challenge_expired",
            Self::CodeExpired => "mfa_code_expired",
            Self::TooManyAttempts(_) => "too_many_attempts",
            Self::SentRecently(_) => "rate_limit_exceeded",
            Self::FactorAlreadyEnrolled => "factor_already_enrolled",
            Self::FactorNotAllowed => "factor_not_allowed",
            Self::PhoneRequired => "phone_required",
            Self::FactorNotFound => "factor_not_found",
            Self::RequiredByPolicy => "mfa_required_by_policy",
            Self::StepUpRequired => "step_up_required",
            Self::EnrollmentRequired => "mfa_enrollment_required",
            Self::LastCredential => "last_credential",
        }
    }

    /// How long to wait before it is worth trying again, if waiting helps.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooManyAttempts(wait) | Self::SentRecently(wait) => Some(*wait),
            _ => None,
        }
    }
}
