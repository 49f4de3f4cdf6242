use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use hellojohn_core::{
    session::Presented,
    store::{Rotation, Store as _, StoreError},
};
use hellojohn_storage::{SqlStore, SqlStoreOptions};

use crate::{
    databases::{self, Database},
    migrated,
    samples::*,
};

on_every_database!(waiting_for_a_connection_ends_in_unavailable);

fn short() -> SqlStoreOptions {
    SqlStoreOptions {
        max_connections: 2,
        acquire_timeout: Duration::from_millis(300),
        statement_timeout: Duration::from_millis(500),
        ..SqlStoreOptions::default()
    }
}

async fn waiting_for_a_connection_ends_in_unavailable(db: Database) {
    two_users_each(&db.store).await;
    let store = SqlStore::connect(&db.url, short()).await.unwrap();
    let mut held = Vec::new();
    let started = Instant::now();
    let error = loop {
        match store
            .begin(tenant_id(1), hellojohn_core::store::Access::Write)
            .await
        {
            Ok(unit) => held.push(unit),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(5));
    drop(held);
    let mut unit = write(&store, 1).await;
    assert!(unit.user(user_id(1)).await.unwrap().is_some());
}

/// Only PostgreSQL can make a statement wait, and so be abandoned for certain: for a row somebody holds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_is_of_no_use_after_its_statement_was_abandoned() {
    let db = migrated::postgres().await;
    two_users_each(&db.store).await;
    let mut holder = write(&db.store, 1).await;
    holder.user_for_update(user_id(1)).await.unwrap();
    let mut unit = write(&db.store, 1).await;
    unit.insert_user(&user(1, 3)).await.unwrap();
    let waiting = unit.user_for_update(user_id(1));
    let abandoned = tokio::time::timeout(Duration::from_millis(100), waiting).await;
    assert!(abandoned.is_err(), "the row is held");
    let error = unit.commit().await.unwrap_err();
    assert!(matches!(error, StoreError::Spent), "{error:?}");
    drop(holder);
    // What was written before is gone with the unit.
    let mut unit = write(&db.store, 1).await;
    assert!(unit.user(user_id(3)).await.unwrap().is_none());
}

/// SQLite has one writer, so only PostgreSQL can make a statement wait for a row.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_for_a_row_ends_in_unavailable() {
    let db = migrated::postgres().await;
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_session(&session(1, 1, 1)).await.unwrap();
    unit.commit().await.unwrap();
    let store = SqlStore::connect(&db.url, short()).await.unwrap();
    let mut holder = write(&db.store, 1).await;
    holder.user_for_update(user_id(1)).await.unwrap();
    holder.session_for_update(session_id(1)).await.unwrap();

    let mut waiter = write(&store, 1).await;
    let error = waiter.user_for_update(user_id(1)).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    drop(waiter);
    let rotation = Rotation {
        session: session_id(1),
        presented: Presented {
            generation: 0,
            salt: [1; 16],
        },
        now: at(40),
        idle_expires_at: None,
    };
    let error = store.rotate(tenant_id(1), &rotation).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    drop(holder);
    store.ping().await.unwrap();
}

/// After a restart of the server every pooled connection is dead; none may cost a request.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_from_before_a_restart_are_replaced() {
    let db = migrated::postgres().await;
    two_users_each(&db.store).await;
    let store = SqlStore::connect(&db.url, databases::options())
        .await
        .unwrap();
    for pause in [Duration::ZERO, Duration::from_millis(1_200)] {
        let units = [read(&store, 1).await, read(&store, 1).await];
        drop(units);
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut other = write(&db.store, 1).await;
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
        match hellojohn_storage::connection(&mut *other).unwrap() {
            hellojohn_storage::Connection::Postgres(conn) => {
                use hellojohn_storage::sqlx::Executor as _;
                conn.execute(kill).await.unwrap();
            }
            _ => unreachable!(),
        }
        tokio::time::sleep(pause).await;
        for _ in 0..3 {
            let mut unit = write(&store, 1).await;
            assert!(unit.user(user_id(1)).await.unwrap().is_some());
            unit.commit().await.unwrap();
            let none = store
                .session_with_user(tenant_id(1), session_id(1))
                .await
                .unwrap();
            assert!(none.is_none());
        }
    }
}

/// What a URL for PgBouncer asks for works the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_prepared_statements_everything_works() {
    let db = migrated::postgres().await;
    two_users_each(&db.store).await;
    let join = if db.url.contains('?') { "&" } else { "?" };
    let url = format!("{}{join}statement-cache-capacity=0", db.url);
    let store = SqlStore::connect(&url, databases::options()).await.unwrap();
    let mut unit = write(&store, 1).await;
    unit.insert_session(&session(1, 1, 1)).await.unwrap();
    unit.commit().await.unwrap();
    let rotation = Rotation {
        session: session_id(1),
        presented: Presented {
            generation: 0,
            salt: [1; 16],
        },
        now: at(40),
        idle_expires_at: None,
    };
    let rotated = store.rotate(tenant_id(1), &rotation).await.unwrap();
    assert_eq!(rotated.unwrap().session.generation, 1);
    let found = db
        .store
        .session_with_user(tenant_id(1), session_id(1))
        .await
        .unwrap();
    assert_eq!(found.unwrap().session.generation, 1);
    store.ping().await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_sqlite_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let db = migrated::sqlite().await;
    let path = db.url.strip_prefix("sqlite://").unwrap();
    for file in [path.to_owned(), format!("{path}-wal")] {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let lost = "sqlite:///nowhere/at/all/x.db";
    let error = SqlStore::connect(lost, databases::options())
        .await
        .unwrap_err();
    assert!(matches!(error, hellojohn_storage::ConnectError::File(_)));
}

#[tokio::test]
async fn a_refused_password_is_not_repeated() {
    let url = "postgres://nobody:hunter2@127.0.0.1:1/x";
    let error = SqlStore::connect(url, short()).await.unwrap_err();
    let mut said = format!("{error} {error:?}");
    let mut source: Option<&dyn std::error::Error> = std::error::Error::source(&error);
    while let Some(inner) = source {
        write!(said, "{inner} {inner:?}").unwrap();
        source = inner.source();
    }
    assert!(!said.contains("hunter2"), "{said}");
}
