//! What a driver's error means, the same on both databases.

use hellojohn_core::store::StoreError;

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The URL names no database this build supports.
    #[error("{}; use postgres://, postgresql:// or sqlite://", unsupported(.scheme))]
    UnsupportedScheme {
        /// What stood before the colon.
        scheme: String,
    },
    /// The rest of the URL cannot be understood.
    #[error("the {scheme} database URL is not valid")]
    InvalidUrl {
        /// What stood before the colon.
        scheme: String,
        /// What is wrong.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A SQLite database cannot be created or opened as a file.
    #[error("the SQLite database file cannot be opened; its folder must exist and be writable")]
    File(#[source] std::io::Error),
    /// The database does not answer or refuses us.
    #[error("cannot connect to the {scheme} database")]
    Refused {
        /// What stood before the colon.
        scheme: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

fn unsupported(scheme: &str) -> String {
    if scheme.is_empty() {
        return "no URL of a database".to_owned();
    }
    format!("`{scheme}` is not a supported database")
}

/// A fault of the caller that no database should decide about.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Misuse {
    #[error("the value belongs to another tenant")]
    OtherTenant,
    #[error("the position is not of this list")]
    OtherList,
    #[error("text with a NUL character cannot be stored")]
    Nul,
    #[error("a statement is malformed: {0}")]
    Statement(String),
}

impl From<Misuse> for StoreError {
    fn from(misuse: Misuse) -> Self {
        Self::Failed(Box::new(misuse))
    }
}

/// The database took longer than it may.
#[derive(Debug, thiserror::Error)]
#[error("the database did not answer in time")]
pub(crate) struct TooSlow;

impl From<TooSlow> for StoreError {
    fn from(slow: TooSlow) -> Self {
        crate::metrics::counted(Self::Unavailable(Box::new(slow)))
    }
}

/// Unique rules: PostgreSQL's constraint, SQLite's columns, our name.
const UNIQUE: [(&str, &str, &str); 34] = [
    ("cp_tenant_pkey", "cp_tenant.id", "tenant_id"),
    ("cp_tenant_slug_key", "cp_tenant.slug", "tenant_slug"),
    (
        "cp_api_key_pkey",
        "cp_api_key.tenant_id, cp_api_key.id",
        "api_key_id",
    ),
    ("cp_api_key_hash_key", "cp_api_key.hash", "api_key_hash"),
    ("cp_master_key_pkey", "cp_master_key.id", "master_key_id"),
    (
        "cp_master_key_hash_key",
        "cp_master_key.hash",
        "master_key_hash",
    ),
    ("cp_signing_key_pkey", "cp_signing_key.id", "signing_key_id"),
    ("cp_setting_pkey", "cp_setting.name", "setting_name"),
    ("cp_audit_log_pkey", "cp_audit_log.id", "control_audit_id"),
    ("hj_user_pkey", "hj_user.tenant_id, hj_user.id", "user_id"),
    (
        "hj_user_email_key",
        "hj_user.tenant_id, hj_user.email",
        "user_email",
    ),
    (
        "hj_user_username_key",
        "hj_user.tenant_id, hj_user.username",
        "user_username",
    ),
    (
        "hj_user_phone_key",
        "hj_user.tenant_id, hj_user.phone",
        "user_phone",
    ),
    (
        "hj_user_external_id_key",
        "hj_user.tenant_id, hj_user.external_id",
        "user_external_id",
    ),
    (
        "hj_session_pkey",
        "hj_session.tenant_id, hj_session.id",
        "session_id",
    ),
    (
        "hj_password_history_pkey",
        "hj_password_history.tenant_id, hj_password_history.user_id, hj_password_history.ordinal",
        "password_history_ordinal",
    ),
    (
        "hj_audit_log_pkey",
        "hj_audit_log.tenant_id, hj_audit_log.id",
        "audit_id",
    ),
    (
        "hj_outbox_pkey",
        "hj_outbox.tenant_id, hj_outbox.id",
        "event_id",
    ),
    (
        "hj_idempotency_pkey",
        "hj_idempotency.tenant_id, hj_idempotency.key_hash",
        "idempotency_key",
    ),
    (
        "hj_message_pkey",
        "hj_message.tenant_id, hj_message.id",
        "message_id",
    ),
    (
        "hj_email_config_pkey",
        "hj_email_config.tenant_id",
        "email_config",
    ),
    (
        "hj_email_template_pkey",
        "hj_email_template.tenant_id, hj_email_template.name, hj_email_template.locale",
        "email_template",
    ),
    (
        "hj_one_time_pkey",
        "hj_one_time.tenant_id, hj_one_time.purpose, hj_one_time.hash",
        "one_time",
    ),
    (
        "hj_mfa_factor_pkey",
        "hj_mfa_factor.tenant_id, hj_mfa_factor.id",
        "factor_id",
    ),
    (
        "hj_backup_code_pkey",
        "hj_backup_code.tenant_id, hj_backup_code.user_id, hj_backup_code.hash",
        "backup_code",
    ),
    (
        "hj_mfa_challenge_pkey",
        "hj_mfa_challenge.tenant_id, hj_mfa_challenge.hash",
        "mfa_challenge",
    ),
    (
        "hj_otp_code_pkey",
        "hj_otp_code.tenant_id, hj_otp_code.subject, hj_otp_code.factor_id",
        "otp_code",
    ),
    (
        "hj_recovery_request_pkey",
        "hj_recovery_request.tenant_id, hj_recovery_request.id",
        "recovery_request_id",
    ),
    (
        "hj_passkey_credential_pkey",
        "hj_passkey_credential.tenant_id, hj_passkey_credential.id",
        "passkey_id",
    ),
    (
        "hj_passkey_credential_credential_id_key",
        "hj_passkey_credential.tenant_id, hj_passkey_credential.credential_id",
        "passkey_credential_id",
    ),
    (
        "hj_passkey_credential_factor_id_key",
        "hj_passkey_credential.tenant_id, hj_passkey_credential.factor_id",
        "passkey_factor_id",
    ),
    (
        "hj_lockout_pkey",
        "hj_lockout.tenant_id, hj_lockout.subject, hj_lockout.authenticator, hj_lockout.network",
        "lockout",
    ),
    (
        "hj_device_pkey",
        "hj_device.tenant_id, hj_device.user_id, hj_device.fingerprint",
        "device",
    ),
    (
        "hj_schema_migration_pkey",
        "hj_schema_migration.version",
        "migration_version",
    ),
];

/// SQLite does not say which reference is missing, so no database does.
const REFERENCE: &str = "reference";

/// Sorts a driver's error.
pub(crate) fn driver(error: sqlx::Error) -> StoreError {
    crate::metrics::counted(sorted(error))
}

fn sorted(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::Database(refusal) if refusal.is_unique_violation() => StoreError::Conflict {
            constraint: unique_rule(refusal.constraint(), refusal.message()),
        },
        sqlx::Error::Database(refusal) if refusal.is_foreign_key_violation() => {
            StoreError::Conflict {
                constraint: REFERENCE,
            }
        }
        sqlx::Error::Database(refusal) if is_passing(refusal.code().as_deref()) => {
            StoreError::Unavailable(Box::new(error))
        }
        _ if is_broken(&error) => StoreError::Unavailable(Box::new(error)),
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
            StoreError::Unavailable(Box::new(error))
        }
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
            StoreError::Corrupt(error.to_string())
        }
        _ => StoreError::Failed(Box::new(error)),
    }
}

