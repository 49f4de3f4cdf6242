use hellojohn_core::{
    Engine,
    access::Operator,
    flows::{Activation, FormerTokens, KeyMaterial, NewSigningKey, Retirement},
    secret::{ExposeSecret, SecretString},
    signing_key::KeyState,
    store::{Access, Store},
    token::{OfflineVerifier, Seed, pem},
};

use crate::world::{Setup, World, code, key, seconds, world};

fn kid(token: &SecretString) -> String {
    let header = token.expose_secret().split('.').next().unwrap();
    let json = data_encoding::BASE64URL_NOPAD
        .decode(header.as_bytes())
        .unwrap();
    let header: serde_json::Value = serde_json::from_slice(&json).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

async fn add(
    world: &World,
    activation: Option<Activation>,
) -> hellojohn_core::signing_key::KeyStanding {
    let new = NewSigningKey {
        activation,
        ..NewSigningKey::standby(KeyMaterial::Generate)
    };
    world
        .engine
        .add_signing_key(&Operator::local(), new)
        .await
        .unwrap()
}

/// R074: a key is in the JWKS before it signs, and signs only when caches could see it.
#[tokio::test]
async fn a_key_is_published_before_it_signs() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let first = kid(&ada.tokens.access_token);
    let new = add(&world, None).await;
    assert_eq!(new.state, KeyState::Standby);
    assert!(
        world
            .engine
            .jwks()
            .await
            .unwrap()
            .body
            .contains(&new.key.id)
    );
    let planned = world
        .engine
        .activate_signing_key(&Operator::local(), &new.key.id, Activation::WhenPublished)
        .await
        .unwrap();
    assert_eq!(planned.state, KeyState::Standby);
    assert_eq!(
        planned.key.active_from,
        Some(world.engine.now() + seconds(600))
    );
    world.wait(seconds(599));
    assert_eq!(
        kid(&world.sign_up("b@example.com").await.tokens.access_token),
        first
    );
    world.wait(seconds(4));
    assert_eq!(
        kid(&world.sign_up("c@example.com").await.tokens.access_token),
        new.key.id
    );
}

/// Another instance's new key verifies here at once.
#[tokio::test]
async fn another_instances_new_key_is_known_here_at_once() {
    let world = world().await;
    let other = world.second_instance().await;
    world.sign_up("ada@example.com").await;
    let new = NewSigningKey {
        activation: Some(Activation::Now),
        ..NewSigningKey::standby(KeyMaterial::Generate)
    };
    let new = other
        .add_signing_key(&Operator::local(), new)
        .await
        .unwrap();
    let up = hellojohn_core::flows::SignUp::new("grace@example.com", crate::world::PASSWORD);
    let grace = other.sign_up(&world.caller, up).await.unwrap();
    assert_eq!(kid(&grace.tokens.access_token), new.key.id);
    world.wait(seconds(1));
    world.bearer(&grace.tokens.access_token).await.unwrap();
    assert_eq!(
        kid(&world.sign_up("late@example.com").await.tokens.access_token),
        new.key.id
    );
}

/// A cached JWKS goes on verifying across rotations; keys leave only when no token can be alive.
#[tokio::test]
async fn a_retiring_key_stays_until_its_last_token_is_dead() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let old = kid(&ada.tokens.access_token);
    let new = add(&world, Some(Activation::Now)).await;
    let operator = Operator::local();
    assert_eq!(
        code(
            world
                .engine
                .retire_signing_key(&operator, &new.key.id, Retirement::Now)
                .await
        ),
        "signing_key_active"
    );
    assert_eq!(
        code(
            world
                .engine
                .retire_signing_key(&operator, &old, Retirement::WhenFree)
                .await
        ),
        "signing_key_in_use"
    );
    let verifier = OfflineVerifier::new(
        "https://auth.example.com",
        world.tenant.id,
        &world.engine.jwks().await.unwrap().body,
    )
    .unwrap();
    verifier
        .verify(ada.tokens.access_token.expose_secret(), world.engine.now())
        .unwrap();
    // The longest token lives 24 hours; caches keep 10 minutes; clocks differ by a minute.
    world.wait(seconds(86_400 + 600 + 59));
    assert!(world.engine.jwks().await.unwrap().body.contains(&old));
    world.wait(seconds(4));
    assert!(!world.engine.jwks().await.unwrap().body.contains(&old));
    world
        .engine
        .retire_signing_key(&operator, &old, Retirement::WhenFree)
        .await
        .unwrap();
    assert_eq!(
        code(
            world
                .engine
                .activate_signing_key(&operator, &old, Activation::Now)
                .await
        ),
        "signing_key_retired"
    );
}

