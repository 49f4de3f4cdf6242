//! The headers every answer carries, good or bad (R181).

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{reply::Caching, route::Access};

/// Whether the answer travels over TLS as far as we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Tls,
    Plain,
}

const ALWAYS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=()",
    ),
];

/// Nothing in an answer may be loaded, framed or run.
const POLICY: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

/// Adds the security headers. A policy the reply brought along stays.
pub(crate) fn secure(headers: &mut HeaderMap, transport: Transport) {
    for (name, value) in ALWAYS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(POLICY));
    if transport == Transport::Tls {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains; preload"),
        );
    }
}

/// Says who may keep the answer; what concerns a tenant, nobody.
pub(crate) fn cache(headers: &mut HeaderMap, caching: Caching, access: Option<Access>) {
    let value = match (caching, access) {
        (Caching::Public(seconds), _) => format!("public, max-age={seconds}"),
        (Caching::Never, None | Some(Access::Public)) => "no-store".to_owned(),
        (Caching::Never, Some(_)) => {
            headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
            "no-store, no-cache, must-revalidate, private".to_owned()
        }
    };
    if let Ok(value) = HeaderValue::from_str(&value) {
        headers.insert(header::CACHE_CONTROL, value);
    }
}
