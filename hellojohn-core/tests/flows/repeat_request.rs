use hellojohn_core::{
    flows::{Claim, Repeatable},
    secret::{ExposeSecret, SecretString},
};

use crate::world::{code, seconds, world};

const REQUEST: Repeatable<'static> = Repeatable {
    key: "abc",
    action: "POST /v1/users",
    body: b"{}",
};

fn answer() -> SecretString {
    SecretString::from("201 {}")
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    let world = world().await;
    let Claim::First(key) = world
        .engine
        .claim_request(&world.caller, REQUEST)
        .await
        .unwrap()
    else {
        panic!("not first")
    };
    assert_eq!(
        code(world.engine.claim_request(&world.caller, REQUEST).await),
        "idempotency_conflict"
    );
    world
        .engine
        .settle_request(&world.caller, key, &answer())
        .await
        .unwrap();
    let Claim::Done(kept) = world
        .engine
        .claim_request(&world.caller, REQUEST)
        .await
        .unwrap()
    else {
        panic!("not done")
    };
    assert_eq!(kept.expose_secret(), "201 {}");
    assert_eq!(
        world.count("hj_idempotency", "answer", "201 {}").await,
        0,
        "kept in clear"
    );
}

#[tokio::test]
async fn another_body_or_path_under_the_same_key_is_a_conflict() {
    let world = world().await;
    let Claim::First(claimed) = world
        .engine
        .claim_request(&world.caller, REQUEST)
        .await
        .unwrap()
    else {
        panic!("not first")
    };
    // Settled, so that no conflict comes from the first request being under way.
    world
        .engine
        .settle_request(&world.caller, claimed, &answer())
        .await
        .unwrap();
    for other in [
        Repeatable {
            body: b"{ }",
            ..REQUEST
        },
        Repeatable {
            action: "POST /v1/api-keys",
            ..REQUEST
        },
    ] {
        assert_eq!(
            code(world.engine.claim_request(&world.caller, other).await),
            "idempotency_conflict"
        );
    }
}

#[tokio::test]
async fn keys_of_different_callers_never_meet() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let own = world.bearer(&ada.tokens.access_token).await.unwrap();
    let other = world.other_tenant("Other").await;
    for caller in [&world.caller, &own, &other] {
        assert!(matches!(
            world.engine.claim_request(caller, REQUEST).await.unwrap(),
            Claim::First(_)
        ));
    }
}

#[tokio::test]
async fn a_released_a_dead_and_an_old_claim_may_be_made_again() {
    let world = world().await;
    let first = |claim| matches!(claim, Claim::First(_));
    let Claim::First(key) = world
        .engine
        .claim_request(&world.caller, REQUEST)
        .await
        .unwrap()
    else {
        panic!("not first")
    };
    world
        .engine
        .release_request(&world.caller, key)
        .await
        .unwrap();
    assert!(first(
        world
            .engine
            .claim_request(&world.caller, REQUEST)
            .await
            .unwrap()
    ));
    world.wait(seconds(61));
    let Claim::First(again) = world
        .engine
        .claim_request(&world.caller, REQUEST)
        .await
        .unwrap()
    else {
        panic!("the first one died")
    };
    // The one that was taken for dead comes too late.
    world
        .engine
        .settle_request(&world.caller, key, &answer())
        .await
        .unwrap();
    assert_eq!(
        code(world.engine.claim_request(&world.caller, REQUEST).await),
        "idempotency_conflict"
    );
    world
        .engine
        .settle_request(&world.caller, again, &answer())
        .await
        .unwrap();
    world.wait(seconds(24 * 3_600 - 1));
    assert!(!first(
        world
            .engine
            .claim_request(&world.caller, REQUEST)
            .await
            .unwrap()
    ));
    world.wait(seconds(1));
    assert!(first(
        world
            .engine
            .claim_request(&world.caller, REQUEST)
            .await
            .unwrap()
    ));
}

#[tokio::test]
async fn of_eight_at_once_one_is_first() {
    let world = world().await;
    let racers = (0..8).map(|_| {
        let (engine, caller) = (world.engine.clone(), world.caller.clone());
        tokio::spawn(async move { engine.claim_request(&caller, REQUEST).await })
    });
    let mut firsts = 0;
    for racer in racers.collect::<Vec<_>>() {
        match racer.await.unwrap() {
            Ok(Claim::First(_)) => firsts += 1,
            Ok(Claim::Done(_)) => panic!("nothing was settled"),
            Err(error) => assert_eq!(error.code(), "idempotency_conflict"),
        }
    }
    assert_eq!(firsts, 1);
}
