use serde::{Deserialize, Serialize};

use super::{BackupError, Hash};

/// The last but one line of a backup: what all of it amounts to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The hash of the first line.
    pub header: Hash,
    /// How many bytes come before the manifest.
    pub bytes: u64,
    /// Every table with its rows, in the order of the first line.
    pub tables: Vec<TableProof>,
    /// The hash over the first line and every table.
    pub root: Hash,
    /// The encryption keys that the sealed columns need; ids, never keys.
    pub encryption_keys: Vec<KeyUse>,
    /// The ids of the signing keys in it, whose private halves are sealed.
    pub signing_keys: Vec<String>,
    /// The copy in the database's own format beside it, if there is one.
    pub native_copy: Option<NativeCopy>,
}

/// What a table amounts to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableProof {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

/// What one encryption key has sealed in one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyUse {
    /// The key's id.
    pub key: String,
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// How many values.
    pub values: u64,
}

/// A file in the database's own format, made from the same snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NativeCopy {
    /// The name of the file, in the same folder.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Hash,
}

/// What the line of the manifest begins with.
const WORD: &str = "manifest ";

impl Manifest {
    /// The rows of a table; none if there is no such table in the backup.
    pub fn rows(&self, table: &str) -> Option<u64> {
        self.tables
            .iter()
            .find(|proof| proof.name == table)
            .map(|proof| proof.rows)
    }

    pub(super) fn root_of(header: Hash, tables: &[TableProof]) -> Hash {
        let mut parts: Vec<Vec<u8>> = vec![header.as_bytes().to_vec()];
        for table in tables {
            parts.push(table.name.as_bytes().to_vec());
            parts.push(table.rows.to_be_bytes().to_vec());
            parts.push(table.root.as_bytes().to_vec());
        }
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        Hash::of("hellojohn backup root v1", &parts)
    }

    /// Its line, and the hash that is signed.
    pub(super) fn to_line(&self) -> Result<(String, Hash), BackupError> {
        let text = serde_json::to_string(self).map_err(|error| BackupError::Io(error.into()))?;
        let hash = hash(&text);
        Ok((format!("{WORD}{hash} {text}"), hash))
    }

    /// Whether a line claims to be a manifest.
    pub(super) fn is_announced(line: &[u8]) -> bool {
        line.starts_with(WORD.as_bytes())
    }

    /// Reads its line; none if anything in it is not as written.
    pub(super) fn from_line(line: &[u8]) -> Option<(Self, Hash)> {
        let text = std::str::from_utf8(line).ok()?.strip_prefix(WORD)?;
        let (stated, text) = text.split_once(' ')?;
        let computed = hash(text);
        if stated.parse() != Ok(computed) {
            return None;
        }
        let manifest: Self = serde_json::from_str(text).ok()?;
        let (written, _) = manifest.to_line().ok()?;
        let beside = manifest.native_copy.as_ref();
        let is_sound = written.as_bytes() == line && beside.is_none_or(NativeCopy::is_beside);
        is_sound.then_some((manifest, computed))
    }
}

impl NativeCopy {
    /// Whether its name stays in the folder of the backup: who makes a file chooses what is in it.
    fn is_beside(&self) -> bool {
        let name = self.file.as_str();
        let leads_away = |c: char| matches!(c, '/' | '\\' | ':') || c.is_control();
        !matches!(name, "" | "." | "..") && !name.contains(leads_away)
    }
}

fn hash(text: &str) -> Hash {
    Hash::of("hellojohn backup manifest v1", &[text.as_bytes()])
}

pub(super) fn hash_of_header(line: &[u8]) -> Hash {
    Hash::of("hellojohn backup header v1", &[line])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_copy(file: &str) -> String {
        let root = Hash::of("test", &[]);
        let manifest = Manifest {
            header: root,
            bytes: 1,
            tables: Vec::new(),
            root,
            encryption_keys: Vec::new(),
            signing_keys: Vec::new(),
            native_copy: Some(NativeCopy {
                file: file.to_owned(),
                bytes: 1,
                sha256: root,
            }),
        };
        manifest.to_line().unwrap().0
    }

    #[test]
    fn the_native_copy_is_in_the_folder_of_the_backup() {
        for beside in ["a.dump", "möbel \"x\".sqlite3", "..a"] {
            assert!(
                Manifest::from_line(with_copy(beside).as_bytes()).is_some(),
                "{beside}"
            );
        }
        for elsewhere in [
            "",
            "..",
            "../a",
            "/etc/passwd",
            "a/../../b",
            "..\\a",
            "c:a",
            "a\u{1b}[2J",
        ] {
            assert!(
                Manifest::from_line(with_copy(elsewhere).as_bytes()).is_none(),
                "{elsewhere}"
            );
        }
    }
}
