//! The list of breached passwords over HTTPS: five digits of a hash go out, a page of hashes comes back.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use bytes::Bytes;
use hellojohn_core::ports::{BreachListUnreachable, BreachRange};
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};

use crate::failure::chain;

const TIMEOUT: Duration = Duration::from_secs(2);
/// Padded answers have some 40 KiB.
const LARGEST_ANSWER: usize = 128 * 1024;
/// After a failure nobody waits for the list for this long, so that its outage costs one time-out and not one per sign-up.
const PAUSE: Duration = Duration::from_secs(30);
/// How often the log tells of an outage.
const WARN_EVERY: Duration = Duration::from_mins(10);

/// A range endpoint such as `https://api.pwnedpasswords.com/range/`.
pub(crate) struct RangeClient {
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
    base: String,
    outage: Mutex<Outage>,
}

/// What is known of the list being away.
#[derive(Default)]
struct Outage {
    failed_at: Option<Instant>,
    warned_at: Option<Instant>,
}

/// Why the list could not be asked.
#[derive(Debug, thiserror::Error)]
enum RangeError {
    #[error("it failed a moment ago")]
    Paused,
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
    #[error("its answer is not text")]
    NotText,
}

impl RangeClient {
    /// A client for the list at `base`, which ends with a slash; fails without root certificates.
    pub(crate) fn new(base: String) -> std::io::Result<Self> {
        // The provider is named: another crate in this process may bring a second one.
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
        Ok(Self {
            client,
            base,
            outage: Mutex::default(),
        })
    }

    async fn ask(&self, prefix: &str) -> Result<String, RangeError> {
        let request = Request::get(format!("{}{prefix}", self.base))
            .header(
                header::USER_AGENT,
                concat!("HelloJohn/", env!("CARGO_PKG_VERSION")),
            )
            .header("Add-Padding", "true")
            .body(Empty::new())?;
        let response = self.client.request(request).await?;
        if response.status() != StatusCode::OK {
            return Err(RangeError::Status(response.status()));
        }
        let body = Limited::new(response.into_body(), LARGEST_ANSWER);
        let bytes = body.collect().await.map_err(RangeError::Body)?.to_bytes();
        String::from_utf8(bytes.into()).map_err(|_| RangeError::NotText)
    }

    fn is_paused(&self) -> bool {
        let outage = self.outage.lock().unwrap_or_else(PoisonError::into_inner);
        outage.failed_at.is_some_and(|at| at.elapsed() < PAUSE)
    }

    /// Notes how asking went; the log hears of an outage once in a while.
    fn note(&self, outcome: Result<&str, &RangeError>) {
        let mut outage = self.outage.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Ok(_) => *outage = Outage::default(),
            Err(error) => {
                outage.failed_at = Some(Instant::now());
                if outage.warned_at.is_none_or(|at| at.elapsed() >= WARN_EVERY) {
                    outage.warned_at = Some(Instant::now());
                    tracing::warn!(
                        error = %chain(error),
                        "the list of breached passwords does not answer; new passwords are accepted without that check"
                    );
                }
            }
        }
    }
}

#[async_trait]
impl BreachRange for RangeClient {
    async fn range(&self, prefix: &str) -> Result<String, BreachListUnreachable> {
        if self.is_paused() {
            return Err(BreachListUnreachable(Some(Box::new(RangeError::Paused))));
        }
        let answer = tokio::time::timeout(TIMEOUT, self.ask(prefix))
            .await
            .unwrap_or(Err(RangeError::TimedOut));
        self.note(answer.as_deref());
        answer.map_err(|error| BreachListUnreachable(Some(Box::new(error))))
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    use super::*;

    /// Answers one request with `answer`; gives the address and, later, the request.
    async fn list(answer: &'static str) -> (String, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/range/", listener.local_addr().unwrap());
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8(request).unwrap()
        });
        (base, served)
    }

    #[tokio::test]
    async fn only_the_prefix_goes_out_and_padding_is_asked_for() {
        let (base, served) = list("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nA:1").await;
        let client = RangeClient::new(base).unwrap();
        assert_eq!(client.range("5BAA6").await.unwrap(), "A:1");
        let request = served.await.unwrap().to_lowercase();
        assert!(
            request.starts_with("get /range/5baa6 http/1.1\r\n"),
            "{request}"
        );
        assert!(
            request.contains("add-padding: true") && request.contains("user-agent: hellojohn/")
        );
    }

    #[tokio::test]
    async fn an_outage_is_met_once_and_then_not_waited_for() {
        let (base, served) = list("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n").await;
        let client = RangeClient::new(base).unwrap();
        assert!(client.range("5BAA6").await.is_err());
        served.await.unwrap();
        let again = client.range("5BAA6").await.unwrap_err();
        assert_eq!(again.0.unwrap().to_string(), "it failed a moment ago");
    }

    #[tokio::test]
    async fn a_silent_list_costs_two_seconds_at_most() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/range/", listener.local_addr().unwrap());
        let client = RangeClient::new(base).unwrap();
        let start = Instant::now();
        assert!(client.range("5BAA6").await.is_err());
        assert!(start.elapsed() < TIMEOUT * 2);
    }

    #[tokio::test]
    async fn an_endless_answer_is_cut_off() {
        let (base, _served) = list("HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\nA:1").await;
        let client = RangeClient::new(base).unwrap();
        assert!(client.range("5BAA6").await.is_err());
    }
}
