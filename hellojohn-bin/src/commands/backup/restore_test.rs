//! The weekly proof: a backup is restored into a database of its own, counted and dropped.

use std::{ffi::OsString, fs, path::Path};

use hellojohn_core::{
    ports::{Clock as _, system::SystemClock},
    seal::Sealer,
};
use hellojohn_storage::{MigrationOptions, SqlStore};
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::{
    super::instance::Surroundings,
    Verify,
    file::{self, Kind},
    native::{Connection, Program},
    restoring::{Restoring, open},
    scratch::Scratch,
    verify,
};
use crate::{
    config::{self, DatabaseConfig},
    failure::{Exit, Failure},
    output::{Format, Output},
    shutdown::Signals,
};

pub(super) async fn run(
    mut around: Surroundings,
    output: &mut Output,
    command: &Verify,
    kind: Kind,
) -> Result<(), Failure> {
    let ring = config::key_ring(&mut around.env);
    let database = DatabaseConfig::from_env(&mut around.env);
    let finished = around.env.finish();
    finished.map_err(|error| Failure::general(error.to_string()))?;
    let server = database.url.expose_secret();
    let mut signals = Signals::listen()?;
    let now = SystemClock.now();
    let scratch = match kind {
        Kind::Unknown => {
            return Err(Failure::general(format!(
                "{} is no backup this program knows",
                command.file.display()
            )));
        }
        Kind::Rows if server.starts_with("sqlite") => Scratch::file(now)?,
        Kind::Sqlite => Scratch::file(now)?,
        Kind::Dump | Kind::Script if server.starts_with("sqlite") => {
            return Err(Failure::general(
                "what pg_dump made is restored into PostgreSQL, and HELLOJOHN_DATABASE_URL names a SQLite database",
            ));
        }
        Kind::Rows | Kind::Dump | Kind::Script => Scratch::beside(server, now).await?,
    };
    let mut said = Said {
        output,
        facts: json!({ "file": command.file, "database": scratch.name() }),
    };
    let test = Test {
        scratch: &scratch,
        command,
        kind,
        ring: ring.as_ref(),
    };
    let outcome = tokio::select! {
        outcome = test.run(&mut said) => outcome,
        () = signals.next() => Err(Failure::new(Exit::Interrupted, "stopped by a signal")),
    };
    let dropping = said.line("Dropping test database...".to_owned());
    let removed = scratch.remove().await;
    outcome?;
    dropping?;
    removed?;
    said.end()
}

/// What is told, line by line for people and at the end for programs.
struct Said<'o> {
    output: &'o mut Output,
    facts: serde_json::Value,
}

impl Said<'_> {
    fn line(&mut self, line: String) -> Result<(), Failure> {
        match self.output.format() {
            Format::Table => self.output.line(line),
            Format::Json => Ok(()),
        }
    }

    fn fact(&mut self, name: &str, value: impl Into<serde_json::Value>) {
        if let Some(facts) = self.facts.as_object_mut() {
            facts.insert(name.to_owned(), value.into());
        }
    }

    fn end(mut self) -> Result<(), Failure> {
        self.fact("verified", true);
        match self.output.format() {
            Format::Table => self.output.line("Backup verification complete ✅"),
            Format::Json => self.output.json(&self.facts),
        }
    }
}

struct Test<'t> {
    scratch: &'t Scratch,
    command: &'t Verify,
    kind: Kind,
    ring: Option<&'t Sealer>,
}

