//! A database for one test of a backup, gone afterwards.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, BufReader},
    path::{Path, PathBuf},
};

use hellojohn_core::{
    backup::{DatabaseKind, Rows},
    time::Timestamp,
};
use hellojohn_storage::backup::{Made, drop_database, make_database};
use secrecy::{ExposeSecret as _, SecretString};

use super::{file::Kind, native::with_database};
use crate::{
    failure::{Exit, Failure},
    output::note,
    shutdown::Signals,
};

pub(in crate::commands) struct Scratch {
    place: Place,
    /// Heard from before it is made, so that none ends the process between that and its removal.
    signals: Signals,
}

impl Scratch {
    /// A new, empty database for a backup: of the kind it came from, except that rows of
    /// PostgreSQL go into SQLite where that is configured, as they do in a restore.
    ///
    /// The configured database is asked for, and only to make one beside it, if it takes a server.
    pub(in crate::commands) async fn for_file(
        kind: Kind,
        file: &Path,
        configured: impl FnOnce() -> Result<SecretString, Failure>,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let needs_server = match kind {
            Kind::Unknown => {
                return Err(Failure::general(format!(
                    "{} is no backup this program knows",
                    file.display()
                )));
            }
            Kind::Sqlite => false,
            Kind::Rows => rows_of(file)? == DatabaseKind::Postgres,
            Kind::Dump | Kind::Script => true,
        };
        let signals = Signals::listen()?;
        let place = if needs_server {
            let server = configured()?;
            let server = server.expose_secret();
            match (server.starts_with("sqlite"), kind) {
                (false, _) => Place::beside(server, now).await?,
                (true, Kind::Rows) => Place::file(now)?,
                (true, _) => {
                    return Err(Failure::general(
                        "what pg_dump made is restored into PostgreSQL, and HELLOJOHN_DATABASE_URL names a SQLite database",
                    ));
                }
            }
        } else {
            Place::file(now)?
        };
        Ok(Self { place, signals })
    }

    /// Does the work in it, and removes it whatever comes of that, also at a signal.
    pub(in crate::commands) async fn during<T>(
        self,
        work: impl AsyncFnOnce(&Place) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let Self { place, mut signals } = self;
        let outcome = tokio::select! {
            outcome = work(&place) => outcome,
            () = signals.next() => Err(Failure::new(Exit::Interrupted, "stopped by a signal")),
        };
        match (outcome, place.remove().await) {
            (Ok(done), removed) => removed.map(|()| done),
            (Err(failure), Ok(())) => Err(failure),
            (Err(failure), Err(left)) => {
                note(format_args!("Warning: {left}"));
                Err(failure)
            }
        }
    }
}

/// Where it is.
pub(in crate::commands) enum Place {
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

impl Place {
    /// A new database on the server of this URL.
    async fn beside(server: &str, now: Timestamp) -> Result<Self, Failure> {
        for name in names(now) {
            let made = make_database(server, &name).await.map_err(|error| {
                Failure::because(format!("the database {name} cannot be made"), &error)
            })?;
            if made == Made::New {
                return Ok(Self::Postgres {
                    url: with_database(server, &name),
                    server: server.to_owned(),
                    name,
                });
            }
        }
        Err(Failure::general(
            "no scratch database can be made: there is one of each name that was tried",
        ))
    }

    /// A new SQLite file in a folder of its own.
    fn file(now: Timestamp) -> Result<Self, Failure> {
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
    async fn remove(self) -> Result<(), Failure> {
        match self {
            Self::Postgres { name, server, .. } => {
                drop_database(&server, &name).await.map_err(|error| {
                    Failure::because(format!("the database {name} was left behind"), &error)
                })
            }
            Self::Sqlite { folder, .. } => fs::remove_dir_all(&folder)
                .map_err(|error| super::file::cannot("removed", &folder, &error)),
        }
    }
}

/// The name the documentation gives it, and if others began in the same second, the next ones.
fn names(now: Timestamp) -> impl Iterator<Item = String> {
    (now.as_seconds()..)
        .take(60)
        .map(|second| format!("hellojohn_verify_{second}"))
}

/// The kind of database a file of `hj backup create` came from.
fn rows_of(file: &Path) -> Result<DatabaseKind, Failure> {
    let rows = Rows::open(BufReader::new(File::open(file)?))?;
    Ok(rows.header().database)
}
