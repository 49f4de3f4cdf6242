use std::time::{Duration, Instant};

use super::{
    Done, Left, Migration, MigrationError, MigrationOptions, cost,
    header::Kind,
    ledger::{self, Entry},
    lock::{Locked, PAUSE},
    plan,
    step::{Step, Taken, take},
};
use crate::conn::Target;

pub(super) async fn run(
    target: &Target,
    catalog: &[Migration],
    options: &MigrationOptions,
) -> Result<Vec<Done>, MigrationError> {
    let locked = Locked::take(target, options).await?;
    let mut run = Run {
        locked,
        options,
        done: Vec::new(),
        told: 0,
        backfill: None,
    };
    let outcome = run.all(catalog).await;
    run.end(outcome).await
}

/// Work under the lock, whether forward or back.
pub(super) struct Run<'o> {
    pub(super) locked: Locked,
    pub(super) options: &'o MigrationOptions,
    pub(super) done: Vec<Done>,
    /// How many of them the watcher knows.
    pub(super) told: usize,
    pub(super) backfill: Option<Backfill>,
}

/// A backfill that is under way.
pub(super) struct Backfill {
    name: String,
    begun: Instant,
    done: u64,
    total: u64,
    /// How much was left when it was counted last; none if it cannot be counted.
    remaining: Option<u64>,
    /// Since when its batches change nothing although rows are left.
    idle_since: Option<Instant>,
}

/// How long a backfill waits at most before it tries rows again that others hold.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

