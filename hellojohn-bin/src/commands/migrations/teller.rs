use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use hellojohn_storage::{Done, Watcher};
use serde_json::{Value, json};

use crate::{
    output::{Format, Output},
    progress::Progress,
};

/// Tells of each migration when it is done, and how far a backfill is.
pub(super) struct Teller {
    mark: &'static str,
    told: Mutex<Told>,
}

struct Told {
    output: Output,
    progress: Option<Progress>,
    done: Vec<Value>,
}

impl Teller {
    /// Tells with this mark in front of each line.
    pub(super) fn new(mark: &'static str, format: Format) -> Self {
        let told = Told {
            output: Output::to_stdout(format),
            progress: None,
            done: Vec::new(),
        };
        Self {
            mark,
            told: Mutex::new(told),
        }
    }

    /// What was done so far, as JSON.
    pub(super) fn done_so_far(&self) -> Vec<Value> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.done.clone()
    }
}

impl Watcher for Teller {
    fn done(&self, done: &Done) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(progress) = told.progress.take() {
            progress.finish();
        }
        let Done { name, duration } = done;
        let milliseconds = duration.as_millis();
        if told.output.format() == Format::Table {
            let mark = self.mark;
            // The work goes on even if nobody reads of it.
            let _ = told
                .output
                .line(format_args!("  {mark}  {name} ({milliseconds}ms)"));
        }
        let milliseconds = u64::try_from(milliseconds).unwrap_or(u64::MAX);
        told.done
            .push(json!({ "name": name, "milliseconds": milliseconds }));
    }

    fn batch(&self, name: &str, done: u64, total: u64) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.progress
            .get_or_insert_with(|| Progress::start(name, total))
            .set(done);
    }
}

impl fmt::Debug for Teller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Teller").field(&self.mark).finish()
    }
}
