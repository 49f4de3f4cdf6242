use hellojohn_core::{
    factor::{FactorKind, FactorStatus},
    flows::NewFactor,
    mfa::FactorProof,
    secret::ExposeSecret,
    totp::step_at,
};

use super::{ADA, code, code_sent_to, read_app, with_totp};
use crate::world::{code as error_code, seconds, world};

#[tokio::test]
async fn an_app_counts_once_its_code_was_right_and_brings_backup_codes() {
    let world = world().await;
    let up = world.sign_up(ADA).await;
    let own = world.bearer(&up.tokens.access_token).await.unwrap();
    let (engine, user) = (&world.engine, up.user.id);
    let begun = engine
        .enrol_factor(&own, user, NewFactor::of(FactorKind::Totp))
        .await
        .unwrap();
    let setup = begun.totp.unwrap();
    assert!(
        setup
            .uri
            .expose_secret()
            .starts_with("otpauth://totp/Example:ada@example.com?secret=")
    );
    assert!(
        setup
            .qr_code
            .expose_secret()
            .starts_with("data:image/png;base64,iVBOR")
    );
    // Not before it is confirmed.
    world.sign_in(ADA, crate::world::PASSWORD).await.unwrap();
    let proof = |answer| FactorProof {
        factor: begun.factor.id,
        answer,
    };
    let wrong = engine
        .confirm_factor(&own, user, proof(code("000000")))
        .await;
    assert_eq!(error_code(wrong), "mfa_code_invalid");
    assert!(!engine.user(&world.caller, user).await.unwrap().mfa_enabled);

    let app = read_app(&setup.secret);
    let right = || code(&app.code_of(step_at(engine.now())));
    let confirmed = engine
        .confirm_factor(&own, user, proof(right()))
        .await
        .unwrap();
    assert_eq!(confirmed.factor.status, FactorStatus::Active);
    assert_eq!(confirmed.backup_codes.unwrap().len(), 10);
    assert!(engine.user(&world.caller, user).await.unwrap().mfa_enabled);
    assert_eq!(world.audited("mfa.enrolled").await, 1);
    assert_eq!(world.emitted("mfa.enrolled").await, 1);
    assert_eq!(
        world.count("hj_message", "template", "mfa_changed").await,
        1
    );
    // Nothing of the secret is stored in the open.
    let sealed = world.texts("SELECT sealed FROM hj_mfa_factor").await;
    assert!(sealed[0].starts_with("v1:") && !sealed[0].contains(setup.secret.expose_secret()));
    let again = engine
        .enrol_factor(&own, user, NewFactor::of(FactorKind::Totp))
        .await;
    assert_eq!(error_code(again), "factor_already_enrolled");
    let twice = engine.confirm_factor(&own, user, proof(right())).await;
    assert_eq!(error_code(twice), "factor_already_enrolled");
    // The session that confirmed has proven the factor, and says so after its next refresh.
    let refreshed = world.refresh(&up.tokens.refresh_token).await.unwrap();
    assert!(refreshed.session.mfa_verified && refreshed.session.mfa_at.is_some());
}

#[tokio::test]
async fn an_unconfirmed_factor_is_forgotten_after_a_quarter_of_an_hour() {
    let world = world().await;
    let up = world.sign_up(ADA).await;
    let (engine, user) = (&world.engine, up.user.id);
    let begun = engine
        .enrol_factor(&world.caller, user, NewFactor::of(FactorKind::Totp))
        .await
        .unwrap();
    let app = read_app(&begun.totp.unwrap().secret);
    let listed = async || {
        let factors = engine.list_factors(&world.caller, user).await;
        factors.unwrap().factors.len()
    };
    assert_eq!(listed().await, 1);
    world.wait(seconds(900));
    assert_eq!(listed().await, 0);
    let proof = FactorProof {
        factor: begun.factor.id,
        answer: code(&app.code_of(step_at(engine.now()))),
    };
    let late = engine.confirm_factor(&world.caller, user, proof).await;
    assert_eq!(error_code(late), "mfa_code_expired");
    assert_eq!(engine.purge().await.unwrap().mfa, 0);
    world.wait(seconds(86_401));
    assert_eq!(engine.purge().await.unwrap().mfa, 1);
}

