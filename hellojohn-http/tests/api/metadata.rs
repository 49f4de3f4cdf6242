//! Health, keys, and the API's description of itself.

use hellojohn_core::{secret::SecretString, token::OfflineVerifier};
use hellojohn_http::{
    Access, Api, HttpSettings, MetricsPage, Readiness, SchemaState, openapi_document, routes,
};
use http::Method;
use serde_json::{Value, json};

use crate::{
    ask::Ask,
    world::{ISSUER, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    readiness_follows_the_hosts_switch,
    metrics_are_for_who_may_see_them,
    the_published_keys_verify_what_was_issued,
    the_page_loads_nothing,
    without_a_database_it_says_so_and_no_more,
);

async fn readiness_follows_the_hosts_switch(world: World) {
    let readiness = Readiness::default();
    let schema = SchemaState {
        version: Some("20261120_001".to_owned()),
        ..SchemaState::default()
    };
    readiness.note_schema(schema.clone());
    let settings = HttpSettings {
        readiness: readiness.clone(),
        ..world.settings.clone()
    };
    let api = Api::new(world.engine.clone(), settings).unwrap();
    let get = |path: &str| Ask::new(&api, Method::GET, path).send();
    let body = json!({
        "status": "ok", "version": "9.8.7", "schema_version": "20261120_001",
        "pending_migrations": 0,
        "checks": { "database": "ok", "signing_key": "ok", "migrations": "ok", "redis": "disabled" },
    });
    for path in ["/health", "/health/ready", "/readyz"] {
        assert_eq!(get(path).await.body, body, "{path}");
    }
    let one = || vec!["20261120_002_more".to_owned()];
    readiness.note_schema(SchemaState {
        pending: one(),
        ..schema.clone()
    });
    let pending = get("/health").await;
    assert_eq!(
        (pending.status, pending.at("/checks/migrations")),
        (200, "pending")
    );
    assert_eq!(pending.body["pending_migrations"], 1);
    assert_eq!(pending.body["checks"]["pending"], json!(one()));
    readiness.note_schema(SchemaState {
        newer: one(),
        ..schema.clone()
    });
    let newer = get("/health").await;
    assert_eq!(
        (newer.status, newer.at("/checks/migrations")),
        (200, "newer")
    );
    assert_eq!(newer.body["checks"]["newer"], json!(one()));
    readiness.note_schema(schema);
    assert_eq!(get("/health").await.body, body);
    readiness.set_unready();
    for path in ["/health", "/health/ready", "/readyz"] {
        let draining = get(path).await;
        assert_eq!((draining.status, draining.at("/status")), (503, "draining"));
    }
    for path in ["/healthz", "/health/live", "/livez"] {
        assert_eq!(get(path).await.body, json!({ "status": "ok" }));
    }
    // Draining is asked for, not enforced: what still comes is answered.
    assert_eq!(get("/.well-known/jwks.json").await.outcome(), "200");
    readiness.set_ready();
    assert_eq!(get("/readyz").await.outcome(), "200");
}

async fn metrics_are_for_who_may_see_them(world: World) {
    let get = |api: &Api, peer: &str| Ask::new(api, Method::GET, "/metrics").peer(peer);
    let without = get(&world.api, "127.0.0.1:5").send().await;
    assert_eq!(without.outcome(), "404 not_found");

    let page = MetricsPage::new(|| "x 1\n".to_owned());
    let open = HttpSettings {
        metrics: Some(page.clone()),
        ..world.settings.clone()
    };
    let open = Api::new(world.engine.clone(), open).unwrap();
    let near = get(&open, "10.0.0.5:80").send().await;
    assert_eq!((near.status, near.text.as_str()), (200, "x 1\n"));
    assert_eq!(near.header("content-type"), MetricsPage::CONTENT_TYPE);
    let far = get(&open, "203.0.113.7:80").send().await;
    assert_eq!(far.outcome(), "401 missing_token");
    let unknown = Ask::new(&open, Method::GET, "/metrics").send().await;
    assert_eq!(unknown.outcome(), "401 missing_token");

    let token = SecretString::from("a-token-for-the-scraper".to_owned());
    let closed = HttpSettings {
        metrics: Some(page.with_token(Some(token))),
        ..world.settings.clone()
    };
    let closed = Api::new(world.engine.clone(), closed).unwrap();
    let near = get(&closed, "127.0.0.1:5").send().await;
    assert_eq!(near.outcome(), "401 missing_token");
    let far = get(&closed, "203.0.113.7:80").bearer("a-token-for-the-scraper");
    assert_eq!(far.send().await.outcome(), "200");
}

async fn the_published_keys_verify_what_was_issued(world: World) {
    let keys = world.get("/.well-known/jwks.json").send().await;
    assert_eq!(keys.body["keys"][0]["crv"], "Ed25519");
    assert!(keys.body["keys"][0].get("d").is_none());
    let verifier = OfflineVerifier::new(ISSUER, world.acme.id, &keys.text);
    let now = world.engine.now();
    let claims = verifier
        .unwrap()
        .verify(world.acme.access_token(), now)
        .unwrap();
    assert_eq!(claims.subject, world.acme.user_id());
    let tenant = world
        .get(format!("/v1/jwks/{}", world.acme.id))
        .send()
        .await;
    assert_eq!(tenant.body, keys.body);
    let paserk = world.get("/.well-known/paserk.json").send().await;
    assert!(paserk.at("/keys/0/paserk").starts_with("k4.public."));
}

async fn the_page_loads_nothing(world: World) {
    let page = world.get("/docs").send().await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("style-src 'sha256-"), "{policy}");
    for forbidden in [
        "<script",
        "src=",
        "url(",
        "@import",
        " style=\"",
        " onclick",
    ] {
        assert!(!page.text.contains(forbidden), "{forbidden}");
    }
    for route in routes() {
        let anchor = format!("id=\"{}\"", route.operation_id());
        assert!(page.text.contains(&anchor), "{route:?} is not on the page");
    }
}

