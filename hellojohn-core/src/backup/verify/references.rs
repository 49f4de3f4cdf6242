//! Whether every foreign key points at a row that is there.

use std::collections::HashSet;

use super::{Damage, Report, RowName};
use crate::backup::{Hash, Table, Value};

/// The keys that may be referred to, each as 16 bytes of its hash.
pub(super) struct References {
    targets: Vec<Target>,
    tables: Vec<Refers>,
    open: Vec<Open>,
    /// References that were not kept, since there were too many.
    unchecked: u64,
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

/// When so many wait, those are let go whose row has come meanwhile.
const MOST_OPEN: usize = 20_000;

/// If more than these still wait then, looking again and again would take too long.
const MOST_LEFT: usize = MOST_OPEN / 2;

impl References {
    pub(super) fn new(tables: &[Table]) -> Self {
        let mut new = Self {
            targets: Vec::new(),
            tables: Vec::new(),
            open: Vec::new(),
            unchecked: 0,
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
        let mut open = Vec::new();
        for (columns, target) in &refers.0 {
            let Some((hash, key)) = hash_of(row, columns) else {
                continue;
            };
            if !is_there(&self.targets, *target, hash) {
                open.push(Open {
                    from: name.clone(),
                    target: *target,
                    hash,
                    key,
                });
            }
        }
        for reference in open {
            self.wait_for(reference);
        }
    }

    fn wait_for(&mut self, reference: Open) {
        let mut room = self.unchecked == 0;
        if room && self.open.len() >= MOST_OPEN {
            let targets = &self.targets;
            self.open
                .retain(|open| !is_there(targets, open.target, open.hash));
            room = self.open.len() <= MOST_LEFT;
        }
        if room {
            self.open.push(reference);
        } else {
            self.unchecked += 1;
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
        if self.unchecked > 0 {
            report.add(Damage::Unchecked {
                references: self.unchecked,
            });
        }
    }
}

/// Whether the row with this key has come.
fn is_there(targets: &[Target], target: usize, hash: u128) -> bool {
    targets
        .get(target)
        .is_none_or(|target| target.seen.contains(&hash))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::{Column, Kind, Reference};

    /// Users, each of which may refer to another one.
    fn users() -> Table {
        let column = |name: &str| Column {
            name: name.to_owned(),
            kind: Kind::Text,
        };
        Table {
            name: "hj_user".to_owned(),
            columns: vec![column("id"), column("parent")],
            primary_key: vec!["id".to_owned()],
            references: vec![Reference {
                columns: vec!["parent".to_owned()],
                table: "hj_user".to_owned(),
                to: vec!["id".to_owned()],
            }],
        }
    }

    /// What is found in rows of these ids and parents.
    fn found(rows: impl Iterator<Item = (String, String)>) -> Report {
        let mut references = References::new(&[users()]);
        for (ordinal, (id, parent)) in (1..).zip(rows) {
            let name = RowName {
                table: "hj_user".to_owned(),
                ordinal,
                line: ordinal + 1,
                key: None,
            };
            references.row(0, &[Value::Text(id), Value::Text(parent)], &name);
        }
        let mut report = Report::new(false);
        references.finish(&mut report);
        report
    }

    /// A row and the one it refers to, which comes right after it, over and over.
    fn pairs(count: usize) -> impl Iterator<Item = (String, String)> {
        (0..count).flat_map(|pair| {
            let (first, second) = (format!("a{pair}"), format!("b{pair}"));
            [(first, second.clone()), (second.clone(), second)]
        })
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_found_after_any_number_that_were_answered() {
        let lost = ("last".to_owned(), "nobody".to_owned());
        let report = found(pairs(MOST_OPEN + 1).chain([lost]));
        assert_eq!(report.findings, 1);
        assert!(matches!(
            &report.damage[..],
            [Damage::Reference { key, .. }] if key == "nobody"
        ));
        assert!(found(pairs(MOST_OPEN + 1)).is_whole());
    }

    #[test]
    fn too_many_references_to_check_are_told() {
        let extra = 3;
        let ids = 0..MOST_OPEN + extra;
        let forward = ids.clone().map(|id| (format!("a{id}"), format!("b{id}")));
        let targets = ids.map(|id| (format!("b{id}"), format!("b{id}")));
        let report = found(forward.chain(targets));
        let references = u64::try_from(extra).unwrap();
        assert_eq!(report.damage, [Damage::Unchecked { references }]);
    }
}
