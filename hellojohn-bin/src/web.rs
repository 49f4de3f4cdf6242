//! A small HTTP client for looking at a running server.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use serde_json::Value;

use crate::failure::chain;

const TIMEOUT: Duration = Duration::from_secs(10);
const LARGEST_ANSWER: usize = 4 * 1024 * 1024;

/// Asks over HTTP and HTTPS, with the certificates of this host. Follows nothing.
pub(crate) struct Web {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// An answer.
pub(crate) struct WebAnswer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl WebAnswer {
    /// The body as JSON; null if it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// A text in the body's JSON, by its pointer (RFC 6901).
    pub(crate) fn text(&self, pointer: &str) -> Option<String> {
        let body = self.json();
        body.pointer(pointer)?.as_str().map(str::to_owned)
    }

    /// A header, if it is there and readable.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The status and the code of the error, never the body: it may hold tokens.
    pub(crate) fn outcome(&self) -> String {
        self.text("/error/code").map_or_else(
            || format!("answered {}", self.status),
            |code| format!("answered {} {code}", self.status),
        )
    }
}

impl Web {
    /// Fails without root certificates.
    pub(crate) fn new() -> std::io::Result<Self> {
        let connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())?
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(connector);
        Ok(Self { client })
    }

    /// Sends one request; says in one line why there is no answer.
    pub(crate) async fn ask(
        &self,
        method: Method,
        url: &str,
        headers: &[(&'static str, String)],
        body: Option<&Value>,
    ) -> Result<WebAnswer, String> {
        let text = body.map(Value::to_string).unwrap_or_default();
        let mut request = Request::new(Full::new(Bytes::from(text)));
        *request.method_mut() = method;
        *request.uri_mut() = url.parse().map_err(|_| "not a URL".to_owned())?;
        let to = request.headers_mut();
        let agent = concat!("hj-doctor/", env!("CARGO_PKG_VERSION"));
        to.insert(header::USER_AGENT, HeaderValue::from_static(agent));
        if body.is_some() {
            let json = HeaderValue::from_static("application/json");
            to.insert(header::CONTENT_TYPE, json);
        }
        for (name, value) in headers {
            let mut value =
                HeaderValue::from_str(value).map_err(|_| format!("{name} is no header"))?;
            value.set_sensitive(true);
            to.insert(HeaderName::from_static(name), value);
        }
        let exchange = async {
            let answer = self.client.request(request).await;
            let (head, body) = answer.map_err(|error| chain(&error))?.into_parts();
            let body = Limited::new(body, LARGEST_ANSWER).collect().await;
            let body = body.map_err(|_| "the answer broke off".to_owned())?;
            Ok(WebAnswer {
                status: head.status.as_u16(),
                headers: head.headers,
                body: body.to_bytes(),
            })
        };
        tokio::time::timeout(TIMEOUT, exchange)
            .await
            .unwrap_or_else(|_| Err("no answer in time".to_owned()))
    }
}
