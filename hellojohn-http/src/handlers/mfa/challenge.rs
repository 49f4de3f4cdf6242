use hellojohn_core::{
    Error,
    flows::{MfaVerified, VerifyMfa},
    mfa::{FactorAnswer, FactorChoice, MfaError},
    one_time::{OneTimeToken, Purpose},
    secret::{ExposeSecret, SecretString},
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::view::{Asked, Opened, Sent, Verified};
use crate::{
    call::Call,
    cookie::SessionMode,
    handlers::auth::tokens::{auth_result, token_set, with_cookie},
    problem::Problem,
    reply::Reply,
    route::RateClass,
    wire::Secret,
};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "SendMfaChallenge")]
pub(super) struct SendBody {
    challenge_id: Secret,
    /// A factor's id.
    factor_id: String,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "VerifyMfa")]
pub(super) struct VerifyBody {
    challenge_id: Secret,
    /// A factor's id, or `backup_codes`.
    factor_id: String,
    /// This, or `credential`.
    code: Option<Secret>,
    /// Of `webauthn`: what the browser answered.
    credential: Option<Map<String, Value>>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "StepUp")]
pub(super) struct StepUpBody {
    /// Offers only this factor.
    factor_id: Option<String>,
}

pub(super) async fn send(call: Call) -> Result<Reply, Problem> {
    let body: SendBody = call.body()?;
    let challenge = challenge(body.challenge_id)?;
    let factor = chosen(&body.factor_id)?;
    let holder = call.holder_of(&challenge).await?;
    call.limit(RateClass::MfaChallenge, challenge.expose_secret())
        .await?;
    let engine = call.engine();
    let sent = engine.send_challenge(&holder, &challenge, factor).await?;
    Reply::ok(&Sent::of(&challenge, sent))
}

pub(super) async fn verify(call: Call) -> Result<Reply, Problem> {
    let body: VerifyBody = call.body()?;
    let request = VerifyMfa {
        challenge: challenge(body.challenge_id)?,
        factor: chosen(&body.factor_id)?,
        answer: answer(body.code, body.credential)?,
    };
    let holder = call.holder_of(&request.challenge).await?;
    let mode = SessionMode::of_holder(&call, &holder)?;
    let engine = call.engine();
    let verified = engine.verify_mfa(&holder, request).await?;
    let now = engine.now();
    let (opened, tokens) = match verified {
        MfaVerified::SignedIn(signed_in) => {
            let tokens = signed_in.tokens.clone();
            let result = auth_result(*signed_in, mode, now);
            (Opened::SignedIn(Box::new(result)), tokens)
        }
        MfaVerified::SteppedUp(refreshed) => {
            let set = token_set(&refreshed, mode, now);
            (Opened::SteppedUp(set), refreshed.tokens)
        }
        _ => return Err(Problem::internal()),
    };
    let reply = Reply::ok(&Verified {
        mfa_verified: true,
        opened,
    })?;
    Ok(with_cookie(reply, &tokens, mode, now))
}

pub(super) async fn step_up(call: Call) -> Result<Reply, Problem> {
    let body: StepUpBody = call.body()?;
    let only = body.factor_id.map(|text| text.parse()).transpose();
    let only = only.map_err(|_| Error::from(MfaError::FactorNotFound))?;
    let required = call.engine().step_up(call.caller()?, only).await?;
    Reply::ok(&Asked::from(&required))
}

/// What is shown to prove a factor: one of the two.
pub(super) fn answer(
    code: Option<Secret>,
    credential: Option<Map<String, Value>>,
) -> Result<FactorAnswer, Problem> {
    match (code, credential) {
        (Some(code), None) => Ok(FactorAnswer::Code(code.0)),
        (None, Some(credential)) => Ok(FactorAnswer::Credential(Value::Object(credential))),
        (None, None) => Err(Problem::field("code", "required")),
        (Some(_), Some(_)) => Err(Problem::field("credential", "not_with_code")),
    }
}

/// A challenge's id. Anything else is like a challenge that is over.
fn challenge(id: Secret) -> Result<SecretString, Problem> {
    if OneTimeToken::parse(Purpose::MfaChallenge, &id.0).is_none() {
        return Err(Error::from(MfaError::ChallengeExpired).into());
    }
    Ok(id.0)
}

fn chosen(text: &str) -> Result<FactorChoice, Problem> {
    Ok(text.parse().map_err(Error::from)?)
}
