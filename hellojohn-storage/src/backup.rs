//! Reading everything of HelloJohn out of a database in one snapshot, and into an empty one.
//!
//! What a backup looks like is [`hellojohn_core::backup`]; here is only what needs a database.

use hellojohn_core::{backup as format, store::StoreError};

use crate::migrate::MigrationError;

mod restore;
mod rows;
mod scratch;
mod snapshot;
#[cfg(feature = "sqlite")]
mod sqlite_file;

pub(crate) use rows::Reading;
pub(crate) use snapshot::described;

pub use restore::Restored;
pub use scratch::{Made, drop_database, make_database};
pub use snapshot::Snapshot;
#[cfg(feature = "sqlite")]
pub use sqlite_file::SqliteFile;

/// Why a database cannot be backed up or restored into.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The database refuses or does not answer.
    #[error("the database cannot be read or written")]
    Store(#[from] StoreError),
    /// The backup itself cannot be read or written.
    #[error(transparent)]
    Backup(#[from] format::BackupError),
    /// The schema of the backup cannot be made.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// A file beside the database cannot be made.
    #[error("the copy of the database cannot be made")]
    File(#[from] std::io::Error),
    /// There is nothing to back up.
    #[error("the database has no tables of HelloJohn")]
    Nothing,
    /// A restore was begun and not finished, so what is there is not an instance.
    #[error("a restore into this database was begun and not finished")]
    Unfinished,
    /// What is there would be mixed with the backup.
    #[error("the database is not empty; it has {}; restore into a new, empty one", some_of(.tables))]
    NotEmpty {
        /// The tables that are there.
        tables: Vec<String>,
    },
    /// A later program made the backup.
    #[error(
        "the backup has migration {name}, which is newer than this program; restore it with a newer one"
    )]
    Newer {
        /// The migration.
        name: String,
    },
    /// The history of the backup is not this program's.
    #[error("migration {name} of the backup is not the one of this program")]
    Foreign {
        /// The migration.
        name: String,
    },
    /// A table or column of the backup is not in the schema its migrations make.
    #[error("the backup has {what}, which the migrations it names do not make")]
    Unexpected {
        /// The table or column.
        what: String,
    },
    /// A table of the schema is not in the backup, so its rows would be lost without a word.
    #[error("the backup lacks table {table}, which the migrations it names make")]
    Lacks {
        /// The table.
        table: String,
    },
    /// The file is not the one that was verified.
    #[error("the backup was changed after it was verified")]
    Exchanged,
    /// A later program changed a SQLite database, so this one cannot tell what its columns hold.
    #[error(
        "the database has migration {name}, which this program does not know; make the backup with the newer program"
    )]
    Unknown {
        /// The migration.
        name: String,
    },
    /// What was written is not what the backup holds.
    #[error("the restored rows of {table} are not those of the backup")]
    Differs {
        /// The table.
        table: String,
    },
    /// The schema changed while it was read.
    #[error("the schema is being changed; try again")]
    Changing,
}

fn some_of(tables: &[String]) -> String {
    let shown: Vec<&str> = tables.iter().take(5).map(String::as_str).collect();
    let more = tables.len().saturating_sub(shown.len());
    if more == 0 {
        shown.join(", ")
    } else {
        format!("{} and {more} more tables", shown.join(", "))
    }
}
