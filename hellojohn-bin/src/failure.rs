//! Why a command did not do what it was asked, as one line and an exit code.

use std::{error::Error as StdError, fmt, io, process::ExitCode};

use hellojohn_core::{
    Error, access::AccessError, api_key::ApiKeyError, credential::CredentialError,
    restore::RestoreError, seal::SealError, signing_key::SigningKeyError, store::StoreError,
    tenant::TenantError,
};
use hellojohn_storage::{ConnectError, MigrationError, backup};

use crate::blockers;

/// How to go on with a database that a restore has left half there.
pub(crate) const WAY_OUT: &str = "`hj admin restore-epoch` finishes it if the rows came; if they did not, drop the \
     database, create it anew and run `hj backup restore` again";

/// The line after `Error: `, and the exit code that goes with it.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    exit: Exit,
}

/// What the exit code tells a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 1: anything else, and wrong usage.
    General,
    /// 2: what was named does not exist.
    NotFound,
    /// 3: not allowed.
    NotAuthorised,
    /// 3: migrations are pending (`migrations status --exit-code`).
    Pending,
    /// 4: in the way of something that is there.
    Conflict,
    /// 3: possible, but only while nothing serves (`upgrade check`).
    NeedsStop,
    /// 4: not possible (`upgrade check`).
    Incompatible,
    /// 130: stopped by a signal.
    Interrupted,
}

impl Failure {
    /// A failure of no particular kind.
    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self::new(Exit::General, message)
    }

    /// A failure that the output has told already; no line follows.
    pub(crate) fn said() -> Self {
        Self::general("")
    }

    /// Whether the output has told it already.
    pub(crate) fn is_said(&self) -> bool {
        self.message.is_empty()
    }

    /// A failure whose kind a script can tell.
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            message: visible(&message.into()),
            exit,
        }
    }

    /// What failed, and why, as far down as the causes go.
    pub(crate) fn because(what: impl fmt::Display, cause: &dyn StdError) -> Self {
        Self::general(format!("{what}: {}", chain(cause)))
    }

    /// The code this process ends with.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.exit {
            Exit::General => 1,
            Exit::NotFound => 2,
            Exit::NotAuthorised | Exit::Pending | Exit::NeedsStop => 3,
            Exit::Conflict | Exit::Incompatible => 4,
            Exit::Interrupted => 130,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// An error and its causes on one line.
pub(crate) fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        // Some errors repeat their cause in their own message.
        if !text.ends_with(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = error.source();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without what would move the cursor of a terminal: names in files and databases are other people's.
pub(crate) fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => c,
        _ if c.is_control() => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(shown).collect()
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let fields: Vec<String> = error
            .fields()
            .iter()
            .map(|field| format!("{}: {}", field.field, field.code.replace('_', " ")))
            .collect();
        let message = match &error {
            Error::Seal(
                cause
                @ (SealError::UnknownKey(_) | SealError::OtherKey { .. } | SealError::Altered),
            ) => {
                format!(
                    "HELLOJOHN_ENCRYPTION_KEY is not the key of this database: {cause}; set the former key, or give it as HELLOJOHN_ENCRYPTION_KEY_PREVIOUS beside the new one"
                )
            }
            Error::Restore(RestoreError::Pending) => format!("{error}; {WAY_OUT}"),
            _ if fields.is_empty() => chain(&error),
            _ => fields.join("; "),
        };
        Self::new(exit_of(&error), message)
    }
}

const fn exit_of(error: &Error) -> Exit {
    match error {
        Error::Tenant(TenantError::NotFound)
        | Error::ApiKey(ApiKeyError::NotFound)
        | Error::SigningKey(SigningKeyError::NotFound) => Exit::NotFound,
        Error::Access(
            AccessError::MissingToken
            | AccessError::InvalidToken
            | AccessError::InvalidApiKey
            | AccessError::InsufficientPermissions,
        )
        | Error::Credential(CredentialError::Invalid)
        | Error::ApiKey(ApiKeyError::BeyondOwnScopes) => Exit::NotAuthorised,
        Error::Tenant(TenantError::SlugTaken)
        | Error::SigningKey(
            SigningKeyError::Active | SigningKeyError::InUse(_) | SigningKeyError::Retired,
        )
        | Error::Store(StoreError::Conflict { .. }) => Exit::Conflict,
        _ => Exit::General,
    }
}

impl From<MigrationError> for Failure {
    fn from(error: MigrationError) -> Self {
        of_migration(&error)
    }
}

/// Why migrations failed, and who was in the way.
pub(crate) fn of_migration(error: &MigrationError) -> Failure {
    let mut message = chain(error);
    if let MigrationError::UsersInTheWay { .. } = error {
        message.push_str(" (back up first; --delete-all-users does it)");
    }
    message.push_str(&blockers::text(error.blockers()));
    let exit = match error {
        MigrationError::Stopped { .. } => Exit::Interrupted,
        _ => Exit::General,
    };
    Failure::new(exit, message)
}

impl From<backup::BackupError> for Failure {
    fn from(error: backup::BackupError) -> Self {
        let told = chain(&error);
        Self::general(match error {
            backup::BackupError::Unfinished => format!("{told}; {WAY_OUT}"),
            _ => told,
        })
    }
}

impl From<hellojohn_core::backup::BackupError> for Failure {
    fn from(error: hellojohn_core::backup::BackupError) -> Self {
        Self::general(chain(&error))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::general(chain(&error))
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        Self::general(chain(&error))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::general(chain(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_can_tell_kinds_of_failures() {
        let code = |error: Error| Failure::from(error).exit;
        assert_eq!(code(TenantError::NotFound.into()), Exit::NotFound);
        assert_eq!(code(TenantError::SlugTaken.into()), Exit::Conflict);
        assert_eq!(code(SigningKeyError::Active.into()), Exit::Conflict);
        assert_eq!(
            code(ApiKeyError::BeyondOwnScopes.into()),
            Exit::NotAuthorised
        );
        assert_eq!(code(StoreError::ReadOnly.into()), Exit::General);
    }

    #[test]
    fn causes_follow_on_the_same_line() {
        let inner = io::Error::other("first\n  second");
        let outer = StoreError::Unavailable(Box::new(inner));
        assert_eq!(chain(&outer), "the database is not available: first second");
    }
}
