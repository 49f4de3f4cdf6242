use hellojohn_core::flows::RequestMagicLink;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Accepted, accepted,
    tokens::{AuthResult, signed_in},
};
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
            "/v1/auth/magic-link",
            "request_magic_link",
            "Mails a link that signs in. Answers the same for every address.",
        )
        .access(Access::Publishable)
        .rate(RateClass::MagicLink)
        .body::<RequestBody>()
        .refuses(&[
            "invalid_email",
            "redirect_url_not_allowed",
            "auth_method_disabled",
            "email_domain_not_allowed",
            "captcha_required",
            "captcha_invalid",
        ])
        .replies::<Accepted>(StatusCode::ACCEPTED)
        .handled_by(|call| Box::pin(request(call))),
        Route::post(
            "/v1/auth/magic-link/verify",
            "redeem_magic_link",
            "Signs in by a mailed link, or by the code its page handed on.",
        )
        .access(Access::Publishable)
        .rate(RateClass::EmailVerify)
        .taking_session_mode()
        .body::<RedeemBody>()
        .refuses(&[
            "link_invalid",
            "link_expired",
            "auth_method_disabled",
            "email_domain_not_allowed",
            "sign_up_disabled",
            "origin_not_allowed",
            "blocked_by_hook",
            "no_signing_key",
        ])
        .replies::<AuthResult>(StatusCode::OK)
        .handled_by(|call| Box::pin(redeem(call))),
    ]
}

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
