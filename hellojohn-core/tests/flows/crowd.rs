//! Many at once on one SQLite file: nobody meets a locked database.

use crate::world::{PASSWORD, world};

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_sign_in_and_refresh_at_once() {
    let world = world().await;
    for number in 0..64 {
        let email = format!("user{number}@example.com");
        world
            .engine
            .sign_up(
                &world.caller,
                hellojohn_core::flows::SignUp::new(email, PASSWORD),
            )
            .await
            .unwrap();
    }
    let people = (0..64).map(|number| {
        let (engine, caller) = (world.engine.clone(), world.caller.clone());
        tokio::spawn(async move {
            let email = format!("user{number}@example.com");
            let request = hellojohn_core::flows::SignIn::by_email(email, PASSWORD);
            let mut token = engine.sign_in(&caller, request).await?.tokens.refresh_token;
            for _ in 0..8 {
                token = engine.refresh(&caller, &token).await?.tokens.refresh_token;
            }
            Ok::<_, hellojohn_core::Error>(())
        })
    });
    for person in people.collect::<Vec<_>>() {
        person.await.unwrap().unwrap();
    }
    assert_eq!(world.audited("user.login").await, 64);
    assert_eq!(world.count("hj_session", "generation", "8").await, 64);
}
