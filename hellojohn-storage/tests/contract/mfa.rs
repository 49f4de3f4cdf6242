use hellojohn_core::{
    factor::{Factor, FactorKind, FactorStatus},
    id::FactorId,
    mail::Template,
    mfa::{ChallengeData, ChallengeKind, CodeAttempts, MfaChallenge, OtpCode},
    secret::SecretHash,
    session::Amr,
    store::Elevation,
};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_factor_is_kept_as_it_is,
    a_step_is_accepted_once_and_never_an_older_one,
    of_many_that_use_one_step_or_code_at_once_one_succeeds,
    of_many_answers_at_once_five_are_counted,
    attempts_of_an_account_are_counted_one_by_one,
    a_challenge_is_open_until_it_is_answered_or_over,
    a_sent_code_is_good_for_its_subject_and_factor,
    backup_codes_are_used_once_and_replaced_as_a_set,
    what_waited_too_long_is_purged,
    a_session_is_elevated_with_or_without_a_new_secret,
);

fn factor(number: u8) -> Factor {
    Factor {
        id: FactorId::new(at(0), [number; 10]),
        user_id: user_id(1),
        kind: FactorKind::Totp,
        name: Some("Phone".to_owned()),
        status: FactorStatus::Active,
        sealed: Some("v1:key:nonce:text".to_owned()),
        target: None,
        last_step: None,
        created_at: at(0),
        confirmed_at: Some(at(1)),
        last_used_at: None,
        expires_at: None,
    }
}

fn challenge(number: u8) -> MfaChallenge {
    MfaChallenge {
        hash: SecretHash::of(&[number]),
        user_id: user_id(1),
        kind: ChallengeKind::SignIn,
        session_id: None,
        attempts: 0,
        data: ChallengeData {
            amr: vec![Amr::Password.as_str().to_owned()],
            method: "email_password".to_owned(),
            auth_time: at(0),
            email: "user1@example.com".to_owned(),
            password_changed_at: None,
            webauthn: None,
        },
        created_at: at(0),
        expires_at: at(300),
        consumed_at: None,
    }
}

fn sent(subject: &str, factor: &Factor) -> OtpCode {
    OtpCode {
        subject: subject.to_owned(),
        factor_id: factor.id,
        hash: SecretHash::of(b"code"),
        attempts: 0,
        created_at: at(0),
        expires_at: at(300),
    }
}

/// How many of twelve racers succeed, each in a unit of its own.
async fn winners<F, R>(db: &Database, act: F) -> usize
where
    F: Fn(hellojohn_storage::SqlStore) -> R,
    R: Future<Output = bool> + Send + 'static,
{
    let racers: Vec<_> = (0..12)
        .map(|_| tokio::spawn(act(db.store.clone())))
        .collect();
    let mut winners = 0;
    for racer in racers {
        winners += usize::from(racer.await.unwrap());
    }
    winners
}

async fn a_factor_is_kept_as_it_is(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let mut pending = factor(2);
    pending.kind = FactorKind::Sms;
    pending.status = FactorStatus::Pending;
    pending.sealed = None;
    pending.target = Some("+15550105671".to_owned());
    pending.expires_at = Some(at(900));
    for factor in [&factor(1), &pending] {
        unit.insert_factor(factor).await.unwrap();
        assert_eq!(unit.factor(factor.id).await.unwrap().as_ref(), Some(factor));
    }
    assert_eq!(
        unit.factors_of(user_id(1)).await.unwrap(),
        [factor(1), pending.clone()]
    );
    assert_eq!(unit.factors_of(user_id(2)).await.unwrap(), []);
    assert!(!unit.touch_factor(pending.id, at(5)).await.unwrap());
    assert!(
        unit.activate_factor(pending.id, Some(7), at(5))
            .await
            .unwrap()
    );
    assert!(!unit.activate_factor(pending.id, None, at(6)).await.unwrap());
    let active = unit.factor(pending.id).await.unwrap().unwrap();
    assert_eq!(
        (active.status, active.last_step),
        (FactorStatus::Active, Some(7))
    );
    assert_eq!(
        (active.expires_at, active.confirmed_at),
        (None, Some(at(5)))
    );
    assert!(unit.touch_factor(pending.id, at(8)).await.unwrap());
    unit.commit().await.unwrap();
    let mut elsewhere = write(&db.store, 2).await;
    assert_eq!(elsewhere.factor(pending.id).await.unwrap(), None);
    assert!(!elsewhere.delete_factor(pending.id).await.unwrap());
    assert!(!elsewhere.accept_step(pending.id, 9, at(9)).await.unwrap());
    drop(elsewhere);
    let mut unit = write(&db.store, 1).await;
    assert_eq!(
        unit.delete_pending_factors(user_id(1), FactorKind::Sms)
            .await
            .unwrap(),
        0
    );
    assert!(unit.delete_factor(pending.id).await.unwrap());
    assert!(!unit.delete_factor(pending.id).await.unwrap());
}

