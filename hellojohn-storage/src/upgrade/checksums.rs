//! What every row says, column by column, so that two moments of a database can be compared.

use std::collections::BTreeMap;

use hellojohn_core::{
    backup::{Column, Table, Value},
    store::StoreError,
};
use sha2::{Digest as _, Sha256};

use crate::{
    backup::{Reading, described},
    conn::Direct,
    migrate::{LEDGER_TABLE, SCHEMA_RELEASE},
    schema::Schema,
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
        self.lost_but_for(&[], later).0
    }

    /// The same without the values of these columns, and those of them that have other values.
    pub(super) fn lost_but_for(
        &self,
        changed: &[String],
        later: &Self,
    ) -> (Vec<String>, Vec<String>) {
        let mut kept = self.clone();
        let mut on_purpose = Vec::new();
        for (name, table) in &mut kept.tables {
            let Some(now) = later.tables.get(name) else {
                continue;
            };
            for (column, checksum) in &mut table.columns {
                let whole = format!("{name}.{column}");
                if let Some(now) = now.columns.get(column)
                    && now != checksum
                    && changed.contains(&whole)
                {
                    *checksum = *now;
                    on_purpose.push(whole);
                }
            }
        }
        (kept.all_lost_in(later), on_purpose)
    }

    fn all_lost_in(&self, later: &Self) -> Vec<String> {
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
        let mut wanted = described(live);
        wanted
            .columns
            .retain(|column| table.column(&column.name).is_some());
        wanted.primary_key.clone_from(&table.primary_key);
        wanted
            .primary_key
            .retain(|name| live.column(name).is_some());
        let mut sums = Sums::of(&wanted);
        let mut reading = Reading::of(&wanted);
        loop {
            let rows = reading.batch(conn).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows.iter().filter(|row| counts(&wanted, row, version)) {
                sums.add(row);
            }
        }
        tables.insert(table.name.clone(), sums.finish());
    }
    Ok(Checksums { tables })
}

/// Whether a row is not one that migrations write.
fn counts(table: &Table, row: &[Value], version: &str) -> bool {
    let text = |name: &str| {
        let at = table.columns.iter().position(|column| column.name == name);
        match at.and_then(|at| row.get(at)) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        }
    };
    match table.name.as_str() {
        LEDGER_TABLE => text("version").is_some_and(|applied| applied <= version),
        "cp_setting" => text("name") != Some(SCHEMA_RELEASE),
        _ => true,
    }
}

/// The checksums of a table while its rows come by.
struct Sums {
    rows: u64,
    /// Where the key is.
    key: Vec<usize>,
    columns: Vec<(String, Sha256)>,
}

impl Sums {
    fn of(table: &Table) -> Self {
        let columns = &table.columns;
        let at = |name: &String| columns.iter().position(|column| column.name == *name);
        let start = |column: &Column| (column.name.clone(), Sha256::new());
        Self {
            rows: 0,
            key: table.primary_key.iter().filter_map(at).collect(),
            columns: columns.iter().map(start).collect(),
        }
    }

    /// A value counts with the key of its row: two rows cannot change places unnoticed.
    fn add(&mut self, row: &[Value]) {
        let mut key = Sha256::new();
        for value in self.key.iter().filter_map(|&at| row.get(at)) {
            add(&mut key, value);
        }
        let key = key.finalize();
        for ((_, sum), value) in self.columns.iter_mut().zip(row) {
            sum.update(key);
            add(sum, value);
        }
        self.rows += 1;
    }

    fn finish(self) -> OfTable {
        let done = |(name, sum): (String, Sha256)| (name, sum.finalize().into());
        OfTable {
            rows: self.rows,
            columns: self.columns.into_iter().map(done).collect(),
        }
    }
}

/// Every value begins with its kind, and text and bytes with their length.
fn add(sum: &mut Sha256, value: &Value) {
    let mut long = |kind: u8, bytes: &[u8]| {
        sum.update([kind]);
        sum.update(bytes.len().to_be_bytes());
        sum.update(bytes);
    };
    match value {
        Value::Text(text) => long(1, text.as_bytes()),
        Value::Integer(number) => long(2, &number.to_be_bytes()),
        Value::Boolean(flag) => long(3, &[u8::from(*flag)]),
        Value::Time(at) => long(4, &at.as_micros().to_be_bytes()),
        Value::Bytes(bytes) => long(5, bytes),
        Value::Json(text) => long(6, text.as_bytes()),
        Value::Null => long(0, &[]),
        other => long(7, format!("{other:?}").as_bytes()),
    }
}
