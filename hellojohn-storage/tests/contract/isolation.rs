use hellojohn_core::{
    api_key::ApiKeyFilter,
    event::Event,
    id::EventId,
    secret::SecretHash,
    session::{RevocationReason, SessionFilter},
    store::{KeptAnswer, UnitOfWork},
    user::{PasswordHash, User, UserFilter, UserSort},
};
use hellojohn_storage::SqlStore;
use serde_json::Map;

use crate::{databases::Database, samples::*};

on_every_database!(
    the_same_ids_and_names_live_in_both_tenants,
    nothing_one_tenant_does_shows_or_changes_in_another,
);

fn named(tenant: u8) -> User {
    let mut user = user(tenant, 1);
    user.username = Some("ada".to_owned());
    user.phone = Some("+4915112345678".to_owned());
    user.external_id = Some("ext".to_owned());
    user.name = Some(format!("of {tenant}"));
    user
}

fn event() -> Event {
    Event {
        id: EventId::new(at(1), [1; 10]),
        kind: "user.created".to_owned(),
        data: Map::new(),
        created_at: at(1),
    }
}

fn kept() -> KeptAnswer {
    KeptAnswer {
        key: SecretHash::of(b"key"),
        fingerprint: SecretHash::of(b"request"),
        answer: None,
        created_at: at(1),
        expires_at: at(100),
    }
}

/// One row of every kind, with the same ids whatever the tenant.
async fn fill(store: &SqlStore, tenant: u8) {
    let mut unit = write(store, tenant).await;
    unit.insert_user(&named(tenant)).await.unwrap();
    unit.insert_session(&session(tenant, 1, 1)).await.unwrap();
    unit.insert_api_key(&api_key(Some(tenant), 1))
        .await
        .unwrap();
    let hash = PasswordHash::new(format!("hash of {tenant}"));
    unit.remember_password(user_id(1), &hash, at(1), 5)
        .await
        .unwrap();
    unit.append_event(&event()).await.unwrap();
    assert_eq!(unit.claim(&kept(), at(0)).await.unwrap(), None);
    unit.commit().await.unwrap();
}

/// Everything a tenant can see of itself.
async fn sight(unit: &mut dyn UnitOfWork) -> String {
    let users = unit
        .users(&UserFilter::default(), UserSort::Email, &everything())
        .await
        .unwrap();
    let sessions = unit
        .sessions(&SessionFilter::default(), &everything())
        .await
        .unwrap();
    let keys = unit
        .api_keys(ApiKeyFilter::default(), &everything())
        .await
        .unwrap();
    let former = unit.former_passwords(user_id(1), 9).await.unwrap();
    let former: Vec<_> = former.iter().map(PasswordHash::expose).collect();
    format!("{users:?} {sessions:?} {keys:?} {former:?}")
}

async fn the_same_ids_and_names_live_in_both_tenants(db: Database) {
    two_tenants(&db.store).await;
    fill(&db.store, 1).await;
    fill(&db.store, 2).await;
    for tenant in [1, 2] {
        let mut unit = read(&db.store, tenant).await;
        let id = user_id(1);
        assert_eq!(unit.user(id).await.unwrap().unwrap(), named(tenant));
        let by_email = unit.user_by_email(&named(1).email).await.unwrap();
        assert_eq!(by_email.unwrap(), named(tenant));
        let by_name = unit.user_by_username("ada").await.unwrap();
        assert_eq!(by_name.unwrap(), named(tenant));
        let by_phone = unit.user_by_phone("+4915112345678").await.unwrap();
        assert_eq!(by_phone.unwrap(), named(tenant));
        let found = unit.session(session_id(1)).await.unwrap();
        assert_eq!(found.unwrap(), session(tenant, 1, 1));
        let found = unit.api_key(key_id(1)).await.unwrap();
        assert_eq!(found.unwrap(), api_key(Some(tenant), 1));
        let filter = UserFilter::default();
        assert_eq!(unit.count_users(&filter).await.unwrap(), 1);
        let filter = SessionFilter::default();
        assert_eq!(unit.count_sessions(&filter).await.unwrap(), 1);
        let filter = ApiKeyFilter::default();
        assert_eq!(unit.count_api_keys(filter).await.unwrap(), 1);
    }
}

async fn nothing_one_tenant_does_shows_or_changes_in_another(db: Database) {
    two_tenants(&db.store).await;
    fill(&db.store, 2).await;
    let before = sight(&mut *read(&db.store, 2).await).await;

    // Tenant 1 has no rows: every method aimed at the ids of tenant 2 finds and does nothing.
    let mut unit = write(&db.store, 1).await;
    let (user, session, key) = (user_id(1), session_id(1), key_id(1));
    let reason = RevocationReason::Revoked;
    assert!(unit.user(user).await.unwrap().is_none());
    assert!(unit.user_for_update(user).await.unwrap().is_none());
    let email = named(1).email;
    assert!(unit.user_by_email(&email).await.unwrap().is_none());
    assert!(unit.user_by_username("ada").await.unwrap().is_none());
    assert!(
        unit.user_by_phone("+4915112345678")
            .await
            .unwrap()
            .is_none()
    );
    let all = UserFilter::default();
    assert_eq!(unit.count_users(&all).await.unwrap(), 0);
    assert!(!unit.update_user(&named(1)).await.unwrap());
    let hash = PasswordHash::new("evil".to_owned());
    unit.note_sign_in(user, at(9), Some(&hash)).await.unwrap();
    assert!(!unit.delete_user(user).await.unwrap());
    assert!(unit.former_passwords(user, 9).await.unwrap().is_empty());
    assert!(unit.session(session).await.unwrap().is_none());
    assert!(unit.session_for_update(session).await.unwrap().is_none());
    assert!(!unit.revoke_session(session, reason, at(9)).await.unwrap());
    let revoked = unit
        .revoke_sessions_of(user, None, reason, at(9))
        .await
        .unwrap();
    assert!(revoked.is_empty());
    let revoked = unit
        .revoke_oldest_sessions_of(user, 0, at(9))
        .await
        .unwrap();
    assert!(revoked.is_empty());
    let all = SessionFilter::default();
    assert_eq!(unit.count_sessions(&all).await.unwrap(), 0);
    assert_eq!(unit.purge_sessions(at(1_000_000), 99).await.unwrap(), 0);
    assert!(unit.api_key(key).await.unwrap().is_none());
    assert!(!unit.end_api_key(key, at(9)).await.unwrap());
    unit.touch_api_key(key, at(9)).await.unwrap();
    assert_eq!(unit.purge_events(at(1_000_000), 99).await.unwrap(), 0);
    unit.settle(&kept().key, kept().created_at, "evil")
        .await
        .unwrap();
    unit.release(&kept().key, kept().created_at).await.unwrap();
    assert_eq!(unit.purge_answers(at(1_000_000), 99).await.unwrap(), 0);
    let empty = sight(&mut *unit).await;
    assert_eq!(empty, "[] [] [] []");
    unit.commit().await.unwrap();

    assert_eq!(sight(&mut *read(&db.store, 2).await).await, before);
    let mut unit = write(&db.store, 2).await;
    let there = unit.claim(&kept(), at(0)).await.unwrap();
    assert_eq!(there, Some(kept()));
    assert_eq!(unit.purge_events(at(1_000_000), 99).await.unwrap(), 1);

    // A reference across tenants is no reference.
    drop(unit);
    let mut unit = write(&db.store, 1).await;
    let session = crate::samples::session(1, 1, 9);
    let error = unit.insert_session(&session).await.unwrap_err();
    assert!(error.is_conflict("reference"), "{error:?}");
}
