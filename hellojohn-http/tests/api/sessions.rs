//! Sessions: a user's own, or all for a server.

use hellojohn_http::{Api, HttpSettings};
use http::Method;
use serde_json::json;

use crate::{
    ask::{Answer, Ask},
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_user_sees_and_ends_only_their_own,
    a_server_verifies_tokens,
    all_sessions_end_but_the_current_one,
    a_session_remembers_where_it_came_from,
    an_address_is_believed_from_a_trusted_proxy_only,
);

async fn sign_in(world: &World, email: &str) -> Answer {
    let body = json!({ "email": email, "password": PASSWORD });
    let ask = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    ask.header("user-agent", "Mozilla/5.0 (X11; Linux)")
        .json(&body)
        .send()
        .await
}

async fn a_user_sees_and_ends_only_their_own(world: World) {
    let body = json!({ "email": "grace@example.com", "password": PASSWORD });
    let made = world
        .post("/v1/users")
        .bearer(&world.acme.secret)
        .json(&body)
        .send()
        .await;
    let theirs = sign_in(&world, "grace@example.com").await;
    let second = sign_in(&world, "ada@example.com").await;
    let ours = world.acme.access_token();
    let list = world.get("/v1/sessions").bearer(ours).send().await;
    assert_eq!(list.body["pagination"]["total"], 2);
    let current: Vec<bool> = list.body["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["current"] == true)
        .collect();
    assert_eq!(current, [false, true]);
    // Asking for somebody else's still gives one's own.
    let path = format!("/v1/sessions?user_id={}", made.at("/id"));
    let asked = world.get(path).bearer(ours).send().await;
    assert_eq!(asked.body["data"], list.body["data"]);
    let session = format!("/v1/sessions/{}", theirs.at("/session/id"));
    for ask in [world.get(session.as_str()), world.delete(session.as_str())] {
        assert_eq!(
            ask.bearer(ours).send().await.outcome(),
            "404 session_not_found"
        );
    }
    let all = world.delete(format!("/v1/users/{}/sessions", made.at("/id")));
    assert_eq!(
        all.bearer(ours).send().await.outcome(),
        "404 user_not_found"
    );
    let me = world
        .get("/v1/auth/me")
        .bearer(theirs.at("/session/access_token"))
        .send()
        .await;
    assert_eq!(me.outcome(), "200");
    let own = format!("/v1/sessions/{}", second.at("/session/id"));
    assert_eq!(
        world
            .delete(own.as_str())
            .bearer(ours)
            .send()
            .await
            .outcome(),
        "204"
    );
    assert_eq!(
        world
            .delete(own.as_str())
            .bearer(ours)
            .send()
            .await
            .outcome(),
        "204"
    );
    let ended = world.get(own.as_str()).bearer(ours).send().await;
    assert_eq!(
        (ended.at("/status"), &ended.body["current"]),
        ("revoked", &json!(false))
    );
    let server = world
        .get("/v1/sessions?status=active")
        .bearer(&world.acme.secret)
        .send()
        .await;
    assert_eq!(server.body["pagination"]["total"], 2);
    assert!(server.body["data"][0].get("current").is_none());
}

async fn a_server_verifies_tokens(world: World) {
    let verify = |token: &str| {
        let ask = world.post("/v1/sessions/verify").bearer(&world.acme.secret);
        ask.json(&json!({ "token": token })).send()
    };
    let good = verify(world.acme.access_token()).await;
    assert_eq!(good.body["valid"], true);
    assert_eq!(
        good.at("/session/id"),
        world.acme.user.session.id.to_string()
    );
    assert_eq!(good.at("/claims/sub"), world.acme.user_id().to_string());
    assert_eq!(good.at("/claims/sid"), good.at("/session/id"));
    assert!(good.body["claims"]["exp"].is_i64());
    let foreign = verify(world.globex.access_token()).await;
    assert_eq!(
        foreign.body,
        json!({ "valid": false, "reason": "invalid_token" })
    );
    let garbled = verify("x.y.z").await;
    assert_eq!(
        garbled.body,
        json!({ "valid": false, "reason": "invalid_token" })
    );
    let path = format!("/v1/sessions/{}", world.acme.user.session.id);
    assert_eq!(
        world
            .delete(path)
            .bearer(&world.acme.secret)
            .send()
            .await
            .outcome(),
        "204"
    );
    let revoked = verify(world.acme.access_token()).await;
    assert_eq!(
        revoked.body,
        json!({ "valid": false, "reason": "session_revoked" })
    );
}

async fn all_sessions_end_but_the_current_one(world: World) {
    let other = sign_in(&world, "ada@example.com").await;
    let path = format!("/v1/users/{}/sessions", world.acme.user_id());
    let me = |token: String| {
        let ask = world.get("/v1/auth/me").bearer(&token);
        async move { ask.send().await.outcome() }
    };
    let ours = world.acme.access_token().to_owned();
    let except = world
        .delete(format!("{path}?except_current=true"))
        .bearer(&ours);
    assert_eq!(except.send().await.outcome(), "204");
    assert_eq!(me(ours.clone()).await, "200");
    assert_eq!(
        me(other.at("/session/access_token").to_owned()).await,
        "401 session_revoked"
    );
    let server = world
        .delete(format!("{path}?except_current=true"))
        .bearer(&world.acme.secret);
    assert_eq!(
        server.send().await.details(),
        "422 validation_failed except_current:not_applicable"
    );
    let all = world.delete(path).bearer(&world.acme.secret);
    assert_eq!(all.send().await.outcome(), "204");
    assert_eq!(me(ours).await, "401 session_revoked");
}

async fn a_session_remembers_where_it_came_from(world: World) {
    let signed_in = sign_in(&world, "ada@example.com").await;
    let path = format!("/v1/sessions/{}", signed_in.at("/session/id"));
    let session = world.get(path).bearer(&world.acme.secret).send().await;
    assert_eq!(session.at("/user_agent"), "Mozilla/5.0 (X11; Linux)");
    assert_eq!(session.at("/device_type"), "desktop");
    assert_eq!(session.at("/tenant_id"), world.acme.id.to_string());
}

async fn an_address_is_believed_from_a_trusted_proxy_only(world: World) {
    for (hops, expected) in [
        (0, "10.0.0.9"),
        (1, "2.2.2.2"),
        (2, "1.1.1.1"),
        (3, "10.0.0.9"),
    ] {
        let settings = HttpSettings {
            trusted_proxy_hops: hops,
            ..world.settings.clone()
        };
        let api = Api::new(world.engine.clone(), settings).unwrap();
        let body = json!({ "email": "ada@example.com", "password": PASSWORD });
        let sign_in = Ask::new(&api, Method::POST, "/v1/auth/sign-in")
            .bearer(&world.acme.publishable)
            .peer("10.0.0.9:4000")
            .header("x-forwarded-for", "1.1.1.1, 2.2.2.2");
        let signed_in = sign_in.json(&body).send().await;
        let path = format!("/v1/sessions/{}", signed_in.at("/session/id"));
        let session = world.get(path).bearer(&world.acme.secret).send().await;
        assert_eq!(session.at("/ip_address"), expected, "behind {hops}");
    }
}
