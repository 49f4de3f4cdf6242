use std::{fmt, sync::Arc, time::Duration};

use tokio::sync::watch;

use super::{Done, Newer};

/// How to run or revert migrations.
#[derive(Clone, Debug)]
pub struct MigrationOptions {
    /// How long each migration may take, waiting for locks included, and how long to wait for
    /// another runner. Of a backfill, each batch.
    pub timeout: Duration,
    /// What to make of migrations this program does not know.
    pub newer: Newer,
    /// What to make of statements that keep others out of a large table.
    pub blocking: Blocking,
    /// What to make of users whose tables a rollback would drop.
    pub users: Users,
    /// Ends the work from outside.
    pub stop: Stop,
    /// Is told how the work goes on.
    pub watcher: Arc<dyn Watcher>,
}

impl Default for MigrationOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_mins(5),
            newer: Newer::Refuse,
            blocking: Blocking::RefuseAbove(Threshold::default()),
            users: Users::Keep,
            stop: Stop::default(),
            watcher: Arc::new(Nobody),
        }
    }
}

/// What to make of a statement that keeps writers or readers out of a table while it goes through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocking {
    /// Refuse it if the table is larger than this.
    RefuseAbove(Threshold),
    /// Run it.
    Allow,
}

/// From where on a table is large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// More rows than this.
    pub rows: u64,
    /// More bytes than this.
    pub bytes: u64,
}

impl Default for Threshold {
    fn default() -> Self {
        Self {
            rows: 100_000,
            bytes: 100_000_000,
        }
    }
}

/// What to make of users when their tables are to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Users {
    /// Refuse while there are any.
    Keep,
    /// Delete them.
    Delete,
}

/// Is told how long work goes on.
pub trait Watcher: fmt::Debug + Send + Sync {
    /// A migration was applied or reverted, for good.
    fn done(&self, done: &Done) {
        let _ = done;
    }

    /// A batch of a backfill was committed: so many rows are done, of about so many.
    fn batch(&self, name: &str, done: u64, total: u64) {
        let _ = (name, done, total);
    }
}

/// Watches nothing.
#[derive(Debug)]
struct Nobody;

impl Watcher for Nobody {}

/// A way to end a run or a rollback from outside. Clones are the same.
///
/// The migration under way is undone, at the database too, before the run ends.
#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Asks to stop.
    pub fn request(&self) {
        self.0.send_replace(true);
    }

    pub(crate) fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until somebody asks.
    pub(crate) async fn requested(&self) {
        let mut asked = self.0.subscribe();
        if asked.wait_for(|asked| *asked).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
