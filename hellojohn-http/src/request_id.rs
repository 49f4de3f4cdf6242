//! What a request is called in answers, logs and the audit log.

use hellojohn_core::{Engine, id::RequestId};
use http::{HeaderMap, HeaderName};

pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request's name: the client's own if it is harmless, else a new one.
#[derive(Clone, Debug)]
pub(crate) struct RequestName {
    text: String,
    id: Option<RequestId>,
}

impl RequestName {
    pub(crate) fn of(headers: &HeaderMap, engine: &Engine) -> Self {
        let given = headers
            .get(X_REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|text| is_harmless(text));
        if let Some(text) = given {
            return Self {
                text: text.to_owned(),
                id: text.parse().ok(),
            };
        }
        let id = engine.new_request_id();
        Self {
            text: id.to_string(),
            id: Some(id),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The id for the audit log, which keeps only ids of our own shape.
    pub(crate) const fn id(&self) -> Option<RequestId> {
        self.id
    }
}

/// Safe in logs and headers alike (R178).
fn is_harmless(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}
