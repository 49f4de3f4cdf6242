//! Schema migrations: plain SQL per database, embedded, with a ledger of our own.
//!
//! The ledger is written in the transaction of the migration it speaks of and keeps the
//! down script itself, so that an older program can undo what a newer one applied.

use std::time::Duration;

use hellojohn_core::{store::StoreError, time::Timestamp};

use crate::conn::{Direct, Target};

mod apply;
mod catalog;
mod ledger;
mod lock;
mod plan;
mod revert;
mod schema_release;
mod standing;
mod status;

pub use catalog::{InvalidMigration, Migration};
pub use plan::Newer;
pub use schema_release::{InvalidRelease, Release};
pub use standing::Standing;
pub use status::{Listed, State, Status};

/// The migrations of one database.
#[derive(Clone)]
pub struct Migrations {
    target: Target,
    catalog: Vec<Migration>,
}

/// How to run or revert migrations.
#[derive(Clone, Debug)]
pub struct MigrationOptions {
    /// How long each migration may take, and how long to wait for another runner.
    pub timeout: Duration,
    /// What to make of migrations this program does not know.
    pub newer: Newer,
}

impl Default for MigrationOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_mins(5),
            newer: Newer::Refuse,
        }
    }
}

/// A migration that was just applied or reverted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// `YYYYMMDD_NNN_title`.
    pub name: String,
    /// How long it took.
    pub duration: Duration,
}

impl Migrations {
    /// The migrations of HelloJohn for a target.
    pub(crate) fn new(target: Target) -> Self {
        let catalog = catalog::embedded(&target);
        Self { target, catalog }
    }

    /// The same database with other migrations, in the order of their versions.
    #[must_use]
    pub fn with_catalog(mut self, mut catalog: Vec<Migration>) -> Self {
        catalog.sort_by(|left, right| left.version().cmp(right.version()));
        self.catalog = catalog;
        self
    }

    /// What is applied and what is pending. Changes nothing.
    pub async fn status(&self) -> Result<Status, MigrationError> {
        status::status(&mut self.open().await?, &self.catalog).await
    }

    /// Where the database stands towards this program. Changes nothing.
    pub async fn standing(&self) -> Result<Standing, MigrationError> {
        standing::standing(&mut self.open().await?, &self.catalog).await
    }

    /// Every migration known here or in the database, oldest first. Changes nothing.
    pub async fn list(&self) -> Result<Vec<Listed>, MigrationError> {
        status::list(&mut self.open().await?, &self.catalog).await
    }

    /// Applies all pending migrations as one batch; each is there whole or not at all (R201, R202).
    pub async fn run(&self, options: &MigrationOptions) -> Result<Vec<Done>, MigrationError> {
        apply::run(&self.target, &self.catalog, options).await
    }

    /// Undoes the newest `steps` batches, newest migration first.
    ///
    /// Changes nothing at all if one of them has no down script.
    pub async fn revert(
        &self,
        steps: u32,
        options: &MigrationOptions,
    ) -> Result<Vec<Done>, MigrationError> {
        revert::revert(&self.target, steps, options).await
    }

    async fn open(&self) -> Result<Direct, MigrationError> {
        Ok(Direct::open(&self.target).await?)
    }
}

/// Why migrations cannot be run, reverted or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrationError {
    /// The script of an applied migration is not the one that was applied.
    #[error(
        "migration {name} was changed after it was applied; restore its file, and put the change into a new migration"
    )]
    Changed {
        /// Which migration.
        name: String,
    },
    /// The database has a migration this program's history lacks.
    #[error("the database has migration {name}, which is missing from this program's history")]
    Missing {
        /// Which migration.
        name: String,
    },
    /// The database is ahead of this program.
    #[error(
        "the database has migration {name}, which is newer than this program; use a newer program, or allow it if you are rolling back"
    )]
    Newer {
        /// Which migration.
        name: String,
    },
    /// A pending migration is older than an applied one.
    #[error("migration {name} is pending but {newest}, which is newer, is applied already")]
    OutOfOrder {
        /// The pending one.
        name: String,
        /// The newest applied one.
        newest: String,
    },
    /// SQLite's lock is a transaction, so nothing there runs outside one.
    #[error("migration {name} asks to run outside a transaction, which SQLite migrations cannot")]
    NeedsTransaction {
        /// Which migration.
        name: String,
    },
    /// A migration can only be undone by restoring a backup.
    #[error("migration {name} has no down script; nothing was changed")]
    NoDownScript {
        /// Which migration.
        name: String,
    },
    /// Another runner held the lock for too long.
    #[error("another process has been migrating this database for {waited:?}; try again later")]
    Locked {
        /// How long we waited.
        waited: Duration,
    },
    /// A migration took too long, or waited too long for a lock, and was undone.
    #[error("migration {name} did not finish within {limit:?}; nothing of it was kept")]
    TimedOut {
        /// Which migration.
        name: String,
        /// The limit.
        limit: Duration,
    },
    /// A migration failed and was undone.
    #[error("migration {name} failed; nothing of it was kept")]
    Failed {
        /// Which migration.
        name: String,
        /// Why.
        #[source]
        source: StoreError,
    },
    /// The database does not answer.
    #[error("the database cannot be read")]
    Store(#[from] StoreError),
}

/// The database's time is of no use to an offline ledger; the program's is.
fn now() -> Timestamp {
    use hellojohn_core::ports::Clock as _;
    hellojohn_core::ports::system::SystemClock.now()
}
