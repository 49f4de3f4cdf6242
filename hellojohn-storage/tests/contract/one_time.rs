use hellojohn_core::{
    input::Email,
    one_time::{OneTime, Owner, Purpose},
    secret::SecretHash,
};
use serde_json::json;

use crate::{databases::Database, samples::*};

on_every_database!(
    a_secret_is_used_once_for_its_purpose_in_its_tenant_and_time,
    of_many_that_use_one_at_once_one_succeeds,
    what_an_owner_has_not_used_is_forgotten,
    what_was_made_since_is_forgotten,
    what_is_long_over_is_purged,
);

fn secret(number: u8, purpose: Purpose) -> OneTime {
    OneTime {
        purpose,
        hash: SecretHash::of(&[number]),
        user_id: Some(user_id(1)),
        email: Some(Email::parse("user1@example.com").unwrap()),
        data: object(json!({ "redirect_url": "https://app.example.com" })),
        created_at: at(0),
        expires_at: at(100),
        consumed_at: None,
    }
}

/// N03, N04, R031.
async fn a_secret_is_used_once_for_its_purpose_in_its_tenant_and_time(db: Database) {
    two_users_each(&db.store).await;
    let there = secret(1, Purpose::MagicLink);
    let mut unit = write(&db.store, 1).await;
    unit.insert_one_time(&there).await.unwrap();
    let other = secret(1, Purpose::VerifyEmail);
    unit.insert_one_time(&other).await.unwrap();
    unit.commit().await.unwrap();

    let mut elsewhere = write(&db.store, 2).await;
    let found = elsewhere
        .consume_one_time(there.purpose, &there.hash, at(1))
        .await
        .unwrap();
    assert_eq!(found, None);
    drop(elsewhere);

    let mut unit = write(&db.store, 1).await;
    let mut consume = async |purpose, now| {
        unit.consume_one_time(purpose, &there.hash, now)
            .await
            .unwrap()
    };
    assert_eq!(consume(Purpose::ResetPassword, at(1)).await, None);
    assert_eq!(consume(Purpose::MagicLink, at(100)).await, None);
    let used = consume(Purpose::MagicLink, at(99)).await.unwrap();
    assert_eq!(used.consumed_at, Some(at(99)));
    assert_eq!(used.data, there.data);
    assert_eq!(consume(Purpose::MagicLink, at(99)).await, None);
    assert!(consume(Purpose::VerifyEmail, at(99)).await.is_some());
    let kept = unit
        .one_time(Purpose::MagicLink, &there.hash)
        .await
        .unwrap();
    assert_eq!(kept, Some(used));
}

/// R029.
async fn of_many_that_use_one_at_once_one_succeeds(db: Database) {
    two_users_each(&db.store).await;
    for number in 0..20 {
        let mut unit = write(&db.store, 1).await;
        unit.insert_one_time(&secret(number, Purpose::ExchangeCode))
            .await
            .unwrap();
        unit.commit().await.unwrap();
        let racers = (0..8).map(|_| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let mut unit = write(&store, 1).await;
                let hash = SecretHash::of(&[number]);
                let used = unit
                    .consume_one_time(Purpose::ExchangeCode, &hash, at(1))
                    .await;
                unit.commit().await.unwrap();
                used.unwrap().is_some()
            })
        });
        let mut winners = 0;
        for racer in racers.collect::<Vec<_>>() {
            winners += usize::from(racer.await.unwrap());
        }
        assert_eq!(winners, 1);
    }
}

/// R030, R032.
async fn what_an_owner_has_not_used_is_forgotten(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let mut of_nobody = secret(3, Purpose::MagicLink);
    of_nobody.user_id = None;
    of_nobody.email = Some(Email::parse("new@example.com").unwrap());
    let mut of_another = secret(4, Purpose::MagicLink);
    of_another.user_id = Some(user_id(2));
    of_another.email = Some(Email::parse("user2@example.com").unwrap());
    let (used, reset) = (
        secret(1, Purpose::MagicLink),
        secret(2, Purpose::ResetPassword),
    );
    for one_time in [&used, &reset, &of_nobody, &of_another] {
        unit.insert_one_time(one_time).await.unwrap();
    }
    unit.consume_one_time(used.purpose, &used.hash, at(1))
        .await
        .unwrap()
        .unwrap();
    let all = [Purpose::MagicLink, Purpose::ResetPassword];
    let first = Owner::User(user_id(1));
    assert_eq!(
        unit.void_one_time(first, &[Purpose::MagicLink])
            .await
            .unwrap(),
        0
    );
    assert_eq!(unit.void_one_time(first, &all).await.unwrap(), 1);
    assert_eq!(
        unit.one_time(reset.purpose, &reset.hash).await.unwrap(),
        None
    );
    let address = Email::parse("new@example.com").unwrap();
    assert_eq!(
        unit.void_one_time(Owner::Mailbox(&address), &all)
            .await
            .unwrap(),
        1
    );
    assert!(
        unit.one_time(of_another.purpose, &of_another.hash)
            .await
            .unwrap()
            .is_some()
    );
}

async fn what_was_made_since_is_forgotten(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let mut all: Vec<OneTime> = (1..=5)
        .map(|number| secret(number, Purpose::UndoEmailChange))
        .collect();
    for (one_time, made) in all.iter_mut().zip([1, 2, 3, 3, 3]) {
        one_time.created_at = at(made);
    }
    all[3].user_id = Some(user_id(2));
    all[4].purpose = Purpose::ChangeEmail;
    for one_time in &all {
        unit.insert_one_time(one_time).await.unwrap();
    }
    let voided = unit.void_one_time_since(user_id(1), Purpose::UndoEmailChange, at(2));
    assert_eq!(voided.await.unwrap(), 2);
    for (one_time, stays) in all.iter().zip([true, false, false, true, true]) {
        let there = unit.one_time(one_time.purpose, &one_time.hash).await;
        assert_eq!(there.unwrap().is_some(), stays);
    }
}

async fn what_is_long_over_is_purged(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=3 {
        let mut old = secret(number, Purpose::VerifyEmail);
        old.expires_at = at(i64::from(number));
        unit.insert_one_time(&old).await.unwrap();
    }
    assert_eq!(unit.purge_one_time(at(1), 9).await.unwrap(), 0);
    assert_eq!(unit.purge_one_time(at(3), 1).await.unwrap(), 1);
    assert_eq!(unit.purge_one_time(at(3), 9).await.unwrap(), 1);
}