/// R125, R126.
async fn a_step_is_accepted_once_and_never_an_older_one(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_factor(&factor(1)).await.unwrap();
    let mut accept = async |step| unit.accept_step(factor(1).id, step, at(9)).await.unwrap();
    assert!(accept(10).await);
    assert!(!accept(10).await);
    assert!(!accept(9).await);
    assert!(accept(11).await);
    let kept = unit.factor(factor(1).id).await.unwrap().unwrap();
    assert_eq!((kept.last_step, kept.last_used_at), (Some(11), Some(at(9))));
}

async fn of_many_that_use_one_step_or_code_at_once_one_succeeds(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_factor(&factor(1)).await.unwrap();
    unit.put_otp_code(&sent("one", &factor(1))).await.unwrap();
    unit.replace_backup_codes(user_id(1), &[SecretHash::of(b"backup")], at(0))
        .await
        .unwrap();
    unit.insert_challenge(&challenge(1)).await.unwrap();
    unit.commit().await.unwrap();
    let steps = winners(&db, |store| async move {
        let mut unit = write(&store, 1).await;
        let won = unit.accept_step(factor(1).id, 5, at(1)).await.unwrap();
        unit.commit().await.unwrap();
        won
    });
    assert_eq!(steps.await, 1);
    let codes = winners(&db, |store| async move {
        let mut unit = write(&store, 1).await;
        let hash = SecretHash::of(b"code");
        let code = ("one", factor(1).id);
        let won = unit.consume_otp_code(code, &hash, at(1)).await.unwrap();
        unit.commit().await.unwrap();
        won
    });
    assert_eq!(codes.await, 1);
    let backup_codes = winners(&db, |store| async move {
        let mut unit = write(&store, 1).await;
        let hash = SecretHash::of(b"backup");
        let won = unit
            .use_backup_code(user_id(1), &hash, at(1))
            .await
            .unwrap();
        unit.commit().await.unwrap();
        won
    });
    assert_eq!(backup_codes.await, 1);
    let challenges = winners(&db, |store| async move {
        let mut unit = write(&store, 1).await;
        let won = unit
            .consume_challenge(&challenge(1).hash, at(1))
            .await
            .unwrap();
        unit.commit().await.unwrap();
        won
    });
    assert_eq!(challenges.await, 1);
}

/// R020.
async fn of_many_answers_at_once_five_are_counted(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_factor(&factor(1)).await.unwrap();
    unit.insert_challenge(&challenge(1)).await.unwrap();
    unit.put_otp_code(&sent("one", &factor(1))).await.unwrap();
    unit.commit().await.unwrap();
    let counted = winners(&db, |store| async move {
        let mut unit = write(&store, 1).await;
        let hash = challenge(1).hash;
        let reserved = unit
            .reserve_challenge_attempt(&hash, 5, at(1))
            .await
            .unwrap();
        unit.commit().await.unwrap();
        reserved.is_some()
    });
    assert_eq!(counted.await, 5);
    let counted = winners(&db, |store| async move {
        let mut unit = write(&store, 1).await;
        let reserved = unit
            .reserve_otp_attempt("one", factor(1).id, 5)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        reserved
    });
    assert_eq!(counted.await, 5);
}

