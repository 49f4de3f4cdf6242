//! The commands, one file each.

pub(crate) mod admin;
pub(crate) mod backup;
pub(crate) mod doctor;
pub(crate) mod hash;
pub(crate) mod health;
mod instance;
pub(crate) mod keys;
pub(crate) mod migrations;
mod serve;
pub(crate) mod sessions;
pub(crate) mod signing_keys;
pub(crate) mod tenants;
pub(crate) mod upgrade;
mod which_tenant;

use crate::{
    cli::{Cli, Command},
    failure::Failure,
    output::{Format, Output},
    telemetry,
};

/// Runs one command to its end.
pub(crate) fn run(cli: Cli) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(dispatch(cli));
    // A look-up or a file access that hangs shall not keep the process.
    runtime.shutdown_background();
    outcome
}

async fn dispatch(cli: Cli) -> Result<(), Failure> {
    let Cli { global, command } = cli;
    let mut output = Output::to_stdout(global.format.unwrap_or_default());
    let Some(command) = command else {
        return serve::run(&global, &mut output).await;
    };
    if !matches!(command, Command::Serve) {
        telemetry::start_for_command();
    }
    match command {
        Command::Serve => serve::run(&global, &mut output).await,
        Command::Migrate(command) => {
            Box::pin(migrations::run(&global, &mut output, command.into())).await
        }
        Command::Migrations(command) => {
            Box::pin(migrations::run(&global, &mut output, command)).await
        }
        Command::Backup(command) => backup::run(&global, &mut output, command).await,
        Command::Keys(command) => keys::run(&global, &mut output, command).await,
        Command::SigningKeys(command) => signing_keys::run(&global, &mut output, command).await,
        Command::Sessions(command) => sessions::run(&global, &mut output, command).await,
        Command::Admin(command) => admin::run(&global, &mut output, command).await,
        Command::Tenants(command) => tenants::run(&global, &mut output, command).await,
        Command::Upgrade(command) => upgrade::run(&global, &mut output, &command).await,
        Command::Doctor(command) => doctor::run(&global, &mut output, &command).await,
        Command::Hash(command) => hash::run(&mut output, &command),
        Command::Health(command) => health::run(&mut output, command).await,
        Command::Version => version(&mut output),
    }
}

fn version(output: &mut Output) -> Result<(), Failure> {
    let version = env!("CARGO_PKG_VERSION");
    match output.format() {
        Format::Table => output.line(format_args!("hellojohn {version}")),
        Format::Json => output.json(&serde_json::json!({ "version": version })),
    }
}
