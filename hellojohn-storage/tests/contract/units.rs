use hellojohn_core::{
    input::Metadata,
    store::{Access, Store as _, StoreError},
};
use hellojohn_storage::{
    Connection, connection,
    sqlx::{AssertSqlSafe, Executor as _},
};
use serde_json::json;

use crate::{databases::Database, samples::*};

on_every_database!(
    dropping_a_unit_rolls_it_back,
    after_an_error_a_unit_is_spent,
    a_read_unit_refuses_to_write,
    a_value_of_another_tenant_is_refused,
    a_nul_character_is_refused_everywhere,
    extreme_times_keep_their_order,
    an_applications_own_rows_share_the_units_fate,
    a_read_unit_sees_one_moment,
    a_reader_does_not_wait_for_a_writer,
);

async fn dropping_a_unit_rolls_it_back(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_user(&user(1, 1)).await.unwrap();
    drop(unit);
    let mut unit = write(&db.store, 1).await;
    assert!(unit.user(user_id(1)).await.unwrap().is_none());
    unit.insert_user(&user(1, 1)).await.unwrap();
    assert_eq!(unit.tenant(), tenant_id(1));
    unit.commit().await.unwrap();
    let mut unit = read(&db.store, 1).await;
    assert!(unit.user(user_id(1)).await.unwrap().is_some());

    drop(unit);
    let mut unit = control(&db.store).await;
    unit.insert_tenant(&tenant(3)).await.unwrap();
    drop(unit);
    let mut unit = control(&db.store).await;
    assert!(unit.tenant(tenant_id(3)).await.unwrap().is_none());
}

async fn after_an_error_a_unit_is_spent(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_session(&session(1, 1, 1)).await.unwrap();
    assert!(unit.insert_user(&user(1, 1)).await.is_err());
    let after = unit.user(user_id(1)).await.unwrap_err();
    assert!(matches!(after, StoreError::Spent), "{after:?}");
    let commit = unit.commit().await.unwrap_err();
    assert!(matches!(commit, StoreError::Spent), "{commit:?}");
    let mut unit = read(&db.store, 1).await;
    assert!(unit.session(session_id(1)).await.unwrap().is_none());

    drop(unit);
    let mut unit = control(&db.store).await;
    unit.insert_tenant(&tenant(3)).await.unwrap();
    assert!(unit.insert_tenant(&tenant(1)).await.is_err());
    let commit = unit.commit().await.unwrap_err();
    assert!(matches!(commit, StoreError::Spent), "{commit:?}");
    let mut unit = control(&db.store).await;
    assert!(unit.tenant(tenant_id(3)).await.unwrap().is_none());
}

async fn a_read_unit_refuses_to_write(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = read(&db.store, 1).await;
    let refused = unit.insert_user(&user(1, 3)).await.unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly), "{refused:?}");
    drop(unit);
    let mut unit = read(&db.store, 1).await;
    let refused = unit.user_for_update(user_id(1)).await.unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly), "{refused:?}");
    drop(unit);
    let mut unit = db.store.begin_control(Access::Read).await.unwrap();
    let refused = unit.insert_tenant(&tenant(3)).await.unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly), "{refused:?}");
    drop(unit);
    let mut unit = db.store.begin_control(Access::Read).await.unwrap();
    let refused = unit.lock_signing_keys().await.unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly), "{refused:?}");

    // Not even by the door for applications.
    drop(unit);
    let mut unit = read(&db.store, 1).await;
    assert!(run(&mut *unit, "DELETE FROM hj_user").await.is_err());
    drop(unit);
    let mut unit = db.store.begin_control(Access::Read).await.unwrap();
    assert!(unit.tenant(tenant_id(1)).await.unwrap().is_some());
    unit.commit().await.unwrap();
}

