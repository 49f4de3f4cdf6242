//! Scripts that run outside every transaction: one statement, which may have been stopped half-way.

use std::time::{Duration, Instant};

use hellojohn_core::store::StoreError;

use super::{
    Left,
    statement::{Change, change, same_index},
    step::{Broken, Step, Taken},
};
use crate::conn::{Direct, quote};

/// How long the index of a step that failed may take to go at once; the next run has more time.
pub(super) const TIDYING: Duration = Duration::from_secs(5);

/// Runs the statement, unless it was done before and only the ledger was not told, and records it.
pub(super) async fn take(
    work: &mut Direct,
    step: Step<'_>,
    begun: Instant,
    limit: Option<Duration>,
) -> Result<Taken, Broken> {
    let statement = step.script();
    let broken = Broken::at(statement);
    // Its locks keep nobody from reading and writing, so it may wait for them as long as it likes.
    // Behind a pooler the next message may reach another session, so there limits cannot be set.
    if let Some(left) = limit {
        work.limited(left, left).await.map_err(&broken)?;
    }
    let outcome = resume(work, statement).await;
    if limit.is_some() {
        // A broken connection tells itself by the outcome.
        let _ = work.unlimited().await;
    }
    outcome.map_err(&broken)?;
    step.record_alone(work, begun.elapsed())
        .await
        .map_err(&broken)?;
    Ok(Taken::Recorded)
}

async fn resume(work: &mut Direct, statement: &str) -> Result<(), StoreError> {
    match (state(work, statement).await?, change(statement)) {
        (State::Complete, _) => return Ok(()),
        // What a crash or a cancelled statement left is in the way of another attempt.
        (State::Unfinished, Change::CreateIndex { name, .. }) => drop_index(work, &name).await?,
        (State::Foreign, Change::CreateIndex { name, .. }) => {
            return Err(StoreError::Failed(Box::new(ForeignIndex { name })));
        }
        _ => {}
    }
    work.script(statement).await
}

/// Whether the step has nothing left to do but to be recorded.
pub(super) async fn is_complete(work: &mut Direct, step: Step<'_>) -> Result<bool, StoreError> {
    Ok(state(work, step.script()).await? == State::Complete)
}

/// Takes away what a step that failed left, if that is quickly done.
pub(super) async fn tidy(work: &mut Direct, step: Step<'_>, limit: Option<Duration>) -> Left {
    let Change::CreateIndex { name, .. } = change(step.script()) else {
        return Left::Nothing;
    };
    let state = state(work, step.script()).await;
    if matches!(state, Ok(State::Absent | State::Foreign)) {
        return Left::Nothing;
    }
    // What it is must be known before it goes.
    let Some(limit) = limit.filter(|_| state.is_ok()) else {
        return Left::Index(name);
    };
    let mut gone = false;
    if work.limited(limit, limit).await.is_ok() {
        gone = drop_index(work, &name).await.is_ok();
        let _ = work.unlimited().await;
    }
    if gone {
        Left::Nothing
    } else {
        Left::Index(name)
    }
}

/// How far the one statement came when it was run before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Absent,
    Unfinished,
    /// In use, of that name, and not the one meant.
    Foreign,
    Complete,
}

/// Somebody may need it, so it is not ours to drop.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is an index {name} with another definition, which was left as it is; drop or rename it, and run again"
)]
struct ForeignIndex {
    name: String,
}

async fn state(work: &mut Direct, statement: &str) -> Result<State, StoreError> {
    match change(statement) {
        Change::CreateIndex { name, .. } => {
            let sql = format!(
                "SELECT indisvalid AND indisready, pg_get_indexdef(indexrelid) FROM pg_index \
                 WHERE indexrelid = to_regclass({})",
                quote::regclass(&name)
            );
            let rows = work.ask(&sql).await?;
            let Some(row) = rows.first() else {
                return Ok(State::Absent);
            };
            let mut row = row.columns();
            let (valid, definition) = (row.flag()?, row.text()?);
            Ok(match valid {
                false => State::Unfinished,
                true if same_index(&definition, statement) => State::Complete,
                true => State::Foreign,
            })
        }
        Change::DropIndex { name, .. } => {
            let sql = format!("SELECT to_regclass({}) IS NULL", quote::regclass(&name));
            let rows = work.ask(&sql).await?;
            let gone = rows.first().map_or(Ok(false), |row| row.columns().flag())?;
            Ok(if gone {
                State::Complete
            } else {
                State::Unfinished
            })
        }
        // Nothing is known of it, so it is run again.
        _ => Ok(State::Absent),
    }
}

async fn drop_index(work: &mut Direct, name: &str) -> Result<(), StoreError> {
    work.script(&format!("DROP INDEX CONCURRENTLY {}", quote::name(name)))
        .await
}
