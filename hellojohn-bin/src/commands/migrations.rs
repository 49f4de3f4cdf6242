//! `hj migrations`: what the schema is, and bringing it forward and back.

mod large;
mod list;
mod plan;
mod rollback;
mod run;
mod status;
mod stopping;
mod teller;

use clap::{Args, Subcommand};

use super::instance;
use crate::{cli::Global, failure::Failure, output::Output};

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
    let (store, database) = instance::store(global).await?;
    let migrations = store.migrations();
    match command {
        Migrations::Status(flags) => status::status(&migrations, &database, flags, output).await,
        Migrations::Run(flags) => run::run(&migrations, &database, flags, output).await,
        Migrations::Plan(flags) => plan::plan(&migrations, flags, output).await,
        Migrations::List => list::list(&migrations, output).await,
        Migrations::Rollback(flags) => {
            rollback::rollback(&migrations, &database, flags, output).await
        }
    }
}
