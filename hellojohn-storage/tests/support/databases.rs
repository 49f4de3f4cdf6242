//! A fresh database per test, gone when the test ends, however it ends.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use hellojohn_storage::{
    SqlStore, SqlStoreOptions,
    sqlx::{self, AssertSqlSafe, ConnectOptions as _, Executor as _, postgres::PgConnectOptions},
};

/// A database and a store over it.
pub(crate) struct Database {
    pub(crate) store: SqlStore,
    pub(crate) url: String,
    _kept: Kept,
}

#[expect(dead_code, reason = "kept for what dropping it does")]
enum Kept {
    Folder(tempfile::TempDir),
    Postgres(PostgresDatabase),
}

/// Limits that let a slow machine pass.
pub(crate) fn options() -> SqlStoreOptions {
    SqlStoreOptions {
        acquire_timeout: Duration::from_secs(30),
        statement_timeout: Duration::from_secs(30),
        ..SqlStoreOptions::default()
    }
}

/// A SQLite database in a folder of its own.
pub(crate) async fn empty_sqlite() -> Database {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    Database {
        store: SqlStore::connect(&url, options()).await.unwrap(),
        url,
        _kept: Kept::Folder(folder),
    }
}

/// A PostgreSQL database of its own.
pub(crate) async fn empty_postgres() -> Database {
    create_postgres("").await
}

/// A PostgreSQL database of its own, made `how` it is told.
pub(crate) async fn create_postgres(how: &str) -> Database {
    let database = PostgresDatabase::create(how).await;
    let url = database.url();
    Database {
        store: SqlStore::connect(&url, options()).await.unwrap(),
        url,
        _kept: Kept::Postgres(database),
    }
}

struct PostgresDatabase {
    name: String,
}

impl PostgresDatabase {
    async fn create(how: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let run = std::process::id();
        let name = format!("hj_test_{run}_{count}");
        // Copies of one template at one time can be refused.
        for attempt in 1.. {
            let sql = format!("CREATE DATABASE {name} {how}");
            match admin(&sql).await {
                Ok(()) => break,
                Err(error) if attempt == 50 => panic!("{error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        Self { name }
    }

    fn url(&self) -> String {
        let base = base_url();
        let (start, query) = base.split_once('?').unwrap_or((&base, ""));
        let (server, _) = start.rsplit_once('/').unwrap();
        format!("{server}/{}?{query}", self.name)
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        // A test may be over by panicking, so its runtime cannot be asked.
        let dropped = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(admin(&sql))
        });
        let _ = dropped.join();
    }
}

async fn admin(sql: &str) -> sqlx::Result<()> {
    let options: PgConnectOptions = base_url().parse()?;
    let mut conn = options.connect().await?;
    conn.execute(AssertSqlSafe(sql.to_owned())).await?;
    Ok(())
}

/// The server to test on. A missing one fails: a suite that skips proves nothing.
fn base_url() -> String {
    #[expect(clippy::disallowed_methods, reason = "tests are told their server")]
    std::env::var("TEST_DATABASE_URL")
        .expect("TEST_DATABASE_URL must name a PostgreSQL server whose user may create databases")
}
