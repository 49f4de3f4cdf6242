//! Users, as a tenant's servers handle them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    ask::Answer,
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_user_is_made_read_changed_and_removed,
    metadata_is_merged_or_replaced,
    lists_are_filtered_sorted_and_paged,
    disabling_and_banning_end_sessions_at_once,
    an_imported_hash_signs_in,
    unique_fields_conflict_by_name,
    a_list_tells_what_its_users_tell,
    what_this_version_lacks_is_refused,
);

impl World {
    async fn create(&self, body: Value) -> Answer {
        let ask = self.post("/v1/users").bearer(&self.acme.secret);
        ask.json(&body).send().await
    }

    async fn change(&self, id: &str, body: Value) -> Answer {
        let ask = self
            .patch(format!("/v1/users/{id}"))
            .bearer(&self.acme.secret);
        ask.json(&body).send().await
    }

    async fn tell(&self, id: &str, what: &str, body: Value) -> Answer {
        let ask = self
            .post(format!("/v1/users/{id}/{what}"))
            .bearer(&self.acme.secret);
        ask.json(&body).send().await
    }

    async fn sign_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({ "email": email, "password": password });
        let ask = self.post("/v1/auth/sign-in").bearer(&self.acme.publishable);
        ask.json(&body).send().await
    }
}

async fn a_user_is_made_read_changed_and_removed(world: World) {
    let made = world
        .create(json!({
            "email": "Grace@example.com", "first_name": "Grace", "last_name": "Hopper",
            "phone_number": "+15551234567", "external_id": "e1", "role": "admin",
            "email_verified": true, "private_metadata": { "crm": 7 },
        }))
        .await;
    assert_eq!(made.outcome(), "201");
    for (pointer, expected) in [
        ("/email", "grace@example.com"),
        ("/name", "Grace Hopper"),
        ("/phone", "+15551234567"),
        ("/role", "admin"),
        ("/roles/0", "admin"),
        ("/status", "active"),
    ] {
        assert_eq!(made.at(pointer), expected);
    }
    assert_eq!(made.body["private_metadata"], json!({ "crm": 7 }));
    let id = made.at("/id").to_owned();
    let read = || {
        world
            .get(format!("/v1/users/{id}"))
            .bearer(&world.acme.secret)
            .send()
    };
    assert_eq!(read().await.body, made.body);
    let changed = world
        .change(&id, json!({ "phone": null, "role": "member", "name": "G" }))
        .await;
    assert_eq!(changed.outcome(), "200");
    assert_eq!(
        (&changed.body["phone"], changed.at("/name")),
        (&Value::Null, "G")
    );
    assert_eq!(changed.at("/external_id"), "e1");
    let moved = world
        .change(&id, json!({ "email": "hopper@example.com" }))
        .await;
    assert_eq!(moved.body["email_verified"], false);
    let gone = world
        .delete(format!("/v1/users/{id}"))
        .bearer(&world.acme.secret)
        .send()
        .await;
    assert_eq!(gone.outcome(), "204");
    assert_eq!(read().await.outcome(), "404 user_not_found");
}

async fn metadata_is_merged_or_replaced(world: World) {
    let id = world.acme.user_id().to_string();
    let replaced = world
        .change(&id, json!({ "public_metadata": { "a": 1, "b": 2 } }))
        .await;
    assert_eq!(replaced.body["public_metadata"], json!({ "a": 1, "b": 2 }));
    let body = json!({ "public": { "a": null, "c": 3 }, "private": { "x": { "y": 1 } } });
    let ask = world
        .patch(format!("/v1/users/{id}/metadata"))
        .bearer(&world.acme.secret);
    let merged = ask.json(&body).send().await;
    assert_eq!(merged.body["public_metadata"], json!({ "b": 2, "c": 3 }));
    assert_eq!(merged.body["private_metadata"], json!({ "x": { "y": 1 } }));
    let large = json!({ "private_metadata": { "x": "y".repeat(16 * 1024) } });
    let refused = world.change(&id, large).await;
    assert_eq!(
        refused.details(),
        "422 validation_failed private_metadata:too_long"
    );
    // The user sees their own half only.
    let me = world
        .get("/v1/auth/me")
        .bearer(world.acme.access_token())
        .send()
        .await;
    assert_eq!(me.body["public_metadata"], json!({ "b": 2, "c": 3 }));
    assert!(!me.text.contains("private_metadata"));
}

