use hellojohn_core::{
    flows::SignUp,
    ports::{BreachListUnreachable, BreachRange},
};
use serde_json::json;

use crate::world::{PASSWORD, Setup, code, object, world};

#[tokio::test]
async fn a_new_account_is_signed_in_and_leaves_its_trace() {
    let world = world().await;
    let ada = world.sign_up(" Ada@Example.COM ").await;
    assert_eq!(ada.user.email.as_str(), "ada@example.com");
    let claims = world
        .engine
        .verify_access_token(&world.caller, &ada.tokens.access_token)
        .await
        .unwrap();
    assert_eq!(claims.subject, ada.user.id);
    assert_eq!(claims.session_id, ada.session.id);
    assert_eq!(claims.issuer, "https://auth.example.com");
    assert_eq!(claims.audience, world.tenant.id.to_string());
    assert_eq!(claims.amr, ["pwd"]);
    assert!(!claims.mfa_verified);
    assert_eq!(world.audited("user.register").await, 1);
    assert_eq!(world.emitted("user.created").await, 1);
    assert_eq!(world.emitted("session.created").await, 1);
}

#[tokio::test]
async fn a_taken_address_is_refused_in_every_spelling() {
    let world = world().await;
    world.sign_up("ada@example.com").await;
    let again = world
        .engine
        .sign_up(&world.caller, SignUp::new("ADA@example.com", PASSWORD))
        .await;
    assert_eq!(code(again), "email_already_exists");
}

#[tokio::test]
async fn the_same_address_may_sign_up_in_another_tenant() {
    let world = world().await;
    world.sign_up("ada@example.com").await;
    let other = world.other_tenant("Other").await;
    world
        .engine
        .sign_up(&other, SignUp::new("ada@example.com", PASSWORD))
        .await
        .unwrap();
}

#[tokio::test]
async fn eight_at_once_make_one_account() {
    let world = world().await;
    let attempts = (0..8).map(|_| {
        let (engine, caller) = (world.engine.clone(), world.caller.clone());
        tokio::spawn(async move {
            engine
                .sign_up(&caller, SignUp::new("ada@example.com", PASSWORD))
                .await
        })
    });
    let mut made = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(_) => made += 1,
            Err(error) => assert_eq!(error.code(), "email_already_exists"),
        }
    }
    assert_eq!(made, 1);
    assert_eq!(world.count("hj_user", "email", "ada@example.com").await, 1);
    assert_eq!(world.emitted("user.created").await, 1);
}

#[tokio::test]
async fn weak_passwords_are_refused_with_their_reason() {
    let world = world().await;
    let long = "x".repeat(129);
    for (password, expected) in [
        ("short", "password_too_weak"),
        ("password123", "password_too_weak"),
        ("ada@example.com", "password_too_weak"),
        (long.as_str(), "password_too_weak"),
    ] {
        let refused = world
            .engine
            .sign_up(&world.caller, SignUp::new("ada@example.com", password))
            .await;
        assert_eq!(code(refused), expected, "{password}");
    }
    assert_eq!(world.count("hj_user", "email", "ada@example.com").await, 0);
}

#[tokio::test]
async fn a_tenant_may_close_sign_up_and_choose_domains_and_methods() {
    let mut world = world().await;
    for (config, expected) in [
        (json!({"allow_sign_up": false}), "sign_up_disabled"),
        (
            json!({"allow_sign_up": null, "allowed_email_domains": ["example.org"]}),
            "email_domain_not_allowed",
        ),
        (
            json!({"allowed_email_domains": null, "allowed_auth_methods": ["google"]}),
            "auth_method_disabled",
        ),
    ] {
        world.configure(config).await;
        let refused = world
            .engine
            .sign_up(&world.caller, SignUp::new("ada@example.com", PASSWORD))
            .await;
        assert_eq!(code(refused), expected);
    }
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let world = world().await;
    let mut request = SignUp::new("ada@example.com", PASSWORD);
    request.name = Some("\u{202e}".to_owned());
    request.username = Some("ada".to_owned());
    request.metadata = object(json!({"text": "x".repeat(20_000)}));
    let error = world
        .engine
        .sign_up(&world.caller, request)
        .await
        .unwrap_err();
    let fields: Vec<_> = error
        .fields()
        .iter()
        .map(|field| field.field.as_str())
        .collect();
    assert_eq!(error.code(), "validation_failed");
    assert_eq!(fields, ["name", "username", "metadata"]);
}

struct Listed;

#[async_trait::async_trait]
impl BreachRange for Listed {
    async fn range(&self, prefix: &str) -> Result<String, BreachListUnreachable> {
        // SHA-1 of PASSWORD is ABF7A AD6438836DBE526AA231ABDE2D0EEF74D42.
        if prefix == "ABF7A" {
            Ok("AD6438836DBE526AA231ABDE2D0EEF74D42:3".to_owned())
        } else {
            Err(BreachListUnreachable(None))
        }
    }
}

#[tokio::test]
async fn a_breached_password_is_refused_and_a_silent_list_lets_pass() {
    let setup = Setup {
        breaches: Some(std::sync::Arc::new(Listed)),
        ..Setup::default()
    };
    let world = setup.build().await;
    let breached = world
        .engine
        .sign_up(&world.caller, SignUp::new("ada@example.com", PASSWORD))
        .await;
    assert_eq!(code(breached), "password_breached");
    let other = SignUp::new("ada@example.com", "violet harbour timid anvil");
    world.engine.sign_up(&world.caller, other).await.unwrap();
}
