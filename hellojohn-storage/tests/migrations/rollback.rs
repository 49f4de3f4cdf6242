use std::borrow::Cow;

use hellojohn_storage::{Migration, MigrationError, MigrationOptions, Users};

use crate::{
    databases::Database,
    raw::Raw,
    world::{DROP_TWO, OURS, ledger, options, others, run, schema, tenant_with_user, with},
};

stamp!(
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    a_batch_without_down_scripts_is_not_touched_and_all_of_them_are_named,
    an_older_program_reverts_what_a_newer_one_applied,
    more_batches_than_there_are_is_refused,
    users_are_not_deleted_unawares,
    the_release_of_the_newest_migration_is_told_as_long_as_it_is_known,
);

async fn a_batch_without_down_scripts_is_not_touched_and_all_of_them_are_named(db: Database) {
    let mut catalog = others(None);
    let four = Migration::new("20270103001_four", "CREATE TABLE four (id TEXT)", None).unwrap();
    catalog.push(four);
    let migrations = with(&db.store, catalog);
    run(&migrations).await.unwrap();
    let before = schema(&db).await;
    let named = |error: &MigrationError| {
        matches!(error, MigrationError::ForwardOnly { names }
            if *names == ["20270103_001_four", "20270101_002_two"])
    };
    let error = migrations.revert(1, &options()).await.unwrap_err();
    assert!(named(&error), "{error:?}");
    let error = migrations.reversal(1).await.unwrap_err();
    assert!(named(&error), "{error:?}");
    assert_eq!(schema(&db).await, before);
    assert_eq!(ledger(&db).await.len(), 4);
}

async fn an_older_program_reverts_what_a_newer_one_applied(db: Database) {
    let mut first = others(DROP_TWO);
    let rest = first.split_off(1);
    run(&with(&db.store, first.clone())).await.unwrap();
    let before = schema(&db).await;
    let all: Vec<_> = first.iter().cloned().chain(rest).collect();
    run(&with(&db.store, all)).await.unwrap();
    let older = with(&db.store, first);
    let expected = ["20270102_001_three", "20270101_002_two"];
    assert_eq!(older.reversal(1).await.unwrap().names, expected);
    let done = older.revert(1, &options()).await.unwrap();
    let names: Vec<_> = done.iter().map(|done| done.name.as_str()).collect();
    assert_eq!(names, expected);
    assert_eq!(schema(&db).await, before);
}

async fn more_batches_than_there_are_is_refused(db: Database) {
    let mut first = others(DROP_TWO);
    first.truncate(1);
    run(&with(&db.store, first)).await.unwrap();
    let migrations = with(&db.store, others(DROP_TWO));
    run(&migrations).await.unwrap();
    let error = migrations.revert(3, &options()).await.unwrap_err();
    assert!(
        matches!(
            error,
            MigrationError::TooFewBatches {
                asked: 3,
                available: 2
            }
        ),
        "{error:?}"
    );
    assert_eq!(ledger(&db).await.len(), 3);
    assert_eq!(migrations.revert(2, &options()).await.unwrap().len(), 3);
    let error = migrations.revert(1, &options()).await.unwrap_err();
    assert!(
        matches!(error, MigrationError::TooFewBatches { available: 0, .. }),
        "{error:?}"
    );
}

async fn users_are_not_deleted_unawares(db: Database) {
    let migrations = db.store.migrations();
    run(&migrations).await.unwrap();
    let mut raw = Raw::open(&db).await;
    tenant_with_user(&mut raw).await;
    let reversal = migrations.reversal(1).await.unwrap();
    assert_eq!(reversal.users, 1);
    let error = migrations.revert(1, &options()).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::UsersInTheWay { name, users: 1 } if name == OURS[0]),
        "{error:?}"
    );
    assert_eq!(ledger(&db).await.len(), OURS.len());
    let deleting = MigrationOptions {
        users: Users::Delete,
        ..options()
    };
    let done = migrations.revert(1, &deleting).await.unwrap();
    assert_eq!(done.len(), OURS.len());
}

async fn the_release_of_the_newest_migration_is_told_as_long_as_it_is_known(db: Database) {
    let release = "SELECT value FROM cp_setting WHERE name = 'schema_release'";
    let mut raw = Raw::open(&db).await;
    let known = db.store.migrations();
    run(&known).await.unwrap();
    assert_eq!(raw.texts(release, release).await, ["0.3.0 20261120_008"]);

    let up = "-- hellojohn: release 9.8.7\nCREATE TABLE one (id TEXT)";
    let down = Some(Cow::Borrowed("DROP TABLE one"));
    let next = Migration::new("20270101001_one", up, down).unwrap();
    let mut catalog = ours(&db);
    catalog.push(next);
    run(&with(&db.store, catalog)).await.unwrap();
    assert_eq!(raw.texts(release, release).await, ["9.8.7 20270101_001"]);

    known.revert(1, &options()).await.unwrap();
    assert_eq!(raw.texts(release, release).await, ["0.3.0 20261120_008"]);
    // A program that does not know what is left says nothing.
    run(&with(&db.store, {
        let mut catalog = ours(&db);
        catalog.extend(others(DROP_TWO));
        catalog
    }))
    .await
    .unwrap();
    with(&db.store, Vec::new())
        .revert(1, &options())
        .await
        .unwrap();
    assert_eq!(raw.texts(release, release).await, Vec::<String>::new());
}

/// The scripts of this program, as files.
fn ours(db: &Database) -> Vec<Migration> {
    let folder = if db.url.starts_with("sqlite") {
        "sqlite"
    } else {
        "postgres"
    };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(folder);
    let read = |stem: &str, end: &str| {
        std::fs::read_to_string(folder.join(format!("{stem}.{end}.sql"))).unwrap()
    };
    // `YYYYMMDD_NNN_title` is the file `YYYYMMDDNNN_title`.
    OURS.into_iter()
        .map(|name| name.replacen('_', "", 1))
        .map(|stem| {
            let (up, down) = (read(&stem, "up"), read(&stem, "down"));
            Migration::new(&stem, up, Some(down.into())).unwrap()
        })
        .collect()
}
