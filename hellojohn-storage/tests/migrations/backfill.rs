use std::{sync::Arc, time::Duration};

use hellojohn_storage::{Left, Migration, MigrationError, MigrationOptions, Stop, Watcher};
use tokio::task::JoinSet;

use crate::{
    databases::{Database, empty_postgres},
    raw::{Raw, Rows},
    world::{Told, ledger, options, run, with},
};

stamp!(
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    a_backfill_goes_in_batches_and_is_recorded_with_the_last,
    a_backfill_that_was_stopped_goes_on_where_it_was,
    others_write_between_two_batches,
    several_runners_fill_together_and_record_once,
    a_backfill_that_would_never_end_is_ended,
    a_backfill_is_not_recorded_while_rows_remain,
);

const FILL: &str = "-- hellojohn: backfill
-- hellojohn: remaining SELECT count(*) FROM one WHERE note IS NULL
UPDATE one SET note = 'x' WHERE id IN (SELECT id FROM one WHERE note IS NULL ORDER BY id LIMIT 10)";

/// A table with 95 rows, a backfill, and what needs it.
fn catalog() -> Vec<Migration> {
    let rows: Vec<String> = (0..95).map(|n| format!("('r{n}')")).collect();
    let one = format!(
        "CREATE TABLE one (id TEXT, note TEXT);\nINSERT INTO one (id) VALUES {}",
        rows.join(", ")
    );
    let two = "CREATE TABLE two AS SELECT count(*) AS c FROM one WHERE note IS NULL";
    [
        ("20270101001_one", one),
        ("20270101002_fill", FILL.to_owned()),
        ("20270101003_two", two.to_owned()),
    ]
    .into_iter()
    .map(|(stem, up)| Migration::new(stem, up, None).unwrap())
    .collect()
}

const APPLIED: [&str; 3] = [
    "20270101_001_one 1",
    "20270101_002_fill 1",
    "20270101_003_two 1",
];

async fn empty_notes(db: &Database) -> String {
    let sql = "SELECT CAST(count(*) AS TEXT) FROM one WHERE note IS NULL";
    Raw::open(db).await.texts(sql, sql).await.remove(0)
}

async fn a_backfill_goes_in_batches_and_is_recorded_with_the_last(db: Database) {
    let told = Arc::new(Told::default());
    let watched = MigrationOptions {
        watcher: told.clone(),
        ..options()
    };
    let done = with(&db.store, catalog()).run(&watched).await.unwrap();
    assert_eq!(done.len(), 3);
    assert_eq!(ledger(&db).await, APPLIED);
    let expected: Vec<(u64, u64)> = (0..10).map(|n| (n * 10, 95)).chain([(95, 95)]).collect();
    assert_eq!(told.batches(), expected);
    assert_eq!(told.done().len(), 3);
    let left = "SELECT CAST(c AS TEXT) FROM two";
    assert_eq!(Raw::open(&db).await.texts(left, left).await, ["0"]);
}

/// Asks to stop after the third batch.
#[derive(Debug)]
struct Impatient(Stop);

impl Watcher for Impatient {
    fn batch(&self, _name: &str, done: u64, _total: u64) {
        if done == 30 {
            self.0.request();
        }
    }
}

async fn a_backfill_that_was_stopped_goes_on_where_it_was(db: Database) {
    let stop = Stop::default();
    let impatient = MigrationOptions {
        watcher: Arc::new(Impatient(stop.clone())),
        stop,
        ..options()
    };
    let error = with(&db.store, catalog())
        .run(&impatient)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, MigrationError::Stopped { during: Some(name), left: Left::Batches } if name == "20270101_002_fill"),
        "{error:?}"
    );
    assert_eq!(ledger(&db).await, ["20270101_001_one 1"]);
    assert_eq!(empty_notes(&db).await, "65");
    let told = Arc::new(Told::default());
    let watched = MigrationOptions {
        watcher: told.clone(),
        ..options()
    };
    with(&db.store, catalog()).run(&watched).await.unwrap();
    assert_eq!(told.batches().first(), Some(&(0, 65)));
    assert_eq!(told.batches().last(), Some(&(65, 65)));
    assert_eq!(empty_notes(&db).await, "0");
    assert_eq!(ledger(&db).await.len(), 3);
}

/// Writes into another table from within the pause between two batches.
#[derive(Debug)]
struct Neighbour(tokio::sync::mpsc::UnboundedSender<u64>);

