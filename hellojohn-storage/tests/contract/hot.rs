use hellojohn_core::{
    secret::SecretHash,
    session::{Presented, RevocationReason, Session},
    store::{Rotation, Store as _},
    tenant::TenantStatus,
    user::{Profile, User, UserStatus},
};

use crate::{databases::Database, samples::*};

on_every_database!(
    rotation_moves_one_generation_on,
    a_token_that_is_not_the_live_one_changes_nothing,
    only_live_sessions_of_active_users_and_tenants_rotate,
    a_session_comes_with_its_user_whatever_their_state,
    a_key_is_found_by_its_hash_with_its_tenant,
    the_database_answers,
);

fn rotation(generation: u32) -> Rotation {
    Rotation {
        session: session_id(1),
        presented: Presented {
            generation,
            salt: [1; 16],
        },
        now: at(40),
        idle_expires_at: Some(at(90)),
    }
}

async fn prepare(db: &Database, change: impl FnOnce(&mut Session, &mut User)) {
    two_users_each(&db.store).await;
    let mut session = session(1, 1, 1);
    let mut user = user(1, 1);
    user.name = Some("Ada".to_owned());
    user.public_metadata = metadata();
    change(&mut session, &mut user);
    let mut unit = write(&db.store, 1).await;
    assert!(unit.update_user(&user).await.unwrap());
    unit.insert_session(&session).await.unwrap();
    unit.commit().await.unwrap();
}

async fn stored(db: &Database) -> Session {
    let mut unit = read(&db.store, 1).await;
    unit.session(session_id(1)).await.unwrap().unwrap()
}

async fn rotation_moves_one_generation_on(db: Database) {
    prepare(&db, |_, _| {}).await;
    let rotated = db
        .store
        .rotate(tenant_id(1), &rotation(0))
        .await
        .unwrap()
        .unwrap();
    let mut expected = session(1, 1, 1);
    expected.generation = 1;
    expected.rotated_at = at(40);
    expected.last_active_at = at(40);
    expected.idle_expires_at = Some(at(90));
    assert_eq!(rotated.session, expected);
    assert_eq!(stored(&db).await, expected);
    let mut unit = read(&db.store, 1).await;
    let user = unit.user(user_id(1)).await.unwrap().unwrap();
    assert_eq!(rotated.profile, Profile::from(&user));
    assert_eq!(rotated.profile.public_metadata, metadata());

    let mut second = rotation(1);
    second.idle_expires_at = None;
    let rotated = db.store.rotate(tenant_id(1), &second).await.unwrap();
    assert_eq!(rotated.unwrap().session.idle_expires_at, None);
}

async fn a_token_that_is_not_the_live_one_changes_nothing(db: Database) {
    prepare(&db, |session, _| session.generation = 5).await;
    let before = stored(&db).await;
    let mut other_salt = rotation(5);
    other_salt.presented.salt = [2; 16];
    let mut other_session = rotation(5);
    other_session.session = session_id(2);
    for wrong in [rotation(4), rotation(6), other_salt, other_session] {
        let rotated = db.store.rotate(tenant_id(1), &wrong).await.unwrap();
        assert!(rotated.is_none(), "{wrong:?}");
    }
    let rotated = db.store.rotate(tenant_id(2), &rotation(5)).await.unwrap();
    assert!(rotated.is_none());
    assert_eq!(stored(&db).await, before);
}

