//! Up, back, and up again, with a look at schema and rows after each.

use std::{
    error::Error,
    fmt,
    time::{Duration, Instant},
};

use super::checksums::{Checksums, checksums};
use crate::{
    conn::{Direct, Target},
    migrate::{Blocking, MigrationError, MigrationOptions, Migrations},
    schema::{self, Schema},
};

/// Takes a copy of a database through the upgrade contract. It changes the copy; never give it a live one.
#[derive(Clone)]
pub struct UpgradeTrial {
    target: Target,
    migrations: Migrations,
    /// What a fresh installation is like; if nothing is said, as this build expects it.
    fresh: Option<Schema>,
    options: MigrationOptions,
}

/// One step of the trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// Every row is read.
    Read,
    /// Everything pending is applied.
    Upgrade,
    /// The schema is that of a fresh installation.
    Schema,
    /// What the rows held they still hold.
    Rows,
    /// What was applied is undone.
    RollBack,
    /// The schema is what it was.
    SchemaBack,
    /// The rows are what they were.
    RowsBack,
    /// Everything is applied again.
    Forward,
    /// Schema and rows are as after the first time.
    Valid,
}

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds; what was seen.
    Holds(String),
    /// It does not, and the trial ended with it; why, line by line.
    Broken(Vec<String>),
    /// It could not be tried; why.
    Skipped(String),
}

/// A step that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepDone {
    /// Which.
    pub step: Step,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took.
    pub took: Duration,
}

/// What a trial found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// The steps that were made, in order; a broken one is the last.
    pub steps: Vec<StepDone>,
    /// The schema's version before, if it had one.
    pub from: Option<String>,
    /// The names of the migrations that were applied.
    pub applied: Vec<String>,
}

impl Verdict {
    /// Whether nothing was broken.
    pub fn holds(&self) -> bool {
        self.broken().is_none()
    }

    /// The step that was broken, and how.
    pub fn broken(&self) -> Option<(Step, &[String])> {
        let last = self.steps.last()?;
        match &last.outcome {
            Outcome::Broken(why) => Some((last.step, why)),
            Outcome::Holds(_) | Outcome::Skipped(_) => None,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "Read every row",
            Self::Upgrade => "Upgrade",
            Self::Schema => "Schema as in a fresh installation",
            Self::Rows => "Rows as before",
            Self::RollBack => "Roll back",
            Self::SchemaBack => "Schema as in the backup",
            Self::RowsBack => "Rows as in the backup",
            Self::Forward => "Upgrade again",
            Self::Valid => "Schema and rows as after the first upgrade",
        })
    }
}

impl UpgradeTrial {
    pub(crate) fn new(target: Target) -> Self {
        let migrations = Migrations::new(target.clone());
        Self {
            target,
            migrations,
            fresh: None,
            options: MigrationOptions {
                // It is a copy, so nobody is kept out of it, and it takes as long as it takes.
                timeout: Duration::from_hours(24),
                blocking: Blocking::Allow,
                ..MigrationOptions::default()
            },
        }
    }

    /// The same trial of other migrations, which make this schema in an empty database.
    #[must_use]
    pub fn with(mut self, migrations: Migrations, fresh: Schema) -> Self {
        self.migrations = migrations;
        self.fresh = Some(fresh);
        self
    }

    /// With other options for its migrations.
    #[must_use]
    pub fn options(mut self, options: MigrationOptions) -> Self {
        self.options = options;
        self
    }

    /// Makes the trial, telling of each step as it ends; the first broken one is the last.
    pub async fn run(&self, told: &mut (dyn FnMut(&StepDone) + Send)) -> Verdict {
        let mut log = Log {
            told,
            verdict: Verdict::default(),
        };
        // Why it ended early is in the last step.
        let _ = self.through(&mut log).await;
        log.verdict
    }

