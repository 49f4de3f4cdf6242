//! The rows of one table: each by itself, and all of them together.

use super::{Damage, Report, RowFault, RowName, report::MOST};
use crate::{
    backup::{
        Table, TableProof, Tree, Value, leaf,
        line::{Line, RowLine, key_of_damaged},
        sealed::{SealedAt, sealed_columns},
        value,
    },
    seal::{SealError, Sealer, key_id_of},
};

/// Whether it is a table's turn to have rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It is.
    Now,
    /// Rows of a later table came already.
    Past,
}

pub(super) struct TableCheck {
    pub(super) name: String,
    described: Option<Table>,
    key: Vec<usize>,
    sealed: Vec<SealedAt>,
    /// Over the rows as they are.
    as_read: Tree,
    /// Over the hashes beside them.
    as_stated: Tree,
    /// The place the next row should have.
    next: u64,
    last_sound: u64,
    last_key: Option<Vec<Value>>,
    /// Rows that do not fit the hash beside them; no more than are told in the end.
    suspects: Vec<RowName>,
    /// How many more there are.
    more_suspects: u64,
    wrong: u64,
}

impl TableCheck {
    pub(super) fn of(table: &Table) -> Self {
        Self {
            key: table.positions(&table.primary_key),
            sealed: sealed_columns(table),
            described: Some(table.clone()),
            ..Self::unknown(&table.name)
        }
    }

