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
use hellojohn_http::Api;
use http::{Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use serde_json::json;
use tokio::time::{Instant, timeout};
use tower::ServiceExt as _;

use super::pace::Paced;
use crate::access_log;

/// How long a whole request may take (R187).
const REQUEST: Duration = Duration::from_secs(30);

/// Answers for the service until it is there, and for requests that take too long.
pub(crate) struct Front {
    api: OnceLock<Api>,
    random: Arc<dyn Random>,
}

impl Front {
    /// Alive, and ready for nothing.
    pub(crate) fn new(random: Arc<dyn Random>) -> Self {
        Self {
            api: OnceLock::new(),
            random,
        }
    }

    /// Opens the door. Only the first service counts.
    pub(crate) fn open(&self, api: Api) {
        let _ = self.api.set(api);
    }

    /// Answers one request, and logs that it did.
    pub(super) async fn answer(&self, request: Request<Paced<Incoming>>) -> Response<Full<Bytes>> {
        let started = Instant::now();
        let about = access_log::About::of(&request);
        let answer = match self.api.get() {
            None => self.not_ready(request.uri().path()),
            Some(api) => match timeout(REQUEST, api.clone().oneshot(request)).await {
                Ok(Ok(answer)) => answer,
                Err(_) => self.problem("the request took too long"),
            },
        };
        about.log(&answer, started.elapsed());
        answer
    }

    /// Alive is alive; everything else waits (U10).
    fn not_ready(&self, path: &str) -> Response<Full<Bytes>> {
        match path {
            "/healthz" | "/livez" => json_answer(StatusCode::OK, &json!({ "status": "ok" })),
            "/health" | "/readyz" => json_answer(
                StatusCode::SERVICE_UNAVAILABLE,
                &json!({ "status": "starting", "version": env!("CARGO_PKG_VERSION") }),
            ),
            _ => self.problem("the server is starting"),
        }
    }

    fn problem(&self, message: &str) -> Response<Full<Bytes>> {
        let mut random = [0; 10];
        self.random.fill(&mut random);
        let request_id = RequestId::new(SystemClock.now(), random);
        let status = StatusCode::SERVICE_UNAVAILABLE;
        let mut answer = json_answer(
            status,
            &json!({ "error": {
                "code": "service_unavailable",
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

fn json_answer(status: StatusCode, body: &serde_json::Value) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::new(Bytes::from(body.to_string())));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    let mut insert = |name, value| headers.insert(name, header::HeaderValue::from_static(value));
    insert(header::CONTENT_TYPE, "application/json");
    insert(header::CACHE_CONTROL, "no-store");
    insert(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if status == StatusCode::SERVICE_UNAVAILABLE {
        insert(header::RETRY_AFTER, "1");
    }
    answer
}