impl Test<'_> {
    async fn run(&self, said: &mut Said<'_>) -> Result<(), Failure> {
        said.line(format!("Creating test database: {}", self.scratch.name()))?;
        said.line("Restoring backup...".to_owned())?;
        let path = &self.command.file;
        let restoring = Restoring {
            file: path,
            kind: self.kind,
            pg_restore: self.command.pg_restore.as_deref(),
            ring: self.ring,
        };
        restoring.restore(self.scratch).await?;
        let compared = if self.kind == Kind::Rows {
            true
        } else {
            let store = open(self.scratch).await?;
            let compared = compare(&store, path, self.ring).await?;
            store.close().await;
            compared
        };
        let store = open(self.scratch).await?;
        said.line("Verifying row counts...".to_owned())?;
        let users = store.count("hj_user").await?;
        let sessions = store.count("hj_session").await?;
        said.line(format!("  users: {users}\n  sessions: {sessions}"))?;
        said.fact("users", users);
        said.fact("sessions", sessions);
        said.fact("compared_with_manifest", compared);
        if compared {
            said.line("Every row is the one the manifest tells of".to_owned())?;
        }
        if let (true, Some(ring)) = (self.kind != Kind::Rows, self.ring) {
            self.check_rows(&store, ring).await?;
            said.line("References hold, and every sealed value opens".to_owned())?;
        }
        self.bring_forward(&store, said).await?;
        store.close().await;
        Ok(())
    }

    /// References and sealed values of rows that came without hashes.
    async fn check_rows(&self, store: &SqlStore, ring: &Sealer) -> Result<(), Failure> {
        let copy = std::env::temp_dir().join(format!("{}.sqlite3", self.scratch.name()));
        let snapshot = store.snapshot(&copy, SystemClock.now()).await;
        let report = match snapshot {
            Ok(snapshot) => verify::check_snapshot(snapshot, ring).await,
            Err(error) => Err(error.into()),
        };
        if copy.exists() {
            fs::remove_file(&copy)?;
        }
        match report?.damage.first() {
            None => Ok(()),
            Some(first) => Err(Failure::general(format!("the restored rows: {first}"))),
        }
    }

    async fn bring_forward(&self, store: &SqlStore, said: &mut Said<'_>) -> Result<(), Failure> {
        let applied = store.migrations().run(&MigrationOptions::default()).await?;
        if !applied.is_empty() {
            said.line(format!("Applied {} pending migrations", applied.len()))?;
        }
        said.fact("migrations_applied", applied.len());
        let validation = store.validate_schema().await?;
        if let Some(first) = validation.differences.first() {
            return Err(Failure::general(format!(
                "the restored schema is not the expected one: {first} ({} differences)",
                validation.differences.len()
            )));
        }
        said.fact("schema_valid", true);
        said.line("Schema validation passed".to_owned())
    }
}

/// Restores a custom-format dump as one transaction.
pub(super) async fn pg_restore(
    program: &Program,
    database: &Connection,
    dump: &Path,
) -> Result<(), Failure> {
    let mut name = OsString::from("--dbname=");
    name.push(database.database().unwrap_or_default());
    let fixed = [
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        "--no-password",
    ];
    let arguments = fixed
        .map(OsString::from)
        .into_iter()
        .chain([name, dump.as_os_str().to_owned()]);
    program.run(Some(database), arguments).await
}

/// Compares what was restored from a native copy with the manifest beside it; false if there is none.
pub(super) async fn compare(
    store: &SqlStore,
    native: &Path,
    ring: Option<&Sealer>,
) -> Result<bool, Failure> {
    let Some(beside) = file::manifest_beside(native) else {
        return Ok(false);
    };
    let report = verify::check(&beside, ring).await?;
    if let Some(first) = report.damage.first() {
        return Err(Failure::general(format!(
            "{}, which tells of {}, is damaged: {first}",
            beside.display(),
            native.display()
        )));
    }
    let (Some(header), Some(manifest)) = (report.header, report.manifest) else {
        return Ok(false);
    };
    let proofs = store.proofs(&header.tables).await?;
    let differs = proofs
        .iter()
        .zip(&manifest.tables)
        .find(|(found, told)| found != told);
    match differs {
        None => Ok(true),
        Some((table, _)) => Err(Failure::general(format!(
            "the restored rows of {} are not those {} tells of",
            table.name,
            beside.display()
        ))),
    }
}
