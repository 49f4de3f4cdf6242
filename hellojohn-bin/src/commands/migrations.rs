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
use hellojohn_storage::SqlStore;

use super::instance;
use crate::{cli::Global, failure::Failure, output::Output, schema_watch::require_own_major};

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
            let migrations = store.migrations();
            closing(
                &store,
                Box::pin(status::status(&migrations, &database, flags, output)),
            )
            .await
        }
        Migrations::Run(flags) => {
            let (store, database) = database.await?;
            instance::require_rows(&store).await?;
            let migrations = store.migrations();
            require_own_major(&migrations.standing().await?)?;
            closing(
                &store,
                Box::pin(run::run(&migrations, &database, flags, output)),
            )
            .await
        }
        Migrations::Plan(flags) => {
            let (store, _) = database.await?;
            closing(
                &store,
                Box::pin(plan::plan(&store.migrations(), flags, output)),
            )
            .await
        }
        Migrations::List => {
            let (store, _) = database.await?;
            closing(&store, list::list(&store.migrations(), output)).await
        }
        Migrations::Validate => {
            let (store, _) = database.await?;
            closing(&store, validate::validate(&store, output)).await
        }
        Migrations::Rollback(flags) => {
            let (store, database) = database.await?;
            instance::require_rows(&store).await?;
            let migrations = store.migrations();
            closing(
                &store,
                Box::pin(rollback::rollback(&migrations, &database, flags, output)),
            )
            .await
        }
    }
}

/// Whoever copies a SQLite file afterwards shall find everything in the one file.
async fn closing(
    store: &SqlStore,
    work: impl Future<Output = Result<(), Failure>>,
) -> Result<(), Failure> {
    let outcome = work.await;
    store.close().await;
    outcome
}
