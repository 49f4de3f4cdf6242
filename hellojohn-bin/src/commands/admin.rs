//! `hj admin`: what concerns the whole instance.

mod email;
pub(super) mod restore_epoch;
mod rotate_encryption_key;

use clap::Subcommand;

use crate::{cli::Global, failure::Failure, output::Output};

#[derive(Subcommand)]
pub(crate) enum Admin {
    /// Messages that wait, were sent or were given up
    #[command(subcommand)]
    Email(email::Email),
    /// After restoring a backup: say what becomes of the sessions and tokens it brought back
    RestoreEpoch(restore_epoch::RestoreEpoch),
    /// Seal every secret in the database anew with the current encryption key
    RotateEncryptionKey(rotate_encryption_key::RotateEncryptionKey),
}

pub(crate) async fn run(
    global: &Global,
    output: &mut Output,
    command: Admin,
) -> Result<(), Failure> {
    match command {
        Admin::Email(command) => email::run(global, output, command).await,
        Admin::RestoreEpoch(command) => restore_epoch::run(global, output, command).await,
        Admin::RotateEncryptionKey(command) => {
            rotate_encryption_key::run(global, output, command).await
        }
    }
}