async fn lists_are_filtered_sorted_and_paged(world: World) {
    for (n, name) in ["Bob", "Carol", "Dave"].iter().enumerate() {
        let body = json!({ "email": format!("{name}@example.com"), "name": name, "external_id": format!("e{n}") });
        assert_eq!(world.create(body).await.outcome(), "201");
    }
    let list = |query: &str| {
        let ask = world
            .get(format!("/v1/users?{query}"))
            .bearer(&world.acme.secret);
        async move { ask.send().await }
    };
    let emails = |answer: &Answer| -> Vec<String> {
        let items = answer.body["data"].as_array().unwrap();
        let local = |item: &Value| {
            item["email"]
                .as_str()
                .unwrap()
                .split('@')
                .next()
                .unwrap()
                .to_owned()
        };
        items.iter().map(local).collect()
    };
    assert_eq!(
        emails(&list("sort=email&order=asc").await),
        ["ada", "bob", "carol", "dave"]
    );
    assert_eq!(
        emails(&list("order_by=email&direction=desc").await),
        ["dave", "carol", "bob", "ada"]
    );
    let both = list("sort=email&order_by=email").await;
    assert_eq!(both.outcome(), "400 invalid_request");
    let wrong = list("order_by=age").await;
    assert_eq!(
        wrong.details(),
        "422 validation_failed order_by:invalid_value"
    );
    let long = list(&format!("q={}", "a".repeat(257))).await;
    assert_eq!(long.details(), "422 validation_failed q:invalid_format");
    assert_eq!(emails(&list("").await), ["dave", "carol", "bob", "ada"]);
    assert_eq!(emails(&list("q=CAR").await), ["carol"]);
    assert_eq!(emails(&list("external_id=e0").await), ["bob"]);
    assert_eq!(emails(&list("status=banned").await), [""; 0]);
    let mut cursor = None::<String>;
    let mut seen = Vec::new();
    loop {
        let after = cursor
            .as_ref()
            .map(|c| format!("&cursor={c}"))
            .unwrap_or_default();
        let page = list(&format!("sort=email&order=asc&limit=3{after}")).await;
        assert_eq!(page.body["pagination"]["total"], 4);
        assert_eq!(page.body["pagination"]["limit"], 3);
        seen.extend(emails(&page));
        cursor = page.body["pagination"]["next_cursor"]
            .as_str()
            .map(str::to_owned);
        assert_eq!(page.body["pagination"]["has_more"], cursor.is_some());
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["ada", "bob", "carol", "dave"]);
    let uncounted = list("include_total=false").await;
    assert!(uncounted.body["pagination"].get("total").is_none());
}

async fn disabling_and_banning_end_sessions_at_once(world: World) {
    let id = world.acme.user_id().to_string();
    let me = |token: String| {
        let ask = world.get("/v1/auth/me").bearer(&token);
        async move { ask.send().await.outcome() }
    };
    let disabled = world.tell(&id, "disable", json!({ "reason": "x" })).await;
    assert_eq!((disabled.status, disabled.at("/status")), (200, "disabled"));
    assert_eq!(
        me(world.acme.access_token().to_owned()).await,
        "401 session_revoked"
    );
    assert_eq!(
        world.sign_in("ada@example.com", PASSWORD).await.outcome(),
        "403 user_disabled"
    );
    // Who does not know the password does not learn the state (R023).
    assert_eq!(
        world.sign_in("ada@example.com", "wrong").await.outcome(),
        "401 invalid_credentials"
    );
    let ask = world
        .post(format!("/v1/users/{id}/enable"))
        .bearer(&world.acme.secret);
    assert_eq!(ask.send().await.at("/status"), "active");
    let signed_in = world.sign_in("ada@example.com", PASSWORD).await;
    assert_eq!(signed_in.outcome(), "200");
    let until = (world.engine.now() + Duration::from_hours(1)).to_string();
    let banned = world.tell(&id, "ban", json!({ "until": until })).await;
    assert_eq!(banned.at("/status"), "banned");
    assert_eq!(
        me(signed_in.at("/session/access_token").to_owned()).await,
        "401 session_revoked"
    );
    assert_eq!(
        world.sign_in("ada@example.com", PASSWORD).await.outcome(),
        "403 user_banned"
    );
    world.clock.advance(Duration::from_secs(3_601));
    assert_eq!(
        world.sign_in("ada@example.com", PASSWORD).await.outcome(),
        "200"
    );
    let past = world
        .tell(&id, "ban", json!({ "until": "2020-01-01T00:00:00Z" }))
        .await;
    assert_eq!(past.details(), "422 validation_failed until:out_of_range");
}

