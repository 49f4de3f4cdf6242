use clap::Args;
use hellojohn_storage::Migrations;
use secrecy::ExposeSecret as _;
use serde_json::json;

use crate::{
    config::{DatabaseConfig, masked},
    failure::{Exit, Failure},
    output::{Format, Output, or_dash},
};

#[derive(Args)]
pub(crate) struct Status {
    /// End with code 3 if something is pending
    #[arg(long)]
    exit_code: bool,
}

pub(super) async fn status(
    migrations: &Migrations,
    database: &DatabaseConfig,
    flags: Status,
    output: &mut Output,
) -> Result<(), Failure> {
    let status = migrations.standing().await?;
    let shown = masked(database.url.expose_secret());
    match output.format() {
        Format::Json => output.json(&json!({
            "database": shown,
            "schema_version": status.version,
            "pending": status.pending,
            "newer": status.newer,
            "problem": status.problem,
        }))?,
        Format::Table if status.pending.is_empty() && status.problem.is_none() => {
            up_to_date(status.version, output)?;
            tell_newer(&status.newer, output)?;
        }
        Format::Table => {
            output.line(format_args!("Database: {shown}"))?;
            let version = or_dash(status.version);
            output.line(format_args!("Schema version: {version}"))?;
            let count = status.pending.len();
            output.line(format_args!("Pending migrations: {count}\n"))?;
            for name in &status.pending {
                output.line(format_args!("  PENDING  {name}"))?;
            }
            tell_newer(&status.newer, output)?;
        }
    }
    if let Some(problem) = status.problem {
        return Err(Failure::general(problem));
    }
    if flags.exit_code && !status.pending.is_empty() {
        return Err(Failure::new(Exit::Pending, "migrations are pending"));
    }
    Ok(())
}

/// What a newer program applied this one cannot judge, so it says so.
fn tell_newer(newer: &[String], output: &mut Output) -> Result<(), Failure> {
    if newer.is_empty() {
        return Ok(());
    }
    let names = newer.join(", ");
    output.line(format_args!("⚠️  Newer than this program: {names}"))
}

/// The one line when nothing is pending.
pub(super) fn up_to_date(version: Option<String>, output: &mut Output) -> Result<(), Failure> {
    let version = or_dash(version);
    output.line(format_args!(
        "✅ Database schema is up to date (version: {version})"
    ))
}
