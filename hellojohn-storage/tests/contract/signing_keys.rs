use hellojohn_core::signing_key::{KeyPurpose, SigningKey};

use crate::{databases::Database, samples::*};

on_every_database!(
    signing_keys_read_back_oldest_first,
    times_of_a_key_are_set_until_it_is_retired,
);

fn key(id: &str, created: i64) -> SigningKey {
    SigningKey {
        id: id.to_owned(),
        purpose: KeyPurpose::AccessToken,
        public_key: Some([7; 32]),
        sealed: "sealed".to_owned(),
        created_at: at(created),
        active_from: Some(at(9)),
        retired_at: None,
    }
}

async fn signing_keys_read_back_oldest_first(db: Database) {
    let mut secret = key("kid_b", 1);
    secret.purpose = KeyPurpose::RefreshToken;
    secret.public_key = None;
    secret.active_from = None;
    secret.retired_at = Some(at(3));
    let mut unit = control(&db.store).await;
    unit.lock_signing_keys().await.unwrap();
    assert!(unit.insert_signing_key(&key("kid_z", 0)).await.unwrap());
    assert!(unit.insert_signing_key(&secret).await.unwrap());
    assert!(unit.insert_signing_key(&key("kid_a", 1)).await.unwrap());
    let mut again = key("kid_a", 5);
    again.sealed = "other".to_owned();
    assert!(!unit.insert_signing_key(&again).await.unwrap());
    let all = unit.signing_keys().await.unwrap();
    assert_eq!(all, [key("kid_z", 0), key("kid_a", 1), secret]);
    unit.commit().await.unwrap();
}

async fn times_of_a_key_are_set_until_it_is_retired(db: Database) {
    let mut unit = control(&db.store).await;
    unit.insert_signing_key(&key("kid_a", 0)).await.unwrap();
    unit.insert_signing_key(&key("kid_b", 0)).await.unwrap();
    assert!(unit.activate_signing_key("kid_a", at(20)).await.unwrap());
    assert!(!unit.activate_signing_key("kid_x", at(20)).await.unwrap());
    assert!(unit.retire_signing_key("kid_a", at(30)).await.unwrap());
    assert!(!unit.retire_signing_key("kid_a", at(31)).await.unwrap());
    assert!(!unit.activate_signing_key("kid_a", at(32)).await.unwrap());
    let mut expected = key("kid_a", 0);
    expected.active_from = Some(at(20));
    expected.retired_at = Some(at(30));
    let all = unit.signing_keys().await.unwrap();
    assert_eq!(all, [expected, key("kid_b", 0)]);
    unit.commit().await.unwrap();
}
