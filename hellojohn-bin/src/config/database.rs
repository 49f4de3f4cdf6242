use std::time::Duration;

use secrecy::SecretString;

use super::{
    env::Env,
    parse::{flag, number, span, word},
    settings::{
        DATABASE_CONNECT_TIMEOUT, DATABASE_IDLE_CONNECTIONS, DATABASE_MAX_CONNECTIONS,
        DATABASE_SSL_MODE, DATABASE_STATEMENT_TIMEOUT, DATABASE_URL, MIGRATION_TIMEOUT,
        RUN_MIGRATIONS_ON_START,
    },
};

/// Which database, and how patient to be with it.
pub(crate) struct DatabaseConfig {
    pub(crate) url: SecretString,
    pub(crate) max_connections: u32,
    pub(crate) idle_connections: u32,
    pub(crate) connect_timeout: Duration,
    pub(crate) statement_timeout: Duration,
    pub(crate) migrate_at_start: MigrateAtStart,
    pub(crate) migration_timeout: Duration,
}

/// Who applies migrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MigrateAtStart {
    /// The server, before it serves.
    Yes,
    /// Somebody else; the server waits for them.
    No,
}

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_hours(1);

impl DatabaseConfig {
    /// Reads the settings; a missing URL is remembered in `env`.
    pub(crate) fn from_env(env: &mut Env) -> Self {
        let url = env
            .required(&DATABASE_URL)
            .map(|found| found.value)
            .unwrap_or_default();
        let modes = ["disable", "prefer", "require", "verify-ca", "verify-full"];
        let mode = env.parsed(
            &DATABASE_SSL_MODE,
            None,
            word(&modes.map(|mode| (mode, Some(mode)))),
        );
        let max_connections = env.parsed(&DATABASE_MAX_CONNECTIONS, 20, number(1..=10_000));
        let migrates = env.parsed(&RUN_MIGRATIONS_ON_START, true, flag);
        Self {
            url: SecretString::from(with_ssl_mode(url.trim(), mode)),
            max_connections,
            idle_connections: env
                .parsed(&DATABASE_IDLE_CONNECTIONS, 5, number(0..=10_000))
                .min(max_connections),
            connect_timeout: env.parsed(
                &DATABASE_CONNECT_TIMEOUT,
                SECOND * 10,
                span(SECOND..=HOUR),
            ),
            statement_timeout: env.parsed(
                &DATABASE_STATEMENT_TIMEOUT,
                SECOND * 5,
                span(SECOND..=HOUR),
            ),
            migrate_at_start: if migrates {
                MigrateAtStart::Yes
            } else {
                MigrateAtStart::No
            },
            migration_timeout: env.parsed(
                &MIGRATION_TIMEOUT,
                SECOND * 300,
                span(SECOND..=HOUR * 24),
            ),
        }
    }
}

/// `sslmode` in the URL is the more specific choice.
fn with_ssl_mode(url: &str, mode: Option<&str>) -> String {
    match mode {
        Some(mode) if url.starts_with("postgres") && !url.contains("sslmode=") => {
            let separator = if url.contains('?') { '&' } else { '?' };
            format!("{url}{separator}sslmode={mode}")
        }
        _ => url.to_owned(),
    }
}

/// A database URL as it may be shown: the password and what might be one are `***`.
pub(crate) fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return "***".to_owned();
    };
    let (rest, query) = rest
        .split_once('?')
        .map_or((rest, ""), |(rest, query)| (rest, query));
    // The last `@`: a password may contain an unescaped one.
    let shown = match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((name, _)) => format!("{scheme}://{name}:***@{host}"),
            None => format!("{scheme}://{user}@{host}"),
        },
        None => format!("{scheme}://{rest}"),
    };
    let query: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| match pair.split_once('=') {
            // An unescaped `?` in the password puts the rest of it and the host here.
            _ if pair.contains('@') => "***".to_owned(),
            Some((name, _)) if SHOWN.contains(&name) => pair.to_owned(),
            Some((name, _)) => format!("{name}=***"),
            None => "***".to_owned(),
        })
        .collect();
    if query.is_empty() {
        shown
    } else if query.iter().any(|pair| pair == "***") {
        format!("{scheme}://***")
    } else {
        format!("{shown}?{}", query.join("&"))
    }
}

/// Parameters that hold no secret; of all others only the name is shown.
const SHOWN: [&str; 14] = [
    "application_name",
    "connect_timeout",
    "dbname",
    "host",
    "hostaddr",
    "mode",
    "port",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "synchronous",
    "user",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_url_has_no_password() {
        for (url, shown) in [
            (
                "postgresql://user:pw@host:5432/hellojohn",
                "postgresql://user:***@host:5432/hellojohn",
            ),
            ("postgres://user@host/db", "postgres://user@host/db"),
            ("postgres://u:p@ss@host/db", "postgres://u:***@host/db"),
            ("postgres://u:p/w@host/db", "postgres://u:***@host/db"),
            ("postgres://u:p?w@host/db", "postgres://***"),
            (
                "postgres://host/db?user=u&password=pw&sslmode=require",
                "postgres://host/db?user=u&password=***&sslmode=require",
            ),
            (
                "postgres://host/db?sslmode=require&sslpassword=pw&token=pw",
                "postgres://host/db?sslmode=require&sslpassword=***&token=***",
            ),
            ("postgres://host/db?sslmode=require&pw", "postgres://***"),
            ("sqlite:///var/lib/hj.db", "sqlite:///var/lib/hj.db"),
            ("hunter2", "***"),
        ] {
            assert_eq!(masked(url), shown);
        }
    }

    #[test]
    fn the_ssl_mode_of_the_url_wins() {
        assert_eq!(
            with_ssl_mode("postgres://h/d", Some("require")),
            "postgres://h/d?sslmode=require"
        );
        assert_eq!(
            with_ssl_mode("postgres://h/d?sslmode=disable", Some("require")),
            "postgres://h/d?sslmode=disable"
        );
        assert_eq!(with_ssl_mode("sqlite:///x", Some("require")), "sqlite:///x");
    }
}
