use hellojohn_core::flows::{ForgotPassword, ResetPassword};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::accepted;
use crate::{call::Call, problem::Problem, reply::Reply, route::RateClass, wire::Secret};

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