impl Watcher for Neighbour {
    fn batch(&self, _name: &str, done: u64, _total: u64) {
        let _ = self.0.send(done);
    }
}

async fn others_write_between_two_batches(db: Database) {
    let mut raw = Raw::open(&db).await;
    raw.run("CREATE TABLE other (n BIGINT)").await;
    let (sender, mut batches) = tokio::sync::mpsc::unbounded_channel();
    let watched = MigrationOptions {
        watcher: Arc::new(Neighbour(sender)),
        ..options()
    };
    let migrations = with(&db.store, catalog());
    let running = tokio::spawn(async move { migrations.run(&watched).await });
    let mut written = 0;
    while let Some(done) = batches.recv().await {
        if done < 95 {
            raw.run("INSERT INTO other VALUES (1)").await;
            // The rows of finished batches are there to be read by others.
            assert!(empty_notes(&db).await.parse::<u64>().unwrap() <= 95 - done);
            written += 1;
        }
    }
    assert_eq!(running.await.unwrap().unwrap().len(), 3);
    assert_eq!(written, 10);
}

async fn several_runners_fill_together_and_record_once(db: Database) {
    let mut runners = JoinSet::new();
    for _ in 0..4 {
        let migrations = with(&db.store, catalog());
        runners.spawn(async move { run(&migrations).await });
    }
    let mut applied = Vec::new();
    while let Some(done) = runners.join_next().await {
        applied.extend(done.unwrap().unwrap());
    }
    applied.sort_unstable();
    assert_eq!(
        applied,
        ["20270101_001_one", "20270101_002_fill", "20270101_003_two"]
    );
    assert_eq!(ledger(&db).await.len(), 3);
    assert_eq!(empty_notes(&db).await, "0");
}

async fn a_backfill_that_would_never_end_is_ended(db: Database) {
    let mut catalog = catalog();
    let endless = FILL.replace("note = 'x'", "note = NULL");
    catalog[1] = Migration::new("20270101002_fill", endless, None).unwrap();
    let error = run(&with(&db.store, catalog)).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::NoProgress { name, remaining: 95 } if name == "20270101_002_fill"),
        "{error:?}"
    );
    assert_eq!(ledger(&db).await, ["20270101_001_one 1"]);
}

/// Its condition passes over a row that its count still finds.
async fn a_backfill_is_not_recorded_while_rows_remain(db: Database) {
    let mut catalog = catalog();
    let partly = FILL.replace("ORDER BY", "AND id <> 'r7' ORDER BY");
    catalog[1] = Migration::new("20270101002_fill", partly, None).unwrap();
    let short = MigrationOptions {
        timeout: Duration::from_millis(700),
        ..options()
    };
    let migrations = with(&db.store, catalog);
    let error = migrations.run(&short).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::NoProgress { name, remaining: 1 } if name == "20270101_002_fill"),
        "{error:?}"
    );
    assert_eq!(ledger(&db).await, ["20270101_001_one 1"]);
    assert_eq!(empty_notes(&db).await, "1");
    Raw::open(&db)
        .await
        .run("DELETE FROM one WHERE id = 'r7'")
        .await;
    assert_eq!(migrations.run(&short).await.unwrap().len(), 2);
}

/// The rows are counted with a sequence, which tells others at once how often they were.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backfill_waits_for_rows_that_others_hold() {
    let db = empty_postgres().await;
    let mut catalog = catalog();
    let waiting = FILL
        .replace("count(*)", "count(*) + 0 * nextval('counted')")
        .replace("LIMIT 10", "LIMIT 10 FOR UPDATE SKIP LOCKED");
    catalog[1] = Migration::new("20270101002_fill", waiting, None).unwrap();
    let mut holder = Raw::open(&db).await;
    holder.run("CREATE SEQUENCE counted").await;
    run(&with(&db.store, catalog[..1].to_vec())).await.unwrap();
    holder
        .run("BEGIN; SELECT 1 FROM one WHERE id = 'r7' FOR UPDATE")
        .await;
    let migrations = with(&db.store, catalog);
    let running = tokio::spawn(async move { run(&migrations).await });
    // Once to begin with, and then because a batch changed nothing.
    let tried_again = "SELECT 'yes' FROM counted WHERE last_value > 2";
    Raw::open(&db).await.until(tried_again, Rows::Some).await;
    holder.run("ROLLBACK").await;
    assert_eq!(
        running.await.unwrap().unwrap(),
        ["20270101_002_fill", "20270101_003_two"]
    );
    assert_eq!(empty_notes(&db).await, "0");
}
