//! Logs: one line per event, to standard output in production and to standard error otherwise.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::{EnvFilter, fmt::writer::BoxMakeWriter};

use crate::config::{LogConfig, LogFormat, Profile};

/// Starts logging as configured.
pub(crate) fn start(config: LogConfig) {
    // In development standard output belongs to the instructions.
    let writer = match config.profile {
        Profile::Production => BoxMakeWriter::new(io::stdout),
        Profile::Development => BoxMakeWriter::new(io::stderr),
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter(&config.level.to_string().to_lowercase()))
        .with_writer(writer);
    // A second start in one process, in a test, keeps the first.
    let _ = match config.format {
        LogFormat::Json => builder
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .try_init(),
        LogFormat::Text => builder.with_ansi(io::stderr().is_terminal()).try_init(),
    };
}

/// Logs of a command: what went wrong, to standard error.
pub(crate) fn start_for_command() {
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter("warn"))
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .try_init();
}

/// Ours at the level asked for; the libraries' insides only when they fail.
///
/// The engine reports every skipped breach check; [`breach`](crate::breach) does so once in a while.
fn filter(level: &str) -> EnvFilter {
    EnvFilter::new(format!(
        "warn,hellojohn_core={level},hellojohn_storage={level},hellojohn_http={level},\
         hellojohn_bin={level},hellojohn_core::password::breach=off,hyper=error"
    ))
}
