use std::time::Duration;

use hellojohn_core::{store::StoreError, time::Timestamp};
use sea_query::{Expr, ExprTrait as _, Query, Value};

use super::{MigrationError, catalog};
use crate::{
    conn::{self, Direct, Row},
    migrate::Migration,
    tables::HjSchemaMigration as Ledger,
};

/// What the ledger says of one applied migration.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) checksum: String,
    pub(super) batch: i64,
    pub(super) applied_at: Timestamp,
    pub(super) down: Option<String>,
    down_checksum: Option<String>,
}

impl Entry {
    pub(super) fn version(&self) -> &str {
        catalog::version_of(&self.name)
    }

    /// The stored down script, if it is what was stored.
    pub(super) fn down(&self) -> Result<&str, MigrationError> {
        let name = || self.name.clone();
        let script = self
            .down
            .as_deref()
            .ok_or_else(|| MigrationError::ForwardOnly {
                names: vec![name()],
            })?;
        if self.down_checksum.as_deref() != Some(&catalog::checksum(script)) {
            return Err(MigrationError::Changed { name: name() });
        }
        Ok(script)
    }
}

/// The table of what is applied.
pub(crate) const TABLE: &str = "hj_schema_migration";

const POSTGRES: &str = r#"
CREATE TABLE hj_schema_migration (
    version TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    batch BIGINT NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL,
    duration_ms BIGINT NOT NULL,
    down_script TEXT,
    down_checksum TEXT,
    CONSTRAINT hj_schema_migration_pkey PRIMARY KEY (version)
)"#;

const SQLITE: &str = "
CREATE TABLE hj_schema_migration (
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    batch INTEGER NOT NULL,
    applied_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    down_script TEXT,
    down_checksum TEXT,
    CONSTRAINT hj_schema_migration_pkey PRIMARY KEY (version)
) STRICT";

/// Makes the ledger if there is none; to be called under the lock.
pub(super) async fn create(conn: &mut Direct) -> Result<(), StoreError> {
    if conn.has_table(TABLE).await? {
        return Ok(());
    }
    let sql = conn.choose(POSTGRES, SQLITE);
    match conn.script(sql).await {
        // The last statement of a runner that was killed may have come between.
        Err(_) if conn.has_table(TABLE).await? => Ok(()),
        made => made,
    }
}

/// Everything applied, oldest first; nothing if there is no ledger yet.
pub(super) async fn read(conn: &mut Direct) -> Result<Vec<Entry>, StoreError> {
    if !conn.has_table(TABLE).await? {
        return Ok(Vec::new());
    }
    // As text, which is one message: this is read outside of transactions too.
    let sql = "SELECT name, checksum, batch, applied_at, down_script, down_checksum \
               FROM hj_schema_migration ORDER BY version";
    conn.ask(sql).await?.iter().map(entry).collect()
}

fn entry(row: &Row) -> Result<Entry, StoreError> {
    let mut row = row.columns();
    Ok(Entry {
        name: row.text()?,
        checksum: row.text()?,
        batch: row.int()?,
        applied_at: row.at()?,
        down: row.opt_text()?,
        down_checksum: row.opt_text()?,
    })
}

/// Writes that a migration was applied.
pub(super) async fn add(
    conn: &mut Direct,
    migration: &Migration,
    batch: i64,
    took: Duration,
) -> Result<(), StoreError> {
    let millis = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
    let down = migration.down();
    let statement = conn::insert(
        Ledger::Table,
        [
            (Ledger::Version, conn::text(migration.version())),
            (Ledger::Name, conn::text(migration.name())),
            (Ledger::Checksum, conn::text(migration.checksum())),
            (Ledger::Batch, Value::BigInt(Some(batch))),
            (Ledger::AppliedAt, conn::at(super::now())),
            (Ledger::DurationMs, Value::BigInt(Some(millis))),
            (Ledger::DownScript, conn::opt_text(down)),
            (
                Ledger::DownChecksum,
                conn::opt_text(down.map(catalog::checksum).as_deref()),
            ),
        ],
    )?;
    conn.rows(&statement).await.map(drop)
}

/// Forgets a migration that was reverted.
pub(super) async fn remove(conn: &mut Direct, entry: &Entry) -> Result<(), StoreError> {
    let mut statement = Query::delete();
    statement
        .from_table(Ledger::Table)
        .and_where(Expr::col(Ledger::Version).eq(entry.version()));
    conn.rows(&statement).await.map(drop)
}
