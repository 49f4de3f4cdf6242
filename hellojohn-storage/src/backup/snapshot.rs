use std::path::Path;

use hellojohn_core::{
    backup::{Applied, Column, DatabaseKind, Header, Reference, Table, TableProof, Writer},
    restore::{PENDING_TABLE, RestoreEpoch, SETTING},
    store::StoreError,
    time::Timestamp,
};
use sea_query::{Alias, Expr, ExprTrait as _, Order, Query};

use super::{BackupError, rows};
use crate::{
    SqlStore,
    conn::{Direct, Target, quote},
    migrate,
    schema::{self, Schema, introspect},
};

/// Everything of HelloJohn in a database at one moment, while others go on writing.
pub struct Snapshot {
    conn: Direct,
    header: Header,
    rows: u64,
}

impl SqlStore {
    /// Takes a snapshot of everything whose name begins with `hj_` or `cp_`.
    ///
    /// PostgreSQL: one `REPEATABLE READ` transaction on a connection of its own. SQLite: its
    /// online copy is made at `copy`, a path where nothing is yet, and read from there.
    pub async fn snapshot(&self, copy: &Path, now: Timestamp) -> Result<Snapshot, BackupError> {
        match self.target() {
            #[cfg(feature = "sqlite")]
            target @ Target::Sqlite(_) => {
                copy_online(target, copy).await?;
                Snapshot::take(&Target::copy(copy), DatabaseKind::Sqlite, now).await
            }
            #[cfg(feature = "postgres")]
            target @ Target::Postgres { .. } => {
                let _ = copy;
                Snapshot::take(target, DatabaseKind::Postgres, now).await
            }
        }
    }

    /// What the tables of a backup amount to as they are in this database.
    pub async fn proofs(&self, tables: &[Table]) -> Result<Vec<TableProof>, BackupError> {
        let live = schema::live(self.target()).await?;
        let mut conn = Direct::open(self.target()).await?;
        conn.begin_snapshot(&[]).await?;
        let mut proofs = Vec::new();
        for table in tables {
            super::restore::check_columns(table, &live)?;
            proofs.push(rows::proof(&mut conn, table).await?);
        }
        Ok(proofs)
    }

    /// How many rows a table has, as `SELECT COUNT(*)` tells it.
    pub async fn count(&self, table: &str) -> Result<u64, StoreError> {
        rows::count(&mut Direct::open(self.target()).await?, table).await
    }
}

/// SQLite's own copy of one moment, readable by its owner only; writers are not held up.
#[cfg(feature = "sqlite")]
async fn copy_online(target: &Target, copy: &Path) -> Result<(), BackupError> {
    let path = copy
        .to_str()
        .filter(|path| !path.contains('\0'))
        .ok_or_else(|| std::io::Error::other("its path is not text"))?;
    let mut open = std::fs::OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    drop(open.open(copy)?);
    let sql = format!("VACUUM INTO {}", quote::literal(path));
    let mut conn = Direct::open(target).await?;
    conn.script(&sql).await?;
    conn.close().await?;
    Ok(())
}

impl Snapshot {
    async fn take(
        target: &Target,
        database: DatabaseKind,
        now: Timestamp,
    ) -> Result<Self, BackupError> {
        let mut conn = Direct::open(target).await?;
        for _ in 0..3 {
            conn.script("BEGIN").await?;
            let before = introspect(&mut conn).await?;
            conn.script("COMMIT").await?;
            let names: Vec<String> = before
                .tables
                .iter()
                .map(|table| rows::quoted(&table.name))
                .collect::<Result<_, StoreError>>()?;
            conn.begin_snapshot(&names).await?;
            let schema = introspect(&mut conn).await?;
            if schema == before {
                return Self::of(conn, &schema, database, now).await;
            }
            conn.script("ROLLBACK").await?;
        }
        Err(BackupError::Changing)
    }

    async fn of(
        mut conn: Direct,
        schema: &Schema,
        database: DatabaseKind,
        now: Timestamp,
    ) -> Result<Self, BackupError> {
        if schema.table(PENDING_TABLE).is_some() {
            return Err(BackupError::Unfinished);
        }
        if schema.tables.is_empty() {
            return Err(BackupError::Nothing);
        }
        let tables: Vec<Table> = schema.tables.iter().map(described).collect();
        let mut header = Header::new(now, database, tables);
        header.migrations = migrations(&mut conn).await?;
        if database == DatabaseKind::Sqlite {
            refuse_unknown(&header.migrations)?;
        }
        header.schema_version = header
            .migrations
            .last()
            .and_then(|newest| newest.name.get(.."YYYYMMDD_NNN".len()))
            .ok_or(BackupError::Nothing)?
            .to_owned();
        header.restore_epoch = restore_epoch(&mut conn).await?;
        let mut rows = 0;
        for table in &header.tables {
            rows += rows::count(&mut conn, &table.name).await?;
        }
        Ok(Self { conn, header, rows })
    }

