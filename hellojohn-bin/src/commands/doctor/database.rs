use hellojohn_core::{
    restore::{RestoreEpoch, SETTING},
    store::{Access, MessageCounts, Store as _},
};
use hellojohn_storage::{ServerInfo, SqlStore, Standing};
use secrecy::ExposeSecret as _;

use crate::{
    commands::upgrade,
    config::{Config, MigrateAtStart, masked},
    failure::chain,
    findings::Findings,
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
    messages(store, findings).await;
}

async fn messages(store: &SqlStore, findings: &mut Findings) {
    let counts = async {
        let mut unit = store.begin_control(Access::Read).await?;
        unit.count_messages().await
    };
    match counts.await {
        Ok(MessageCounts { dead: 0, pending }) => {
            findings.good("messages", format!("{pending} waiting, none given up"));
        }
        Ok(MessageCounts { dead, .. }) => findings.warn(
            "messages",
            format!("{dead} given up"),
            "see `hj admin email queue --status dead`, then `hj admin email retry --dead`",
        ),
        // A schema that lacks the table is told of above.
        Err(_) => {}
    }
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
    if upgrade::schema(&standing, findings) {
        pending(config, &standing, findings);
    }
    match standing.restore_epoch {
        None => findings.bad(
            "restores",
            format!("the setting {SETTING} is not readable"),
            "put back what it was, or remove its row from cp_setting",
        ),
        Some(RestoreEpoch {
            number,
            opened: Some(opened),
        }) => findings.good("restores", format!("epoch {number} since {}", opened.at)),
        Some(_) => {}
    }
    upgrade::encryption_key(config, store, &standing, findings).await;
}

fn pending(config: &Config, standing: &Standing, findings: &mut Findings) {
    let seen = standing.pending.join(", ");
    match config.database.migrate_at_start {
        _ if seen.is_empty() => findings.good("migrations", "none is pending"),
        MigrateAtStart::Yes => findings.warn("migrations", seen, "the next start applies it"),
        MigrateAtStart::No => findings.bad("migrations", seen, "run `hj migrations run`"),
    }
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
