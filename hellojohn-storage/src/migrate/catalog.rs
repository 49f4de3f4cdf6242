use std::borrow::Cow;

use data_encoding::HEXLOWER;
use hellojohn_core::backup::DatabaseKind;
use sha2::{Digest as _, Sha256};

use super::{
    MigrationError,
    header::{Header, Kind, Phase},
    statement::statements,
};
use crate::conn::Target;

/// One migration: a script forward, and perhaps one back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    name: String,
    up: Cow<'static, str>,
    down: Option<Cow<'static, str>>,
    header: Header,
}

impl Migration {
    /// From a file's name without its endings (`20261120001_initial_schema`) and its scripts.
    pub fn new(
        stem: &str,
        up: impl Into<Cow<'static, str>>,
        down: Option<Cow<'static, str>>,
    ) -> Result<Self, InvalidMigration> {
        let invalid = || InvalidMigration {
            stem: stem.to_owned(),
        };
        let (number, title) = stem.split_once('_').ok_or_else(invalid)?;
        let (date, counter) = number.split_at_checked(8).ok_or_else(invalid)?;
        let well_formed = counter.len() == 3
            && number.bytes().all(|b| b.is_ascii_digit())
            && !title.is_empty()
            && title
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !well_formed {
            return Err(invalid());
        }
        let up = up.into();
        Ok(Self {
            name: format!("{date}_{counter}_{title}"),
            header: Header::read(&up),
            up,
            down,
        })
    }

    /// `YYYYMMDD_NNN_title`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `YYYYMMDD_NNN`.
    pub fn version(&self) -> &str {
        version_of(&self.name)
    }

    /// Whether it can be undone.
    pub const fn is_reversible(&self) -> bool {
        self.down.is_some()
    }

    /// The release that brought it, `X.Y.Z`.
    pub fn release(&self) -> &str {
        self.header.release()
    }

    /// Its part in a change that takes more than one release.
    pub const fn phase(&self) -> Phase {
        self.header.phase
    }

    /// The columns, `table.column`, whose values it changes on purpose.
    pub fn changes(&self) -> &[String] {
        &self.header.changes
    }

    pub(super) const fn header(&self) -> &Header {
        &self.header
    }

    /// Fails if a script that may hold one statement only holds another number of them.
    pub(super) fn check(&self) -> Result<(), MigrationError> {
        check(&self.name, self.header.kind, &self.up)
    }

    pub(super) fn up(&self) -> &str {
        &self.up
    }

    pub(super) fn down(&self) -> Option<&str> {
        self.down.as_deref()
    }

    pub(super) fn checksum(&self) -> String {
        checksum(&self.up)
    }
}

/// The version in a name.
pub(super) fn version_of(name: &str) -> &str {
    name.get(.."YYYYMMDD_NNN".len()).unwrap_or_default()
}

/// The name of a migration file is not of the form `YYYYMMDDNNN_snake_case_title`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{stem}` is not of the form YYYYMMDDNNN_snake_case_title")]
pub struct InvalidMigration {
    /// The name.
    pub stem: String,
}

/// See [`Migration::check`].
pub(super) fn check(name: &str, kind: Kind, script: &str) -> Result<(), MigrationError> {
    let found = statements(script).len();
    if kind == Kind::Transaction || found == 1 {
        return Ok(());
    }
    let name = name.to_owned();
    Err(MigrationError::NotOneStatement { name, found })
}

pub(super) fn checksum(script: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(script.as_bytes()))
}

/// Lists the files of one folder, oldest first: `reversible` ones have a down script, `forward`
/// ones have none. A test compares the list with the folder.
macro_rules! folder {
    ($folder:literal: $($kind:tt $stem:literal),* $(,)?) => {
        [$((
            $stem,
            include_str!(concat!("../../migrations/", $folder, "/", $stem, ".up.sql")),
            folder!(@$kind concat!("../../migrations/", $folder, "/", $stem, ".down.sql")),
        )),*]
    };
    (@reversible $path:expr) => { Some(include_str!($path)) };
    (@forward $path:expr) => { None };
}

