use hellojohn_core::flows::SignOutScope;
use http::header;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    call::Call,
    cookie::{self, SessionMode},
    problem::Problem,
    reply::Reply,
    wire::word,
};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "SignOut")]
pub(super) struct Body {
    /// `local` (default) ends this session, `global` all of the user's.
    scope: Option<String>,
}

pub(super) async fn sign_out(call: Call) -> Result<Reply, Problem> {
    let body: Body = call.body()?;
    let mode = SessionMode::of(&call.headers)?;
    let scope = word::<SignOutScope>("scope", body.scope.as_deref())?.unwrap_or_default();
    call.engine().sign_out(call.caller()?, scope).await?;
    let cookie = (mode == SessionMode::Cookie).then(cookie::forget).flatten();
    Ok(match cookie {
        Some(cookie) => Reply::empty().with_header(header::SET_COOKIE, cookie),
        None => Reply::empty(),
    })
}
