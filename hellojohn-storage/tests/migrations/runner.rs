use std::borrow::Cow;

use hellojohn_storage::{Migration, MigrationError, MigrationOptions, Newer, State};
use tokio::task::JoinSet;

use crate::{
    databases::{Database, empty_postgres},
    raw::Raw,
    world::{DROP_TWO, OURS, ledger, options, others, run, schema, with},
};

stamp!(
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    a_fresh_database_gets_everything_and_a_second_run_nothing,
    reverting_and_running_again_gives_the_same_schema,
    eight_runners_apply_each_migration_once,
    a_broken_migration_leaves_nothing_and_keeps_what_came_before,
    a_changed_script_is_noticed,
    a_newer_database_is_refused_unless_allowed,
    a_missing_migration_is_noticed,
    an_older_pending_migration_is_refused,
    looking_changes_nothing,
);

async fn a_fresh_database_gets_everything_and_a_second_run_nothing(db: Database) {
    let migrations = db.store.migrations();
    let before = migrations.status().await.unwrap();
    assert_eq!(before.version, None);
    assert_eq!(before.pending, OURS);
    assert_eq!(run(&migrations).await.unwrap(), OURS);
    let once = schema(&db).await;
    assert!(run(&migrations).await.unwrap().is_empty());
    assert!(db.store.migrate().await.unwrap().is_empty());
    assert_eq!(schema(&db).await, once);
    let after = migrations.status().await.unwrap();
    assert_eq!(after.version.as_deref(), Some("20261120_008"));
    assert!(after.pending.is_empty());
    let list = migrations.list().await.unwrap();
    assert_eq!(list.len(), OURS.len());
    assert_eq!(list[0].name, OURS[0]);
    assert!(matches!(list[0].state, State::Applied { batch: 1, .. }));
}

async fn reverting_and_running_again_gives_the_same_schema(db: Database) {
    let migrations = db.store.migrations();
    run(&migrations).await.unwrap();
    let once = schema(&db).await;
    let done = migrations.revert(1, &options()).await.unwrap();
    let names: Vec<_> = done.iter().rev().map(|done| done.name.as_str()).collect();
    assert_eq!(names, OURS);
    let empty = schema(&db).await;
    assert!(
        empty
            .iter()
            .all(|line| line.contains("hj_schema_migration")),
        "{empty:?}"
    );
    assert_eq!(run(&migrations).await.unwrap(), OURS);
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

async fn looking_changes_nothing(db: Database) {
    let migrations = db.store.migrations();
    migrations.status().await.unwrap();
    let list = migrations.list().await.unwrap();
    assert!(list.iter().all(|entry| entry.state == State::Pending));
    assert!(schema(&db).await.is_empty());
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
    assert_eq!(raw.texts(all, all).await.len(), 19);
}

/// Rotation must stay within its page: no index holds a column it changes.
#[tokio::test]
async fn no_index_holds_a_column_that_rotation_changes() {
    let db = empty_postgres().await;
    db.store.migrate().await.unwrap();
    let sql = "SELECT indexdef FROM pg_indexes WHERE tablename = 'hj_session'";
    let indexes = Raw::open(&db).await.texts(sql, sql).await;
    assert_eq!(indexes.len(), 5);
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
