//! What every row says, column by column, so that two moments of a database can be compared.

use std::collections::BTreeMap;

use hellojohn_core::store::StoreError;
use sea_query::{Alias, Expr, ExprTrait as _, Order, Query, SelectStatement};
use sha2::{Digest as _, Sha256};

use crate::{
    conn::{Direct, Row},
    schema::{Schema, Table},
};

/// A checksum of every column of every table, over all rows in the order of their primary keys.
///
/// Left out is what a migration itself writes: its line in the ledger, and which release the schema has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checksums {
    tables: BTreeMap<String, OfTable>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct OfTable {
    rows: u64,
    columns: BTreeMap<String, [u8; 32]>,
}

impl Checksums {
    /// How many rows were read.
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|table| table.rows).sum()
    }

    /// How many tables were read.
    pub fn tables(&self) -> usize {
        self.tables.len()
    }

    /// How many columns were read.
    pub fn columns(&self) -> usize {
        self.tables.values().map(|table| table.columns.len()).sum()
    }

    /// What of this is not the same later, each as one line that names table and column.
    pub fn lost_in(&self, later: &Self) -> Vec<String> {
        let mut lost = Vec::new();
        for (name, table) in &self.tables {
            match later.tables.get(name) {
                None => lost.push(format!("{name} is gone, with {} rows", table.rows)),
                Some(later) if later.rows != table.rows => lost.push(format!(
                    "{name} has {} rows instead of {}",
                    later.rows, table.rows
                )),
                Some(later) => lost.extend(table.changes(name, later)),
            }
        }
        lost
    }
}

impl OfTable {
    fn changes(&self, name: &str, later: &Self) -> Vec<String> {
        self.columns
            .iter()
            .filter_map(|(column, checksum)| match later.columns.get(column) {
                None => Some(format!("{name}.{column} is gone")),
                Some(later) if later != checksum => {
                    Some(format!("{name}.{column} has other values"))
                }
                Some(_) => None,
            })
            .collect()
    }
}

/// Reads what `before` had, as far as `now` still has it; `version` is the schema's at that time.
pub(super) async fn checksums(
    conn: &mut Direct,
    before: &Schema,
    now: &Schema,
    version: &str,
) -> Result<Checksums, StoreError> {
    let mut tables = BTreeMap::new();
    for table in &before.tables {
        let Some(live) = now.table(&table.name) else {
            continue;
        };
        let kept = |name: &&String| live.column(name).is_some();
        let columns: Vec<&String> = table.columns.iter().map(|column| &column.name).collect();
        let columns: Vec<&String> = columns.into_iter().filter(kept).collect();
        let key: Vec<&String> = table.primary_key.iter().filter(kept).collect();
        let statement = select(conn, table, [&key, &columns], version);
        let mut reading = Reading::of(&key, &columns);
        for row in conn.rows(&statement).await? {
            reading.add(&row)?;
        }
        tables.insert(table.name.clone(), reading.finish());
    }
    Ok(Checksums { tables })
}

/// The key and then all columns, as the database spells their values.
fn select(
    conn: &Direct,
    table: &Table,
    [key, columns]: [&[&String]; 2],
    version: &str,
) -> SelectStatement {
    let mut statement = Query::select();
    for name in key.iter().chain(columns) {
        let name = name.replace('"', "\"\"");
        let text = conn.choose("CAST(\"…\" AS TEXT)", "QUOTE(\"…\")");
        statement.expr(Expr::cust(text.replace('…', &name)));
    }
    statement.from(Alias::new(&table.name));
    for name in if key.is_empty() { columns } else { key } {
        statement.order_by(Alias::new(name.as_str()), Order::Asc);
    }
    match table.name.as_str() {
        "hj_schema_migration" => {
            statement.and_where(Expr::col(Alias::new("version")).lte(version));
        }
        "cp_setting" => {
            statement.and_where(Expr::col(Alias::new("name")).ne("schema_release"));
        }
        _ => {}
    }
    statement
}

/// The checksums of a table while its rows come by.
struct Reading {
    rows: u64,
    key: usize,
    columns: Vec<(String, Sha256)>,
}

impl Reading {
    fn of(key: &[&String], columns: &[&String]) -> Self {
        let start = |name: &&String| ((*name).clone(), Sha256::new());
        Self {
            rows: 0,
            key: key.len(),
            columns: columns.iter().map(start).collect(),
        }
    }

    /// A value counts with the key of its row: two rows cannot change places unnoticed.
    fn add(&mut self, row: &Row) -> Result<(), StoreError> {
        let mut values = row.columns();
        let mut key = Sha256::new();
        for _ in 0..self.key {
            add(&mut key, values.opt_text()?);
        }
        let key = key.finalize();
        for (_, checksum) in &mut self.columns {
            checksum.update(key);
            add(checksum, values.opt_text()?);
        }
        self.rows += 1;
        Ok(())
    }

    fn finish(self) -> OfTable {
        let done = |(name, checksum): (String, Sha256)| (name, checksum.finalize().into());
        OfTable {
            rows: self.rows,
            columns: self.columns.into_iter().map(done).collect(),
        }
    }
}

fn add(checksum: &mut Sha256, value: Option<String>) {
    match value {
        None => checksum.update([0]),
        Some(text) => {
            checksum.update([1]);
            checksum.update(text.len().to_be_bytes());
            checksum.update(text);
        }
    }
}