    async fn through(&self, log: &mut Log<'_>) -> Result<(), Over> {
        let (before, from) = log.step(Step::Read, self.begin()).await?;
        log.verdict.from.clone_from(&from);
        let from = from.unwrap_or_default();
        let applied = log.step(Step::Upgrade, self.upgrade()).await?;
        log.verdict.applied.clone_from(&applied);
        log.step(Step::Schema, self.is_fresh()).await?;
        let changed = self.migrations.changes(&applied);
        log.quietly(Step::Rows, self.are_columns(&changed, &before.schema))
            .await?;
        log.step(Step::Rows, self.has_rows(&before, &from, &changed))
            .await?;
        if applied.is_empty() {
            let why = "nothing was applied: this program's schema is the same";
            return log.skip(Step::RollBack, why);
        }
        let after = log.quietly(Step::RollBack, self.moment(&from)).await?;
        log.step(Step::RollBack, self.roll_back(&applied, &from))
            .await?;
        log.step(Step::SchemaBack, self.has_schema(&before.schema))
            .await?;
        log.step(Step::RowsBack, self.has_rows(&before, &from, &changed))
            .await?;
        log.step(Step::Forward, self.upgrade()).await?;
        log.step(Step::Valid, self.is_as(&after, &from)).await
    }

    async fn begin(&self) -> Result<Seen<(Moment, Option<String>)>, Flaw> {
        let from = self.migrations.status().await?.version;
        if from.is_none() {
            // An upgrade of nothing would prove nothing.
            let why = "there is no schema of HelloJohn in it: no migration was ever applied";
            return Err(Flaw::Broken(vec![why.to_owned()]));
        }
        let moment = self.moment(from.as_deref().unwrap_or_default()).await?;
        let seen = format!(
            "{} tables, {} rows, schema {}",
            moment.checksums.tables(),
            moment.checksums.rows(),
            from.as_deref().unwrap_or("—")
        );
        Ok(Seen {
            value: (moment, from),
            seen,
        })
    }

    async fn is_fresh(&self) -> Result<Seen<()>, Flaw> {
        match &self.fresh {
            Some(fresh) => self.has_schema(fresh).await,
            None => self.has_schema(schema::expected(&self.target)?).await,
        }
    }

    async fn upgrade(&self) -> Result<Seen<Vec<String>>, Flaw> {
        let done = self.migrations.run(&self.options).await?;
        let names: Vec<String> = done.into_iter().map(|done| done.name).collect();
        let seen = if names.is_empty() {
            "nothing was pending".to_owned()
        } else {
            names.join(", ")
        };
        Ok(Seen { value: names, seen })
    }

    async fn roll_back(&self, applied: &[String], from: &str) -> Result<Seen<()>, Flaw> {
        match self.migrations.revert(1, &self.options).await {
            Err(error @ MigrationError::ForwardOnly { .. }) => {
                return Err(Flaw::Skip(error.to_string()));
            }
            done => done?,
        };
        let now = self.migrations.status().await?.version.unwrap_or_default();
        if now != from {
            return Err(Flaw::Broken(vec![format!(
                "the schema's version is {now} instead of {from}"
            )]));
        }
        Ok(Seen::that(match applied.len() {
            1 => "1 migration undone".to_owned(),
            number => format!("{number} migrations undone"),
        }))
    }

    async fn has_schema(&self, wanted: &Schema) -> Result<Seen<()>, Flaw> {
        let live = schema::live(&self.target).await?;
        let differences = schema::compare(wanted, &live);
        if differences.is_empty() {
            return Ok(Seen::that(format!("{} tables", live.tables.len())));
        }
        let lines = differences.iter().map(ToString::to_string);
        Err(Flaw::Broken(lines.collect()))
    }

    /// A misspelt column would be believed to be checked, or the right one not to change.
    async fn are_columns(&self, changed: &[String], before: &Schema) -> Result<(), Flaw> {
        let live = schema::live(&self.target).await?;
        let is_in = |schema: &Schema, whole: &str| {
            let (table, column) = whole.split_once('.').unwrap_or_default();
            let table = schema.table(table);
            table.is_some_and(|table| table.column(column).is_some())
        };
        let unknown = changed
            .iter()
            .filter(|whole| !is_in(&live, whole) && !is_in(before, whole))
            .map(|whole| format!("a migration says that it changes {whole}, which does not exist"));
        let unknown: Vec<String> = unknown.collect();
        if unknown.is_empty() {
            return Ok(());
        }
        Err(Flaw::Broken(unknown))
    }

