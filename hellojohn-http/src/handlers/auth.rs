//! Signing up, in and out, and what users do with their own account.

mod email;
mod magic_link;
mod me;
mod passkey;
mod password_reset;
mod sign_in;
mod sign_in_page;
mod sign_out;
pub(crate) mod tokens;
mod unlock;

use hellojohn_core::mfa::policy::Reach;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use super::users::OwnUser;
use crate::{
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
};

/// That a request is taken, whatever comes of it.
#[derive(Serialize, JsonSchema)]
struct Accepted {
    /// `accepted`, or what the user has to do next.
    status: &'static str,
}

/// The answer to whoever asked for mail by naming an address (R012).
fn accepted() -> Result<Reply, Problem> {
    let status = "accepted";
    Reply::json(StatusCode::ACCEPTED, &Accepted { status })
}

const SIGN_UP_REFUSALS: &[&str] = &[
    "email_already_exists",
    "username_taken",
    "invalid_email",
    "password_too_weak",
    "password_breached",
    "sign_up_disabled",
    "auth_method_disabled",
    "email_domain_not_allowed",
    "email_not_verified",
    "captcha_required",
    "captcha_invalid",
    "origin_not_allowed",
    "blocked_by_hook",
    "no_signing_key",
];

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = own_routes();
    routes.extend(password_reset::routes());
    routes.extend(email::routes());
    routes.extend(magic_link::routes());
    routes.extend(unlock::routes());
    routes.extend(me::routes());
    routes.extend(passkey::routes());
    routes
}

fn own_routes() -> Vec<Route> {
    vec![
        Route::post(
            "/v1/auth/sign-up",
            "sign_up",
            "Creates an account and signs it in.",
        )
        .access(Access::Publishable)
        .rate(RateClass::SignUp)
        .taking_session_mode()
        .body::<sign_in::SignUpBody>()
        .refuses(SIGN_UP_REFUSALS)
        .replies::<tokens::AuthResult>(StatusCode::CREATED)
        .or_replies::<Accepted>(StatusCode::ACCEPTED)
        .handled_by(|call| Box::pin(sign_in::sign_up(call))),
        Route::post("/v1/auth/sign-in", "sign_in", "Signs in with a password.")
            .access(Access::Publishable)
            .rate(RateClass::SignIn)
            .taking_session_mode()
            .body::<sign_in::SignInBody>()
            .refuses(&[
                "invalid_credentials",
                "mfa_required",
                "account_locked",
                "captcha_required",
                "captcha_invalid",
                "auth_method_disabled",
                "email_not_verified",
                "origin_not_allowed",
                "blocked_by_hook",
                "no_signing_key",
            ])
            .replies::<tokens::AuthResult>(StatusCode::OK)
            .handled_by(|call| Box::pin(sign_in::sign_in(call))),
        Route::post(
            "/v1/auth/sign-out",
            "sign_out",
            "Ends this session, or every session of the user.",
        )
        .access(Access::User)
        .reachable_restricted(Reach::Everyone)
        .taking_session_mode()
        .optional_body::<sign_out::Body>()
        .handled_by(|call| Box::pin(sign_out::sign_out(call))),
        Route::post(
            "/v1/auth/token/refresh",
            "refresh_token",
            "Exchanges a refresh token for the next one and an access token.",
        )
        .access(Access::Anyone)
        .rate(RateClass::Refresh)
        .taking_session_mode()
        .optional_body::<tokens::RefreshBody>()
        .refuses(&[
            "refresh_token_invalid",
            "refresh_token_expired",
            "origin_not_allowed",
            "blocked_by_hook",
            "no_signing_key",
            "feature_not_available",
        ])
        .replies::<tokens::TokenSet>(StatusCode::OK)
        .handled_by(|call| Box::pin(tokens::refresh(call))),
        Route::get(
            "/v1/auth/config",
            "auth_config",
            "What a sign-in page needs to know of the tenant.",
        )
        .access(Access::Publishable)
        .replies::<sign_in_page::ConfigBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(async move { sign_in_page::show(&call) })),
    ]
}
