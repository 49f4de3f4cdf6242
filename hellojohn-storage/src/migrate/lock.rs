use std::time::{Duration, Instant};

use hellojohn_core::store::StoreError;

use super::{Left, MigrationError, MigrationOptions, blocker};
use crate::conn::{Direct, Lock, Target};

/// The right to change the schema, for as long as this lives.
///
/// PostgreSQL: an advisory lock in an idle transaction of a second connection. It is tried
/// for, never waited for: a blocked `SELECT` would hold a snapshot, and `CREATE INDEX
/// CONCURRENTLY` elsewhere waits for those. SQLite: the write transaction itself.
pub(super) struct Locked {
    guard: Option<Direct>,
    pub(super) work: Direct,
    pub(super) target: Target,
    /// The server's process that works for `work`.
    pub(super) process: Option<i64>,
}

impl Locked {
    /// Takes the lock, trying again with growing pauses for as long as the options say.
    pub(super) async fn take(
        target: &Target,
        options: &MigrationOptions,
    ) -> Result<Self, MigrationError> {
        let mut work = Direct::open(target).await?;
        // Behind a pooler the process changes with each transaction.
        let mut process = None;
        if !target.is_pooled() {
            process = work.process().await?;
        }
        let mut guard = None;
        if work.locks_beside_work() {
            let mut beside = Direct::open(target).await?;
            take(&mut beside, options).await?;
            guard = Some(beside);
        } else {
            take(&mut work, options).await?;
        }
        Ok(Self {
            guard,
            work,
            target: target.clone(),
            process,
        })
    }

    /// Fails if the lock was lost, because its connection was.
    pub(super) async fn check(&mut self) -> Result<(), StoreError> {
        match &mut self.guard {
            Some(guard) => guard.script("SELECT 1").await,
            None => Ok(()),
        }
    }

    /// Makes what was done durable and lets others in for a moment, where the lock is the transaction.
    ///
    /// Somebody else may have changed the ledger when this returns.
    pub(super) async fn let_others_in(
        &mut self,
        pause: Duration,
        options: &MigrationOptions,
    ) -> Result<(), MigrationError> {
        if self.guard.is_some() {
            tokio::time::sleep(pause).await;
            return Ok(());
        }
        self.work.unlock().await?;
        tokio::time::sleep(pause).await;
        take(&mut self.work, options).await
    }

    /// Whether what a step did is durable at once.
    pub(super) const fn keeps_each_step(&self) -> bool {
        self.guard.is_some()
    }

    /// Gives the lock back, keeping everything done under it.
    pub(super) async fn give_back(&mut self) -> Result<(), StoreError> {
        self.guard.as_mut().unwrap_or(&mut self.work).unlock().await
    }

    /// Ends the connection where it is the only one, so that SQLite brings all into the one file.
    ///
    /// That is a courtesy: what was done is durable already.
    pub(super) async fn close(self) {
        if self.guard.is_none() {
            let _ = self.work.close().await;
        }
    }

    /// Whether a script can run outside every transaction while the lock is held.
    pub(super) const fn can_run_bare(&self) -> bool {
        self.guard.is_some()
    }
}

/// Long enough for a waiting writer to get its turn.
pub(super) const PAUSE: Duration = Duration::from_millis(20);

async fn take(conn: &mut Direct, options: &MigrationOptions) -> Result<(), MigrationError> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(5);
    while conn.try_begin_locked().await? == Lock::Busy {
        let waited = started.elapsed();
        if options.stop.is_requested() {
            let (during, left) = (None, Left::Nothing);
            return Err(MigrationError::Stopped { during, left });
        }
        if waited >= options.timeout {
            let waited = options.timeout;
            let blockers = blocker::migrating(conn).await.unwrap_or_default();
            return Err(MigrationError::Locked { waited, blockers });
        }
        tokio::time::sleep(pause.min(options.timeout.saturating_sub(waited))).await;
        pause = (pause * 2).min(Duration::from_millis(250));
    }
    Ok(())
}
