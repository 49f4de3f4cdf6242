use hellojohn_core::{mfa::FactorChoice, secret::ExposeSecret};

use super::{challenged, code, verify, with_totp};
use crate::world::{code as error_code, seconds, world};

#[tokio::test]
async fn a_challenge_takes_five_answers_and_then_not_even_the_right_one() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let challenge = challenged(&world).await;
    for _ in 0..5 {
        let wrong = (ada.choice(), code("000"));
        let refused = verify(&world.engine, &world.caller, &challenge, wrong).await;
        assert_eq!(error_code(refused), "mfa_code_invalid");
    }
    let right = (ada.choice(), ada.code(&world));
    let refused = verify(&world.engine, &world.caller, &challenge, right).await;
    assert_eq!(error_code(refused), "too_many_attempts");
    assert_eq!(world.audited("mfa.failed").await, 5);
}

/// R020: two hundred guesses at once, on one challenge and on many.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_guesses_at_once_five_are_checked() {
    for many_challenges in [false, true] {
        let world = world().await;
        let ada = with_totp(&world).await;
        let first = challenged(&world).await;
        let engines = [world.engine.clone(), world.second_instance().await];
        let mut guesses = Vec::new();
        for number in 0..200 {
            let challenge = if many_challenges && number < 20 {
                challenged(&world).await
            } else {
                first.clone()
            };
            let (engine, caller) = (engines[number % 2].clone(), world.caller.clone());
            let answer = (ada.choice(), code(&format!("{number:03}")));
            guesses.push(tokio::spawn(async move {
                error_code(verify(&engine, &caller, &challenge, answer).await)
            }));
        }
        let mut checked = 0;
        for guess in guesses {
            match guess.await.unwrap() {
                "mfa_code_invalid" => checked += 1,
                "too_many_attempts" | "mfa_challenge_expired" => {}
                other => panic!("{other}"),
            }
        }
        assert_eq!(checked, 5);
        let wrong_checks = world
            .count("hj_audit_log", "reason", "mfa_code_invalid")
            .await;
        assert_eq!(wrong_checks, 5);
        // Even the right code now has to wait, and a new challenge resets nothing.
        let challenge = challenged(&world).await;
        let right = (ada.choice(), ada.code(&world));
        let refused = verify(&world.engine, &world.caller, &challenge, right.clone()).await;
        assert_eq!(error_code(refused), "too_many_attempts");
        let refused = verify(&world.engine, &world.caller, &challenge, right).await;
        assert_eq!(error_code(refused), "mfa_challenge_expired");
        world.wait(seconds(601));
        let challenge = challenged(&world).await;
        let right = (ada.choice(), ada.code(&world));
        verify(&world.engine, &world.caller, &challenge, right)
            .await
            .unwrap();
    }
}

/// R127, N22: codes of all kinds share thirty wrong answers a day, and a right one in between
/// forgives none.
#[tokio::test]
async fn thirty_wrong_codes_of_any_kind_are_enough_for_a_day() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let mut checked = 0;
    for round in 0..20 {
        let challenge = challenged(&world).await;
        for guess in 0..4 {
            let choice = if guess % 2 == 0 {
                ada.choice()
            } else {
                FactorChoice::BackupCodes
            };
            let wrong = (choice, code("AAAA-AAAA"));
            let refused = verify(&world.engine, &world.caller, &challenge, wrong).await;
            checked += usize::from(error_code(refused) == "mfa_code_invalid");
        }
        if round == 3 {
            let right = (ada.choice(), ada.code(&world));
            verify(&world.engine, &world.caller, &challenge, right)
                .await
                .unwrap();
        }
        world.wait(seconds(601));
    }
    assert_eq!(checked, 30);
    let challenge = challenged(&world).await;
    let backup = code(ada.backup_codes[0].expose_secret());
    let refused = verify(
        &world.engine,
        &world.caller,
        &challenge,
        (FactorChoice::BackupCodes, backup),
    )
    .await;
    assert_eq!(error_code(refused), "too_many_attempts");
    world.wait(seconds(86_400));
    let challenge = challenged(&world).await;
    let right = (ada.choice(), ada.code(&world));
    verify(&world.engine, &world.caller, &challenge, right)
        .await
        .unwrap();
}
