use std::{sync::Arc, time::Duration};

use clap::Args;
use hellojohn_storage::{MigrationError, MigrationOptions, Migrations, Reversal, Users};
use serde_json::json;

use super::{stopping::stoppable, teller::Teller};
use crate::{
    compose,
    config::DatabaseConfig,
    failure::Failure,
    output::{Format, Output, or_dash},
};

#[derive(Args)]
pub(crate) struct Rollback {
    /// How many batches
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    steps: u32,
    /// Show what would be undone
    #[arg(long)]
    dry_run: bool,
    /// How long each migration may take, waiting for locks included [default: 5m]
    #[arg(long, value_parser = humantime::parse_duration)]
    timeout: Option<Duration>,
    /// Undo the first migration although that deletes every user and all that is theirs
    #[arg(long)]
    delete_all_users: bool,
}

pub(super) async fn rollback(
    migrations: &Migrations,
    database: &DatabaseConfig,
    flags: Rollback,
    output: &mut Output,
) -> Result<(), Failure> {
    // Refuses what can be refused before anything is printed.
    let reversal = migrations.reversal(flags.steps).await?;
    if flags.dry_run {
        return preview(&reversal, output);
    }
    if let Reversal { users: 1.., .. } = reversal
        && !flags.delete_all_users
    {
        let name = reversal.names.last().cloned().unwrap_or_default();
        let users = reversal.users;
        return Err(MigrationError::UsersInTheWay { name, users }.into());
    }
    let mut options = compose::migration_options(database);
    options.timeout = flags.timeout.unwrap_or(options.timeout);
    if flags.delete_all_users {
        options.users = Users::Delete;
    }
    undo(migrations, flags.steps, options, output).await
}

fn preview(reversal: &Reversal, output: &mut Output) -> Result<(), Failure> {
    let Reversal { names, users, .. } = reversal;
    if output.format() == Format::Json {
        return output.json(&json!({
            "dry_run": true,
            "would_roll_back": names,
            "users_deleted": users,
        }));
    }
    output.line("DRY RUN — No changes will be made\n")?;
    output.line(format_args!("Would roll back {} migrations:", names.len()))?;
    for name in names {
        output.line(format_args!("  {name}"))?;
    }
    if *users > 0 {
        output.line(format_args!(
            "\n⚠️  This would delete all {users} users, and needs --delete-all-users"
        ))?;
    }
    Ok(())
}

async fn undo(
    migrations: &Migrations,
    steps: u32,
    mut options: MigrationOptions,
    output: &mut Output,
) -> Result<(), Failure> {
    let human = output.format() == Format::Table;
    if human {
        output.line("⚠️  Rolling back migration batch...")?;
    }
    let teller = Arc::new(Teller::new("↩️", output.format()));
    options.watcher = teller.clone();
    let done = stoppable(options.stop.clone(), migrations.revert(steps, &options)).await?;
    let version = migrations.status().await.ok().and_then(|now| now.version);
    if !human {
        let failure = done.as_ref().err().map(crate::failure::of_migration);
        output.json(&json!({
            "schema_version": version,
            "rolled_back": teller.done_so_far(),
            "error": failure.map(|failure| failure.to_string()),
        }))?;
        return done.map(drop).map_err(Failure::from);
    }
    done?;
    output.line(format_args!(
        "Rollback complete. Schema version: {}",
        or_dash(version)
    ))
}
