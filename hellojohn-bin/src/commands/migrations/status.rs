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
    let status = migrations.status().await?;
    let shown = masked(database.url.expose_secret());
    match output.format() {
        Format::Json => output.json(&json!({
            "database": shown,
            "schema_version": status.version,
            "pending": status.pending,
        }))?,
        Format::Table if status.pending.is_empty() => up_to_date(status.version, output)?,
        Format::Table => {
            output.line(format_args!("Database: {shown}"))?;
            let version = or_dash(status.version);
            output.line(format_args!("Schema version: {version}"))?;
            let count = status.pending.len();
            output.line(format_args!("Pending migrations: {count}\n"))?;
            for name in &status.pending {
                output.line(format_args!("  PENDING  {name}"))?;
            }
        }
    }
    if flags.exit_code && !status.pending.is_empty() {
        return Err(Failure::new(Exit::Pending, "migrations are pending"));
    }
    Ok(())
}

/// The one line when nothing is pending.
pub(super) fn up_to_date(version: Option<String>, output: &mut Output) -> Result<(), Failure> {
    let version = or_dash(version);
    output.line(format_args!(
        "✅ Database schema is up to date (version: {version})"
    ))
}
