//! Signing up, in and out, and what users do with their own account.

mod me;
mod passkey;
mod sign_in;
mod sign_in_page;
mod sign_out;
pub(crate) mod tokens;

use http::StatusCode;

use super::users::OwnUser;
use crate::route::{Access, RateClass, Route};

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
    "origin_not_allowed",
    "blocked_by_hook",
    "no_signing_key",
];

pub(crate) fn routes() -> Vec<Route> {
    [account_routes(), passkey::routes()].concat()
}

fn account_routes() -> Vec<Route> {
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
        .handled_by(|call| Box::pin(sign_in::sign_up(call))),
        Route::post("/v1/auth/sign-in", "sign_in", "Signs in with a password.")
            .access(Access::Publishable)
            .rate(RateClass::SignIn)
            .taking_session_mode()
            .body::<sign_in::SignInBody>()
            .refuses(&[
                "invalid_credentials",
                "mfa_required",
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
        Route::get("/v1/auth/me", "read_me", "Reads the signed-in user.")
            .access(Access::User)
            .replies::<OwnUser>(StatusCode::OK)
            .handled_by(|call| Box::pin(async move { me::show(&call) })),
        Route::patch(
            "/v1/auth/me",
            "update_me",
            "Changes the signed-in user's own profile.",
        )
        .access(Access::User)
        .body::<me::Body>()
        .refuses(&["phone_taken", "invalid_email", "feature_not_available"])
        .replies::<OwnUser>(StatusCode::OK)
        .handled_by(|call| Box::pin(me::update(call))),
        Route::post(
            "/v1/auth/password/change",
            "change_password",
            "Changes the signed-in user's password; their other sessions end.",
        )
        .access(Access::User)
        .rate(RateClass::SignIn)
        .body::<me::PasswordBody>()
        .refuses(&[
            "invalid_credentials",
            "password_too_weak",
            "password_breached",
            "password_reused",
        ])
        .handled_by(|call| Box::pin(me::change_password(call))),
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
