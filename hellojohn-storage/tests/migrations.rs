//! Schema migrations: applied once, whole, in order, and undone the same way.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "support/databases.rs"]
mod databases;
#[macro_use]
#[path = "support/stamp.rs"]
mod stamp;

use std::{borrow::Cow, time::Duration};

use databases::{Database, empty_postgres, empty_sqlite};
use hellojohn_storage::{
    Migration, MigrationError, MigrationOptions, Migrations, Newer, SqlStore, State,
    sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, query_scalar},
};
use tokio::task::JoinSet;

stamp!(
    crate::empty_sqlite, crate::empty_postgres;
    a_fresh_database_gets_everything_and_a_second_run_nothing,
    reverting_and_running_again_gives_the_same_schema,
    eight_runners_apply_each_migration_once,
    a_broken_migration_leaves_nothing_and_keeps_what_came_before,
    a_changed_script_is_noticed,
    a_newer_database_is_refused_unless_allowed,
    a_missing_migration_is_noticed,
    an_older_pending_migration_is_refused,
    a_batch_without_down_script_is_not_touched,
    an_older_program_reverts_what_a_newer_one_applied,
    waiting_for_another_runner_ends,
    only_postgresql_runs_a_migration_outside_a_transaction,
    looking_changes_nothing,
);

const CREATED: &str = "20261120_001_initial_schema";

fn options() -> MigrationOptions {
    MigrationOptions {
        timeout: Duration::from_mins(1),
        ..MigrationOptions::default()
    }
}

