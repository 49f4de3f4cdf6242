//! Backups in HelloJohn's own format: what a row looks like in one, what proves it whole, and
//! finding out offline whether it still is.
//!
//! A backup is text, one line a row. The first line describes the tables; each row carries
//! its own hash, so damage stays within a row and is told by name; the manifest at the end
//! binds all of them in Merkle trees (RFC 6962 §2.1) and is signed with a key derived from
//! the instance's encryption key. Nothing here opens a file or a database.

mod format;
mod json;
mod line;
mod manifest;
mod merkle;
mod reader;
mod sealed;
mod signature;
mod summary;
mod value;
mod verify;
mod writer;

pub use format::{Applied, Column, DatabaseKind, Header, Kind, Reference, Table};
pub use json::{InvalidJson, canonical as canonical_json};
pub use manifest::{KeyUse, Manifest, NativeCopy, TableProof};
pub use merkle::{Hash, Tree, leaf};
pub use reader::Rows;
pub use summary::Summary;
pub use value::{Misfit, Value};
pub use verify::{Damage, Origin, Report, RowFault, RowName, Seals, verify};
pub use writer::Writer;

/// Why a backup cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// Reading or writing failed.
    #[error("the backup cannot be read or written")]
    Io(#[from] std::io::Error),
    /// The first line is not that of a backup.
    #[error("this is not a HelloJohn backup, or its first line is damaged")]
    NotABackup,
    /// A later program wrote it in a form this one does not know.
    #[error("the backup has format version {0}, which this program does not know; use a newer one")]
    TooNew(u32),
    /// A value is none of its column's.
    #[error("{table}: {why}")]
    Misfit {
        /// The table.
        table: String,
        /// What is wrong.
        #[source]
        why: Misfit,
    },
    /// Rows came in another order than by primary key, or of a table that is not described.
    #[error("{0} is written out of order")]
    Order(String),
    /// A line is not what it should be; `verify` tells more.
    #[error("line {0} of the backup is damaged")]
    Damaged(u64),
}
