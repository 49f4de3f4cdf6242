use super::{
    Done, MigrationError, MigrationOptions,
    apply::{Step, limited},
    ledger::{self, Entry},
    lock::Locked,
};
use crate::conn::Target;

pub(super) async fn revert(
    target: &Target,
    steps: u32,
    options: &MigrationOptions,
) -> Result<Vec<Done>, MigrationError> {
    let mut locked = Locked::take(target, options.timeout).await?;
    let applied = ledger::read(&mut locked.work).await?;
    let chosen = newest_batches(&applied, steps);
    for entry in &chosen {
        entry.down()?;
    }
    let mut done = Vec::new();
    let mut failure = None;
    for entry in chosen {
        let step = Step::Down(entry, entry.down()?);
        match limited(&mut locked, step, options.timeout).await {
            Ok(duration) => done.push(Done {
                name: entry.name.clone(),
                duration,
            }),
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    let released = locked.release().await;
    match failure {
        Some(error) => Err(error),
        None => released.map(|()| done).map_err(MigrationError::Store),
    }
}

/// The migrations of the newest `steps` batches, newest first.
fn newest_batches(applied: &[Entry], steps: u32) -> Vec<&Entry> {
    let mut batches: Vec<i64> = applied.iter().map(|entry| entry.batch).collect();
    batches.sort_unstable_by(|left, right| right.cmp(left));
    batches.dedup();
    batches.truncate(usize::try_from(steps).unwrap_or(usize::MAX));
    applied
        .iter()
        .rev()
        .filter(|entry| batches.contains(&entry.batch))
        .collect()
}
