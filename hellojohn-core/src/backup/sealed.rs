//! Where a row holds sealed values, and the place each was sealed for.

use super::{Table, Value};
use crate::seal::{
    Place,
    places::{self, SealedColumn},
};

/// A sealed column of a table, by position.
#[derive(Clone, Copy)]
pub(super) struct SealedAt {
    pub(super) column: &'static SealedColumn,
    at: usize,
    named_by: usize,
}

/// The sealed columns of a table.
pub(super) fn sealed_columns(table: &Table) -> Vec<SealedAt> {
    let position = |name: &str| table.columns.iter().position(|column| column.name == name);
    places::ALL
        .iter()
        .filter(|column| column.table == table.name)
        .filter_map(|column| {
            Some(SealedAt {
                column,
                at: position(column.column)?,
                named_by: position(column.named_by.name())?,
            })
        })
        .collect()
}

impl SealedAt {
    /// The sealed text of a row and the name of the row; none if nothing is sealed there.
    pub(super) fn of<'r>(&self, row: &'r [Value]) -> Option<(&'r str, String)> {
        let name = match row.get(self.named_by)? {
            Value::Text(text) => text.clone(),
            Value::Bytes(bytes) => places::row_of_bytes(bytes),
            _ => return None,
        };
        let only = self.column.only;
        if !only.is_empty() && !only.contains(&name.as_str()) {
            return None;
        }
        match row.get(self.at)? {
            Value::Text(text) => Some((text, name)),
            _ => None,
        }
    }

    pub(super) const fn place<'a>(&self, row: &'a str) -> Place<'a> {
        self.column.place(row)
    }
}
