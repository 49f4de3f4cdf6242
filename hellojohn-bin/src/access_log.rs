//! One line per request: what was asked and how it went, without anything secret.

use std::time::Duration;

use hellojohn_http::MatchedRoute;
use http::{Method, Request, Response, Version};

/// What is logged of a request; the query, the headers and the body are not.
pub(crate) struct About {
    method: Method,
    path: String,
    version: Version,
}

/// Ids are shorter than this, and secrets longer: one that was put into a path by mistake is not logged.
const LONGEST_ID: usize = 48;
const LONGEST_PATH: usize = 256;

impl About {
    /// Takes what may be logged.
    pub(crate) fn of<B>(request: &Request<B>) -> Self {
        Self {
            method: request.method().clone(),
            path: shown(request.uri().path()),
            version: request.version(),
        }
    }

    /// Writes the line.
    pub(crate) fn log<B>(&self, answer: &Response<B>, took: Duration) {
        let request_id = answer
            .headers()
            .get("x-request-id")
            .and_then(|value| value.to_str().ok());
        tracing::info!(
            http.method = %self.method,
            http.path = %self.path,
            http.route = answer.extensions().get::<MatchedRoute>().map(|route| route.0),
            http.status = answer.status().as_u16(),
            http.version = ?self.version,
            duration_ms = (took.as_secs_f64() * 100_000.0).round() / 100.0,
            request.id = request_id,
            service.version = env!("CARGO_PKG_VERSION"),
            "request"
        );
    }
}

fn shown(path: &str) -> String {
    let segments: Vec<&str> = path
        .split('/')
        .map(|segment| {
            let is_id = segment.len() < LONGEST_ID
                && segment
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
            if is_id { segment } else { "…" }
        })
        .collect();
    segments.join("/").chars().take(LONGEST_PATH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_shown_and_secrets_and_addresses_are_not() {
        assert_eq!(
            shown("/v1/users/usr_01ARZ3NDEKTSV4RRFFQ69G5FAV/ban"),
            "/v1/users/usr_01ARZ3NDEKTSV4RRFFQ69G5FAV/ban"
        );
        let secret = format!("/v1/x/sk_live_{}", "a".repeat(56));
        assert_eq!(shown(&secret), "/v1/x/…");
        assert_eq!(shown("/v1/ada%40example.com"), "/v1/…");
    }
}
