//! `hj hash calibrate`: what a password hash may cost on this host.

use std::time::Duration;

use clap::{Args, Subcommand};
use hellojohn_core::password::{propose, time_one_hash};
use serde_json::json;

use crate::{
    failure::Failure,
    output::{Format, Output},
};

#[derive(Subcommand)]
pub(crate) enum Hash {
    /// Propose Argon2 settings for this host
    Calibrate(Calibrate),
}

#[derive(Args)]
pub(crate) struct Calibrate {
    /// How long one hash may take
    #[arg(long, default_value = "100ms", value_parser = humantime::parse_duration)]
    target: Duration,
}

pub(crate) fn run(output: &mut Output, command: &Hash) -> Result<(), Failure> {
    let Hash::Calibrate(Calibrate { target }) = command;
    let params = propose(*target, time_one_hash);
    let took = time_one_hash(params);
    match output.format() {
        Format::Json => output.json(&json!({
            "memory_kib": params.memory_kib(),
            "iterations": params.iterations(),
            "parallelism": params.parallelism(),
            "milliseconds": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        })),
        Format::Table => {
            output.line(format_args!(
                "HELLOJOHN_ARGON2_MEMORY_KIB={}",
                params.memory_kib()
            ))?;
            output.line(format_args!(
                "HELLOJOHN_ARGON2_ITERATIONS={}",
                params.iterations()
            ))?;
            output.line(format_args!(
                "HELLOJOHN_ARGON2_PARALLELISM={}",
                params.parallelism()
            ))?;
            output.line(format_args!("# one hash took {} ms here", took.as_millis()))
        }
    }
}
