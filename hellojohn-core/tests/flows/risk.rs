use hellojohn_core::{
    access::{Caller, RequestOrigin},
    flows::{Credentials, Identity, SignIn, SignUp},
    session::ClientInfo,
};
use serde_json::json;

use crate::world::{PASSWORD, World, seconds, world};

const HOME: &str = "203.0.113.7";
const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Version/17.0 Safari/604.1";

/// Nobody in particular, from an address and with a browser.
async fn from(world: &World, address: &str, agent: &str) -> Caller {
    let client = ClientInfo::new(Some(address.to_owned()), Some(agent));
    let credentials = Credentials {
        tenant: Some(world.tenant.id.to_string()),
        origin: RequestOrigin {
            client,
            request_id: None,
        },
        ..Credentials::default()
    };
    match world.engine.authenticate(credentials).await.unwrap() {
        Identity::Tenant(caller) => caller,
        Identity::Instance(_) => panic!("an operator"),
    }
}

async fn sign_in(world: &World, address: &str, agent: &str) {
    let caller = from(world, address, agent).await;
    let request = SignIn::by_email("ada@example.com", PASSWORD);
    world.engine.sign_in(&caller, request).await.unwrap();
}

async fn told(world: &World) -> i64 {
    world.count("hj_message", "template", "new_device").await
}

async fn ada_at_home(changes: serde_json::Value) -> World {
    let mut world = world().await;
    world.configure(changes).await;
    let caller = from(&world, HOME, FIREFOX).await;
    let request = SignUp::new("ada@example.com", PASSWORD);
    world.engine.sign_up(&caller, request).await.unwrap();
    world
}

#[tokio::test]
async fn nobody_is_told_unless_the_tenant_wants_it() {
    let world = ada_at_home(json!({})).await;
    sign_in(&world, "198.51.100.9", SAFARI).await;
    assert_eq!(told(&world).await, 0);
    // Remembered all the same: it tells the owner's network from a stranger's.
    let networks = world
        .texts("SELECT network FROM hj_device WHERE network IS NOT NULL ORDER BY network")
        .await;
    assert_eq!(networks, ["198.51.100.0/24", "203.0.113.0/24"]);
}

#[tokio::test]
async fn a_new_device_is_told_once() {
    let world = ada_at_home(json!({ "notify_new_device": true })).await;
    sign_in(&world, HOME, FIREFOX).await;
    // The same browser from elsewhere, and a newer one.
    sign_in(&world, "198.51.100.9", &FIREFOX.replace("128", "129")).await;
    assert_eq!(told(&world).await, 0);
    sign_in(&world, HOME, SAFARI).await;
    assert_eq!(told(&world).await, 1);
    sign_in(&world, HOME, SAFARI).await;
    assert_eq!(told(&world).await, 1);
}

#[tokio::test]
async fn what_was_not_seen_for_720_hours_is_new_again() {
    let world = ada_at_home(json!({ "notify_new_device": true })).await;
    sign_in(&world, HOME, SAFARI).await;
    assert_eq!(told(&world).await, 1);
    world.wait(seconds(719 * 3_600));
    sign_in(&world, HOME, FIREFOX).await;
    world.wait(seconds(2 * 3_600));
    sign_in(&world, HOME, FIREFOX).await;
    assert_eq!(told(&world).await, 1);
    sign_in(&world, HOME, SAFARI).await;
    assert_eq!(told(&world).await, 2);
}

#[tokio::test]
async fn a_risky_sign_in_is_told_and_its_score_kept() {
    for mode in ["notify", "require_mfa"] {
        let world = ada_at_home(json!({ "risk_based_mfa": mode })).await;
        sign_in(&world, HOME, FIREFOX).await;
        // A new network alone is not enough.
        sign_in(&world, "198.51.100.9", FIREFOX).await;
        assert_eq!(told(&world).await, 0);
        sign_in(&world, "192.0.2.1", SAFARI).await;
        assert_eq!(told(&world).await, 1, "{mode}");
        let scores = world
            .texts(
                "SELECT CAST(json_extract(metadata, '$.risk_score') AS TEXT) FROM hj_audit_log \
                 WHERE kind = 'user.login' ORDER BY CAST(json_extract(metadata, '$.risk_score') AS INTEGER)",
            )
            .await;
        assert_eq!(scores, ["0", "20", "60"], "{mode}");
    }
}

#[tokio::test]
async fn a_refused_sign_in_makes_nothing_familiar() {
    let world = ada_at_home(json!({ "notify_new_device": true })).await;
    let stranger = from(&world, "198.51.100.9", SAFARI).await;
    let request = SignIn::by_email("ada@example.com", "a guess of a password");
    assert!(world.engine.sign_in(&stranger, request).await.is_err());
    sign_in(&world, "198.51.100.9", SAFARI).await;
    assert_eq!(told(&world).await, 1);
}
