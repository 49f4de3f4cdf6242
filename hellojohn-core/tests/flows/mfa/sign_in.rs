use hellojohn_core::{
    flows::{Disable, KeepSessions, SetPassword},
    mfa::{FactorChoice, OfferedFactor},
    secret::{ExposeSecret, SecretString},
    totp::step_at,
};

use super::{ADA, challenged, code, signed_in, verify, with_totp};
use crate::world::{code as error_code, key, seconds, world};

#[tokio::test]
async fn a_password_alone_opens_a_challenge_and_a_code_the_session() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let sessions = world
        .count("hj_session", "user_id", &ada.signed_in.user.id.to_string())
        .await;
    let challenge = challenged(&world).await;
    let kinds: Vec<&str> = challenge
        .factors
        .iter()
        .map(|f: &OfferedFactor| f.kind)
        .collect();
    assert_eq!(kinds, ["totp", "backup_codes"]);
    assert_eq!(challenge.expires_at, world.engine.now() + seconds(300));
    assert!(
        challenge
            .challenge
            .expose_secret()
            .starts_with("challenge_")
    );
    let now = world
        .count("hj_session", "user_id", &ada.signed_in.user.id.to_string())
        .await;
    assert_eq!(now, sessions);

    let answer = (ada.choice(), ada.code(&world));
    let opened = verify(&world.engine, &world.caller, &challenge, answer)
        .await
        .unwrap();
    let opened = signed_in(opened);
    assert!(opened.session.mfa_verified);
    assert_eq!(opened.session.mfa_at, Some(world.engine.now()));
    let words: Vec<&str> = opened.session.amr.iter().map(|amr| amr.as_str()).collect();
    assert_eq!(words, ["pwd", "otp", "mfa"]);
    let claims = world
        .engine
        .verify_access_token(&world.caller, &opened.tokens.access_token)
        .await
        .unwrap();
    assert!(claims.mfa_verified && claims.mfa_at.is_some());
    // Refreshing keeps what was proven.
    let refreshed = world.refresh(&opened.tokens.refresh_token).await.unwrap();
    assert!(refreshed.session.mfa_verified);
    assert_eq!(refreshed.session.mfa_at, opened.session.mfa_at);
    assert_eq!(world.audited("mfa.verified").await, 1);
    // A challenge is answered once.
    world.wait(seconds(60));
    let answer = (ada.choice(), ada.code(&world));
    let again = verify(&world.engine, &world.caller, &challenge, answer).await;
    assert_eq!(error_code(again), "mfa_challenge_expired");
}

/// R125, R128, N29.
#[tokio::test]
async fn a_used_code_is_answered_like_a_wrong_one() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let answer = (ada.choice(), ada.code(&world));
    let challenge = challenged(&world).await;
    verify(&world.engine, &world.caller, &challenge, answer.clone())
        .await
        .unwrap();
    let challenge = challenged(&world).await;
    let replayed = verify(&world.engine, &world.caller, &challenge, answer)
        .await
        .unwrap_err();
    let wrong = (ada.choice(), code("not a code"));
    let wrong = verify(&world.engine, &world.caller, &challenge, wrong)
        .await
        .unwrap_err();
    assert_eq!(replayed.code(), "mfa_code_invalid");
    assert_eq!(
        (replayed.code(), replayed.to_string()),
        (wrong.code(), wrong.to_string())
    );
    // The step before the last accepted one is within the window, and dead, too.
    let before = ada.app.code_of(step_at(world.engine.now()) - 1);
    let before = (ada.choice(), code(&before));
    let refused = verify(&world.engine, &world.caller, &challenge, before).await;
    assert_eq!(error_code(refused), "mfa_code_invalid");
}

/// R125, N28: sixteen racers on three instances.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_that_show_one_code_at_once_one_gets_in() {
    let world = world().await;
    let ada = with_totp(&world).await;
    for _ in 0..3 {
        let engines = [
            world.engine.clone(),
            world.second_instance().await,
            world.second_instance().await,
        ];
        let mut racers = Vec::new();
        for number in 0..16 {
            let challenge = challenged(&world).await;
            let (engine, caller) = (engines[number % 3].clone(), world.caller.clone());
            let answer = (ada.choice(), ada.code(&world));
            racers.push(tokio::spawn(async move {
                verify(&engine, &caller, &challenge, answer)
                    .await
                    .map_err(|error| error.code())
            }));
        }
        let mut winners = 0;
        for racer in racers {
            match racer.await.unwrap() {
                Ok(_) => winners += 1,
                Err(code) => assert!(
                    ["mfa_code_invalid", "too_many_attempts"].contains(&code),
                    "{code}"
                ),
            }
        }
        assert_eq!(winners, 1);
        world.wait(seconds(601));
    }
}

/// R126.
#[tokio::test]
async fn a_clock_that_goes_back_revives_no_code() {
    let world = world().await;
    let ada = with_totp(&world).await;
    world.wait(seconds(600));
    let step = step_at(world.engine.now());
    let challenge = challenged(&world).await;
    let answer = (ada.choice(), ada.code(&world));
    verify(&world.engine, &world.caller, &challenge, answer)
        .await
        .unwrap();
    world.turn_back(seconds(120));
    let challenge = challenged(&world).await;
    for old in [step - 5, step - 4, step - 3] {
        let answer = (ada.choice(), code(&ada.app.code_of(old)));
        let refused = verify(&world.engine, &world.caller, &challenge, answer).await;
        assert_eq!(error_code(refused), "mfa_code_invalid");
    }
}

