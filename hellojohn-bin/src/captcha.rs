//! Captchas, checked by their provider over HTTPS. All providers speak the same: a form goes out,
//! `success` comes back, and a `score` where the provider only guesses.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use hellojohn_core::ports::{Captcha, CaptchaUnreachable, CaptchaVerdict};
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::{config::CaptchaProvider, failure::chain};

const TIMEOUT: Duration = Duration::from_secs(5);
const LARGEST_ANSWER: usize = 64 * 1024;
/// reCAPTCHA v3 guesses how human somebody is, from 0 to 1.
const LEAST_SCORE: f64 = 0.5;

/// A `siteverify` endpoint.
pub(crate) struct CaptchaClient {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    provider: CaptchaProvider,
}

#[derive(Deserialize)]
struct Answer {
    success: bool,
    score: Option<f64>,
    #[serde(default, rename = "error-codes")]
    error_codes: Vec<String>,
}

/// Why the provider could not be asked.
#[derive(Debug, thiserror::Error)]
enum AskError {
    #[error("no answer in time")]
    TimedOut,
    #[error("the request cannot be made")]
    Request(#[from] http::Error),
    #[error("no connection")]
    Connection(#[from] hyper_util::client::legacy::Error),
    #[error("it answered {0}")]
    Status(StatusCode),
    #[error("its answer cannot be read: {0}")]
    Body(Box<dyn std::error::Error + Send + Sync>),
    #[error("its answer is not the documented one")]
    Form(#[from] serde_json::Error),
    #[error("it does not accept CAPTCHA_SECRET_KEY")]
    SecretKey,
}

impl CaptchaClient {
    /// A client for a provider; fails without root certificates.
    pub(crate) fn new(provider: CaptchaProvider) -> std::io::Result<Self> {
        let connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())?
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_mins(1))
            .pool_max_idle_per_host(4)
            .build(connector);
        Ok(Self { client, provider })
    }

    fn form(&self, token: &SecretString, client: Option<&str>) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("secret", self.provider.secret_key.expose_secret())
            .append_pair("response", token.expose_secret())
            .append_pair("sitekey", &self.provider.site_key);
        if let Some(client) = client {
            form.append_pair("remoteip", client);
        }
        form.finish()
    }

    async fn ask(
        &self,
        token: &SecretString,
        client: Option<&str>,
    ) -> Result<CaptchaVerdict, AskError> {
        let form = self.form(token, client);
        let request = Request::post(&self.provider.url)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(Full::new(Bytes::from(form)))?;
        let response = self.client.request(request).await?;
        if response.status() != StatusCode::OK {
            return Err(AskError::Status(response.status()));
        }
        let body = Limited::new(response.into_body(), LARGEST_ANSWER);
        let bytes = body.collect().await.map_err(AskError::Body)?.to_bytes();
        let answer: Answer = serde_json::from_slice(&bytes)?;
        if answer
            .error_codes
            .iter()
            .any(|code| code.ends_with("-input-secret"))
        {
            return Err(AskError::SecretKey);
        }
        let is_human = answer.score.is_none_or(|score| score >= LEAST_SCORE);
        Ok(if answer.success && is_human {
            CaptchaVerdict::Solved
        } else {
            CaptchaVerdict::Refused
        })
    }
}

#[async_trait]
impl Captcha for CaptchaClient {
    async fn verify(
        &self,
        token: &SecretString,
        client: Option<&str>,
    ) -> Result<CaptchaVerdict, CaptchaUnreachable> {
        let answer = tokio::time::timeout(TIMEOUT, self.ask(token, client))
            .await
            .unwrap_or(Err(AskError::TimedOut));
        answer.map_err(|error| {
            tracing::warn!(error = %chain(&error), "the captcha provider cannot be asked; nobody gets past a captcha");
            CaptchaUnreachable(Some(Box::new(error)))
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    use super::*;

    /// Answers one request with a status and a body; gives the client and, later, the request.
    async fn provider(
        status: u16,
        body: &'static str,
    ) -> (CaptchaClient, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/siteverify", listener.local_addr().unwrap());
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = String::new();
            while !request.contains("remoteip=") {
                let mut part = vec![0; 4096];
                let read = stream.read(&mut part).await.unwrap();
                request.push_str(std::str::from_utf8(&part[..read]).unwrap());
            }
            let length = body.len();
            let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).await.unwrap();
            request
        });
        let provider = CaptchaProvider {
            url,
            site_key: "site".to_owned(),
            secret_key: SecretString::from("se&cret"),
        };
        (CaptchaClient::new(provider).unwrap(), served)
    }

    async fn ask(status: u16, body: &'static str) -> Option<CaptchaVerdict> {
        let (client, served) = provider(status, body).await;
        let token = SecretString::from("to=ken");
        let verdict = client.verify(&token, Some("192.0.2.1")).await.ok();
        let request = served.await.unwrap();
        assert!(
            request.starts_with("POST /siteverify HTTP/1.1\r\n"),
            "{request}"
        );
        let form = "secret=se%26cret&response=to%3Dken&sitekey=site&remoteip=192.0.2.1";
        assert!(request.ends_with(form), "{request}");
        verdict
    }

    #[tokio::test]
    async fn the_provider_decides() {
        for (body, verdict) in [
            (r#"{"success":true}"#, CaptchaVerdict::Solved),
            (r#"{"success":true,"score":0.5}"#, CaptchaVerdict::Solved),
            (r#"{"success":true,"score":0.49}"#, CaptchaVerdict::Refused),
            (r#"{"success":false,"score":0.9}"#, CaptchaVerdict::Refused),
            (
                r#"{"success":false,"error-codes":["timeout-or-duplicate"]}"#,
                CaptchaVerdict::Refused,
            ),
        ] {
            assert_eq!(ask(200, body).await, Some(verdict), "{body}");
        }
    }

    #[tokio::test]
    async fn a_provider_that_does_not_work_for_us_decides_nothing() {
        for (status, body) in [
            (500, r#"{"success":true}"#),
            (200, "<html>"),
            (200, r#"{"score":1}"#),
            (
                200,
                r#"{"success":false,"error-codes":["invalid-input-secret"]}"#,
            ),
        ] {
            assert_eq!(ask(status, body).await, None, "{status} {body}");
        }
    }
}
