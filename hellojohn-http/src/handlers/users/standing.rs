//! Whether a user may sign in, and with which password.

use hellojohn_core::flows::{Ban, Disable, KeepSessions, SetPassword};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;

use super::UserBody;
use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, Route},
    wire::{Moment, Secret},
};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Disable")]
pub(super) struct DisableBody {
    /// `false` leaves the sessions in place.
    revoke_sessions: Option<bool>,
    /// Why, for people.
    reason: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Ban")]
pub(super) struct BanBody {
    /// Why, for people.
    reason: Option<String>,
    /// When the ban ends by itself.
    until: Option<Moment>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "SetPassword")]
struct PasswordBody {
    password: Secret,
    /// `false` leaves the sessions in place.
    revoke_sessions: Option<bool>,
}

pub(super) fn unlock_route() -> Route {
    Route::post(
        "/v1/users/{id}/unlock",
        "unlock_user",
        "Lifts every lock that failed attempts left on a user.",
    )
    .access(Access::Server("users:write"))
    .replies::<UserBody>(StatusCode::OK)
    .handled_by(|call| Box::pin(unlock(call)))
}

pub(super) fn password_route() -> Route {
    Route::post(
        "/v1/users/{id}/password",
        "set_user_password",
        "Sets a user's password and ends their sessions. The password policy applies.",
    )
    .access(Access::Server("users:write"))
    .body::<PasswordBody>()
    .refuses(&["password_too_weak", "password_breached", "password_reused"])
    .handled_by(|call| Box::pin(set_password(call)))
}

pub(super) async fn disable(call: Call) -> Result<Reply, Problem> {
    let body: DisableBody = call.body()?;
    let disable = Disable {
        reason: body.reason,
        keep_sessions: keep(body.revoke_sessions),
    };
    let id = call.id()?;
    let engine = call.engine();
    let user = engine.disable_user(call.caller()?, id, disable).await?;
    Reply::ok(&UserBody::of(user, engine.now()))
}

pub(super) async fn enable(call: Call) -> Result<Reply, Problem> {
    let id = call.id()?;
    let user = call.engine().enable_user(call.caller()?, id).await?;
    Reply::ok(&UserBody::of(user, call.engine().now()))
}

async fn unlock(call: Call) -> Result<Reply, Problem> {
    let id = call.id()?;
    let user = call.engine().unlock_user(call.caller()?, id).await?;
    Reply::ok(&UserBody::of(user, call.engine().now()))
}

pub(super) async fn ban(call: Call) -> Result<Reply, Problem> {
    let body: BanBody = call.body()?;
    let ban = Ban {
        reason: body.reason,
        until: body.until.map(|at| at.0),
    };
    let id = call.id()?;
    let user = call.engine().ban_user(call.caller()?, id, ban).await?;
    Reply::ok(&UserBody::of(user, call.engine().now()))
}

pub(super) async fn unban(call: Call) -> Result<Reply, Problem> {
    let id = call.id()?;
    let user = call.engine().unban_user(call.caller()?, id).await?;
    Reply::ok(&UserBody::of(user, call.engine().now()))
}

async fn set_password(call: Call) -> Result<Reply, Problem> {
    let body: PasswordBody = call.body()?;
    let set = SetPassword {
        password: body.password.0,
        keep_sessions: keep(body.revoke_sessions),
    };
    let id = call.id()?;
    call.engine().set_password(call.caller()?, id, set).await?;
    Ok(Reply::empty())
}

fn keep(revoke_sessions: Option<bool>) -> KeepSessions {
    if revoke_sessions == Some(false) {
        KeepSessions::Yes
    } else {
        KeepSessions::No
    }
}
