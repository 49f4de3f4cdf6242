use std::{collections::BTreeMap, fmt};

use crate::backup::{Header, Manifest};

/// What was found out about a backup.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The first line, if it can be read.
    pub header: Option<Header>,
    /// The manifest, if it is sound.
    pub manifest: Option<Manifest>,
    /// How many sound rows were read.
    pub rows: u64,
    /// What is wrong, in the order it was found; at most a thousand findings.
    pub damage: Vec<Damage>,
    /// How many findings there were in all.
    pub findings: u64,
    /// Whether the instance itself made it.
    pub origin: Origin,
    /// What became of the sealed values.
    pub seals: Seals,
    missing_keys: BTreeMap<String, u64>,
}

/// Whether it is known who made a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// Somebody who holds the encryption key.
    Proven,
    /// The signature is sound, but without the key of this id it may be anybody's.
    Unproven {
        /// The id of the encryption key it names.
        key: String,
    },
    /// There is no sound signature.
    Unknown,
}

/// Sealed values of a backup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seals {
    /// Whether there was a key ring to try.
    pub tried: bool,
    /// How many there are.
    pub sealed: u64,
    /// How many of them open in their place.
    pub opened: u64,
}

/// Which row, as exactly as can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowName {
    /// Its table.
    pub table: String,
    /// Its place in the table, from 1.
    pub ordinal: u64,
    /// Its line in the file, from 1.
    pub line: u64,
    /// Its primary key, if it can be read.
    pub key: Option<String>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowFault {
    /// Its values are not those that were written.
    Changed,
    /// Its values are those that were written; only the hash beside them is damaged.
    HashOnly,
    /// It cannot be read at all.
    Unreadable,
    /// It is not in the form the first line describes, though its hash fits.
    Misfit(String),
    /// It stands before a row, or in place of one, that should come first.
    Misplaced,
    /// A row with the same primary key came before.
    Duplicate,
    /// A sealed value does not open: it was altered, or moved from another row.
    Seal {
        /// The column.
        column: &'static str,
    },
}

/// One thing that is wrong with a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// The first line is not the one that was written.
    FirstLine,
    /// A row.
    Row {
        /// Which.
        row: RowName,
        /// What is wrong with it.
        fault: RowFault,
    },
    /// Rows are missing.
    Missing {
        /// From which table.
        table: String,
        /// The place of the first.
        first: u64,
        /// The place of the last.
        last: u64,
    },
    /// A table has more rows than it had.
    Added {
        /// Which.
        table: String,
        /// How many more.
        rows: u64,
    },
    /// The rows of a table are not those that were written, though each fits its own hash.
    Table {
        /// Which.
        table: String,
    },
    /// A row refers to one that is not there.
    Reference {
        /// Which.
        row: RowName,
        /// The table it refers to.
        table: String,
        /// The key it refers to.
        key: String,
    },
    /// So many rows refer to rows further on that it cannot be told whether all of those are there.
    Unchecked {
        /// How many references were left out.
        references: u64,
    },
    /// A line that is nothing known.
    Line {
        /// Counted from 1.
        line: u64,
    },
    /// The manifest is not the one that was written, or does not fit the first line.
    Manifest {
        /// Counted from 1.
        line: u64,
    },
    /// The signature is damaged or not by the key it names.
    Signature,
    /// Signed with the key of an instance whose encryption key is not configured.
    Origin {
        /// The id of that encryption key.
        key: String,
    },
    /// Sealed values need a key that is not configured.
    MissingKey {
        /// Its id.
        key: String,
        /// How many values need it.
        values: u64,
    },
    /// The end is missing.
    Truncated,
    /// Something follows the end.
    AfterTheEnd {
        /// Counted from 1.
        line: u64,
    },
}

/// More findings are counted, not kept.
pub(super) const MOST: usize = 1_000;

impl Report {
    pub(super) fn new(with_ring: bool) -> Self {
        Self {
            header: None,
            manifest: None,
            rows: 0,
            damage: Vec::new(),
            findings: 0,
            origin: Origin::Unknown,
            seals: Seals {
                tried: with_ring,
                ..Seals::default()
            },
            missing_keys: BTreeMap::new(),
        }
    }

    /// Whether nothing at all is wrong.
    pub const fn is_whole(&self) -> bool {
        self.findings == 0
    }

    pub(super) fn add(&mut self, damage: Damage) {
        if self.damage.contains(&damage) {
            return;
        }
        self.findings += 1;
        if self.damage.len() < MOST {
            self.damage.push(damage);
        }
    }

    /// Counts findings that are not told one by one.
    pub(super) fn add_untold(&mut self, findings: u64) {
        self.findings += findings;
    }

    pub(super) fn lacks_key(&mut self, key: String) {
        *self.missing_keys.entry(key).or_default() += 1;
    }

    pub(super) fn finish(&mut self, manifest: Option<Manifest>) {
        for (key, values) in std::mem::take(&mut self.missing_keys) {
            self.add(Damage::MissingKey { key, values });
        }
        self.manifest = manifest;
    }
}

impl fmt::Display for RowName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            table,
            ordinal,
            line,
            key,
        } = self;
        match key {
            Some(key) => write!(f, "{table}, row {ordinal} ({key}), line {line}"),
            None => write!(f, "{table}, row {ordinal}, line {line}"),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FirstLine => f.write_str("line 1, which describes the backup, was changed"),
            Self::Row { row, fault } => write!(f, "{row}: {fault}"),
            Self::Missing { table, first, last } if first == last => {
                write!(f, "{table}, row {first}: missing")
            }
            Self::Missing { table, first, last } => {
                write!(f, "{table}, rows {first} to {last}: missing")
            }
            Self::Added { table, rows } => write!(f, "{table}: {rows} rows too many"),
            Self::Table { table } => {
                write!(
                    f,
                    "{table}: its rows were changed and their hashes with them"
                )
            }
            Self::Reference { row, table, key } => {
                write!(f, "{row}: refers to {table} ({key}), which is not there")
            }
            Self::Unchecked { references } => write!(
                f,
                "{references} references to rows further on are too many to check"
            ),
            Self::Line { line } => write!(f, "line {line}: not a line of a backup"),
            Self::Manifest { line } => write!(f, "line {line}, the manifest, was changed"),
            Self::Signature => f.write_str("the signature was changed or made with another key"),
            Self::Origin { key } => write!(
                f,
                "it is signed for encryption key {key}, which is not configured, so anybody may have made it"
            ),
            Self::MissingKey { key, values } => write!(
                f,
                "{values} sealed values need encryption key {key}, which is not configured"
            ),
            Self::Truncated => f.write_str("the end is missing"),
            Self::AfterTheEnd { line } => write!(f, "line {line}: something follows the end"),
        }
    }
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("changed"),
            Self::HashOnly => {
                f.write_str("only the hash beside it is damaged, its values are whole")
            }
            Self::Unreadable => f.write_str("cannot be read"),
            Self::Misfit(why) => f.write_str(why),
            Self::Misplaced => f.write_str("repeated or out of order"),
            Self::Duplicate => f.write_str("its primary key came before"),
            Self::Seal { column } => write!(
                f,
                "the sealed value in {column} does not open: it was altered or moved"
            ),
        }
    }
}
