//! What is refused, and that nothing is left of it.

use hellojohn_core::{
    backup::{Header, Rows, Value, Writer, verify},
    store::StoreError,
};
use hellojohn_storage::backup::BackupError;

use crate::{
    back_up, checked,
    databases::{Database, empty_postgres, empty_sqlite},
    filled::fill,
    manifest, migrated, restore, ring, run, try_back_up,
};

async fn all() -> [(Database, Database); 2] {
    let (sqlite, postgres) = (migrated::sqlite().await, migrated::postgres().await);
    fill(&sqlite).await;
    fill(&postgres).await;
    [
        (sqlite, empty_sqlite().await),
        (postgres, empty_postgres().await),
    ]
}

/// The same backup with another header or other rows, sound in itself.
fn rewritten(
    backup: &[u8],
    header: impl Fn(&mut Header),
    row: impl Fn(&str, &mut Vec<Value>),
) -> Vec<u8> {
    let mut rows = Rows::open(backup).unwrap();
    let mut changed = rows.header().clone();
    header(&mut changed);
    let kept = changed.clone();
    let kept = |name: &str| kept.tables.iter().any(|table| table.name == name);
    let mut writer = Writer::begin(Vec::new(), changed).unwrap();
    while let Some((table, mut values)) = rows.next_row().unwrap() {
        let table = rows.header().tables[table].name.clone();
        row(&table, &mut values);
        if kept(&table) {
            writer.row(&table, &values).unwrap();
        }
    }
    writer.finish(None, ring().current()).unwrap().0
}

#[tokio::test]
async fn a_database_that_is_not_empty_is_left_alone() {
    for (full, _) in all().await {
        let backup = back_up(&full).await;
        let refused = restore(&full, &backup).await;
        assert!(matches!(
            refused,
            Err(BackupError::NotEmpty { tables }) if tables.contains(&"hj_user".to_owned())
        ));
        assert_eq!(manifest(&back_up(&full).await), manifest(&backup));
    }
}

#[tokio::test]
async fn an_empty_database_cannot_be_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    for (at, (_, empty)) in all().await.into_iter().enumerate() {
        let copy = folder.path().join(at.to_string());
        let refused = try_back_up(&empty, &copy).await;
        assert!(matches!(refused, Err(BackupError::Nothing)), "{refused:?}");
    }
}

#[tokio::test]
async fn what_this_program_cannot_make_is_refused_before_anything_is_made() {
    for (full, empty) in all().await {
        let backup = back_up(&full).await;
        let newer = rewritten(
            &backup,
            |header| {
                let mut newest = header.migrations[0].clone();
                newest.name = "29991231_001_later".to_owned();
                header.migrations.push(newest);
            },
            |_, _| {},
        );
        let edited = rewritten(
            &backup,
            |header| header.migrations[0].checksum = "0".repeat(64),
            |_, _| {},
        );
        for other in [newer, edited] {
            let header = Rows::open(&other[..]).unwrap().header().clone();
            let refused = empty.store.can_restore(&header);
            assert!(
                matches!(
                    refused,
                    Err(BackupError::Newer { .. } | BackupError::Foreign { .. })
                ),
                "{refused:?}"
            );
        }
        assert_eq!(empty.store.table_names().await.unwrap(), [""; 0]);
    }
}

/// A column of a later migration would be carried as what SQLite calls it: a truth value as a number.
#[tokio::test]
async fn a_sqlite_database_of_a_later_program_is_not_backed_up_by_this_one() {
    let folder = tempfile::tempdir().unwrap();
    for (full, _) in all().await {
        run(
            &full,
            "INSERT INTO hj_schema_migration SELECT '29991231_001', '29991231_001_later', checksum, batch, applied_at,
                duration_ms, down_script, down_checksum FROM hj_schema_migration WHERE version = '20261120_001'",
        )
        .await;
        let made = try_back_up(&full, &folder.path().join("copy")).await;
        if full.url.starts_with("sqlite") {
            assert!(
                matches!(&made, Err(BackupError::Unknown { name }) if name == "29991231_001_later"),
                "{made:?}"
            );
        } else {
            let header = checked(&made.unwrap()).header.unwrap();
            assert_eq!(header.schema_version, "29991231_001");
        }
    }
}

