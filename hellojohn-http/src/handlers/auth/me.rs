use hellojohn_core::{
    Error,
    access::AccessError,
    flows::{ChangePassword, MePatch},
    mfa::policy::Reach,
};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;

use super::OwnUser;
use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
    wire::{Change, Secret},
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/v1/auth/me", "read_me", "Reads the signed-in user.")
            .access(Access::User)
            .reachable_restricted(Reach::Everyone)
            .replies::<OwnUser>(StatusCode::OK)
            .handled_by(|call| Box::pin(async move { show(&call) })),
        Route::patch(
            "/v1/auth/me",
            "update_me",
            "Changes the signed-in user's own profile.",
        )
        .access(Access::User)
        .body::<Body>()
        .refuses(&[
            "phone_taken",
            "invalid_email",
            "email_already_exists",
            "step_up_required",
        ])
        .replies::<OwnUser>(StatusCode::OK)
        .handled_by(|call| Box::pin(update(call))),
        Route::post(
            "/v1/auth/password/change",
            "change_password",
            "Changes the signed-in user's password; their other sessions end.",
        )
        .access(Access::User)
        .rate(RateClass::SignIn)
        .body::<PasswordBody>()
        .refuses(&[
            "invalid_credentials",
            "account_locked",
            "password_too_weak",
            "password_breached",
            "password_reused",
        ])
        .handled_by(|call| Box::pin(change_password(call))),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MyChanges")]
pub(super) struct Body {
    #[serde(default)]
    name: Change<String>,
    #[serde(default)]
    avatar_url: Change<String>,
    /// E.164. Alias `phone_number`.
    #[serde(default, alias = "phone_number")]
    phone: Change<String>,
    /// Changes when the mailbox of the new address is proven; needs a sign-in of the last 5 minutes.
    #[serde(default)]
    email: Change<String>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ChangePassword")]
pub(super) struct PasswordBody {
    current_password: Secret,
    new_password: Secret,
}

/// The user was read to check the access token a moment ago.
pub(super) fn show(call: &Call) -> Result<Reply, Problem> {
    let signed_in = call.caller()?.user();
    let signed_in = signed_in.ok_or_else(|| Error::from(AccessError::MissingToken))?;
    Reply::ok(&OwnUser::of(signed_in.user.clone(), call.engine().now()))
}

pub(super) async fn update(call: Call) -> Result<Reply, Problem> {
    let body: Body = call.body()?;
    let patch = MePatch {
        name: body.name.patch(),
        avatar_url: body.avatar_url.patch(),
        phone: body.phone.patch(),
        email: body.email.patch(),
    };
    let user = call.engine().update_me(call.caller()?, patch).await?;
    Reply::ok(&OwnUser::of(user, call.engine().now()))
}

pub(super) async fn change_password(call: Call) -> Result<Reply, Problem> {
    let body: PasswordBody = call.body()?;
    let request = ChangePassword {
        current: body.current_password.0,
        new: body.new_password.0,
    };
    let changed = call.engine().change_password(call.caller()?, request).await;
    changed.map_err(|error| Problem::from(error).renaming("password", "new_password"))?;
    Ok(Reply::empty())
}
