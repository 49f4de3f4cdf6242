//! Passwords as credentials of an account: what is accepted, and why one is refused.

use crate::password::Weakness;

/// Why signing up, signing in or changing a password was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialError {
    /// Unknown account, wrong password or no password: nobody learns which.
    #[error("the e-mail address or password is wrong")]
    Invalid,
    /// The password does not meet the policy.
    #[error("{0}")]
    Weak(Weakness),
    /// Strangers may not sign up.
    #[error("sign-up is closed")]
    SignUpDisabled,
    /// The tenant does not allow this way of signing in.
    #[error("this way of signing in is not allowed")]
    MethodDisabled,
    /// The tenant does not allow addresses of this domain.
    #[error("e-mail addresses of this domain are not allowed")]
    DomainNotAllowed,
    /// The address has to be proven first.
    #[error("the e-mail address is not verified yet")]
    EmailNotVerified,
    /// Not possible in this version.
    #[error("{0}")]
    NotAvailable(&'static str),
}

impl CredentialError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid => "invalid_credentials",
            Self::Weak(Weakness::Breached) => "password_breached",
            Self::Weak(Weakness::Reused) => "password_reused",
            Self::Weak(_) => "password_too_weak",
            Self::SignUpDisabled => "sign_up_disabled",
            Self::MethodDisabled => "auth_method_disabled",
            Self::DomainNotAllowed => "email_domain_not_allowed",
            Self::EmailNotVerified => "email_not_verified",
            Self::NotAvailable(_) => "feature_not_available",
        }
    }

    /// Which rule of the policy was broken, if one was.
    pub const fn weakness(&self) -> Option<Weakness> {
        match self {
            Self::Weak(weakness) => Some(*weakness),
            _ => None,
        }
    }
}
