//! Signing up, in and out, and what users do with their own account.

mod email;
mod magic_link;
mod me;
mod password_reset;
mod sign_in;
mod sign_in_page;
mod sign_out;
mod tokens;
mod unlock;

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
        .refuses(&[
            "phone_taken",
            "invalid_email",
            "email_already_exists",
            "step_up_required",
        ])
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
            "account_locked",
            "password_too_weak",
            "password_breached",
            "password_reused",
        ])
        .handled_by(|call| Box::pin(me::change_password(call))),
        Route::post(
            "/v1/auth/password/forgot",
            "forgot_password",
            "Mails a link that sets a new password. Answers the same for every address.",
        )
        .access(Access::Publishable)
        .rate(RateClass::PasswordForgot)
        .body::<password_reset::ForgotBody>()
        .refuses(&[
            "invalid_email",
            "redirect_url_not_allowed",
            "auth_method_disabled",
            "captcha_required",
            "captcha_invalid",
        ])
        .replies::<Accepted>(StatusCode::ACCEPTED)
        .handled_by(|call| Box::pin(password_reset::forgot(call))),
        Route::post(
            "/v1/auth/password/reset",
            "reset_password",
            "Sets a new password by a mailed link; every session of the user ends.",
        )
        .access(Access::Handle)
        .rate(RateClass::PasswordReset)
        .body::<password_reset::ResetBody>()
        .refuses(&[
            "link_invalid",
            "link_expired",
            "password_too_weak",
            "password_breached",
            "password_reused",
        ])
        .replies::<password_reset::PasswordReset>(StatusCode::OK)
        .handled_by(|call| Box::pin(password_reset::reset(call))),
        Route::post(
            "/v1/auth/email/verify",
            "verify_email",
            "Proves a mailbox by a mailed link: that of an account, or one an account moves to.",
        )
        .access(Access::Handle)
        .rate(RateClass::EmailVerify)
        .body::<email::TokenBody>()
        .refuses(&["link_invalid", "link_expired", "email_already_exists"])
        .replies::<email::ProvenAddress>(StatusCode::OK)
        .handled_by(|call| Box::pin(email::verify(call))),
        Route::post(
            "/v1/auth/email/resend",
            "resend_verification",
            "Mails the link that proves an address once more. Answers the same for every address.",
        )
        .access(Access::UserOrPublishable)
        .rate(RateClass::EmailResend)
        .optional_body::<email::ResendBody>()
        .refuses(&["invalid_email"])
        .replies::<Accepted>(StatusCode::ACCEPTED)
        .handled_by(|call| Box::pin(email::resend(call))),
        Route::post(
            "/v1/auth/email/undo",
            "undo_email_change",
            "Takes a change of address back by a link mailed to the old one; every session ends.",
        )
        .access(Access::Handle)
        .rate(RateClass::EmailVerify)
        .body::<email::TokenBody>()
        .refuses(&["link_invalid", "link_expired", "email_already_exists"])
        .replies::<email::ProvenAddress>(StatusCode::OK)
        .handled_by(|call| Box::pin(email::undo(call))),
        Route::post(
            "/v1/auth/magic-link",
            "request_magic_link",
            "Mails a link that signs in. Answers the same for every address.",
        )
        .access(Access::Publishable)
        .rate(RateClass::MagicLink)
        .body::<magic_link::RequestBody>()
        .refuses(&[
            "invalid_email",
            "redirect_url_not_allowed",
            "auth_method_disabled",
            "email_domain_not_allowed",
            "captcha_required",
            "captcha_invalid",
        ])
        .replies::<Accepted>(StatusCode::ACCEPTED)
        .handled_by(|call| Box::pin(magic_link::request(call))),
        Route::post(
            "/v1/auth/magic-link/verify",
            "redeem_magic_link",
            "Signs in by a mailed link, or by the code its page handed on.",
        )
        .access(Access::Publishable)
        .rate(RateClass::EmailVerify)
        .taking_session_mode()
        .body::<magic_link::RedeemBody>()
        .refuses(&[
            "link_invalid",
            "link_expired",
            "auth_method_disabled",
            "email_domain_not_allowed",
            "sign_up_disabled",
            "origin_not_allowed",
            "blocked_by_hook",
            "no_signing_key",
        ])
        .replies::<tokens::AuthResult>(StatusCode::OK)
        .handled_by(|call| Box::pin(magic_link::redeem(call))),
        Route::post(
            "/v1/auth/unlock",
            "unlock",
            "Lifts the lock of an account with the token of its unlock mail.",
        )
        .access(Access::Handle)
        .rate(RateClass::Unlock)
        .body::<unlock::Body>()
        .refuses(&["link_invalid", "link_expired", "account_locked"])
        .handled_by(|call| Box::pin(unlock::unlock(call))),
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
