use serde::{Deserialize, Serialize};

use super::{BackupError, Hash, Value, merkle, value};
use crate::time::Timestamp;

/// The word by which a backup is recognised.
pub(super) const FORMAT: &str = "hellojohn-backup";

/// The only form there is so far.
pub(super) const VERSION: u32 = 1;

/// The first line of a backup: what is in it, and what is needed to read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    format: String,
    format_version: u32,
    /// When the snapshot was taken.
    pub created_at: Timestamp,
    /// The version of the program that wrote it.
    pub program: String,
    /// The database it was read from.
    pub database: DatabaseKind,
    /// The newest applied migration, `YYYYMMDD_NNN`.
    pub schema_version: String,
    /// Every applied migration, oldest first.
    pub migrations: Vec<Applied>,
    /// How often the instance had been restored before (R200).
    pub restore_epoch: u64,
    /// The tables, each after those it refers to.
    pub tables: Vec<Table>,
}

/// The kind of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DatabaseKind {
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
}

impl DatabaseKind {
    /// Its name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
        }
    }
}

/// One applied migration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applied {
    /// `YYYYMMDD_NNN_title`.
    pub name: String,
    /// The SHA-256 of its script.
    pub checksum: String,
}

/// A table and what its rows consist of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the values of a row.
    pub columns: Vec<Column>,
    /// The columns by which its rows are told apart and ordered.
    pub primary_key: Vec<String>,
    /// What its rows refer to.
    pub references: Vec<Reference>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds, whatever the database calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Text without NUL.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A truth value; 0 or 1 on SQLite.
    Boolean,
    /// A point in time, in microseconds; on SQLite since the Unix epoch.
    Time,
    /// Bytes.
    Bytes,
    /// JSON, its numbers exact; text on SQLite.
    Json,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The columns that refer.
    pub columns: Vec<String>,
    /// The table referred to.
    pub table: String,
    /// Its columns.
    pub to: Vec<String>,
}

impl Header {
    /// Describes a snapshot of `tables`, put into an order in which each comes after those it refers to.
    pub fn new(created_at: Timestamp, database: DatabaseKind, tables: Vec<Table>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            format_version: VERSION,
            created_at,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            database,
            schema_version: String::new(),
            migrations: Vec::new(),
            restore_epoch: 0,
            tables: parents_first(tables),
        }
    }

    pub(super) fn to_line(&self) -> Result<String, BackupError> {
        serde_json::to_string(self).map_err(|error| BackupError::Io(error.into()))
    }

    /// Reads the first line; only the very text this program writes is accepted.
    pub(super) fn from_line(line: &[u8]) -> Result<Self, BackupError> {
        #[derive(Deserialize)]
        struct Version {
            format: String,
            format_version: u32,
        }
        let version: Version = serde_json::from_slice(line).map_err(|_| BackupError::NotABackup)?;
        if version.format != FORMAT {
            return Err(BackupError::NotABackup);
        }
        if version.format_version > VERSION {
            return Err(BackupError::TooNew(version.format_version));
        }
        let header: Self = serde_json::from_slice(line).map_err(|_| BackupError::NotABackup)?;
        if header.to_line()?.as_bytes() != line || !is_plain(line) {
            return Err(BackupError::NotABackup);
        }
        Ok(header)
    }
}

impl Table {
    /// The leaf of a row at this place, counted from 1.
    pub fn leaf(&self, ordinal: u64, row: &[Value]) -> Result<Hash, BackupError> {
        let text = value::encode(self, row).map_err(|why| BackupError::Misfit {
            table: self.name.clone(),
            why,
        })?;
        Ok(merkle::leaf(&self.name, ordinal, &text))
    }

    /// Where columns of these names are in a row; a name that is none of its columns is left out.
    pub(super) fn positions(&self, names: &[String]) -> Vec<usize> {
        names
            .iter()
            .filter_map(|name| self.columns.iter().position(|column| column.name == *name))
            .collect()
    }
}

/// Names, versions and checksums are shown to people; what would move their cursor is no such thing.
fn is_plain(line: &[u8]) -> bool {
    line.iter()
        .all(|byte| matches!(byte, b' '..=b'~') && *byte != b'\\')
}

/// Where tables refer to each other in a circle, the first by name of the circle comes first.
fn parents_first(mut tables: Vec<Table>) -> Vec<Table> {
    tables.sort_by(|left, right| left.name.cmp(&right.name));
    let mut ordered: Vec<Table> = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let waits = |table: &Table| {
            table.references.iter().any(|reference| {
                reference.table != table.name
                    && tables.iter().any(|other| other.name == reference.table)
            })
        };
        let next = tables.iter().position(|table| !waits(table)).unwrap_or(0);
        ordered.push(tables.remove(next));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, parents: &[&str]) -> Table {
        Table {
            name: name.to_owned(),
            columns: Vec::new(),
            primary_key: Vec::new(),
            references: parents
                .iter()
                .map(|&parent| Reference {
                    columns: Vec::new(),
                    table: parent.to_owned(),
                    to: Vec::new(),
                })
                .collect(),
        }
    }

    fn order(tables: Vec<Table>) -> Vec<String> {
        let ordered = parents_first(tables).into_iter();
        ordered.map(|table| table.name).collect()
    }

    #[test]
    fn parents_come_before_their_children() {
        let tables = vec![
            table("a_session", &["b_user"]),
            table("b_user", &["c_tenant", "b_user"]),
            table("c_tenant", &[]),
        ];
        assert_eq!(order(tables), ["c_tenant", "b_user", "a_session"]);
        let circle = vec![table("x", &["y"]), table("y", &["x"]), table("z", &["x"])];
        assert_eq!(order(circle), ["x", "y", "z"]);
    }

    #[test]
    fn only_a_first_line_as_written_is_read() {
        let header = Header::new(
            Timestamp::from_seconds(0),
            DatabaseKind::Sqlite,
            vec![table("hj_user", &[])],
        );
        let line = header.to_line().unwrap();
        assert_eq!(Header::from_line(line.as_bytes()).unwrap(), header);
        for other in [
            format!("{line} "),
            line.replace("\"migrations\":[],", ""),
            line.replace("hellojohn-backup", "hellojohn-backuq"),
            line.replace("hj_user", "hj_user\\u001b[2J"),
            line.replace("hj_user", "hj_user\u{9b}2J"),
            line.replace("hj_user", "hj_user\\n"),
        ] {
            let refused = Header::from_line(other.as_bytes());
            assert!(matches!(refused, Err(BackupError::NotABackup)), "{other}");
        }
        let newer = line.replace("\"format_version\":1", "\"format_version\":2");
        let refused = Header::from_line(newer.as_bytes());
        assert!(matches!(refused, Err(BackupError::TooNew(2))));
    }
}
