use std::{sync::Arc, time::Duration};

use clap::Args;
use hellojohn_storage::{Blocking, MigrationOptions, Migrations, Newer};
use serde_json::json;

use super::{large::Large, status::up_to_date, stopping::stoppable, teller::Teller};
use crate::{
    compose,
    config::DatabaseConfig,
    failure::Failure,
    output::{Format, Output, or_dash},
};

#[derive(Args)]
pub(crate) struct Apply {
    /// Show what would be applied
    #[arg(long)]
    dry_run: bool,
    /// How long each migration may take, waiting for locks included; of a backfill, each batch [default: 5m]
    #[arg(long, value_parser = humantime::parse_duration)]
    timeout: Option<Duration>,
    /// Go on although the database has migrations of a newer program
    #[arg(long)]
    allow_newer: bool,
    /// Run also what keeps others out of a large table for as long as it takes (see `plan`)
    #[arg(long)]
    allow_blocking: bool,
    #[command(flatten)]
    large: Large,
}

pub(super) async fn run(
    migrations: &Migrations,
    database: &DatabaseConfig,
    flags: Apply,
    output: &mut Output,
) -> Result<(), Failure> {
    if flags.dry_run {
        return preview(migrations, options(database, &flags).newer, output).await;
    }
    let options = options(database, &flags);
    apply(migrations, options, output).await
}

fn options(database: &DatabaseConfig, flags: &Apply) -> MigrationOptions {
    let mut options = compose::migration_options(database);
    if flags.allow_newer {
        options.newer = Newer::Allow;
    }
    options.blocking = if flags.allow_blocking {
        Blocking::Allow
    } else {
        Blocking::RefuseAbove(flags.large.into())
    };
    options.timeout = flags.timeout.unwrap_or(options.timeout);
    options
}

/// Tells what would be applied, or what `run` would refuse.
async fn preview(
    migrations: &Migrations,
    newer: Newer,
    output: &mut Output,
) -> Result<(), Failure> {
    let pending = migrations.pending(newer).await?;
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
    migrations: &Migrations,
    mut options: MigrationOptions,
    output: &mut Output,
) -> Result<(), Failure> {
    let human = output.format() == Format::Table;
    if human {
        let pending = migrations.pending(options.newer).await?.len();
        if pending > 0 {
            output.line(format_args!("Running {pending} pending migrations...\n"))?;
        }
    }
    let teller = Arc::new(Teller::new("✅", output.format()));
    options.watcher = teller.clone();
    let done = stoppable(options.stop.clone(), migrations.run(&options)).await?;
    // After a failure the database may not answer either; the failure is what must be told.
    let version = migrations.status().await.ok().and_then(|now| now.version);
    if !human {
        let failure = done.as_ref().err().map(crate::failure::of_migration);
        output.json(&json!({
            "schema_version": version,
            "applied": teller.done_so_far(),
            "error": failure.map(|failure| failure.to_string()),
        }))?;
        return done.map(drop).map_err(Failure::from);
    }
    if done?.is_empty() {
        return up_to_date(version, output);
    }
    output.line(format_args!(
        "\nMigrations complete. Schema version: {}",
        or_dash(version)
    ))
}
