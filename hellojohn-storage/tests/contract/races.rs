use std::sync::Arc;

use hellojohn_core::{
    secret::SecretHash,
    session::{Presented, RevocationReason},
    store::{KeptAnswer, Rotation, Store as _},
    user::UserFilter,
};
use tokio::{sync::Barrier, task::JoinSet};

use crate::{databases::Database, samples::*};

on_every_database!(
    of_eight_racers_on_one_generation_exactly_one_wins,
    a_revoked_session_never_rotates_again,
    one_of_many_claims_wins,
    one_of_many_sign_ups_gets_the_address,
    many_readers_and_writers_all_get_through,
);

fn rotation(number: u8, generation: u32) -> Rotation {
    Rotation {
        session: session_id(number),
        presented: Presented {
            generation,
            salt: [number; 16],
        },
        now: at(40),
        idle_expires_at: None,
    }
}

async fn of_eight_racers_on_one_generation_exactly_one_wins(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_session(&session(1, 1, 1)).await.unwrap();
    unit.commit().await.unwrap();
    for round in 0..200 {
        let start = Arc::new(Barrier::new(8));
        let mut racers = JoinSet::new();
        for _ in 0..8 {
            let (store, start) = (db.store.clone(), Arc::clone(&start));
            racers.spawn(async move {
                start.wait().await;
                store.rotate(tenant_id(1), &rotation(1, round)).await
            });
        }
        let outcomes = racers.join_all().await;
        let winners: Vec<_> = outcomes
            .into_iter()
            .filter_map(|outcome| outcome.unwrap())
            .collect();
        assert_eq!(winners.len(), 1, "round {round}");
        assert_eq!(winners[0].session.generation, round + 1);
    }
    let mut unit = read(&db.store, 1).await;
    let session = unit.session(session_id(1)).await.unwrap().unwrap();
    assert_eq!(session.generation, 200);
}

async fn a_revoked_session_never_rotates_again(db: Database) {
    two_users_each(&db.store).await;
    for number in 1..=40 {
        let mut unit = write(&db.store, 1).await;
        unit.insert_session(&session(1, 1, number)).await.unwrap();
        unit.commit().await.unwrap();
        let store = db.store.clone();
        let rotating = tokio::spawn(async move {
            let mut generation = 0;
            while let Some(rotated) = store
                .rotate(tenant_id(1), &rotation(number, generation))
                .await
                .unwrap()
            {
                generation = rotated.session.generation;
            }
            generation
        });
        let mut unit = write(&db.store, 1).await;
        let live = unit
            .revoke_session(session_id(number), RevocationReason::SignOut, at(40))
            .await
            .unwrap();
        assert!(live);
        unit.commit().await.unwrap();
        let reached = rotating.await.unwrap();
        let mut unit = read(&db.store, 1).await;
        let session = unit.session(session_id(number)).await.unwrap().unwrap();
        assert_eq!(session.generation, reached);
        assert!(session.revoked_at.is_some());
    }
}

async fn one_of_many_claims_wins(db: Database) {
    two_tenants(&db.store).await;
    for round in 0..20_u8 {
        let kept = KeptAnswer {
            key: SecretHash::of(&[round]),
            fingerprint: SecretHash::of(b"request"),
            answer: None,
            created_at: at(0),
            expires_at: at(100),
        };
        let mut racers = JoinSet::new();
        for _ in 0..8 {
            let (store, kept) = (db.store.clone(), kept.clone());
            racers.spawn(async move {
                let mut unit = write(&store, 1).await;
                let there = unit.claim(&kept, at(-60)).await.unwrap();
                unit.commit().await.unwrap();
                there.is_none()
            });
        }
        let winners = racers.join_all().await.into_iter().filter(|won| *won);
        assert_eq!(winners.count(), 1, "round {round}");
    }
    // A claim that is not kept leaves the key to the next who waits.
    let kept = KeptAnswer {
        key: SecretHash::of(b"dropped"),
        fingerprint: SecretHash::of(b"request"),
        answer: None,
        created_at: at(0),
        expires_at: at(100),
    };
    let mut first = write(&db.store, 1).await;
    assert_eq!(first.claim(&kept, at(-60)).await.unwrap(), None);
    let store = db.store.clone();
    let second = tokio::spawn(async move {
        let mut unit = write(&store, 1).await;
        unit.claim(&kept, at(-60)).await.unwrap()
    });
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    drop(first);
    assert_eq!(second.await.unwrap(), None);
}

async fn one_of_many_sign_ups_gets_the_address(db: Database) {
    two_tenants(&db.store).await;
    let mut racers = JoinSet::new();
    for number in 1..=16 {
        let store = db.store.clone();
        racers.spawn(async move {
            let mut user = user(1, number);
            user.email = crate::samples::user(1, 1).email;
            let mut unit = write(&store, 1).await;
            match unit.insert_user(&user).await {
                Ok(()) => unit.commit().await.is_ok(),
                Err(error) => {
                    assert!(error.is_conflict("user_email"), "{error:?}");
                    false
                }
            }
        });
    }
    let winners = racers.join_all().await.into_iter().filter(|won| *won);
    assert_eq!(winners.count(), 1);
}

async fn many_readers_and_writers_all_get_through(db: Database) {
    two_users_each(&db.store).await;
    let mut tasks = JoinSet::new();
    for number in 0..64_u8 {
        let store = db.store.clone();
        tasks.spawn(async move {
            for _ in 0..5 {
                if number % 2 == 0 {
                    let mut unit = write(&store, 1).await;
                    unit.note_sign_in(user_id(1), at(9), None).await.unwrap();
                    unit.commit().await.unwrap();
                } else {
                    let mut unit = read(&store, 1).await;
                    let count = unit.count_users(&UserFilter::default()).await.unwrap();
                    assert_eq!(count, 2);
                }
            }
            let wrote = (number % 2 == 0).then_some(100 + number / 2);
            if let Some(number) = wrote {
                let mut unit = write(&store, 2).await;
                unit.insert_user(&user(2, number)).await.unwrap();
                unit.commit().await.unwrap();
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let mut unit = read(&db.store, 2).await;
    let count = unit.count_users(&UserFilter::default()).await.unwrap();
    assert_eq!(count, 34);
}
