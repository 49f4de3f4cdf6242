use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter},
    path::Path,
};

use hellojohn_core::{access::Operator, backup::Report, flows::OpenedEpoch, time::format_span};
use hellojohn_storage::{SqlStore, backup::SqliteFile};
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::{
    super::{admin::restore_epoch, instance},
    Restore,
    file::{self, Kind},
    native::{Connection, Program, pg_restore},
    restoring::{bring_rows, checked, open},
    verify::compare,
};
use crate::{
    cli::Global,
    compose::{self, Use},
    config::{Config, Purpose, masked},
    failure::{Failure, chain},
    output::{Format, Output, note},
};

pub(super) async fn run(
    global: &Global,
    output: &mut Output,
    command: Restore,
) -> Result<(), Failure> {
    let kind = file::kind_of(&command.file)?;
    let around = instance::of_command(global)?;
    let config = Config::from_env(around.env, around.profile, Purpose::Command)
        .map_err(|error| Failure::general(error.to_string()))?;
    for warning in &config.warnings {
        note(format_args!("Warning: {warning}"));
    }
    let url = config.database.url.expose_secret();
    let job = Job {
        config: &config,
        command: &command,
    };
    let brought = match SqliteFile::beside(url, &file::unique()?).await? {
        Some(file) => {
            let brought = Box::pin(super::unless_stopped(job.to_sqlite(kind, &file))).await?;
            file.settle().await?;
            brought
        }
        None => Box::pin(super::unless_stopped(job.to_postgres(kind, url))).await?,
    };
    tell(&command, &config, &brought, output)
}

fn tell(
    command: &Restore,
    config: &Config,
    brought: &Brought,
    output: &mut Output,
) -> Result<(), Failure> {
    let longest = format_span(config.tokens.access_token_ttl);
    let Brought {
        rows,
        compared,
        migrated,
        version,
        opened,
    } = brought;
    if output.format() == Format::Json {
        return output.json(&json!({
            "file": command.file,
            "database": masked(config.database.url.expose_secret()),
            "rows": rows,
            "compared_with_manifest": compared,
            "schema_version": version,
            "migrations_applied": migrated,
            "restore_epoch": restore_epoch::as_json(opened, &longest),
        }));
    }
    output.line(format_args!("✅ Restored {}\n", command.file.display()))?;
    let compared = if *compared {
        "every row is the one the manifest tells of"
    } else {
        "not compared, since no .hjb file with a manifest lies beside it"
    };
    output.line(format_args!("  Rows: {rows}; {compared}"))?;
    if !migrated.is_empty() {
        output.line(format_args!(
            "  Migrations applied: {}",
            migrated.join(", ")
        ))?;
    }
    output.line(format_args!("  Schema version: {version}\n"))?;
    output.text(&restore_epoch::as_text(opened, &longest))
}

/// What a restore brought, and the epoch it opened.
struct Brought {
    rows: u64,
    compared: bool,
    migrated: Vec<String>,
    version: String,
    opened: OpenedEpoch,
}

struct Job<'j> {
    config: &'j Config,
    command: &'j Restore,
}