async fn a_value_of_another_tenant_is_refused(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    assert!(unit.insert_user(&user(2, 3)).await.is_err());
    drop(unit);
    let mut unit = write(&db.store, 1).await;
    assert!(unit.update_user(&user(2, 1)).await.is_err());
    drop(unit);
    let mut unit = write(&db.store, 1).await;
    assert!(unit.insert_session(&session(2, 1, 1)).await.is_err());
    drop(unit);
    let mut unit = write(&db.store, 1).await;
    assert!(unit.insert_api_key(&api_key(Some(2), 1)).await.is_err());
    let commit = unit.commit().await.unwrap_err();
    assert!(matches!(commit, StoreError::Spent), "{commit:?}");
}

async fn a_nul_character_is_refused_everywhere(db: Database) {
    two_tenants(&db.store).await;
    let mut in_text = user(1, 1);
    in_text.name = Some("a\0b".to_owned());
    let mut in_json = user(1, 1);
    let nested = json!({"a": [{"b\0": 1}]});
    in_json.public_metadata = Metadata::parse("public_metadata", object(nested)).unwrap();
    for user in [in_text, in_json] {
        let mut unit = write(&db.store, 1).await;
        let error = unit.insert_user(&user).await.unwrap_err();
        assert!(matches!(error, StoreError::Failed(_)), "{error:?}");
    }
}

async fn extreme_times_keep_their_order(db: Database) {
    use hellojohn_core::time::Timestamp;
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let times = [i64::MIN, -1, 0, 1, i64::MAX].map(Timestamp::from_micros);
    for (number, time) in (1_u8..).zip(times) {
        let mut user = user(1, number);
        user.created_at = time;
        unit.insert_user(&user).await.unwrap();
        let stored = unit.user(user.id).await.unwrap().unwrap().created_at;
        let kept = time
            .as_micros()
            .clamp(-62_135_596_800_000_000, 253_402_300_799_999_999);
        assert_eq!(stored.as_micros(), kept);
    }
}

async fn an_applications_own_rows_share_the_units_fate(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    run(&mut *unit, "CREATE TABLE app_profile (id TEXT PRIMARY KEY)")
        .await
        .unwrap();
    unit.commit().await.unwrap();
    let insert = "INSERT INTO app_profile VALUES ('a')";
    let mut unit = write(&db.store, 1).await;
    run(&mut *unit, insert).await.unwrap();
    drop(unit);
    let mut unit = write(&db.store, 1).await;
    run(&mut *unit, insert).await.unwrap();
    unit.insert_user(&user(1, 1)).await.unwrap();
    unit.commit().await.unwrap();
    let mut unit = write(&db.store, 1).await;
    assert!(run(&mut *unit, insert).await.is_err());
}

async fn a_read_unit_sees_one_moment(db: Database) {
    two_users_each(&db.store).await;
    let mut reader = read(&db.store, 1).await;
    let filter = hellojohn_core::user::UserFilter::default();
    assert_eq!(reader.count_users(&filter).await.unwrap(), 2);
    let mut writer = write(&db.store, 1).await;
    writer.insert_user(&user(1, 3)).await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(reader.count_users(&filter).await.unwrap(), 2);
    let mut later = read(&db.store, 1).await;
    assert_eq!(later.count_users(&filter).await.unwrap(), 3);
}

async fn a_reader_does_not_wait_for_a_writer(db: Database) {
    two_users_each(&db.store).await;
    let mut writer = write(&db.store, 1).await;
    let mut changed = user(1, 1);
    changed.name = Some("Changed".to_owned());
    assert!(writer.update_user(&changed).await.unwrap());
    let mut reader = read(&db.store, 1).await;
    let seen = reader.user(user_id(1)).await.unwrap().unwrap();
    assert_eq!(seen.name, None);
    writer.commit().await.unwrap();
}

async fn run(
    unit: &mut dyn hellojohn_core::store::UnitOfWork,
    sql: &str,
) -> hellojohn_storage::sqlx::Result<()> {
    let sql = AssertSqlSafe(sql.to_owned());
    match connection(unit).unwrap() {
        Connection::Postgres(conn) => conn.execute(sql).await.map(drop),
        Connection::Sqlite(conn) => conn.execute(sql).await.map(drop),
        _ => unreachable!(),
    }
}
