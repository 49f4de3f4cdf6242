//! What stands before the HTTP service: it may not be there yet, and it has only so much time.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use bytes::Bytes;
use hellojohn_core::{
    id::RequestId,
    ports::{Clock as _, Random, system::SystemClock},
};
use hellojohn_http::{Api, MetricsPage, PeerAddress, Readiness, health_before_start};
use http::{Method, Request, Response, StatusCode, Version, header};
use http_body_util::Full;
use hyper::body::Incoming;
use serde_json::json;
use tokio::time::{Instant, timeout};
use tower::ServiceExt as _;

use super::pace::Paced;
use crate::{access_log, mailbox::Mailbox};

/// How long a whole request may take (R187).
const REQUEST: Duration = Duration::from_secs(30);

/// Answers for the service until it is there, and for requests that take too long.
pub(crate) struct Front {
    api: OnceLock<Api>,
    random: Arc<dyn Random>,
    readiness: Readiness,
    metrics: Option<MetricsPage>,
    mailbox: Option<Mailbox>,
}

impl Front {
    /// Alive, and ready for nothing.
    pub(crate) fn new(random: Arc<dyn Random>, readiness: Readiness) -> Self {
        Self {
            api: OnceLock::new(),
            random,
            readiness,
            metrics: None,
            mailbox: None,
        }
    }

    /// Shows this page also before the service is there.
    pub(crate) fn with_metrics(mut self, page: Option<MetricsPage>) -> Self {
        self.metrics = page;
        self
    }

    /// Shows this mailbox, which only a development server has.
    pub(crate) fn with_mailbox(mut self, mailbox: Mailbox) -> Self {
        self.mailbox = Some(mailbox);
        self
    }

    /// Opens the door. Only the first service counts.
    pub(crate) fn open(&self, api: Api) {
        let _ = self.api.set(api);
    }

    /// Answers one request, and logs that it did.
    pub(super) async fn answer(&self, request: Request<Paced<Incoming>>) -> Response<Full<Bytes>> {
        let started = Instant::now();
        let about = access_log::About::of(&request);
        let answer = match (ambiguity(&request), self.mailbox(&request), self.api.get()) {
            (Some(what), _, _) => self.problem(StatusCode::BAD_REQUEST, what),
            (None, Some(mails), _) => mails,
            (None, None, None) => self.not_ready(&request),
            (None, None, Some(api)) => self.work(api.clone(), request).await,
        };
        about.log(&answer, started.elapsed());
        answer
    }

    /// Lets the service answer in a task of its own: a client that leaves half-way does not
    /// stop what it began, so an `Idempotency-Key` is always settled.
    async fn work(&self, api: Api, request: Request<Paced<Incoming>>) -> Response<Full<Bytes>> {
        match timeout(REQUEST, tokio::spawn(api.oneshot(request))).await {
            Ok(Ok(Ok(answer))) => answer,
            Ok(Err(stopped)) => {
                tracing::error!(error = %stopped, "a request was not answered");
                self.problem(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "something went wrong here",
                )
            }
            Err(_) => self.problem(StatusCode::SERVICE_UNAVAILABLE, "the request took too long"),
        }
    }

    /// Alive is alive; everything else waits (U10).
    fn not_ready<B>(&self, request: &Request<B>) -> Response<Full<Bytes>> {
        match request.uri().path() {
            "/healthz" | "/livez" | "/health/live" => {
                json_answer(StatusCode::OK, &json!({ "status": "ok" }))
            }
            "/health" | "/health/ready" | "/readyz" => {
                let schema = self.readiness.schema();
                let body = health_before_start(env!("CARGO_PKG_VERSION"), schema.as_deref());
                json_answer(StatusCode::SERVICE_UNAVAILABLE, &body)
            }
            "/metrics" => self.metrics(request).unwrap_or_else(|| self.starting()),
            _ => self.starting(),
        }
    }

