use hellojohn_core::flows::{Ban, Disable, Identifier, NewPassword, NewUser, SignIn};
use serde_json::json;

use crate::world::{PASSWORD, code, seconds, world};

#[tokio::test]
async fn the_right_password_opens_a_session() {
    let world = world().await;
    let up = world.sign_up("ada@example.com").await;
    world.wait(seconds(5));
    let signed_in = world.sign_in("Ada@Example.com", PASSWORD).await.unwrap();
    assert_ne!(signed_in.session.id, up.session.id);
    assert_eq!(signed_in.user.last_sign_in_at, Some(world.engine.now()));
    let stored = world.engine.user(&world.caller, up.user.id).await.unwrap();
    assert_eq!(stored.last_sign_in_at, Some(world.engine.now()));
    assert_eq!(world.audited("user.login").await, 1);
}

#[tokio::test]
async fn unknown_wrong_and_passwordless_are_one_answer() {
    let world = world().await;
    world.sign_up("ada@example.com").await;
    let social = NewUser {
        email: "grace@example.com".to_owned(),
        ..NewUser::default()
    };
    world
        .engine
        .create_user(&world.caller, social)
        .await
        .unwrap();
    for (email, password) in [
        ("ada@example.com", "wrong password"),
        ("nobody@example.com", PASSWORD),
        ("grace@example.com", PASSWORD),
        ("ada@example.com", ""),
    ] {
        let error = world.sign_in(email, password).await.unwrap_err();
        assert_eq!(error.code(), "invalid_credentials", "{email}");
        assert_eq!(error.to_string(), "the e-mail address or password is wrong");
    }
    assert_eq!(world.audited("user.login_failed").await, 4);
}

#[tokio::test]
async fn the_state_of_an_account_is_told_only_to_who_knows_its_password() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await.user.id;
    world
        .engine
        .disable_user(&world.caller, ada, Disable::default())
        .await
        .unwrap();
    assert_eq!(
        code(world.sign_in("ada@example.com", "wrong").await),
        "invalid_credentials"
    );
    assert_eq!(
        code(world.sign_in("ada@example.com", PASSWORD).await),
        "user_disabled"
    );
    let until = Some(world.engine.now() + seconds(60));
    world
        .engine
        .ban_user(
            &world.caller,
            ada,
            Ban {
                reason: None,
                until,
            },
        )
        .await
        .unwrap();
    assert_eq!(
        code(world.sign_in("ada@example.com", PASSWORD).await),
        "user_banned"
    );
    world.wait(seconds(60));
    world.sign_in("ada@example.com", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn an_unverified_address_waits_where_the_tenant_says_so() {
    let mut world = world().await;
    world.sign_up("ada@example.com").await;
    world
        .configure(json!({"email_verification_required": true}))
        .await;
    assert_eq!(
        code(world.sign_in("ada@example.com", PASSWORD).await),
        "email_not_verified"
    );
}

#[tokio::test]
async fn a_user_name_signs_in_where_the_tenant_has_them() {
    let mut world = world().await;
    let by_name = |name: &str| SignIn {
        identifier: Identifier::Username(name.to_owned()),
        password: PASSWORD.to_owned().into(),
        captcha_token: None,
    };
    assert_eq!(
        code(world.engine.sign_in(&world.caller, by_name("ada")).await),
        "validation_failed"
    );
    world.configure(json!({"username_enabled": true})).await;
    let ada = NewUser {
        email: "ada@example.com".to_owned(),
        username: Some("Ada.L".to_owned()),
        password: NewPassword::Clear(PASSWORD.to_owned().into()),
        ..NewUser::default()
    };
    world.engine.create_user(&world.caller, ada).await.unwrap();
    world
        .engine
        .sign_in(&world.caller, by_name("ADA.L"))
        .await
        .unwrap();
    assert_eq!(
        code(world.engine.sign_in(&world.caller, by_name("nobody")).await),
        "invalid_credentials"
    );
    assert_eq!(
        code(world.engine.sign_in(&world.caller, by_name("!")).await),
        "invalid_credentials"
    );
}

#[tokio::test]
async fn one_device_too_many_ends_the_oldest_session() {
    let mut world = world().await;
    world.configure(json!({"max_sessions_per_user": 2})).await;
    let first = world.sign_up("ada@example.com").await;
    world.wait(seconds(1));
    let second = world.sign_in("ada@example.com", PASSWORD).await.unwrap();
    world.wait(seconds(1));
    let third = world.sign_in("ada@example.com", PASSWORD).await.unwrap();
    assert_eq!(
        code(world.refresh(&first.tokens.refresh_token).await),
        "session_revoked"
    );
    world.refresh(&second.tokens.refresh_token).await.unwrap();
    world.refresh(&third.tokens.refresh_token).await.unwrap();
}

/// R008: whatever the scheme, one sign-in brings the hash up to date.
#[tokio::test]
async fn imported_hashes_verify_and_are_upgraded() {
    let world = world().await;
    // All of "correct horse battery staple".
    let hashes = crate::create_user::imported_hashes();
    for (number, hash) in hashes.iter().enumerate() {
        let email = format!("user{number}@example.com");
        let new = NewUser {
            email: email.clone(),
            password: NewPassword::Hash(hash.clone().into()),
            ..NewUser::default()
        };
        let user = world.engine.create_user(&world.caller, new).await.unwrap();
        world.sign_in(&email, PASSWORD).await.unwrap();
        let stored = world
            .engine
            .user(&world.caller, user.id)
            .await
            .unwrap()
            .password_hash
            .unwrap();
        assert!(
            stored
                .expose()
                .starts_with("$argon2id$v=19$m=7168,t=5,p=1$"),
            "{hash}"
        );
        assert_eq!(
            code(world.sign_in(&email, "wrong").await),
            "invalid_credentials"
        );
        world.sign_in(&email, PASSWORD).await.unwrap();
    }
}
