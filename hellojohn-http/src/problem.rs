//! The only place where an error meets a status.

mod statuses;

use std::{borrow::Cow, error::Error as _, fmt::Write as _, time::Duration};

use hellojohn_core::{
    Error, credential::CredentialError, input::FieldError, input::InputError, mfa::MfaError,
};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use serde_json::{Map, Value, json};

use crate::handlers::mfa::challenge_members;

pub(crate) use self::statuses::{CODES, status_of};

/// An error as the client sees it, with its cause kept for the log.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
    details: Vec<FieldError>,
    header: Option<Box<(HeaderName, HeaderValue)>>,
    /// What this code says besides, by name.
    members: Option<Box<Map<String, Value>>>,
    cause: Option<Box<Error>>,
}

impl Problem {
    /// A problem of the HTTP layer itself.
    pub(crate) fn new(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        let status = status_of(code);
        let header = match status {
            // RFC 9110 §11.6.1 asks for a challenge with every 401.
            StatusCode::UNAUTHORIZED => Some((
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"hellojohn\""),
            )),
            StatusCode::SERVICE_UNAVAILABLE => {
                Some((header::RETRY_AFTER, HeaderValue::from_static("1")))
            }
            _ => None,
        };
        Self {
            status,
            code,
            message: message.into(),
            details: Vec::new(),
            header: header.map(Box::new),
            members: None,
            cause: None,
        }
    }

    /// No such route. Says nothing about what was asked.
    pub(crate) fn not_found() -> Self {
        Self::new("not_found", "there is nothing here")
    }

    /// Another method would be answered.
    pub(crate) fn method_not_allowed(allowed: &[Method]) -> Self {
        let mut problem = Self::new(
            "method_not_allowed",
            "this resource does not answer the method",
        );
        problem.header = allow(allowed).map(|value| Box::new((header::ALLOW, value)));
        problem
    }

    /// A header, query or other part of the request that is not the body.
    pub(crate) fn invalid_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new("invalid_request", message)
    }

    /// The body is not one JSON object.
    pub(crate) fn invalid_json(message: &'static str) -> Self {
        Self::new("invalid_json", message)
    }

    /// Fields that are missing or of the wrong form.
    pub(crate) fn fields(details: Vec<FieldError>) -> Self {
        let mut problem = Self::new("validation_failed", "some fields are not valid");
        problem.details = details;
        problem
    }

    /// One field that is not acceptable.
    pub(crate) fn field(field: &'static str, code: &'static str) -> Self {
        Self::fields(vec![FieldError::new(field, code)])
    }

    /// Something this version does not do, which a client must not take for done.
    pub(crate) fn not_available(what: &'static str) -> Self {
        Error::from(CredentialError::NotAvailable(what)).into()
    }

    /// Too many requests; another one may be made after so many seconds (RFC 6585 §4).
    pub(crate) fn rate_limited(seconds: u64) -> Self {
        let mut problem = Self::new("rate_limit_exceeded", "too many requests; try again later")
            .with_member("retry_after", seconds);
        problem.header = Some(Box::new((header::RETRY_AFTER, seconds.into())));
        problem
    }

    /// Says more in the error object than its code.
    #[must_use]
    pub(crate) fn with_member(mut self, name: &str, value: impl Into<Value>) -> Self {
        let members = self.members.get_or_insert_default();
        members.insert(name.to_owned(), value.into());
        self
    }

    /// Something of ours broke, without an [`Error`] to keep.
    pub(crate) fn internal() -> Self {
        Self::new("internal_error", INTERNAL)
    }

    /// The same problem where the field has another name in the request.
    #[must_use]
    pub(crate) fn renaming(mut self, from: &str, to: &str) -> Self {
        for detail in self.details.iter_mut().filter(|d| d.field == from) {
            to.clone_into(&mut detail.field);
        }
        self
    }

    pub(crate) const fn code(&self) -> &'static str {
        self.code
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn header(&self) -> Option<&(HeaderName, HeaderValue)> {
        self.header.as_deref()
    }

    /// The envelope of every error.
    pub(crate) fn body(&self, request_id: &str) -> Vec<u8> {
        let mut error = json!({
            "code": self.code,
            "message": self.message,
            "status": self.status.as_u16(),
            "request_id": request_id,
        });
        if let (false, Some(error)) = (self.details.is_empty(), error.as_object_mut()) {
            error.insert("details".to_owned(), json!(self.details));
        }
        if let (Some(members), Some(error)) = (&self.members, error.as_object_mut()) {
            error.extend((**members).clone());
        }
        json!({ "error": error }).to_string().into_bytes()
    }

    /// Writes one line if the fault is ours. Errors of the client are the client's business.
    pub(crate) fn log(&self, request_id: &str) {
        if !self.status.is_server_error() || self.status == StatusCode::NOT_IMPLEMENTED {
            return;
        }
        let cause = self.cause.as_deref().map(chain).unwrap_or_default();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            tracing::warn!(request.id = request_id, error.code = self.code, error.cause = %cause, "request refused for now");
        } else {
            tracing::error!(request.id = request_id, error.code = self.code, error.cause = %cause, "request failed");
        }
    }
}

