use hellojohn_core::{
    factor::FactorKind,
    flows::NewFactor,
    mfa::{FactorChoice, FactorProof},
};

use super::{ADA, challenged, code, code_sent_to, signed_in, verify};
use crate::world::{World, code as error_code, seconds, world};

/// Ada with her mailbox as second factor, an hour ago.
pub(crate) async fn with_mailbox(world: &World) -> FactorChoice {
    let up = world.sign_up(ADA).await;
    let (engine, caller, user) = (&world.engine, &world.caller, up.user.id);
    let begun = engine
        .enrol_factor(caller, user, NewFactor::of(FactorKind::EmailOtp))
        .await
        .unwrap();
    let proof = FactorProof {
        factor: begun.factor.id,
        answer: code(&code_sent_to(world, ADA).await),
    };
    engine.confirm_factor(caller, user, proof).await.unwrap();
    world.wait(seconds(3_601));
    FactorChoice::Factor(begun.factor.id)
}

#[tokio::test]
async fn a_sent_code_answers_its_challenge_once() {
    let world = world().await;
    let mailbox = with_mailbox(&world).await;
    let (engine, caller) = (&world.engine, &world.caller);
    let challenge = challenged(&world).await;
    assert_eq!(
        challenge.factors[0].hint.as_deref(),
        Some("a***@example.com")
    );
    let unsent = verify(engine, caller, &challenge, (mailbox, code("000000"))).await;
    assert_eq!(error_code(unsent), "mfa_code_invalid");
    let sent = engine
        .send_challenge(caller, &challenge.challenge, mailbox)
        .await
        .unwrap();
    assert_eq!(sent.expires_at, challenge.expires_at);
    let text = code_sent_to(&world, ADA).await;
    // Bound to its challenge.
    let other = challenged(&world).await;
    let elsewhere = verify(engine, caller, &other, (mailbox, code(&text))).await;
    assert_eq!(error_code(elsewhere), "mfa_code_invalid");
    let opened = verify(engine, caller, &challenge, (mailbox, code(&text)))
        .await
        .unwrap();
    let words: Vec<&str> = signed_in(opened)
        .session
        .amr
        .iter()
        .map(|amr| amr.as_str())
        .collect();
    assert_eq!(words, ["pwd", "email", "mfa"]);
    assert_eq!(
        world
            .count("hj_otp_code", "tenant_id", &world.tenant.id.to_string())
            .await,
        0
    );
}

/// R129.
#[tokio::test]
async fn a_new_code_kills_the_old_one_and_is_not_sent_at_once() {
    let world = world().await;
    let mailbox = with_mailbox(&world).await;
    let (engine, caller) = (&world.engine, &world.caller);
    let challenge = challenged(&world).await;
    let send = async || {
        engine
            .send_challenge(caller, &challenge.challenge, mailbox)
            .await
    };
    send().await.unwrap();
    let old = code_sent_to(&world, ADA).await;
    world.wait(seconds(29));
    assert_eq!(error_code(send().await), "rate_limit_exceeded");
    world.wait(seconds(1));
    send().await.unwrap();
    let new = code_sent_to(&world, ADA).await;
    assert_ne!(old, new);
    let refused = verify(engine, caller, &challenge, (mailbox, code(&old))).await;
    assert_eq!(error_code(refused), "mfa_code_invalid");
    verify(engine, caller, &challenge, (mailbox, code(&new)))
        .await
        .unwrap();
}

/// R129: however many challenges there are.
#[tokio::test]
async fn five_codes_an_hour_go_to_one_address() {
    let world = world().await;
    let mailbox = with_mailbox(&world).await;
    let (engine, caller) = (&world.engine, &world.caller);
    for _ in 0..5 {
        let challenge = challenged(&world).await;
        engine
            .send_challenge(caller, &challenge.challenge, mailbox)
            .await
            .unwrap();
    }
    let challenge = challenged(&world).await;
    let sixth = engine
        .send_challenge(caller, &challenge.challenge, mailbox)
        .await;
    assert_eq!(error_code(sixth), "rate_limit_exceeded");
    world.wait(seconds(3_601));
    let challenge = challenged(&world).await;
    engine
        .send_challenge(caller, &challenge.challenge, mailbox)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_code_is_over_after_five_minutes() {
    let world = world().await;
    let mailbox = with_mailbox(&world).await;
    let (engine, caller) = (&world.engine, &world.caller);
    let user = world.sign_up("eve@example.com").await.user.id;
    let begun = engine
        .enrol_factor(caller, user, NewFactor::of(FactorKind::EmailOtp))
        .await
        .unwrap();
    let sent = code_sent_to(&world, "eve@example.com").await;
    world.wait(seconds(300));
    let proof = FactorProof {
        factor: begun.factor.id,
        answer: code(&sent),
    };
    let late = engine.confirm_factor(caller, user, proof).await;
    assert_eq!(error_code(late), "mfa_code_expired");
    // Ada's factor is none of Eve's.
    let FactorChoice::Factor(of_ada) = mailbox else {
        panic!("a factor")
    };
    let foreign = engine.remove_factor(caller, user, of_ada).await;
    assert_eq!(error_code(foreign), "factor_not_found");
}

/// R131, N21: a mailbox proven twice is one factor.
#[tokio::test]
async fn who_came_by_mail_is_not_offered_the_mailbox_again() {
    let world = world().await;
    let mailbox = with_mailbox(&world).await;
    let challenge = challenged(&world).await;
    // As a magic link leaves it.
    world
        .execute("UPDATE hj_mfa_challenge SET data = json_set(data, '$.amr', json('[\"email\"]'))")
        .await;
    let (engine, caller) = (&world.engine, &world.caller);
    let refused = engine
        .send_challenge(caller, &challenge.challenge, mailbox)
        .await;
    assert_eq!(error_code(refused), "factor_not_allowed");
    let refused = verify(engine, caller, &challenge, (mailbox, code("000000"))).await;
    assert_eq!(error_code(refused), "factor_not_allowed");
}