/// R075: a compromised key is gone at once, with its tokens.
#[tokio::test]
async fn a_key_retired_by_force_takes_its_tokens_along() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let old = kid(&ada.tokens.access_token);
    add(&world, Some(Activation::Now)).await;
    world
        .engine
        .retire_signing_key(&Operator::local(), &old, Retirement::Now)
        .await
        .unwrap();
    assert_eq!(
        code(world.bearer(&ada.tokens.access_token).await),
        "invalid_token"
    );
    assert!(!world.engine.jwks().await.unwrap().body.contains(&old));
    // R080: the session goes on.
    let next = world.refresh(&ada.tokens.refresh_token).await.unwrap();
    world.bearer(&next.tokens.access_token).await.unwrap();
}

#[tokio::test]
async fn a_configured_key_is_imported_and_takes_over_when_published() {
    let world = world().await;
    let before = kid(&world.sign_up("ada@example.com").await.tokens.access_token);
    let text = pem::write_private(&Seed::new([5; 32])).unwrap();
    let imported = Seed::new([5; 32]).public_key().unwrap().id().to_string();
    for _ in 0..2 {
        world
            .reopened(|settings| settings.signing_key = Some(text.clone()))
            .await
            .unwrap();
    }
    let keys = world.engine.signing_keys(&Operator::local()).await.unwrap();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0].key.id, imported);
    assert_eq!(keys[0].state, KeyState::Standby);
    world.wait(seconds(601));
    assert_ne!(
        kid(&world.sign_up("b@example.com").await.tokens.access_token),
        before
    );
}

#[tokio::test]
async fn foreign_pem_and_a_mismatched_public_half_are_refused() {
    let world = world().await;
    let bad = NewSigningKey::standby(KeyMaterial::Pem(SecretString::from(
        "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----",
    )));
    assert_eq!(
        code(world.engine.add_signing_key(&Operator::local(), bad).await),
        "invalid_signing_key"
    );
    let mut mixed = NewSigningKey::standby(KeyMaterial::Pem(
        pem::write_private(&Seed::new([5; 32])).unwrap(),
    ));
    mixed.public_key = Some(pem::write_public(&Seed::new([6; 32]).public_key().unwrap()).unwrap());
    assert_eq!(
        code(
            world
                .engine
                .add_signing_key(&Operator::local(), mixed)
                .await
        ),
        "invalid_signing_key"
    );
}

