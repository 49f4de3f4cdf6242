use hellojohn_core::{device::Device, session::ClientInfo, time::Timestamp};

use hellojohn_storage::{
    Connection, connection,
    sqlx::{AssertSqlSafe, Executor as _},
};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_device_is_remembered_once_and_only_for_its_user,
    failures_are_counted_of_the_worst_authenticator,
    what_was_not_seen_for_long_is_purged,
);

fn seen(user: u8, now: Timestamp) -> Vec<Device> {
    let client = ClientInfo::new(Some("203.0.113.7".to_owned()), Some("Firefox Linux"));
    Device::seen(user_id(user), &client, now)
}

async fn a_device_is_remembered_once_and_only_for_its_user(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for now in [at(1), at(9)] {
        for device in seen(1, now) {
            unit.remember_device(&device).await.unwrap();
        }
    }
    for device in seen(2, at(3)) {
        unit.remember_device(&device).await.unwrap();
    }
    let mut devices = unit.devices_of(user_id(1), at(0)).await.unwrap();
    devices.sort_by_key(|device| device.network.is_some());
    let mut expected = seen(1, at(1));
    for device in &mut expected {
        device.last_seen_at = at(9);
    }
    assert_eq!(devices, expected);
    assert_eq!(devices[0].label.as_deref(), Some("Firefox on Linux"));
    assert_eq!(devices[1].network.as_deref(), Some("203.0.113.0/24"));
    assert_eq!(unit.devices_of(user_id(1), at(10)).await.unwrap(), []);
    unit.commit().await.unwrap();

    let mut elsewhere = write(&db.store, 2).await;
    assert_eq!(elsewhere.devices_of(user_id(1), at(0)).await.unwrap(), []);
}

async fn failures_are_counted_of_the_worst_authenticator(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    assert_eq!(unit.failures_of(user_id(1)).await.unwrap(), 0);
    for (authenticator, failures) in [("password", "[1, 2, 3]"), ("otp", r#"{ "at": [1, 2] }"#)] {
        let sql = format!(
            "INSERT INTO hj_lockout (tenant_id, subject, authenticator, network, failures, stage, updated_at) \
             SELECT tenant_id, id, '{authenticator}', '', '{failures}', 'open', created_at FROM hj_user \
             WHERE id = '{}'",
            user_id(1)
        );
        let sql = AssertSqlSafe(sql);
        match connection(&mut *unit).unwrap() {
            Connection::Postgres(conn) => conn.execute(sql).await.map(drop),
            Connection::Sqlite(conn) => conn.execute(sql).await.map(drop),
            _ => unreachable!(),
        }
        .unwrap();
    }
    assert_eq!(unit.failures_of(user_id(1)).await.unwrap(), 3);
    assert_eq!(unit.failures_of(user_id(2)).await.unwrap(), 0);
}

async fn what_was_not_seen_for_long_is_purged(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for (user, now) in [(1, at(1)), (2, at(5))] {
        for device in seen(user, now) {
            unit.remember_device(&device).await.unwrap();
        }
    }
    assert_eq!(unit.purge_devices(at(5), 1).await.unwrap(), 1);
    assert_eq!(unit.purge_devices(at(5), 9).await.unwrap(), 1);
    assert_eq!(unit.devices_of(user_id(1), at(0)).await.unwrap(), []);
    assert_eq!(unit.devices_of(user_id(2), at(0)).await.unwrap().len(), 2);
}
