use std::time::Instant;

use super::{
    Done, Migration, MigrationError, MigrationOptions, Users,
    apply::Run,
    catalog::{self, version_of},
    header::Header,
    ledger::{self, Entry},
    lock::Locked,
    step::{Step, take},
};
use crate::conn::{Direct, Target};

/// What a rollback would do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reversal {
    /// The names of the migrations it would undo, in the order of its work.
    pub names: Vec<String>,
    /// How many users it would delete, because it drops their table.
    pub users: u64,
}

pub(super) async fn revert(
    target: &Target,
    catalog: &[Migration],
    steps: u32,
    options: &MigrationOptions,
) -> Result<Vec<Done>, MigrationError> {
    let mut locked = Locked::take(target, options).await?;
    let applied = ledger::read(&mut locked.work).await?;
    let chosen = chosen(&applied, steps)?;
    let users = users(&mut locked.work, &applied, &chosen).await?;
    if users > 0 && options.users == Users::Keep {
        let name = applied.first().map(|entry| entry.name.clone());
        let name = name.unwrap_or_default();
        return Err(MigrationError::UsersInTheWay { name, users });
    }
    let mut run = Run {
        locked,
        options,
        done: Vec::new(),
        told: 0,
        backfill: None,
    };
    let outcome = run.undo(&chosen, &applied, catalog).await;
    run.end(outcome).await
}

/// Looks what [`revert`] would do, and refuses what it would refuse, but for users.
pub(super) async fn reversal(conn: &mut Direct, steps: u32) -> Result<Reversal, MigrationError> {
    let applied = ledger::read(conn).await?;
    let chosen = chosen(&applied, steps)?;
    let users = users(conn, &applied, &chosen).await?;
    let names = chosen.iter().map(|entry| entry.name.clone()).collect();
    Ok(Reversal { names, users })
}

impl Run<'_> {
    async fn undo(
        &mut self,
        chosen: &[&Entry],
        applied: &[Entry],
        catalog: &[Migration],
    ) -> Result<(), MigrationError> {
        for entry in chosen {
            self.check_stop()?;
            let script = entry.down()?;
            let begun = Instant::now();
            let before = applied
                .iter()
                .rev()
                .find(|other| other.version() < entry.version());
            let newest = before.and_then(|before| {
                catalog
                    .iter()
                    .find(|known| known.version() == before.version())
            });
            let step = Step::Down {
                entry,
                script,
                newest,
            };
            take(&mut self.locked, step, begun, self.options).await?;
            self.finished(&entry.name, begun.elapsed());
        }
        Ok(())
    }
}

/// The migrations of the newest `steps` batches, newest first, if all of them can be undone.
fn chosen(applied: &[Entry], steps: u32) -> Result<Vec<&Entry>, MigrationError> {
    let mut batches: Vec<i64> = applied.iter().map(|entry| entry.batch).collect();
    batches.sort_unstable_by(|left, right| right.cmp(left));
    batches.dedup();
    let wanted = usize::try_from(steps).unwrap_or(usize::MAX);
    if batches.len() < wanted {
        let available = batches.len();
        return Err(MigrationError::TooFewBatches {
            asked: steps,
            available,
        });
    }
    batches.truncate(wanted);
    let chosen: Vec<&Entry> = applied
        .iter()
        .rev()
        .filter(|entry| batches.contains(&entry.batch))
        .collect();
    let forward_only = chosen.iter().filter(|entry| entry.down.is_none());
    let names: Vec<String> = forward_only.map(|entry| entry.name.clone()).collect();
    if !names.is_empty() {
        return Err(MigrationError::ForwardOnly { names });
    }
    for entry in &chosen {
        let script = entry.down()?;
        catalog::check(&entry.name, Header::read(script).kind, script)?;
    }
    Ok(chosen)
}

/// How many users there are if the first migration is among those to be undone.
async fn users(
    conn: &mut Direct,
    applied: &[Entry],
    chosen: &[&Entry],
) -> Result<u64, MigrationError> {
    let first = applied.first().map(|entry| version_of(&entry.name));
    let goes = chosen.last().map(|entry| entry.version());
    if first.is_none() || first != goes || !conn.has_table("hj_user").await? {
        return Ok(0);
    }
    let rows = conn.ask("SELECT count(*) FROM hj_user").await?;
    let count = rows.first().map_or(Ok(0), |row| row.columns().int())?;
    Ok(u64::try_from(count).unwrap_or(0))
}
