use hellojohn_core::{
    api_key::{ApiKeyFilter, Environment, KeyKind, KeyScopes},
    page::{Order, Position, SortKey},
    store::StoreError,
};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_key_reads_back_what_was_written,
    keys_are_filtered_and_windowed,
    a_key_is_ended_and_never_revived,
    a_use_is_noted_and_never_moves_back,
    master_keys_are_bound_to_no_tenant,
);

async fn a_key_reads_back_what_was_written(db: Database) {
    two_tenants(&db.store).await;
    let mut whole = api_key(Some(1), 1);
    whole.kind = KeyKind::Publishable;
    whole.environment = Environment::Test;
    whole.scopes = KeyScopes::parse(KeyKind::Secret, ["users:read", "sessions:*"]).unwrap();
    whole.last_used_at = Some(at(2));
    whole.expires_at = Some(at(3));
    whole.revoked_at = Some(at(4));
    let mut unit = write(&db.store, 1).await;
    unit.insert_api_key(&whole).await.unwrap();
    assert_eq!(unit.api_key(whole.id).await.unwrap().unwrap(), whole);
    assert!(unit.api_key(key_id(9)).await.unwrap().is_none());
    unit.commit().await.unwrap();

    let mut same_hash = api_key(Some(2), 5);
    same_hash.hash = whole.hash;
    let mut unit = write(&db.store, 2).await;
    let error = unit.insert_api_key(&same_hash).await.unwrap_err();
    assert!(error.is_conflict("api_key_hash"), "{error:?}");
    drop(unit);
    let mut unit = write(&db.store, 1).await;
    let error = unit.insert_api_key(&api_key(None, 6)).await.unwrap_err();
    assert!(matches!(error, StoreError::Failed(_)), "{error:?}");
}

type Case = (Option<KeyKind>, Option<(bool, i64)>, &'static [u8]);

async fn keys_are_filtered_and_windowed(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=4 {
        let mut key = api_key(Some(1), number);
        if number % 2 == 0 {
            key.kind = KeyKind::Publishable;
        }
        key.revoked_at = (number > 2).then(|| at(i64::from(number) * 10));
        unit.insert_api_key(&key).await.unwrap();
    }
    let cases: [Case; 8] = [
        (None, None, &[1, 2, 3, 4]),
        (Some(KeyKind::Secret), None, &[1, 3]),
        (None, Some((true, 40)), &[3, 4]),
        (None, Some((false, 40)), &[1, 2]),
        // A key in its overlap is not revoked yet.
        (None, Some((true, 30)), &[3]),
        (None, Some((false, 30)), &[1, 2, 4]),
        (None, Some((true, 29)), &[]),
        (Some(KeyKind::Publishable), Some((true, 40)), &[4]),
    ];
    for (kind, revoked, numbers) in cases {
        let revoked = revoked.map(|(revoked, seconds)| (revoked, at(seconds)));
        let filter = ApiKeyFilter { kind, revoked };
        let keys = unit.api_keys(filter, &everything()).await.unwrap();
        let ids: Vec<_> = keys.iter().map(|key| key.id).collect();
        let expected: Vec<_> = numbers.iter().copied().map(key_id).collect();
        assert_eq!(ids, expected);
        let count = unit.count_api_keys(filter).await.unwrap();
        assert_eq!(count, numbers.len() as u64);
    }
    let after = Some(Position {
        key: SortKey::Time(at(3).as_micros()),
        id: key_id(3).to_string(),
    });
    let window = window(Order::Descending, 1, after);
    let keys = unit
        .api_keys(ApiKeyFilter::default(), &window)
        .await
        .unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].id, key_id(2));
}

async fn a_key_is_ended_and_never_revived(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_api_key(&api_key(Some(1), 1)).await.unwrap();
    assert!(unit.end_api_key(key_id(1), at(60)).await.unwrap());
    assert!(unit.end_api_key(key_id(1), at(50)).await.unwrap());
    assert!(!unit.end_api_key(key_id(1), at(55)).await.unwrap());
    assert!(!unit.end_api_key(key_id(9), at(55)).await.unwrap());
    let key = unit.api_key(key_id(1)).await.unwrap().unwrap();
    assert_eq!(key.revoked_at, Some(at(50)));

    let mut expiring = api_key(Some(1), 2);
    expiring.expires_at = Some(at(10));
    unit.insert_api_key(&expiring).await.unwrap();
    assert!(!unit.end_api_key(key_id(2), at(10)).await.unwrap());
    assert!(unit.end_api_key(key_id(2), at(9)).await.unwrap());
}

async fn a_use_is_noted_and_never_moves_back(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_api_key(&api_key(Some(1), 1)).await.unwrap();
    unit.touch_api_key(key_id(1), at(60)).await.unwrap();
    unit.touch_api_key(key_id(1), at(50)).await.unwrap();
    let key = unit.api_key(key_id(1)).await.unwrap().unwrap();
    assert_eq!(key.last_used_at, Some(at(60)));
}

async fn master_keys_are_bound_to_no_tenant(db: Database) {
    let mut unit = control(&db.store).await;
    unit.insert_master_key(&api_key(None, 2)).await.unwrap();
    unit.insert_master_key(&api_key(None, 1)).await.unwrap();
    let keys = unit.master_keys().await.unwrap();
    assert_eq!(keys, [api_key(None, 1), api_key(None, 2)]);
    assert!(unit.end_master_key(key_id(1), at(50)).await.unwrap());
    assert!(!unit.end_master_key(key_id(1), at(51)).await.unwrap());
    assert!(!unit.end_master_key(key_id(9), at(51)).await.unwrap());
    let ended = &unit.master_keys().await.unwrap()[0];
    assert_eq!(ended.revoked_at, Some(at(50)));
    let taken = unit.insert_master_key(&api_key(None, 2)).await.unwrap_err();
    assert!(taken.is_conflict("master_key_id"), "{taken:?}");

    drop(unit);
    let mut unit = control(&db.store).await;
    let error = unit
        .insert_master_key(&api_key(Some(1), 3))
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Failed(_)), "{error:?}");
}
