//! What a running server sees of its schema.

use hellojohn_core::restore::RestoreEpoch;
use hellojohn_storage::Migrations;

use crate::{
    databases::Database,
    raw::Raw,
    world::{OURS, options},
};

stamp!(
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    an_empty_database_lacks_everything,
    a_newer_schema_is_told_with_its_release,
    a_change_of_what_was_applied_is_a_problem,
    restores_are_counted_and_half_ones_told,
);

async fn migrated(db: &Database) -> Migrations {
    let migrations = db.store.migrations();
    migrations.run(&options()).await.unwrap();
    migrations
}

async fn an_empty_database_lacks_everything(db: Database) {
    let standing = db.store.migrations().standing().await.unwrap();
    assert_eq!(standing.version, None);
    assert_eq!(standing.release, None);
    assert_eq!(standing.pending, OURS);
    assert!(standing.newer.is_empty() && !standing.half_restored);
    assert_eq!(standing.restore_epoch, Some(RestoreEpoch::FIRST));
}

async fn a_newer_schema_is_told_with_its_release(db: Database) {
    let migrations = migrated(&db).await;
    let standing = migrations.standing().await.unwrap();
    let own = standing.release.unwrap();
    let newest = &OURS[OURS.len() - 1][..12];
    assert_eq!(standing.version.as_deref(), Some(newest));
    assert!(standing.pending.is_empty() && standing.newer.is_empty());
    let older = migrations.clone().with_catalog(Vec::new());
    let standing = older.standing().await.unwrap();
    assert_eq!(standing.newer, OURS);
    assert!(!standing.is_of_later_major(own));
    let note = "UPDATE cp_setting SET value = '7.0.0 VERSION' WHERE name = 'schema_release'";
    Raw::open(&db)
        .await
        .run(&note.replace("VERSION", newest))
        .await;
    assert!(older.standing().await.unwrap().is_of_later_major(own));
    let standing = migrations.standing().await.unwrap();
    assert!(!standing.is_of_later_major(own), "every migration is known");
    // A note about another version than the newest says nothing.
    Raw::open(&db)
        .await
        .run(&note.replace("VERSION", &OURS[0][..12]))
        .await;
    assert_eq!(older.standing().await.unwrap().release, None);
}

async fn a_change_of_what_was_applied_is_a_problem(db: Database) {
    let migrations = migrated(&db).await;
    assert_eq!(migrations.standing().await.unwrap().problem, None);
    Raw::open(&db)
        .await
        .run("UPDATE hj_schema_migration SET checksum = 'x'")
        .await;
    let problem = migrations.standing().await.unwrap().problem.unwrap();
    assert!(problem.contains(OURS[0]), "{problem}");
}

async fn restores_are_counted_and_half_ones_told(db: Database) {
    let migrations = migrated(&db).await;
    let note = "UPDATE cp_setting SET name = 'restore_epoch', \
                value = '3 2026-11-20T10:00:00Z keep' WHERE name = 'schema_release'";
    Raw::open(&db).await.run(note).await;
    Raw::open(&db)
        .await
        .run("CREATE TABLE hj_restore_pending (since TEXT)")
        .await;
    let standing = migrations.standing().await.unwrap();
    let epoch = standing.restore_epoch.unwrap();
    assert_eq!(epoch.to_string(), "3 2026-11-20T10:00:00Z keep");
    assert!(standing.half_restored);
    let spoilt = "UPDATE cp_setting SET value = '3 yesterday' WHERE name = 'restore_epoch'";
    Raw::open(&db).await.run(spoilt).await;
    assert_eq!(migrations.standing().await.unwrap().restore_epoch, None);
}
