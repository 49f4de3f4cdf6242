use hellojohn_core::flows::RequestMagicLink;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{accepted, tokens::signed_in};
use crate::{
    call::Call, cookie::SessionMode, problem::Problem, reply::Reply, route::RateClass, wire::Secret,
};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RequestMagicLink")]
pub(super) struct RequestBody {
    email: String,
    /// Where to go on to with a `code`; the first of the tenant's `allowed_redirect_urls` if left out.
    redirect_url: Option<String>,
    /// Whether an unknown address gets an account; the tenant's `magic_link_create_user` if left out.
    create_user: Option<bool>,
    /// What the captcha gave the browser, where one is asked for.
    captcha_token: Option<Secret>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RedeemMagicLink")]
pub(super) struct RedeemBody {
    /// The secret of the link. This or `code`.
    token: Option<Secret>,
    /// What the page of the link handed on.
    code: Option<Secret>,
}

pub(super) async fn request(call: Call) -> Result<Reply, Problem> {
    let body: RequestBody = call.body()?;
    call.limit(RateClass::MagicLink, &body.email).await?;
    let request = RequestMagicLink {
        email: body.email,
        redirect_url: body.redirect_url,
        create_user: body.create_user,
        captcha_token: body.captcha_token.map(|token| token.0),
    };
    call.engine()
        .request_magic_link(call.caller()?, request)
        .await?;
    accepted()
}

pub(super) async fn redeem(call: Call) -> Result<Reply, Problem> {
    let body: RedeemBody = call.body()?;
    let mode = SessionMode::of_call(&call)?;
    let secret = match (body.token, body.code) {
        (Some(secret), None) | (None, Some(secret)) => secret.0,
        (None, None) => return Err(Problem::field("token", "required")),
        (Some(_), Some(_)) => return Err(Problem::field("code", "not_with_token")),
    };
    let engine = call.engine();
    let found = engine.redeem_magic_link(call.caller()?, &secret).await?;
    signed_in(found, mode, engine.now())
}
