//! A whole life of a user against a running server, in front of people or of a script.
//!
//! Needs the database beside the address: the key the user signs up with is made there, and the
//! user and the key are removed there, whatever happens in between.

mod cast;
mod life;

use std::{fmt::Display, time::Instant};

use serde_json::{Value, json};

use self::cast::Cast;
use crate::{
    cli::Global,
    failure::{Exit, Failure},
    output::{Format, Output},
    shutdown::Signals,
};

/// The steps that were taken.
pub(super) struct Steps<'o> {
    output: &'o mut Output,
    taken: Vec<Value>,
}

pub(super) async fn run(
    global: &Global,
    output: &mut Output,
    url: Option<&str>,
    tenant: Option<&str>,
) -> Result<(), Failure> {
    let mut cast = Cast::assemble(global, url, tenant).await?;
    if output.format() == Format::Table {
        output.line(format_args!(
            "Trying {} in tenant {}\n",
            cast.url,
            cast.tenant()
        ))?;
    }
    let mut steps = Steps {
        output,
        taken: Vec::new(),
    };
    let mut signals = Signals::listen()?;
    let lived = tokio::select! {
        lived = life::live(&mut cast, &mut steps) => lived,
        () = signals.next() => Err(Failure::new(Exit::Interrupted, "stopped by a signal")),
    };
    let started = Instant::now();
    let cleaned = cast.clean_up().await;
    let cleaned = steps.note("clean up", started, cleaned.map(|()| None));
    let (url, taken) = (cast.url.clone(), steps.taken);
    let ok = lived.is_ok() && cleaned.is_ok();
    match output.format() {
        Format::Json => output.json(&json!({ "url": url, "ok": ok, "steps": taken }))?,
        Format::Table if ok => output.line("\n✅ Everything worked")?,
        Format::Table => {}
    }
    lived?;
    cleaned
}

impl Steps<'_> {
    /// Tells of one step, and passes on whether it succeeded.
    fn note(
        &mut self,
        step: &'static str,
        started: Instant,
        outcome: Result<Option<String>, String>,
    ) -> Result<(), Failure> {
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (mark, detail) = match &outcome {
            Ok(detail) => ("✅", detail.clone()),
            Err(why) => ("❌", Some(why.clone())),
        };
        self.taken.push(json!({
            "step": step,
            "ok": outcome.is_ok(),
            "milliseconds": milliseconds,
            "detail": detail,
        }));
        if self.output.format() == Format::Table {
            let detail = detail.map(|detail| format!(": {detail}"));
            let detail = detail.unwrap_or_default();
            self.output
                .line(format_args!("  {mark}  {step} ({milliseconds}ms){detail}"))?;
        }
        outcome
            .map(drop)
            .map_err(|why| Failure::general(format!("{step}: {why}")))
    }

    /// Takes one step.
    async fn take<T: Shown>(
        &mut self,
        step: &'static str,
        work: impl Future<Output = Result<T, String>>,
    ) -> Result<T, Failure> {
        let started = Instant::now();
        match work.await {
            Ok(done) => {
                self.note(step, started, Ok(done.shown()))?;
                Ok(done)
            }
            Err(why) => {
                let failed = self.note(step, started, Err(why));
                Err(failed.err().unwrap_or_else(|| Failure::general(step)))
            }
        }
    }
}

/// What a step found, as far as people may see it.
trait Shown {
    fn shown(&self) -> Option<String>;
}

impl Shown for () {
    fn shown(&self) -> Option<String> {
        None
    }
}

/// A step that has something to tell.
struct Told<D: Display>(D);

impl<D: Display> Shown for Told<D> {
    fn shown(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}