/// Three migrations of another application; the second has no way back if `two` says so.
fn others(two: Option<&'static str>) -> Vec<Migration> {
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

const DROP_TWO: Option<&str> = Some("DELETE FROM one;\nDROP TABLE two");

fn with(store: &SqlStore, catalog: Vec<Migration>) -> Migrations {
    store.migrations().with_catalog(catalog)
}

async fn run(migrations: &Migrations) -> Result<Vec<String>, MigrationError> {
    let done = migrations.run(&options()).await?;
    Ok(done.into_iter().map(|done| done.name).collect())
}

/// A connection of the test's own.
enum Raw {
    Postgres(hellojohn_storage::sqlx::PgConnection),
    Sqlite(hellojohn_storage::sqlx::SqliteConnection),
}

impl Raw {
    async fn open(db: &Database) -> Self {
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

    async fn run(&mut self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Postgres(conn) => conn.execute(sql).await.map(drop),
            Self::Sqlite(conn) => conn.execute(sql).await.map(drop),
        }
        .unwrap();
    }

    async fn texts(&mut self, postgres: &str, sqlite: &str) -> Vec<String> {
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
async fn schema(db: &Database) -> Vec<String> {
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

async fn ledger(db: &Database) -> Vec<String> {
    let sql = "SELECT name || ' ' || CAST(batch AS TEXT) FROM hj_schema_migration ORDER BY version";
    Raw::open(db).await.texts(sql, sql).await
}

async fn a_fresh_database_gets_everything_and_a_second_run_nothing(db: Database) {
    let migrations = db.store.migrations();
    let before = migrations.status().await.unwrap();
    assert_eq!(before.version, None);
    assert_eq!(before.pending, [CREATED]);
    assert_eq!(run(&migrations).await.unwrap(), [CREATED]);
    let once = schema(&db).await;
    assert!(run(&migrations).await.unwrap().is_empty());
    assert!(db.store.migrate().await.unwrap().is_empty());
    assert_eq!(schema(&db).await, once);
    let after = migrations.status().await.unwrap();
    assert_eq!(after.version.as_deref(), Some("20261120_001"));
    assert!(after.pending.is_empty());
    let list = migrations.list().await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].name, CREATED);
    assert!(matches!(list[0].state, State::Applied { batch: 1, .. }));
}

async fn reverting_and_running_again_gives_the_same_schema(db: Database) {
    let migrations = db.store.migrations();
    run(&migrations).await.unwrap();
    let once = schema(&db).await;
    let done = migrations.revert(1, &options()).await.unwrap();
    assert_eq!(done.len(), 1);
    assert_eq!(done[0].name, CREATED);
    let empty = schema(&db).await;
    assert!(
        empty
            .iter()
            .all(|line| line.contains("hj_schema_migration")),
        "{empty:?}"
    );
    assert!(migrations.revert(3, &options()).await.unwrap().is_empty());
    assert_eq!(run(&migrations).await.unwrap(), [CREATED]);
    assert_eq!(schema(&db).await, once);
}

async fn eight_runners_apply_each_migration_once(db: Database) {
    let mut catalog = others(DROP_TWO);
    // On PostgreSQL this one waits for every older snapshot: a runner that blocked would deadlock it.
    let index = if db.url.starts_with("sqlite") {
        "CREATE INDEX idx_one ON one (id)"
    } else {
        "-- hellojohn: no-transaction\nCREATE INDEX CONCURRENTLY idx_one ON one (id)"
    };
    let down = Some(Cow::Borrowed("DROP INDEX idx_one"));
    catalog.push(Migration::new("20270103001_four", index, down).unwrap());
    for round in 0..10 {
        let mut runners = JoinSet::new();
        for _ in 0..8 {
            let migrations = with(&db.store, catalog.clone());
            runners.spawn(async move { run(&migrations).await });
        }
        let mut applied = 0;
        while let Some(done) = runners.join_next().await {
            applied += done.unwrap().unwrap().len();
        }
        assert_eq!(applied, 4, "round {round}");
        assert_eq!(
            ledger(&db).await,
            [
                "20270101_001_one 1",
                "20270101_002_two 1",
                "20270102_001_three 1",
                "20270103_001_four 1",
            ],
            "round {round}"
        );
        let reverted = with(&db.store, catalog.clone())
            .revert(1, &options())
            .await
            .unwrap();
        assert_eq!(reverted.len(), 4);
    }
}

async fn a_broken_migration_leaves_nothing_and_keeps_what_came_before(db: Database) {
    let mut catalog = others(DROP_TWO);
    catalog[1] = Migration::new(
        "20270101002_two",
        "CREATE TABLE two (id TEXT);\nINSERT INTO one VALUES ('b');\nINSERT INTO nowhere VALUES (1);",
        None,
    )
    .unwrap();
    let error = run(&with(&db.store, catalog)).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::Failed { name, .. } if name == "20270101_002_two"),
        "{error:?}"
    );
    assert_eq!(ledger(&db).await, ["20270101_001_one 1"]);
    let schema = schema(&db).await;
    assert!(
        !schema.iter().any(|line| line.contains("two")),
        "{schema:?}"
    );
    let rows = "SELECT id FROM one";
    assert!(Raw::open(&db).await.texts(rows, rows).await.is_empty());
    // Mended, the same command goes on where it stopped.
    let done = run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    assert_eq!(done, ["20270101_002_two", "20270102_001_three"]);
    assert_eq!(
        ledger(&db).await,
        [
            "20270101_001_one 1",
            "20270101_002_two 2",
            "20270102_001_three 2"
        ]
    );
}

async fn a_changed_script_is_noticed(db: Database) {
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut catalog = others(DROP_TWO);
    catalog[0] = Migration::new("20270101001_one", "CREATE TABLE one (id TEXT )", None).unwrap();
    let error = run(&with(&db.store, catalog)).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::Changed { name } if name == "20270101_001_one"),
        "{error:?}"
    );
    // A down script that was edited in the ledger is not run.
    let mut raw = Raw::open(&db).await;
    raw.run("UPDATE hj_schema_migration SET down_script = 'DROP TABLE hj_user' WHERE version = '20270102_001'")
        .await;
    let error = with(&db.store, others(DROP_TWO))
        .revert(1, &options())
        .await
        .unwrap_err();
    assert!(matches!(error, MigrationError::Changed { .. }), "{error:?}");
    assert_eq!(ledger(&db).await.len(), 3);
}

