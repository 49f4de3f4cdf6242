//! Backups out of one database and into another, with everything a row can hold.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::format_push_string,
    reason = "a test fails by panicking"
)]

#[path = "../support/databases.rs"]
mod databases;
#[path = "../support/migrated.rs"]
mod migrated;

mod filled;
mod refusals;
mod round_trips;
mod scratch;
mod snapshots;

use std::path::Path;

use hellojohn_core::{
    backup::{Manifest, Report, Rows, Writer, verify},
    seal::{EncryptionKey, Sealer},
    time::Timestamp,
};
use hellojohn_storage::backup::{BackupError, Restored};

use databases::Database;

fn ring() -> Sealer {
    let text = "0123456789abcdefghijklmnopqrstuvwxyz".to_owned();
    Sealer::new(EncryptionKey::parse(&text.into()).unwrap(), None)
}

/// A backup of everything, as it would stand in a file.
async fn back_up(database: &Database) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    try_back_up(database, &folder.path().join("copy"))
        .await
        .unwrap()
}

async fn try_back_up(database: &Database, copy: &Path) -> Result<Vec<u8>, BackupError> {
    let now = Timestamp::from_seconds(1_700_000_000);
    let mut snapshot = database.store.snapshot(copy, now).await?;
    let mut writer = Writer::begin(Vec::new(), snapshot.header().clone())?;
    let mut told = 0;
    snapshot
        .write_rows(&mut writer, &mut |done| told = done)
        .await?;
    assert_eq!(told, snapshot.rows());
    snapshot.close().await?;
    let (backup, _) = writer.finish(None, ring().current())?;
    Ok(backup)
}

fn checked(backup: &[u8]) -> Report {
    let report = verify(backup, Some(&ring())).unwrap();
    assert_eq!(report.damage, []);
    report
}

fn manifest(backup: &[u8]) -> Manifest {
    checked(backup).manifest.unwrap()
}

async fn restore(database: &Database, backup: &[u8]) -> Result<Restored, BackupError> {
    let manifest = verify(backup, None).unwrap().manifest.unwrap();
    database.store.begin_restore().await?;
    let rows = Rows::open(backup)?;
    database
        .store
        .restore_rows(rows, &manifest, &mut |_| {})
        .await
}

/// Runs SQL, the same on both databases or one text for each.
async fn run(database: &Database, sql: &str) {
    use hellojohn_storage::sqlx::{
        AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _,
    };
    let sql = sql.to_owned();
    if database.url.starts_with("sqlite") {
        let options: hellojohn_storage::sqlx::sqlite::SqliteConnectOptions =
            database.url.parse().unwrap();
        let mut conn = options.foreign_keys(true).connect().await.unwrap();
        conn.execute(AssertSqlSafe(sql)).await.unwrap();
        conn.close().await.unwrap();
    } else {
        let options: hellojohn_storage::sqlx::postgres::PgConnectOptions =
            database.url.parse().unwrap();
        let mut conn = options.connect().await.unwrap();
        conn.execute(AssertSqlSafe(sql)).await.unwrap();
        conn.close().await.unwrap();
    }
}
