use std::{collections::BTreeMap, io::Write};

use super::{
    BackupError, Header, KeyUse, Manifest, NativeCopy, TableProof, Tree, Value,
    line::RowLine,
    manifest::hash_of_header,
    sealed::{SealedAt, sealed_columns},
    signature::Signed,
    value,
};
use crate::seal::{EncryptionKey, key_id_of, places};

/// Writes a backup row by row; memory does not grow with it.
pub struct Writer<W> {
    out: W,
    header: Header,
    first_line: String,
    at: usize,
    progress: Vec<Progress>,
    last_key: Option<Vec<Value>>,
    bytes: u64,
    keys: BTreeMap<(String, &'static str, &'static str), u64>,
    signing_keys: Vec<String>,
}

/// What was written of one table.
struct Progress {
    tree: Tree,
    key: Vec<usize>,
    sealed: Vec<SealedAt>,
}

impl<W: Write> Writer<W> {
    /// Writes the first line.
    pub fn begin(mut out: W, header: Header) -> Result<Self, BackupError> {
        let first_line = header.to_line()?;
        writeln!(out, "{first_line}")?;
        let progress = header
            .tables
            .iter()
            .map(|table| Progress {
                tree: Tree::default(),
                key: table.positions(&table.primary_key),
                sealed: sealed_columns(table),
            })
            .collect();
        Ok(Self {
            out,
            bytes: length(&first_line) + 1,
            first_line,
            header,
            at: 0,
            progress,
            last_key: None,
            keys: BTreeMap::new(),
            signing_keys: Vec::new(),
        })
    }

    /// Writes a row; tables come in the order of the header, rows in that of their primary key.
    pub fn row(&mut self, table: &str, row: &[Value]) -> Result<(), BackupError> {
        let order = || BackupError::Order(table.to_owned());
        let ahead = self.header.tables.iter().skip(self.at);
        let skipped = ahead
            .map(|described| described.name.as_str())
            .position(|name| name == table)
            .ok_or_else(order)?;
        if skipped > 0 {
            self.at += skipped;
            self.last_key = None;
        }
        let described = self.header.tables.get(self.at).ok_or_else(order)?;
        let progress = self.progress.get_mut(self.at).ok_or_else(order)?;
        let text = value::encode(described, row).map_err(|why| BackupError::Misfit {
            table: table.to_owned(),
            why,
        })?;
        let key: Vec<Value> = progress
            .key
            .iter()
            .filter_map(|at| row.get(*at).cloned())
            .collect();
        let ascends = self
            .last_key
            .as_ref()
            .is_none_or(|last| value::compare(last, &key).is_lt());
        if !ascends {
            return Err(order());
        }
        for sealed in &progress.sealed {
            if let Some((text, name)) = sealed.of(row) {
                let id = key_id_of(text).unwrap_or_default().to_owned();
                let column = sealed.column;
                *self
                    .keys
                    .entry((id, column.table, column.column))
                    .or_default() += 1;
                if *column == places::SIGNING_KEYS {
                    self.signing_keys.push(name);
                }
            }
        }
        let (line, hash) = RowLine::write(table, progress.tree.len() + 1, &text);
        self.out.write_all(line.as_bytes())?;
        self.bytes += length(&line);
        progress.tree.push(hash);
        self.last_key = Some(key);
        Ok(())
    }

    /// Writes the manifest and signs it with a key derived from this one (R078).
    pub fn finish(
        mut self,
        native_copy: Option<NativeCopy>,
        key: &EncryptionKey,
    ) -> Result<(W, Manifest), BackupError> {
        let tables: Vec<TableProof> = self
            .header
            .tables
            .iter()
            .zip(&self.progress)
            .map(|(table, progress)| TableProof {
                name: table.name.clone(),
                rows: progress.tree.len(),
                root: progress.tree.root(),
            })
            .collect();
        let header = hash_of_header(self.first_line.as_bytes());
        let manifest = Manifest {
            header,
            bytes: self.bytes,
            root: Manifest::root_of(header, &tables),
            tables,
            encryption_keys: self
                .keys
                .into_iter()
                .map(|((key, table, column), values)| KeyUse {
                    key,
                    table: table.to_owned(),
                    column: column.to_owned(),
                    values,
                })
                .collect(),
            signing_keys: self.signing_keys,
            native_copy,
        };
        let (line, hash) = manifest.to_line()?;
        writeln!(self.out, "{line}")?;
        writeln!(self.out, "{}", Signed::over(hash, key).to_line()?)?;
        self.out.flush()?;
        Ok((self.out, manifest))
    }
}

fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}