async fn without_a_database_it_says_so_and_no_more(world: World) {
    assert_eq!(
        world.get("/.well-known/jwks.json").send().await.outcome(),
        "200"
    );
    world.lose_database().await;
    let users = world
        .get("/v1/users")
        .bearer(&world.acme.secret)
        .send()
        .await;
    assert_eq!(users.outcome(), "503 service_unavailable");
    assert_eq!(users.header("retry-after"), "1");
    assert_eq!(users.at("/error/message"), "the service is busy; try again");
    let health = world.get("/health").send().await;
    assert_eq!((health.status, health.at("/status")), (503, "unavailable"));
    assert_eq!(world.get("/livez").send().await.outcome(), "200");
    // Verifiers must not go blind because a database does.
    assert_eq!(
        world.get("/.well-known/jwks.json").send().await.outcome(),
        "200"
    );
}

/// Every `$ref` in a document.
fn references(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(to)) = object.get("$ref") {
                into.push(to.clone());
            }
            object.values().for_each(|value| references(value, into));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, into)),
        _ => {}
    }
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one walk over every operation of the description"
)]
fn the_description_is_whole() {
    let document = openapi_document(&routes(), ISSUER, "1.2.3");
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], ISSUER);
    for route in routes() {
        let method = route.method().as_str().to_lowercase();
        let operation = &document["paths"][route.path()][&method];
        assert_eq!(operation["operationId"], route.operation_id());
        let good = &operation["responses"][route.success().as_str()];
        assert!(good["description"].is_string(), "{route:?}");
        assert!(
            operation["responses"]["default"]["content"].is_object(),
            "{route:?}"
        );
        assert_eq!(
            operation["requestBody"].is_object(),
            route.has_body() || route.takes_form(),
            "{route:?}"
        );
        let describes = |status: &str, code: &str| {
            let text = operation["responses"][status]["description"].as_str();
            text.is_some_and(|text| text.contains(&format!("`{code}`")))
        };
        let kept = route.who() != Some(Access::Public);
        assert_eq!(describes("401", "invalid_token"), kept, "{route:?}");
        assert_eq!(
            describes("403", "insufficient_permissions"),
            kept,
            "{route:?}"
        );
        let asks = operation["responses"]["404"].is_object();
        assert_eq!(
            asks,
            route.path().contains('{')
                || route.who() == Some(Access::Anyone)
                // Its body names a factor.
                || ["send_mfa_challenge", "verify_mfa", "step_up"].contains(&route.operation_id())
                || route.path() == "/metrics"
        );
        assert!(
            !route.has_body() || describes("422", "validation_failed"),
            "{route:?}"
        );
        let takes_mode = [
            "sign_up",
            "sign_in",
            "sign_out",
            "refresh_token",
            "verify_mfa",
            "redeem_magic_link",
            "passkey_sign_in",
        ];
        let mode = operation["parameters"].as_array().unwrap();
        let mode = mode.iter().any(|p| p["name"] == "X-HelloJohn-Session-Mode");
        assert_eq!(
            mode,
            takes_mode.contains(&route.operation_id()),
            "{route:?}"
        );
        let open = operation["security"].as_array().unwrap().is_empty();
        assert_eq!(open, route.who() == Some(Access::Public), "{route:?}");
        for name in route
            .path()
            .split('/')
            .filter_map(|s| s.strip_prefix('{')?.strip_suffix('}'))
        {
            let parameters = operation["parameters"].as_array().unwrap();
            let there = parameters
                .iter()
                .any(|p| p["in"] == "path" && p["name"] == name);
            assert!(there, "{route:?} does not describe {name}");
        }
    }
    let health = &document["paths"]["/health"]["get"]["responses"];
    assert_eq!(health["503"]["content"], health["200"]["content"]);
    assert_eq!(health["503"]["description"], "Service Unavailable");
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 20);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(
            document.pointer(pointer).is_some(),
            "{reference} leads nowhere"
        );
    }
    let sign_up = &document["components"]["schemas"]["SignUp"];
    assert_eq!(sign_up["required"], json!(["email", "password"]));
    let users = &document["paths"]["/v1/users"]["get"]["parameters"];
    let names: Vec<&str> = users
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|p| p["name"].as_str())
        .collect();
    assert!(
        names.contains(&"limit") && names.contains(&"q"),
        "{names:?}"
    );
    let users = users.as_array().unwrap();
    let deprecated = users.iter().filter(|p| p["deprecated"] == true);
    let mut deprecated: Vec<&str> = deprecated.filter_map(|p| p["name"].as_str()).collect();
    // As they are declared or by name: how maps are ordered is a feature of `serde_json`.
    deprecated.sort_unstable();
    assert_eq!(deprecated, ["direction", "order_by"]);
}
