//! Whether every foreign key points at a row that is there.

use std::collections::HashSet;

use super::{Damage, Report, RowName};
use crate::backup::{Hash, Table, Value};

/// The keys that may be referred to, each as 16 bytes of its hash.
pub(super) struct References {
    targets: Vec<Target>,
    tables: Vec<Refers>,
    open: Vec<Open>,
}

/// Columns of a table that others refer to.
struct Target {
    table: usize,
    name: String,
    columns: Vec<usize>,
    seen: HashSet<u128>,
    /// Whether a row of it could not be read, so that not finding a key proves nothing.
    uncertain: bool,
}

/// What the rows of one table refer to: columns and target.
#[derive(Default)]
struct Refers(Vec<(Vec<usize>, usize)>);

/// A reference whose row has not come yet.
struct Open {
    from: RowName,
    target: usize,
    hash: u128,
    key: String,
}

/// More than that are not told anyway.
const MOST_OPEN: usize = 10_000;

impl References {
    pub(super) fn new(tables: &[Table]) -> Self {
        let mut new = Self {
            targets: Vec::new(),
            tables: Vec::new(),
            open: Vec::new(),
        };
        for table in tables {
            let mut refers = Refers::default();
            for reference in &table.references {
                let from = table.positions(&reference.columns);
                if let Some(target) = new.target(tables, &reference.table, &reference.to) {
                    refers.0.push((from, target));
                }
            }
            new.tables.push(refers);
        }
        new
    }

    fn target(&mut self, tables: &[Table], name: &str, to: &[String]) -> Option<usize> {
        let table = tables.iter().position(|table| table.name == name)?;
        let columns = tables.get(table)?.positions(to);
        let known = self
            .targets
            .iter()
            .position(|target| target.table == table && target.columns == columns);
        Some(known.unwrap_or_else(|| {
            self.targets.push(Target {
                table,
                name: name.to_owned(),
                columns,
                seen: HashSet::new(),
                uncertain: false,
            });
            self.targets.len() - 1
        }))
    }

    /// Takes a row of the table at this position.
    pub(super) fn row(&mut self, at: usize, row: &[Value], name: &RowName) {
        for target in self.targets.iter_mut().filter(|target| target.table == at) {
            if let Some((hash, _)) = hash_of(row, &target.columns) {
                target.seen.insert(hash);
            }
        }
        let Some(refers) = self.tables.get(at) else {
            return;
        };
        for (columns, target) in &refers.0 {
            let Some((hash, key)) = hash_of(row, columns) else {
                continue;
            };
            let found = self
                .targets
                .get(*target)
                .is_none_or(|target| target.seen.contains(&hash));
            if !found && self.open.len() < MOST_OPEN {
                self.open.push(Open {
                    from: name.clone(),
                    target: *target,
                    hash,
                    key,
                });
            }
        }
    }

    /// A row of the table at this position could not be read.
    pub(super) fn uncertain(&mut self, at: usize) {
        for target in self.targets.iter_mut().filter(|target| target.table == at) {
            target.uncertain = true;
        }
    }

    /// Tells which references lead nowhere.
    pub(super) fn finish(self, report: &mut Report) {
        for open in self.open {
            let Some(target) = self.targets.get(open.target) else {
                continue;
            };
            if !target.uncertain && !target.seen.contains(&open.hash) {
                report.add(Damage::Reference {
                    row: open.from,
                    table: target.name.clone(),
                    key: open.key,
                });
            }
        }
    }
}

/// None if one of the values is null: such a row refers to nothing.
fn hash_of(row: &[Value], columns: &[usize]) -> Option<(u128, String)> {
    let mut parts = Vec::with_capacity(columns.len());
    for at in columns {
        match row.get(*at)? {
            Value::Null => return None,
            value => parts.push(value.shown()),
        }
    }
    let bytes: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    let hash = Hash::of("key", &bytes);
    let (half, _) = hash.as_bytes().split_first_chunk::<16>()?;
    Some((u128::from_be_bytes(*half), parts.join(", ")))
}