    /// What was there before is there still, but for the values that are `changed` on purpose; what
    /// was added does not matter.
    async fn has_rows(
        &self,
        before: &Moment,
        from: &str,
        changed: &[String],
    ) -> Result<Seen<()>, Flaw> {
        let live = schema::live(&self.target).await?;
        let now = self.read(&before.schema, &live, from).await?;
        let (lost, on_purpose) = before.checksums.lost_but_for(changed, &now);
        if !lost.is_empty() {
            return Err(Flaw::Broken(lost));
        }
        let mut seen = format!("{} rows, {} columns", now.rows(), now.columns());
        if !on_purpose.is_empty() {
            seen = format!("{seen}; changed on purpose: {}", on_purpose.join(", "));
        }
        Ok(Seen::that(seen))
    }

    async fn is_as(&self, after: &Moment, from: &str) -> Result<Seen<()>, Flaw> {
        self.has_schema(&after.schema).await?;
        self.has_rows(after, from, &[]).await
    }

    async fn moment(&self, from: &str) -> Result<Moment, Flaw> {
        let schema = schema::live(&self.target).await?;
        let checksums = self.read(&schema, &schema, from).await?;
        Ok(Moment { schema, checksums })
    }

    async fn read(&self, before: &Schema, now: &Schema, from: &str) -> Result<Checksums, Flaw> {
        let mut conn = Direct::open(&self.target).await?;
        conn.begin_snapshot(&[]).await?;
        let checksums = checksums(&mut conn, before, now, from).await?;
        conn.close().await?;
        Ok(checksums)
    }
}

/// A moment of the database.
struct Moment {
    schema: Schema,
    checksums: Checksums,
}

/// What a step hands on, and what it saw.
struct Seen<T> {
    value: T,
    seen: String,
}

impl Seen<()> {
    const fn that(seen: String) -> Self {
        Self { value: (), seen }
    }
}

/// Why a step does not hold.
enum Flaw {
    Broken(Vec<String>),
    Skip(String),
}

impl<E: Error> From<E> for Flaw {
    fn from(error: E) -> Self {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        Self::Broken(vec![text])
    }
}

/// The trial has ended; its last step says how.
struct Over;

/// The steps so far, and who is told of them.
struct Log<'t> {
    told: &'t mut (dyn FnMut(&StepDone) + Send),
    verdict: Verdict,
}

impl Log<'_> {
    async fn step<T>(
        &mut self,
        step: Step,
        work: impl Future<Output = Result<Seen<T>, Flaw>>,
    ) -> Result<T, Over> {
        let began = Instant::now();
        match work.await {
            Ok(Seen { value, seen }) => {
                self.note(step, Outcome::Holds(seen), began);
                Ok(value)
            }
            Err(flaw) => Err(self.end(step, flaw, began)),
        }
    }

    /// A step that is only told of if it fails.
    async fn quietly<T>(
        &mut self,
        step: Step,
        work: impl Future<Output = Result<T, Flaw>>,
    ) -> Result<T, Over> {
        let began = Instant::now();
        work.await.map_err(|flaw| self.end(step, flaw, began))
    }

    fn skip(&mut self, step: Step, why: &str) -> Result<(), Over> {
        Err(self.end(step, Flaw::Skip(why.to_owned()), Instant::now()))
    }

    fn end(&mut self, step: Step, flaw: Flaw, began: Instant) -> Over {
        let outcome = match flaw {
            Flaw::Broken(why) => Outcome::Broken(why),
            Flaw::Skip(why) => Outcome::Skipped(why),
        };
        self.note(step, outcome, began);
        Over
    }

    fn note(&mut self, step: Step, outcome: Outcome, began: Instant) {
        let done = StepDone {
            step,
            outcome,
            took: began.elapsed(),
        };
        (self.told)(&done);
        self.verdict.steps.push(done);
    }
}
