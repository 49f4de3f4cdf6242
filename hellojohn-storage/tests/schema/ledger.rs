//! What is advised depends on what the ledger says.

use std::borrow::Cow;

use hellojohn_storage::{Advice, Migration, MigrationOptions, Newer};

use crate::{databases::Database, raw::Raw};

stamp!(
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    an_empty_database_lacks_every_table_and_should_be_migrated,
    a_lost_ledger_is_not_answered_by_migrating_again,
    a_damaged_ledger_is_told_instead_of_failing,
    additions_of_a_newer_program_are_explained,
);

async fn an_empty_database_lacks_every_table_and_should_be_migrated(db: Database) {
    let validation = db.store.validate_schema().await.unwrap();
    let told: Vec<String> = validation
        .differences
        .iter()
        .map(ToString::to_string)
        .collect();
    let expected: Vec<String> = db
        .store
        .expected_schema()
        .unwrap()
        .tables
        .iter()
        .map(|table| format!("Missing table: {}", table.name))
        .collect();
    assert_eq!(told, expected);
    assert_eq!(validation.advice, Advice::Run);
    assert!(!validation.pending.is_empty());
}

async fn a_lost_ledger_is_not_answered_by_migrating_again(db: Database) {
    db.store.migrate().await.unwrap();
    Raw::open(&db)
        .await
        .run("DROP TABLE hj_schema_migration")
        .await;
    let validation = db.store.validate_schema().await.unwrap();
    let only = validation.differences.first().unwrap();
    assert_eq!(only.to_string(), "Missing table: hj_schema_migration");
    assert_eq!(validation.differences.len(), 1);
    assert_eq!(validation.advice, Advice::Repair);
}

async fn a_damaged_ledger_is_told_instead_of_failing(db: Database) {
    db.store.migrate().await.unwrap();
    let damage = "ALTER TABLE hj_schema_migration DROP COLUMN checksum";
    Raw::open(&db).await.run(damage).await;
    let validation = db.store.validate_schema().await.unwrap();
    let only = validation.differences.first().unwrap();
    assert_eq!(
        only.to_string(),
        "Missing column: hj_schema_migration.checksum"
    );
    assert_eq!(validation.advice, Advice::Repair);
}

async fn additions_of_a_newer_program_are_explained(db: Database) {
    db.store.migrate().await.unwrap();
    let newer = Migration::new(
        "20991231001_passkeys",
        "CREATE TABLE hj_passkey (id TEXT); ALTER TABLE hj_user ADD COLUMN passkeys TEXT; \
         CREATE INDEX idx_hj_user_passkeys ON hj_user (tenant_id, passkeys)",
        Some(Cow::Borrowed("DROP TABLE hj_passkey")),
    );
    let options = MigrationOptions {
        newer: Newer::Allow,
        ..MigrationOptions::default()
    };
    let migrations = db.store.migrations().with_catalog(vec![newer.unwrap()]);
    // A catalogue without the older ones is one with a hole, unless nothing of it is applied.
    let without_ledger = "DELETE FROM hj_schema_migration";
    let kept = "CREATE TABLE kept AS SELECT * FROM hj_schema_migration";
    let back = "INSERT INTO hj_schema_migration SELECT * FROM kept; DROP TABLE kept";
    let mut conn = Raw::open(&db).await;
    conn.run(kept).await;
    conn.run(without_ledger).await;
    migrations.run(&options).await.unwrap();
    conn.run(back).await;

    let validation = db.store.validate_schema().await.unwrap();
    assert!(validation.is_valid(), "{validation:?}");
    assert_eq!(validation.newer, ["20991231_001_passkeys"]);
    assert!(validation.pending.is_empty());

    // What this program needs is still missed.
    conn.run("DROP TABLE hj_outbox").await;
    let validation = db.store.validate_schema().await.unwrap();
    let told = validation.differences.first().unwrap().to_string();
    assert_eq!(told, "Missing table: hj_outbox");
    assert_eq!(validation.differences.len(), 1);
}
