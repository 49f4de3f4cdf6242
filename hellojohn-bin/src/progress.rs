//! How far long work has come: a bar on a terminal, a line now and then elsewhere.

use std::{
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use crate::output::note;

/// Tells on standard error how much of some work is done, and how long the rest may take.
pub(crate) struct Progress {
    shown: Shown,
    total: u64,
}

enum Shown {
    Bar(ProgressBar),
    Lines {
        what: String,
        began: Instant,
        told: Instant,
    },
}

/// How often a line is written where there is no terminal.
const PAUSE: Duration = Duration::from_secs(5);

impl Progress {
    /// Begins to tell about `total` pieces of work, which may be an estimate.
    pub(crate) fn start(what: &str, total: u64) -> Self {
        let shown = if io::stderr().is_terminal() {
            let bar = ProgressBar::new(total).with_message(what.to_owned());
            let look = "{msg} [{bar:30}] {human_pos}/{human_len} {percent}% ETA {eta}";
            if let Ok(style) = ProgressStyle::with_template(look) {
                bar.set_style(style);
            }
            Shown::Bar(bar)
        } else {
            let began = Instant::now();
            Shown::Lines {
                what: what.to_owned(),
                began,
                told: began,
            }
        };
        Self { shown, total }
    }

    /// Tells how many pieces are done.
    pub(crate) fn set(&mut self, done: u64) {
        let total = self.total.max(done);
        match &mut self.shown {
            Shown::Bar(bar) => {
                bar.set_length(total);
                bar.set_position(done);
            }
            Shown::Lines { what, began, told } => {
                if told.elapsed() >= PAUSE {
                    *told = Instant::now();
                    note(line(what, done, total, began.elapsed()));
                }
            }
        }
    }

    /// Takes the bar away; what was done is told by the command itself.
    pub(crate) fn finish(self) {
        if let Shown::Bar(bar) = self.shown {
            bar.finish_and_clear();
        }
    }
}

fn line(what: &str, done: u64, total: u64, elapsed: Duration) -> String {
    let percent = (done * 100).checked_div(total).unwrap_or(100);
    let left = rest(done, total, elapsed)
        .map(|left| format!(", about {:#} left", HumanDuration(left)))
        .unwrap_or_default();
    format!("{what}: {done} of {total} ({percent} %){left}")
}

/// What the rest takes if it goes on as it went so far.
fn rest(done: u64, total: u64, elapsed: Duration) -> Option<Duration> {
    let millis = u64::try_from(elapsed.as_millis()).ok()?;
    let left = millis.checked_mul(total.saturating_sub(done))?;
    left.checked_div(done).map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_much_is_done_and_what_is_left() {
        let elapsed = Duration::from_secs(10);
        assert_eq!(
            line("Sealing anew", 250, 1_000, elapsed),
            "Sealing anew: 250 of 1000 (25 %), about 30s left"
        );
        assert_eq!(
            line("Sealing anew", 0, 1_000, elapsed),
            "Sealing anew: 0 of 1000 (0 %)"
        );
        assert_eq!(line("Nothing", 0, 0, elapsed), "Nothing: 0 of 0 (100 %)");
    }
}
