//! `hj migrations verify`: whether a backup would survive the upgrade to this program, and the way back.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use clap::Args;
use hellojohn_core::ports::{Clock as _, system::SystemClock};
use hellojohn_storage::upgrade::{Outcome, StepDone, Verdict};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    cli::Global,
    commands::{
        backup::{Place, Restoring, Scratch, kind_of, open},
        instance,
    },
    config::DatabaseConfig,
    failure::Failure,
    output::{Format, Output, counted, or_dash},
};

#[derive(Args)]
pub(crate) struct Verify {
    /// A backup: made by `pg_dump` (custom format or plain SQL), a SQLite database, or a file of `hj backup create`
    #[arg(long, value_name = "FILE")]
    against: PathBuf,
    /// The `pg_restore` to use [default: the one in the PATH, or the newest installed]
    #[arg(long, value_name = "PROGRAM")]
    pg_restore: Option<PathBuf>,
}

/// Restores the backup into a scratch database, takes that through the upgrade and back, and drops it.
pub(super) async fn verify(
    global: &Global,
    output: &mut Output,
    Verify {
        against,
        pg_restore,
    }: Verify,
) -> Result<(), Failure> {
    let kind = kind_of(&against)?;
    let configured = || configured(global);
    let scratch = Scratch::for_file(kind, &against, configured, SystemClock.now()).await?;
    let restoring = Restoring {
        file: &against,
        kind,
        pg_restore: pg_restore.as_deref(),
        ring: None,
    };
    let mut told = Told {
        output,
        steps: Vec::new(),
    };
    let work = async |scratch: &Place| {
        told.begin(&against, scratch.name())?;
        let verdict = tried(scratch, restoring, &mut told).await?;
        Ok((verdict, scratch.name().to_owned(), Instant::now()))
    };
    let (verdict, name, began) = Box::pin(scratch.during(work)).await?;
    told.line(
        "Drop the scratch database",
        &[name],
        began.elapsed(),
        Mark::Good,
    )?;
    told.end(&against, verdict.as_ref())
}

/// The URL of the configured database, beside which another one is made.
fn configured(global: &Global) -> Result<SecretString, Failure> {
    let mut around = instance::of_command(global)?;
    let database = DatabaseConfig::from_env(&mut around.env);
    let finished = around.env.finish();
    finished.map_err(|error| Failure::general(error.to_string()))?;
    Ok(database.url)
}

/// Restores and tries; nothing if the backup could not be restored.
async fn tried(
    scratch: &Place,
    restoring: Restoring<'_>,
    told: &mut Told<'_>,
) -> Result<Option<Verdict>, Failure> {
    let began = Instant::now();
    if let Err(failure) = restoring.restore(scratch).await {
        let why = [failure.to_string()];
        told.line("Restore", &why, began.elapsed(), Mark::Bad)?;
        return Ok(None);
    }
    told.line("Restore", &[], began.elapsed(), Mark::Good)?;
    let store = open(scratch.url()).await?;
    let trial = store.upgrade_trial();
    let mut printed = Ok(());
    let verdict = trial
        .run(&mut |done| {
            if printed.is_ok() {
                printed = told.step(done);
            }
        })
        .await;
    printed?;
    store.close().await;
    Ok(Some(verdict))
}

/// How a step is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Good,
    Bad,
    Skipped,
}

impl Mark {
    const fn sign(self) -> &'static str {
        match self {
            Self::Good => "✅",
            Self::Bad => "❌",
            Self::Skipped => "⚠️",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Good => "holds",
            Self::Bad => "broken",
            Self::Skipped => "skipped",
        }
    }
}

/// What is told, line by line for people and at the end for programs.
struct Told<'o> {
    output: &'o mut Output,
    steps: Vec<Value>,
}

impl Told<'_> {
    fn begin(&mut self, file: &Path, scratch: &str) -> Result<(), Failure> {
        if self.output.format() == Format::Json {
            return Ok(());
        }
        self.output.line(format_args!(
            "Verifying the upgrade of {} in {scratch}...\n",
            file.display()
        ))
    }

    fn step(&mut self, done: &StepDone) -> Result<(), Failure> {
        let what = done.step.to_string();
        match &done.outcome {
            Outcome::Holds(seen) => {
                self.line(&what, std::slice::from_ref(seen), done.took, Mark::Good)
            }
            Outcome::Broken(why) => self.line(&what, why, done.took, Mark::Bad),
            Outcome::Skipped(why) => {
                self.line(&what, std::slice::from_ref(why), done.took, Mark::Skipped)
            }
        }
    }

    fn line(
        &mut self,
        what: &str,
        details: &[String],
        took: Duration,
        mark: Mark,
    ) -> Result<(), Failure> {
        self.steps.push(json!({
            "step": what,
            "outcome": mark.word(),
            "details": details,
            "milliseconds": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        }));
        if self.output.format() == Format::Json {
            return Ok(());
        }
        let (sign, took) = (mark.sign(), took.as_millis());
        match details {
            [one] if mark != Mark::Bad => self
                .output
                .line(format_args!("  {sign}  {what}: {one} ({took}ms)")),
            details => {
                self.output
                    .line(format_args!("  {sign}  {what} ({took}ms)"))?;
                details
                    .iter()
                    .try_for_each(|line| self.output.line(format_args!("        {line}")))
            }
        }
    }

    fn end(self, file: &Path, verdict: Option<&Verdict>) -> Result<(), Failure> {
        let holds = verdict.is_some_and(Verdict::holds);
        let from = verdict.and_then(|verdict| verdict.from.clone());
        let applied = verdict.map_or(&[][..], |verdict| &verdict.applied);
        if self.output.format() == Format::Json {
            self.output.json(&json!({
                "against": file,
                "verified": holds,
                "schema_version": from,
                "applied": applied,
                "steps": self.steps,
            }))?;
        } else if holds {
            self.output.line(format_args!(
                "\n✅ Upgrade verified: {} from schema version {}",
                counted(applied.len() as u64, "migration"),
                or_dash(from)
            ))?;
        } else {
            self.output.line("\n❌ Upgrade verification failed")?;
        }
        if holds { Ok(()) } else { Err(Failure::said()) }
    }
}