/// Whether the connection itself is gone, so that another one may do better.
pub(crate) fn is_broken(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => true,
        // admin_shutdown, crash_shutdown, cannot_connect_now, idle_session_timeout
        sqlx::Error::Database(refusal) => matches!(
            refusal.code().as_deref(),
            Some("57P01" | "57P02" | "57P03" | "57P05" | "25P03")
        ),
        _ => false,
    }
}

fn unique_rule(constraint: Option<&str>, message: &str) -> &'static str {
    let columns = message.rsplit_once(": ").map_or("", |(_, columns)| columns);
    UNIQUE
        .iter()
        .find(|(name, list, _)| {
            constraint.map_or(*list == columns, |constraint| *name == constraint)
        })
        .map_or("unique", |(_, _, rule)| rule)
}

/// SQLSTATE classes and SQLite result codes of troubles that pass: load, locks, disks, fail-over.
fn is_passing(code: Option<&str>) -> bool {
    let Some(code) = code else { return false };
    if let Ok(number) = code.parse::<u32>()
        && code.len() < 5
    {
        // BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN, with any extension in the higher bits.
        return matches!(number & 0xFF, 5 | 6 | 8 | 10 | 13 | 14);
    }
    code.starts_with("08")
        || code.starts_with("53")
        || code.starts_with("57")
        || code.starts_with("58")
        || matches!(code, "40001" | "40P01" | "55P03" | "25006" | "25P03")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_name_a_unique_rule_alike() {
        let sqlite = "UNIQUE constraint failed: hj_user.tenant_id, hj_user.email";
        assert_eq!(unique_rule(None, sqlite), "user_email");
        assert_eq!(unique_rule(Some("hj_user_email_key"), "…"), "user_email");
        assert_eq!(unique_rule(Some("someone_elses_key"), "…"), "unique");
        assert_eq!(unique_rule(None, "UNIQUE constraint failed: x.y"), "unique");
    }

    #[test]
    fn passing_troubles_are_told_from_refusals() {
        for passing in ["08006", "53300", "57014", "40P01", "5", "261", "517", "13"] {
            assert!(is_passing(Some(passing)), "{passing}");
        }
        for lasting in ["23514", "42P01", "22021", "1", "19", "2067", "1299"] {
            assert!(!is_passing(Some(lasting)), "{lasting}");
        }
    }
}
