use hellojohn_core::flows::{Identifier, SignIn, SignUp};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::tokens::signed_in;
use crate::{call::Call, cookie::SessionMode, problem::Problem, reply::Reply, wire::Secret};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "SignUp")]
pub(super) struct SignUpBody {
    email: String,
    password: Secret,
    /// `first_name` and `last_name` together if left out.
    name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    /// Where the tenant has user names.
    username: Option<String>,
    /// Becomes the user's public metadata.
    metadata: Option<Map<String, Value>>,
    /// What the captcha gave the browser, where one is asked for.
    captcha_token: Option<Secret>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "SignIn")]
pub(super) struct SignInBody {
    /// This or `username`.
    email: Option<String>,
    /// Where the tenant has user names.
    username: Option<String>,
    password: Secret,
    /// What the captcha gave the browser, where one is asked for.
    captcha_token: Option<Secret>,
}

pub(super) async fn sign_up(call: Call) -> Result<Reply, Problem> {
    let body: SignUpBody = call.body()?;
    let mode = SessionMode::of_call(&call)?;
    let request = SignUp {
        email: body.email,
        password: body.password.0,
        name: body
            .name
            .or_else(|| joined(body.first_name, body.last_name)),
        username: body.username,
        metadata: body.metadata.unwrap_or_default(),
        captcha_token: body.captcha_token.map(|token| token.0),
    };
    let engine = call.engine();
    let account = engine.sign_up(call.caller()?, request).await?;
    Ok(signed_in(account, mode, engine.now())?.with_status(StatusCode::CREATED))
}

/// The display name of somebody who gave only its parts.
fn joined(first: Option<String>, last: Option<String>) -> Option<String> {
    let parts: Vec<String> = first.into_iter().chain(last).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

pub(super) async fn sign_in(call: Call) -> Result<Reply, Problem> {
    let body: SignInBody = call.body()?;
    let mode = SessionMode::of_call(&call)?;
    let identifier = match (body.email, body.username) {
        (Some(email), None) => Identifier::Email(email),
        (None, Some(username)) => Identifier::Username(username),
        (None, None) => return Err(Problem::field("email", "required")),
        (Some(_), Some(_)) => return Err(Problem::field("username", "not_with_email")),
    };
    let request = SignIn {
        identifier,
        password: body.password.0,
        captcha_token: body.captcha_token.map(|token| token.0),
    };
    let engine = call.engine();
    let found = engine.sign_in(call.caller()?, request).await?;
    signed_in(found, mode, engine.now())
}