#[tokio::test]
async fn a_backup_code_lets_in_once_and_its_owner_is_told() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let answer = || {
        (
            FactorChoice::BackupCodes,
            code(&ada.backup_codes[3].expose_secret().to_lowercase()),
        )
    };
    let challenge = challenged(&world).await;
    let opened = verify(&world.engine, &world.caller, &challenge, answer())
        .await
        .unwrap();
    let words: Vec<&str> = signed_in(opened)
        .session
        .amr
        .iter()
        .map(|amr| amr.as_str())
        .collect();
    assert_eq!(words, ["pwd", "backup_code", "mfa"]);
    assert_eq!(
        world
            .count("hj_message", "template", "backup_code_used")
            .await,
        1
    );
    assert_eq!(world.audited("mfa.backup_code_used").await, 1);
    let challenge = challenged(&world).await;
    let again = verify(&world.engine, &world.caller, &challenge, answer()).await;
    assert_eq!(error_code(again), "mfa_code_invalid");
    let left = world
        .engine
        .list_factors(&world.caller, ada.signed_in.user.id)
        .await;
    assert_eq!(left.unwrap().backup_codes, 9);
}

/// Backup codes outlive a change of the encryption key, whose sealed secrets are sealed anew.
#[tokio::test]
async fn factors_and_codes_stay_good_under_another_encryption_key() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let changed = world
        .reopened(|settings| {
            settings.previous_encryption_key = Some(settings.encryption_key.clone());
            settings.encryption_key = key("zyxwvutsrqponmlkjihgfedcba9876543210");
        })
        .await
        .unwrap();
    let challenge = challenged(&world).await;
    let backup = code(ada.backup_codes[0].expose_secret());
    let answer = (FactorChoice::BackupCodes, backup);
    verify(&changed, &world.caller, &challenge, answer)
        .await
        .unwrap();
    let challenge = challenged(&world).await;
    let answer = (ada.choice(), ada.code(&world));
    verify(&changed, &world.caller, &challenge, answer)
        .await
        .unwrap();
}

/// R023, R030, R133: what changed while the challenge waited ends it.
#[tokio::test]
async fn a_challenge_does_not_outlive_what_it_was_made_for() {
    for change in [
        "disabled",
        "disabled and enabled",
        "password",
        "email",
        "factor",
        "deleted",
    ] {
        let world = world().await;
        let ada = with_totp(&world).await;
        let (engine, caller, user) = (&world.engine, &world.caller, ada.signed_in.user.id);
        let challenge = challenged(&world).await;
        match change {
            "disabled" | "disabled and enabled" => {
                let disabled = engine.disable_user(caller, user, Disable::default());
                disabled.await.unwrap();
                if change != "disabled" {
                    engine.enable_user(caller, user).await.unwrap();
                }
            }
            "password" => {
                let set = SetPassword {
                    password: SecretString::from("violet harbour timid anvil"),
                    keep_sessions: KeepSessions::No,
                };
                engine.set_password(caller, user, set).await.unwrap();
            }
            "email" => {
                world
                    .execute("UPDATE hj_user SET email = 'new@example.com'")
                    .await;
            }
            "factor" => engine
                .remove_factor(caller, user, ada.factor)
                .await
                .unwrap(),
            _ => engine.delete_user(caller, user).await.unwrap(),
        }
        let answer = (ada.choice(), ada.code(&world));
        let refused = verify(engine, caller, &challenge, answer).await;
        assert_eq!(error_code(refused), "mfa_challenge_expired", "{change}");
    }
}

#[tokio::test]
async fn a_challenge_waits_five_minutes_in_its_tenant() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let challenge = challenged(&world).await;
    let other = world.other_tenant("Other").await;
    let answer = || (ada.choice(), ada.code(&world));
    let foreign = verify(&world.engine, &other, &challenge, answer()).await;
    assert_eq!(error_code(foreign), "mfa_challenge_expired");
    world.wait(seconds(299));
    verify(&world.engine, &world.caller, &challenge, answer())
        .await
        .unwrap();
    let next = challenged(&world).await;
    world.wait(seconds(300));
    let over = verify(&world.engine, &world.caller, &next, answer()).await;
    assert_eq!(error_code(over), "mfa_challenge_expired");
}

/// R048, N19: half let in is not let in.
#[tokio::test]
async fn a_challenge_is_no_bearer_credential() {
    let world = world().await;
    with_totp(&world).await;
    let challenge = challenged(&world).await;
    assert_eq!(
        error_code(world.bearer(&challenge.challenge).await),
        "invalid_token"
    );
    assert_eq!(
        error_code(world.refresh(&challenge.challenge).await),
        "refresh_token_invalid"
    );
    let hash =
        hellojohn_core::secret::SecretHash::of(challenge.challenge.expose_secret().as_bytes());
    let stored = world.texts("SELECT hex(hash) FROM hj_mfa_challenge").await;
    assert_eq!(stored, [data_encoding::HEXUPPER.encode(hash.as_bytes())]);
}

#[tokio::test]
async fn a_wrong_password_tells_nothing_of_factors() {
    let world = world().await;
    with_totp(&world).await;
    let refused = world.sign_in(ADA, "wrong").await;
    assert_eq!(error_code(refused), "invalid_credentials");
}
