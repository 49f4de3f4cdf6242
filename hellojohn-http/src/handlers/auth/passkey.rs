use hellojohn_core::{flows::PasskeyAnswer, secret::ExposeSecret};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::tokens::signed_in;
use crate::{call::Call, cookie::SessionMode, problem::Problem, reply::Reply, wire::Secret};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PasskeyOptions")]
pub(super) struct OptionsBody {
    /// Whose passkey; without it the authenticator says who its user is.
    email: Option<String>,
}

/// What an authenticator is asked.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PasskeyChallenge")]
pub(super) struct Challenge {
    /// Good for one answer within five minutes.
    challenge_id: String,
    /// For `PublicKeyCredential.parseRequestOptionsFromJSON`.
    options: Value,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PasskeySignIn")]
pub(super) struct VerifyBody {
    challenge_id: Secret,
    /// What `PublicKeyCredential.toJSON` writes.
    credential: Map<String, Value>,
}

pub(super) async fn options(call: Call) -> Result<Reply, Problem> {
    let body: OptionsBody = call.body()?;
    let challenge = call
        .engine()
        .passkey_options(call.caller()?, body.email.as_deref())
        .await?;
    Reply::ok(&Challenge {
        challenge_id: challenge.id.expose_secret().to_owned(),
        options: challenge.options,
    })
}

pub(super) async fn verify(call: Call) -> Result<Reply, Problem> {
    let body: VerifyBody = call.body()?;
    let mode = SessionMode::of_call(&call)?;
    let answer = PasskeyAnswer {
        challenge: body.challenge_id.0,
        credential: Value::Object(body.credential),
    };
    let engine = call.engine();
    let account = engine.sign_in_with_passkey(call.caller()?, answer).await?;
    signed_in(account, mode, engine.now())
}
