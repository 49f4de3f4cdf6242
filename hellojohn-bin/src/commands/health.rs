//! `hj health`: whether a running server is fit for traffic, for containers that hold no other client.

use std::time::Duration;

use bytes::Bytes;
use clap::Args;
use http::{Request, StatusCode, Uri, uri::Scheme};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::Incoming;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};

use crate::{
    config::{self, Env},
    failure::Failure,
    output::{Format, Output},
};

#[derive(Args)]
pub(crate) struct Health {
    /// The server, or one of its health endpoints [default: /health of the server on this host]
    #[arg(long, value_name = "URL")]
    url: Option<Uri>,
    /// How long the answer may take
    #[arg(long, default_value = "5s", value_parser = humantime::parse_duration)]
    timeout: Duration,
}

pub(crate) async fn run(output: &mut Output, command: Health) -> Result<(), Failure> {
    let url = match command.url {
        Some(url) => endpoint(url)?,
        None => config::own_url(&mut Env::of_process(), "/health")
            .parse()
            .map_err(|error| Failure::because("HELLOJOHN_HOST is no host", &error))?,
    };
    let (status, body) = tokio::time::timeout(command.timeout, ask(url.clone()))
        .await
        .map_err(|_| Failure::general(format!("{url} did not answer in time")))??;
    let told = body.get("status").and_then(Value::as_str);
    if status != StatusCode::OK {
        if output.format() == Format::Json && body.is_object() {
            output.json(&body)?;
        }
        return Err(Failure::general(format!(
            "{url} answered {}: {}{}",
            status.as_u16(),
            told.unwrap_or("no status"),
            waits_for(&body)
        )));
    }
    match output.format() {
        Format::Table => output.line(told.unwrap_or("ok")),
        Format::Json => output.json(&if body.is_object() {
            body
        } else {
            json!({ "status": "ok" })
        }),
    }
}

/// What somebody has to run, as the server says.
fn waits_for(body: &Value) -> String {
    let pending = body
        .pointer("/checks/pending")
        .and_then(Value::as_array)
        .filter(|_| body.get("status").and_then(Value::as_str) == Some("migrations_pending"));
    pending.map_or_else(String::new, |pending| {
        let names: Vec<&str> = pending.iter().filter_map(Value::as_str).collect();
        format!("; run `hj migrations run` for {}", names.join(", "))
    })
}

/// A URL without a path means its `/health`.
fn endpoint(url: Uri) -> Result<Uri, Failure> {
    if url.scheme().is_none() || url.authority().is_none() {
        return Err(Failure::general(
            "--url wants a URL such as http://127.0.0.1:3000/health",
        ));
    }
    if url.path() != "/" {
        return Ok(url);
    }
    let mut parts = url.into_parts();
    parts.path_and_query = Some(http::uri::PathAndQuery::from_static("/health"));
    Uri::from_parts(parts).map_err(|error| Failure::because("--url", &error))
}

/// No server says as much about its health.
const LARGEST_ANSWER: usize = 64 * 1024;

/// The status and, if it is JSON, the body of the answer.
async fn ask(url: Uri) -> Result<(StatusCode, Value), Failure> {
    let mut plain = HttpConnector::new();
    let answer = if url.scheme() == Some(&Scheme::HTTPS) {
        plain.enforce_http(false);
        // The provider is named: another crate in this process may bring a second one.
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())?
            .https_only()
            .enable_http1()
            .wrap_connector(plain);
        get(&Client::builder(TokioExecutor::new()).build(connector), url).await?
    } else {
        get(&Client::builder(TokioExecutor::new()).build(plain), url).await?
    };
    let status = answer.status();
    let body = Limited::new(answer.into_body(), LARGEST_ANSWER)
        .collect()
        .await
        .map_err(|error| Failure::general(format!("the answer cannot be read: {error}")))?;
    Ok((
        status,
        serde_json::from_slice(&body.to_bytes()).unwrap_or_default(),
    ))
}

async fn get<C>(
    client: &Client<C, Empty<Bytes>>,
    url: Uri,
) -> Result<http::Response<Incoming>, Failure>
where
    C: hyper_util::client::legacy::connect::Connect + Clone + Send + Sync + 'static,
{
    let request = Request::get(&url)
        .body(Empty::new())
        .map_err(|error| Failure::because(&url, &error))?;
    let answer = client.request(request).await;
    answer.map_err(|error| Failure::because(format_args!("{url} does not answer"), &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_means_its_health() {
        let of = |url: &str| endpoint(url.parse().unwrap()).map(|url| url.to_string());
        assert_eq!(of("http://a:3000").unwrap(), "http://a:3000/health");
        assert_eq!(of("https://a/").unwrap(), "https://a/health");
        assert_eq!(of("http://a/livez").unwrap(), "http://a/livez");
        assert!(of("/health").is_err());
        assert!(of("localhost").is_err());
    }
}