impl Job<'_> {
    async fn to_postgres(&self, kind: Kind, url: &str) -> Result<Brought, Failure> {
        let path = &self.command.file;
        let checked = match kind {
            Kind::Rows => Some(checked(path, Some(&self.config.keys.ring())).await?),
            Kind::Dump => None,
            _ => return Err(self.unfit(kind)),
        };
        let program = Program::find("pg_restore", self.command.program.as_deref(), 0);
        let program = if kind == Kind::Dump {
            Some(program.await?)
        } else {
            None
        };
        let store = compose::connect(&self.config.database, Use::Command).await?;
        if let Some(header) = checked.as_ref().and_then(|report| report.header.as_ref()) {
            store.can_restore(header)?;
        }
        store.begin_restore().await?;
        let brought = match (checked, program) {
            (Some(report), _) => self.by_rows(store, &report).await,
            (None, Some(program)) => self.by_pg_restore(store, &program, url).await,
            (None, None) => Err(self.unfit(kind)),
        };
        brought.inspect_err(|_| {
            note(format_args!(
                "{} holds a part of the backup and will not be served; drop it and create it anew before trying again",
                masked(url)
            ));
        })
    }

    async fn by_rows(&self, store: SqlStore, report: &Report) -> Result<Brought, Failure> {
        let rows = bring_rows(&store, &self.command.file, report).await?;
        self.open(store, (rows, true)).await
    }

    async fn by_pg_restore(
        &self,
        store: SqlStore,
        program: &Program,
        url: &str,
    ) -> Result<Brought, Failure> {
        let path = &self.command.file;
        pg_restore(program, &Connection::of(url), path).await?;
        let compared = compare(&store, path, Some(&self.config.keys.ring())).await?;
        let rows = count(&store).await?;
        self.open(store, (rows, compared)).await
    }

    async fn to_sqlite(&self, kind: Kind, file: &SqliteFile) -> Result<Brought, Failure> {
        let path = &self.command.file;
        if !matches!(kind, Kind::Rows | Kind::Sqlite) {
            return Err(self.unfit(kind));
        }
        if kind == Kind::Rows {
            let report = checked(path, Some(&self.config.keys.ring())).await?;
            let store = open(file.url()).await?;
            if let Some(header) = &report.header {
                store.can_restore(header)?;
            }
            store.begin_restore().await?;
            return self.by_rows(store, &report).await;
        }
        copy(path, file.path())?;
        let store = open(file.url()).await?;
        let compared = compare(&store, path, Some(&self.config.keys.ring())).await?;
        let rows = count(&store).await?;
        self.open(store, (rows, compared)).await
    }

    fn unfit(&self, kind: Kind) -> Failure {
        let path = self.command.file.display();
        Failure::general(match kind {
            Kind::Dump | Kind::Script => format!(
                "{path} is a file of pg_dump and HELLOJOHN_DATABASE_URL does not fit it; \
                 one in the custom format is restored into PostgreSQL, a script is run by psql, \
                 and `hj admin restore-epoch` comes after it"
            ),
            Kind::Sqlite => format!(
                "{path} is a SQLite database and HELLOJOHN_DATABASE_URL names none; \
                 its .hjb file can be restored into PostgreSQL"
            ),
            _ => format!("{path} is no backup this program knows"),
        })
    }

    /// Brings the schema to this program's and opens the new epoch (R200).
    async fn open(
        &self,
        store: SqlStore,
        (rows, compared): (u64, bool),
    ) -> Result<Brought, Failure> {
        let options = compose::migration_options(&self.config.database);
        let migrations = store.migrations();
        let applied = migrations.run(&options).await?;
        let version = migrations.status().await?.version.unwrap_or_default();
        let base_url = self.config.http.app_url.as_deref();
        let base_url = base_url.unwrap_or("http://localhost");
        let engine = compose::restored_engine(self.config, &store, base_url).await?;
        let opened = engine
            .open_restore_epoch(&Operator::local(), self.command.sessions.into())
            .await?;
        drop(engine);
        store.close().await;
        Ok(Brought {
            rows,
            compared,
            migrated: applied.into_iter().map(|done| done.name).collect(),
            version,
            opened,
        })
    }
}

async fn count(store: &SqlStore) -> Result<u64, Failure> {
    let tables = store.schema().await?.tables;
    let mut rows = 0;
    for table in tables {
        if table.name != hellojohn_core::restore::PENDING_TABLE {
            rows += store.count(&table.name).await?;
        }
    }
    Ok(rows)
}

/// Copies a file so that only its owner can read it.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let copied = || -> io::Result<()> {
        let mut reader = BufReader::new(File::open(from)?);
        let mut writer = BufWriter::new(file::create(to)?);
        io::copy(&mut reader, &mut writer)?;
        io::Write::flush(&mut writer)
    };
    copied().map_err(|error| {
        // Only what was made here: a file that was there is somebody's.
        if error.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(to);
        }
        Failure::general(format!(
            "{} cannot be copied: {}",
            from.display(),
            chain(&error)
        ))
    })
}
