use hellojohn_core::{secret::SecretHash, store::KeptAnswer};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_key_is_claimed_settled_and_answered,
    a_released_key_is_free_again,
    stale_and_ended_claims_are_taken_over,
    ended_answers_are_purged,
);

fn kept(number: u8, seconds: i64) -> KeptAnswer {
    KeptAnswer {
        key: SecretHash::of(&[number]),
        fingerprint: SecretHash::of(b"request"),
        answer: None,
        created_at: at(seconds),
        expires_at: at(seconds + 100),
    }
}

async fn a_key_is_claimed_settled_and_answered(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    assert_eq!(unit.claim(&kept(1, 0), at(-60)).await.unwrap(), None);
    let there = unit.claim(&kept(1, 5), at(-55)).await.unwrap();
    assert_eq!(there, Some(kept(1, 0)));
    unit.settle(&kept(1, 0).key, at(0), "sealed").await.unwrap();
    let mut settled = kept(1, 0);
    settled.answer = Some("sealed".to_owned());
    // An answered key is not stale, however old it is.
    let there = unit.claim(&kept(1, 90), at(80)).await.unwrap();
    assert_eq!(there, Some(settled.clone()));
    unit.release(&settled.key, at(0)).await.unwrap();
    let there = unit.claim(&kept(1, 91), at(80)).await.unwrap();
    assert_eq!(there, Some(settled));
    unit.commit().await.unwrap();
}

async fn a_released_key_is_free_again(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    assert_eq!(unit.claim(&kept(1, 0), at(-60)).await.unwrap(), None);
    unit.release(&kept(1, 0).key, at(0)).await.unwrap();
    assert_eq!(unit.claim(&kept(1, 1), at(-60)).await.unwrap(), None);
}

async fn stale_and_ended_claims_are_taken_over(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    assert_eq!(unit.claim(&kept(1, 0), at(-60)).await.unwrap(), None);
    assert!(unit.claim(&kept(1, 60), at(0)).await.unwrap().is_some());
    let mut other = kept(1, 61);
    other.fingerprint = SecretHash::of(b"other");
    assert_eq!(unit.claim(&other, at(1)).await.unwrap(), None);
    assert_eq!(
        unit.claim(&kept(1, 62), at(1)).await.unwrap(),
        Some(other.clone())
    );
    // Whoever lost the key comes too late to write or free it.
    unit.settle(&other.key, at(0), "late").await.unwrap();
    unit.release(&other.key, at(0)).await.unwrap();
    let there = unit.claim(&kept(1, 62), at(1)).await.unwrap();
    assert_eq!(there, Some(other.clone()));
    unit.settle(&other.key, at(61), "sealed").await.unwrap();
    assert!(unit.claim(&kept(1, 160), at(0)).await.unwrap().is_some());
    assert_eq!(unit.claim(&kept(1, 161), at(0)).await.unwrap(), None);
    let there = unit.claim(&kept(1, 162), at(0)).await.unwrap().unwrap();
    assert_eq!(there.answer, None);
}

async fn ended_answers_are_purged(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=4 {
        let claimed = unit
            .claim(&kept(number, i64::from(number)), at(-60))
            .await
            .unwrap();
        assert_eq!(claimed, None);
    }
    assert_eq!(unit.purge_answers(at(100), 9).await.unwrap(), 0);
    assert_eq!(unit.purge_answers(at(103), 2).await.unwrap(), 2);
    assert_eq!(unit.purge_answers(at(103), 2).await.unwrap(), 1);
    assert_eq!(unit.purge_answers(at(103), 2).await.unwrap(), 0);
}
