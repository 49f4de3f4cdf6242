use hellojohn_core::access::Principal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::accepted;
use crate::{call::Call, problem::Problem, reply::Reply, route::RateClass, wire::Secret};

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
