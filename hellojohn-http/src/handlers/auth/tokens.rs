use hellojohn_core::{
    flows::Refreshed,
    issuer::{SignedIn, TokenPair},
    secret::ExposeSecret,
    time::Timestamp,
};
use http::header;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OwnUser;
use crate::{
    call::Call,
    cookie::{self, SessionMode},
    problem::Problem,
    reply::Reply,
    route::RateClass,
    wire::{Moment, Secret},
};

/// A user who has just signed up or in.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AuthResult {
    user: OwnUser,
    session: NewSession,
}

#[derive(Serialize, JsonSchema)]
struct NewSession {
    id: String,
    access_token: String,
    /// Left out in cookie mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    access_token_expires_at: Moment,
    refresh_token_expires_at: Moment,
}

/// The next tokens of a session.
#[derive(Serialize, JsonSchema)]
pub(crate) struct TokenSet {
    access_token: String,
    /// Left out in cookie mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds until the access token expires.
    expires_in: u64,
    session_id: String,
    access_token_expires_at: Moment,
    refresh_token_expires_at: Moment,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Refresh")]
pub(super) struct RefreshBody {
    /// Needed unless it is in the cookie.
    refresh_token: Option<Secret>,
    /// Not available in this version.
    organization_id: Option<String>,
}

pub(super) async fn refresh(call: Call) -> Result<Reply, Problem> {
    let body: RefreshBody = call.body()?;
    let mode = SessionMode::of_call(&call)?;
    if body.organization_id.is_some() {
        return Err(Problem::not_available("this version has no organizations"));
    }
    let shown = match (mode, body.refresh_token) {
        (_, Some(token)) => Some(token.0),
        (SessionMode::Cookie, None) => cookie::refresh_token(&call.headers),
        (SessionMode::Body, None) => None,
    };
    let token = shown.ok_or_else(|| Problem::field("refresh_token", "required"))?;
    let engine = call.engine();
    // Only an authentic token names a session: nobody can spend the budget of another's.
    if let Ok(session) = engine.refreshing_session(call.caller()?, &token).await {
        call.limit(RateClass::Refresh, &session.to_string()).await?;
    }
    let refreshed = engine.refresh(call.caller()?, &token).await?;
    renewed(&refreshed, mode, engine.now())
}

/// The answer to a session that got its next tokens.
fn renewed(refreshed: &Refreshed, mode: SessionMode, now: Timestamp) -> Result<Reply, Problem> {
    let set = token_set(refreshed, mode, now);
    Ok(with_cookie(Reply::ok(&set)?, &refreshed.tokens, mode, now))
}

/// The next tokens as they are written.
pub(crate) fn token_set(refreshed: &Refreshed, mode: SessionMode, now: Timestamp) -> TokenSet {
    let tokens = &refreshed.tokens;
    TokenSet {
        access_token: tokens.access_token.expose_secret().to_owned(),
        refresh_token: in_body(tokens, mode),
        token_type: "Bearer",
        expires_in: whole_seconds(tokens.access_expires_at, now),
        session_id: refreshed.session.id.to_string(),
        access_token_expires_at: tokens.access_expires_at.into(),
        refresh_token_expires_at: tokens.refresh_expires_at.into(),
    }
}

/// The answer to signing up or in.
pub(super) fn signed_in(
    signed_in: SignedIn,
    mode: SessionMode,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let tokens = signed_in.tokens.clone();
    let result = auth_result(signed_in, mode, now);
    Ok(with_cookie(Reply::ok(&result)?, &tokens, mode, now))
}

/// A user and their new session as they are written.
pub(crate) fn auth_result(signed_in: SignedIn, mode: SessionMode, now: Timestamp) -> AuthResult {
    let tokens = &signed_in.tokens;
    AuthResult {
        user: OwnUser::of(signed_in.user, now),
        session: NewSession {
            id: signed_in.session.id.to_string(),
            access_token: tokens.access_token.expose_secret().to_owned(),
            refresh_token: in_body(tokens, mode),
            access_token_expires_at: tokens.access_expires_at.into(),
            refresh_token_expires_at: tokens.refresh_expires_at.into(),
        },
    }
}

/// Between two moments as a token counts them, in whole seconds (RFC 7519 §2).
fn whole_seconds(until: Timestamp, now: Timestamp) -> u64 {
    u64::try_from(until.as_seconds() - now.as_seconds()).unwrap_or(0)
}

fn in_body(tokens: &TokenPair, mode: SessionMode) -> Option<String> {
    (mode == SessionMode::Body).then(|| tokens.refresh_token.expose_secret().to_owned())
}

/// Adds the cookie that carries the refresh token where the browser keeps it.
pub(crate) fn with_cookie(
    reply: Reply,
    tokens: &TokenPair,
    mode: SessionMode,
    now: Timestamp,
) -> Reply {
    let seconds = tokens.refresh_expires_at.since(now).as_secs();
    let cookie = (mode == SessionMode::Cookie).then(|| cookie::keep(tokens, seconds));
    match cookie.flatten() {
        Some(cookie) => reply.with_header(header::SET_COOKIE, cookie),
        None => reply,
    }
}
