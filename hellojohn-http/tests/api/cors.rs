//! Browser pages: exact origins of the tenant, never a reflection (R183).

use hellojohn_core::access::Operator;
use http::Method;
use serde_json::json;

use crate::{ask::Answer, world::World};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_preflight_is_answered_for_listed_origins,
    an_answer_is_shared_with_its_own_tenants_origins,
    public_metadata_is_for_every_page,
    options_without_an_origin_says_what_is_allowed,
);

const APP: &str = "https://app.example";

async fn listed(world: &World) {
    let changes = json!({ "allowed_origins": [APP] })
        .as_object()
        .unwrap()
        .clone();
    let operator = Operator::local();
    world
        .engine
        .configure_tenant(&operator, world.acme.id, changes)
        .await
        .unwrap();
}

async fn preflight(world: &World, path: &str, origin: &str) -> Answer {
    let ask = world.ask(Method::OPTIONS, path).header("origin", origin);
    ask.header("access-control-request-method", "POST")
        .send()
        .await
}

const UNLISTED: [&str; 9] = [
    "https://evil.example",
    "http://app.example",
    "https://app.example.evil.example",
    "https://evilapp.example",
    "https://APP.example",
    "https://app.example:8443",
    "https://app.example/",
    "null",
    "*",
];

async fn a_preflight_is_answered_for_listed_origins(world: World) {
    let before = preflight(&world, "/v1/auth/sign-in", APP).await;
    assert_eq!(before.outcome(), "403 origin_not_allowed");
    listed(&world).await;
    for origin in [APP, "https://console.example"] {
        let answer = preflight(&world, "/v1/auth/sign-in", origin).await;
        assert_eq!(answer.outcome(), "204");
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert_eq!(
            answer.header("access-control-allow-methods"),
            "POST, OPTIONS"
        );
        assert_eq!(answer.header("access-control-allow-credentials"), "true");
        assert!(
            answer
                .header("access-control-allow-headers")
                .contains("authorization")
        );
        assert_eq!(answer.header("vary"), "Origin");
    }
    for origin in UNLISTED {
        let answer = preflight(&world, "/v1/auth/sign-in", origin).await;
        assert_eq!(answer.outcome(), "403 origin_not_allowed", "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
    assert_eq!(
        preflight(&world, "/nothing", APP).await.outcome(),
        "404 not_found"
    );
}

async fn an_answer_is_shared_with_its_own_tenants_origins(world: World) {
    listed(&world).await;
    let ask = |key: &str, origin: &str| {
        world
            .get("/v1/auth/config")
            .bearer(key)
            .header("origin", origin)
            .send()
    };
    let shared = ask(&world.acme.publishable, APP).await;
    assert_eq!(shared.outcome(), "200");
    assert_eq!(shared.header("access-control-allow-origin"), APP);
    assert!(
        shared
            .header("access-control-expose-headers")
            .contains("x-request-id")
    );
    // Another tenant's page: answered, since it holds the key, but not readable there.
    let other = ask(&world.globex.publishable, APP).await;
    assert_eq!(other.outcome(), "200");
    assert_eq!(other.header("access-control-allow-origin"), "");
    assert_eq!(other.header("vary"), "Origin");
    for origin in UNLISTED {
        let answer = ask(&world.acme.publishable, origin).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
    // A page must be able to read why its token was refused.
    let expired = world
        .get("/v1/auth/me")
        .bearer("x")
        .header("origin", APP)
        .send()
        .await;
    assert_eq!(expired.outcome(), "401 invalid_token");
    assert_eq!(expired.header("access-control-allow-origin"), APP);
    let none = world
        .get("/v1/auth/config")
        .bearer(&world.acme.publishable)
        .send()
        .await;
    assert_eq!(none.header("vary"), "Origin");
}

async fn public_metadata_is_for_every_page(world: World) {
    let tenant = format!("/v1/jwks/{}", world.acme.id);
    for path in [
        "/.well-known/jwks.json",
        "/.well-known/paserk.json",
        "/openapi.json",
        tenant.as_str(),
    ] {
        let answer = world
            .get(path)
            .header("origin", "https://any.example")
            .send()
            .await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(
            answer.header("access-control-allow-credentials"),
            "",
            "{path}"
        );
        let preflight = preflight(&world, path, "https://any.example").await;
        assert_eq!(preflight.outcome(), "204", "{path}");
        assert_eq!(
            preflight.header("access-control-allow-origin"),
            "*",
            "{path}"
        );
    }
}

async fn options_without_an_origin_says_what_is_allowed(world: World) {
    let options = |path: &str| world.ask(Method::OPTIONS, path).send();
    let users = options("/v1/users").await;
    assert_eq!(
        (users.status, users.header("allow")),
        (204, "GET, HEAD, POST, OPTIONS")
    );
    let one = options("/v1/users/usr_1").await;
    assert_eq!(one.header("allow"), "GET, HEAD, PATCH, DELETE, OPTIONS");
}
