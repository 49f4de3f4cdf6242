use std::{borrow::Cow, time::Duration};

use hellojohn_storage::{Left, Migration, MigrationError, MigrationOptions, Migrations};

use crate::{
    databases::{Database, empty_postgres},
    raw::{Raw, Rows},
    world::{DROP_TWO, ledger, options, others, run, schema, with},
};

stamp!(
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    only_postgresql_runs_a_migration_outside_a_transaction,
    outside_a_transaction_there_is_one_statement,
);

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

async fn outside_a_transaction_there_is_one_statement(db: Database) {
    let mut catalog = others(DROP_TWO);
    let two = "-- hellojohn: no-transaction\nVACUUM; -- ;\nVACUUM";
    catalog.push(Migration::new("20270103001_four", two, None).unwrap());
    let error = run(&with(&db.store, catalog)).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::NotOneStatement { name, found: 2 } if name == "20270103_001_four"),
        "{error:?}"
    );
    assert!(schema(&db).await.is_empty());
}

const INDEX: &str =
    "-- hellojohn: no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY idx_one ON one (id)";
const NO_INDEX: &str = "-- hellojohn: no-transaction\nDROP INDEX CONCURRENTLY idx_one";
const FOUR: &str = "20270103_001_four";

/// Three migrations, and an index that is built beside the work of others.
fn indexed(db: &Database) -> Migrations {
    let mut catalog = others(DROP_TWO);
    catalog.push(Migration::new("20270103001_four", INDEX, Some(Cow::Borrowed(NO_INDEX))).unwrap());
    with(&db.store, catalog)
}

