//! `Idempotency-Key`: the second of two equal requests gets the answer of the first.

use bytes::Bytes;
use hellojohn_core::{
    Engine,
    access::Caller,
    flows::{Claim, Claimed, Repeatable},
    secret::{ExposeSecret, SecretString},
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

use crate::{
    access::single,
    cookie::SessionMode,
    problem::Problem,
    reply::{JSON, Reply},
};

/// A request whose answer is kept.
pub(crate) struct Kept {
    caller: Caller,
    claimed: Claimed,
}

/// What to do with a request.
pub(crate) enum Turn {
    /// Do it.
    Plain,
    /// Do it and keep the answer.
    First(Kept),
    /// It was done.
    Repeat(Reply),
}

/// An answer as it is kept.
#[derive(Serialize, Deserialize)]
struct Answer {
    status: u16,
    json: bool,
    body: String,
}

/// Looks whether the request was made before.
///
/// In cookie mode the token is neither in the kept answer nor in the fingerprint of the body,
/// and what an operator does belongs to no tenant that could keep it. Where the key would have
/// no effect it is refused: a client that sends it counts on it.
pub(crate) async fn claim(
    engine: &Engine,
    caller: Option<&Caller>,
    headers: &HeaderMap,
    request: (&str, &Bytes),
) -> Result<Turn, Problem> {
    let Some(key) = single(headers, "idempotency-key")? else {
        return Ok(Turn::Plain);
    };
    let Some(caller) = caller else {
        return Err(Problem::invalid_request(
            "Idempotency-Key has no effect with a master key or without any credential; leave it out",
        ));
    };
    if SessionMode::of(headers)? == SessionMode::Cookie {
        return Err(Problem::invalid_request(
            "Idempotency-Key has no effect in cookie mode; leave it out",
        ));
    }
    let (action, body) = request;
    let repeatable = Repeatable { key, action, body };
    match engine.claim_request(caller, repeatable).await? {
        Claim::First(claimed) => Ok(Turn::First(Kept {
            caller: caller.clone(),
            claimed,
        })),
        Claim::Done(answer) => read(&answer).map(Turn::Repeat),
    }
}

impl Kept {
    /// Keeps the answer of what was done. A refusal changed nothing: it is not kept, so that the
    /// request can be repeated and strangers cannot fill the table with their errors.
    ///
    /// The work is done by now: if keeping fails, the client still gets its answer.
    pub(crate) async fn settle(self, engine: &Engine, reply: &Reply) {
        let answer = reply.status.is_success().then(|| write(reply)).flatten();
        let outcome = match answer {
            Some(answer) => {
                engine
                    .settle_request(&self.caller, self.claimed, &answer)
                    .await
            }
            None => engine.release_request(&self.caller, self.claimed).await,
        };
        if let Err(error) = outcome {
            tracing::warn!(error.code = error.code(), error.cause = %error, "an answer could not be kept for repeats");
        }
    }
}

fn write(reply: &Reply) -> Option<SecretString> {
    let answer = Answer {
        status: reply.status.as_u16(),
        json: reply.content_type.is_some(),
        body: String::from_utf8(reply.body.to_vec()).ok()?,
    };
    serde_json::to_string(&answer).ok().map(SecretString::from)
}

fn read(kept: &SecretString) -> Result<Reply, Problem> {
    let answer: Answer =
        serde_json::from_str(kept.expose_secret()).map_err(|_| Problem::internal())?;
    let status = StatusCode::from_u16(answer.status).map_err(|_| Problem::internal())?;
    let mut reply = Reply::empty();
    if answer.json {
        reply = Reply::text(JSON, answer.body);
    }
    Ok(reply.with_status(status).with_header(
        HeaderName::from_static("idempotency-replayed"),
        HeaderValue::from_static("true"),
    ))
}
