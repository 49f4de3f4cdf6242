use std::io::BufRead;

use super::{
    BackupError, Hash, Header, Manifest, Value,
    line::{Line, Lines, RowLine},
    manifest::hash_of_header,
    value,
};

/// The rows of a backup that was verified, one after the other.
///
/// Each is checked against its own hash again, since the file may have changed in between.
pub struct Rows<R> {
    header: Header,
    hash: Hash,
    lines: Lines<R>,
    at: usize,
}

impl<R: BufRead> Rows<R> {
    /// Reads the first line.
    pub fn open(reader: R) -> Result<Self, BackupError> {
        let mut lines = Lines::new(reader);
        let first = lines.next()?.ok_or(BackupError::NotABackup)?;
        Ok(Self {
            header: Header::from_line(&first.bytes)?,
            hash: hash_of_header(&first.bytes),
            lines,
            at: 0,
        })
    }

    /// What is in the backup.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// Whether this manifest, of the verified backup, tells of the first line read here.
    pub fn is_told_of_by(&self, manifest: &Manifest) -> bool {
        self.hash == manifest.header
    }

    /// The next row, with the position of its table in the header; none at the end of the rows.
    pub fn next_row(&mut self) -> Result<Option<(usize, Vec<Value>)>, BackupError> {
        let line = self.lines.next()?.ok_or(BackupError::Damaged(0))?;
        if Manifest::is_announced(&line.bytes) {
            return Ok(None);
        }
        let damaged = || BackupError::Damaged(line.number);
        let row = self.read(&line).ok_or_else(damaged)?;
        Ok(Some(row))
    }

    fn read(&mut self, line: &Line) -> Option<(usize, Vec<Value>)> {
        let row = RowLine::read(&line.bytes).filter(RowLine::is_sound)?;
        let ahead = self.header.tables.iter().skip(self.at);
        self.at += ahead
            .map(|table| table.name.as_str())
            .position(|name| name == row.table)?;
        let values = value::decode(self.header.tables.get(self.at)?, row.text).ok()?;
        Some((self.at, values))
    }
}