async fn an_imported_hash_signs_in(world: World) {
    let hash = "$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm";
    let foreign = world
        .create(json!({ "email": "f@example.com", "password_hash": "$1$x$y" }))
        .await;
    assert_eq!(foreign.outcome(), "422 unsupported_hash");
    let made = world
        .create(json!({ "email": "g@example.com", "password_hash": hash }))
        .await;
    assert_eq!(made.outcome(), "201");
    assert_eq!(
        world.sign_in("g@example.com", "not it").await.outcome(),
        "401 invalid_credentials"
    );
    let id = made.at("/id").to_owned();
    let weak = world
        .tell(&id, "password", json!({ "password": "short" }))
        .await;
    assert_eq!(weak.details(), "422 password_too_weak password:too_short");
    let set = world
        .tell(&id, "password", json!({ "password": PASSWORD }))
        .await;
    assert_eq!((set.status, set.text.as_str()), (204, ""));
    assert_eq!(
        world.sign_in("g@example.com", PASSWORD).await.outcome(),
        "200"
    );
}

async fn unique_fields_conflict_by_name(world: World) {
    let first = json!({ "email": "a@example.com", "username": "anna", "phone": "+15551234567", "external_id": "e" });
    assert_eq!(world.create(first).await.outcome(), "201");
    for (body, code) in [
        (json!({ "email": "A@example.com" }), "email_already_exists"),
        (
            json!({ "email": "b@example.com", "username": "Anna" }),
            "username_taken",
        ),
        (
            json!({ "email": "b@example.com", "phone": "+15551234567" }),
            "phone_taken",
        ),
        (
            json!({ "email": "b@example.com", "external_id": "e" }),
            "external_id_taken",
        ),
    ] {
        assert_eq!(world.create(body).await.outcome(), format!("409 {code}"));
    }
}

/// A ban that has ended is none, in the list as in the user; and a cursor outlives the moment it was made.
async fn a_list_tells_what_its_users_tell(world: World) {
    for name in ["bob", "carol"] {
        let body = json!({ "email": format!("{name}@example.com") });
        assert_eq!(world.create(body).await.outcome(), "201");
    }
    let until = world.engine.now() + Duration::from_hours(1);
    let path = format!("/v1/users/{}/ban", world.acme.user_id());
    let ban = world.post(path).bearer(&world.acme.secret);
    let banned = ban.json(&json!({ "until": until })).send().await;
    assert_eq!(banned.at("/status"), "banned");
    let list = async |query: &str| {
        let ask = world.get(format!("/v1/users?{query}"));
        ask.bearer(&world.acme.secret).send().await
    };
    let total = async |query: &str| list(query).await.body["pagination"]["total"].clone();
    let totals = async || {
        let mut found = Vec::new();
        for query in [
            "status=active",
            "status=banned",
            "disabled=true",
            "disabled=false",
        ] {
            found.push(total(query).await);
        }
        found
    };
    assert_eq!(totals().await, [2, 1, 1, 2]);
    let first = list("disabled=false&status=active&limit=1").await;
    world.clock.advance(Duration::from_hours(1));
    assert_eq!(totals().await, [3, 0, 0, 3]);
    let cursor = first.at("/pagination/next_cursor");
    let next = list(&format!(
        "disabled=false&status=active&limit=2&cursor={cursor}"
    ))
    .await;
    assert_eq!(next.outcome(), "200");
    assert_eq!(next.body["data"].as_array().unwrap().len(), 2);
    let other = list(&format!(
        "disabled=true&status=active&limit=1&cursor={cursor}"
    ))
    .await;
    assert_eq!(other.outcome(), "400 invalid_cursor");
}

/// What is asked for and not done must not look done.
async fn what_this_version_lacks_is_refused(world: World) {
    let lacking = "501 feature_not_available";
    let list = world.get("/v1/users?organization_id=org_1");
    let list = list.bearer(&world.acme.secret).send().await;
    assert_eq!(list.outcome(), lacking);
    let refresh = |organization: Value| {
        let body = json!({
            "refresh_token": world.acme.refresh_token(), "organization_id": organization,
        });
        let ask = world.post("/v1/auth/token/refresh");
        let ask = ask.bearer(&world.acme.publishable);
        ask.json(&body).send()
    };
    assert_eq!(refresh(json!("org_1")).await.outcome(), lacking);
    assert_eq!(refresh(Value::Null).await.outcome(), "200");
}
