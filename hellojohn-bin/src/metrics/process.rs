//! This process, under the names every Prometheus client library uses. From `/proc`, so on Linux only.

use std::fs;

use hellojohn_core::{
    metrics::Series,
    ports::{Clock as _, system::SystemClock},
};
use metrics::Gauge;

pub(super) const SERIES: &[Series] = &[MEMORY, OPEN_FILES, MOST_FILES, STARTED];

const MEMORY: Series = Series::gauge(
    "process_resident_memory_bytes",
    &[],
    "Memory of this process that is in RAM.",
);
const OPEN_FILES: Series = Series::gauge("process_open_fds", &[], "Open file descriptors.");
const MOST_FILES: Series = Series::gauge(
    "process_max_fds",
    &[],
    "File descriptors this process may have open.",
);
const STARTED: Series = Series::gauge(
    "process_start_time_seconds",
    &[],
    "When this process started, in seconds since 1970.",
);

/// The handles of the process.
pub(super) struct ProcessMeters {
    memory: Gauge,
    open_files: Gauge,
    most_files: Gauge,
}

impl ProcessMeters {
    /// Registers them; the process starts now, as far as it matters.
    pub(super) fn register() -> Self {
        let now = u32::try_from(SystemClock.now().as_seconds()).unwrap_or(u32::MAX);
        STARTED.show(&[]).set(f64::from(now));
        Self {
            memory: MEMORY.show(&[]),
            open_files: OPEN_FILES.show(&[]),
            most_files: MOST_FILES.show(&[]),
        }
    }

    /// Looks.
    pub(super) fn sample(&self) {
        if let Some(kib) = number_after("/proc/self/status", "VmRSS:") {
            self.memory.set(kib * 1024.0);
        }
        if let Some(most) = number_after("/proc/self/limits", "Max open files") {
            self.most_files.set(most);
        }
        if let Ok(files) = fs::read_dir("/proc/self/fd") {
            // One of them is the folder itself.
            let open = u32::try_from(files.count().saturating_sub(1)).unwrap_or(u32::MAX);
            self.open_files.set(f64::from(open));
        }
    }
}

/// The number after a word at the beginning of a line.
fn number_after(path: &str, word: &str) -> Option<f64> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(word))?;
    line.split_whitespace().next()?.parse().ok()
}