/// R198: a wrong encryption key is refused before anything is written.
#[tokio::test]
async fn a_wrong_encryption_key_does_not_open_the_instance() {
    let world = world().await;
    let refused = world
        .reopened(|settings| settings.encryption_key = key("zyxwvutsrqponmlkjihgfedcba9876543210"))
        .await;
    let error = refused.unwrap_err();
    assert!(error.to_string().contains("is not configured"), "{error}");
    assert_eq!(
        world
            .engine
            .signing_keys(&Operator::local())
            .await
            .unwrap()
            .len(),
        1
    );
    world
        .reopened(|settings| {
            settings.previous_encryption_key = Some(settings.encryption_key.clone());
            settings.encryption_key = key("zyxwvutsrqponmlkjihgfedcba9876543210");
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn refresh_tokens_outlive_the_key_they_were_made_with() {
    let world = world().await;
    let other = world.second_instance().await;
    let ada = world.sign_up("ada@example.com").await;
    other
        .rotate_refresh_key(&Operator::local(), FormerTokens::Accept)
        .await
        .unwrap();
    let next = other
        .refresh(&world.caller, &ada.tokens.refresh_token)
        .await
        .unwrap();
    world.wait(seconds(1));
    // This instance has not heard of the new key; the token tells it.
    let next = world.refresh(&next.tokens.refresh_token).await.unwrap();
    world.wait(seconds(3));
    world.refresh(&next.tokens.refresh_token).await.unwrap();
}

#[tokio::test]
async fn a_leaked_refresh_key_takes_its_tokens_along() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    world
        .engine
        .rotate_refresh_key(&Operator::local(), FormerTokens::Refuse)
        .await
        .unwrap();
    assert_eq!(
        code(world.refresh(&ada.tokens.refresh_token).await),
        "refresh_token_invalid"
    );
    let again = world
        .sign_in("ada@example.com", crate::world::PASSWORD)
        .await
        .unwrap();
    world.refresh(&again.tokens.refresh_token).await.unwrap();
}

/// Eight instances that start at once on an empty database agree on one key of each purpose.
#[tokio::test(flavor = "multi_thread")]
async fn first_starts_at_once_make_one_key() {
    let empty = Setup::default().unopened().await;
    let starts: Vec<_> = (0..8)
        .map(|_| tokio::spawn(Engine::open(empty.ports.clone(), empty.settings.clone())))
        .collect();
    let mut engines = Vec::new();
    for start in starts {
        engines.push(start.await.unwrap().unwrap());
    }
    for engine in engines {
        let keys = engine.signing_keys(&Operator::local()).await.unwrap();
        assert_eq!(keys.len(), 1);
    }
    let mut unit = empty.store.begin_control(Access::Read).await.unwrap();
    assert_eq!(unit.signing_keys().await.unwrap().len(), 2);
}

/// A row that does not open any more is a lost key: its access tokens end, refresh tokens go on.
#[tokio::test]
async fn a_lost_signing_key_is_replaced_by_a_new_one() {
    for loss in [
        "DELETE FROM cp_signing_key WHERE purpose = 'access_token'",
        "UPDATE cp_signing_key SET sealed = sealed || 'AAAA' WHERE purpose = 'access_token'",
    ] {
        let world = world().await;
        let ada = world.sign_up("ada@example.com").await;
        world.execute(loss).await;
        let after = world.second_instance().await;
        let old = after
            .verify_access_token(&world.caller, &ada.tokens.access_token)
            .await;
        assert_eq!(code(old), "invalid_token", "{loss}");
        let refreshed = after
            .refresh(&world.caller, &ada.tokens.refresh_token)
            .await
            .unwrap();
        after
            .verify_access_token(&world.caller, &refreshed.tokens.access_token)
            .await
            .unwrap();
    }
}

/// The configured key mends its own row.
#[tokio::test]
async fn a_configured_key_whose_row_was_altered_is_kept_anew() {
    let setup = Setup {
        settings: Some(|settings| {
            let text = pem::write_private(&Seed::new([7; 32]));
            settings.signing_key = Some(text.unwrap());
        }),
        ..Setup::default()
    };
    let world = setup.build().await;
    let ada = world.sign_up("ada@example.com").await;
    world
        .execute(
            "UPDATE cp_signing_key SET sealed = sealed || 'AAAA' WHERE purpose = 'access_token'",
        )
        .await;
    let after = world.second_instance().await;
    after
        .verify_access_token(&world.caller, &ada.tokens.access_token)
        .await
        .unwrap();
}

/// A start that cannot write the mended row says so instead of serving without it.
#[tokio::test]
async fn a_configured_key_whose_row_cannot_be_kept_is_no_start() {
    let setup = Setup {
        settings: Some(|settings| {
            let text = pem::write_private(&Seed::new([7; 32]));
            settings.signing_key = Some(text.unwrap());
        }),
        ..Setup::default()
    };
    let world = setup.build().await;
    world
        .execute(
            "UPDATE cp_signing_key SET sealed = sealed || 'AAAA' WHERE purpose = 'access_token'",
        )
        .await;
    // As if another had changed the row between reading and writing it.
    world
        .execute(
            "CREATE TRIGGER changed BEFORE UPDATE ON cp_signing_key BEGIN SELECT RAISE(IGNORE); END",
        )
        .await;
    let refused = world.reopened(|_| ()).await.unwrap_err();
    assert!(
        refused.to_string().contains("signing_key_sealed"),
        "{refused}"
    );
}

/// R198: not even the check is written beside keys that another encryption key sealed.
#[tokio::test]
async fn a_wrong_encryption_key_is_noticed_without_the_check() {
    let world = world().await;
    world
        .execute("DELETE FROM cp_setting WHERE name = 'encryption_check'")
        .await;
    let refused = world
        .reopened(|settings| settings.encryption_key = key("zyxwvutsrqponmlkjihgfedcba9876543210"))
        .await;
    let error = refused.unwrap_err();
    assert!(error.to_string().contains("is not configured"), "{error}");
    assert_eq!(
        world.count("cp_setting", "name", "encryption_check").await,
        0
    );
}
