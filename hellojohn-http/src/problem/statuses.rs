//! The one table from error code to status.

use http::StatusCode;

/// Every status this server refuses with, and the codes that mean it.
pub(crate) const CODES: &[(StatusCode, &[&str])] = &[
    (
        StatusCode::BAD_REQUEST,
        &[
            "invalid_request",
            "invalid_json",
            "invalid_cursor",
            "tenant_required",
        ],
    ),
    (
        StatusCode::UNAUTHORIZED,
        &[
            "missing_token",
            "invalid_token",
            "token_expired",
            "refresh_token_invalid",
            "refresh_token_expired",
            "invalid_api_key",
            "invalid_publishable_key",
            "session_revoked",
            "session_expired",
            "invalid_credentials",
        ],
    ),
    (
        StatusCode::FORBIDDEN,
        &[
            "insufficient_permissions",
            "tenant_mismatch",
            "tenant_suspended",
            "user_disabled",
            "user_banned",
            "email_not_verified",
            "auth_method_disabled",
            "sign_up_disabled",
            "email_domain_not_allowed",
            "origin_not_allowed",
            "blocked_by_hook",
        ],
    ),
    (
        StatusCode::NOT_FOUND,
        &[
            "not_found",
            "user_not_found",
            "session_not_found",
            "tenant_not_found",
            "api_key_not_found",
            "signing_key_not_found",
        ],
    ),
    (StatusCode::METHOD_NOT_ALLOWED, &["method_not_allowed"]),
    (
        StatusCode::CONFLICT,
        &[
            "email_already_exists",
            "username_taken",
            "phone_taken",
            "external_id_taken",
            "slug_taken",
            "idempotency_conflict",
            "signing_key_active",
            "signing_key_in_use",
            "signing_key_retired",
        ],
    ),
    (StatusCode::PAYLOAD_TOO_LARGE, &["payload_too_large"]),
    (StatusCode::URI_TOO_LONG, &["uri_too_long"]),
    (
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        &["unsupported_media_type"],
    ),
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        &[
            "validation_failed",
            "invalid_email",
            "password_too_weak",
            "password_breached",
            "password_reused",
            "unsupported_hash",
            "policy_too_weak",
            "invalid_signing_key",
        ],
    ),
    (
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        &["headers_too_large"],
    ),
    (StatusCode::INTERNAL_SERVER_ERROR, &["internal_error"]),
    (StatusCode::NOT_IMPLEMENTED, &["feature_not_available"]),
    (
        StatusCode::SERVICE_UNAVAILABLE,
        &["service_unavailable", "no_signing_key"],
    ),
];

/// The status of a code; a code nobody listed is a fault of ours.
pub(crate) fn status_of(code: &str) -> StatusCode {
    CODES
        .iter()
        .find(|(_, codes)| codes.contains(&code))
        .map_or(StatusCode::INTERNAL_SERVER_ERROR, |(status, _)| *status)
}

#[cfg(test)]
mod tests {
    use hellojohn_core::{
        Error, access::AccessError, api_key::ApiKeyError, credential::CredentialError,
        hooks::HookError, idempotency::IdempotencyError, input::InputError, password::Weakness,
        ports::PasswordsError, session::SessionError, signing_key::SigningKeyError,
        tenant::TenantError, time::Timestamp, user::UserError,
    };

    use super::*;

    /// Every error of the engine but the internal ones.
    fn errors() -> Vec<Error> {
        vec![
            AccessError::MissingToken.into(),
            AccessError::InvalidToken.into(),
            AccessError::TokenExpired.into(),
            AccessError::InvalidApiKey.into(),
            AccessError::InvalidPublishableKey.into(),
            AccessError::InsufficientPermissions.into(),
            AccessError::TenantMismatch.into(),
            AccessError::TenantRequired.into(),
            TenantError::NotFound.into(),
            TenantError::Suspended.into(),
            TenantError::SlugTaken.into(),
            TenantError::PolicyTooWeak("min_length").into(),
            InputError::InvalidEmail.into(),
            InputError::InvalidCursor.into(),
            InputError::Fields(Vec::new()).into(),
            CredentialError::Invalid.into(),
            CredentialError::Weak(Weakness::Common).into(),
            CredentialError::Weak(Weakness::Breached).into(),
            CredentialError::Weak(Weakness::Reused).into(),
            CredentialError::SignUpDisabled.into(),
            CredentialError::MethodDisabled.into(),
            CredentialError::DomainNotAllowed.into(),
            CredentialError::EmailNotVerified.into(),
            CredentialError::NotAvailable("x").into(),
            UserError::NotFound.into(),
            UserError::EmailTaken.into(),
            UserError::UsernameTaken.into(),
            UserError::PhoneTaken.into(),
            UserError::ExternalIdTaken.into(),
            UserError::Disabled.into(),
            UserError::Banned.into(),
            SessionError::NotFound.into(),
            SessionError::Revoked.into(),
            SessionError::RefreshTokenInvalid.into(),
            SessionError::RefreshTokenExpired.into(),
            ApiKeyError::NotFound.into(),
            ApiKeyError::BeyondOwnScopes.into(),
            SigningKeyError::NotFound.into(),
            SigningKeyError::Active.into(),
            SigningKeyError::InUse(Timestamp::from_seconds(0)).into(),
            SigningKeyError::Retired.into(),
            SigningKeyError::InvalidKey.into(),
            SigningKeyError::NoneActive.into(),
            IdempotencyError::OtherRequest.into(),
            IdempotencyError::InProgress.into(),
            IdempotencyError::InvalidKey.into(),
            HookError::veto("no").into(),
            PasswordsError::UnsupportedHash.into(),
            PasswordsError::Busy.into(),
        ]
    }

    #[test]
    fn every_error_of_the_engine_has_a_status_of_its_own() {
        for error in errors() {
            let status = status_of(error.code());
            assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{error:?}");
        }
    }

    #[test]
    fn no_code_is_listed_twice() {
        let codes: Vec<&str> = CODES
            .iter()
            .flat_map(|(_, codes)| *codes)
            .copied()
            .collect();
        let mut once = codes.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(codes.len(), once.len());
    }
}
