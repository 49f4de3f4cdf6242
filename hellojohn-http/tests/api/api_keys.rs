//! API keys of a tenant.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{ask::Answer, world::World};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_key_is_shown_once_and_dies_at_once,
    a_key_gives_no_more_than_it_has,
    a_rotated_key_overlaps_with_its_successor,
    a_key_with_an_end_ends,
    the_list_goes_on_when_time_does,
);

async fn create(world: &World, secret: &str, body: Value) -> Answer {
    world
        .post("/v1/api-keys")
        .bearer(secret)
        .json(&body)
        .send()
        .await
}

async fn works(world: &World, key: &str) -> String {
    world.get("/v1/users").bearer(key).send().await.outcome()
}

async fn a_key_is_shown_once_and_dies_at_once(world: World) {
    let body =
        json!({ "name": "ci", "type": "secret", "scopes": ["users:read"], "environment": "test" });
    let made = create(&world, &world.acme.secret, body).await;
    assert_eq!(made.outcome(), "201");
    let key = made.at("/key").to_owned();
    assert!(key.starts_with("sk_test_") && key.ends_with(made.at("/last_four")));
    assert_eq!(made.at("/prefix"), "sk_test_");
    assert_eq!(made.body["scopes"], json!(["users:read"]));
    assert_eq!(works(&world, &key).await, "200");
    let path = format!("/v1/api-keys/{}", made.at("/id"));
    let read = world
        .get(path.as_str())
        .bearer(&world.acme.secret)
        .send()
        .await;
    assert!(read.body.get("key").is_none());
    assert!(!read.text.contains(&key));
    assert_eq!(read.body["revoked"], false);
    assert!(read.body["last_used_at"].is_string());
    assert_eq!(
        world
            .delete(path.as_str())
            .bearer(&world.acme.secret)
            .send()
            .await
            .outcome(),
        "204"
    );
    assert_eq!(works(&world, &key).await, "401 invalid_api_key");
    let read = world
        .get(path.as_str())
        .bearer(&world.acme.secret)
        .send()
        .await;
    assert_eq!(read.body["revoked"], true);
    let total = |query: &'static str| {
        let ask = world
            .get(format!("/v1/api-keys?{query}"))
            .bearer(&world.acme.secret);
        async move { ask.send().await.body["pagination"]["total"].clone() }
    };
    assert_eq!(total("").await, 2);
    assert_eq!(total("revoked=true").await, 1);
    assert_eq!(total("type=publishable").await, 1);
}

async fn a_key_gives_no_more_than_it_has(world: World) {
    let narrow = world.key_with(&["api_keys:write", "users:read"]).await;
    let with = |scopes: Value| json!({ "name": "x", "type": "secret", "scopes": scopes });
    let more = create(&world, &narrow, with(json!(["users:write"]))).await;
    assert_eq!(more.outcome(), "403 insufficient_permissions");
    let all = create(&world, &narrow, json!({ "name": "x", "type": "secret" })).await;
    assert_eq!(all.outcome(), "403 insufficient_permissions");
    let equal = create(&world, &narrow, with(json!(["users:read"]))).await;
    assert_eq!(equal.outcome(), "201");
}

async fn a_rotated_key_overlaps_with_its_successor(world: World) {
    let body = json!({ "name": "ci", "type": "secret", "scopes": ["users:read"] });
    let old = create(&world, &world.acme.secret, body).await;
    let rotate = |body: Value| {
        let path = format!("/v1/api-keys/{}/rotate", old.at("/id"));
        world
            .post(path)
            .bearer(&world.acme.secret)
            .json(&body)
            .send()
    };
    let short = rotate(json!({ "overlap": 59 })).await;
    assert_eq!(
        short.details(),
        "422 validation_failed overlap:out_of_range"
    );
    let new = rotate(json!({ "overlap": "1h" })).await;
    assert_eq!(new.outcome(), "201");
    assert_eq!(new.body["scopes"], json!(["users:read"]));
    assert_eq!(works(&world, old.at("/key")).await, "200");
    assert_eq!(works(&world, new.at("/key")).await, "200");
    let listed = async |query: &str| {
        let ask = world.get(format!("/v1/api-keys?{query}"));
        let page = ask.bearer(&world.acme.secret).send().await;
        let keys = page.body["data"].as_array().unwrap();
        let found = keys.iter().find(|key| key["id"] == old.body["id"]);
        found.map(|key| key["revoked"].clone())
    };
    assert_eq!(listed("revoked=false").await, Some(json!(false)));
    assert_eq!(listed("revoked=true").await, None);
    world.clock.advance(Duration::from_secs(3_601));
    assert_eq!(listed("revoked=false").await, None);
    assert_eq!(listed("revoked=true").await, Some(json!(true)));
    assert_eq!(works(&world, old.at("/key")).await, "401 invalid_api_key");
    assert_eq!(works(&world, new.at("/key")).await, "200");
}

async fn a_key_with_an_end_ends(world: World) {
    for expires_in in [json!("1h"), json!(3600)] {
        let body = json!({ "name": "ci", "type": "secret", "expires_in": expires_in });
        let made = create(&world, &world.acme.secret, body).await;
        assert_eq!(works(&world, made.at("/key")).await, "200");
        world.clock.advance(Duration::from_secs(3_601));
        assert_eq!(works(&world, made.at("/key")).await, "401 invalid_api_key");
    }
}

async fn the_list_goes_on_when_time_does(world: World) {
    let page = async |after: &str| {
        let ask = world.get(format!("/v1/api-keys?revoked=false&limit=1{after}"));
        ask.bearer(&world.acme.secret).send().await
    };
    let first = page("").await;
    let cursor = first.at("/pagination/next_cursor");
    world.clock.advance(Duration::from_mins(1));
    let second = page(&format!("&cursor={cursor}")).await;
    assert_eq!(second.outcome(), "200");
    assert_ne!(second.at("/data/0/id"), first.at("/data/0/id"));
    let other = format!("/v1/api-keys?revoked=true&limit=1&cursor={cursor}");
    let other = world.get(other).bearer(&world.acme.secret).send().await;
    assert_eq!(other.outcome(), "400 invalid_cursor");
}
