//! Which browser pages may talk to us (R183): exact origins, never a reflection.

use hellojohn_core::{Engine, access::Caller};
use http::{HeaderMap, HeaderValue, Method, header};

use crate::{
    problem::{self, Problem},
    reply::Reply,
    route::{Origins, Route},
};

const REQUEST_HEADERS: &str = "authorization, content-type, x-tenant-id, x-client-id, \
     x-request-id, idempotency-key, x-hellojohn-session-mode";
const READABLE_HEADERS: &str = "x-request-id, x-hellojohn-version, idempotency-replayed, retry-after, etag, \
     x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset";
const PREFLIGHT_MAX_AGE: &str = "600";

/// Whether a caller's tenant or the instance lists an origin.
pub(crate) fn is_listed(engine: &Engine, caller: &Caller, origin: &str) -> bool {
    caller.tenant().config.allows_origin(origin)
        || engine
            .settings()
            .allowed_origins
            .iter()
            .any(|allowed| allowed == origin)
}

/// Answers OPTIONS: a preflight by the lists, anything else with what is allowed here.
///
/// A preflight carries no credential and so no tenant: an origin any served tenant lists
/// may go on, and the request itself is then held against its own tenant's list.
pub(crate) async fn options(
    engine: &Engine,
    headers: &HeaderMap,
    origins: Origins,
    methods: &[Method],
) -> Result<Reply, Problem> {
    let allowed = problem::allow(methods).ok_or_else(Problem::internal)?;
    let origin = headers.get(header::ORIGIN);
    let asked = headers.get(header::ACCESS_CONTROL_REQUEST_METHOD);
    let (Some(origin), Some(_)) = (origin, asked) else {
        return Ok(Reply::empty().with_header(header::ALLOW, allowed));
    };
    let known = match (origins, origin.to_str()) {
        (Origins::Every, _) => true,
        (Origins::Listed, Ok(origin)) => engine.allows_origin(origin).await?,
        (Origins::Listed, Err(_)) => false,
    };
    if !known {
        return Err(Problem::new(
            "origin_not_allowed",
            "no tenant allows this origin",
        ));
    }
    let max_age = HeaderValue::from_static(PREFLIGHT_MAX_AGE);
    Ok(Reply::empty()
        .with_header(header::ACCESS_CONTROL_ALLOW_METHODS, allowed)
        .with_header(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static(REQUEST_HEADERS),
        )
        .with_header(header::ACCESS_CONTROL_MAX_AGE, max_age))
}

/// Says on an answer which origin may read it.
///
/// Once the tenant is known its own list counts. An answer given before (a refused token, a
/// preflight) holds nothing but an error code, and follows the lists of all tenants.
pub(crate) async fn share(
    engine: &Engine,
    headers: &mut HeaderMap,
    origin: Option<&HeaderValue>,
    seen: Seen<'_>,
) {
    if seen
        .route
        .is_some_and(|route| route.origins == Origins::Every)
    {
        let every = HeaderValue::from_static("*");
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, every);
        return;
    }
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    let Some((value, text)) = origin.and_then(|value| Some((value, value.to_str().ok()?))) else {
        return;
    };
    let listed = match seen.caller {
        Some(caller) => is_listed(engine, caller, text),
        None => engine.allows_origin(text).await.unwrap_or(false),
    };
    if !listed {
        return;
    }
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, value.clone());
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        HeaderValue::from_static("true"),
    );
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(READABLE_HEADERS),
    );
}

/// What is known of a request when its answer is written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen<'a> {
    pub(crate) route: Option<&'a Route>,
    pub(crate) caller: Option<&'a Caller>,
}