    /// Reads a SQLite file nobody else uses, such as an online copy, without changing it.
    #[cfg(feature = "sqlite")]
    pub async fn of_copy(copy: &Path, now: Timestamp) -> Result<Self, BackupError> {
        Self::take(&Target::copy(copy), DatabaseKind::Sqlite, now).await
    }

    /// What SQLite itself finds wrong with a copy.
    #[cfg(feature = "sqlite")]
    pub async fn integrity(&mut self) -> Result<Vec<String>, StoreError> {
        let mut query = Query::select();
        query
            .column(Alias::new("integrity_check"))
            .from(Alias::new("pragma_integrity_check"));
        let rows = self.conn.rows(&query).await?;
        let lines: Result<Vec<String>, StoreError> =
            rows.iter().map(|row| row.columns().text()).collect();
        Ok(lines?.into_iter().filter(|line| line != "ok").collect())
    }

    /// How many rows a table has.
    pub async fn count(&mut self, table: &str) -> Result<u64, StoreError> {
        rows::count(&mut self.conn, table).await
    }

    /// What is in it.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// How many rows there are.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes every row, and tells now and then how many it has written.
    pub async fn write_rows<W: std::io::Write>(
        &mut self,
        writer: &mut Writer<W>,
        told: &mut (dyn FnMut(u64) + Send),
    ) -> Result<(), BackupError> {
        rows::write(&mut self.conn, &self.header.tables, writer, told).await
    }

    /// The name under which another connection to the same PostgreSQL sees the same moment.
    pub async fn export(&mut self) -> Result<String, StoreError> {
        self.one_text("pg_export_snapshot()").await
    }

    /// The major version of the PostgreSQL server.
    pub async fn server_major(&mut self) -> Result<u32, StoreError> {
        let number = self
            .one_text("current_setting('server_version_num')")
            .await?;
        let number: u32 = number
            .parse()
            .map_err(|_| StoreError::Corrupt("the version of the server".to_owned()))?;
        Ok(number / 10_000)
    }

    /// Ends it, after everything that was to see the same moment has seen it.
    pub async fn close(self) -> Result<(), StoreError> {
        self.conn.close().await
    }

    async fn one_text(&mut self, expression: &'static str) -> Result<String, StoreError> {
        let mut query = Query::select();
        query.expr(Expr::cust(expression));
        let rows = self.conn.rows(&query).await?;
        rows.first()
            .map_or(Ok(String::new()), |row| row.columns().text())
    }
}

pub(crate) fn described(table: &schema::Table) -> Table {
    Table {
        name: table.name.clone(),
        columns: table
            .columns
            .iter()
            .map(|column| Column {
                name: column.name.clone(),
                kind: column.kind,
            })
            .collect(),
        primary_key: table.primary_key.clone(),
        references: table
            .foreign_keys
            .iter()
            .map(|key| Reference {
                columns: key.columns.clone(),
                table: key.table.clone(),
                to: key.references.clone(),
            })
            .collect(),
    }
}

async fn migrations(conn: &mut Direct) -> Result<Vec<Applied>, StoreError> {
    use crate::tables::HjSchemaMigration as Ledger;
    let mut query = Query::select();
    query
        .columns([Ledger::Name, Ledger::Checksum])
        .from(Ledger::Table)
        .order_by(Ledger::Version, Order::Asc);
    let rows = conn.rows(&query).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(Applied {
                name: columns.text()?,
                checksum: columns.text()?,
            })
        })
        .collect()
}

/// What the columns of SQLite hold is told by the migrations alone: those of a migration that is
/// not known here would be written as something else, and no program could restore that.
fn refuse_unknown(applied: &[Applied]) -> Result<(), BackupError> {
    let known = migrate::known(DatabaseKind::Sqlite);
    let unknown = applied
        .iter()
        .find(|applied| known.iter().all(|known| known.name != applied.name));
    match unknown {
        None => Ok(()),
        Some(unknown) => Err(BackupError::Unknown {
            name: unknown.name.clone(),
        }),
    }
}

async fn restore_epoch(conn: &mut Direct) -> Result<u64, StoreError> {
    let mut query = Query::select();
    query
        .column(Alias::new("value"))
        .from(Alias::new("cp_setting"))
        .and_where(Expr::col(Alias::new("name")).eq(SETTING));
    let rows = conn.rows(&query).await?;
    let text = rows.first().map(|row| row.columns().text()).transpose()?;
    Ok(RestoreEpoch::of_setting(text.as_deref())?.number)
}
