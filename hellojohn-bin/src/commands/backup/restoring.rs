//! A backup of any kind into a scratch database, and nowhere else.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::BufReader,
    path::Path,
};

use hellojohn_core::{
    backup::{Report, Rows},
    seal::Sealer,
};
use hellojohn_storage::{SqlStore, SqlStoreOptions};

use super::{
    file::{self, Kind},
    native::{Connection, Program, pg_restore},
    scratch::Place,
    script::way_out,
    verify,
};
use crate::{failure::Failure, output::counted, progress::Progress};

/// A backup on its way into a scratch database.
pub(in crate::commands) struct Restoring<'r> {
    pub(in crate::commands) file: &'r Path,
    pub(in crate::commands) kind: Kind,
    /// The `pg_restore` that was asked for.
    pub(in crate::commands) pg_restore: Option<&'r Path>,
    pub(in crate::commands) ring: Option<&'r Sealer>,
}

/// A store over a database that is being restored into.
pub(in crate::commands) async fn open(url: &str) -> Result<SqlStore, Failure> {
    let options = SqlStoreOptions {
        max_connections: 2,
        ..SqlStoreOptions::default()
    };
    Ok(SqlStore::connect(url, options).await?)
}

/// Nothing is restored of which anything is wrong.
pub(super) async fn checked(path: &Path, ring: Option<&Sealer>) -> Result<Report, Failure> {
    let report = verify::check(path, ring).await?;
    match report.damage.first() {
        None => Ok(report),
        Some(first) => Err(Failure::general(format!(
            "{} was not restored: {first} ({}; `hj backup verify` tells all)",
            path.display(),
            counted(report.findings, "finding")
        ))),
    }
}

/// Brings in the rows of a backup of our own that was checked, and tells how many there are.
pub(super) async fn bring_rows(
    store: &SqlStore,
    path: &Path,
    report: &Report,
) -> Result<u64, Failure> {
    let Some(manifest) = &report.manifest else {
        return Err(Failure::general("the backup has no manifest"));
    };
    let backup = Rows::open(BufReader::new(File::open(path)?))?;
    let mut progress = Progress::start("Restoring", report.rows);
    let restored = store
        .restore_rows(backup, manifest, &mut |done| progress.set(done))
        .await?;
    progress.finish();
    Ok(restored.rows)
}

impl Restoring<'_> {
    /// Restores it.
    pub(in crate::commands) async fn restore(&self, scratch: &Place) -> Result<(), Failure> {
        if self.kind == Kind::Rows {
            let report = checked(self.file, self.ring).await?;
            let store = open(scratch.url()).await?;
            bring_rows(&store, self.file, &report).await?;
            store.close().await;
            return Ok(());
        }
        if let Some(goal) = scratch.path() {
            fs::copy(self.file, &goal)
                .map_err(|error| file::cannot("copied", self.file, &error))?;
            return Ok(());
        }
        let database = Connection::of(scratch.url());
        if self.kind == Kind::Script {
            return self.script(&database).await;
        }
        let program = Program::find("pg_restore", self.pg_restore, 0).await?;
        pg_restore(&program, &database, self.file).await
    }

    async fn script(&self, database: &Connection) -> Result<(), Failure> {
        let script = File::open(self.file).map(BufReader::new);
        let found = script.and_then(way_out);
        if let Some(found) = found.map_err(|error| file::cannot("read", self.file, &error))? {
            return Err(Failure::general(format!(
                "{} would leave the database it is restored into, as pg_dump writes with --create; {found}",
                self.file.display()
            )));
        }
        let program = Program::find("psql", None, 0).await?;
        let mut name = OsString::from("--file=");
        name.push(self.file);
        let arguments = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"];
        let arguments = arguments.map(OsString::from).into_iter().chain([name]);
        program.run(Some(database), arguments).await
    }
}
