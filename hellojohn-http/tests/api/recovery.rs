//! Administrators and users who lost their second factor.

use hellojohn_core::secret::ExposeSecret as _;
use serde_json::json;

use crate::world::{PASSWORD, World};

stamp!(crate::world::sqlite, crate::world::postgres;
    requests_are_listed_and_decided_once,
    factors_are_removed_with_or_without_a_reason,
    a_request_needs_a_challenge,
);

const LIST: &str = "/v1/admin/mfa/recovery-requests";

async fn requests_are_listed_and_decided_once(world: World) {
    let id = world.proven_recovery(&world.acme).await;
    world.proven_recovery(&world.globex).await;
    world.give_factor(&world.acme).await;
    let sk = &world.acme.secret;
    let list = |query: &str| world.get(format!("{LIST}{query}")).bearer(sk).send();
    let page = list("?status=proven").await;
    assert_eq!(page.body["pagination"]["total"], 1, "{}", page.text);
    assert_eq!(page.at("/data/0/id"), id.to_string());
    assert_eq!(page.at("/data/0/email"), "ada@example.com");
    let none = list("?status=denied").await;
    assert_eq!(none.body["pagination"]["total"], 0);
    let wrong = list("?status=lost").await;
    assert_eq!(
        wrong.details(),
        "422 validation_failed status:invalid_value"
    );

    let decide = |verb: &str| {
        let ask = world.post(format!("{LIST}/{id}/{verb}")).bearer(sk);
        ask.json(&json!({ "reason": "called back" })).send()
    };
    let approved = decide("approve").await;
    assert_eq!(approved.at("/status"), "approved", "{}", approved.text);
    assert_eq!(approved.at("/reason"), "called back");
    assert!(approved.at("/decided_by").starts_with("key_"));
    assert_eq!(decide("approve").await.outcome(), "409 recovery_closed");
    assert_eq!(decide("deny").await.outcome(), "409 recovery_closed");
    let me = world.get("/v1/auth/me").bearer(world.acme.access_token());
    assert_eq!(me.send().await.outcome(), "401 session_revoked");
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let sign_in = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    assert_eq!(sign_in.json(&body).send().await.outcome(), "200");
}

async fn factors_are_removed_with_or_without_a_reason(world: World) {
    let path = format!("/v1/admin/users/{}/mfa", world.acme.user_id());
    let delete = || world.delete(path.clone()).bearer(&world.acme.secret);
    assert_eq!(delete().send().await.outcome(), "204");
    let why = json!({ "reason": "lost the telephone" });
    assert_eq!(delete().json(&why).send().await.outcome(), "204");
    let reading = world.key_with(&["users:read"]).await;
    let refused = world.delete(path.clone()).bearer(&reading).send().await;
    assert_eq!(refused.outcome(), "403 insufficient_permissions");
}

async fn a_request_needs_a_challenge(world: World) {
    let ask = |id: &str| {
        let ask = world.post("/v1/mfa/recovery-requests");
        ask.json(&json!({ "challenge_id": id })).send()
    };
    let refresh = world.acme.user.tokens.refresh_token.expose_secret();
    for id in ["", "challenge_x", refresh] {
        assert_eq!(ask(id).await.outcome(), "410 mfa_challenge_expired", "{id}");
    }
    let prove = world.post("/v1/mfa/recovery-requests/prove");
    let prove = prove.json(&json!({ "token": refresh })).send().await;
    assert_eq!(prove.outcome(), "400 link_invalid");
}