async fn a_newer_database_is_refused_unless_allowed(db: Database) {
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut older = others(DROP_TWO);
    older.pop();
    let older = with(&db.store, older);
    let error = run(&older).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::Newer { name } if name == "20270102_001_three"),
        "{error:?}"
    );
    let allowed = MigrationOptions {
        newer: Newer::Allow,
        ..options()
    };
    assert!(older.run(&allowed).await.unwrap().is_empty());
}

async fn a_missing_migration_is_noticed(db: Database) {
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut gap = others(DROP_TWO);
    gap.remove(1);
    let error = run(&with(&db.store, gap)).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::Missing { name } if name == "20270101_002_two"),
        "{error:?}"
    );
}

async fn an_older_pending_migration_is_refused(db: Database) {
    let mut gap = others(DROP_TWO);
    gap.remove(1);
    gap.pop();
    gap.push(Migration::new("20270103001_four", "CREATE TABLE four (id TEXT)", None).unwrap());
    run(&with(&db.store, gap.clone())).await.unwrap();
    gap.push(others(DROP_TWO).remove(1));
    let error = run(&with(&db.store, gap)).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::OutOfOrder { name, .. } if name == "20270101_002_two"),
        "{error:?}"
    );
}

async fn a_batch_without_down_script_is_not_touched(db: Database) {
    let migrations = with(&db.store, others(None));
    run(&migrations).await.unwrap();
    let before = schema(&db).await;
    let error = migrations.revert(1, &options()).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::NoDownScript { name } if name == "20270101_002_two"),
        "{error:?}"
    );
    assert_eq!(schema(&db).await, before);
    assert_eq!(ledger(&db).await.len(), 3);
}

async fn an_older_program_reverts_what_a_newer_one_applied(db: Database) {
    let mut first = others(DROP_TWO);
    let rest = first.split_off(1);
    run(&with(&db.store, first.clone())).await.unwrap();
    let before = schema(&db).await;
    let all: Vec<_> = first.iter().cloned().chain(rest).collect();
    run(&with(&db.store, all)).await.unwrap();
    let done = with(&db.store, first).revert(1, &options()).await.unwrap();
    let names: Vec<_> = done.iter().map(|done| done.name.as_str()).collect();
    assert_eq!(names, ["20270102_001_three", "20270101_002_two"]);
    assert_eq!(schema(&db).await, before);
}

async fn waiting_for_another_runner_ends(db: Database) {
    let mut raw = Raw::open(&db).await;
    match &mut raw {
        // The key under which every version of this program locks; it must never change.
        Raw::Postgres(_) => {
            raw.run("SELECT pg_advisory_lock(5216694956358004584)")
                .await;
        }
        Raw::Sqlite(_) => raw.run("BEGIN IMMEDIATE").await,
    }
    let short = MigrationOptions {
        timeout: Duration::from_millis(300),
        ..options()
    };
    let migrations = with(&db.store, others(DROP_TWO));
    let error = migrations.run(&short).await.unwrap_err();
    assert!(matches!(error, MigrationError::Locked { .. }), "{error:?}");
    match &mut raw {
        Raw::Postgres(_) => raw.run("SELECT pg_advisory_unlock_all()").await,
        Raw::Sqlite(_) => raw.run("ROLLBACK").await,
    }
    assert_eq!(migrations.run(&short).await.unwrap().len(), 3);
}

