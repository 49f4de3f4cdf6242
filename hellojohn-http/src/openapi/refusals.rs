//! Which errors a route answers with: most follow from what kind of route it is.

use http::{Method, StatusCode};

use super::document::path_parameters;
use crate::{
    problem::status_of,
    route::{Access, RateClass, Route},
};

/// What any credential may be refused for, before the route's policy is looked at.
const CREDENTIAL: &[&str] = &[
    "invalid_token",
    "token_expired",
    "session_revoked",
    "invalid_api_key",
    "invalid_publishable_key",
    "insufficient_permissions",
    "tenant_mismatch",
    "tenant_suspended",
    "user_disabled",
    "user_banned",
    "service_unavailable",
];

/// What any body may be refused for.
const BODY: &[&str] = &[
    "invalid_json",
    "payload_too_large",
    "unsupported_media_type",
    "validation_failed",
];

/// The statuses a route refuses with, each with its codes.
pub(super) fn of(route: &Route) -> Vec<(StatusCode, Vec<&'static str>)> {
    let mut by_status: Vec<(StatusCode, Vec<&'static str>)> = Vec::new();
    for code in codes(route) {
        let status = status_of(code);
        match by_status.iter_mut().find(|(known, _)| *known == status) {
            Some((_, there)) if there.contains(&code) => {}
            Some((_, there)) => there.push(code),
            None => by_status.push((status, vec![code])),
        }
    }
    by_status
}

fn codes(route: &Route) -> Vec<&'static str> {
    let mut codes = vec!["invalid_request"];
    let access = route.access.unwrap_or(Access::Public);
    match access {
        Access::Public | Access::Handle => {}
        Access::Anyone => codes.extend(["tenant_required", "tenant_not_found"]),
        _ => codes.push("missing_token"),
    }
    if access != Access::Public {
        codes.extend(CREDENTIAL);
    }
    if route.body.is_some() {
        codes.extend(BODY);
    }
    if route.rate_class != RateClass::Unlimited {
        codes.push("rate_limit_exceeded");
    }
    if let Some(query) = route.query {
        codes.push("validation_failed");
        let schema = (query.inlined)();
        let properties = schema.get("properties");
        if properties.is_some_and(|all| all.get("cursor").is_some()) {
            codes.push("invalid_cursor");
        }
    }
    if route.method == Method::POST && !matches!(access, Access::Public | Access::Operator(_)) {
        codes.push("idempotency_conflict");
    }
    codes.extend(unknown(route.path));
    codes.extend(route.refusals);
    codes
}

/// What is answered when nothing has the id in the path.
fn unknown(path: &'static str) -> Option<&'static str> {
    path_parameters(path).next()?;
    let resources = [
        ("/v1/users/", "user_not_found"),
        ("/v1/sessions/", "session_not_found"),
        ("/v1/api-keys/", "api_key_not_found"),
        ("/v1/system/jwt-keys/", "signing_key_not_found"),
        ("/v1/jwks/", "tenant_not_found"),
    ];
    let found = resources
        .into_iter()
        .find(|(stem, _)| path.starts_with(stem));
    Some(found.map_or("not_found", |(_, code)| code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::routes;

    #[test]
    fn every_code_a_route_names_is_in_the_table() {
        for route in routes() {
            for code in codes(&route) {
                let status = status_of(code);
                assert_ne!(
                    status,
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "{route:?} {code}"
                );
            }
            assert_ne!(unknown(route.path), Some("not_found"), "{route:?}");
        }
    }
}
