//! The upgrade trial finds what an upgrade breaks: each way of losing data, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "support/databases.rs"]
mod databases;
#[expect(dead_code, reason = "this suite needs only some of it")]
#[path = "support/raw.rs"]
mod raw;
#[macro_use]
#[path = "support/stamp.rs"]
mod stamp;

use std::{
    borrow::Cow,
    future::{Ready, ready},
};

use databases::{Database, empty_postgres, empty_sqlite};
use hellojohn_storage::{
    Migration, MigrationOptions, Schema,
    upgrade::{Outcome, Step, Verdict},
};
use raw::Raw;

stamp!(
    super::Kind::sqlite, super::Kind::postgres;
    a_faithful_upgrade_holds,
    every_loss_is_found_and_named,
    what_is_changed_on_purpose_is_named_and_nothing_else_may_change,
    a_foreign_database_is_no_upgrade,
    without_a_way_back_the_rest_still_holds,
    what_was_there_already_is_no_fresh_installation,
    an_upgrade_that_fails_says_why,
);

/// Which database a test makes, as often as it needs.
#[derive(Clone, Copy)]
enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    fn sqlite() -> Ready<Self> {
        ready(Self::Sqlite)
    }

    fn postgres() -> Ready<Self> {
        ready(Self::Postgres)
    }

    async fn empty(self) -> Database {
        match self {
            Self::Sqlite => empty_sqlite().await,
            Self::Postgres => empty_postgres().await,
        }
    }
}

const FIRST: &str = "CREATE TABLE hj_thing (id TEXT NOT NULL, name TEXT, size BIGINT NOT NULL, \
     CONSTRAINT hj_thing_pkey PRIMARY KEY (id)); \
     CREATE TABLE hj_other (id TEXT NOT NULL, CONSTRAINT hj_other_pkey PRIMARY KEY (id))";
const ROWS: &str = "INSERT INTO hj_thing VALUES ('a', 'Ada', 1), ('b', NULL, 2), ('c', 'Ünï''s', 3); \
     INSERT INTO hj_other VALUES ('x')";

fn first() -> Migration {
    Migration::new(
        "20270101001_first",
        FIRST,
        Some(Cow::Borrowed("DROP TABLE hj_other; DROP TABLE hj_thing")),
    )
    .unwrap()
}

/// Takes a database with the first migration and its rows through a second one.
async fn tried(kind: Kind, up: &str, down: Option<&str>) -> Verdict {
    let script = |text: &str| Cow::<'static, str>::Owned(text.to_owned());
    let second = Migration::new("20270101002_second", script(up), down.map(script)).unwrap();
    let catalog = || vec![first(), second.clone()];
    let fresh = kind.empty().await;
    let all = fresh.store.migrations().with_catalog(catalog());
    all.run(&MigrationOptions::default()).await.unwrap();
    let expected = fresh.store.schema().await.unwrap();

    let database = kind.empty().await;
    let only_first = database.store.migrations().with_catalog(vec![first()]);
    only_first.run(&MigrationOptions::default()).await.unwrap();
    Raw::open(&database).await.run(ROWS).await;
    let both = database.store.migrations().with_catalog(catalog());
    let trial = database.store.upgrade_trial().with(both, expected);
    trial.run(&mut |_| {}).await
}

async fn a_faithful_upgrade_holds(kind: Kind) {
    let up = "ALTER TABLE hj_thing ADD COLUMN note TEXT; UPDATE hj_thing SET note = id; \
        CREATE TABLE hj_more (id TEXT NOT NULL, CONSTRAINT hj_more_pkey PRIMARY KEY (id))";
    let down = "DROP TABLE hj_more; ALTER TABLE hj_thing DROP COLUMN note";
    let verdict = tried(kind, up, Some(down)).await;
    assert!(verdict.holds(), "{verdict:?}");
    let steps: Vec<Step> = verdict.steps.iter().map(|done| done.step).collect();
    let all = [
        Step::Read,
        Step::Upgrade,
        Step::Schema,
        Step::Rows,
        Step::RollBack,
        Step::SchemaBack,
        Step::RowsBack,
        Step::Forward,
        Step::Valid,
    ];
    assert_eq!(steps, all);
    assert_eq!(verdict.from.as_deref(), Some("20270101_001"));
    assert_eq!(verdict.applied, ["20270101_002_second"]);
}

