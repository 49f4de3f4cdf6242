//! Catalogues of another application, and a look at a database from outside.

use std::{borrow::Cow, sync::Mutex, time::Duration};

use hellojohn_storage::{
    Done, Migration, MigrationError, MigrationOptions, Migrations, SqlStore, Watcher,
    sqlx::{self, AssertSqlSafe, ConnectOptions as _, Executor as _, Row as _, query_scalar},
};

use crate::databases::Database;

/// The migrations of this program.
pub(crate) const OURS: [&str; 2] = [
    "20261120_001_initial_schema",
    "20261120_002_session_list_index",
];

pub(crate) fn options() -> MigrationOptions {
    MigrationOptions {
        timeout: Duration::from_mins(1),
        ..MigrationOptions::default()
    }
}

/// Three migrations of another application; the second has no way back if `two` says so.
pub(crate) fn others(two: Option<&'static str>) -> Vec<Migration> {
    let scripts = [
        (
            "20270101001_one",
            "CREATE TABLE one (id TEXT)",
            Some("DROP TABLE one"),
        ),
        (
            "20270101002_two",
            "CREATE TABLE two (id TEXT);\nINSERT INTO two VALUES ('a');\nINSERT INTO one VALUES ('b');",
            two,
        ),
        (
            "20270102001_three",
            "CREATE INDEX idx_two ON two (id)",
            Some("DROP INDEX idx_two"),
        ),
    ];
    scripts
        .into_iter()
        .map(|(stem, up, down)| Migration::new(stem, up, down.map(Cow::Borrowed)).unwrap())
        .collect()
}

pub(crate) const DROP_TWO: Option<&str> = Some("DELETE FROM one;\nDROP TABLE two");

pub(crate) fn with(store: &SqlStore, catalog: Vec<Migration>) -> Migrations {
    store.migrations().with_catalog(catalog)
}

pub(crate) async fn run(migrations: &Migrations) -> Result<Vec<String>, MigrationError> {
    let done = migrations.run(&options()).await?;
    Ok(done.into_iter().map(|done| done.name).collect())
}

/// A connection of the test's own.
pub(crate) enum Raw {
    Postgres(hellojohn_storage::sqlx::PgConnection),
    Sqlite(hellojohn_storage::sqlx::SqliteConnection),
}

impl Raw {
    pub(crate) async fn open(db: &Database) -> Self {
        if db.url.starts_with("sqlite") {
            let options: hellojohn_storage::sqlx::sqlite::SqliteConnectOptions =
                db.url.parse().unwrap();
            Self::Sqlite(options.connect().await.unwrap())
        } else {
            let options: hellojohn_storage::sqlx::postgres::PgConnectOptions =
                db.url.parse().unwrap();
            Self::Postgres(options.connect().await.unwrap())
        }
    }

    pub(crate) async fn run(&mut self, sql: &str) {
        self.tried(sql).await.unwrap();
    }

    /// Asks PostgreSQL again until there are rows, or none.
    pub(crate) async fn until(&mut self, sql: &str, expected: Rows) {
        for _ in 0..1_000 {
            if self.texts(sql, sql).await.is_empty() == (expected == Rows::None) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("never {expected:?}: {sql}");
    }

    /// The last column of what SQLite explains.
    pub(crate) async fn details(&mut self, sql: &str) -> Vec<String> {
        let Self::Sqlite(conn) = self else {
            return Vec::new();
        };
        let rows = conn.fetch_all(AssertSqlSafe(sql.to_owned())).await.unwrap();
        rows.iter().map(|row| row.get("detail")).collect()
    }

    /// Runs what fails.
    pub(crate) async fn fail(&mut self, sql: &str) {
        self.tried(sql).await.unwrap_err();
    }

    /// Runs what may fail.
    pub(crate) async fn tried(&mut self, sql: &str) -> sqlx::Result<()> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Postgres(conn) => conn.execute(sql).await.map(drop),
            Self::Sqlite(conn) => conn.execute(sql).await.map(drop),
        }
    }

    /// Makes a tenant with one user.
    pub(crate) async fn tenant_with_user(&mut self) {
        let now = match self {
            Self::Postgres(_) => "now()",
            Self::Sqlite(_) => "0",
        };
        self.run(&format!(
            "INSERT INTO cp_tenant (id, name, slug, status, plan, config, public_metadata, private_metadata, \
             created_at, updated_at) VALUES ('t', 'T', 't', 'active', 'free', '{{}}', '{{}}', '{{}}', {now}, {now})"
        ))
        .await;
        self.run(&format!(
            "INSERT INTO hj_user (tenant_id, id, email, email_verified, phone_verified, role, status, mfa_enabled, \
             public_metadata, private_metadata, search_text, created_at, updated_at) \
             VALUES ('t', 'u', 'a@example.com', FALSE, FALSE, 'user', 'active', FALSE, '{{}}', '{{}}', '', {now}, {now})"
        ))
        .await;
    }

    pub(crate) async fn texts(&mut self, postgres: &str, sqlite: &str) -> Vec<String> {
        match self {
            Self::Postgres(conn) => {
                query_scalar(AssertSqlSafe(postgres.to_owned()))
                    .fetch_all(conn)
                    .await
            }
            Self::Sqlite(conn) => {
                query_scalar(AssertSqlSafe(sqlite.to_owned()))
                    .fetch_all(conn)
                    .await
            }
        }
        .unwrap()
    }
}

/// Everything the catalogue of the database says of our tables, columns, constraints and indexes.
pub(crate) async fn schema(db: &Database) -> Vec<String> {
    let postgres = "
        SELECT 'column ' || table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable
            || ' ' || coalesce(collation_name, '') AS line
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'table ' || relname || ' ' || coalesce(reloptions::text, '') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        ORDER BY line";
    let sqlite = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master ORDER BY line";
    Raw::open(db).await.texts(postgres, sqlite).await
}

pub(crate) async fn ledger(db: &Database) -> Vec<String> {
    let sql = "SELECT name || ' ' || CAST(batch AS TEXT) FROM hj_schema_migration ORDER BY version";
    Raw::open(db).await.texts(sql, sql).await
}

/// What a query is to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    None,
    Some,
}

/// Remembers what it is told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    done: Mutex<Vec<String>>,
    batches: Mutex<Vec<(u64, u64)>>,
}

impl Told {
    pub(crate) fn done(&self) -> Vec<String> {
        self.done.lock().unwrap().clone()
    }

    pub(crate) fn batches(&self) -> Vec<(u64, u64)> {
        self.batches.lock().unwrap().clone()
    }
}

impl Watcher for Told {
    fn done(&self, done: &Done) {
        self.done.lock().unwrap().push(done.name.clone());
    }

    fn batch(&self, _name: &str, done: u64, total: u64) {
        self.batches.lock().unwrap().push((done, total));
    }
}