/// R124, R134.
#[tokio::test]
async fn changing_factors_needs_a_fresh_proof() {
    let world = world().await;
    let engine = &world.engine;
    let up = world.sign_up(ADA).await;
    let own = world.bearer(&up.tokens.access_token).await.unwrap();
    world.wait(seconds(901));
    let late = engine
        .enrol_factor(&own, up.user.id, NewFactor::of(FactorKind::Totp))
        .await;
    assert_eq!(error_code(late), "step_up_required");
    let eve = world.sign_up("eve@example.com").await;
    let eve = world.bearer(&eve.tokens.access_token).await.unwrap();
    let foreign = engine
        .enrol_factor(&eve, up.user.id, NewFactor::of(FactorKind::Totp))
        .await;
    assert_eq!(error_code(foreign), "user_not_found");
}

/// R134: the session that is not fresh, and the one that never proved the factor.
#[tokio::test]
async fn a_factor_is_removed_only_by_who_proved_one_lately() {
    let world = world().await;
    let engine = &world.engine;
    let up = world.sign_up(ADA).await;
    let second_device = world.sign_in(ADA, crate::world::PASSWORD).await.unwrap();
    let begun = engine
        .enrol_factor(&world.caller, up.user.id, NewFactor::of(FactorKind::Totp))
        .await
        .unwrap();
    let app = read_app(&begun.totp.unwrap().secret);
    let own = world.bearer(&up.tokens.access_token).await.unwrap();
    let proof = FactorProof {
        factor: begun.factor.id,
        answer: code(&app.code_of(step_at(engine.now()))),
    };
    engine
        .confirm_factor(&own, up.user.id, proof)
        .await
        .unwrap();
    let unproven = world
        .bearer(&second_device.tokens.access_token)
        .await
        .unwrap();
    let (user, factor) = (up.user.id, begun.factor.id);
    let refused = engine.remove_factor(&unproven, user, factor).await;
    assert_eq!(error_code(refused), "step_up_required");
    let refused = engine.generate_backup_codes(&unproven, user).await;
    assert_eq!(error_code(refused), "step_up_required");
    let refused = engine
        .enrol_factor(&unproven, user, NewFactor::of(FactorKind::EmailOtp))
        .await;
    assert_eq!(error_code(refused), "step_up_required");
    world.wait(seconds(301));
    let refused = engine.remove_factor(&own, user, factor).await;
    assert_eq!(error_code(refused), "step_up_required");
    // A server may, and it is audited.
    engine
        .remove_factor(&world.caller, user, factor)
        .await
        .unwrap();
    assert_eq!(world.audited("mfa.removed").await, 1);
    let account = engine.user(&world.caller, user).await.unwrap();
    assert!(!account.mfa_enabled);
    assert_eq!(
        world
            .count("hj_backup_code", "user_id", &user.to_string())
            .await,
        0
    );
    world.sign_in(ADA, crate::world::PASSWORD).await.unwrap();
    let gone = engine.remove_factor(&world.caller, user, factor).await;
    assert_eq!(error_code(gone), "factor_not_found");
}

/// R130.
#[tokio::test]
async fn a_number_is_proven_by_the_code_it_receives() {
    let world = world().await;
    let up = world.sign_up(ADA).await;
    let (engine, user) = (&world.engine, up.user.id);
    let own = world.bearer(&up.tokens.access_token).await.unwrap();
    let missing = engine
        .enrol_factor(&own, user, NewFactor::of(FactorKind::Sms))
        .await;
    assert_eq!(error_code(missing), "phone_required");
    let number = "+15550105671";
    let sms = |number: &str| NewFactor {
        phone: Some(number.to_owned()),
        ..NewFactor::of(FactorKind::Sms)
    };
    let malformed = engine.enrol_factor(&own, user, sms("0123")).await;
    assert_eq!(error_code(malformed), "validation_failed");
    let begun = engine.enrol_factor(&own, user, sms(number)).await.unwrap();
    assert_eq!(begun.hint.as_deref(), Some("+1***5671"));
    let sent = code_sent_to(&world, number).await;
    assert!(
        sent.len() == 6 && sent.bytes().all(|b| b.is_ascii_digit()),
        "{sent}"
    );
    let proof = FactorProof {
        factor: begun.factor.id,
        answer: code(&sent),
    };
    engine.confirm_factor(&own, user, proof).await.unwrap();
    let account = engine.user(&world.caller, user).await.unwrap();
    assert_eq!(
        (account.phone.as_deref(), account.phone_verified),
        (Some(number), true)
    );
}

