use hellojohn_storage::{ServerInfo, SqlStore};
use secrecy::ExposeSecret as _;

use crate::{
    commands::upgrade,
    config::{Config, MigrateAtStart, masked},
    failure::chain,
    findings::Findings,
    schema_watch::refusal,
};

pub(super) async fn look(config: &Config, store: &SqlStore, findings: &mut Findings) {
    let url = config.database.url.expose_secret();
    findings.good("connection", masked(url));
    let server = match store.server_info().await {
        Ok(server) => server,
        Err(error) => {
            findings.bad("version", chain(&error), "check that the database answers");
            return;
        }
    };
    version(&server, findings);
    role(&server, findings);
    encryption(url, &server, findings);
    schema(config, store, findings).await;
}

fn version(server: &ServerInfo, findings: &mut Findings) {
    let seen = format!("{} {}", server.product, server.version);
    match (server.product, server.major) {
        ("SQLite", _) => findings.warn(
            "version",
            format!("{seen}: one host, one writer"),
            "use PostgreSQL where more than one server shall run",
        ),
        (_, ..14) => findings.bad(
            "version",
            seen,
            "upgrade PostgreSQL to 14 or later, best 16",
        ),
        _ => findings.good("version", seen),
    }
}

fn role(server: &ServerInfo, findings: &mut Findings) {
    match server.superuser {
        Some(true) => findings.warn(
            "role",
            "a superuser of the database server",
            "use a role that owns this database and nothing else",
        ),
        Some(false) => findings.good("role", "no superuser"),
        None => {}
    }
}

fn encryption(url: &str, server: &ServerInfo, findings: &mut Findings) {
    let Some(encrypted) = server.encrypted else {
        return;
    };
    let verified = url.contains("sslmode=verify-full");
    if is_local(url) {
        findings.warn(
            "host",
            "the database is on this machine",
            "give it a machine of its own, so that one failure does not take both",
        );
    } else if !encrypted {
        findings.bad(
            "TLS",
            "the connection is not encrypted",
            "add sslmode=verify-full to the URL",
        );
    } else if verified {
        findings.good("TLS", "encrypted, and the server's name is checked");
    } else {
        findings.warn(
            "TLS",
            "encrypted, but the server's name is not checked",
            "add sslmode=verify-full to the URL",
        );
    }
}

fn is_local(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    host.is_empty()
        || ["localhost", "127.0.0.1", "[::1]"]
            .iter()
            .any(|name| host == *name || host.starts_with(&format!("{name}:")))
}

async fn schema(config: &Config, store: &SqlStore, findings: &mut Findings) {
    let standing = match store.migrations().standing().await {
        Ok(standing) => standing,
        Err(error) => {
            findings.bad("schema", chain(&error), "check the role's rights");
            return;
        }
    };
    let version = standing.version.as_deref().unwrap_or("empty");
    if let Some(why) = refusal(&standing) {
        findings.bad("schema", why, "use a version that knows this schema");
    } else if let Some(problem) = &standing.problem {
        findings.bad("schema", problem.as_str(), "run `hj migrations validate`");
    } else if !standing.pending.is_empty() {
        let seen = format!(
            "version {version}, pending: {}",
            standing.pending.join(", ")
        );
        match config.database.migrate_at_start {
            MigrateAtStart::Yes => findings.warn("schema", seen, "the next start applies it"),
            MigrateAtStart::No => findings.bad("schema", seen, "run `hj migrations run`"),
        }
    } else if standing.newer.is_empty() {
        findings.good("schema", format!("version {version}, nothing pending"));
    } else {
        findings.warn(
            "schema",
            format!("version {version} is newer than this program"),
            "go back to the newer version when you can",
        );
    }
    if standing.restore_epoch > 0 {
        let since = standing.restored_at.as_deref().unwrap_or("unknown");
        findings.good(
            "restores",
            format!("epoch {} since {since}", standing.restore_epoch),
        );
    }
    upgrade::encryption_key(store, &config.keys, &standing, findings).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_on_this_machine_is_told() {
        for local in [
            "postgres://u:p@localhost/db",
            "postgres://u@127.0.0.1:5432/db",
            "postgres://u:p@[::1]:5432/db",
            "postgres:///db?host=/run/postgresql",
        ] {
            assert!(is_local(local), "{local}");
        }
        for other in [
            "postgres://u:p@db.internal/x",
            "postgres://localhost.example.com/x",
        ] {
            assert!(!is_local(other), "{other}");
        }
    }
}
