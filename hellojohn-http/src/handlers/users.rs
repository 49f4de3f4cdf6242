//! Users, as a tenant's servers see them.

mod create;
mod list;
mod standing;
mod update;
mod view;

use hellojohn_core::id::UserId;
use http::StatusCode;

pub(crate) use self::view::{OwnUser, UserBody};
use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, Route},
    wire::PageBody,
};

pub(crate) fn routes() -> Vec<Route> {
    let read = Access::Server("users:read");
    let write = Access::Server("users:write");
    let change = |path, id, summary| {
        Route::post(path, id, summary)
            .access(write)
            .replies::<UserBody>(StatusCode::OK)
    };
    vec![
        Route::get("/v1/users", "list_users", "Lists users.")
            .access(read)
            .query::<list::Query>()
            .refuses(&["invalid_email", "feature_not_available"])
            .replies::<PageBody<UserBody>>(StatusCode::OK)
            .handled_by(|call| Box::pin(list::list(call))),
        Route::post(
            "/v1/users",
            "create_user",
            "Creates a user without signing them in. The password policy does not apply.",
        )
        .access(write)
        .body::<create::Body>()
        .refuses(&[
            "email_already_exists",
            "username_taken",
            "phone_taken",
            "external_id_taken",
            "invalid_email",
            "unsupported_hash",
            "feature_not_available",
        ])
        .replies::<UserBody>(StatusCode::CREATED)
        .handled_by(|call| Box::pin(create::create(call))),
        Route::get("/v1/users/{id}", "read_user", "Reads a user.")
            .access(read)
            .replies::<UserBody>(StatusCode::OK)
            .handled_by(|call| Box::pin(show(call))),
        Route::patch(
            "/v1/users/{id}",
            "update_user",
            "Changes a user. Metadata objects are replaced whole.",
        )
        .access(write)
        .body::<update::Body>()
        .refuses(&[
            "email_already_exists",
            "username_taken",
            "phone_taken",
            "external_id_taken",
            "invalid_email",
        ])
        .replies::<UserBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(update::update(call))),
        Route::delete(
            "/v1/users/{id}",
            "delete_user",
            "Removes a user and everything of theirs.",
        )
        .access(write)
        .handled_by(|call| Box::pin(delete(call))),
        Route::patch(
            "/v1/users/{id}/metadata",
            "merge_user_metadata",
            "Merges into a user's metadata; null removes a key.",
        )
        .access(write)
        .body::<update::MetadataBody>()
        .replies::<UserBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(update::merge_metadata(call))),
        change(
            "/v1/users/{id}/disable",
            "disable_user",
            "Keeps a user from signing in and ends their sessions.",
        )
        .optional_body::<standing::DisableBody>()
        .handled_by(|call| Box::pin(standing::disable(call))),
        change(
            "/v1/users/{id}/enable",
            "enable_user",
            "Lets a disabled user sign in again, and lifts every lock.",
        )
        .handled_by(|call| Box::pin(standing::enable(call))),
        standing::unlock_route(),
        change(
            "/v1/users/{id}/ban",
            "ban_user",
            "Disables a user with intent: the address cannot sign up again.",
        )
        .optional_body::<standing::BanBody>()
        .handled_by(|call| Box::pin(standing::ban(call))),
        change("/v1/users/{id}/unban", "unban_user", "Lifts a ban.")
            .handled_by(|call| Box::pin(standing::unban(call))),
        standing::password_route(),
    ]
}

async fn show(call: Call) -> Result<Reply, Problem> {
    let id: UserId = call.id()?;
    let user = call.engine().user(call.caller()?, id).await?;
    Reply::ok(&UserBody::of(user, call.engine().now()))
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let id: UserId = call.id()?;
    call.engine().delete_user(call.caller()?, id).await?;
    Ok(Reply::empty())
}
