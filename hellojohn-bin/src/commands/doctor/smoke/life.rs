use hellojohn_core::token::OfflineVerifier;
use http::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::{
    Shown, Steps, Told,
    cast::{Cast, INVENTED},
};
use crate::{failure::Failure, web::WebAnswer};

/// What one holds after signing in.
struct Tokens {
    access: String,
    refresh: String,
}

impl Shown for Tokens {
    /// Nothing: both are secret.
    fn shown(&self) -> Option<String> {
        None
    }
}

/// From sign-up to sign-out; stops at the first step that fails.
pub(super) async fn live(cast: &mut Cast, steps: &mut Steps<'_>) -> Result<(), Failure> {
    steps.take("health", health(cast)).await?;
    steps.take("sign up", sign_up(cast)).await?;
    let first = steps.take("sign in", sign_in(cast)).await?;
    let now = steps.take("refresh", refresh(cast, &first.refresh)).await?;
    let (access, refresh) = (now.access.as_str(), now.refresh.as_str());
    steps.take("me", me(cast, access)).await?;
    steps.take("list sessions", sessions(cast, access)).await?;
    steps
        .take("verify the token offline", verify(cast, access))
        .await?;
    steps.take("cookie", cookie(cast)).await?;
    steps.take("revoke", revoke(cast, access)).await?;
    steps
        .take("the refresh token is refused", refused(cast, refresh))
        .await?;
    steps
        .take("the access token is refused", gone(cast, access))
        .await?;
    Ok(())
}

async fn health(cast: &Cast) -> Result<Told<String>, String> {
    let answer = expect(cast.get("/health").await?, 200)?;
    let text = |name: &str| answer.text(name).unwrap_or_else(|| "unknown".to_owned());
    let (version, schema) = (text("/version"), text("/schema_version"));
    Ok(Told(format!("version {version}, schema {schema}")))
}

async fn sign_up(cast: &mut Cast) -> Result<Told<&'static str>, String> {
    let answer = cast.post("/v1/auth/sign-up", &credentials(cast)).await?;
    let closed = ["sign_up_disabled", "email_domain_not_allowed"];
    let code = answer.text("/error/code").unwrap_or_default();
    if closed.contains(&code.as_str()) {
        cast.make_user().await?;
        return Ok(Told("closed in this tenant, so an operator made the user"));
    }
    let id = expect(answer, 201)?.text("/user/id");
    cast.user = id.and_then(|id| id.parse().ok());
    cast.user.ok_or("the answer names no user")?;
    Ok(Told("open"))
}

async fn sign_in(cast: &Cast) -> Result<Tokens, String> {
    let credentials = credentials(cast);
    let mut answer = cast.post("/v1/auth/sign-in", &credentials).await?;
    if answer.text("/error/code").as_deref() == Some("email_not_verified") {
        cast.verify_address().await?;
        answer = cast.post("/v1/auth/sign-in", &credentials).await?;
    }
    tokens(&expect(answer, 200)?, "/session")
}

async fn refresh(cast: &Cast, token: &str) -> Result<Tokens, String> {
    let body = json!({ "refresh_token": token });
    let answer = cast.post("/v1/auth/token/refresh", &body).await?;
    let new = tokens(&expect(answer, 200)?, "")?;
    if new.refresh == token {
        return Err("the refresh token did not change".to_owned());
    }
    Ok(new)
}

async fn me(cast: &Cast, access: &str) -> Result<(), String> {
    let answer = cast.ask(Method::GET, "/v1/auth/me", access, None).await?;
    let id = expect(answer, 200)?.text("/id");
    if id == cast.user.map(|user| user.to_string()) {
        Ok(())
    } else {
        Err("it is somebody else".to_owned())
    }
}

async fn sessions(cast: &Cast, access: &str) -> Result<Told<String>, String> {
    let answer = cast.ask(Method::GET, "/v1/sessions", access, None).await?;
    // Newest first, and there is none newer.
    let answer = expect(answer, 200)?;
    let user = answer.text("/data/0/user_id");
    if user != cast.user.map(|user| user.to_string()) {
        return Err("this session is not in the list".to_owned());
    }
    let address = answer.text("/data/0/ip_address");
    let address = address.as_deref().unwrap_or("an unknown address");
    Ok(Told(if address == INVENTED {
        "⚠️  the server believed an address this command invented; when a proxy is asked that \
         must not be: check TRUST_PROXY_HOPS"
            .to_owned()
    } else {
        format!("this command is seen at {address}")
    }))
}

async fn verify(cast: &Cast, access: &str) -> Result<(), String> {
    let answer = cast.get("/.well-known/jwks.json").await?;
    let answer = expect(answer, 200)?;
    let keys = std::str::from_utf8(&answer.body).map_err(|_| "the JWKS is not text")?;
    let verifier = OfflineVerifier::new(cast.issuer.as_str(), cast.tenant(), keys);
    let verifier = verifier.map_err(|error| error.to_string())?;
    let claims = verifier.verify(access, cast.now());
    let claims = claims.map_err(|error| error.to_string())?;
    if Some(claims.subject) == cast.user {
        Ok(())
    } else {
        Err("it names somebody else".to_owned())
    }
}

/// What a browser would get: a cookie no script reads and no plain connection carries (R043).
async fn cookie(cast: &Cast) -> Result<(), String> {
    let answer = cast.sign_in_with_cookie(&credentials(cast)).await?;
    let answer = expect(answer, 200)?;
    if answer.text("/session/refresh_token").is_some() {
        return Err("the refresh token is in the body as well".to_owned());
    }
    let cookie = answer.header("set-cookie").unwrap_or_default();
    let attributes: Vec<&str> = cookie.split(';').map(str::trim).collect();
    let lacks =
        ["Secure", "HttpOnly", "Path=/"].map(|wanted| (!attributes.contains(&wanted), wanted));
    match lacks.iter().find(|(lacks, _)| *lacks) {
        Some((_, wanted)) => Err(format!(
            "the cookie is not {wanted}; does the proxy change it?"
        )),
        None if cookie.starts_with("__Host-") => Ok(()),
        None => Err("the cookie's name has no __Host- prefix".to_owned()),
    }
}

async fn revoke(cast: &Cast, access: &str) -> Result<(), String> {
    let path = "/v1/auth/sign-out";
    let answer = cast.ask(Method::POST, path, access, None).await?;
    expect(answer, 204).map(drop)
}

async fn refused(cast: &Cast, token: &str) -> Result<(), String> {
    let body = json!({ "refresh_token": token });
    let answer = cast.post("/v1/auth/token/refresh", &body).await?;
    expect(answer, 401).map(drop)
}

async fn gone(cast: &Cast, access: &str) -> Result<(), String> {
    let answer = cast.ask(Method::GET, "/v1/auth/me", access, None).await?;
    expect(answer, 401).map(drop)
}

fn credentials(cast: &Cast) -> Value {
    json!({ "email": cast.email, "password": cast.password.expose_secret() })
}

fn tokens(answer: &WebAnswer, at: &str) -> Result<Tokens, String> {
    let text = |name: &str| {
        let text = answer.text(&format!("{at}/{name}"));
        text.ok_or_else(|| format!("the answer has no {name}"))
    };
    Ok(Tokens {
        access: text("access_token")?,
        refresh: text("refresh_token")?,
    })
}

/// The answer, if it has this status.
fn expect(answer: WebAnswer, status: u16) -> Result<WebAnswer, String> {
    if answer.status == status {
        Ok(answer)
    } else {
        Err(answer.outcome())
    }
}
