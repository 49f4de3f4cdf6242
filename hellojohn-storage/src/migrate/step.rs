use std::{
    borrow::Cow,
    time::{Duration, Instant},
};

use hellojohn_core::store::StoreError;

use super::{
    Left, Migration, MigrationError, MigrationOptions, Stop, bare,
    header::{Header, Kind},
    ledger::{self, Entry},
    lock::Locked,
    schema_release,
    statement::{statements, summary},
    watched::{Cut, Eyes, Watched, watched},
};
use crate::conn::{Direct, is_busy, is_changed, is_stopped};

/// How long one attempt waits for a table that others use: while we wait, all after us wait too.
///
/// Less than the second after which PostgreSQL looks for deadlocks: where a step and a request wait
/// for each other, the step gives way and is tried again, and no request is ended for it.
const LOCK_TIMEOUT: Duration = Duration::from_millis(500);

/// How often what a killed runner left may change under our hands.
const MOST_RACES: u32 = 5;

/// One migration, in one direction.
#[derive(Clone, Copy)]
pub(super) enum Step<'m> {
    /// Forward, as one of a batch.
    Up {
        migration: &'m Migration,
        batch: i64,
    },
    /// Back.
    Down {
        entry: &'m Entry,
        script: &'m str,
        /// What is the newest migration then, if this program knows it.
        newest: Option<&'m Migration>,
    },
}

/// A step that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is in the ledger.
    Recorded,
    /// A batch of a backfill changed so many rows; there may be more.
    Batch(u64),
    /// A batch changed nothing although so many rows are left, which others may hold.
    Idle(u64),
}

/// Where a step failed.
pub(super) struct Broken {
    pub(super) statement: String,
    pub(super) source: StoreError,
}

impl Broken {
    pub(super) fn at(statement: &str) -> impl Fn(StoreError) -> Self {
        move |source| Self {
            statement: summary(statement),
            source,
        }
    }
}

impl Step<'_> {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Up { migration, .. } => migration.name(),
            Self::Down { entry, .. } => &entry.name,
        }
    }

    pub(super) fn script(&self) -> &str {
        match self {
            Self::Up { migration, .. } => migration.up(),
            Self::Down { script, .. } => script,
        }
    }

    fn header(&self) -> Cow<'_, Header> {
        match self {
            Self::Up { migration, .. } => Cow::Borrowed(migration.header()),
            Self::Down { script, .. } => Cow::Owned(Header::read(script)),
        }
    }

    fn kind(&self) -> Kind {
        self.header().kind
    }

    /// Writes the step into the ledger.
    pub(super) async fn record(&self, work: &mut Direct, took: Duration) -> Result<(), StoreError> {
        match self {
            Self::Up { migration, batch } => {
                ledger::add(work, migration, *batch, took).await?;
                schema_release::write(work, Some(migration)).await
            }
            Self::Down { entry, newest, .. } => {
                ledger::remove(work, entry).await?;
                schema_release::write(work, *newest).await
            }
        }
    }
}

impl Step<'_> {
    /// The same in a transaction of its own, for a step that ran outside of one.
    pub(super) async fn record_alone(
        &self,
        work: &mut Direct,
        took: Duration,
    ) -> Result<(), StoreError> {
        work.script("BEGIN").await?;
        let recorded = self.record(work, took).await;
        let end = if recorded.is_ok() {
            "COMMIT"
        } else {
            "ROLLBACK"
        };
        let ended = work.script(end).await;
        recorded.and(ended)
    }
}

