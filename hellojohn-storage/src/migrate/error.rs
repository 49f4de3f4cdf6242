use std::{fmt, time::Duration};

use hellojohn_core::store::StoreError;

use super::{Blocker, LockMode};

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
        "the database has migration {name}, which is newer than this program; use a newer program, or `--allow-newer` if you are rolling back"
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
    /// Outside a transaction, and in a backfill, only a single statement can be repeated safely.
    #[error("migration {name} must hold one statement and holds {found}; nothing was changed")]
    NotOneStatement {
        /// Which migration.
        name: String,
        /// How many it holds.
        found: usize,
    },
    /// Migrations that can only be undone by restoring a backup.
    #[error("no down script for {}; nothing was changed, and only a backup brings back what was before", names.join(", "))]
    ForwardOnly {
        /// All of them in the batches that were to be undone, newest first (R2).
        names: Vec<String>,
    },
    /// More batches were to be undone than there are (R3).
    #[error(
        "{asked} batches were to be rolled back and there are {available}; nothing was changed"
    )]
    TooFewBatches {
        /// How many were asked for.
        asked: u32,
        /// How many there are.
        available: usize,
    },
    /// Undoing the first migration drops the tables of the users.
    #[error(
        "rolling back {name} would delete {users} users with everything of theirs; nothing was changed"
    )]
    UsersInTheWay {
        /// The migration that made their table.
        name: String,
        /// How many there are.
        users: u64,
    },
    /// A statement would keep others out of a large table for as long as it takes to go through it.
    #[error(
        "migration {name} would hold a {lock} lock on {table} ({size}) while `{statement}` goes through it; run it by hand in a quiet hour with `hj migrations run --allow-blocking`, and see `hj migrations plan`"
    )]
    Blocking {
        /// Which migration.
        name: String,
        /// The beginning of the statement.
        statement: String,
        /// The lock it would hold.
        lock: LockMode,
        /// The table, or what is known of it.
        table: String,
        /// How large the table is, in words.
        size: String,
    },
    /// A backfill finds the rows again that it changed, or for too long changes none of those left.
    #[error(
        "backfill {name} makes no progress: {remaining} rows are left, which it does not change or finds again; its finished batches are kept"
    )]
    NoProgress {
        /// Which migration.
        name: String,
        /// How many rows it still finds.
        remaining: u64,
    },
    /// Another runner held the lock for too long.
    #[error("another process has been migrating this database for {waited:?}; try again later")]
    Locked {
        /// How long we were to wait.
        waited: Duration,
        /// The sessions that hold it.
        blockers: Vec<Blocker>,
    },
    /// A migration took too long, or waited too long for a lock, and was undone (U9).
    #[error("migration {name} did not finish within {limit:?}; {left}")]
    TimedOut {
        /// Which migration.
        name: String,
        /// The limit.
        limit: Duration,
        /// What is left of it.
        left: Left,
        /// Who was in its way when it was last seen waiting.
        blockers: Vec<Blocker>,
    },
    /// Somebody cancelled the statement of a migration, as `pg_cancel_backend` does.
    #[error("migration {name} was cancelled by somebody at the database; {left}")]
    Cancelled {
        /// Which migration.
        name: String,
        /// What is left of it.
        left: Left,
    },
    /// The caller asked to stop.
    #[error("stopped; {}", stopped(during.as_deref(), left))]
    Stopped {
        /// The migration that was under way.
        during: Option<String>,
        /// What is left of it.
        left: Left,
    },
    /// A migration failed and was undone (U8).
    #[error("migration {name} failed at `{statement}`; {left}")]
    Failed {
        /// Which migration.
        name: String,
        /// The beginning of the statement that failed.
        statement: String,
        /// What is left of it.
        left: Left,
        /// Why.
        #[source]
        source: StoreError,
    },
    /// The database does not answer.
    #[error("the database cannot be read")]
    Store(#[from] StoreError),
}

impl MigrationError {
    /// The sessions that were in the way.
    pub fn blockers(&self) -> &[Blocker] {
        match self {
            Self::Locked { blockers, .. } | Self::TimedOut { blockers, .. } => blockers,
            _ => &[],
        }
    }
}

/// What a migration that did not finish leaves behind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Left {
    /// Nothing at all.
    Nothing,
    /// The batches of a backfill that were done; the next run goes on after them.
    Batches,
    /// An unfinished index, which the database does not use and the next run builds anew.
    Index(String),
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing of it was kept"),
            Self::Batches => {
                f.write_str("its finished batches are kept, and running again goes on after them")
            }
            Self::Index(name) => write!(
                f,
                "its unfinished index {name} is left, which is not used and is built anew by the next run"
            ),
        }
    }
}

fn stopped(during: Option<&str>, left: &Left) -> String {
    match during {
        Some(name) => format!("migration {name} was under way: {left}"),
        None => "no migration was under way".to_owned(),
    }
}
