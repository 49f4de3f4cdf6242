//! A database for one test of a backup, gone afterwards.

use std::{
    fs::{self, DirBuilder},
    io,
    path::PathBuf,
};

use hellojohn_core::time::Timestamp;
use hellojohn_storage::sqlx::{self, AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use super::native::with_database;
use crate::failure::Failure;

pub(in crate::commands) enum Scratch {
    Postgres {
        name: String,
        server: String,
        url: String,
    },
    Sqlite {
        name: String,
        folder: PathBuf,
        url: String,
    },
}

/// The name the documentation gives it, and if others began in the same second, the next ones.
fn names(now: Timestamp) -> impl Iterator<Item = String> {
    (now.as_seconds()..)
        .take(60)
        .map(|second| format!("hellojohn_verify_{second}"))
}

impl Scratch {
    /// A new database on the server of this URL.
    pub(in crate::commands) async fn beside(server: &str, now: Timestamp) -> Result<Self, Failure> {
        let mut taken = None;
        for name in names(now) {
            // Nothing a template of this server has may be in the way of a restore.
            let sql = format!("CREATE DATABASE {name} TEMPLATE template0");
            match execute(server, sql).await {
                Ok(()) => {
                    return Ok(Self::Postgres {
                        url: with_database(server, &name),
                        server: server.to_owned(),
                        name,
                    });
                }
                Err(error) if is_taken(&error) => taken = Some((name, error)),
                Err(error) => return Err(not_made(&name, &error)),
            }
        }
        Err(taken.map_or_else(
            || Failure::general("no scratch database can be made"),
            |(name, error)| not_made(&name, &error),
        ))
    }

    /// A new SQLite file in a folder of its own.
    pub(in crate::commands) fn file(now: Timestamp) -> Result<Self, Failure> {
        let mut build = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut build, 0o700);
        let mut taken = None;
        for name in names(now) {
            let folder = std::env::temp_dir().join(&name);
            match build.create(&folder) {
                Ok(()) => {
                    let url = format!("sqlite://{}", folder.join("hellojohn.db").display());
                    return Ok(Self::Sqlite { name, folder, url });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    taken = Some((folder, error));
                }
                Err(error) => return Err(super::file::cannot("made", &folder, &error)),
            }
        }
        Err(taken.map_or_else(
            || Failure::general("no scratch folder can be made"),
            |(folder, error)| super::file::cannot("made", &folder, &error),
        ))
    }

    pub(in crate::commands) fn name(&self) -> &str {
        match self {
            Self::Postgres { name, .. } | Self::Sqlite { name, .. } => name,
        }
    }

    pub(in crate::commands) fn url(&self) -> &str {
        match self {
            Self::Postgres { url, .. } | Self::Sqlite { url, .. } => url,
        }
    }

    /// Where the file of a SQLite one is to be.
    pub(in crate::commands) fn path(&self) -> Option<PathBuf> {
        match self {
            Self::Postgres { .. } => None,
            Self::Sqlite { folder, .. } => Some(folder.join("hellojohn.db")),
        }
    }

    /// Drops it with everything in it.
    pub(in crate::commands) async fn remove(self) -> Result<(), Failure> {
        match self {
            Self::Postgres { name, server, .. } => {
                let sql = format!("DROP DATABASE {name} WITH (FORCE)");
                execute(&server, sql).await.map_err(|error| {
                    Failure::because(format!("the database {name} was left behind"), &error)
                })
            }
            Self::Sqlite { folder, .. } => fs::remove_dir_all(&folder)
                .map_err(|error| super::file::cannot("removed", &folder, &error)),
        }
    }
}

/// Whether there is a database of this name: `duplicate_database`, or the unique key behind it when two are made at once.
fn is_taken(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code == "42P04" || code == "23505")
}

fn not_made(name: &str, error: &sqlx::Error) -> Failure {
    Failure::because(format!("the database {name} cannot be made"), error)
}

async fn execute(url: &str, sql: String) -> Result<(), sqlx::Error> {
    let mut server = PgConnection::connect(url).await?;
    server.execute(AssertSqlSafe(sql)).await?;
    server.close().await
}
