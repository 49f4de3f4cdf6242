//! Reading a whole backup without a database, and telling everything that is wrong with it.

use std::io::BufRead;

use super::{
    BackupError, Header, Manifest,
    line::{Line, Lines, RowLine, table_of_damaged},
    manifest::hash_of_header,
    signature::{Judged, Signed},
};
use crate::seal::Sealer;

mod references;
mod report;
mod rows;
#[cfg(test)]
mod tests;

pub use report::{Damage, Origin, Report, RowFault, RowName, Seals};
use rows::{TableCheck, Turn};

/// Checks every row, every reference and the manifest; with a key ring also the origin and
/// that every sealed value opens in its place.
///
/// It reads the backup once. Beside the current row it keeps 16 bytes for each row that
/// others may refer to, in practice users and tenants, and at most a thousand findings.
pub fn verify(backup: impl BufRead, ring: Option<&Sealer>) -> Result<Report, BackupError> {
    let mut lines = Lines::new(backup);
    let first = lines.next()?.ok_or(BackupError::NotABackup)?;
    let header = match Header::from_line(&first.bytes) {
        Ok(header) => Some(header),
        Err(BackupError::NotABackup) => None,
        Err(error) => return Err(error),
    };
    let mut check = Check::new(header, ring);
    let mut end = None;
    let mut ended = first.ended;
    while let Some(line) = lines.next()? {
        ended = line.ended;
        if Manifest::is_announced(&line.bytes) {
            end = Some(line);
            break;
        }
        check.line(&line);
    }
    let Some(end) = end else {
        if check.report.header.is_none() {
            return Err(BackupError::NotABackup);
        }
        check.report.add(Damage::Truncated);
        return Ok(check.finish(None));
    };
    let manifest = check.manifest(&end, &first);
    if let Some(line) = lines.next()? {
        ended = line.ended;
        check.signature(&line, manifest.as_ref().map(|(_, hash)| *hash));
    } else {
        check.report.add(Damage::Truncated);
    }
    if let Some(line) = lines.next()? {
        ended = true;
        check.report.add(Damage::AfterTheEnd { line: line.number });
    }
    if !ended {
        check.report.add(Damage::Truncated);
    }
    Ok(check.finish(manifest.map(|(manifest, _)| manifest)))
}

struct Check<'k> {
    ring: Option<&'k Sealer>,
    tables: Vec<TableCheck>,
    at: usize,
    references: references::References,
    report: Report,
}

impl<'k> Check<'k> {
    fn new(header: Option<Header>, ring: Option<&'k Sealer>) -> Self {
        let mut report = Report::new(ring.is_some());
        if header.is_none() {
            report.add(Damage::FirstLine);
        }
        let described = header.as_ref().map_or(&[][..], |header| &header.tables);
        let tables = described.iter().map(TableCheck::of).collect();
        let references = references::References::new(described);
        report.header = header;
        Self {
            ring,
            tables,
            at: 0,
            references,
            report,
        }
    }

    fn line(&mut self, line: &Line) {
        let row = RowLine::read(&line.bytes);
        let table = match &row {
            Some(row) if row.is_sound() => self.table_of(row),
            _ => None,
        };
        if let (Some(row), Some(at)) = (row.as_ref(), table) {
            self.sound(row, at, line.number);
        } else {
            self.damaged(row.as_ref(), line);
        }
    }

    /// Without a first line the rows themselves tell which tables there are.
    fn table_of(&mut self, row: &RowLine<'_>) -> Option<usize> {
        let known = self.tables.iter().position(|table| table.name == row.table);
        if known.is_none() && self.report.header.is_none() {
            self.tables.push(TableCheck::unknown(row.table));
            return Some(self.tables.len() - 1);
        }
        known
    }

    fn sound(&mut self, row: &RowLine<'_>, at: usize, line: u64) {
        let turn = if at < self.at { Turn::Past } else { Turn::Now };
        self.at = self.at.max(at);
        let Some(table) = self.tables.get_mut(at) else {
            return;
        };
        let Some(values) = table.sound(row, line, turn, &mut self.report) else {
            return;
        };
        let name = table.name_of(&values, row.ordinal, line);
        table.seals(&values, &name, self.ring, &mut self.report);
        self.references.row(at, &values, &name);
    }

    fn damaged(&mut self, row: Option<&RowLine<'_>>, line: &Line) {
        let names: Vec<&str> = self
            .tables
            .iter()
            .map(|table| table.name.as_str())
            .collect();
        let found = table_of_damaged(&line.bytes, &names);
        let Some((at, table)) = found.and_then(|at| Some((at, self.tables.get_mut(at)?))) else {
            self.report.add(Damage::Line { line: line.number });
            return;
        };
        table.damaged(row, line, &mut self.report);
        self.references.uncertain(at);
    }

    fn manifest(&mut self, line: &Line, first: &Line) -> Option<(Manifest, super::Hash)> {
        let Some((manifest, hash)) = Manifest::from_line(&line.bytes) else {
            self.report.add(Damage::Manifest { line: line.number });
            return None;
        };
        if manifest.header != hash_of_header(&first.bytes) {
            self.report.add(Damage::FirstLine);
        }
        let described = self.report.header.as_ref().map(|header| {
            let tables = header.tables.iter();
            tables.map(|table| table.name.clone()).collect::<Vec<_>>()
        });
        let proven: Vec<String> = manifest
            .tables
            .iter()
            .map(|proof| proof.name.clone())
            .collect();
        let fits = described.is_none_or(|described| described == proven)
            && manifest.root == Manifest::root_of(manifest.header, &manifest.tables);
        if !fits {
            self.report.add(Damage::Manifest { line: line.number });
        }
        for proof in &manifest.tables {
            match self
                .tables
                .iter_mut()
                .find(|table| table.name == proof.name)
            {
                Some(table) => table.compare(proof, &mut self.report),
                None if proof.rows > 0 => self.report.add(Damage::Missing {
                    table: proof.name.clone(),
                    first: 1,
                    last: proof.rows,
                }),
                None => {}
            }
        }
        if manifest.bytes != line.offset && self.report.is_whole() {
            self.report.add(Damage::Manifest { line: line.number });
        }
        Some((manifest, hash))
    }

    fn signature(&mut self, line: &Line, manifest: Option<super::Hash>) {
        let Some(signed) = Signed::from_line(&line.bytes) else {
            self.report.add(Damage::Signature);
            return;
        };
        // Without a manifest there is nothing it could be a signature of, and that is told already.
        let Some(hash) = manifest else { return };
        match signed.judge(hash, self.ring) {
            Judged::Ours => self.report.origin = Origin::Proven,
            Judged::Somebodys(key) if self.ring.is_some() => {
                self.report.add(Damage::Origin { key });
            }
            Judged::Somebodys(key) => self.report.origin = Origin::Unproven { key },
            Judged::Bad => self.report.add(Damage::Signature),
        }
    }

    fn finish(mut self, manifest: Option<Manifest>) -> Report {
        for table in &mut self.tables {
            table.close(&mut self.report);
        }
        self.references.finish(&mut self.report);
        self.report.finish(manifest);
        self.report
    }
}