#[tokio::test]
async fn an_epoch_that_is_none_is_not_backed_up_as_the_first() {
    for (full, _) in all().await {
        let spoil = "UPDATE cp_setting SET value = 'yesterday' WHERE name = 'restore_epoch'";
        run(&full, spoil).await;
        let folder = tempfile::tempdir().unwrap();
        let refused = try_back_up(&full, &folder.path().join("copy")).await;
        assert!(
            matches!(&refused, Err(BackupError::Store(StoreError::Corrupt(what))) if what.contains("restore_epoch")),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn an_interrupted_restore_keeps_its_mark_and_no_rows() {
    for (full, empty) in all().await {
        let backup = back_up(&full).await;
        let orphaned = rewritten(
            &backup,
            |_| {},
            |table, row| {
                if table == "hj_session" && row[1] == Value::Text("ses_7".to_owned()) {
                    row[2] = Value::Text("usr_nobody".to_owned());
                }
            },
        );
        assert!(restore(&empty, &orphaned).await.is_err());
        assert_eq!(empty.store.count("hj_user").await.unwrap(), 0);
        assert_eq!(empty.store.count("hj_restore_pending").await.unwrap(), 0);
        let again = restore(&empty, &backup).await;
        assert!(matches!(again, Err(BackupError::Unfinished)), "{again:?}");
        let folder = tempfile::tempdir().unwrap();
        let backed_up = try_back_up(&empty, &folder.path().join("copy")).await;
        assert!(matches!(backed_up, Err(BackupError::Unfinished)));
    }
}

#[tokio::test]
async fn a_backup_without_one_of_the_tables_or_with_one_twice_is_refused() {
    for (full, empty) in all().await {
        let backup = back_up(&full).await;
        let is_answers = |name: &str| name == "hj_idempotency";
        let without = rewritten(
            &backup,
            |header| header.tables.retain(|table| !is_answers(&table.name)),
            |_, _| {},
        );
        let refused = restore(&empty, &without).await;
        assert!(
            matches!(&refused, Err(BackupError::Lacks { table }) if is_answers(table)),
            "{refused:?}"
        );
        run(&empty, "DROP TABLE hj_restore_pending").await;
        let rows = Rows::open(&backup[..]).unwrap();
        let doubled = rewritten(
            &backup,
            |header| header.tables.push(header.tables[0].clone()),
            |_, _| {},
        );
        let manifest = verify(&doubled[..], None).unwrap().manifest.unwrap();
        let exchanged = empty.store.restore_rows(rows, &manifest, &mut |_| {}).await;
        assert!(matches!(exchanged, Err(BackupError::Exchanged)));
        let rows = Rows::open(&doubled[..]).unwrap();
        let refused = empty.store.restore_rows(rows, &manifest, &mut |_| {}).await;
        assert!(
            matches!(&refused, Err(BackupError::Unexpected { what }) if what.ends_with("twice")),
            "{refused:?}"
        );
        assert_eq!(empty.store.count("hj_user").await.unwrap(), 0);
    }
}

/// A row changed on its way into the database does not pass for the one in the backup.
#[tokio::test]
async fn a_row_that_does_not_arrive_as_it_was_is_found() {
    for (full, empty) in all().await {
        let backup = back_up(&full).await;
        let manifest = manifest(&backup);
        empty.store.begin_restore().await.unwrap();
        let changed = rewritten(
            &backup,
            |_| {},
            |table, row| {
                if table == "hj_user" {
                    row[3] = Value::Boolean(false);
                }
            },
        );
        let rows = Rows::open(&changed[..]).unwrap();
        let refused = empty.store.restore_rows(rows, &manifest, &mut |_| {}).await;
        assert!(
            matches!(&refused, Err(BackupError::Differs { table }) if table == "hj_user"),
            "{refused:?}"
        );
        assert_eq!(empty.store.count("hj_user").await.unwrap(), 0);
    }
}

#[tokio::test]
async fn values_no_other_database_could_keep_are_refused_and_named() {
    let sqlite = migrated::sqlite().await;
    fill(&sqlite).await;
    run(
        &sqlite,
        "UPDATE hj_user SET name = 'a' || char(0) || 'b' WHERE id = 'usr_z'",
    )
    .await;
    let folder = tempfile::tempdir().unwrap();
    let refused = try_back_up(&sqlite, &folder.path().join("copy"))
        .await
        .unwrap_err();
    let told = format!("{refused}: {refused:?}");
    assert!(told.contains("hj_user") && told.contains("Nul"), "{told}");

    let postgres = migrated::postgres().await;
    fill(&postgres).await;
    run(&postgres, "UPDATE hj_user SET banned_until = 'infinity'").await;
    assert!(
        try_back_up(&postgres, &folder.path().join("none"))
            .await
            .is_err()
    );
}
