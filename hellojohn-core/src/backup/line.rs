//! The lines of a backup, and what a line of a row is made of.

use std::io::{self, BufRead, Read as _};

use serde_json::Value as Json;

use super::{Hash, Table, leaf};

/// Nothing HelloJohn writes comes near; a longer line is read as several damaged ones.
const LONGEST: u64 = 256 * 1024 * 1024;

/// A line and where it stands.
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: u64,
    /// How many bytes come before it.
    pub(super) offset: u64,
    /// Without its line break.
    pub(super) bytes: Vec<u8>,
    /// Whether it had a line break.
    pub(super) ended: bool,
}

pub(super) struct Lines<R> {
    reader: R,
    number: u64,
    offset: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self {
            reader,
            number: 0,
            offset: 0,
        }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let length = (&mut self.reader)
            .take(LONGEST)
            .read_until(b'\n', &mut bytes)?;
        if length == 0 {
            return Ok(None);
        }
        let offset = self.offset;
        self.number += 1;
        self.offset += u64::try_from(length).unwrap_or(u64::MAX);
        let ended = bytes.pop_if(|last| *last == b'\n').is_some();
        Ok(Some(Line {
            number: self.number,
            offset,
            bytes,
            ended,
        }))
    }
}

/// `<table> <ordinal> <hash> <list of values>`.
pub(super) struct RowLine<'l> {
    pub(super) table: &'l str,
    pub(super) ordinal: u64,
    pub(super) stated: Hash,
    pub(super) text: &'l str,
}

impl<'l> RowLine<'l> {
    pub(super) fn write(table: &str, ordinal: u64, text: &str) -> (String, Hash) {
        let hash = leaf(table, ordinal, text);
        (format!("{table} {ordinal} {hash} {text}\n"), hash)
    }

    pub(super) fn read(line: &'l [u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let mut parts = line.splitn(4, ' ');
        let mut next = || parts.next();
        let (table, ordinal, stated, text) = (next()?, next()?, next()?, next()?);
        let number: u64 = ordinal.parse().ok()?;
        // `+7` and `007` are numbers too, but not as written; and after a row there is room for one.
        if number.to_string() != ordinal || number == u64::MAX {
            return None;
        }
        Some(Self {
            table,
            ordinal: number,
            stated: stated.parse().ok()?,
            text,
        })
    }

    pub(super) fn is_sound(&self) -> bool {
        leaf(self.table, self.ordinal, self.text) == self.stated
    }
}

/// Which of these tables a damaged line is a row of, as far as can be told.
pub(super) fn table_of_damaged(line: &[u8], tables: &[&str]) -> Option<usize> {
    let by_name = tables
        .iter()
        .enumerate()
        .filter(|(_, name)| line.starts_with(name.as_bytes()))
        .max_by_key(|(_, name)| name.len());
    if let Some((at, _)) = by_name {
        return Some(at);
    }
    // Perhaps it is the name that is damaged: then the hash fits one of the others.
    let space = line.iter().position(|byte| *byte == b' ')?;
    let rest = std::str::from_utf8(line.get(space..)?).ok()?;
    tables.iter().position(|name| {
        RowLine::read(format!("{name}{rest}").as_bytes()).is_some_and(|row| row.is_sound())
    })
}

/// The primary key of a damaged row, if it can still be read.
pub(super) fn key_of_damaged(line: &[u8], table: &Table) -> Option<String> {
    let text = String::from_utf8_lossy(line);
    let (_, mut rest) = text.split_once('[')?;
    let positions = table.positions(&table.primary_key);
    let last = *positions.iter().max()?;
    let mut values = Vec::new();
    while values.len() <= last {
        let mut reader = serde_json::Deserializer::from_str(rest).into_iter::<Json>();
        values.push(reader.next()?.ok()?);
        rest = rest.get(reader.byte_offset()..)?;
        rest = rest.strip_prefix(',').unwrap_or("");
    }
    let shown: Option<Vec<String>> = table
        .primary_key
        .iter()
        .zip(positions)
        .map(|(name, at)| Some(format!("{name} {}", plain(values.get(at)?))))
        .collect();
    shown.map(|parts| parts.join(", "))
}

fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::{Column, Kind};

    fn table() -> Table {
        let column = |name: &str| Column {
            name: name.to_owned(),
            kind: Kind::Text,
        };
        Table {
            name: "hj_user".to_owned(),
            columns: vec![column("tenant_id"), column("id"), column("email")],
            primary_key: vec!["tenant_id".to_owned(), "id".to_owned()],
            references: Vec::new(),
        }
    }

    #[test]
    fn the_key_of_a_row_can_be_read_though_its_end_cannot() {
        let line = br#"hj_user 1 x ["ten_a","usr_b","a@b.c]"#;
        let key = key_of_damaged(line, &table());
        assert_eq!(key.as_deref(), Some("tenant_id ten_a, id usr_b"));
        assert_eq!(key_of_damaged(br#"hj_user 1 x ["ten_a,"#, &table()), None);
    }

    #[test]
    fn a_line_tells_its_table_though_the_name_is_damaged() {
        let tables = ["cp_tenant", "hj_user", "hj_user_x"];
        let (line, _) = RowLine::write("hj_user", 7, "[]");
        let line = line.trim_end();
        assert!(RowLine::read(line.as_bytes()).unwrap().is_sound());
        for (damaged, found) in [
            (line.replacen("user", "usar", 1), Some(1)),
            (line.replacen("hj_user ", "hj_user!", 1), Some(1)),
            (line.replacen("hj_user ", "hj_user_x", 1), Some(2)),
            ("nothing known".to_owned(), None),
        ] {
            let table = table_of_damaged(damaged.as_bytes(), &tables);
            assert_eq!(table, found, "{damaged}");
        }
    }

    #[test]
    fn the_place_of_a_row_is_written_in_one_way_and_is_not_the_last_there_could_be() {
        let read = |ordinal: &str| {
            let (line, _) = RowLine::write("hj_user", 7, "[]");
            let line = line.trim_end().replacen(" 7 ", &format!(" {ordinal} "), 1);
            RowLine::read(line.as_bytes()).map(|row| row.ordinal)
        };
        assert_eq!(read("7"), Some(7));
        assert_eq!(read("18446744073709551614"), Some(u64::MAX - 1));
        for hostile in [
            "18446744073709551615",
            "18446744073709551616",
            "-1",
            "+7",
            "007",
            "",
        ] {
            assert_eq!(read(hostile), None, "{hostile}");
        }
    }

    #[test]
    fn lines_know_where_they_stand() {
        let mut lines = Lines::new(&b"ab\n\nc"[..]);
        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push((line.number, line.offset, line.bytes.len(), line.ended));
        }
        assert_eq!(seen, [(1, 0, 2, true), (2, 3, 0, true), (3, 4, 1, false)]);
    }
}