/// Takes a step, or one batch of it, trying again while only a lock is in the way and there is time.
pub(super) async fn take(
    locked: &mut Locked,
    step: Step<'_>,
    begun: Instant,
    options: &MigrationOptions,
) -> Result<Taken, MigrationError> {
    let started = Instant::now();
    let limit = options.timeout;
    let mut pause = Duration::from_millis(50);
    let mut in_the_way = Vec::new();
    let mut races = 0;
    loop {
        locked.check().await?;
        let left = limit.saturating_sub(started.elapsed());
        let attempted = Instant::now();
        let Watched {
            outcome,
            cut,
            blockers,
        } = attempt(locked, step, begun, left, &options.stop).await;
        if !blockers.is_empty() {
            in_the_way = blockers;
        }
        let broken = match outcome {
            Ok(taken) => return Ok(taken),
            Err(broken) => broken,
        };
        let collided =
            step.kind() == Kind::Bare && is_changed(&broken.source) && races < MOST_RACES;
        races += u32::from(collided);
        let busy = collided || is_busy(&broken.source);
        let ended = is_stopped(&broken.source);
        let over = started.elapsed() + pause >= limit;
        // The database counts whole milliseconds.
        let used_up = attempted.elapsed().as_millis() >= left.as_millis();
        if busy && !over && cut.is_none() && !options.stop.is_requested() {
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(1));
            continue;
        }
        if step.kind() == Kind::Bare
            && bare::is_complete(&mut locked.work, step)
                .await
                .unwrap_or(false)
        {
            // It was done before it was stopped; only the ledger was not told.
            step.record_alone(&mut locked.work, begun.elapsed()).await?;
            return Ok(Taken::Recorded);
        }
        let left_behind = left_of(locked, step).await;
        let name = step.name().to_owned();
        return Err(match cut {
            Some(Cut::Stopped) if busy || ended => MigrationError::Stopped {
                during: Some(name),
                left: left_behind,
            },
            _ if busy || (ended && (cut.is_some() || used_up)) => MigrationError::TimedOut {
                name,
                limit,
                left: left_behind,
                blockers: in_the_way,
            },
            _ if ended => MigrationError::Cancelled {
                name,
                left: left_behind,
            },
            _ => MigrationError::Failed {
                name,
                statement: broken.statement,
                left: left_behind,
                source: broken.source,
            },
        });
    }
}

async fn attempt(
    locked: &mut Locked,
    step: Step<'_>,
    begun: Instant,
    left: Duration,
    asked: &Stop,
) -> Watched<Result<Taken, Broken>> {
    let eyes = Eyes::new(&locked.target, locked.process);
    let work = &mut locked.work;
    match step.kind() {
        Kind::Bare => {
            let limit = (!locked.target.is_pooled()).then_some(left);
            watched(bare::take(work, step, begun, limit), eyes, left, asked).await
        }
        _ => {
            watched(
                in_transaction(work, step, begun, left, asked),
                eyes,
                left,
                asked,
            )
            .await
        }
    }
}

async fn left_of(locked: &mut Locked, step: Step<'_>) -> Left {
    match step.kind() {
        Kind::Transaction => Left::Nothing,
        Kind::Backfill => Left::Batches,
        Kind::Bare => {
            let limit = (!locked.target.is_pooled()).then_some(bare::TIDYING);
            bare::tidy(&mut locked.work, step, limit).await
        }
    }
}

async fn in_transaction(
    work: &mut Direct,
    step: Step<'_>,
    begun: Instant,
    left: Duration,
    asked: &Stop,
) -> Result<Taken, Broken> {
    work.begin_step(LOCK_TIMEOUT.min(left), left)
        .await
        .map_err(Broken::at("BEGIN"))?;
    let asked = asked.clone();
    let until = Instant::now() + left;
    let limited = work.interruptible(until, move || asked.is_requested());
    let mut outcome = match limited.await {
        Ok(()) => run(work, step, begun).await,
        Err(source) => Err(Broken::at("BEGIN")(source)),
    };
    // What follows must not be cut short, or the connection could not be used again.
    let free = work.uninterruptible().await.map_err(Broken::at("COMMIT"));
    outcome = outcome.and_then(|taken| free.map(|()| taken));
    if outcome.is_ok() {
        let kept = work.keep_step().await.map_err(Broken::at("COMMIT"));
        outcome = outcome.and_then(|taken| kept.map(|()| taken));
    }
    if outcome.is_err() {
        // The first error is the one to tell; if undoing fails too, the connection is gone.
        let _ = work.undo_step().await;
    }
    outcome
}

/// Runs the script statement by statement, so that one that fails can be named.
async fn run(work: &mut Direct, step: Step<'_>, begun: Instant) -> Result<Taken, Broken> {
    let mut changed = 0;
    for statement in statements(step.script()) {
        changed = work
            .change(statement)
            .await
            .map_err(Broken::at(statement))?;
    }
    if step.kind() == Kind::Backfill {
        if changed > 0 {
            return Ok(Taken::Batch(changed));
        }
        // Rows that others have locked are passed over by a batch, and are not done.
        let remaining = step.header().remaining(work).await;
        if let Some(remaining @ 1..) = remaining.map_err(Broken::at("-- hellojohn: remaining"))? {
            return Ok(Taken::Idle(remaining));
        }
    }
    step.record(work, begun.elapsed())
        .await
        .map_err(Broken::at("INSERT INTO hj_schema_migration"))?;
    Ok(Taken::Recorded)
}