async fn only_postgresql_runs_a_migration_outside_a_transaction(db: Database) {
    let mut catalog = others(DROP_TWO);
    let vacuum = "-- hellojohn: no-transaction\nVACUUM";
    catalog.push(Migration::new("20270103001_four", vacuum, None).unwrap());
    catalog.push(Migration::new("20270104001_five", "CREATE TABLE five (id TEXT)", None).unwrap());
    let ran = run(&with(&db.store, catalog)).await;
    if db.url.starts_with("sqlite") {
        let error = ran.unwrap_err();
        assert!(
            matches!(&error, MigrationError::NeedsTransaction { name } if name == "20270103_001_four"),
            "{error:?}"
        );
        assert!(schema(&db).await.is_empty());
    } else {
        assert_eq!(ran.unwrap().len(), 5);
        assert_eq!(ledger(&db).await.len(), 5);
    }
}

async fn looking_changes_nothing(db: Database) {
    let migrations = db.store.migrations();
    migrations.status().await.unwrap();
    let list = migrations.list().await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].state, State::Pending);
    assert!(schema(&db).await.is_empty());
}

/// A table in use: the migration gives up in time, keeps nothing, and does better later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_held_table_lets_a_migration_time_out() {
    let db = empty_postgres().await;
    let mut catalog = others(DROP_TWO);
    catalog.push(
        Migration::new(
            "20270103001_four",
            "ALTER TABLE one ADD COLUMN note TEXT",
            None,
        )
        .unwrap(),
    );
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut raw = Raw::open(&db).await;
    raw.run("BEGIN").await;
    raw.run("LOCK TABLE one IN ACCESS SHARE MODE").await;
    let migrations = with(&db.store, catalog);
    let short = MigrationOptions {
        timeout: Duration::from_millis(400),
        ..options()
    };
    let error = migrations.run(&short).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::TimedOut { name, .. } if name == "20270103_001_four"),
        "{error:?}"
    );
    assert_eq!(ledger(&db).await.len(), 3);
    raw.run("ROLLBACK").await;
    assert_eq!(migrations.run(&short).await.unwrap().len(), 1);

    let slow = Migration::new("20270104001_five", "SELECT pg_sleep(20)", None).unwrap();
    let mut catalog = others(DROP_TWO);
    catalog.push(
        Migration::new(
            "20270103001_four",
            "ALTER TABLE one ADD COLUMN note TEXT",
            None,
        )
        .unwrap(),
    );
    catalog.push(slow);
    let error = with(&db.store, catalog).run(&short).await.unwrap_err();
    assert!(
        matches!(error, MigrationError::TimedOut { .. }),
        "{error:?}"
    );
}

/// The linter of R153: the tenant is part of every key and reference of a tenant's table.
#[tokio::test]
async fn every_key_and_reference_of_a_tenants_table_names_the_tenant() {
    let db = empty_postgres().await;
    db.store.migrate().await.unwrap();
    let sql = "SELECT conrelid::regclass || ' ' || conname FROM pg_constraint
        WHERE contype IN ('p', 'u', 'f') AND conrelid::regclass::text LIKE 'hj\\_%'
        AND conrelid <> 'hj_schema_migration'::regclass
        AND NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = conrelid
            AND attnum = ANY (conkey) AND attname = 'tenant_id' AND attnotnull)";
    let mut raw = Raw::open(&db).await;
    assert_eq!(raw.texts(sql, sql).await, Vec::<String>::new());
    let all = "SELECT conname::text FROM pg_constraint WHERE contype = 'p' AND conrelid::regclass::text LIKE 'hj\\_%'";
    assert_eq!(raw.texts(all, all).await.len(), 7);
}

/// Rotation must stay within its page: no index holds a column it changes.
#[tokio::test]
async fn no_index_holds_a_column_that_rotation_changes() {
    let db = empty_postgres().await;
    db.store.migrate().await.unwrap();
    let sql = "SELECT indexdef FROM pg_indexes WHERE tablename = 'hj_session'";
    let indexes = Raw::open(&db).await.texts(sql, sql).await;
    assert_eq!(indexes.len(), 4);
    for index in indexes {
        for column in [
            "generation",
            "rotated_at",
            "last_active_at",
            "idle_expires_at",
        ] {
            assert!(!index.contains(column), "{index}");
        }
    }
}
