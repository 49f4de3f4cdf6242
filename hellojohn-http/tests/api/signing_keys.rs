//! The keys that sign access tokens, in an operator's hands.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{ask::Answer, world::World};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_new_key_is_published_before_it_signs,
    a_key_in_use_is_not_retired_by_accident,
    only_good_keys_are_taken,
);

const KEYS: &str = "/v1/system/jwt-keys";

async fn add(world: &World, body: Value) -> Answer {
    world
        .post(KEYS)
        .bearer(&world.master)
        .json(&body)
        .send()
        .await
}

async fn status(world: &World, id: &str) -> String {
    let list = world.get(KEYS).bearer(&world.master).send().await;
    let keys = list.body["data"].as_array().unwrap().clone();
    let key = keys.iter().find(|key| key["key_id"] == id).unwrap();
    assert_eq!(key["is_signing_key"], key["status"] == "active");
    key["status"].as_str().unwrap().to_owned()
}

async fn a_new_key_is_published_before_it_signs(world: World) {
    let list = world.get(KEYS).bearer(&world.master).send().await;
    let old = list.at("/data/0/key_id").to_owned();
    let made = add(&world, json!({ "set_as_signing_key": true })).await;
    assert_eq!(made.outcome(), "201");
    assert_eq!(made.at("/algorithm"), "EdDSA");
    let new = made.at("/key_id").to_owned();
    assert!(new.starts_with("kid_"));
    assert!(!made.text.contains("PRIVATE"));
    assert_eq!(
        (status(&world, &new).await, status(&world, &old).await),
        ("standby".into(), "active".into())
    );
    let published = world.get("/.well-known/jwks.json").send().await;
    assert!(published.text.contains(&new) && published.text.contains(&old));
    world.clock.advance(Duration::from_mins(11));
    assert_eq!(
        (status(&world, &new).await, status(&world, &old).await),
        ("active".into(), "retiring".into())
    );
    let waiting = add(&world, json!({})).await;
    let path = format!("{KEYS}/{}/activate", waiting.at("/key_id"));
    let later = world.post(path.as_str()).bearer(&world.master).send().await;
    assert_eq!((later.status, later.at("/status")), (200, "standby"));
    let now = world
        .post(format!("{path}?force=true"))
        .bearer(&world.master)
        .send()
        .await;
    assert_eq!(now.at("/status"), "active");
    assert_eq!(status(&world, &new).await, "retiring");
}

async fn a_key_in_use_is_not_retired_by_accident(world: World) {
    let list = world.get(KEYS).bearer(&world.master).send().await;
    let old = list.at("/data/0/key_id").to_owned();
    let retire = |query: &str| {
        world
            .delete(format!("{KEYS}/{old}{query}"))
            .bearer(&world.master)
            .send()
    };
    assert_eq!(retire("").await.outcome(), "409 signing_key_active");
    assert_eq!(
        retire("?force=true").await.outcome(),
        "409 signing_key_active"
    );
    let made = add(&world, json!({})).await;
    let path = format!("{KEYS}/{}/activate?force=true", made.at("/key_id"));
    assert_eq!(
        world
            .post(path)
            .bearer(&world.master)
            .send()
            .await
            .outcome(),
        "200"
    );
    assert_eq!(retire("").await.outcome(), "409 signing_key_in_use");
    let me = || {
        world
            .get("/v1/auth/me")
            .bearer(world.acme.access_token())
            .send()
    };
    assert_eq!(me().await.outcome(), "200");
    assert_eq!(retire("?force=true").await.outcome(), "204");
    assert_eq!(me().await.outcome(), "401 invalid_token");
    assert_eq!(retire("").await.outcome(), "409 signing_key_retired");
    let published = world.get("/.well-known/jwks.json").send().await;
    assert!(!published.text.contains(&old));
    let activate = world
        .post(format!("{KEYS}/{old}/activate"))
        .bearer(&world.master);
    assert_eq!(activate.send().await.outcome(), "409 signing_key_retired");
}

async fn only_good_keys_are_taken(world: World) {
    for (body, expected) in [
        (
            json!({ "private_key": "nonsense" }),
            "422 invalid_signing_key",
        ),
        (
            json!({ "public_key": "nonsense" }),
            "422 invalid_signing_key",
        ),
        (json!({ "tenant_id": "tnt_x" }), "501 feature_not_available"),
        (
            json!({ "set_as_signing_key": "yes" }),
            "422 validation_failed",
        ),
    ] {
        assert_eq!(
            add(&world, body.clone()).await.outcome(),
            expected,
            "{body}"
        );
    }
    for path in ["kid_none", "nonsense"] {
        let path = format!("{KEYS}/{path}");
        let retire = world
            .delete(path.as_str())
            .bearer(&world.master)
            .send()
            .await;
        assert_eq!(retire.outcome(), "404 signing_key_not_found");
        let activate = world
            .post(format!("{path}/activate"))
            .bearer(&world.master)
            .send()
            .await;
        assert_eq!(activate.outcome(), "404 signing_key_not_found");
    }
}
