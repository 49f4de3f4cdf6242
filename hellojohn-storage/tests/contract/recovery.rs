use hellojohn_core::{
    factor::{Factor, FactorKind, FactorStatus},
    id::{FactorId, RecoveryId},
    page::Order,
    recovery::{RecoveryRequest, RecoveryStatus},
    secret::SecretHash,
    store::Unfinished,
    time::Timestamp,
};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_request_moves_on_once_from_the_state_it_is_in,
    requests_belong_to_their_tenant_and_are_purged,
    every_second_factor_of_one_user_is_erased,
    what_nobody_decided_is_forgotten_after_a_restore,
);

fn request(number: u8, user: u8) -> RecoveryRequest {
    RecoveryRequest {
        id: RecoveryId::new(at(i64::from(number)), [number; 10]),
        user_id: user_id(user),
        email: "user1@example.com".parse().unwrap(),
        status: RecoveryStatus::Requested,
        reason: None,
        created_at: at(i64::from(number)),
        expires_at: at(100),
        proven_at: None,
        decided_at: None,
        decided_by: None,
    }
}

fn moved(request: &RecoveryRequest, status: RecoveryStatus, now: Timestamp) -> RecoveryRequest {
    RecoveryRequest {
        status,
        reason: Some("why".to_owned()),
        proven_at: Some(now),
        decided_at: Some(now),
        decided_by: Some("key_1".to_owned()),
        ..request.clone()
    }
}

async fn a_request_moves_on_once_from_the_state_it_is_in(db: Database) {
    use RecoveryStatus::{Approved, Proven, Requested};
    two_users_each(&db.store).await;
    let request = request(1, 1);
    let mut unit = write(&db.store, 1).await;
    unit.insert_recovery(&request).await.unwrap();
    assert_eq!(
        unit.recovery(request.id).await.unwrap(),
        Some(request.clone())
    );
    let proven = moved(&request, Proven, at(5));
    let mut go =
        async |to: &RecoveryRequest, from, now| unit.move_recovery(to, from, now).await.unwrap();
    assert!(!go(&proven, Requested, at(100)).await);
    assert!(!go(&proven, Proven, at(5)).await);
    assert!(go(&proven, Requested, at(99)).await);
    assert!(!go(&proven, Requested, at(5)).await);
    let approved = moved(&request, Approved, at(6));
    assert!(go(&approved, Proven, at(6)).await);
    assert!(!go(&approved, Proven, at(6)).await);
    assert_eq!(unit.recovery(request.id).await.unwrap(), Some(approved));
    assert_eq!(
        unit.open_recoveries_of(user_id(1), at(7)).await.unwrap(),
        []
    );
}

async fn requests_belong_to_their_tenant_and_are_purged(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for request in [request(1, 1), request(2, 1), request(3, 2)] {
        unit.insert_recovery(&request).await.unwrap();
    }
    let ids = |list: Vec<RecoveryRequest>| list.into_iter().map(|r| r.id).collect::<Vec<_>>();
    let all = window(Order::Descending, 9, None);
    let listed = unit.recoveries(None, &all).await.unwrap();
    assert_eq!(
        ids(listed),
        [request(3, 2).id, request(2, 1).id, request(1, 1).id]
    );
    let open = unit.open_recoveries_of(user_id(1), at(99)).await.unwrap();
    assert_eq!(ids(open), [request(2, 1).id, request(1, 1).id]);
    assert_eq!(
        unit.open_recoveries_of(user_id(1), at(100)).await.unwrap(),
        []
    );
    assert_eq!(
        unit.count_recoveries(Some(RecoveryStatus::Proven))
            .await
            .unwrap(),
        0
    );
    assert_eq!(unit.count_recoveries(None).await.unwrap(), 3);
    unit.commit().await.unwrap();

    let mut elsewhere = write(&db.store, 2).await;
    assert_eq!(elsewhere.recovery(request(1, 1).id).await.unwrap(), None);
    assert!(!elsewhere.delete_recovery(request(1, 1).id).await.unwrap());
    assert_eq!(elsewhere.count_recoveries(None).await.unwrap(), 0);
    drop(elsewhere);

    let mut unit = write(&db.store, 1).await;
    assert!(unit.delete_recovery(request(1, 1).id).await.unwrap());
    assert_eq!(unit.purge_recoveries(at(100), 9).await.unwrap(), 0);
    assert_eq!(unit.purge_recoveries(at(101), 1).await.unwrap(), 1);
    assert_eq!(unit.purge_recoveries(at(101), 9).await.unwrap(), 1);
}

async fn what_nobody_decided_is_forgotten_after_a_restore(db: Database) {
    two_users_each(&db.store).await;
    let (waiting, proven, denied) = (request(1, 1), request(2, 1), request(3, 2));
    let mut unit = write(&db.store, 1).await;
    for request in [&waiting, &proven, &denied] {
        unit.insert_recovery(request).await.unwrap();
    }
    let proven = RecoveryRequest {
        decided_at: None,
        ..moved(&proven, RecoveryStatus::Proven, at(5))
    };
    let denied = moved(&denied, RecoveryStatus::Denied, at(5));
    for request in [&proven, &denied] {
        let from = RecoveryStatus::Requested;
        assert!(unit.move_recovery(request, from, at(5)).await.unwrap());
    }
    unit.commit().await.unwrap();

    let mut unit = control(&db.store).await;
    for (tenant, limit, forgotten) in [(2, 9, 0), (1, 1, 1), (1, 9, 1), (1, 9, 0)] {
        let what = Unfinished::Recovery;
        let forget = unit.forget_unfinished(tenant_id(tenant), what, limit);
        assert_eq!(forget.await.unwrap(), forgotten);
    }
    unit.commit().await.unwrap();
    let mut unit = write(&db.store, 1).await;
    assert_eq!(unit.recovery(denied.id).await.unwrap(), Some(denied));
    assert_eq!(unit.count_recoveries(None).await.unwrap(), 1);
}

async fn every_second_factor_of_one_user_is_erased(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for (number, user) in [(1, 1), (2, 1), (3, 2)] {
        let factor = Factor {
            id: FactorId::new(at(1), [number; 10]),
            user_id: user_id(user),
            kind: FactorKind::Totp,
            name: None,
            status: FactorStatus::Active,
            sealed: None,
            target: None,
            last_step: None,
            created_at: at(1),
            confirmed_at: Some(at(1)),
            last_used_at: None,
            expires_at: None,
        };
        unit.insert_factor(&factor).await.unwrap();
    }
    for user in [1, 2] {
        let codes = [SecretHash::of(&[user])];
        unit.replace_backup_codes(user_id(user), &codes, at(1))
            .await
            .unwrap();
    }
    assert_eq!(unit.erase_second_factors(user_id(1)).await.unwrap(), 2);
    assert_eq!(unit.factors_of(user_id(1)).await.unwrap(), []);
    assert_eq!(unit.count_backup_codes(user_id(1)).await.unwrap(), 0);
    assert_eq!(unit.factors_of(user_id(2)).await.unwrap().len(), 1);
    assert_eq!(unit.count_backup_codes(user_id(2)).await.unwrap(), 1);
    assert_eq!(unit.erase_second_factors(user_id(1)).await.unwrap(), 0);
}