/// R130: whoever only claims a number keeps nobody from proving it; whoever proved it keeps it.
#[tokio::test]
async fn a_claimed_number_goes_to_who_proves_it() {
    let world = world().await;
    let (engine, number) = (&world.engine, "+15550105671");
    let squatter = world.sign_up("eve@example.com").await.user.id;
    world
        .execute(format!(
            "UPDATE hj_user SET phone = '{number}' WHERE email = 'eve@example.com'"
        ))
        .await;
    let mut holders = Vec::new();
    for email in [ADA, "bob@example.com"] {
        let user = world.sign_up(email).await.user.id;
        let sms = NewFactor {
            phone: Some(number.to_owned()),
            ..NewFactor::of(FactorKind::Sms)
        };
        let begun = engine.enrol_factor(&world.caller, user, sms).await.unwrap();
        let sent = code_sent_to(&world, number).await;
        let proof = FactorProof {
            factor: begun.factor.id,
            answer: code(&sent),
        };
        engine
            .confirm_factor(&world.caller, user, proof)
            .await
            .unwrap();
        holders.push(user);
        // So that the newest message is the next one.
        world.wait(seconds(1));
    }
    let mut numbers = Vec::new();
    for user in [squatter, holders[0], holders[1]] {
        let account = engine.user(&world.caller, user).await.unwrap();
        numbers.push((account.phone, account.phone_verified));
    }
    let first = (Some(number.to_owned()), true);
    assert_eq!(numbers, [(None, false), first, (None, false)]);
}

#[tokio::test]
async fn a_mailbox_takes_five_answers_and_then_no_more() {
    let world = world().await;
    let up = world.sign_up(ADA).await;
    let (engine, user) = (&world.engine, up.user.id);
    let begun = engine
        .enrol_factor(&world.caller, user, NewFactor::of(FactorKind::EmailOtp))
        .await
        .unwrap();
    assert_eq!(begun.hint.as_deref(), Some("a***@example.com"));
    let sent = code_sent_to(&world, ADA).await;
    let wrong = if sent == "000000" { "000001" } else { "000000" };
    let proof = |text: &str| FactorProof {
        factor: begun.factor.id,
        answer: code(text),
    };
    for _ in 0..5 {
        let refused = engine
            .confirm_factor(&world.caller, user, proof(wrong))
            .await;
        assert_eq!(error_code(refused), "mfa_code_invalid");
    }
    let right = engine
        .confirm_factor(&world.caller, user, proof(&sent))
        .await;
    assert_eq!(error_code(right), "too_many_attempts");
    // Nor after the account may try again: the code is spent.
    world.wait(seconds(601));
    let right = engine
        .confirm_factor(&world.caller, user, proof(&sent))
        .await;
    assert_eq!(error_code(right), "too_many_attempts");
}

#[tokio::test]
async fn new_backup_codes_end_the_old_ones() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let engine = &world.engine;
    let made = engine
        .generate_backup_codes(&world.caller, ada.signed_in.user.id)
        .await
        .unwrap();
    assert_eq!(made.codes.len(), 10);
    let old: Vec<&str> = ada
        .backup_codes
        .iter()
        .map(ExposeSecret::expose_secret)
        .collect();
    assert!(
        made.codes
            .iter()
            .all(|new| !old.contains(&new.expose_secret()))
    );
    let challenge = super::challenged(&world).await;
    let choice = hellojohn_core::mfa::FactorChoice::BackupCodes;
    let refused = super::verify(engine, &world.caller, &challenge, (choice, code(old[0]))).await;
    assert_eq!(error_code(refused), "mfa_code_invalid");
    let opened = super::verify(
        engine,
        &world.caller,
        &challenge,
        (choice, code(made.codes[0].expose_secret())),
    );
    super::signed_in(opened.await.unwrap());
}