    /// A table the first line says nothing of, because it cannot be read.
    pub(super) fn unknown(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            described: None,
            key: Vec::new(),
            sealed: Vec::new(),
            as_read: Tree::default(),
            as_stated: Tree::default(),
            next: 1,
            last_sound: 0,
            last_key: None,
            suspects: Vec::new(),
            more_suspects: 0,
            wrong: 0,
        }
    }

    /// Takes a row that fits its own hash; answers its values if they can be read.
    pub(super) fn sound(
        &mut self,
        row: &RowLine<'_>,
        line: u64,
        turn: Turn,
        report: &mut Report,
    ) -> Option<Vec<Value>> {
        self.as_read.push(row.stated);
        self.as_stated.push(row.stated);
        report.rows += 1;
        let values = self
            .described
            .as_ref()
            .map(|table| value::decode(table, row.text));
        let name = match &values {
            Some(Ok(values)) => self.name_of(values, row.ordinal, line),
            _ => self.name_at(row.ordinal, line),
        };
        if turn == Turn::Past || row.ordinal <= self.last_sound {
            self.fault(name.clone(), RowFault::Misplaced, report);
        } else {
            if row.ordinal > self.next {
                self.wrong += 1;
                report.add(Damage::Missing {
                    table: self.name.clone(),
                    first: self.next,
                    last: row.ordinal - 1,
                });
            }
            self.last_sound = row.ordinal;
            self.next = row.ordinal + 1;
        }
        match values? {
            Ok(values) => {
                self.in_order(&values, &name, report);
                Some(values)
            }
            Err(why) => {
                self.fault(name, RowFault::Misfit(why.to_string()), report);
                None
            }
        }
    }

    fn in_order(&mut self, values: &[Value], name: &RowName, report: &mut Report) {
        let key: Vec<Value> = self
            .key
            .iter()
            .filter_map(|at| values.get(*at).cloned())
            .collect();
        let order = self
            .last_key
            .as_ref()
            .map(|last| value::compare(last, &key));
        match order {
            Some(std::cmp::Ordering::Equal) => {
                self.fault(name.clone(), RowFault::Duplicate, report);
            }
            Some(std::cmp::Ordering::Greater) => {
                self.fault(name.clone(), RowFault::Misplaced, report);
            }
            _ => self.last_key = Some(key),
        }
    }

    /// Takes a line that is a row of this table but does not fit its hash, or has none.
    pub(super) fn damaged(&mut self, row: Option<&RowLine<'_>>, line: &Line, report: &mut Report) {
        let key = self
            .described
            .as_ref()
            .and_then(|table| key_of_damaged(&line.bytes, table));
        let name = RowName {
            key,
            ..self.name_at(self.next, line.number)
        };
        match row {
            Some(row) => {
                self.as_read.push(leaf(&self.name, self.next, row.text));
                self.as_stated.push(row.stated);
                // Which of the two it is shows at the end.
                self.suspect(name);
            }
            None => match text_of(&line.bytes) {
                Some(text) => {
                    let found = leaf(&self.name, self.next, text);
                    self.as_read.push(found);
                    self.as_stated.push(found);
                    self.suspect(name);
                }
                None => self.fault(name, RowFault::Unreadable, report),
            },
        }
        self.next = self.next.saturating_add(1);
    }

    /// Compares all of it with what the manifest says.
    pub(super) fn compare(&mut self, proof: &TableProof, report: &mut Report) {
        if self.next <= proof.rows {
            self.wrong += 1;
            report.add(Damage::Missing {
                table: self.name.clone(),
                first: self.next,
                last: proof.rows,
            });
        } else if self.next - 1 > proof.rows {
            self.wrong += 1;
            report.add(Damage::Added {
                table: self.name.clone(),
                rows: self.next - 1 - proof.rows,
            });
        }
        let whole = self.as_read.root() == proof.root;
        let fault = if whole {
            RowFault::HashOnly
        } else {
            RowFault::Changed
        };
        self.tell_suspects(&fault, report);
        if !whole && self.wrong == 0 {
            self.wrong += 1;
            report.add(Damage::Table {
                table: self.name.clone(),
            });
        }
    }

    /// Tells of the rows nothing more can be found out about, because there is no manifest.
    pub(super) fn close(&mut self, report: &mut Report) {
        self.tell_suspects(&RowFault::Changed, report);
    }

    /// Tries to open what is sealed in a row.
    pub(super) fn seals(
        &mut self,
        values: &[Value],
        name: &RowName,
        ring: Option<&Sealer>,
        report: &mut Report,
    ) {
        for sealed in self.sealed.clone() {
            let Some((text, row)) = sealed.of(values) else {
                continue;
            };
            report.seals.sealed += 1;
            let altered = RowFault::Seal {
                column: sealed.column.column,
            };
            match ring.map(|ring| ring.open(sealed.place(&row), text)) {
                Some(Ok(_)) => report.seals.opened += 1,
                Some(Err(SealError::UnknownKey(key))) => report.lacks_key(key),
                Some(Err(_)) => self.fault(name.clone(), altered, report),
                None if key_id_of(text).is_none() => self.fault(name.clone(), altered, report),
                None => {}
            }
        }
    }

    pub(super) fn name_of(&self, values: &[Value], ordinal: u64, line: u64) -> RowName {
        let columns = self.described.iter().flat_map(|table| &table.primary_key);
        let parts: Vec<String> = columns
            .zip(&self.key)
            .filter_map(|(name, at)| Some(format!("{name} {}", values.get(*at)?.shown())))
            .collect();
        RowName {
            key: Some(parts.join(", ")).filter(|key| !key.is_empty()),
            ..self.name_at(ordinal, line)
        }
    }

    fn name_at(&self, ordinal: u64, line: u64) -> RowName {
        RowName {
            table: self.name.clone(),
            ordinal,
            line,
            key: None,
        }
    }

    fn suspect(&mut self, row: RowName) {
        if self.suspects.len() < MOST {
            self.suspects.push(row);
        } else {
            self.more_suspects += 1;
        }
    }

    fn tell_suspects(&mut self, fault: &RowFault, report: &mut Report) {
        for row in std::mem::take(&mut self.suspects) {
            self.fault(row, fault.clone(), report);
        }
        let more = std::mem::take(&mut self.more_suspects);
        self.wrong += more;
        report.add_untold(more);
    }

    fn fault(&mut self, row: RowName, fault: RowFault, report: &mut Report) {
        self.wrong += 1;
        report.add(Damage::Row { row, fault });
    }
}

/// The values of a line whose beginning is damaged.
fn text_of(line: &[u8]) -> Option<&str> {
    let start = line.iter().position(|byte| *byte == b'[')?;
    std::str::from_utf8(line.get(start..)?)
        .ok()
        .filter(|text| text.ends_with(']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_rows_without_number_are_counted_and_not_all_kept() {
        let mut table = TableCheck::unknown("hj_user");
        let mut report = Report::new(false);
        let rows = MOST + 500;
        for number in 0..rows {
            let line = Line {
                number: u64::try_from(number).unwrap(),
                offset: 0,
                bytes: format!("[\"{number}\"]").into_bytes(),
                ended: true,
            };
            table.damaged(None, &line, &mut report);
        }
        assert_eq!(table.suspects.len(), MOST);
        table.close(&mut report);
        assert_eq!(report.findings, u64::try_from(rows).unwrap());
        assert_eq!(report.damage.len(), MOST);
    }
}
