//! `hj migrations`: what the schema is, and bringing it forward and back.

mod validate;

use std::time::Duration;

use clap::{Args, Subcommand};
use hellojohn_storage::{Done, MigrationOptions, Migrations as Catalog, Newer, State};
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::instance;
use crate::{
    cli::Global,
    compose,
    config::masked,
    failure::{Exit, Failure},
    output::{Format, Output, Table, date_and_time, or_dash},
};

#[derive(Subcommand)]
pub(crate) enum Migrations {
    /// Show the schema version and what is pending
    Status(Status),
    /// Apply everything that is pending, as one batch
    Run(Apply),
    /// List all migrations
    List,
    /// Compare the schema with the one this program expects
    Validate,
    /// Undo the newest batch; what its tables held is lost, so back up first
    Rollback(Rollback),
}

/// `hellojohn migrate` is `hj migrations run`, `hellojohn migrate status` its sister.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Migrate {
    #[command(flatten)]
    run: Apply,
    #[command(subcommand)]
    command: Option<MigrateCommand>,
}

#[derive(Subcommand)]
enum MigrateCommand {
    /// Show the schema version and what is pending
    Status(Status),
}

#[derive(Args)]
pub(crate) struct Status {
    /// End with code 3 if something is pending
    #[arg(long)]
    exit_code: bool,
}

#[derive(Args)]
pub(crate) struct Apply {
    /// Show what would be applied
    #[arg(long)]
    dry_run: bool,
    /// How long each migration may take [default: 5m]
    #[arg(long, value_parser = humantime::parse_duration)]
    timeout: Option<Duration>,
    /// Go on although the database has migrations of a newer program
    #[arg(long)]
    allow_newer: bool,
}

#[derive(Args)]
pub(crate) struct Rollback {
    /// How many batches
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    steps: u32,
    /// Show what would be undone
    #[arg(long)]
    dry_run: bool,
}

impl From<Migrate> for Migrations {
    fn from(migrate: Migrate) -> Self {
        match migrate.command {
            Some(MigrateCommand::Status(status)) => Self::Status(status),
            None => Self::Run(migrate.run),
        }
    }
}

pub(crate) async fn run(
    global: &Global,
    output: &mut Output,
    command: Migrations,
) -> Result<(), Failure> {
    let (store, database) = instance::store(global).await?;
    let migrations = store.migrations();
    match command {
        Migrations::Status(Status { exit_code }) => {
            let shown = masked(database.url.expose_secret());
            status(&migrations, &shown, exit_code, output).await
        }
        Migrations::Run(Apply { dry_run: true, .. }) => preview(&migrations, output).await,
        Migrations::Run(Apply {
            timeout,
            allow_newer,
            ..
        }) => {
            let mut options = compose::migration_options(&database);
            if allow_newer {
                options.newer = Newer::Allow;
            }
            options.timeout = timeout.unwrap_or(options.timeout);
            apply(&migrations, &options, output).await
        }
        Migrations::List => list(&migrations, output).await,
        Migrations::Validate => validate::validate(&store, output).await,
        Migrations::Rollback(Rollback {
            steps,
            dry_run: true,
        }) => preview_rollback(&migrations, steps, output).await,
        Migrations::Rollback(Rollback { steps, .. }) => {
            let options = compose::migration_options(&database);
            roll_back(&migrations, steps, &options, output).await
        }
    }
}

async fn status(
    migrations: &Catalog,
    database: &str,
    exit_code: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let status = migrations.status().await?;
    let version = or_dash(status.version.clone());
    match output.format() {
        Format::Json => output.json(&json!({
            "database": database,
            "schema_version": status.version,
            "pending": status.pending,
        }))?,
        Format::Table if status.pending.is_empty() => {
            output.line(format_args!(
                "✅ Database schema is up to date (version: {version})"
            ))?;
        }
        Format::Table => {
            output.line(format_args!("Database: {database}"))?;
            output.line(format_args!("Schema version: {version}"))?;
            output.line(format_args!(
                "Pending migrations: {}\n",
                status.pending.len()
            ))?;
            for name in &status.pending {
                output.line(format_args!("  PENDING  {name}"))?;
            }
        }
    }
    if exit_code && !status.pending.is_empty() {
        return Err(Failure::new(Exit::NotAuthorised, "migrations are pending"));
    }
    Ok(())
}

