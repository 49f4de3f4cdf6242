//! A resource server that verifies access tokens with the published keys alone.
//!
//! ```sh
//! cargo run --example verify_offline -- <issuer> <tenant id> [URL or file of the JWKS]
//! curl -H "Authorization: Bearer $ACCESS_TOKEN" http://127.0.0.1:8080/
//! ```

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an application of its own"
)]

use std::{
    env,
    error::Error,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    routing::get,
};
use hellojohn_core::{
    ports::{Clock as _, system::SystemClock},
    token::{AccessClaims, OfflineVerifier, TokenError},
};
use http_body_util::{BodyExt as _, Empty};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tokio::net::TcpListener;

/// How soon the keys may be fetched again, however many tokens name unknown ones.
const BETWEEN_FETCHES: Duration = Duration::from_secs(30);

struct Keys {
    verifier: OfflineVerifier,
    source: String,
    fetched: Mutex<Option<Instant>>,
}

impl Keys {
    async fn verify(&self, token: &str) -> Result<AccessClaims, TokenError> {
        let now = SystemClock.now();
        match self.verifier.verify(token, now) {
            Err(TokenError::UnknownKey { .. }) if self.may_fetch() => {
                if let Ok(jwks) = fetch(&self.source).await {
                    let _ = self.verifier.replace_keys(&jwks); // a bad set changes nothing
                }
                self.verifier.verify(token, now)
            }
            verdict => verdict,
        }
    }

    fn may_fetch(&self) -> bool {
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        if fetched.is_some_and(|at| at.elapsed() < BETWEEN_FETCHES) {
            return false;
        }
        *fetched = Some(Instant::now());
        true
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(issuer), Some(tenant)) = (arguments.next(), arguments.next()) else {
        return Err("usage: verify_offline <issuer> <tenant id> [URL or file of the JWKS]".into());
    };
    let source = arguments.next();
    let source = source.unwrap_or_else(|| format!("{issuer}/.well-known/jwks.json"));
    let verifier = OfflineVerifier::new(issuer, tenant.parse()?, &fetch(&source).await?)?;
    let fetched = Mutex::new(None);
    let keys = Arc::new(Keys {
        verifier,
        source,
        fetched,
    });

    let port: u16 = env::var("PORT").unwrap_or("8080".into()).parse()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!("{url}\n\nTry\n  curl {url} -H \"Authorization: Bearer $ACCESS_TOKEN\"");
    axum::serve(
        listener,
        Router::new().route("/", get(whoami)).with_state(keys),
    )
    .await?;
    Ok(())
}

async fn whoami(
    State(keys): State<Arc<Keys>>,
    headers: HeaderMap,
) -> Result<String, (StatusCode, &'static str)> {
    let bearer = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = bearer.and_then(|value| value.strip_prefix("Bearer "));
    let token = token.ok_or((StatusCode::UNAUTHORIZED, "missing_token"))?;
    match keys.verify(token).await {
        Ok(claims) => Ok(format!("you are {}", claims.subject)),
        Err(error) => Err((StatusCode::UNAUTHORIZED, error.code())),
    }
}

/// Reads the JWKS from a file or over HTTP.
async fn fetch(source: &str) -> Result<String, Box<dyn Error>> {
    if !source.starts_with("http://") && !source.starts_with("https://") {
        return Ok(std::fs::read_to_string(source)?);
    }
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())?
        .https_or_http()
        .enable_http1()
        .build();
    let client = Client::builder(TokioExecutor::new()).build::<_, Empty<bytes::Bytes>>(connector);
    let answer = client.get(source.parse()?).await?;
    if !answer.status().is_success() {
        return Err(format!("{source} answered {}", answer.status()).into());
    }
    let body = answer.into_body().collect().await?.to_bytes();
    Ok(String::from_utf8(body.to_vec())?)
}
