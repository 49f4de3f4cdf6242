use hellojohn_core::flows::{ForgotPassword, ResetPassword};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Accepted, accepted};
use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
    wire::Secret,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post(
            "/v1/auth/password/forgot",
            "forgot_password",
            "Mails a link that sets a new password. Answers the same for every address.",
        )
        .access(Access::Publishable)
        .rate(RateClass::PasswordForgot)
        .body::<ForgotBody>()
        .refuses(&[
            "invalid_email",
            "redirect_url_not_allowed",
            "auth_method_disabled",
            "captcha_required",
            "captcha_invalid",
        ])
        .replies::<Accepted>(StatusCode::ACCEPTED)
        .handled_by(|call| Box::pin(forgot(call))),
        Route::post(
            "/v1/auth/password/reset",
            "reset_password",
            "Sets a new password by a mailed link; every session of the user ends.",
        )
        .access(Access::Handle)
        .rate(RateClass::PasswordReset)
        .body::<ResetBody>()
        .refuses(&[
            "link_invalid",
            "link_expired",
            "password_too_weak",
            "password_breached",
            "password_reused",
        ])
        .replies::<PasswordReset>(StatusCode::OK)
        .handled_by(|call| Box::pin(reset(call))),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ForgotPassword")]
pub(super) struct ForgotBody {
    email: String,
    /// A page of the application the link opens, with `token` in its query; our own if left out.
    redirect_url: Option<String>,
    /// What the captcha gave the browser, where one is asked for.
    captcha_token: Option<Secret>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ResetPassword")]
pub(super) struct ResetBody {
    /// From the link.
    token: Secret,
    new_password: Secret,
}

/// That the password is the new one. Nobody is signed in by it.
#[derive(Serialize, JsonSchema)]
pub(super) struct PasswordReset {
    /// Always `password_changed`.
    status: &'static str,
}

pub(super) async fn forgot(call: Call) -> Result<Reply, Problem> {
    let body: ForgotBody = call.body()?;
    call.limit(RateClass::PasswordForgot, &body.email).await?;
    let request = ForgotPassword {
        email: body.email,
        redirect_url: body.redirect_url,
        captcha_token: body.captcha_token.map(|token| token.0),
    };
    call.engine()
        .forgot_password(call.caller()?, request)
        .await?;
    accepted()
}

pub(super) async fn reset(call: Call) -> Result<Reply, Problem> {
    let body: ResetBody = call.body()?;
    let caller = call.holder_of(&body.token.0).await?;
    let request = ResetPassword {
        token: body.token.0,
        new_password: body.new_password.0,
    };
    let reset = call.engine().reset_password(&caller, request).await;
    reset.map_err(|error| Problem::from(error).renaming("password", "new_password"))?;
    Reply::ok(&PasswordReset {
        status: "password_changed",
    })
}
