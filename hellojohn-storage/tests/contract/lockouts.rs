use hellojohn_core::{
    id::UserId,
    lockout::{Authenticator, LockoutPolicy, Stage, Tally, Tried},
};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_tally_reads_back_as_it_was_written,
    of_many_that_count_at_once_none_is_lost,
    tallies_belong_to_a_tenant_a_subject_and_an_authenticator,
    clearing_lifts_and_remembers_when,
    places_are_recent_and_the_users_own,
    what_nobody_added_to_is_purged,
);

fn tried(user: u8) -> Tried {
    Tried::of_user(user_id(user), Authenticator::Password)
}

fn locked(network: &str) -> Tally {
    Tally {
        network: network.to_owned(),
        failures: vec![at(1), at(2), at(2)],
        consecutive: 7,
        lifted_at: Some(at(1)),
        stage: Stage::Hard,
        wait_until: Some(at(9)),
        locked_at: Some(at(3)),
    }
}

async fn put(db: &Database, tried: &Tried, tally: Tally, when: i64) {
    let mut unit = write(&db.store, 1).await;
    unit.put_tallies(tried, &[tally], at(when)).await.unwrap();
    unit.commit().await.unwrap();
}

async fn a_tally_reads_back_as_it_was_written(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let one = tried(1);
    let fresh = unit.tallies_for_update(&one, &["192.0.2.0/24", ""], at(0));
    let expected = vec![Tally::empty(""), Tally::empty("192.0.2.0/24")];
    assert_eq!(fresh.await.unwrap(), expected);
    let both = [locked("192.0.2.0/24"), locked("")];
    unit.put_tallies(&tried(1), &both, at(4)).await.unwrap();
    unit.commit().await.unwrap();

    let mut unit = write(&db.store, 1).await;
    let here = unit.tallies_for_update(&one, &["192.0.2.0/24"], at(5));
    assert_eq!(here.await.unwrap(), [locked("192.0.2.0/24")]);
    let all = unit.every_tally_for_update(&tried(1)).await.unwrap();
    assert_eq!(all, [locked(""), locked("192.0.2.0/24")]);
    assert_eq!(unit.locked_since(user_id(1)).await.unwrap(), Some(at(3)));
}

/// R020: the row is there for all of them, or made by one and met by the others.
async fn of_many_that_count_at_once_none_is_lost(db: Database) {
    two_users_each(&db.store).await;
    let policy = LockoutPolicy::default();
    for subject in 1..=3 {
        let racers = (0..16).map(|_| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let mut unit = write(&store, 1).await;
                let (one, networks) = (tried(subject), ["", "192.0.2.0/24"]);
                let found = unit.tallies_for_update(&one, &networks, at(0));
                let mut found = found.await.unwrap();
                for tally in &mut found {
                    tally.reserve(&policy, at(0));
                }
                unit.put_tallies(&one, &found, at(0)).await.unwrap();
                unit.commit().await.unwrap();
            })
        });
        for racer in racers.collect::<Vec<_>>() {
            racer.await.unwrap();
        }
        let mut unit = write(&db.store, 1).await;
        for tally in unit.every_tally_for_update(&tried(subject)).await.unwrap() {
            assert_eq!(tally.consecutive, 16, "{tally:?}");
            assert_eq!(tally.failures.len(), 16);
        }
    }
}

async fn tallies_belong_to_a_tenant_a_subject_and_an_authenticator(db: Database) {
    two_users_each(&db.store).await;
    put(&db, &tried(1), locked(""), 0).await;
    let others = [
        (1, tried(2)),
        (1, Tried::of_user(user_id(1), Authenticator::Otp)),
        (2, tried(1)),
    ];
    for (tenant, tried) in others {
        let mut unit = write(&db.store, tenant).await;
        let all = unit.every_tally_for_update(&tried).await.unwrap();
        assert_eq!(all, [], "{tenant} {tried:?}");
    }
    let mut elsewhere = write(&db.store, 2).await;
    assert_eq!(elsewhere.locked_since(user_id(1)).await.unwrap(), None);
    let cleared = elsewhere
        .clear_lockouts(user_id(1), Authenticator::ALL, at(5))
        .await;
    assert_eq!(cleared.unwrap(), 0);
    elsewhere.commit().await.unwrap();
    let mut unit = write(&db.store, 1).await;
    let all = unit.every_tally_for_update(&tried(1)).await.unwrap();
    assert_eq!(all, [locked("")]);
}

async fn clearing_lifts_and_remembers_when(db: Database) {
    two_users_each(&db.store).await;
    let otp = Tried::of_user(user_id(1), Authenticator::Otp);
    put(&db, &otp, locked(""), 0).await;
    put(&db, &tried(1), locked(""), 0).await;
    let mut soft = locked("192.0.2.0/24");
    (soft.stage, soft.locked_at) = (Stage::Soft, None);
    put(&db, &tried(1), soft, 0).await;

    let mut unit = write(&db.store, 1).await;
    let lifted = unit.clear_lockouts(user_id(1), &[Authenticator::Password], at(5));
    assert_eq!(lifted.await.unwrap(), 1);
    let kept = Tally {
        locked_at: Some(at(3)),
        ..Tally::empty("")
    };
    let left = unit.every_tally_for_update(&tried(1)).await.unwrap();
    assert_eq!(left, [kept]);
    assert_eq!(
        unit.every_tally_for_update(&otp).await.unwrap(),
        [locked("")]
    );
    assert_eq!(unit.locked_since(user_id(1)).await.unwrap(), Some(at(3)));
    let again = unit.clear_lockouts(user_id(1), &[Authenticator::Password], at(6));
    assert_eq!(again.await.unwrap(), 0);
}

async fn places_are_recent_and_the_users_own(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for (user, number, address) in [
        (1, 10, Some("192.0.2.1")),
        (1, 20, Some("192.0.2.2")),
        (1, 30, None),
        (2, 40, Some("192.0.2.3")),
    ] {
        let mut session = session(1, user, number);
        session.client.ip_address = address.map(str::to_owned);
        unit.insert_session(&session).await.unwrap();
    }
    let mut places = async |user, since, limit| {
        unit.places_of(user_id(user), at(since), limit)
            .await
            .unwrap()
    };
    assert_eq!(places(1, 0, 9).await, ["192.0.2.2", "192.0.2.1"]);
    assert_eq!(places(1, 10, 9).await, ["192.0.2.2"]);
    assert_eq!(places(1, 0, 1).await, ["192.0.2.2"]);
    let nobody = UserId::new(at(0), [9; 10]);
    assert_eq!(unit.places_of(nobody, at(0), 9).await.unwrap(), [""; 0]);
}

async fn what_nobody_added_to_is_purged(db: Database) {
    two_users_each(&db.store).await;
    put(&db, &tried(1), Tally::empty(""), 10).await;
    put(&db, &tried(1), locked("192.0.2.0/24"), 10).await;
    put(&db, &tried(2), Tally::empty(""), 30).await;
    let mut unit = write(&db.store, 1).await;
    let mut purge =
        async |open, locked| unit.purge_lockouts(at(open), at(locked), 9).await.unwrap();
    assert_eq!(purge(10, 10).await, 0);
    assert_eq!(purge(20, 10).await, 1);
    assert_eq!(purge(20, 20).await, 1);
    assert_eq!(purge(20, 20).await, 0);
    let left = unit.every_tally_for_update(&tried(2)).await.unwrap();
    assert_eq!(left.len(), 1);
}