    /// What a developer sees of the mails that were sent.
    fn mailbox<B>(&self, request: &Request<B>) -> Option<Response<Full<Bytes>>> {
        let mailbox = self.mailbox.as_ref()?;
        let (content_type, body): (_, fn(&Mailbox) -> String) = match request.uri().path() {
            "/dev/mailbox" => ("text/html; charset=utf-8", Mailbox::as_html),
            "/dev/mailbox.json" => ("application/json", |mailbox| mailbox.as_json().to_string()),
            _ => return None,
        };
        let peer = request.extensions().get::<PeerAddress>();
        let peer = peer.map(|peer| peer.0.ip());
        let host = request.headers().get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok());
        let host = host.or(request.uri().host());
        if request.method() != Method::GET || !Mailbox::is_shown_to(peer, host) {
            return None;
        }
        let mut answer = json_answer(StatusCode::OK, &serde_json::Value::Null);
        *answer.body_mut() = Full::new(Bytes::from(body(mailbox)));
        let content_type = header::HeaderValue::from_static(content_type);
        answer
            .headers_mut()
            .insert(header::CONTENT_TYPE, content_type);
        Some(answer)
    }

    fn starting(&self) -> Response<Full<Bytes>> {
        self.problem(StatusCode::SERVICE_UNAVAILABLE, "the server is starting")
    }

    fn metrics<B>(&self, request: &Request<B>) -> Option<Response<Full<Bytes>>> {
        let peer = request.extensions().get::<PeerAddress>();
        let peer = peer.map(|peer| peer.0.ip());
        let text = self.metrics.as_ref()?.read(request.headers(), peer)?;
        let mut answer = json_answer(StatusCode::OK, &serde_json::Value::Null);
        *answer.body_mut() = Full::new(Bytes::from(text));
        answer.headers_mut().insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static(MetricsPage::CONTENT_TYPE),
        );
        Some(answer)
    }

    fn problem(&self, status: StatusCode, message: &str) -> Response<Full<Bytes>> {
        let mut random = [0; 10];
        self.random.fill(&mut random);
        let request_id = RequestId::new(SystemClock.now(), random);
        let code = match status {
            StatusCode::BAD_REQUEST => "invalid_request",
            StatusCode::SERVICE_UNAVAILABLE => "service_unavailable",
            _ => "internal_error",
        };
        let mut answer = json_answer(
            status,
            &json!({ "error": {
                "code": code,
                "message": message,
                "status": status.as_u16(),
                "request_id": request_id,
            }}),
        );
        if let Ok(value) = request_id.to_string().parse() {
            answer.headers_mut().insert("x-request-id", value);
        }
        answer
    }
}

/// What two servers in a row could read differently (R189; RFC 9112 §3.2, §6.1).
fn ambiguity<B>(request: &Request<B>) -> Option<&'static str> {
    let headers = request.headers();
    if request.version() == Version::HTTP_11 && headers.get_all(header::HOST).iter().count() != 1 {
        return Some("a request names one host");
    }
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let only_chunked = codings.all(|coding| coding.as_bytes().eq_ignore_ascii_case(b"chunked"));
    (!only_chunked).then_some("the only transfer coding is `chunked`")
}

fn json_answer(status: StatusCode, body: &serde_json::Value) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::new(Bytes::from(body.to_string())));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    let mut insert = |name, value| headers.insert(name, header::HeaderValue::from_static(value));
    insert(header::CONTENT_TYPE, "application/json");
    insert(header::CACHE_CONTROL, "no-store");
    insert(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    insert(header::X_FRAME_OPTIONS, "DENY");
    insert(header::REFERRER_POLICY, "no-referrer");
    insert(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
    );
    if status == StatusCode::SERVICE_UNAVAILABLE {
        insert(header::RETRY_AFTER, "1");
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(version: Version, headers: &[(&'static str, &'static str)]) -> Request<()> {
        let builder = Request::builder().version(version).uri("/health");
        let builder = headers.iter().fold(builder, |builder, (name, value)| {
            builder.header(*name, *value)
        });
        builder.body(()).unwrap()
    }

    #[test]
    fn what_two_servers_could_read_differently_is_refused() {
        let refused = |headers: &[_]| ambiguity(&request(Version::HTTP_11, headers)).is_some();
        assert!(!refused(&[("host", "a")]));
        assert!(!refused(&[("host", "a"), ("transfer-encoding", "chunked")]));
        assert!(refused(&[]));
        assert!(refused(&[("host", "a"), ("host", "a")]));
        assert!(refused(&[
            ("host", "a"),
            ("transfer-encoding", "identity, chunked")
        ]));
        assert!(refused(&[
            ("host", "a"),
            ("transfer-encoding", "chunked"),
            ("transfer-encoding", "gzip")
        ]));
        assert!(ambiguity(&request(Version::HTTP_2, &[])).is_none());
        assert!(ambiguity(&request(Version::HTTP_10, &[])).is_none());
    }
}
