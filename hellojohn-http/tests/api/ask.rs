//! Requests and answers, short to write.

use bytes::Bytes;
use hellojohn_http::{Api, PeerAddress};
use http::{HeaderMap, Method, Request};
use http_body_util::{BodyExt, Full};
use serde_json::Value;
use tower::ServiceExt;

/// A request in the making.
#[derive(Clone)]
pub(crate) struct Ask {
    api: Api,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Bytes,
    peer: Option<PeerAddress>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Ask {
    pub(crate) fn new(api: &Api, method: Method, path: impl Into<String>) -> Self {
        Self {
            api: api.clone(),
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Bytes::new(),
            peer: None,
        }
    }

    pub(crate) fn bearer(self, credential: &str) -> Self {
        self.header("authorization", &format!("Bearer {credential}"))
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn peer(mut self, address: &str) -> Self {
        self.peer = Some(PeerAddress(address.parse().unwrap()));
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json")
            .raw(body.to_string())
    }

    /// The fields of a page.
    pub(crate) fn form(self, fields: &str) -> Self {
        self.header("content-type", "application/x-www-form-urlencoded")
            .raw(fields.to_owned())
    }

    pub(crate) fn raw(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        if let Some(peer) = self.peer {
            request = request.extension(peer);
        }
        let request = request.body(Full::new(self.body)).unwrap();
        let (head, body) = self.api.oneshot(request).await.unwrap().into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
        }
    }
}

impl Answer {
    /// The status, and the error's code if it is one.
    pub(crate) fn outcome(&self) -> String {
        match self.body["error"]["code"].as_str() {
            Some(code) => format!("{} {code}", self.status),
            None => self.status.to_string(),
        }
    }

    /// The same with the fields that were not acceptable.
    pub(crate) fn details(&self) -> String {
        let mut text = self.outcome();
        for detail in self.body["error"]["details"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let part = |name: &str| detail[name].as_str().unwrap().to_owned();
            text = format!("{text} {}:{}", part("field"), part("code"));
        }
        text
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// A text in the body, by JSON pointer.
    pub(crate) fn at(&self, pointer: &str) -> &str {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no {pointer} in {}", self.text))
    }
}
