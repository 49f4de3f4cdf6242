use std::{fs::OpenOptions, io::Write as _};

use hellojohn_storage::{
    sqlx::{
        ConnectOptions as _, postgres::PgConnectOptions, query_scalar, sqlite::SqliteConnectOptions,
    },
    upgrade::{Step, Verdict},
};
use serde_json::json;

use crate::{databases::Database, release::Release};

/// Says that this release was upgraded, rolled back and upgraded again on this database.
pub(crate) async fn write(release: &Release, database: &Database, verdict: &Verdict) {
    let Some(path) = std::env::var_os("UPGRADE_RESULTS") else {
        return;
    };
    let line = json!({
        "test": "upgrade",
        "version": env!("CARGO_PKG_VERSION"),
        "from": release.version,
        "database": release.database,
        "database_version": version(database).await,
        "applied": verdict.applied,
        // With nothing applied this schema is the release's own.
        "rolled_back": verdict.applied.is_empty()
            || verdict.steps.iter().any(|done| done.step == Step::Valid),
        "probes": release.probes.len(),
    });
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .unwrap();
    writeln!(file, "{line}").unwrap();
}

async fn version(database: &Database) -> String {
    if database.url.starts_with("sqlite") {
        let options: SqliteConnectOptions = database.url.parse().unwrap();
        let mut conn = options.connect().await.unwrap();
        query_scalar("SELECT sqlite_version()")
            .fetch_one(&mut conn)
            .await
    } else {
        let options: PgConnectOptions = database.url.parse().unwrap();
        let mut conn = options.connect().await.unwrap();
        query_scalar("SHOW server_version")
            .fetch_one(&mut conn)
            .await
    }
    .unwrap()
}
