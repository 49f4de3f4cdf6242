//! Everything that can go wrong in a flow, nested by area.

use crate::{
    access::AccessError,
    api_key::ApiKeyError,
    captcha::CaptchaError,
    credential::CredentialError,
    hooks::HookError,
    idempotency::IdempotencyError,
    input::{FieldError, InputError},
    lockout::LockoutError,
    mail::EmailError,
    mfa::MfaError,
    one_time::LinkError,
    passkey::PasskeyError,
    ports::PasswordsError,
    recovery::RecoveryError,
    restore::RestoreError,
    seal::SealError,
    session::SessionError,
    signing_key::SigningKeyError,
    sms::SmsRefusal,
    store::StoreError,
    tenant::TenantError,
    token::IssueError,
    totp::PictureError,
    user::UserError,
};

/// Why a flow did not do what it was asked.
///
/// Every variant has a stable [`code`](Error::code); nothing was changed unless the
/// documentation of the flow says so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The request was not let in.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The tenant is not served, or its settings are not acceptable.
    #[error(transparent)]
    Tenant(#[from] TenantError),
    /// The input is not acceptable.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A credential was refused.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// There were too many failed attempts.
    #[error(transparent)]
    Lockout(#[from] LockoutError),
    /// About a captcha.
    #[error(transparent)]
    Captcha(#[from] CaptchaError),
    /// About a user.
    #[error(transparent)]
    User(#[from] UserError),
    /// About a session or refresh token.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// A link or one-time code was refused.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// About mail.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// About somebody who lost their second factor.
    #[error(transparent)]
    Recovery(#[from] RecoveryError),
    /// A text message was refused.
    #[error(transparent)]
    Sms(#[from] SmsRefusal),
    /// About a passkey.
    #[error(transparent)]
    Passkey(#[from] PasskeyError),
    /// About second factors.
    #[error(transparent)]
    Mfa(#[from] MfaError),
    /// About an API key.
    #[error(transparent)]
    ApiKey(#[from] ApiKeyError),
    /// About a signing key.
    #[error(transparent)]
    SigningKey(#[from] SigningKeyError),
    /// About an `Idempotency-Key`.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// A hook of the application objected or failed.
    #[error(transparent)]
    Hook(#[from] HookError),
    /// Password hashing is at capacity or failed.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// A stored secret does not open.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The picture of a shared secret could not be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The claims do not fit into a token.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// The database was restored and is not ready.
    #[error(transparent)]
    Restore(#[from] RestoreError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// The stable code clients switch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Access(error) => error.code(),
            Self::Tenant(error) => error.code(),
            Self::Input(error) => error.code(),
            Self::Credential(error) => error.code(),
            Self::Lockout(error) => error.code(),
            Self::Captcha(error) => error.code(),
            Self::User(error) => error.code(),
            Self::Session(error) => error.code(),
            Self::Link(error) => error.code(),
            Self::Email(error) => error.code(),
            Self::Recovery(error) => error.code(),
            Self::Sms(error) => error.code(),
            Self::Passkey(error) => error.code(),
            Self::Mfa(error) => error.code(),
            Self::ApiKey(error) => error.code(),
            Self::SigningKey(error) => error.code(),
            Self::Idempotency(error) => error.code(),
            Self::Hook(error) => error.code(),
            Self::Passwords(PasswordsError::UnsupportedHash) => "unsupported_hash",
            Self::Passwords(PasswordsError::Busy)
            | Self::Store(StoreError::Unavailable(_))
            | Self::Restore(RestoreError::Pending) => "service_unavailable",
            Self::Passwords(_)
            | Self::Seal(_)
            | Self::Picture(_)
            | Self::Issue(_)
            | Self::Store(_) => "internal_error",
        }
    }

    /// The single fields that were not acceptable, if it was about fields.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Input(InputError::Fields(fields))
            | Self::Tenant(TenantError::Input(InputError::Fields(fields))) => fields,
            _ => &[],
        }
    }

    /// Whether the caller may see the message: it describes the request, not our insides (R179).
    pub fn is_for_caller(&self) -> bool {
        !matches!(self.code(), "internal_error" | "service_unavailable")
    }
}