/// R127, N22.
async fn attempts_of_an_account_are_counted_one_by_one(db: Database) {
    two_users_each(&db.store).await;
    let reserved = winners(&db, |store| async move {
        let mut unit = write(&store, 1).await;
        let mut attempts = unit
            .code_attempts_for_update(user_id(1), at(1))
            .await
            .unwrap();
        let reserved = attempts.reserve(at(1)).is_ok();
        unit.put_code_attempts(user_id(1), &attempts, at(1))
            .await
            .unwrap();
        unit.commit().await.unwrap();
        reserved
    });
    assert_eq!(reserved.await, 5);
    let mut unit = write(&db.store, 1).await;
    let kept = unit
        .code_attempts_for_update(user_id(1), at(2))
        .await
        .unwrap();
    assert_eq!(kept, CodeAttempts::new(vec![at(1); 5]));
    let of_another = unit
        .code_attempts_for_update(user_id(2), at(2))
        .await
        .unwrap();
    assert_eq!(of_another, CodeAttempts::default());
}

async fn a_challenge_is_open_until_it_is_answered_or_over(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let (first, second) = (challenge(1), challenge(2));
    unit.insert_challenge(&first).await.unwrap();
    unit.insert_challenge(&second).await.unwrap();
    assert_eq!(
        unit.challenge(&first.hash).await.unwrap().as_ref(),
        Some(&first)
    );
    let late = unit
        .reserve_challenge_attempt(&first.hash, 5, at(300))
        .await;
    assert_eq!(late.unwrap(), None);
    assert!(!unit.consume_challenge(&first.hash, at(300)).await.unwrap());
    let counted = unit
        .reserve_challenge_attempt(&first.hash, 5, at(299))
        .await;
    assert_eq!(counted.unwrap().unwrap().attempts, 1);
    let mut data = first.data.clone();
    data.webauthn = Some(serde_json::json!({ "state": [1, "two"] }));
    assert!(
        unit.put_challenge_data(&first.hash, &data, at(1))
            .await
            .unwrap()
    );
    assert_eq!(
        unit.challenge(&first.hash).await.unwrap().unwrap().data,
        data
    );
    assert!(unit.consume_challenge(&first.hash, at(2)).await.unwrap());
    assert!(
        !unit
            .put_challenge_data(&first.hash, &data, at(3))
            .await
            .unwrap()
    );
    let answered = unit.reserve_challenge_attempt(&first.hash, 5, at(3)).await;
    assert_eq!(answered.unwrap(), None);
    assert_eq!(unit.void_challenges_of(user_id(2), at(3)).await.unwrap(), 0);
    assert_eq!(unit.void_challenges_of(user_id(1), at(3)).await.unwrap(), 1);
    assert!(!unit.consume_challenge(&second.hash, at(4)).await.unwrap());
    unit.commit().await.unwrap();
    let mut elsewhere = write(&db.store, 2).await;
    assert_eq!(elsewhere.challenge(&first.hash).await.unwrap(), None);
}

/// R129.
async fn a_sent_code_is_good_for_its_subject_and_factor(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let (one, two) = (factor(1), factor(2));
    unit.insert_factor(&one).await.unwrap();
    unit.insert_factor(&two).await.unwrap();
    let code = sent("one", &one);
    unit.put_otp_code(&code).await.unwrap();
    assert_eq!(
        unit.otp_code("one", one.id).await.unwrap().as_ref(),
        Some(&code)
    );
    let mut newer = code.clone();
    newer.hash = SecretHash::of(b"newer");
    unit.put_otp_code(&newer).await.unwrap();
    let right = &newer.hash;
    for (subject, factor, hash, now) in [
        ("one", one.id, &code.hash, at(1)),
        ("other", one.id, right, at(1)),
        ("one", two.id, right, at(1)),
        ("one", one.id, right, at(300)),
    ] {
        assert!(
            !unit
                .consume_otp_code((subject, factor), hash, now)
                .await
                .unwrap()
        );
    }
    assert!(
        unit.consume_otp_code(("one", one.id), right, at(299))
            .await
            .unwrap()
    );
    assert_eq!(unit.otp_code("one", one.id).await.unwrap(), None);
    let sent = unit
        .count_messages_to("+1555", Template::MfaCode, at(0))
        .await;
    assert_eq!(sent.unwrap(), 0);
}

