use std::time::{Duration, Instant};

use hellojohn_core::store::StoreError;

use super::{
    Done, Migration, MigrationError, MigrationOptions,
    catalog::{Mode, mode},
    ledger::{self, Entry},
    lock::Locked,
    plan,
};
use crate::conn::{Target, is_busy, is_stopped};

/// How long one attempt waits for a table that others use: while we wait, all after us wait too.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) async fn run(
    target: &Target,
    catalog: &[Migration],
    options: &MigrationOptions,
) -> Result<Vec<Done>, MigrationError> {
    let mut locked = Locked::take(target, options.timeout).await?;
    let applied = ledger::read(&mut locked.work).await?;
    let pending = plan::pending(catalog, &applied, options.newer)?;
    if let Some(bare) = pending.iter().find(|m| mode(m.up()) == Mode::Bare)
        && !locked.can_run_bare()
    {
        let name = bare.name().to_owned();
        return Err(MigrationError::NeedsTransaction { name });
    }
    let batch = applied.iter().map(|entry| entry.batch).max().unwrap_or(0) + 1;
    if !pending.is_empty() {
        ledger::create(&mut locked.work).await?;
    }
    let mut done = Vec::new();
    let mut failure = None;
    for migration in pending {
        match limited(&mut locked, Step::Up(migration, batch), options.timeout).await {
            Ok(duration) => done.push(Done {
                name: migration.name().to_owned(),
                duration,
            }),
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    // What came before a failure is kept.
    let released = locked.release().await;
    match failure {
        Some(error) => Err(error),
        None => released.map(|()| done).map_err(MigrationError::Store),
    }
}

/// One migration, in one direction.
#[derive(Clone, Copy)]
pub(super) enum Step<'m> {
    Up(&'m Migration, i64),
    Down(&'m Entry, &'m str),
}

impl Step<'_> {
    fn name(&self) -> String {
        match self {
            Self::Up(migration, _) => migration.name().to_owned(),
            Self::Down(entry, _) => entry.name.clone(),
        }
    }

    fn script(&self) -> &str {
        match self {
            Self::Up(migration, _) => migration.up(),
            Self::Down(_, script) => script,
        }
    }

    async fn record(&self, locked: &mut Locked, took: Duration) -> Result<(), StoreError> {
        match self {
            Self::Up(migration, batch) => {
                ledger::add(&mut locked.work, migration, *batch, took).await
            }
            Self::Down(entry, _) => ledger::remove(&mut locked.work, entry).await,
        }
    }
}

/// Takes a step, trying again while only a lock is in the way and there is time.
pub(super) async fn limited(
    locked: &mut Locked,
    step: Step<'_>,
    limit: Duration,
) -> Result<Duration, MigrationError> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(50);
    loop {
        locked.check().await?;
        let left = limit.saturating_sub(started.elapsed());
        let begun = Instant::now();
        let taken = match mode(step.script()) {
            Mode::Transaction => take(locked, step, left).await,
            Mode::Bare => take_bare(locked, step).await,
        };
        let over = started.elapsed() + pause >= limit;
        match taken {
            Ok(()) => return Ok(begun.elapsed()),
            Err(error) if is_busy(&error) && !over => {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(1));
            }
            Err(error) if is_busy(&error) || is_stopped(&error) => {
                return Err(MigrationError::TimedOut {
                    name: step.name(),
                    limit,
                });
            }
            Err(source) => {
                return Err(MigrationError::Failed {
                    name: step.name(),
                    source,
                });
            }
        }
    }
}

async fn take(locked: &mut Locked, step: Step<'_>, left: Duration) -> Result<(), StoreError> {
    let begun = Instant::now();
    let lock = LOCK_TIMEOUT.min(left);
    locked.work.begin_step(lock, left).await?;
    let mut outcome = locked.work.script(step.script()).await;
    if outcome.is_ok() {
        outcome = step.record(locked, begun.elapsed()).await;
    }
    if outcome.is_ok() {
        outcome = locked.work.keep_step().await;
    }
    if outcome.is_err() {
        // The first error is the one to tell; if undoing fails too, the connection is gone.
        let _ = locked.work.undo_step().await;
    }
    outcome
}

async fn take_bare(locked: &mut Locked, step: Step<'_>) -> Result<(), StoreError> {
    let begun = Instant::now();
    locked.work.script(step.script()).await?;
    step.record(locked, begun.elapsed()).await
}
