//! `hj migrations`: what the schema is, and bringing it forward and back.

mod large;
mod list;
mod plan;
mod rollback;
mod run;
mod status;
mod stopping;
mod teller;
mod validate;
mod verify;

use clap::{Args, Subcommand};
use hellojohn_storage::Standing;

use super::instance;
use crate::{cli::Global, failure::Failure, output::Output, schema_watch::require_known};

#[derive(Subcommand)]
pub(crate) enum Migrations {
    /// Show the schema version and what is pending
    Status(status::Status),
    /// Apply everything that is pending, as one batch
    Run(run::Apply),
    /// Show what pending migrations would lock, on how much, and for how long
    Plan(plan::Plan),
    /// List all migrations
    List,
    /// Compare the schema with the one this program expects
    Validate,
    /// Try the upgrade and the way back on a backup, in a scratch database
    Verify(verify::Verify),
    /// Undo the newest batch; what its tables held is lost, so back up first
    Rollback(rollback::Rollback),
}

/// `hellojohn migrate` is `hj migrations run`, `hellojohn migrate status` its sister.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Migrate {
    #[command(flatten)]
    run: run::Apply,
    #[command(subcommand)]
    command: Option<MigrateCommand>,
}

#[derive(Subcommand)]
enum MigrateCommand {
    /// Show the schema version and what is pending
    Status(status::Status),
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
    // Not needed by every command, so not opened yet.
    let database = instance::store(global);
    match command {
        Migrations::Verify(flags) => Box::pin(verify::verify(global, output, flags)).await,
        Migrations::Status(flags) => {
            let (store, database) = database.await?;
            status::status(&store.migrations(), &database, flags, output).await
        }
        Migrations::Run(flags) => {
            let (store, database) = database.await?;
            let migrations = store.migrations();
            require_known(&migrations.standing().await?)?;
            run::run(&migrations, &database, flags, output).await
        }
        Migrations::Plan(flags) => {
            let (store, _) = database.await?;
            plan::plan(&store.migrations(), flags, output).await
        }
        Migrations::List => {
            let (store, _) = database.await?;
            list::list(&store.migrations(), output).await
        }
        Migrations::Validate => {
            let (store, _) = database.await?;
            validate::validate(&store, output).await
        }
        Migrations::Rollback(flags) => {
            let (store, database) = database.await?;
            let migrations = store.migrations();
            // The way back from a later major release is open: the down scripts lie in the database.
            let standing = Standing {
                newer: Vec::new(),
                ..migrations.standing().await?
            };
            require_known(&standing)?;
            rollback::rollback(&migrations, &database, flags, output).await
        }
    }
}