async fn only_live_sessions_of_active_users_and_tenants_rotate(db: Database) {
    type Change = fn(&mut Session, &mut User);
    let cases: [(Change, bool); 12] = [
        (|session, _| session.revoked_at = Some(at(90)), false),
        (|session, _| session.expires_at = at(40), false),
        (|session, _| session.expires_at = at(41), true),
        (|session, _| session.idle_expires_at = Some(at(40)), false),
        (|session, _| session.idle_expires_at = Some(at(41)), true),
        (|_, user| user.status = UserStatus::Disabled, false),
        (|_, user| user.status = UserStatus::Pending, false),
        (|_, user| user.status = UserStatus::Banned, false),
        (
            |_, user| {
                user.status = UserStatus::Banned;
                user.banned_until = Some(at(41));
            },
            false,
        ),
        (
            |_, user| {
                user.status = UserStatus::Banned;
                user.banned_until = Some(at(40));
            },
            true,
        ),
        (
            |_, user| {
                user.status = UserStatus::Disabled;
                user.banned_until = Some(at(40));
            },
            false,
        ),
        (|_, _| {}, true),
    ];
    two_users_each(&db.store).await;
    for (number, (change, allowed)) in (1_u8..).zip(cases) {
        let mut session = session(1, 1, number);
        let mut user = user(1, 1);
        change(&mut session, &mut user);
        let mut unit = write(&db.store, 1).await;
        unit.update_user(&user).await.unwrap();
        unit.insert_session(&session).await.unwrap();
        unit.commit().await.unwrap();
        let mut rotation = rotation(0);
        rotation.session = session.id;
        rotation.presented.salt = session.salt;
        let rotated = db.store.rotate(tenant_id(1), &rotation).await.unwrap();
        assert_eq!(rotated.is_some(), allowed, "case {number}");
        // What the statement decides is what the core's own functions say.
        let core =
            session.status_at(at(40)).as_str() == "active" && user.require_active(at(40)).is_ok();
        assert_eq!(core, allowed, "case {number}");
    }
    // The last session is fine, but for its tenant.
    for status in [TenantStatus::Suspended, TenantStatus::Deleted] {
        let mut changed = tenant(1);
        changed.status = status;
        let mut unit = control(&db.store).await;
        unit.update_tenant(&changed).await.unwrap();
        unit.commit().await.unwrap();
        let mut rotation = rotation(1);
        rotation.session = session_id(12);
        rotation.presented.salt = [12; 16];
        let rotated = db.store.rotate(tenant_id(1), &rotation).await.unwrap();
        assert!(rotated.is_none(), "{status:?}");
    }
    // A generation at the end of its range does not wrap.
    let mut last = session(2, 1, 50);
    last.generation = u32::MAX - 1;
    let mut unit = write(&db.store, 2).await;
    unit.insert_session(&last).await.unwrap();
    unit.commit().await.unwrap();
    let mut rotation = rotation(u32::MAX - 1);
    rotation.session = last.id;
    rotation.presented.salt = last.salt;
    let rotated = db.store.rotate(tenant_id(2), &rotation).await.unwrap();
    assert!(rotated.is_none());
}

async fn a_session_comes_with_its_user_whatever_their_state(db: Database) {
    prepare(&db, |session, user| {
        session.revoked_at = Some(at(3));
        session.revoked_reason = Some(RevocationReason::UserBanned);
        user.status = UserStatus::Banned;
    })
    .await;
    let found = db
        .store
        .session_with_user(tenant_id(1), session_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.session, stored(&db).await);
    let mut unit = read(&db.store, 1).await;
    let user = unit.user(user_id(1)).await.unwrap().unwrap();
    assert_eq!(found.user, user);
    for (tenant, session) in [(2, 1), (1, 2), (9, 1)] {
        let none = db
            .store
            .session_with_user(tenant_id(tenant), session_id(session))
            .await
            .unwrap();
        assert!(none.is_none());
    }
}

async fn a_key_is_found_by_its_hash_with_its_tenant(db: Database) {
    two_tenants(&db.store).await;
    let mut bound = api_key(Some(1), 1);
    bound.expires_at = Some(at(5));
    bound.revoked_at = Some(at(6));
    let mut master = api_key(None, 2);
    master.expires_at = Some(at(7));
    let mut suspended = tenant(1);
    suspended.status = TenantStatus::Suspended;
    suspended.public_metadata = metadata();
    let mut unit = control(&db.store).await;
    unit.insert_master_key(&master).await.unwrap();
    unit.update_tenant(&suspended).await.unwrap();
    unit.commit().await.unwrap();
    let mut unit = write(&db.store, 1).await;
    unit.insert_api_key(&bound).await.unwrap();
    unit.commit().await.unwrap();

    let found = db.store.key_by_hash(&bound.hash).await.unwrap().unwrap();
    assert_eq!((found.key, found.tenant), (bound, Some(suspended)));
    let found = db.store.key_by_hash(&master.hash).await.unwrap().unwrap();
    assert_eq!((found.key, found.tenant), (master, None));
    let none = db.store.key_by_hash(&SecretHash::of(b"?")).await.unwrap();
    assert!(none.is_none());
}

async fn the_database_answers(db: Database) {
    db.store.ping().await.unwrap();
    let options = hellojohn_storage::MigrationOptions::default();
    db.store.migrations().revert(1, &options).await.unwrap();
    assert!(
        db.store.ping().await.is_err(),
        "a database without the schema is as good as none"
    );
    db.store.close().await;
    let closed = db.store.ping().await.unwrap_err();
    assert!(
        matches!(closed, hellojohn_core::store::StoreError::Unavailable(_)),
        "{closed:?}"
    );
}
