//! What a mailed link opens: GET shows, and only the button does (R034).

mod kinds;
mod magic_link;
mod shown;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    route::{Access, RateClass, Route},
    wire::Secret,
};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LinkQuery")]
struct Query {
    /// The secret of the link.
    token: Option<Secret>,
}

/// The fields of a page.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LinkForm")]
struct Fields {
    token: Secret,
    /// On the page that sets a password.
    new_password: Option<Secret>,
    /// The same once more.
    repeated_password: Option<Secret>,
}

const HTML: &str = "text/html; charset=utf-8";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        page(Route::get(
            "/auth/verify-email",
            "verify_email_page",
            "The page of a link that proves a mailbox.",
        ))
        .query::<Query>()
        .handled_by(|call| Box::pin(shown::open(call, &kinds::VERIFY))),
        page(Route::post(
            "/auth/verify-email",
            "verify_email_by_page",
            "The button of that page.",
        ))
        .form::<Fields>()
        .refuses(&["link_invalid", "link_expired", "email_already_exists"])
        .handled_by(|call| Box::pin(kinds::verify(call))),
        page(Route::get(
            "/auth/undo-email-change",
            "undo_email_change_page",
            "The page of a link that takes a change of address back.",
        ))
        .query::<Query>()
        .handled_by(|call| Box::pin(shown::open(call, &kinds::UNDO))),
        page(Route::post(
            "/auth/undo-email-change",
            "undo_email_change_by_page",
            "The button of that page.",
        ))
        .form::<Fields>()
        .refuses(&["link_invalid", "link_expired", "email_already_exists"])
        .handled_by(|call| Box::pin(kinds::undo(call))),
        page(Route::get(
            "/auth/reset-password",
            "reset_password_page",
            "The page of a link that sets a new password.",
        ))
        .query::<Query>()
        .handled_by(|call| Box::pin(shown::open(call, &kinds::RESET))),
        page(Route::post(
            "/auth/reset-password",
            "reset_password_by_page",
            "The button of that page.",
        ))
        .form::<Fields>()
        .refuses(&["link_invalid", "link_expired", "password_too_weak"])
        .handled_by(|call| Box::pin(kinds::reset(call))),
        page(Route::get(
            "/auth/unlock",
            "unlock_page",
            "The page of a link that lifts a lock.",
        ))
        .query::<Query>()
        .handled_by(|call| Box::pin(shown::open(call, &kinds::UNLOCK))),
        page(Route::post(
            "/auth/unlock",
            "unlock_by_page",
            "The button of that page.",
        ))
        .form::<Fields>()
        .refuses(&["link_invalid", "link_expired", "account_locked"])
        .handled_by(|call| Box::pin(kinds::unlock(call))),
        page(Route::get(
            "/auth/mfa-recovery",
            "mfa_recovery_page",
            "The page of a link that proves the mailbox of somebody who lost their second factor.",
        ))
        .query::<Query>()
        .handled_by(|call| Box::pin(shown::open(call, &kinds::RECOVERY))),
        page(Route::post(
            "/auth/mfa-recovery",
            "prove_recovery_by_page",
            "The button of that page.",
        ))
        .form::<Fields>()
        .refuses(&["link_invalid", "link_expired"])
        .handled_by(|call| Box::pin(kinds::prove_recovery(call))),
        page(Route::get(
            "/v1/auth/magic-link/callback",
            "magic_link_page",
            "The page of a link that signs in; it says who asked for it and when.",
        ))
        .query::<Query>()
        .handled_by(|call| Box::pin(magic_link::open(call))),
        page(Route::post(
            "/v1/auth/magic-link/callback",
            "confirm_magic_link",
            "The button of that page: goes on to the application with a code.",
        ))
        .form::<Fields>()
        .refuses(&["link_invalid", "link_expired", "auth_method_disabled"])
        .handled_by(|call| Box::pin(magic_link::confirm(call))),
    ]
}

fn page(route: Route) -> Route {
    route
        .access(Access::Public)
        .rate(RateClass::EmailVerify)
        .replies_with(HTML)
        .refuses(&["link_invalid", "link_expired"])
}