type File = (&'static str, &'static str, Option<&'static str>);

#[cfg(feature = "postgres")]
const POSTGRES: &[File] = &folder![
    "postgres":
    reversible "20261120001_initial_schema",
    reversible "20261120002_session_list_index",
    reversible "20261120003_mail",
    reversible "20261120004_one_time",
    reversible "20261120005_mfa",
    reversible "20261120006_passkeys",
    reversible "20261120007_lockout",
    reversible "20261120008_sign_in_methods",
];
#[cfg(feature = "sqlite")]
const SQLITE: &[File] = &folder![
    "sqlite":
    reversible "20261120001_initial_schema",
    reversible "20261120002_session_list_index",
    reversible "20261120003_mail",
    reversible "20261120004_one_time",
    reversible "20261120005_mfa",
    reversible "20261120006_passkeys",
    reversible "20261120007_lockout",
    reversible "20261120008_sign_in_methods",
];

/// The migrations in this program.
pub(super) fn embedded(target: &Target) -> Vec<Migration> {
    let files = match target {
        #[cfg(feature = "postgres")]
        Target::Postgres { .. } => POSTGRES,
        #[cfg(feature = "sqlite")]
        Target::Sqlite(_) => SQLITE,
    };
    // A test proves that every embedded name is well formed.
    files
        .iter()
        .filter_map(|(stem, up, down)| Migration::new(stem, *up, down.map(Cow::Borrowed)).ok())
        .collect()
}

/// The migrations in this program for one kind of database, none if this build cannot read it.
pub(super) fn embedded_for(database: DatabaseKind) -> Vec<Migration> {
    let files: &[File] = match database {
        #[cfg(feature = "postgres")]
        DatabaseKind::Postgres => POSTGRES,
        #[cfg(feature = "sqlite")]
        DatabaseKind::Sqlite => SQLITE,
        #[cfg(not(all(feature = "postgres", feature = "sqlite")))]
        _ => &[],
    };
    files
        .iter()
        .filter_map(|(stem, up, down)| Migration::new(stem, *up, down.map(Cow::Borrowed)).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::Dialect;

    fn in_folder(folder: &str) -> Vec<String> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(folder);
        let mut names: Vec<String> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "schema.json")
            .collect();
        names.sort();
        names
    }

    fn embedded(files: &[File]) -> Vec<String> {
        let mut names = Vec::new();
        for (stem, up, down) in files {
            assert!(Migration::new(stem, *up, None).is_ok(), "{stem}");
            names.push(format!("{stem}.up.sql"));
            names.extend(down.map(|_| format!("{stem}.down.sql")));
        }
        names.sort();
        names
    }

    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    #[test]
    fn every_file_is_embedded_and_both_databases_have_the_same_versions() {
        assert_eq!(embedded(POSTGRES), in_folder("postgres"));
        assert_eq!(embedded(SQLITE), in_folder("sqlite"));
        assert_eq!(embedded(POSTGRES), embedded(SQLITE));
    }

    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    #[test]
    fn every_script_keeps_the_rules() {
        for (files, dialect) in [(POSTGRES, Dialect::Postgres), (SQLITE, Dialect::Sqlite)] {
            for (stem, up, down) in files {
                let migration = Migration::new(stem, *up, down.map(Cow::Borrowed)).unwrap();
                assert_eq!(migration.lint(dialect), [], "{stem}");
                let back = down.unwrap_or_default().to_uppercase();
                assert!(!back.contains("IF EXISTS"), "{stem}");
                // A program before 0.2.0 reads only the first line of a down script.
                let first = back.lines().next().unwrap_or_default();
                assert_eq!(
                    back.contains("NO-TRANSACTION"),
                    first.contains("NO-TRANSACTION")
                );
            }
        }
    }

    #[test]
    fn names_have_one_form() {
        let migration = Migration::new("20261120001_initial_schema", "", None).unwrap();
        assert_eq!(migration.name(), "20261120_001_initial_schema");
        assert_eq!(migration.version(), "20261120_001");
        for bad in [
            "20261120_001_x",
            "2026112001_x",
            "20261120001_X",
            "20261120001_",
            "20261120001",
            "202611200001_x",
        ] {
            assert!(Migration::new(bad, "", None).is_err(), "{bad}");
        }
    }
}
