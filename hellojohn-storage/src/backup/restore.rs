use std::io::BufRead;

use hellojohn_core::{
    backup::{Applied, Column, Header, Manifest, Rows, Table, Value},
    restore::PENDING_TABLE,
};

use super::{BackupError, rows, snapshot::described};
use crate::{
    MigrationOptions, SqlStore,
    conn::Direct,
    migrate,
    schema::{self, Schema},
};

/// What a restore brought.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Restored {
    /// How many rows.
    pub rows: u64,
    /// Into how many tables.
    pub tables: u64,
}

impl SqlStore {
    /// The names of our tables that are there.
    pub async fn table_names(&self) -> Result<Vec<String>, BackupError> {
        let live = schema::live(self.target()).await?;
        Ok(live.tables.into_iter().map(|table| table.name).collect())
    }

    /// Marks an empty database as one a restore was begun into.
    ///
    /// The mark goes in the transaction that opens the new restore epoch, so that a server never
    /// takes half an instance, or one whose revoked sessions live again, for the whole (R200).
    pub async fn begin_restore(&self) -> Result<(), BackupError> {
        let tables = self.table_names().await?;
        if tables.iter().any(|table| table == PENDING_TABLE) {
            return Err(BackupError::Unfinished);
        }
        if !tables.is_empty() {
            return Err(BackupError::NotEmpty { tables });
        }
        let mut conn = Direct::open(self.target()).await?;
        let sql = conn.choose(
            "CREATE TABLE hj_restore_pending (begun_by TEXT NOT NULL CONSTRAINT hj_restore_pending_pkey PRIMARY KEY)",
            "CREATE TABLE hj_restore_pending (begun_by TEXT NOT NULL CONSTRAINT hj_restore_pending_pkey PRIMARY KEY) STRICT",
        );
        conn.script(sql).await?;
        conn.close().await?;
        Ok(())
    }

    /// Whether this program can make the schema of a backup.
    pub fn can_restore(&self, header: &Header) -> Result<(), BackupError> {
        let known = migrate::known(header.database);
        for applied in &header.migrations {
            let Some(ours) = known.iter().find(|ours| ours.name == applied.name) else {
                let newest = known.last().map_or("", |newest| newest.name.as_str());
                let name = applied.name.clone();
                return Err(if applied.name.as_str() > newest {
                    BackupError::Newer { name }
                } else {
                    BackupError::Foreign { name }
                });
            };
            if ours.checksum != applied.checksum {
                return Err(BackupError::Foreign {
                    name: applied.name.clone(),
                });
            }
        }
        Ok(())
    }

    /// Makes the schema of a verified backup and brings in its rows, all of them or none, then
    /// reads everything back and compares it with the manifest.
    ///
    /// To be called after [`begin_restore`](Self::begin_restore). The backup may be of the
    /// other kind of database; then the ledger is that of the migrations that were run here,
    /// since its scripts and checksums are.
    pub async fn restore_rows<R: BufRead>(
        &self,
        backup: Rows<R>,
        manifest: &Manifest,
        told: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Restored, BackupError> {
        if !backup.is_told_of_by(manifest) {
            return Err(BackupError::Exchanged);
        }
        self.can_restore(backup.header())?;
        let names = |applied: &[Applied]| {
            let names = applied.iter().map(|applied| applied.name.clone());
            names.collect::<Vec<_>>()
        };
        self.migrations()
            .only(&names(&backup.header().migrations))
            .run(&MigrationOptions::default())
            .await?;
        let live = schema::live(self.target()).await?;
        check_tables(backup.header(), &live)?;
        let mut conn = Direct::open(self.target()).await?;
        let limits = conn.choose("SET LOCAL statement_timeout = 0", "");
        conn.script(&format!("BEGIN; {limits}")).await?;
        let header = backup.header().clone();
        let keeps_ledger = header.database != self.target().kind();
        let carried = |table: &Table| !(keeps_ledger && table.name == migrate::LEDGER_TABLE);
        for table in header.tables.iter().rev().filter(|table| carried(table)) {
            let name = rows::quoted(&table.name)?;
            // What migrations themselves wrote is in the backup too, as it became.
            conn.script(&format!("DELETE FROM {name}")).await?;
        }
        let restored = load(&mut conn, backup, carried, told).await?;
        for (table, proof) in header.tables.iter().zip(&manifest.tables) {
            if carried(table) && rows::proof(&mut conn, table).await? != *proof {
                return Err(BackupError::Differs {
                    table: table.name.clone(),
                });
            }
        }
        conn.script("COMMIT").await?;
        conn.close().await?;
        Ok(restored)
    }
}

async fn load<R: BufRead>(
    conn: &mut Direct,
    mut backup: Rows<R>,
    carried: impl Fn(&Table) -> bool,
    told: &mut (dyn FnMut(u64) + Send),
) -> Result<Restored, BackupError> {
    let tables = backup.header().tables.clone();
    let mut done = 0;
    let mut waiting: (usize, Vec<Vec<Value>>) = (0, Vec::new());
    loop {
        let row = backup.next_row()?;
        let full = tables
            .get(waiting.0)
            .is_some_and(|table| waiting.1.len() >= rows::rows_at_once(table));
        let other = row.as_ref().is_none_or(|(table, _)| *table != waiting.0);
        if (full || other)
            && let Some(table) = tables.get(waiting.0)
        {
            rows::insert(conn, table, &waiting.1).await?;
            done += u64::try_from(waiting.1.len()).unwrap_or(0);
            waiting.1.clear();
            told(done);
        }
        let Some((table, values)) = row else { break };
        waiting.0 = table;
        if tables.get(table).is_some_and(&carried) {
            waiting.1.push(values);
        }
    }
    Ok(Restored {
        rows: done,
        tables: u64::try_from(tables.len()).unwrap_or(0),
    })
}

/// Whether the backup has every table of the schema and no other, each once.
fn check_tables(header: &Header, live: &Schema) -> Result<(), BackupError> {
    let described = || header.tables.iter().map(|table| table.name.as_str());
    for table in &header.tables {
        check_columns(table, live)?;
        if described().filter(|name| *name == table.name).count() > 1 {
            return Err(BackupError::Unexpected {
                what: format!("{} twice", table.name),
            });
        }
    }
    let ours = live
        .tables
        .iter()
        .filter(|table| table.name != PENDING_TABLE);
    for table in ours {
        if !described().any(|name| name == table.name) {
            return Err(BackupError::Lacks {
                table: table.name.clone(),
            });
        }
    }
    Ok(())
}

/// Whether the schema has a table with exactly these columns.
pub(super) fn check_columns(table: &Table, live: &Schema) -> Result<(), BackupError> {
    let unexpected = |what: String| BackupError::Unexpected { what };
    let found = live
        .table(&table.name)
        .map(described)
        .ok_or_else(|| unexpected(table.name.clone()))?;
    let lacks = |columns: &[Column], column: &Column| !columns.contains(column);
    let missing = table
        .columns
        .iter()
        .find(|column| lacks(&found.columns, column))
        .or_else(|| {
            let mut columns = found.columns.iter();
            columns.find(|column| lacks(&table.columns, column))
        });
    match missing {
        Some(column) => Err(unexpected(format!("{}.{}", table.name, column.name))),
        None => Ok(()),
    }
}
