//! The weekly proof: a backup is restored into a database of its own, counted and dropped.

use hellojohn_core::{
    ports::{Clock as _, system::SystemClock},
    seal::Sealer,
};
use hellojohn_storage::{MigrationOptions, SqlStore};
use serde_json::json;

use super::{
    super::instance::Surroundings,
    Verify,
    file::{Kind, Unfinished},
    restoring::{Restoring, open},
    scratch::{Place, Scratch},
    verify,
};
use crate::{
    config::{self, DatabaseConfig},
    failure::Failure,
    output::{Format, Output},
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
    let configured = || Ok(database.url.clone());
    let scratch = Scratch::for_file(kind, &command.file, configured, SystemClock.now()).await?;
    let mut said = Said {
        output,
        facts: json!({ "file": command.file }),
    };
    let work = async |scratch: &Place| {
        let test = Test {
            scratch,
            command,
            kind,
            ring: ring.as_ref(),
        };
        let outcome = test.run(&mut said).await;
        let dropping = said.line("Dropping test database...".to_owned());
        outcome.and(dropping)
    };
    Box::pin(scratch.during(work)).await?;
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
    scratch: &'t Place,
    command: &'t Verify,
    kind: Kind,
    ring: Option<&'t Sealer>,
}

impl Test<'_> {
    async fn run(&self, said: &mut Said<'_>) -> Result<(), Failure> {
        said.fact("database", self.scratch.name());
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
        let store = open(self.scratch.url()).await?;
        let compared = self.kind == Kind::Rows || verify::compare(&store, path, self.ring).await?;
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
        // A signal drops all of this, and the copy goes with it.
        let copy = Unfinished::for_file(&copy)?;
        let snapshot = store.snapshot(copy.path(), SystemClock.now()).await?;
        let report = verify::check_snapshot(snapshot, ring).await?;
        match report.damage.first() {
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
