use std::time::{Duration, Instant};

use hellojohn_core::store::StoreError;

use super::MigrationError;
use crate::conn::{Direct, Lock, Target};

/// The right to change the schema, for as long as this lives.
///
/// PostgreSQL: an advisory lock in an idle transaction of a second connection. It is tried
/// for, never waited for: a blocked `SELECT` would hold a snapshot, and `CREATE INDEX
/// CONCURRENTLY` elsewhere waits for those. SQLite: the write transaction itself.
pub(super) struct Locked {
    guard: Option<Direct>,
    pub(super) work: Direct,
}

impl Locked {
    /// Takes the lock, trying again with growing pauses for at most `patience`.
    pub(super) async fn take(target: &Target, patience: Duration) -> Result<Self, MigrationError> {
        let mut work = Direct::open(target).await?;
        if work.locks_beside_work() {
            let mut guard = Direct::open(target).await?;
            take(&mut guard, patience).await?;
            Ok(Self {
                guard: Some(guard),
                work,
            })
        } else {
            take(&mut work, patience).await?;
            Ok(Self { guard: None, work })
        }
    }

    /// Fails if the lock was lost, because its connection was.
    pub(super) async fn check(&mut self) -> Result<(), StoreError> {
        match &mut self.guard {
            Some(guard) => guard.script("SELECT 1").await,
            None => Ok(()),
        }
    }

    /// Gives the lock back, keeping everything done under it.
    pub(super) async fn release(mut self) -> Result<(), StoreError> {
        self.guard.as_mut().unwrap_or(&mut self.work).unlock().await
    }

    /// Whether a script can run outside every transaction while the lock is held.
    pub(super) const fn can_run_bare(&self) -> bool {
        self.guard.is_some()
    }
}

async fn take(conn: &mut Direct, patience: Duration) -> Result<(), MigrationError> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(5);
    while conn.try_begin_locked().await? == Lock::Busy {
        let waited = started.elapsed();
        if waited >= patience {
            return Err(MigrationError::Locked { waited });
        }
        tokio::time::sleep(pause.min(patience.saturating_sub(waited))).await;
        pause = (pause * 2).min(Duration::from_millis(250));
    }
    Ok(())
}
