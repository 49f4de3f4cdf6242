//! What a database URL means.

use std::str::FromStr;

use hellojohn_core::backup::DatabaseKind;

use crate::error::ConnectError;

/// A database that can be connected to.
#[derive(Clone)]
pub(crate) enum Target {
    #[cfg(feature = "postgres")]
    Postgres {
        options: sqlx::postgres::PgConnectOptions,
        /// Behind PgBouncer in transaction mode two messages outside a transaction may reach
        /// two servers; who turns prepared statements off is told to be there.
        pooled: bool,
    },
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::sqlite::SqliteConnectOptions),
}

impl Target {
    /// Reads a URL; errors name its scheme and nothing else of it (R205).
    pub(crate) fn parse(url: &str) -> Result<Self, ConnectError> {
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        match scheme {
            #[cfg(feature = "postgres")]
            "postgres" | "postgresql" => postgres(scheme, url),
            #[cfg(feature = "sqlite")]
            "sqlite" => sqlite(url),
            other => Err(ConnectError::UnsupportedScheme {
                scheme: if is_scheme(other) { other } else { "" }.to_owned(),
            }),
        }
    }

    /// A SQLite file that is only read, and not by anybody else.
    #[cfg(feature = "sqlite")]
    pub(crate) fn copy(path: &std::path::Path) -> Self {
        // No journal mode: setting one would write to the copy.
        Self::Sqlite(
            sqlx::sqlite::SqliteConnectOptions::new()
                .filename(path)
                .read_only(true),
        )
    }

    /// Which database it is.
    pub(crate) const fn kind(&self) -> DatabaseKind {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres { .. } => DatabaseKind::Postgres,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => DatabaseKind::Sqlite,
        }
    }

    /// Whether messages outside a transaction may reach different servers.
    pub(crate) const fn is_pooled(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres { pooled, .. } => *pooled,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => false,
        }
    }

    /// The word before the colon.
    pub(crate) const fn scheme(&self) -> &'static str {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres { .. } => "postgres",
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => "sqlite",
        }
    }
}

/// A URL without scheme may begin with a password, which must not be repeated.
fn is_scheme(text: &str) -> bool {
    text.len() <= 12 && text.bytes().all(|b| b.is_ascii_lowercase())
}

fn invalid(
    scheme: &str,
    source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> ConnectError {
    ConnectError::InvalidUrl {
        scheme: scheme.to_owned(),
        source: source.into(),
    }
}

#[cfg(feature = "postgres")]
fn postgres(scheme: &str, url: &str) -> Result<Target, ConnectError> {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    // Without them all that follows, password included, would be the name of a database.
    if !base.contains("://") {
        return Err(invalid(scheme, "`//` is missing after the scheme"));
    }
    let understood = understood(query);
    let options = sqlx::postgres::PgConnectOptions::from_str(&format!("{base}?{understood}"))
        .map_err(|error| invalid(scheme, error))?;
    let pooled = query
        .split('&')
        .any(|pair| pair == "statement-cache-capacity=0");
    Ok(Target::Postgres { options, pooled })
}

/// The parameters sqlx knows; it would log the others with their values.
#[cfg(feature = "postgres")]
fn understood(query: &str) -> String {
    let mut kept = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let name = pair.split_once('=').map_or("", |(name, _)| name);
        if PARAMETERS.contains(&name) || name.starts_with("options[") {
            kept.push(pair);
        } else if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            tracing::warn!("the database URL has the parameter {name}, which is not used");
        } else {
            tracing::warn!("the database URL has a parameter that is not used");
        }
    }
    kept.join("&")
}

#[cfg(feature = "postgres")]
const PARAMETERS: [&str; 18] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

#[cfg(feature = "sqlite")]
fn sqlite(url: &str) -> Result<Target, ConnectError> {
    use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let mut synchronous = SqliteSynchronous::Full;
    let mut rest = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("synchronous", "full")) => synchronous = SqliteSynchronous::Full,
            Some(("synchronous", "normal")) => synchronous = SqliteSynchronous::Normal,
            Some(("synchronous", _)) => {
                return Err(invalid("sqlite", "`synchronous` is `full` or `normal`"));
            }
            Some(("mode", "memory")) => return Err(invalid("sqlite", IN_MEMORY)),
            _ => rest.push(pair),
        }
    }
    if base.contains(":memory:") {
        return Err(invalid("sqlite", IN_MEMORY));
    }
    let url = if rest.is_empty() {
        base.to_owned()
    } else {
        format!("{base}?{}", rest.join("&"))
    };
    let options = SqliteConnectOptions::from_str(&url)
        .map_err(|error| invalid("sqlite", error))?
        .foreign_keys(true)
        .busy_timeout(std::time::Duration::from_secs(5))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous);
    if options.get_filename().as_os_str().is_empty() {
        return Err(invalid("sqlite", "the path is missing"));
    }
    Ok(Target::Sqlite(options))
}

#[cfg(feature = "sqlite")]
const IN_MEMORY: &str = "databases in memory are not supported; name a file";

/// Creates the file of a new database so that only its owner can read it.
///
/// A file that is there is not even opened: closing it would drop the locks this process
/// holds on it through SQLite.
#[cfg(feature = "sqlite")]
pub(super) fn create_file(path: &std::path::Path) -> Result<(), ConnectError> {
    let mut open = std::fs::OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    match open.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(ConnectError::File(error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(url: &str) -> String {
        let error = Target::parse(url).err().unwrap();
        let source = std::error::Error::source(&error).map(ToString::to_string);
        format!("{error:?} {error} {source:?}")
    }

    #[test]
    fn a_refused_url_is_never_repeated() {
        for url in [
            "mysql://root:hunter2@db/x",
            "postgres://u:hunter2@db:notaport/x",
            "postgres://u:hunter2@[::1/x",
            "postgres:u:hunter2@db/x",
            "hunter2:x@db",
            "hunter2",
            "sqlite://hunter2.db?synchronous=off",
            "sqlite::memory:",
            "sqlite://hunter2?mode=memory",
        ] {
            let said = refusal(url);
            assert!(!said.contains("hunter2"), "{said}");
        }
        assert!(refusal("mysql://root:hunter2@db/x").contains("mysql"));
    }

    #[cfg(feature = "postgres")]
    #[test]
    fn what_sqlx_would_log_it_is_not_given() {
        let query = "sslmode=require&sslpassword=hunter2&&options[a]=b&w@host&user=u";
        assert_eq!(understood(query), "sslmode=require&options[a]=b&user=u");
    }

    #[cfg(feature = "postgres")]
    #[test]
    fn turning_prepared_statements_off_means_a_pooler() {
        let pooled = |url| {
            matches!(
                Target::parse(url),
                Ok(Target::Postgres { pooled: true, .. })
            )
        };
        assert!(pooled(
            "postgres://db/x?statement-cache-capacity=0&sslmode=disable"
        ));
        assert!(!pooled("postgres://db/x?statement-cache-capacity=100"));
    }
}
