//! What the plan says of a statement is what PostgreSQL does: its locks, its looks at rows, its rewriting.

use hellojohn_storage::{LockMode, Migration, Threshold, Work};

use crate::{
    databases::{Database, empty_postgres},
    raw::Raw,
    world::with,
};

const TABLES: &str = "CREATE TABLE small (id BIGINT PRIMARY KEY); \
    CREATE TABLE big (id BIGINT PRIMARY KEY, a INT, b TEXT NOT NULL, up BIGINT); \
    INSERT INTO small SELECT generate_series(1, 10); \
    INSERT INTO big SELECT i, i, 'b', i FROM generate_series(1, 9) i; \
    CREATE INDEX idx_big_a ON big (a); CREATE UNIQUE INDEX idx_big_up ON big (up); \
    ALTER TABLE big ADD CONSTRAINT big_a_check CHECK (a IS NOT NULL) NOT VALID; \
    ALTER TABLE big ADD CONSTRAINT big_up_fkey FOREIGN KEY (up) REFERENCES small NOT VALID; \
    CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'";

/// One statement each; the last of a line is looked at, those before it prepare it.
const STATEMENTS: &[&str] = &[
    "CREATE TABLE other (id BIGINT REFERENCES small)",
    "CREATE INDEX idx_big_b ON big (b)",
    "DROP INDEX idx_big_a",
    "ALTER TABLE big ADD COLUMN c INT",
    "ALTER TABLE big ADD COLUMN c INT NOT NULL DEFAULT 7",
    "ALTER TABLE big ADD COLUMN c TIMESTAMPTZ DEFAULT now()",
    "ALTER TABLE big ADD COLUMN c UUID DEFAULT gen_random_uuid()",
    "ALTER TABLE big ADD COLUMN c INT GENERATED ALWAYS AS (a * 2) STORED",
    "ALTER TABLE big ADD COLUMN c BIGINT GENERATED ALWAYS AS IDENTITY",
    "ALTER TABLE big ADD COLUMN c BIGSERIAL",
    "ALTER TABLE big ADD COLUMN c INT CHECK (c > 0)",
    "ALTER TABLE big DROP COLUMN b",
    "ALTER TABLE big ALTER COLUMN a TYPE BIGINT",
    "ALTER TABLE big ALTER COLUMN a SET NOT NULL",
    "ALTER TABLE big VALIDATE CONSTRAINT big_a_check; ALTER TABLE big ALTER COLUMN a SET NOT NULL",
    "ALTER TABLE big ALTER COLUMN b DROP NOT NULL",
    "ALTER TABLE big ALTER COLUMN b SET DEFAULT 'x'",
    "ALTER TABLE big ALTER COLUMN b SET STATISTICS 200",
    "ALTER TABLE big ADD CONSTRAINT c CHECK (a > 0)",
    "ALTER TABLE big ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
    "ALTER TABLE big ADD CONSTRAINT c UNIQUE (a)",
    "ALTER TABLE big ADD CONSTRAINT c UNIQUE USING INDEX idx_big_up",
    "ALTER TABLE big ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES small (id) NOT VALID",
    "ALTER TABLE big ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES small (id)",
    "ALTER TABLE big VALIDATE CONSTRAINT big_a_check",
    "ALTER TABLE big DROP CONSTRAINT big_a_check",
    "ALTER TABLE big RENAME COLUMN a TO c",
    "ALTER TABLE big SET (fillfactor = 70)",
    "ALTER TABLE big SET UNLOGGED",
    "ALTER TABLE big ENABLE ROW LEVEL SECURITY",
    "CREATE TRIGGER t BEFORE UPDATE ON big FOR EACH ROW EXECUTE FUNCTION nothing()",
    "CREATE POLICY p ON big USING (true)",
    "LOCK TABLE big IN SHARE MODE",
    "INSERT INTO big VALUES (10, 10, 'b', 10)",
    "UPDATE big SET a = 1",
];

/// What a statement did to a table.
#[derive(Debug, PartialEq, Eq)]
struct Done {
    lock: String,
    scanned: bool,
    rewritten: bool,
}