async fn preview(migrations: &Catalog, output: &mut Output) -> Result<(), Failure> {
    let pending = migrations.status().await?.pending;
    if output.format() == Format::Json {
        return output.json(&json!({ "dry_run": true, "pending": pending }));
    }
    output.line("DRY RUN — No changes will be made\n")?;
    output.line(format_args!("Would apply {} migrations:", pending.len()))?;
    for name in pending {
        output.line(format_args!("  {name}"))?;
    }
    Ok(())
}

async fn apply(
    migrations: &Catalog,
    options: &MigrationOptions,
    output: &mut Output,
) -> Result<(), Failure> {
    let pending = migrations.status().await?.pending.len();
    let human = output.format() == Format::Table;
    if human && pending > 0 {
        output.line(format_args!("Running {pending} pending migrations...\n"))?;
    }
    let done = migrations.run(options).await?;
    let version = migrations.status().await?.version;
    if !human {
        return output.json(&json!({ "schema_version": version, "applied": as_json(&done) }));
    }
    let version = or_dash(version);
    if done.is_empty() {
        return output.line(format_args!(
            "✅ Database schema is up to date (version: {version})"
        ));
    }
    for Done { name, duration } in &done {
        output.line(format_args!("  ✅  {name} ({}ms)", duration.as_millis()))?;
    }
    output.line(format_args!(
        "\nMigrations complete. Schema version: {version}"
    ))
}

async fn list(migrations: &Catalog, output: &mut Output) -> Result<(), Failure> {
    let listed = migrations.list().await?;
    let mut table = Table::new(&["VERSION", "STATUS", "APPLIED AT"]);
    let mut rows = Vec::new();
    for migration in listed {
        let (status, at, batch) = match migration.state {
            State::Applied { at, batch } => ("applied", Some(at), Some(batch)),
            State::Pending => ("pending", None, None),
        };
        rows.push(json!({
            "name": migration.name,
            "status": status,
            "applied_at": at,
            "batch": batch,
        }));
        table.row([
            migration.name,
            status.to_owned(),
            or_dash(at.map(date_and_time)),
        ]);
    }
    output.list(&table, &rows.into())
}

async fn preview_rollback(
    migrations: &Catalog,
    steps: u32,
    output: &mut Output,
) -> Result<(), Failure> {
    let listed = migrations.list().await?;
    let batch_of = |state: &State| match state {
        State::Applied { batch, .. } => Some(*batch),
        State::Pending => None,
    };
    let mut batches: Vec<i64> = listed
        .iter()
        .filter_map(|entry| batch_of(&entry.state))
        .collect();
    batches.sort_unstable_by(|left, right| right.cmp(left));
    batches.dedup();
    batches.truncate(usize::try_from(steps).unwrap_or(usize::MAX));
    let names: Vec<String> = listed
        .into_iter()
        .rev()
        .filter(|entry| batch_of(&entry.state).is_some_and(|batch| batches.contains(&batch)))
        .map(|entry| entry.name)
        .collect();
    if output.format() == Format::Json {
        return output.json(&json!({ "dry_run": true, "would_roll_back": names }));
    }
    output.line("DRY RUN — No changes will be made\n")?;
    output.line(format_args!("Would roll back {} migrations:", names.len()))?;
    for name in names {
        output.line(format_args!("  {name}"))?;
    }
    Ok(())
}

async fn roll_back(
    migrations: &Catalog,
    steps: u32,
    options: &MigrationOptions,
    output: &mut Output,
) -> Result<(), Failure> {
    let human = output.format() == Format::Table;
    if human {
        output.line("⚠️  Rolling back migration batch...\n")?;
    }
    let done = migrations.revert(steps, options).await?;
    let version = migrations.status().await?.version;
    if !human {
        return output.json(&json!({ "schema_version": version, "rolled_back": as_json(&done) }));
    }
    let version = or_dash(version);
    for Done { name, duration } in &done {
        output.line(format_args!("  ↩️  {name} ({}ms)", duration.as_millis()))?;
    }
    output.line(format_args!(
        "\nRollback complete. Schema version: {version}"
    ))
}

fn as_json(done: &[Done]) -> Vec<serde_json::Value> {
    done.iter()
        .map(|Done { name, duration }| {
            json!({ "name": name, "milliseconds": u64::try_from(duration.as_millis()).unwrap_or(u64::MAX) })
        })
        .collect()
}
