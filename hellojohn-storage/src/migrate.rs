//! Schema migrations: plain SQL per database, embedded, with a ledger of our own.
//!
//! The ledger is written in the transaction of the migration it speaks of and keeps the
//! down script itself, so that an older program can undo what a newer one applied.

use std::time::Duration;

use hellojohn_core::{backup::DatabaseKind, time::Timestamp};

use crate::conn::{Direct, Target};

mod apply;
mod bare;
mod blocker;
mod catalog;
mod cost;
mod error;
mod header;
mod ledger;
mod lint;
mod lock;
mod options;
mod plan;
mod revert;
mod schema_release;
mod standing;
mod statement;
mod status;
mod step;
mod watched;

pub use blocker::Blocker;
pub use catalog::{InvalidMigration, Migration};
pub use cost::{PlannedLock, PlannedMigration, PlannedStatement, Verdict};
pub use error::{Left, MigrationError};
pub use header::Phase;
pub use lint::{Dialect, Finding, Rule};
pub use options::{Blocking, MigrationOptions, Stop, Threshold, Users, Watcher};
pub use plan::Newer;
pub use revert::Reversal;
pub use schema_release::{InvalidRelease, Release};
pub use standing::Standing;
pub use statement::{LockMode, Work};
pub use status::{Listed, State, Status};

pub(crate) use ledger::TABLE as LEDGER_TABLE;
pub(crate) use schema_release::NAME as SCHEMA_RELEASE;

/// The migrations of one database.
#[derive(Clone)]
pub struct Migrations {
    target: Target,
    catalog: Vec<Migration>,
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
        let mut conn = self.open().await?;
        let status = status::status(&mut conn, &self.catalog).await;
        let closed = conn.close().await;
        let status = status?;
        closed?;
        Ok(status)
    }

    /// Where the database stands towards this program. Changes nothing.
    pub async fn standing(&self) -> Result<Standing, MigrationError> {
        standing::standing(&mut self.open().await?, &self.catalog).await
    }

    /// The names of what [`Self::run`] would apply, oldest first; refuses the ledgers it refuses.
    /// Changes nothing.
    pub async fn pending(&self, newer: Newer) -> Result<Vec<String>, MigrationError> {
        let applied = ledger::read(&mut self.open().await?).await?;
        let pending = plan::pending(&self.catalog, &applied, newer)?;
        Ok(pending.iter().map(|it| it.name().to_owned()).collect())
    }

    /// Every applied migration that was changed or is not this program's, and every one that was
    /// skipped; those of a newer program are none. Changes nothing.
    pub async fn problems(&self) -> Result<Vec<MigrationError>, MigrationError> {
        let applied = ledger::read(&mut self.open().await?).await?;
        Ok(plan::problems(&self.catalog, &applied, Newer::Allow))
    }

    /// Every migration known here or in the database, oldest first. Changes nothing.
    pub async fn list(&self) -> Result<Vec<Listed>, MigrationError> {
        status::list(&mut self.open().await?, &self.catalog).await
    }

    /// What everything pending would lock, and for how long. Changes nothing.
    pub async fn plan(
        &self,
        threshold: Threshold,
    ) -> Result<Vec<PlannedMigration>, MigrationError> {
        cost::look(&mut self.open().await?, &self.catalog, threshold).await
    }

    /// Applies all pending migrations as one batch; each is there whole or not at all (R201, R202).
    pub async fn run(&self, options: &MigrationOptions) -> Result<Vec<Done>, MigrationError> {
        // On the heap: it is large, and callers would all grow by it.
        Box::pin(apply::run(&self.target, &self.catalog, options)).await
    }

    /// Undoes the newest `steps` batches, newest migration first.
    ///
    /// Changes nothing at all if there are fewer (R3), if one of them has no down script (R2), or if
    /// it would drop the table of users while there are any and the options keep them.
    pub async fn revert(
        &self,
        steps: u32,
        options: &MigrationOptions,
    ) -> Result<Vec<Done>, MigrationError> {
        Box::pin(revert::revert(&self.target, &self.catalog, steps, options)).await
    }

    /// What [`Self::revert`] would do; refuses what it refuses, but tells of users. Changes nothing.
    pub async fn reversal(&self, steps: u32) -> Result<Reversal, MigrationError> {
        revert::reversal(&mut self.open().await?, steps).await
    }

    /// The same database with these migrations of this program only.
    pub(crate) fn only(mut self, names: &[String]) -> Self {
        self.catalog
            .retain(|migration| names.iter().any(|name| name == migration.name()));
        self
    }

    /// The columns that these migrations of this program change on purpose.
    pub(crate) fn changes(&self, names: &[String]) -> Vec<String> {
        let chosen = self.catalog.iter().filter(|migration| {
            let mut names = names.iter();
            names.any(|name| name == migration.name())
        });
        chosen.flat_map(Migration::changes).cloned().collect()
    }

    /// The name of the newest migration in this program.
    pub(crate) fn newest_known(&self) -> &str {
        self.catalog.last().map_or("", Migration::name)
    }

    async fn open(&self) -> Result<Direct, MigrationError> {
        Ok(Direct::open(&self.target).await?)
    }
}

/// A migration this program knows.
pub(crate) struct Known {
    pub(crate) name: String,
    pub(crate) checksum: String,
}

/// Every migration in this program for one kind of database, oldest first.
pub(crate) fn known(database: DatabaseKind) -> Vec<Known> {
    let known = catalog::embedded_for(database)
        .into_iter()
        .map(|migration| Known {
            name: migration.name().to_owned(),
            checksum: migration.checksum(),
        });
    known.collect()
}

/// The database's time is of no use to an offline ledger; the program's is.
fn now() -> Timestamp {
    use hellojohn_core::ports::Clock as _;
    hellojohn_core::ports::system::SystemClock.now()
}