async fn done(raw: &mut Raw, statement: &str) -> Vec<(String, Done)> {
    raw.run(
        "BEGIN; CREATE TEMP TABLE before ON COMMIT DROP AS SELECT oid, relfilenode FROM pg_class",
    )
    .await;
    let parts: Vec<&str> = statement.split("; ").collect();
    let (last, first) = parts.split_last().unwrap();
    for part in first {
        raw.run(part).await;
    }
    let scans = "SELECT relname || ' ' || seq_scan FROM pg_stat_xact_user_tables \
        WHERE relname IN ('big', 'small') ORDER BY relname";
    let scans_before = raw.texts(scans, scans).await;
    raw.run(last).await;
    let scans_after = raw.texts(scans, scans).await;
    let locks = "SELECT c.relname || ' ' || l.mode || ' ' || (c.relfilenode <> b.relfilenode) \
        FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN before b ON b.oid = c.oid \
        WHERE l.pid = pg_backend_pid() AND c.relname IN ('big', 'small')";
    let locks = raw.texts(locks, locks).await;
    raw.run("ROLLBACK").await;
    let tables = ["big", "small"].into_iter().filter_map(|table| {
        let of_table = locks.iter().filter_map(|line| line.strip_prefix(table));
        let lines: Vec<(&str, &str)> = of_table
            .map(|line| line.trim().split_once(' ').unwrap())
            .collect();
        let lock = lines
            .iter()
            .map(|(mode, _)| *mode)
            .max_by_key(|mode| strength(mode))?;
        let scan = |lines: &[String]| lines.iter().find(|line| line.starts_with(table)).cloned();
        let done = Done {
            lock: lock.to_owned(),
            scanned: scan(&scans_before) != scan(&scans_after),
            rewritten: lines.iter().any(|(_, rewritten)| *rewritten == "true"),
        };
        Some((table.to_owned(), done))
    });
    tables.collect()
}

const MODES: [(&str, LockMode); 8] = [
    ("AccessShareLock", LockMode::AccessShare),
    ("RowShareLock", LockMode::RowShare),
    ("RowExclusiveLock", LockMode::RowExclusive),
    ("ShareUpdateExclusiveLock", LockMode::ShareUpdateExclusive),
    ("ShareLock", LockMode::Share),
    ("ShareRowExclusiveLock", LockMode::ShareRowExclusive),
    ("ExclusiveLock", LockMode::Exclusive),
    ("AccessExclusiveLock", LockMode::AccessExclusive),
];

fn strength(mode: &str) -> LockMode {
    MODES.iter().find(|(name, _)| *name == mode).unwrap().1
}

async fn prepared() -> Database {
    let db = empty_postgres().await;
    Raw::open(&db).await.run(TABLES).await;
    db
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_plan_says_what_the_database_does() {
    let db = prepared().await;
    let mut raw = Raw::open(&db).await;
    for statement in STATEMENTS {
        let migration = Migration::new("20270101001_change", *statement, None).unwrap();
        let plan = with(&db.store, vec![migration]);
        let plan = plan.plan(Threshold::default()).await.unwrap();
        let planned = plan[0].statements.last().unwrap();
        for (table, done) in done(&mut raw, statement).await {
            let lock = planned
                .locks
                .iter()
                .filter(|lock| lock.table.as_ref().is_none_or(|it| *it == table))
                .max_by_key(|lock| (lock.work, lock.mode));
            let Some(lock) = lock else {
                assert!(
                    strength(&done.lock) < LockMode::ShareUpdateExclusive,
                    "{statement}: {table} is locked and not in the plan: {done:?}"
                );
                continue;
            };
            assert_eq!(
                lock.held.max(lock.mode),
                strength(&done.lock),
                "{statement}: {lock:?}"
            );
            assert_eq!(
                lock.work == Work::Rewrite,
                done.rewritten,
                "{statement}: {lock:?}"
            );
            if lock.work == Work::None {
                assert!(!done.scanned, "{statement}: {lock:?}");
            }
            if lock.work == Work::Scan {
                assert!(done.scanned, "{statement}: {lock:?}");
            }
        }
    }
}
