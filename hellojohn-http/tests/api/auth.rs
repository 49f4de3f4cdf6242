//! Signing up, in and out, refreshing, and one's own account.

use std::time::Duration;

use hellojohn_core::access::Operator;
use serde_json::{Value, json};

use crate::{
    ask::Answer,
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    signing_up_answers_with_the_documented_shape,
    signing_in_tells_nobody_who_exists,
    a_refresh_rotates_and_an_old_token_ends_the_session,
    signing_out_ends_the_session_at_once,
    a_user_reads_and_changes_their_own_account,
    a_changed_password_ends_the_other_sessions,
    weak_passwords_are_refused_by_rule,
    the_sign_in_page_learns_what_it_needs,
    tokens_and_sessions_expire,
    a_suspended_tenant_is_closed_to_everybody,
    a_name_may_come_in_parts,
);

async fn sign_in(world: &World, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    let ask = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    ask.json(&body).send().await
}

async fn refresh(world: &World, token: &str) -> Answer {
    let ask = world
        .post("/v1/auth/token/refresh")
        .bearer(&world.acme.publishable);
    ask.json(&json!({ "refresh_token": token })).send().await
}

fn members(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

async fn signing_up_answers_with_the_documented_shape(world: World) {
    let body = json!({
        "email": " Grace@Example.com ", "password": PASSWORD, "name": "Grace",
        "metadata": { "plan": "pro" }, "unknown": [1],
    });
    let ask = || {
        world
            .post("/v1/auth/sign-up")
            .bearer(&world.acme.publishable)
            .json(&body)
    };
    let answer = ask().send().await;
    assert_eq!(answer.outcome(), "201");
    assert_eq!(members(&answer.body), ["session", "user"]);
    assert_eq!(
        members(&answer.body["session"]),
        [
            "access_token",
            "access_token_expires_at",
            "id",
            "refresh_token",
            "refresh_token_expires_at"
        ]
    );
    assert_eq!(answer.at("/user/email"), "grace@example.com");
    assert_eq!(
        answer.body["user"]["public_metadata"],
        json!({ "plan": "pro" })
    );
    assert_eq!(answer.body["user"]["status"], "active");
    assert!(answer.body["user"].get("private_metadata").is_none());
    assert!(
        !answer.text.contains("argon2"),
        "no hash leaves the server (R173)"
    );
    assert!(answer.at("/session/refresh_token").starts_with("rft_"));
    assert_eq!(
        answer.header("cache-control"),
        "no-store, no-cache, must-revalidate, private"
    );
    let token = answer.at("/session/access_token").to_owned();
    let me = world.get("/v1/auth/me").bearer(&token).send().await;
    assert_eq!(me.body, answer.body["user"]);
    assert_eq!(ask().send().await.outcome(), "409 email_already_exists");
}

async fn signing_in_tells_nobody_who_exists(world: World) {
    assert_eq!(
        sign_in(&world, "ada@example.com", PASSWORD).await.outcome(),
        "200"
    );
    let wrong = sign_in(&world, "ada@example.com", "not the password").await;
    let nobody = sign_in(&world, "nobody@example.com", "not the password").await;
    let long = sign_in(&world, "nobody@example.com", &"a".repeat(129)).await;
    assert_eq!(wrong.outcome(), "401 invalid_credentials");
    assert_eq!(nobody.outcome(), wrong.outcome());
    assert_eq!(long.outcome(), wrong.outcome());
    assert_eq!(
        nobody.body["error"]["message"],
        wrong.body["error"]["message"]
    );
    let both = json!({ "email": "a@b.example", "username": "ada", "password": PASSWORD });
    let ask = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    assert_eq!(
        ask.json(&both).send().await.details(),
        "422 validation_failed username:not_with_email"
    );
}

async fn a_refresh_rotates_and_an_old_token_ends_the_session(world: World) {
    let first = world.acme.refresh_token().to_owned();
    let second = refresh(&world, &first).await;
    assert_eq!(second.outcome(), "200");
    assert_eq!(
        members(&second.body),
        [
            "access_token",
            "access_token_expires_at",
            "expires_in",
            "refresh_token",
            "refresh_token_expires_at",
            "session_id",
            "token_type"
        ]
    );
    assert_eq!(second.body["expires_in"], 900);
    assert_eq!(second.body["token_type"], "Bearer");
    assert_eq!(
        second.at("/session_id"),
        world.acme.user.session.id.to_string()
    );
    let token = second.at("/refresh_token").to_owned();
    assert_ne!(token, first);
    // An honest retry gets the same successor; later it is theft.
    assert_eq!(refresh(&world, &first).await.at("/refresh_token"), token);
    world.clock.advance(Duration::from_secs(11));
    assert_eq!(
        refresh(&world, &first).await.outcome(),
        "401 refresh_token_invalid"
    );
    assert_eq!(
        refresh(&world, &token).await.outcome(),
        "401 session_revoked"
    );
    let me = world.get("/v1/auth/me").bearer(second.at("/access_token"));
    assert_eq!(me.send().await.outcome(), "401 session_revoked");
}

async fn signing_out_ends_the_session_at_once(world: World) {
    let other = sign_in(&world, "ada@example.com", PASSWORD).await;
    let third = sign_in(&world, "ada@example.com", PASSWORD).await;
    let me = |token: &str| world.get("/v1/auth/me").bearer(token).send();
    let out = |token: &str| world.post("/v1/auth/sign-out").bearer(token);
    let answer = out(world.acme.access_token()).send().await;
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    assert_eq!(
        me(world.acme.access_token()).await.outcome(),
        "401 session_revoked"
    );
    let ended = refresh(&world, world.acme.refresh_token()).await;
    assert_eq!(ended.outcome(), "401 session_revoked");
    assert_eq!(me(other.at("/session/access_token")).await.outcome(), "200");
    let wrong = out(other.at("/session/access_token")).json(&json!({ "scope": "all" }));
    assert_eq!(
        wrong.send().await.details(),
        "422 validation_failed scope:invalid_value"
    );
    let global = out(other.at("/session/access_token")).json(&json!({ "scope": "global" }));
    assert_eq!(global.send().await.outcome(), "204");
    assert_eq!(
        me(third.at("/session/access_token")).await.outcome(),
        "401 session_revoked"
    );
}

async fn a_user_reads_and_changes_their_own_account(world: World) {
    let change = |body: Value| {
        let ask = world.patch("/v1/auth/me").bearer(world.acme.access_token());
        ask.json(&body).send()
    };
    let body = json!({
        "name": "Ada", "phone_number": "+15551234567", "role": "admin",
        "private_metadata": { "x": 1 }, "email_verified": true,
    });
    let changed = change(body).await;
    assert_eq!(changed.outcome(), "200");
    assert_eq!(changed.at("/name"), "Ada");
    assert_eq!(changed.at("/phone"), "+15551234567");
    // What is not the user's to change stays (R151).
    assert_eq!(changed.at("/role"), "member");
    assert_eq!(changed.body["email_verified"], false);
    let engine = &world.engine;
    let stored = engine
        .user(&world.acme.caller, world.acme.user_id())
        .await
        .unwrap();
    assert!(stored.private_metadata.as_object().is_empty());
    let cleared = change(json!({ "name": null })).await;
    assert_eq!(cleared.body["name"], Value::Null);
    assert_eq!(cleared.at("/phone"), "+15551234567");
    let wrong = change(json!({ "name": 5, "avatar_url": "ftp://x" })).await;
    assert_eq!(wrong.details(), "422 validation_failed name:invalid_type");
    let moved = change(json!({ "email": "new@example.com", "email_verified": true })).await;
    assert_eq!(moved.at("/email"), "ada@example.com");
    assert_eq!(moved.at("/pending_email"), "new@example.com");
    assert_eq!(moved.body["email_verified"], false);
}

async fn a_changed_password_ends_the_other_sessions(world: World) {
    let other = sign_in(&world, "ada@example.com", PASSWORD).await;
    let change = |current: &str, new: &str| {
        let body = json!({ "current_password": current, "new_password": new });
        let ask = world
            .post("/v1/auth/password/change")
            .bearer(world.acme.access_token());
        ask.json(&body).send()
    };
    let new = "a completely different phrase";
    assert_eq!(
        change("wrong", new).await.outcome(),
        "401 invalid_credentials"
    );
    let weak = change(PASSWORD, "short").await;
    assert_eq!(
        weak.details(),
        "422 password_too_weak new_password:too_short"
    );
    assert_eq!(change(PASSWORD, new).await.outcome(), "204");
    let me = |token: &str| world.get("/v1/auth/me").bearer(token).send();
    assert_eq!(me(world.acme.access_token()).await.outcome(), "200");
    assert_eq!(
        me(other.at("/session/access_token")).await.outcome(),
        "401 session_revoked"
    );
    assert_eq!(
        sign_in(&world, "ada@example.com", PASSWORD).await.outcome(),
        "401 invalid_credentials"
    );
    assert_eq!(
        sign_in(&world, "ada@example.com", new).await.outcome(),
        "200"
    );
}

async fn weak_passwords_are_refused_by_rule(world: World) {
    for (password, rule) in [
        ("short", "too_short"),
        ("password1", "too_common"),
        ("grace@example.com", "too_personal"),
        (&"x9".repeat(65), "too_long"),
    ] {
        let body = json!({ "email": "grace@example.com", "password": password });
        let ask = world
            .post("/v1/auth/sign-up")
            .bearer(&world.acme.publishable);
        let answer = ask.json(&body).send().await;
        assert_eq!(
            answer.details(),
            format!("422 password_too_weak password:{rule}")
        );
    }
}

async fn the_sign_in_page_learns_what_it_needs(world: World) {
    let ask = || world.get("/v1/auth/config").bearer(&world.acme.publishable);
    let config = ask().send().await;
    assert_eq!(config.body["methods"], json!(["email_password", "passkey"]));
    assert_eq!(config.body["mfa_required"], false);
    assert_eq!(config.body["allow_sign_up"], true);
    assert_eq!(config.body["password_policy"]["min_length"], 8);
    let closed = json!({
        "allow_sign_up": false,
        "password_policy": { "min_length": 12 },
        "mfa_required": true,
        "allowed_auth_methods": ["email_password"],
    });
    let patch = world
        .patch("/v1/admin/config")
        .bearer(&world.acme.secret)
        .json(&closed);
    assert_eq!(patch.send().await.outcome(), "200");
    let config = ask().send().await;
    assert_eq!(config.body["allow_sign_up"], false);
    assert_eq!(config.body["password_policy"]["min_length"], 12);
    assert_eq!(config.body["mfa_required"], true);
    assert_eq!(config.body["methods"], json!(["email_password"]));
    let body = json!({ "email": "grace@example.com", "password": PASSWORD });
    let sign_up = world
        .post("/v1/auth/sign-up")
        .bearer(&world.acme.publishable);
    assert_eq!(
        sign_up.json(&body).send().await.outcome(),
        "403 sign_up_disabled"
    );
}

async fn tokens_and_sessions_expire(world: World) {
    let me = || {
        world
            .get("/v1/auth/me")
            .bearer(world.acme.access_token())
            .send()
    };
    world.clock.advance(Duration::from_mins(14));
    assert_eq!(me().await.outcome(), "200");
    world.clock.advance(Duration::from_mins(2));
    assert_eq!(me().await.outcome(), "401 token_expired");
    world.clock.advance(Duration::from_hours(24 * 30));
    let late = refresh(&world, world.acme.refresh_token()).await;
    assert_eq!(late.outcome(), "401 refresh_token_expired");
}

async fn a_suspended_tenant_is_closed_to_everybody(world: World) {
    let operator = Operator::local();
    world
        .engine
        .suspend_tenant(&operator, world.acme.id)
        .await
        .unwrap();
    let expected = "403 tenant_suspended";
    assert_eq!(
        sign_in(&world, "ada@example.com", PASSWORD).await.outcome(),
        expected
    );
    assert_eq!(
        refresh(&world, world.acme.refresh_token()).await.outcome(),
        expected
    );
    let me = world.get("/v1/auth/me").bearer(world.acme.access_token());
    assert_eq!(me.send().await.outcome(), expected);
    let users = world.get("/v1/users").bearer(&world.acme.secret);
    assert_eq!(users.send().await.outcome(), expected);
    let keys = world
        .get(format!("/v1/jwks/{}", world.acme.id))
        .send()
        .await;
    assert_eq!(keys.outcome(), expected);
    let others = world.get("/v1/users").bearer(&world.globex.secret);
    assert_eq!(others.send().await.outcome(), "200");
    world
        .engine
        .activate_tenant(&operator, world.acme.id)
        .await
        .unwrap();
    assert_eq!(
        sign_in(&world, "ada@example.com", PASSWORD).await.outcome(),
        "200"
    );
}

async fn a_name_may_come_in_parts(world: World) {
    let cases = [
        (
            json!({ "first_name": "Grace", "last_name": "Hopper" }),
            json!("Grace Hopper"),
        ),
        (json!({ "last_name": "Hopper" }), json!("Hopper")),
        (json!({ "name": "G.", "first_name": "Grace" }), json!("G.")),
        (json!({}), Value::Null),
    ];
    for (number, (mut body, expected)) in cases.into_iter().enumerate() {
        body["email"] = json!(format!("grace{number}@example.com"));
        body["password"] = json!(PASSWORD);
        let ask = world
            .post("/v1/auth/sign-up")
            .bearer(&world.acme.publishable);
        let made = ask.json(&body).send().await;
        assert_eq!(made.outcome(), "201");
        assert_eq!(made.body["user"]["name"], expected);
    }
}
