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
            "link_invalid",
            "link_expired",
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
            "passkey_invalid",
            "user_verification_required",
            "invalid_credentials",
            "mfa_code_invalid",
        ],
    ),
    (
        StatusCode::FORBIDDEN,
        &[
            "insufficient_permissions",
            "tenant_mismatch",
            "mfa_enrollment_required",
            "step_up_required",
            "tenant_suspended",
            "user_disabled",
            "user_banned",
            "account_locked",
            "captcha_required",
            "captcha_invalid",
            "email_not_verified",
            "auth_method_disabled",
            "sign_up_disabled",
            "email_domain_not_allowed",
            "origin_not_allowed",
            "mfa_required",
            "blocked_by_hook",
        ],
    ),
    (
        StatusCode::NOT_FOUND,
        &[
            "not_found",
            "user_not_found",
            "session_not_found",
            "factor_not_found",
            "recovery_not_found",
            "tenant_not_found",
            "api_key_not_found",
            "template_not_found",
            "message_not_found",
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
            "passkey_already_registered",
            "idempotency_conflict",
            "factor_already_enrolled",
            "mfa_required_by_policy",
            "recovery_not_proven",
            "recovery_closed",
            "last_credential",
            "signing_key_active",
            "signing_key_in_use",
            "signing_key_retired",
        ],
    ),
    (
        StatusCode::GONE,
        &[
            "mfa_challenge_expired",
            "mfa_code_expired",
            "passkey_challenge_expired",
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
            "redirect_url_not_allowed",
            "password_too_weak",
            "password_breached",
            "password_reused",
            "unsupported_hash",
            "policy_too_weak",
            "phone_country_not_allowed",
            "template_invalid",
            "email_delivery_failed",
            "factor_not_allowed",
            "phone_required",
            "invalid_signing_key",
        ],
    ),
    (
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        &["headers_too_large"],
    ),
    (
        StatusCode::TOO_MANY_REQUESTS,
        &[
            "rate_limit_exceeded",
            "too_many_attempts",
            "sms_limit_reached",
        ],
    ),
    (StatusCode::INTERNAL_SERVER_ERROR, &["internal_error"]),
    (
        StatusCode::NOT_IMPLEMENTED,
        &["feature_not_available", "passkeys_not_configured"],
    ),
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
    use super::*;

    /// The errors of the engine, as they are written.
    const SOURCES: &[&str] = &[
        include_str!("../../../hellojohn-core/src/access.rs"),
        include_str!("../../../hellojohn-core/src/tenant.rs"),
        include_str!("../../../hellojohn-core/src/input.rs"),
        include_str!("../../../hellojohn-core/src/credential.rs"),
        include_str!("../../../hellojohn-core/src/lockout.rs"),
        include_str!("../../../hellojohn-core/src/captcha.rs"),
        include_str!("../../../hellojohn-core/src/user.rs"),
        include_str!("../../../hellojohn-core/src/session.rs"),
        include_str!("../../../hellojohn-core/src/passkey.rs"),
        include_str!("../../../hellojohn-core/src/one_time.rs"),
        include_str!("../../../hellojohn-core/src/mail/error.rs"),
        include_str!("../../../hellojohn-core/src/recovery.rs"),
        include_str!("../../../hellojohn-core/src/sms.rs"),
        include_str!("../../../hellojohn-core/src/mfa/error.rs"),
        include_str!("../../../hellojohn-core/src/api_key.rs"),
        include_str!("../../../hellojohn-core/src/signing_key.rs"),
        include_str!("../../../hellojohn-core/src/idempotency.rs"),
        include_str!("../../../hellojohn-core/src/hooks.rs"),
    ];
    /// Where they meet.
    const ALL: &str = include_str!("../../../hellojohn-core/src/error.rs");

    /// The inside of the `code` method of an error.
    fn method(source: &str) -> Option<&str> {
        let (_, rest) = source.split_once("fn code(")?;
        let (_, rest) = rest.split_once("self) -> &'static str {")?;
        rest.split_once("\n    }\n").map(|(inside, _)| inside)
    }

    /// Every text in the `code` method.
    fn codes(source: &str) -> impl Iterator<Item = &str> {
        let inside = method(source).unwrap();
        inside.split('"').skip(1).step_by(2)
    }

    #[test]
    fn every_error_of_the_engine_has_a_status_of_its_own() {
        let mut read = 0;
        for code in SOURCES
            .iter()
            .chain([&ALL])
            .flat_map(|source| codes(source))
        {
            read += 1;
            let ours = status_of(code) == StatusCode::INTERNAL_SERVER_ERROR;
            assert_eq!(ours, code == "internal_error", "{code} is not in the table");
        }
        assert!(read > 45, "only {read} codes were read");
    }

    #[test]
    fn every_file_with_errors_is_read() {
        let delegated = method(ALL).unwrap().matches("error.code()").count();
        assert_eq!(
            delegated,
            SOURCES.len(),
            "an area of errors is missing here"
        );
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
