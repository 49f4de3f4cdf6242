use hellojohn_core::access::Principal;
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
            "/v1/auth/email/verify",
            "verify_email",
            "Proves a mailbox by a mailed link: that of an account, or one an account moves to.",
        )
        .access(Access::Handle)
        .rate(RateClass::EmailVerify)
        .body::<TokenBody>()
        .refuses(&["link_invalid", "link_expired", "email_already_exists"])
        .replies::<ProvenAddress>(StatusCode::OK)
        .handled_by(|call| Box::pin(verify(call))),
        Route::post(
            "/v1/auth/email/resend",
            "resend_verification",
            "Mails the link that proves an address once more. Answers the same for every address.",
        )
        .access(Access::UserOrPublishable)
        .rate(RateClass::EmailResend)
        .optional_body::<ResendBody>()
        .refuses(&["invalid_email"])
        .replies::<Accepted>(StatusCode::ACCEPTED)
        .handled_by(|call| Box::pin(resend(call))),
        Route::post(
            "/v1/auth/email/undo",
            "undo_email_change",
            "Takes a change of address back by a link mailed to the old one; every session ends.",
        )
        .access(Access::Handle)
        .rate(RateClass::EmailVerify)
        .body::<TokenBody>()
        .refuses(&["link_invalid", "link_expired", "email_already_exists"])
        .replies::<ProvenAddress>(StatusCode::OK)
        .handled_by(|call| Box::pin(undo(call))),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LinkToken")]
pub(super) struct TokenBody {
    /// The secret of a mailed link.
    token: Secret,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ResendVerification")]
pub(super) struct ResendBody {
    /// Needed with a publishable key; with an access token it is the user's own.
    email: Option<String>,
}

/// An address whose mailbox is proven.
#[derive(Serialize, JsonSchema)]
pub(super) struct ProvenAddress {
    email: String,
    /// Always true.
    email_verified: bool,
}

pub(super) async fn verify(call: Call) -> Result<Reply, Problem> {
    let body: TokenBody = call.body()?;
    let caller = call.holder_of(&body.token.0).await?;
    let email = call.engine().verify_email(&caller, &body.token.0).await?;
    Reply::ok(&ProvenAddress {
        email: email.to_string(),
        email_verified: true,
    })
}

pub(super) async fn undo(call: Call) -> Result<Reply, Problem> {
    let body: TokenBody = call.body()?;
    let caller = call.holder_of(&body.token.0).await?;
    let engine = call.engine();
    let email = engine.undo_email_change(&caller, &body.token.0).await?;
    Reply::ok(&ProvenAddress {
        email: email.to_string(),
        email_verified: true,
    })
}

pub(super) async fn resend(call: Call) -> Result<Reply, Problem> {
    let body: ResendBody = call.body()?;
    let caller = call.caller()?;
    let email = match caller.principal() {
        Principal::User(signed_in) => signed_in.user.email.to_string(),
        _ => body
            .email
            .ok_or_else(|| Problem::field("email", "required"))?,
    };
    call.limit(RateClass::EmailResend, &email).await?;
    let asked = call.engine().resend_verification(caller, Some(&email));
    asked.await?;
    accepted()
}