/// R132.
async fn backup_codes_are_used_once_and_replaced_as_a_set(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let codes = [SecretHash::of(b"1"), SecretHash::of(b"2")];
    let user = user_id(1);
    unit.replace_backup_codes(user, &codes, at(0))
        .await
        .unwrap();
    assert!(
        !unit
            .use_backup_code(user_id(2), &codes[0], at(1))
            .await
            .unwrap()
    );
    assert!(unit.use_backup_code(user, &codes[0], at(1)).await.unwrap());
    assert!(!unit.use_backup_code(user, &codes[0], at(2)).await.unwrap());
    assert_eq!(unit.count_backup_codes(user).await.unwrap(), 1);
    unit.replace_backup_codes(user, &codes[..1], at(3))
        .await
        .unwrap();
    assert!(!unit.use_backup_code(user, &codes[1], at(4)).await.unwrap());
    assert!(unit.use_backup_code(user, &codes[0], at(4)).await.unwrap());
    assert_eq!(unit.count_backup_codes(user_id(2)).await.unwrap(), 0);
}

async fn what_waited_too_long_is_purged(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_factor(&factor(9)).await.unwrap();
    for number in 1..=3 {
        let over = at(i64::from(number));
        let mut factor = factor(number);
        factor.status = FactorStatus::Pending;
        factor.expires_at = Some(over);
        unit.insert_factor(&factor).await.unwrap();
        let mut challenge = challenge(number);
        challenge.expires_at = over;
        unit.insert_challenge(&challenge).await.unwrap();
        let mut code = sent("one", &factor);
        code.expires_at = over;
        unit.put_otp_code(&code).await.unwrap();
    }
    assert_eq!(unit.purge_challenges(at(1), 9).await.unwrap(), 0);
    assert_eq!(unit.purge_challenges(at(3), 1).await.unwrap(), 1);
    assert_eq!(unit.purge_challenges(at(3), 9).await.unwrap(), 1);
    assert_eq!(unit.purge_otp_codes(at(1), 9).await.unwrap(), 0);
    assert_eq!(unit.purge_otp_codes(at(3), 1).await.unwrap(), 1);
    assert_eq!(unit.purge_otp_codes(at(3), 9).await.unwrap(), 1);
    assert_eq!(unit.purge_factors(at(1), 9).await.unwrap(), 0);
    assert_eq!(unit.purge_factors(at(3), 1).await.unwrap(), 1);
    assert_eq!(unit.purge_factors(at(3), 9).await.unwrap(), 1);
    assert_eq!(unit.factors_of(user_id(1)).await.unwrap().len(), 2);
}

/// R042.
async fn a_session_is_elevated_with_or_without_a_new_secret(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let session = session(1, 1, 9);
    unit.insert_session(&session).await.unwrap();
    let mut elevation = Elevation {
        session: session.id,
        amr: vec![Amr::Password, Amr::Totp, Amr::MultiFactor],
        now: at(5),
        new_salt: None,
    };
    let kept = unit.elevate_session(&elevation).await.unwrap().unwrap();
    assert_eq!((kept.mfa_verified, kept.mfa_at), (true, Some(at(5))));
    assert_eq!(kept.amr, elevation.amr);
    assert_eq!(
        (kept.salt, kept.generation),
        (session.salt, session.generation)
    );
    elevation.new_salt = Some([7; 16]);
    elevation.now = at(6);
    let renewed = unit.elevate_session(&elevation).await.unwrap().unwrap();
    assert_eq!(renewed.salt, [7; 16]);
    assert_eq!(
        (renewed.generation, renewed.rotated_at),
        (session.generation + 1, at(6))
    );
    assert_eq!(unit.session(session.id).await.unwrap(), Some(renewed));
    let reason = hellojohn_core::session::RevocationReason::SignOut;
    unit.revoke_session(session.id, reason, at(7))
        .await
        .unwrap();
    elevation.now = at(8);
    assert_eq!(unit.elevate_session(&elevation).await.unwrap(), None);
}
