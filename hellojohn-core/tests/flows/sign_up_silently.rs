use hellojohn_core::flows::SignUp;
use serde_json::json;

use crate::world::{PASSWORD, code, world};

/// R015.
#[tokio::test]
async fn new_and_taken_addresses_are_answered_alike_and_the_owner_is_told() {
    let mut world = world().await;
    world
        .configure(json!({ "hide_existing_accounts": true }))
        .await;
    let (engine, caller) = (&world.engine, &world.caller);
    let (ada, other) = ("ada@example.com", "a different passphrase 4u");
    for password in [PASSWORD, other] {
        let request = SignUp::new(ada, password);
        engine.sign_up_silently(caller, request).await.unwrap();
    }
    assert_eq!(world.count("hj_user", "email", ada).await, 1);
    assert_eq!(world.letters_of("verify_email").await, 1);
    let told = world.letter("account_exists", ada).await;
    assert_eq!(told.variables["link"], serde_json::Value::Null);
    // The next sign-in does not tell either.
    for password in [PASSWORD, other] {
        assert_eq!(
            code(world.sign_in(ada, password).await),
            "invalid_credentials"
        );
    }
    let token = world.letter("verify_email", ada).await.token();
    engine.verify_email(caller, &token).await.unwrap();
    assert!(world.sign_in(ada, PASSWORD).await.is_ok());
    assert_eq!(code(world.sign_in(ada, other).await), "invalid_credentials");
}

#[tokio::test]
async fn a_weak_password_is_told_for_both() {
    let world = world().await;
    world.sign_up("ada@example.com").await;
    for email in ["ada@example.com", "new@example.com"] {
        let request = SignUp::new(email, "short");
        let answer = world.engine.sign_up_silently(&world.caller, request).await;
        assert_eq!(code(answer), "password_too_weak");
    }
}

/// A user name that is taken tells nothing about the address beside it.
#[tokio::test]
async fn a_taken_user_name_is_told_for_both() {
    let mut world = world().await;
    let hidden = json!({ "hide_existing_accounts": true, "username_enabled": true });
    world.configure(hidden).await;
    let try_with = async |email: &str| {
        let request = SignUp {
            username: Some("eve".to_owned()),
            ..SignUp::new(email, PASSWORD)
        };
        world.engine.sign_up_silently(&world.caller, request).await
    };
    try_with("eve@example.com").await.unwrap();
    for email in ["eve@example.com", "new@example.com"] {
        assert_eq!(code(try_with(email).await), "username_taken", "{email}");
    }
}
