//! Second factors: enrolling them, and the challenges they answer.

mod challenge;
mod factors;
mod recovery;
mod view;

use hellojohn_core::mfa::policy::Reach;
use http::StatusCode;

pub(crate) use self::view::challenge_members;
use super::auth::tokens::TokenSet;
use crate::{
    route::{Access, RateClass, Route},
    wire::PageBody,
};

pub(crate) fn routes() -> Vec<Route> {
    [factor_routes(), challenge_routes(), recovery::routes()].concat()
}

const FACTORS: &str = "/v1/users/{id}/mfa/factors";
const FACTOR: &str = "/v1/users/{id}/mfa/factors/{factor_id}";

fn factor_routes() -> Vec<Route> {
    let read = Access::UserOrServer("mfa:read");
    let write = Access::UserOrServer("mfa:write");
    vec![
        Route::get(FACTORS, "list_factors", "Lists a user's second factors.")
            .access(read)
            .reachable_restricted(Reach::Everyone)
            .replies::<view::FactorList>(StatusCode::OK)
            .handled_by(|call| Box::pin(factors::list(call))),
        Route::post(
            FACTORS,
            "enrol_factor",
            "Begins to enrol a second factor; it counts once it is confirmed.",
        )
        .access(write)
        .reachable_restricted(Reach::Enrolling)
        .body::<factors::EnrolBody>()
        .refuses(&[
            "step_up_required",
            "factor_already_enrolled",
            "factor_not_allowed",
            "phone_required",
            "phone_country_not_allowed",
            "passkeys_not_configured",
            "rate_limit_exceeded",
            "sms_limit_reached",
        ])
        .replies::<view::Enrolled>(StatusCode::CREATED)
        .handled_by(|call| Box::pin(factors::enrol(call))),
        Route::post(
            "/v1/users/{id}/mfa/factors/{factor_id}/confirm",
            "confirm_factor",
            "Confirms a factor with a first code; the first factor ever brings backup codes.",
        )
        .access(write)
        .reachable_restricted(Reach::Enrolling)
        .rate(RateClass::MfaVerify)
        .body::<factors::ConfirmBody>()
        .refuses(&[
            "factor_not_found",
            "factor_already_enrolled",
            "factor_not_allowed",
            "mfa_code_invalid",
            "mfa_code_expired",
            "phone_taken",
            "passkey_invalid",
            "passkey_challenge_expired",
            "passkey_already_registered",
            "passkeys_not_configured",
            "step_up_required",
            "too_many_attempts",
        ])
        .replies::<view::Confirmed>(StatusCode::OK)
        .handled_by(|call| Box::pin(factors::confirm(call))),
        Route::patch(
            FACTOR,
            "rename_factor",
            "Changes what a user calls a factor.",
        )
        .access(write)
        .body::<factors::RenameBody>()
        .refuses(&["factor_not_found"])
        .replies::<view::FactorBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(factors::rename(call))),
        Route::delete(FACTOR, "remove_factor", "Removes a second factor.")
            .access(write)
            .refuses(&[
                "factor_not_found",
                "step_up_required",
                "mfa_required_by_policy",
                "last_credential",
            ])
            .handled_by(|call| Box::pin(factors::remove(call))),
        Route::post(
            "/v1/users/{id}/mfa/backup-codes/generate",
            "generate_backup_codes",
            "Makes new backup codes; the old ones die.",
        )
        .access(write)
        .refuses(&["factor_not_found", "step_up_required"])
        .replies::<view::Codes>(StatusCode::OK)
        .handled_by(|call| Box::pin(factors::generate_codes(call))),
    ]
}

fn challenge_routes() -> Vec<Route> {
    vec![
        Route::post(
            "/v1/mfa/challenge",
            "send_mfa_challenge",
            "Sends the code of a factor, or asks its authenticator.",
        )
        .access(Access::Handle)
        .rate(RateClass::MfaChallenge)
        .body::<challenge::SendBody>()
        .refuses(CHALLENGE_REFUSALS)
        .replies::<view::Sent>(StatusCode::OK)
        .handled_by(|call| Box::pin(challenge::send(call))),
        Route::post(
            "/v1/mfa/verify",
            "verify_mfa",
            "Answers a challenge: signs in, or gives a session its next tokens.",
        )
        .access(Access::Handle)
        .rate(RateClass::MfaVerify)
        .taking_session_mode()
        .body::<challenge::VerifyBody>()
        .refuses(VERIFY_REFUSALS)
        .replies::<view::Verified>(StatusCode::OK)
        .handled_by(|call| Box::pin(challenge::verify(call))),
        Route::post(
            "/v1/mfa/step-up",
            "step_up",
            "Asks the signed-in user for a second factor anew.",
        )
        .access(Access::User)
        .reachable_restricted(Reach::Verifying)
        .optional_body::<challenge::StepUpBody>()
        .refuses(&["factor_not_found", "mfa_enrollment_required"])
        .replies::<view::Asked>(StatusCode::OK)
        .handled_by(|call| Box::pin(challenge::step_up(call))),
    ]
}

const CHALLENGE_REFUSALS: &[&str] = &[
    "link_invalid",
    "factor_not_found",
    "factor_not_allowed",
    "mfa_challenge_expired",
    "phone_country_not_allowed",
    "passkeys_not_configured",
    "rate_limit_exceeded",
    "too_many_attempts",
    "sms_limit_reached",
    "user_disabled",
    "user_banned",
];

const VERIFY_REFUSALS: &[&str] = &[
    "link_invalid",
    "factor_not_found",
    "factor_not_allowed",
    "mfa_code_invalid",
    "mfa_code_expired",
    "mfa_challenge_expired",
    "passkey_invalid",
    "passkey_challenge_expired",
    "passkeys_not_configured",
    "too_many_attempts",
    "user_disabled",
    "user_banned",
    "auth_method_disabled",
    "email_not_verified",
    "email_domain_not_allowed",
    "session_revoked",
    "origin_not_allowed",
    "blocked_by_hook",
    "no_signing_key",
];
