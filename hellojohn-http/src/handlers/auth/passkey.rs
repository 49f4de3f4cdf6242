use hellojohn_core::{flows::PasskeyAnswer, secret::ExposeSecret};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::tokens::{AuthResult, signed_in};
use crate::{
    call::Call,
    cookie::SessionMode,
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
    wire::Secret,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post(
            "/v1/auth/passkey/options",
            "passkey_options",
            "Asks for a passkey: of anybody, or of the owner of an address.",
        )
        .access(Access::Publishable)
        .rate(RateClass::PasskeyOptions)
        .body::<OptionsBody>()
        .refuses(&[
            "auth_method_disabled",
            "passkeys_not_configured",
            "invalid_email",
        ])
        .replies::<Challenge>(StatusCode::OK)
        .handled_by(|call| Box::pin(options(call))),
        Route::post(
            "/v1/auth/passkey/verify",
            "passkey_sign_in",
            "Signs in with a passkey.",
        )
        .access(Access::Publishable)
        .rate(RateClass::PasskeyVerify)
        .taking_session_mode()
        .body::<VerifyBody>()
        .refuses(&[
            "auth_method_disabled",
            "passkeys_not_configured",
            "passkey_invalid",
            "passkey_challenge_expired",
            "user_verification_required",
            "email_not_verified",
            "origin_not_allowed",
            "blocked_by_hook",
            "no_signing_key",
        ])
        .replies::<AuthResult>(StatusCode::OK)
        .handled_by(|call| Box::pin(verify(call))),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PasskeyOptions")]
struct OptionsBody {
    /// Whose passkey; without it the authenticator says who its user is.
    email: Option<String>,
}

/// What an authenticator is asked.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PasskeyChallenge")]
struct Challenge {
    /// Good for one answer within five minutes.
    challenge_id: String,
    /// For `PublicKeyCredential.parseRequestOptionsFromJSON`.
    options: Value,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PasskeySignIn")]
struct VerifyBody {
    challenge_id: Secret,
    /// What `PublicKeyCredential.toJSON` writes.
    credential: Map<String, Value>,
}

async fn options(call: Call) -> Result<Reply, Problem> {
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

async fn verify(call: Call) -> Result<Reply, Problem> {
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
