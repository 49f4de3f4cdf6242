//! `Idempotency-Key`: once is enough.

use serde_json::{Value, json};

use crate::{
    ask::Answer,
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_repeat_gets_the_first_answer,
    a_key_belongs_to_one_request_and_one_caller,
    errors_are_kept_as_well,
    repeats_at_the_same_time_do_the_work_once,
    a_badly_formed_key_is_refused,
    a_key_without_effect_is_refused,
);

async fn create(world: &World, secret: &str, key: &str, body: &Value) -> Answer {
    let ask = world
        .post("/v1/users")
        .bearer(secret)
        .header("idempotency-key", key);
    ask.json(body).send().await
}

async fn a_repeat_gets_the_first_answer(world: World) {
    let body = json!({ "email": "grace@example.com" });
    let first = create(&world, &world.acme.secret, "k1", &body).await;
    assert_eq!(
        (
            first.outcome().as_str(),
            first.header("idempotency-replayed")
        ),
        ("201", "")
    );
    let again = create(&world, &world.acme.secret, "k1", &body).await;
    assert_eq!(
        (again.status, again.header("idempotency-replayed")),
        (201, "true")
    );
    assert_eq!(again.text, first.text);
    assert_eq!(again.header("content-type"), "application/json");
    assert_ne!(again.header("x-request-id"), first.header("x-request-id"));
    // An answer without a body is kept as such.
    let out = || {
        let ask = world
            .post("/v1/auth/password/change")
            .bearer(world.acme.access_token());
        let body =
            json!({ "current_password": PASSWORD, "new_password": "an entirely new phrase" });
        ask.header("idempotency-key", "k2").json(&body).send()
    };
    assert_eq!(out().await.outcome(), "204");
    let again = out().await;
    assert_eq!(
        (
            again.status,
            again.text.as_str(),
            again.header("content-type")
        ),
        (204, "", "")
    );
    assert_eq!(again.header("idempotency-replayed"), "true");
}

async fn a_key_belongs_to_one_request_and_one_caller(world: World) {
    let body = json!({ "email": "grace@example.com" });
    let first = create(&world, &world.acme.secret, "k", &body).await;
    let other = json!({ "email": "heidi@example.com" });
    let conflict = create(&world, &world.acme.secret, "k", &other).await;
    assert_eq!(conflict.outcome(), "409 idempotency_conflict");
    let elsewhere = world.post("/v1/api-keys").bearer(&world.acme.secret);
    let elsewhere = elsewhere
        .header("idempotency-key", "k")
        .json(&body)
        .send()
        .await;
    assert_eq!(elsewhere.outcome(), "409 idempotency_conflict");
    let theirs = create(&world, &world.globex.secret, "k", &body).await;
    assert_eq!(
        (theirs.status, theirs.header("idempotency-replayed")),
        (201, "")
    );
    assert_ne!(theirs.at("/id"), first.at("/id"));
    let another_key = world.key_with(&["users:write"]).await;
    let another = create(&world, &another_key, "k", &body).await;
    assert_eq!(another.outcome(), "409 email_already_exists");
}

async fn errors_are_kept_as_well(world: World) {
    let body = json!({ "email": "ada@example.com" });
    let first = create(&world, &world.acme.secret, "k", &body).await;
    assert_eq!(first.outcome(), "409 email_already_exists");
    let delete = world.delete(format!("/v1/users/{}", world.acme.user_id()));
    assert_eq!(
        delete.bearer(&world.acme.secret).send().await.outcome(),
        "204"
    );
    let again = create(&world, &world.acme.secret, "k", &body).await;
    assert_eq!(again.text, first.text);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(
        create(&world, &world.acme.secret, "k2", &body)
            .await
            .outcome(),
        "201"
    );
}

async fn repeats_at_the_same_time_do_the_work_once(world: World) {
    let body = json!({ "email": "grace@example.com" });
    let (a, b, c) = tokio::join!(
        create(&world, &world.acme.secret, "k", &body),
        create(&world, &world.acme.secret, "k", &body),
        create(&world, &world.acme.secret, "k", &body),
    );
    let outcomes = [a, b, c].map(|answer| answer.outcome());
    assert!(
        outcomes.iter().any(|outcome| outcome == "201"),
        "{outcomes:?}"
    );
    let known = ["201", "409 idempotency_conflict"];
    assert!(
        outcomes
            .iter()
            .all(|outcome| known.contains(&outcome.as_str())),
        "{outcomes:?}"
    );
    let list = world
        .get("/v1/users?email=grace@example.com")
        .bearer(&world.acme.secret);
    assert_eq!(list.send().await.body["pagination"]["total"], 1);
}

async fn a_badly_formed_key_is_refused(world: World) {
    let body = json!({ "email": "grace@example.com" });
    for key in ["", &"k".repeat(256)] {
        let answer = create(&world, &world.acme.secret, key, &body).await;
        assert_eq!(answer.outcome(), "400 invalid_request", "{key}");
    }
    assert_eq!(
        create(&world, &world.acme.secret, &"k".repeat(255), &body)
            .await
            .outcome(),
        "201"
    );
}

/// Whoever sends the header counts on it.
async fn a_key_without_effect_is_refused(world: World) {
    let keys = "/v1/system/jwt-keys";
    let count = async || {
        let list = world.get(keys).bearer(&world.master).send().await;
        list.body["data"].as_array().unwrap().len()
    };
    let before = count().await;
    let add = || world.post(keys).bearer(&world.master);
    let refused = add().header("idempotency-key", "k").send().await;
    assert_eq!(refused.outcome(), "400 invalid_request");
    assert!(refused.at("/error/message").starts_with("Idempotency-Key"));
    assert_eq!(count().await, before);
    assert_eq!(add().send().await.outcome(), "201");

    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let sign_in = |mode: &str| {
        let ask = world
            .post("/v1/auth/sign-in")
            .bearer(&world.acme.publishable);
        let ask = ask.header("x-hellojohn-session-mode", mode);
        let ask = ask.header("sec-fetch-site", "same-origin");
        ask.header("idempotency-key", "k").json(&body).send()
    };
    let refused = sign_in("cookie").await;
    assert_eq!(refused.outcome(), "400 invalid_request");
    assert!(refused.at("/error/message").starts_with("Idempotency-Key"));
    assert_eq!(sign_in("body").await.outcome(), "200");
}
