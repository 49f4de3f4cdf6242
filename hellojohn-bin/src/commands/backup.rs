//! `hj backup`: everything of an instance in one file that proves itself, and back.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::admin::restore_epoch::Choice;
use crate::{
    cli::Global,
    failure::{Exit, Failure},
    output::Output,
    shutdown::Signals,
};

mod create;
mod file;
mod list;
mod native;
mod restore;
mod restore_test;
mod restoring;
mod scratch;
mod script;
mod verify;

pub(super) use self::{
    file::kind_of,
    restoring::{Restoring, open},
    scratch::{Place, Scratch},
};

#[derive(Subcommand)]
pub(crate) enum Backup {
    /// Write a backup while the server serves
    ///
    /// Writes `hellojohn_<date>_<time>.hjb`: every row of HelloJohn in one snapshot, each with its
    /// hash, and a signed manifest. It holds no key, and nothing secret that the database does not
    /// hold sealed or hashed. Beside it goes a native copy of the same snapshot: what `pg_dump` makes
    /// (.dump), or SQLite's online copy (.sqlite3). The native copy is of the whole database, with the
    /// tables of an application that shares it. Both are readable by their owner only.
    Create(Create),
    /// List the backups of a folder
    ///
    /// Reads both ends of each file; a damaged row between them is found by `verify`.
    List(List),
    /// Prove a backup whole, without a database
    ///
    /// Of a .hjb file every row, every reference, the manifest and its signature are checked, and
    /// with the encryption key that every sealed value opens. Of a file of `pg_dump` it can only be
    /// told whether it can be read to its end and how many rows it has.
    Verify(Verify),
    /// Restore a backup into an empty database
    ///
    /// The database is the configured one and must have no tables of HelloJohn. A .hjb file of
    /// PostgreSQL may be restored into SQLite and the other way round.
    Restore(Restore),
}

#[derive(Args)]
pub(crate) struct Create {
    /// The folder, or the file if it ends in .hjb [default: `HELLOJOHN_BACKUP_DIR` or ./backups]
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Leave the native copy out
    #[arg(long)]
    rows_only: bool,
    /// The `pg_dump` to use [default: the one in the PATH, or the newest installed]
    #[arg(long, value_name = "PATH")]
    pg_dump: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct List {
    /// The folder [default: `HELLOJOHN_BACKUP_DIR` or ./backups]
    #[arg(long)]
    dir: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Verify {
    /// A .hjb file, a file of `pg_dump`, or a SQLite database
    file: PathBuf,
    /// Restore it into a new database beside the configured one, count, validate, and drop it again
    #[arg(long)]
    restore_test: bool,
    /// The `pg_restore` to use [default: the one in the PATH, or the newest installed]
    #[arg(long, value_name = "PATH")]
    pg_restore: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Restore {
    /// A .hjb file, a custom-format file of `pg_dump`, or a SQLite database
    file: PathBuf,
    /// What becomes of the sessions of the backup
    #[arg(long, value_enum, default_value_t)]
    sessions: Choice,
    /// The `pg_restore` to use [default: the one in the PATH, or the newest installed]
    #[arg(long = "pg-restore", value_name = "PATH")]
    program: Option<PathBuf>,
}

pub(crate) async fn run(
    global: &Global,
    output: &mut Output,
    command: Backup,
) -> Result<(), Failure> {
    match command {
        Backup::Create(command) => create::run(global, output, command).await,
        Backup::List(command) => list::run(global, output, command),
        Backup::Verify(command) => verify::run(global, output, command).await,
        Backup::Restore(command) => restore::run(global, output, command).await,
    }
}

/// Does the work, or gives it up at the first signal, so that what is unfinished is cleared away.
async fn unless_stopped<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let mut signals = Signals::listen()?;
    tokio::select! {
        done = work => done,
        () = signals.next() => Err(Failure::new(Exit::Interrupted, "stopped by a signal")),
    }
}
