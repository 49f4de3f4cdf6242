//! The tenant's own settings.

use serde_json::{Value, json};

use crate::{ask::Answer, world::World};

stamp!(crate::world::sqlite, crate::world::postgres;
    settings_change_one_by_one,
    settings_out_of_range_are_named,
    a_tenant_changes_only_itself,
);

async fn change(world: &World, body: Value) -> Answer {
    let ask = world.patch("/v1/admin/config").bearer(&world.acme.secret);
    ask.json(&body).send().await
}

async fn settings_change_one_by_one(world: World) {
    let read = || {
        world
            .get("/v1/admin/config")
            .bearer(&world.acme.secret)
            .send()
    };
    let before = read().await;
    assert_eq!(before.at("/access_token_ttl"), "15m");
    assert_eq!(before.at("/session_duration"), "30d");
    assert_eq!(before.at("/token_format"), "jwt");
    let body =
        json!({ "session_access_token_ttl": 300, "allowed_origins": ["https://app.example"] });
    let changed = change(&world, body).await;
    assert_eq!(changed.at("/access_token_ttl"), "5m");
    assert_eq!(changed.at("/session_duration"), "30d");
    let changed = change(&world, json!({ "password_min_length": 12 })).await;
    assert_eq!(changed.body["password_policy"]["min_length"], 12);
    assert_eq!(
        changed.body["allowed_origins"],
        json!(["https://app.example"])
    );
    assert_eq!(read().await.body, changed.body);
    let reset = change(&world, json!({ "access_token_ttl": null })).await;
    assert_eq!(reset.at("/access_token_ttl"), "15m");
    let paseto = change(&world, json!({ "token_format": "paseto" })).await;
    assert_eq!(paseto.at("/token_format"), "paseto");
}

async fn settings_out_of_range_are_named(world: World) {
    for (body, expected) in [
        (
            json!({ "access_token_ttl": "25h" }),
            "422 validation_failed access_token_ttl:out_of_range",
        ),
        (
            json!({ "access_token_ttl": "soon" }),
            "422 validation_failed access_token_ttl:invalid_value",
        ),
        (
            json!({ "allowed_redirect_urls": ["https://app.example/#x"] }),
            "422 validation_failed allowed_redirect_urls:invalid_format",
        ),
        (
            json!({ "links_base_url": "https://app.example" }),
            "422 validation_failed links_base_url:not_allowed",
        ),
        (
            json!({ "allowed_origins": ["https://app.example/"] }),
            "422 validation_failed allowed_origins:invalid_format",
        ),
        (
            json!({ "allowed_origins": ["*"] }),
            "422 validation_failed allowed_origins:invalid_format",
        ),
        (
            json!({ "allowed_origins": "x" }),
            "422 validation_failed allowed_origins:invalid_value",
        ),
        (
            json!({ "password_policy": { "min_length": 4 } }),
            "422 policy_too_weak",
        ),
        (
            json!({ "password_policy": 5, "password_min_length": 9 }),
            "422 validation_failed password_policy:invalid_type",
        ),
    ] {
        assert_eq!(
            change(&world, body.clone()).await.details(),
            expected,
            "{body}"
        );
    }
}

async fn a_tenant_changes_only_itself(world: World) {
    let read = || {
        world
            .get("/v1/admin/config")
            .bearer(&world.globex.secret)
            .send()
    };
    let before = read().await;
    assert_eq!(
        change(&world, json!({ "allow_sign_up": false }))
            .await
            .outcome(),
        "200"
    );
    assert_eq!(read().await.body, before.body);
}
