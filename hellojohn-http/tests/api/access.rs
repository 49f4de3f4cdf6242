//! Every route of the table refuses whom it does not name (R172).

use std::sync::LazyLock;

use hellojohn_core::{access::Operator, api_key::KeyKind, flows::NewApiKey, secret::ExposeSecret};
use hellojohn_http::{Access, Route, openapi_document, routes};
use serde_json::Value;

use crate::{
    ask::{Answer, Ask},
    world::{ISSUER, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_route_refuses_who_shows_nothing,
    a_route_refuses_every_other_kind_of_credential,
    a_key_reaches_only_what_its_scopes_cover,
    credentials_are_read_strictly,
    the_client_id_header_stands_for_a_publishable_key,
);

/// Refusals are described: every one these tests meet stands at its route in the document.
fn is_described(route: &Route, answer: &Answer) -> bool {
    static DOCUMENT: LazyLock<Value> =
        LazyLock::new(|| openapi_document(&routes(), ISSUER, "1.2.3"));
    let method = route.method().as_str().to_lowercase();
    let responses = &DOCUMENT["paths"][route.path()][method.as_str()]["responses"];
    let text = responses[answer.status.to_string()]["description"].as_str();
    let code = answer.body["error"]["code"].as_str().unwrap_or_default();
    text.is_some_and(|text| text.contains(code))
}

/// A path of the route with ids nobody has.
fn path(route: &Route) -> String {
    route
        .path()
        .replace("{id}", "usr_00000000000000000000000000")
        .replace("{kid}", "kid_none")
        .replace("{factor_id}", "fac_00000000000000000000000000")
        .replace("{tenant_id}", "tnt_00000000000000000000000000")
}

fn ask(world: &World, route: &Route) -> Ask {
    let ask = world.ask(route.method().clone(), path(route));
    if route.has_body() {
        ask.json(&serde_json::json!({}))
    } else {
        ask
    }
}

async fn a_route_refuses_who_shows_nothing(world: World) {
    for route in routes() {
        let answer = ask(&world, &route).send().await;
        let expected = match route.who().unwrap() {
            Access::Public if route.path().contains('{') => "404 tenant_not_found",
            // This host shows none.
            Access::Public if route.path() == "/metrics" => "404 not_found",
            Access::Public => "200",
            Access::Anyone => "400 tenant_required",
            // The one-time secret is in the body, and `{}` has none.
            Access::Handle => "422 validation_failed",
            _ => "401 missing_token",
        };
        assert_eq!(answer.outcome(), expected, "{route:?}");
        assert!(is_described(&route, &answer), "{route:?} {expected}");
        // Naming a tenant is no credential.
        let named = ask(&world, &route).header("x-tenant-id", &world.acme.id.to_string());
        if !matches!(
            route.who().unwrap(),
            Access::Public | Access::Anyone | Access::Handle
        ) {
            assert_eq!(
                named.send().await.outcome(),
                "401 missing_token",
                "{route:?}"
            );
        }
    }
}

async fn a_route_refuses_every_other_kind_of_credential(world: World) {
    let kinds = [
        ("pk", world.acme.publishable.as_str()),
        ("sk", world.acme.secret.as_str()),
        ("at", world.acme.access_token()),
        ("mk", world.master.as_str()),
    ];
    for route in routes() {
        let welcome: &[&str] = match route.who().unwrap() {
            Access::Public => continue,
            Access::Anyone | Access::Publishable => &["pk"],
            Access::Handle => &["pk", "at"],
            Access::User => &["at"],
            Access::Server(_) => &["sk"],
            Access::UserOrServer(_) => &["at", "sk"],
            Access::Operator(_) => &["mk"],
            other => panic!("{other:?} has no row here"),
        };
        for (kind, credential) in kinds {
            if welcome.contains(&kind) {
                continue;
            }
            let answer = ask(&world, &route).bearer(credential).send().await;
            assert_eq!(
                answer.outcome(),
                "403 insufficient_permissions",
                "{route:?} with {kind}"
            );
            assert!(is_described(&route, &answer), "{route:?} with {kind}");
        }
    }
}

async fn a_key_reaches_only_what_its_scopes_cover(world: World) {
    let unrelated = world.key_with(&["audit_logs:read"]).await;
    let tenants = NewApiKey {
        scopes: vec!["tenants:read".to_owned()],
        ..NewApiKey::named("narrow", KeyKind::Master)
    };
    let engine = &world.engine;
    let tenants = engine.create_master_key(&Operator::local(), tenants).await;
    let tenants = tenants.unwrap().key.expose_secret().to_owned();
    for route in routes() {
        let (scope, key, others) = match route.who().unwrap() {
            Access::Server(scope) | Access::UserOrServer(scope) => {
                (scope, world.key_with(&[scope]).await, &unrelated)
            }
            Access::Operator(scope) => {
                let new = NewApiKey {
                    scopes: vec![scope.to_owned()],
                    ..NewApiKey::named("exact", KeyKind::Master)
                };
                let made = engine.create_master_key(&Operator::local(), new).await;
                (
                    scope,
                    made.unwrap().key.expose_secret().to_owned(),
                    &tenants,
                )
            }
            _ => continue,
        };
        let refused = ask(&world, &route).bearer(others).send().await;
        assert_eq!(
            refused.outcome(),
            "403 insufficient_permissions",
            "{route:?}"
        );
        let let_in = ask(&world, &route).bearer(&key).send().await;
        assert!(
            !matches!(let_in.status, 401 | 403 | 500),
            "{route:?} with {scope}: {}",
            let_in.outcome()
        );
        assert!(is_described(&route, &let_in), "{route:?}: {}", let_in.text);
    }
}

async fn credentials_are_read_strictly(world: World) {
    let (key, token) = (&world.acme.secret, world.acme.access_token());
    let flipped = format!("{}x", &token[..token.len() - 1]);
    let cases = [
        (format!("Bearer {key}"), "200"),
        (format!("bearer {key}"), "200"),
        (format!("BEARER  {key} "), "200"),
        ("Bearer".to_owned(), "401 missing_token"),
        ("Bearer ".to_owned(), "401 missing_token"),
        (String::new(), "401 missing_token"),
        (key.clone(), "401 missing_token"),
        (format!("Basic {key}"), "401 missing_token"),
        (format!("Bearer {key} {key}"), "401 invalid_token"),
        (format!("Bearer {key},"), "401 invalid_api_key"),
        (
            format!("Bearer {}", &key[..key.len() - 1]),
            "401 invalid_api_key",
        ),
        (
            format!("Bearer {}", key.to_uppercase()),
            "401 invalid_token",
        ),
        ("Bearer sk_live_".to_owned(), "401 invalid_api_key"),
        ("Bearer mk_live_x".to_owned(), "401 invalid_api_key"),
        ("Bearer pk_live_x".to_owned(), "401 invalid_publishable_key"),
        (format!("Bearer {flipped}"), "401 invalid_token"),
        (
            format!("Bearer {}", world.acme.refresh_token()),
            "401 invalid_token",
        ),
        (
            "Bearer eyJhbGciOiJub25lIn0.e30.".to_owned(),
            "401 invalid_token",
        ),
        (format!("Bearer {}", "a".repeat(8_000)), "401 invalid_token"),
    ];
    for (value, expected) in cases {
        let ask = world.get("/v1/sessions").header("authorization", &value);
        assert_eq!(ask.send().await.outcome(), expected, "{value}");
    }
    let twice = world.get("/v1/sessions").bearer(key).bearer(key);
    assert_eq!(twice.send().await.outcome(), "400 invalid_request");
}

async fn the_client_id_header_stands_for_a_publishable_key(world: World) {
    let ask = |value: &str| world.get("/v1/auth/config").header("x-client-id", value);
    assert_eq!(ask(&world.acme.publishable).send().await.outcome(), "200");
    for wrong in [world.acme.secret.as_str(), "pk_live_x", "x"] {
        let answer = ask(wrong).send().await;
        assert_eq!(answer.outcome(), "401 invalid_publishable_key", "{wrong}");
    }
}
