//! Catalogues of another application, and a look at a database from outside.

use std::{borrow::Cow, sync::Mutex, time::Duration};

use hellojohn_storage::{
    Done, Migration, MigrationError, MigrationOptions, Migrations, SqlStore, Watcher,
};

use crate::{databases::Database, raw::Raw};

/// The migrations of this program.
pub(crate) const OURS: [&str; 8] = [
    "20261120_001_initial_schema",
    "20261120_002_session_list_index",
    "20261120_003_mail",
    "20261120_004_one_time",
    "20261120_005_mfa",
    "20261120_006_passkeys",
    "20261120_007_lockout",
    "20261120_008_sign_in_methods",
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

/// Makes a tenant with one user.
pub(crate) async fn tenant_with_user(raw: &mut Raw) {
    let now = match raw {
        Raw::Postgres(_) => "now()",
        Raw::Sqlite(_) => "0",
    };
    raw.run(&format!(
        "INSERT INTO cp_tenant (id, name, slug, status, plan, config, public_metadata, private_metadata, \
         created_at, updated_at) VALUES ('t', 'T', 't', 'active', 'free', '{{}}', '{{}}', '{{}}', {now}, {now})"
    ))
    .await;
    raw.run(&format!(
        "INSERT INTO hj_user (tenant_id, id, email, email_verified, phone_verified, role, status, mfa_enabled, \
         public_metadata, private_metadata, search_text, created_at, updated_at) \
         VALUES ('t', 'u', 'a@example.com', FALSE, FALSE, 'user', 'active', FALSE, '{{}}', '{{}}', '', {now}, {now})"
    ))
    .await;
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