async fn valid(db: &Database) -> Vec<String> {
    let sql = "SELECT indisvalid::text FROM pg_index WHERE indexrelid = to_regclass('idx_one')";
    Raw::open(db).await.texts(sql, sql).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_failed_half_way_is_built_anew() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut raw = Raw::open(&db).await;
    raw.run("INSERT INTO one VALUES ('b')").await;
    let error = run(&indexed(&db)).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::Failed { name, left: Left::Nothing, .. } if name == FOUR),
        "{error:?}"
    );
    assert!(valid(&db).await.is_empty());
    // What a crash would have left.
    raw.fail("CREATE UNIQUE INDEX CONCURRENTLY idx_one ON one (id)")
        .await;
    assert_eq!(valid(&db).await, ["false"]);
    raw.run("DELETE FROM one WHERE ctid IN (SELECT max(ctid) FROM one)")
        .await;
    assert_eq!(run(&indexed(&db)).await.unwrap(), [FOUR]);
    assert_eq!(valid(&db).await, ["true"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_is_there_already_is_only_recorded() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut raw = Raw::open(&db).await;
    raw.run("CREATE UNIQUE INDEX idx_one ON one (id)").await;
    let oid = "SELECT 'idx_one'::regclass::oid::text";
    let before = raw.texts(oid, oid).await;
    assert_eq!(run(&indexed(&db)).await.unwrap(), [FOUR]);
    assert_eq!(raw.texts(oid, oid).await, before);
    assert_eq!(ledger(&db).await.last().unwrap(), "20270103_001_four 2");

    // One of the same name that is not the one meant is neither believed nor taken away.
    let migrations = indexed(&db);
    migrations.revert(1, &options()).await.unwrap();
    raw.run("CREATE INDEX idx_one ON two (id)").await;
    let error = run(&migrations).await.unwrap_err();
    let MigrationError::Failed { left, source, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(left, &Left::Nothing);
    let cause = std::error::Error::source(source).unwrap().to_string();
    assert!(
        cause.contains("an index idx_one with another definition"),
        "{cause}"
    );
    let table =
        "SELECT indrelid::regclass::text FROM pg_index WHERE indexrelid = 'idx_one'::regclass";
    assert_eq!(raw.texts(table, table).await, ["two"]);
    raw.run("DROP INDEX idx_one").await;
    assert_eq!(run(&migrations).await.unwrap(), [FOUR]);
    assert_eq!(raw.texts(table, table).await, ["one"]);
}

/// PostgreSQL writes conditions down with parentheses and types of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partial_index_that_is_there_already_is_known_again() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut raw = Raw::open(&db).await;
    raw.run("ALTER TABLE one ADD COLUMN n BIGINT").await;
    for (at, condition) in [
        "n IS NOT NULL",
        "id = 'x' AND n > 3",
        "(n > 3 OR id <> 'Y') AND n IS NOT NULL",
    ]
    .into_iter()
    .enumerate()
    {
        let index = format!("INDEX CONCURRENTLY idx_{at} ON one (id) WHERE {condition}");
        raw.run(&format!("CREATE {index}")).await;
        let oid = format!("SELECT 'idx_{at}'::regclass::oid::text");
        let before = raw.texts(&oid, &oid).await;
        let mut catalog = others(DROP_TWO);
        let up = format!("-- hellojohn: no-transaction\nCREATE {index}");
        let down = format!("-- hellojohn: no-transaction\nDROP INDEX CONCURRENTLY idx_{at}");
        let four = Migration::new("20270103001_four", up, Some(down.into())).unwrap();
        catalog.push(four);
        let migrations = with(&db.store, catalog);
        assert_eq!(run(&migrations).await.unwrap(), [FOUR], "{condition}");
        assert_eq!(raw.texts(&oid, &oid).await, before, "{condition}");
        migrations.revert(1, &options()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_is_gone_already_is_only_forgotten() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let migrations = indexed(&db);
    run(&migrations).await.unwrap();
    Raw::open(&db).await.run("DROP INDEX idx_one").await;
    assert_eq!(migrations.revert(1, &options()).await.unwrap().len(), 1);
    assert_eq!(ledger(&db).await.len(), 3);
    assert_eq!(run(&migrations).await.unwrap(), [FOUR]);
    assert_eq!(migrations.revert(1, &options()).await.unwrap().len(), 1);
    assert!(valid(&db).await.is_empty());
}

/// A transaction that saw the table before must end first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_waits_no_longer_than_it_may() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut raw = Raw::open(&db).await;
    raw.run("BEGIN; INSERT INTO one VALUES ('held')").await;
    let short = MigrationOptions {
        timeout: Duration::from_millis(700),
        ..options()
    };
    let error = indexed(&db).run(&short).await.unwrap_err();
    let MigrationError::TimedOut { name, blockers, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(name, FOUR);
    assert_eq!(blockers[0].query, "BEGIN; INSERT INTO one VALUES ('…')");
    assert_eq!(ledger(&db).await.len(), 3);
    raw.run("ROLLBACK").await;
    assert_eq!(run(&indexed(&db)).await.unwrap(), [FOUR]);
    assert_eq!(valid(&db).await, ["true"]);
}

/// What a killed program asked for may still be under way at the database when the next begins.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_somebody_leaves_half_done_meanwhile_is_no_failure() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut holder = Raw::open(&db).await;
    holder
        .run("BEGIN; LOCK TABLE one IN SHARE UPDATE EXCLUSIVE MODE")
        .await;
    let mut writer = Raw::open(&db).await;
    writer.run("BEGIN; INSERT INTO one VALUES ('c')").await;
    let waiting = |n: i32| {
        format!(
            "SELECT 'all'::text FROM pg_stat_activity WHERE datname = current_database() \
             AND wait_event_type = 'Lock' HAVING count(*) = {n}"
        )
    };
    let mut looking = Raw::open(&db).await;
    let mut orphan = Raw::open(&db).await;
    let index = "CREATE UNIQUE INDEX CONCURRENTLY idx_one ON one (id)";
    let building = tokio::spawn(async move { orphan.fail(index).await });
    looking.until(&waiting(1), Rows::Some).await;
    let migrations = indexed(&db);
    let running = tokio::spawn(async move { run(&migrations).await });
    looking.until(&waiting(2), Rows::Some).await;
    // The first makes its index, which is not valid yet, and waits for the writer; then it ends.
    holder.run("ROLLBACK").await;
    let cancel = "SELECT pg_cancel_backend(pid)::text FROM pg_stat_activity \
                  WHERE datname = current_database() AND wait_event = 'virtualxid'";
    looking.until(cancel, Rows::Some).await;
    building.await.unwrap();
    looking.until(&waiting(1), Rows::Some).await;
    writer.run("ROLLBACK").await;
    assert_eq!(running.await.unwrap().unwrap(), [FOUR]);
    assert_eq!(valid(&db).await, ["true"]);
}