impl Run<'_> {
    /// Applies what is pending, looking into the ledger before each step: between two steps others
    /// may have had the lock where it is the transaction.
    async fn all(&mut self, catalog: &[Migration]) -> Result<(), MigrationError> {
        let mut checked = false;
        loop {
            let applied = ledger::read(&mut self.locked.work).await?;
            let pending = plan::pending(catalog, &applied, self.options.newer)?;
            let Some(next) = pending.first() else {
                return Ok(());
            };
            if !checked {
                self.check(&pending).await?;
                ledger::create(&mut self.locked.work).await?;
                checked = true;
            }
            self.check_stop()?;
            let batch = self.batch(&applied);
            self.step(next, batch).await?;
        }
    }

    /// Everything that can be refused is refused before anything is touched.
    async fn check(&mut self, pending: &[&Migration]) -> Result<(), MigrationError> {
        for migration in pending {
            migration.check()?;
            if migration.header().kind == Kind::Bare && !self.locked.can_run_bare() {
                let name = migration.name().to_owned();
                return Err(MigrationError::NeedsTransaction { name });
            }
        }
        cost::refuse(&mut self.locked.work, pending, self.options.blocking).await
    }

    pub(super) fn check_stop(&self) -> Result<(), MigrationError> {
        if !self.options.stop.is_requested() {
            return Ok(());
        }
        let during = self.backfill.as_ref().map(|backfill| backfill.name.clone());
        let left = if during.is_some() {
            Left::Batches
        } else {
            Left::Nothing
        };
        Err(MigrationError::Stopped { during, left })
    }

    /// One number for all of this run, and never less than that of an older migration.
    fn batch(&self, applied: &[Entry]) -> i64 {
        match applied.last() {
            Some(last) if self.done.iter().any(|done| done.name == last.name) => last.batch,
            _ => applied.iter().map(|entry| entry.batch).max().unwrap_or(0) + 1,
        }
    }

    async fn step(&mut self, migration: &Migration, batch: i64) -> Result<(), MigrationError> {
        let fills = migration.header().kind == Kind::Backfill;
        let goes_on = self
            .backfill
            .as_ref()
            .is_some_and(|backfill| backfill.name == migration.name());
        if fills && !goes_on {
            self.begin_backfill(migration).await?;
            // Nothing done before shall wait for it.
            return self.let_others_in(PAUSE).await;
        }
        let begun = self
            .backfill
            .as_ref()
            .map_or_else(Instant::now, |backfill| backfill.begun);
        let step = Step::Up { migration, batch };
        let taken = take(&mut self.locked, step, begun, self.options).await;
        if let Err(MigrationError::Failed { .. }) = &taken
            && self.locked.keeps_each_step()
            && self.is_recorded(migration).await
        {
            // The last commit of a runner that was killed came between.
            self.backfill = None;
            return Ok(());
        }
        match taken? {
            Taken::Recorded => {
                self.backfill = None;
                self.finished(migration.name(), begun.elapsed());
                Ok(())
            }
            Taken::Batch(changed) => {
                self.batch_done(migration, changed).await?;
                self.let_others_in(PAUSE).await
            }
            Taken::Idle(remaining) => {
                let pause = self.idle(remaining)?;
                self.let_others_in(pause).await
            }
        }
    }

    async fn is_recorded(&mut self, migration: &Migration) -> bool {
        let applied = ledger::read(&mut self.locked.work).await;
        applied.is_ok_and(|applied| {
            applied
                .iter()
                .any(|entry| entry.version() == migration.version())
        })
    }

    async fn begin_backfill(&mut self, migration: &Migration) -> Result<(), MigrationError> {
        let remaining = migration.header().remaining(&mut self.locked.work).await?;
        let total = remaining.unwrap_or(0);
        let name = migration.name().to_owned();
        self.options.watcher.batch(&name, 0, total);
        self.backfill = Some(Backfill {
            name,
            begun: Instant::now(),
            done: 0,
            total,
            remaining,
            idle_since: None,
        });
        Ok(())
    }

    /// Tells of a batch. When everything counted is done, counts again what others added since;
    /// if nothing became less meanwhile, it would go on for ever.
    async fn batch_done(
        &mut self,
        migration: &Migration,
        changed: u64,
    ) -> Result<(), MigrationError> {
        let Some(backfill) = &mut self.backfill else {
            return Ok(());
        };
        backfill.done += changed;
        backfill.idle_since = None;
        if backfill.done >= backfill.total
            && let Some(before) = backfill.remaining
        {
            let now = migration
                .header()
                .remaining(&mut self.locked.work)
                .await?
                .unwrap_or(0);
            if now > 0 && now >= before {
                let name = migration.name().to_owned();
                return Err(MigrationError::NoProgress {
                    name,
                    remaining: now,
                });
            }
            if let Some(backfill) = &mut self.backfill {
                backfill.total = backfill.done + now;
                backfill.remaining = Some(now);
            }
        }
        if let Some(backfill) = &self.backfill {
            let total = backfill.total.max(backfill.done);
            self.options
                .watcher
                .batch(&backfill.name, backfill.done, total);
        }
        Ok(())
    }

    /// How long to wait for the rows that a batch passed over; fails when that took too long.
    fn idle(&mut self, remaining: u64) -> Result<Duration, MigrationError> {
        let Some(backfill) = &mut self.backfill else {
            return Ok(PAUSE);
        };
        let waited = backfill
            .idle_since
            .get_or_insert_with(Instant::now)
            .elapsed();
        if waited >= self.options.timeout {
            let name = backfill.name.clone();
            return Err(MigrationError::NoProgress { name, remaining });
        }
        // Each pause is as long as all before it together.
        let left = self.options.timeout.saturating_sub(waited);
        Ok(waited.clamp(PAUSE, LONGEST_PAUSE).min(left))
    }

    async fn let_others_in(&mut self, pause: Duration) -> Result<(), MigrationError> {
        self.locked.let_others_in(pause, self.options).await?;
        self.tell();
        Ok(())
    }

    pub(super) fn finished(&mut self, name: &str, duration: Duration) {
        let name = name.to_owned();
        self.done.push(Done { name, duration });
        if self.locked.keeps_each_step() {
            self.tell();
        }
    }

    /// Tells the watcher of what is durable now.
    fn tell(&mut self) {
        for done in self.done.iter().skip(self.told) {
            self.options.watcher.done(done);
        }
        self.told = self.done.len();
    }

    /// Gives the lock back. What came before a failure is kept, and told.
    pub(super) async fn end(
        mut self,
        outcome: Result<(), MigrationError>,
    ) -> Result<Vec<Done>, MigrationError> {
        let released = self.locked.give_back().await;
        if released.is_ok() {
            self.tell();
        }
        self.locked.close().await;
        outcome?;
        released?;
        Ok(self.done)
    }
}