async fn every_loss_is_found_and_named(kind: Kind) {
    let nothing = "DELETE FROM hj_thing WHERE id = '-'";
    for (up, down, step, line) in [
        (
            "DELETE FROM hj_thing WHERE id = 'b'",
            nothing,
            Step::Rows,
            "hj_thing has 2 rows instead of 3",
        ),
        (
            "DELETE FROM hj_other",
            nothing,
            Step::Rows,
            "hj_other has 0 rows instead of 1",
        ),
        (
            "UPDATE hj_thing SET size = size + 1 WHERE id = 'c'",
            "UPDATE hj_thing SET size = size - 1 WHERE id = 'c'",
            Step::Rows,
            "hj_thing.size has other values",
        ),
        (
            "UPDATE hj_thing SET name = '' WHERE name IS NULL",
            nothing,
            Step::Rows,
            "hj_thing.name has other values",
        ),
        // The values of a column are all there, in other rows.
        (
            "UPDATE hj_thing SET size = 4 - size",
            nothing,
            Step::Rows,
            "hj_thing.size has other values",
        ),
        (
            "DELETE FROM hj_thing WHERE id = 'a'; INSERT INTO hj_thing VALUES ('d', 'Ada', 1)",
            nothing,
            Step::Rows,
            "hj_thing.id has other values",
        ),
        (
            "ALTER TABLE hj_thing DROP COLUMN name",
            "ALTER TABLE hj_thing ADD COLUMN name TEXT",
            Step::Rows,
            "hj_thing.name is gone",
        ),
        (
            "DROP TABLE hj_other",
            "CREATE TABLE hj_other (id TEXT NOT NULL, CONSTRAINT hj_other_pkey PRIMARY KEY (id))",
            Step::Rows,
            "hj_other is gone, with 1 rows",
        ),
        (
            "CREATE INDEX idx_hj_thing_name ON hj_thing (name)",
            nothing,
            Step::SchemaBack,
            "Unexpected index: idx_hj_thing_name",
        ),
        (
            "ALTER TABLE hj_thing ADD COLUMN note TEXT",
            "ALTER TABLE hj_thing DROP COLUMN note; DELETE FROM hj_thing WHERE size = 2",
            Step::RowsBack,
            "hj_thing has 2 rows instead of 3",
        ),
    ] {
        let verdict = tried(kind, up, Some(down)).await;
        let (at, lines) = verdict.broken().unwrap_or_else(|| panic!("{up}"));
        assert_eq!((at, lines[0].as_str()), (step, line), "{up}");
    }
}

async fn what_is_changed_on_purpose_is_named_and_nothing_else_may_change(kind: Kind) {
    let up = "-- hellojohn: changes hj_thing.size, hj_thing.name\nUPDATE hj_thing SET size = 7";
    let nothing = "DELETE FROM hj_thing WHERE id = '-'";
    let verdict = tried(kind, up, Some(nothing)).await;
    assert!(verdict.holds(), "{verdict:?}");
    for step in [Step::Rows, Step::RowsBack] {
        let done = verdict.steps.iter().find(|done| done.step == step).unwrap();
        let Outcome::Holds(seen) = &done.outcome else {
            panic!("{done:?}");
        };
        let told = "; changed on purpose: hj_thing.size";
        assert!(seen.ends_with(told), "{seen}");
    }
    for (up, line) in [
        (
            "-- hellojohn: changes hj_thing.name\nUPDATE hj_thing SET size = 7",
            "hj_thing.size has other values",
        ),
        (
            "-- hellojohn: changes hj_thing.size\nDELETE FROM hj_thing WHERE size = 2",
            "hj_thing has 2 rows instead of 3",
        ),
        (
            "-- hellojohn: changes hj_thing.sise\nUPDATE hj_thing SET size = size",
            "a migration says that it changes hj_thing.sise, which does not exist",
        ),
    ] {
        let verdict = tried(kind, up, Some(nothing)).await;
        let (at, lines) = verdict.broken().unwrap_or_else(|| panic!("{up}"));
        assert_eq!((at, lines[0].as_str()), (Step::Rows, line), "{up}");
    }
}

async fn a_foreign_database_is_no_upgrade(kind: Kind) {
    let database = kind.empty().await;
    let mut raw = Raw::open(&database).await;
    raw.run("CREATE TABLE posts (id BIGINT)").await;
    let verdict = database.store.upgrade_trial().run(&mut |_| {}).await;
    let (at, lines) = verdict.broken().unwrap();
    assert_eq!(at, Step::Read);
    assert!(lines[0].contains("no schema of HelloJohn"), "{lines:?}");
    assert!(database.store.schema().await.unwrap().tables.is_empty());
}

async fn without_a_way_back_the_rest_still_holds(kind: Kind) {
    let verdict = tried(kind, "ALTER TABLE hj_thing ADD COLUMN note TEXT", None).await;
    assert!(verdict.holds());
    let last = verdict.steps.last().unwrap();
    assert_eq!(last.step, Step::RollBack);
    let Outcome::Skipped(why) = &last.outcome else {
        panic!("{last:?}");
    };
    assert!(why.contains("20270101_002_second"), "{why}");
}

/// Somebody has repaired something by hand, and the upgrade would not make it what it should be.
async fn what_was_there_already_is_no_fresh_installation(kind: Kind) {
    let database = kind.empty().await;
    database.store.migrate().await.unwrap();
    Raw::open(&database)
        .await
        .run("DROP INDEX idx_hj_user_created_at")
        .await;
    let verdict = database.store.upgrade_trial().run(&mut |_| {}).await;
    let missing = "Missing index: idx_hj_user_created_at".to_owned();
    assert_eq!(verdict.broken(), Some((Step::Schema, &[missing][..])));
}

async fn an_upgrade_that_fails_says_why(kind: Kind) {
    let up = "CREATE UNIQUE INDEX idx_hj_thing_half ON hj_thing ((size / 2))";
    let database = kind.empty().await;
    let first = database.store.migrations().with_catalog(vec![first()]);
    first.run(&MigrationOptions::default()).await.unwrap();
    Raw::open(&database).await.run(ROWS).await;
    let second = Migration::new("20270101002_second", up, None).unwrap();
    let catalog = vec![self::first(), second];
    let both = database.store.migrations().with_catalog(catalog);
    let trial = database.store.upgrade_trial().with(both, Schema::default());
    let mut told = Vec::new();
    let verdict = trial.run(&mut |done| told.push(done.clone())).await;
    assert_eq!(verdict.steps, told);
    let (step, lines) = verdict.broken().unwrap();
    assert_eq!(step, Step::Upgrade);
    assert!(lines[0].contains("20270101_002_second"), "{lines:?}");
    assert!(lines[0].to_lowercase().contains("unique"), "{lines:?}");
}
