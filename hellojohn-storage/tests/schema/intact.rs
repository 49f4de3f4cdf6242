//! A schema that is right is called right, however it came to be.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use hellojohn_storage::{MigrationOptions, SqlStore};

use crate::{
    databases::{Database, empty_postgres, options},
    migrated::{postgres, sqlite},
    raw::{Raw, is_sqlite},
};

stamp!(
    crate::migrated::sqlite, crate::migrated::postgres;
    a_fresh_schema_is_valid,
    going_back_and_forward_again_changes_nothing,
    what_the_application_has_beside_ours_is_its_own,
    looking_changes_nothing,
);

async fn told(store: &SqlStore) -> Vec<String> {
    let validation = store.validate_schema().await.unwrap();
    let differences = validation.differences.iter();
    differences.map(ToString::to_string).collect()
}

async fn a_fresh_schema_is_valid(db: Database) {
    let validation = db.store.validate_schema().await.unwrap();
    assert!(validation.is_valid(), "{validation:?}");
    assert!(validation.pending.is_empty() && validation.newer.is_empty());
    let (checked, expected) = (validation.checked, db.store.expected_schema().unwrap());
    assert_eq!(checked.tables, expected.tables.len());
    assert!(
        checked.columns > 100 && checked.constraints > 30,
        "{checked:?}"
    );
    assert!(
        checked.indexes >= 6 && checked.foreign_keys >= 6,
        "{checked:?}"
    );
}

async fn going_back_and_forward_again_changes_nothing(db: Database) {
    let migrations = db.store.migrations();
    let options = MigrationOptions::default();
    assert_eq!(migrations.revert(1, &options).await.unwrap().len(), 8);
    assert!(
        told(&db.store)
            .await
            .contains(&"Missing table: hj_user".to_owned())
    );
    migrations.run(&options).await.unwrap();
    assert_eq!(told(&db.store).await, [""; 0]);
}

async fn what_the_application_has_beside_ours_is_its_own(db: Database) {
    let mut conn = Raw::open(&db).await;
    conn.run(
        "CREATE TABLE hjx (id TEXT); CREATE TABLE orders (hj_user TEXT, CONSTRAINT hj_paid CHECK (hj_user <> '')); \
         CREATE INDEX idx_hj_orders ON orders (hj_user); CREATE VIEW people AS SELECT email FROM hj_user",
    )
    .await;
    if !is_sqlite(&db) {
        conn.run(
            "CREATE FUNCTION now_there() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'; \
             ALTER TABLE hj_session SET (autovacuum_vacuum_scale_factor = 0.01)",
        )
        .await;
    }
    assert_eq!(told(&db.store).await, [""; 0]);
}

async fn looking_changes_nothing(db: Database) {
    let before = db.store.schema().await.unwrap();
    Raw::open(&db).await.run("DROP TABLE hj_outbox").await;
    let damaged = db.store.schema().await.unwrap();
    assert_ne!(damaged, before);
    assert_eq!(told(&db.store).await, ["Missing table: hj_outbox"]);
    assert_eq!(db.store.schema().await.unwrap(), damaged);
}

/// The same database with settings for each connection, percent-encoded.
async fn with_search_path(db: &Database, path: &str) -> SqlStore {
    let separator = if db.url.contains('?') { "&" } else { "?" };
    let url = format!("{}{separator}options=-c%20search_path%3D{path}", db.url);
    SqlStore::connect(&url, options()).await.unwrap()
}

#[tokio::test]
async fn a_schema_of_its_own_is_as_good_as_public() {
    let db = empty_postgres().await;
    let mut conn = Raw::open(&db).await;
    conn.run("CREATE SCHEMA auth; CREATE TABLE public.hj_alien (id TEXT)")
        .await;
    let store = with_search_path(&db, "auth").await;
    store.migrate().await.unwrap();
    assert_eq!(told(&store).await, [""; 0]);
    assert_eq!(
        &store.schema().await.unwrap(),
        store.expected_schema().unwrap()
    );
    conn.run("DROP INDEX auth.idx_hj_outbox_created_at").await;
    assert_eq!(
        told(&store).await,
        ["Missing index: idx_hj_outbox_created_at"]
    );
}

#[tokio::test]
async fn the_order_of_the_search_path_does_not_matter() {
    let db = postgres().await;
    let mut conn = Raw::open(&db).await;
    conn.run("CREATE SCHEMA app; CREATE TABLE app.hj_alien (id TEXT); CREATE SCHEMA \"Two words\"")
        .await;
    for path in [
        "app,public",
        "public,app",
        "%22Two%5C%20words%22,nowhere,public",
        "pg_catalog,public",
        "public,pg_catalog",
    ] {
        let store = with_search_path(&db, path).await;
        assert_eq!(told(&store).await, [""; 0], "{path}");
    }
    // Nowhere to be seen is missing.
    let store = with_search_path(&db, "app").await;
    assert!(
        told(&store)
            .await
            .contains(&"Missing table: hj_user".to_owned())
    );
}

#[tokio::test]
async fn a_dump_brings_back_the_same_schema() {
    let (db, restored) = (postgres().await, empty_postgres().await);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hellojohn.dump");
    let file = file.to_str().unwrap();
    run("pg_dump", &["-Fc", "-f", file, "-d", &db.url]);
    run(
        "pg_restore",
        &["--no-owner", "--exit-on-error", "-d", &restored.url, file],
    );
    assert_eq!(told(&restored.store).await, [""; 0]);
    assert_eq!(
        restored.store.schema().await.unwrap(),
        db.store.schema().await.unwrap()
    );
}

fn run(program: &str, arguments: &[&str]) {
    let done = Command::new(postgres_programs().join(program))
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program}: {said}");
}

/// The newest there are; Debian keeps them out of the PATH.
fn postgres_programs() -> PathBuf {
    let newest = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let version: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            Some((
                version,
                PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")),
            ))
        })
        .filter(|(_, folder)| folder.join("pg_dump").exists())
        .max();
    newest.map_or_else(PathBuf::new, |(_, folder)| folder)
}

#[tokio::test]
async fn a_copied_sqlite_file_has_the_same_schema() {
    let db = sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    vacuum_into(&db, &copy).await;
    let url = format!("sqlite://{}", copy.display());
    let store = SqlStore::connect(&url, options()).await.unwrap();
    assert_eq!(told(&store).await, [""; 0]);
}

async fn vacuum_into(db: &Database, copy: &Path) {
    let sql = format!("VACUUM INTO '{}'", copy.display());
    Raw::open(db).await.run(&sql).await;
}

#[tokio::test]
async fn a_sqlite_table_that_was_built_anew_is_the_same() {
    let db = sqlite().await;
    let mut conn = Raw::open(&db).await;
    // As SQLite's manual has it, which leaves the name in quotes.
    conn.run(
        "CREATE TABLE new_setting (name text not null, \"value\" TEXT NOT NULL, /* when */ updated_at INTEGER NOT NULL,
         constraint cp_setting_pkey primary key(name)) strict; \
         DROP TABLE cp_setting; ALTER TABLE new_setting RENAME TO cp_setting; \
         DROP INDEX idx_hj_outbox_created_at; \
         create index [idx_hj_outbox_created_at] on \"hj_outbox\"(tenant_id,created_at)",
    )
    .await;
    assert_eq!(told(&db.store).await, [""; 0]);
}
