use hellojohn_core::flows::{MePatch, NewUser, NewUserMail, Patch};
use serde_json::json;

use crate::world::{PASSWORD, code, seconds, world};

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn the_link_of_a_sign_up_proves_the_address_once() {
    let world = world().await;
    let ada = world.sign_up(ADA).await;
    assert!(!ada.user.email_verified);
    let letter = world.letter("verify_email", ADA).await;
    assert!(
        letter
            .link()
            .starts_with("https://auth.example.com/auth/verify-email?token=vfy_")
    );
    assert_eq!(letter.variables["expires_in_seconds"], 48 * 3600);
    let token = letter.token();
    let proven = world.engine.verify_email(&world.caller, &token).await;
    assert_eq!(proven.unwrap().as_str(), ADA);
    let user = world.engine.user(&world.caller, ada.user.id).await.unwrap();
    assert!(user.email_verified);
    assert_eq!(world.audited("user.email_verified").await, 1);
    assert_eq!(world.emitted("user.email_verified").await, 1);
    let again = world.engine.verify_email(&world.caller, &token).await;
    assert_eq!(code(again), "link_invalid");
}

/// R031.
#[tokio::test]
async fn it_is_good_for_two_days_to_the_second() {
    for (after, expected) in [(48 * 3600 - 1, None), (48 * 3600, Some("link_expired"))] {
        let world = world().await;
        world.sign_up(ADA).await;
        let token = world.letter("verify_email", ADA).await.token();
        world.wait(seconds(after));
        let proven = world.engine.verify_email(&world.caller, &token).await;
        assert_eq!(proven.err().map(|error| error.code()), expected);
    }
}

#[tokio::test]
async fn sign_in_waits_for_it_where_the_tenant_says_so() {
    let mut world = world().await;
    world
        .configure(json!({ "email_verification_required": true }))
        .await;
    world.sign_up(ADA).await;
    assert_eq!(
        code(world.sign_in(ADA, PASSWORD).await),
        "email_not_verified"
    );
    let token = world.letter("verify_email", ADA).await.token();
    let engine = &world.engine;
    engine.verify_email(&world.caller, &token).await.unwrap();
    assert!(world.sign_in(ADA, PASSWORD).await.is_ok());
}

/// R012: whoever asks again learns nothing; R032: only the newest link works.
#[tokio::test]
async fn asking_again_mails_only_whom_it_concerns() {
    let world = world().await;
    let ada = world.sign_up(ADA).await;
    let first = world.letter("verify_email", ADA).await.token();
    let engine = &world.engine;
    for email in [Some(ADA), Some("nobody@example.com")] {
        let asked = engine.resend_verification(&world.caller, email).await;
        asked.unwrap();
    }
    assert_eq!(world.letters_of("verify_email").await, 2);
    assert_eq!(
        code(engine.verify_email(&world.caller, &first).await),
        "link_invalid"
    );
    let own = world.bearer(&ada.tokens.access_token).await.unwrap();
    engine.resend_verification(&own, None).await.unwrap();
    assert_eq!(world.letters_of("verify_email").await, 3);
    let newest = world.letter("verify_email", ADA).await.token();
    engine.verify_email(&world.caller, &newest).await.unwrap();
    world.wait(seconds(3600));
    engine.resend_verification(&own, None).await.unwrap();
    assert_eq!(world.letters_of("verify_email").await, 3);
    let nobody = engine.resend_verification(&world.caller, None).await;
    assert_eq!(code(nobody), "missing_token");
}

/// N17.
#[tokio::test]
async fn nobody_proves_their_own_address_by_saying_so() {
    let world = world().await;
    let ada = world.sign_up(ADA).await;
    let own = world.bearer(&ada.tokens.access_token).await.unwrap();
    let patch = MePatch {
        email: Patch::Set("other@example.com".to_owned()),
        ..MePatch::default()
    };
    let user = world.engine.update_me(&own, patch).await.unwrap();
    assert_eq!((user.email.as_str(), user.email_verified), (ADA, false));
}

#[tokio::test]
async fn a_user_made_by_a_server_is_welcomed_when_asked() {
    let world = world().await;
    let new = |email: &str, mail| NewUser {
        email: email.to_owned(),
        mail,
        ..NewUser::default()
    };
    let create = |new| world.engine.create_user(&world.caller, new);
    create(new("quiet@example.com", NewUserMail::None))
        .await
        .unwrap();
    assert!(world.letters().await.is_empty());
    create(new(ADA, NewUserMail::Welcome)).await.unwrap();
    let proven = NewUser {
        email_verified: Some(true),
        ..new("bob@example.com", NewUserMail::Welcome)
    };
    create(proven).await.unwrap();
    assert_eq!(world.letters_of("welcome").await, 2);
    assert_eq!(world.letters_of("verify_email").await, 1);
    let token = world.letter("verify_email", ADA).await.token();
    world
        .engine
        .verify_email(&world.caller, &token)
        .await
        .unwrap();
}