const INTERNAL: &str = "something went wrong on our side";

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = error.code();
        let message: Cow<'static, str> = match status_of(code) {
            StatusCode::SERVICE_UNAVAILABLE => "the service is busy; try again".into(),
            status if status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED => {
                INTERNAL.into()
            }
            _ => error.to_string().into(),
        };
        let mut problem = Self::new(code, message);
        problem.details = details(&error);
        problem.members = members(&error).map(Box::new);
        if let Some(header) = retry_after(&error) {
            problem.header = Some(Box::new(header));
        }
        problem.cause = Some(Box::new(error));
        problem
    }
}

fn details(error: &Error) -> Vec<FieldError> {
    match error {
        Error::Credential(CredentialError::Weak(weakness)) => {
            vec![FieldError::new("password", weakness.code())]
        }
        Error::Input(InputError::InvalidEmail) => vec![FieldError::new("email", "invalid_format")],
        other => other.fields().to_vec(),
    }
}

/// What a code tells beside the documented members.
fn members(error: &Error) -> Option<Map<String, Value>> {
    match error {
        Error::Mfa(MfaError::Required(required)) => Some(challenge_members(required)),
        Error::Mfa(error) => {
            let seconds = whole_seconds(error.retry_after()?);
            Some(Map::from_iter([("retry_after".to_owned(), json!(seconds))]))
        }
        _ => None,
    }
}

/// How long a client waits before it tries again (RFC 9110 §10.2.3).
fn retry_after(error: &Error) -> Option<(HeaderName, HeaderValue)> {
    let Error::Mfa(error) = error else {
        return None;
    };
    let seconds = whole_seconds(error.retry_after()?);
    Some((header::RETRY_AFTER, HeaderValue::from(seconds)))
}

fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs().max(1)
}

/// The error and what caused it, outermost first.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let _ = write!(text, ": {inner}");
        cause = inner.source();
    }
    text
}

/// The `Allow` header for these methods.
pub(crate) fn allow(methods: &[Method]) -> Option<HeaderValue> {
    let names: Vec<&str> = methods.iter().map(Method::as_str).collect();
    HeaderValue::from_str(&names.join(", ")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hellojohn_core::{password::Weakness, store::StoreError, user::UserError};

    fn shown(error: impl Into<Error>) -> Value {
        serde_json::from_slice(&Problem::from(error.into()).body("req_1")).unwrap()
    }

    #[test]
    fn the_envelope_has_the_documented_members() {
        let shown = shown(UserError::NotFound);
        let expected = json!({"error": {
            "code": "user_not_found", "message": "there is no such user", "status": 404, "request_id": "req_1",
        }});
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_broken_rule_is_named() {
        let shown = shown(CredentialError::Weak(Weakness::TooShort { min: 8 }));
        assert_eq!(shown["error"]["code"], "password_too_weak");
        assert_eq!(
            shown["error"]["details"],
            json!([{"field": "password", "code": "too_short"}])
        );
    }

    #[test]
    fn causes_stay_inside() {
        let cause = std::io::Error::other("secret host 10.0.0.1 refused");
        let problem = Problem::from(Error::from(StoreError::Unavailable(cause.into())));
        assert_eq!(problem.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(problem.header().is_some());
        let body = String::from_utf8(problem.body("req_1")).unwrap();
        assert!(!body.contains("10.0.0.1"), "{body}");
    }
}
