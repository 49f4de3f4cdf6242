//! The HelloJohn server and command line: one program under the names `hellojohn`, `hj` and `hjctl`.
//!
//! It composes the engine, the storage and the HTTP service from the environment, and
//! runs them behind a listener. It decides nothing about users or tokens.

#![forbid(unsafe_code)]

mod access_log;
mod blockers;
mod breach;
mod captcha;
mod cli;
mod commands;
mod compose;
mod config;
mod data_dir;
mod failure;
mod findings;
mod first_start;
mod housekeeping;
mod mail_workers;
mod mailbox;
mod metrics;
mod output;
mod progress;
mod schema_watch;
mod server;
mod shutdown;
mod sms;
mod smtp;
mod telemetry;
mod web;
mod welcome;

use std::process::ExitCode;

/// Runs the command line of this process, and answers with its exit code.
pub fn main() -> ExitCode {
    let outcome = cli::parse().and_then(|parsed| match parsed {
        cli::Parsed::Run(cli) => commands::run(*cli),
        cli::Parsed::Show(text) => output::Output::to_stdout(output::Format::Table).text(&text),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_said() {
                output::note(format_args!("Error: {failure}"));
            }
            failure.exit_code()
        }
    }
}
