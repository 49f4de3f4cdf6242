use hellojohn_core::{
    factor::{Factor, FactorKind, FactorStatus},
    id::{FactorId, PasskeyId},
    passkey::{Passkey, PasskeyUse},
};
use hellojohn_storage::SqlStore;
use serde_json::json;

use crate::{databases::Database, samples::*};

on_every_database!(
    a_passkey_is_found_by_its_credential_in_its_tenant,
    a_credential_belongs_to_one_user_of_a_tenant,
    a_counter_only_goes_forward,
    of_uses_with_one_counter_at_once_one_holds,
    an_authenticator_that_does_not_count_may_be_used_often,
    a_passkey_goes_with_its_factor,
);

fn factor(user: u8, number: u8) -> Factor {
    Factor {
        id: FactorId::new(at(i64::from(number)), [number; 10]),
        user_id: user_id(user),
        kind: FactorKind::WebAuthn,
        name: Some("Laptop".to_owned()),
        status: FactorStatus::Active,
        sealed: None,
        target: None,
        last_step: None,
        created_at: at(0),
        confirmed_at: Some(at(0)),
        last_used_at: None,
        expires_at: None,
    }
}

fn passkey(user: u8, number: u8) -> Passkey {
    Passkey {
        id: PasskeyId::new(at(i64::from(number)), [number; 10]),
        user_id: user_id(user),
        factor_id: factor(user, number).id,
        credential_id: vec![number; 1023],
        user_handle: vec![user; 32],
        key: object(json!({ "cred": { "x": [1, 2, 3], "s": "ö" } })),
        sign_count: u32::MAX - 5,
        aaguid: Some("8446ccb9ab1db374750b2367ff6f3a1f".to_owned()),
        transports: vec!["hybrid".to_owned(), "internal".to_owned()],
        backup_eligible: true,
        backup_state: false,
        created_at: at(1),
        last_used_at: None,
    }
}

async fn insert(store: &SqlStore, tenant: u8, passkey: &Passkey) {
    let number = *passkey.credential_id.first().unwrap();
    let user = *passkey.user_handle.first().unwrap();
    let mut unit = write(store, tenant).await;
    unit.insert_factor(&factor(user, number)).await.unwrap();
    unit.insert_passkey(passkey).await.unwrap();
    unit.commit().await.unwrap();
}

async fn a_passkey_is_found_by_its_credential_in_its_tenant(db: Database) {
    two_users_each(&db.store).await;
    let (first, second) = (passkey(1, 1), passkey(1, 2));
    let bare = Passkey {
        aaguid: None,
        transports: Vec::new(),
        backup_state: true,
        sign_count: 0,
        ..passkey(2, 3)
    };
    for passkey in [&second, &first, &bare] {
        insert(&db.store, 1, passkey).await;
    }
    let mut unit = read(&db.store, 1).await;
    for passkey in [&first, &second, &bare] {
        let found = unit.passkey_by_credential(&passkey.credential_id).await;
        assert_eq!(found.unwrap().as_ref(), Some(passkey));
        let found = unit.passkey_of_factor(passkey.factor_id).await;
        assert_eq!(found.unwrap().as_ref(), Some(passkey));
    }
    assert_eq!(
        unit.passkeys_of(user_id(1)).await.unwrap(),
        [first.clone(), second]
    );
    assert_eq!(unit.passkey_by_credential(&[1]).await.unwrap(), None);
    let mut elsewhere = read(&db.store, 2).await;
    let found = elsewhere.passkey_by_credential(&first.credential_id).await;
    assert_eq!(found.unwrap(), None);
    assert_eq!(
        elsewhere.passkey_of_factor(first.factor_id).await.unwrap(),
        None
    );
    assert_eq!(elsewhere.passkeys_of(user_id(1)).await.unwrap(), []);
}

/// R135.
async fn a_credential_belongs_to_one_user_of_a_tenant(db: Database) {
    two_users_each(&db.store).await;
    insert(&db.store, 1, &passkey(1, 1)).await;
    // Another tenant may know it.
    insert(&db.store, 2, &passkey(1, 1)).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_factor(&factor(2, 2)).await.unwrap();
    let taken = Passkey {
        credential_id: passkey(1, 1).credential_id,
        ..passkey(2, 2)
    };
    let refused = unit.insert_passkey(&taken).await.unwrap_err();
    assert!(refused.is_conflict("passkey_credential_id"), "{refused:?}");
}

fn used(passkey: &Passkey, sign_count: u32) -> PasskeyUse {
    PasskeyUse {
        id: passkey.id,
        sign_count,
        backup_state: true,
        at: at(9),
    }
}

/// R139.
async fn a_counter_only_goes_forward(db: Database) {
    two_users_each(&db.store).await;
    let counting = Passkey {
        sign_count: 7,
        ..passkey(1, 1)
    };
    insert(&db.store, 1, &counting).await;
    insert(&db.store, 2, &counting).await;
    for (count, holds) in [
        (7, false),
        (6, false),
        (0, false),
        (8, true),
        (8, false),
        (u32::MAX, true),
    ] {
        let mut unit = write(&db.store, 1).await;
        let noted = unit
            .note_passkey_use(&used(&counting, count))
            .await
            .unwrap();
        unit.commit().await.unwrap();
        assert_eq!(noted, holds, "{count}");
    }
    let kept = async |tenant| {
        let mut unit = read(&db.store, tenant).await;
        unit.passkey_of_factor(counting.factor_id)
            .await
            .unwrap()
            .unwrap()
    };
    let here = kept(1).await;
    assert_eq!((here.sign_count, here.backup_state), (u32::MAX, true));
    assert_eq!(here.last_used_at, Some(at(9)));
    assert_eq!(kept(2).await, counting);
}

async fn of_uses_with_one_counter_at_once_one_holds(db: Database) {
    two_users_each(&db.store).await;
    let counting = passkey(1, 1);
    insert(&db.store, 1, &counting).await;
    let tries = (0..8).map(|_| {
        let (store, used) = (db.store.clone(), used(&counting, counting.sign_count + 1));
        tokio::spawn(async move {
            let mut unit = write(&store, 1).await;
            let noted = unit.note_passkey_use(&used).await.unwrap();
            unit.commit().await.unwrap();
            noted
        })
    });
    let tries: Vec<_> = tries.collect();
    let mut held = 0;
    for attempt in tries {
        held += usize::from(attempt.await.unwrap());
    }
    assert_eq!(held, 1);
}

async fn an_authenticator_that_does_not_count_may_be_used_often(db: Database) {
    two_users_each(&db.store).await;
    let silent = Passkey {
        sign_count: 0,
        ..passkey(1, 1)
    };
    insert(&db.store, 1, &silent).await;
    for (count, holds) in [(0, true), (0, true), (3, true), (0, false)] {
        let mut unit = write(&db.store, 1).await;
        let noted = unit.note_passkey_use(&used(&silent, count)).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(noted, holds, "{count}");
    }
}

async fn a_passkey_goes_with_its_factor(db: Database) {
    two_users_each(&db.store).await;
    let gone = passkey(1, 1);
    insert(&db.store, 1, &gone).await;
    let mut unit = write(&db.store, 1).await;
    assert!(unit.delete_factor(gone.factor_id).await.unwrap());
    unit.commit().await.unwrap();
    let mut unit = write(&db.store, 1).await;
    assert_eq!(
        unit.passkey_by_credential(&gone.credential_id)
            .await
            .unwrap(),
        None
    );
    assert!(!unit.note_passkey_use(&used(&gone, u32::MAX)).await.unwrap());
}
