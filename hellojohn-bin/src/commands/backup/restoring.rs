//! A backup of any kind into a scratch database, and nowhere else.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
};

use hellojohn_core::{backup::Rows, seal::Sealer};
use hellojohn_storage::{SqlStore, SqlStoreOptions};

use super::{
    file::{self, Kind},
    native::{Connection, Program},
    restore_test::pg_restore,
    scratch::Scratch,
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

/// A store over a scratch database.
pub(in crate::commands) async fn open(scratch: &Scratch) -> Result<SqlStore, Failure> {
    let options = SqlStoreOptions {
        max_connections: 2,
        ..SqlStoreOptions::default()
    };
    Ok(SqlStore::connect(scratch.url(), options).await?)
}

impl Restoring<'_> {
    /// Restores it.
    pub(in crate::commands) async fn restore(&self, scratch: &Scratch) -> Result<(), Failure> {
        if self.kind == Kind::Rows {
            return self.rows(scratch).await;
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

    async fn rows(&self, scratch: &Scratch) -> Result<(), Failure> {
        let report = verify::check(self.file, self.ring).await?;
        if let Some(first) = report.damage.first() {
            return Err(Failure::general(format!(
                "{} is damaged: {first} ({}; `hj backup verify` tells all)",
                self.file.display(),
                counted(report.findings, "finding")
            )));
        }
        let Some(manifest) = report.manifest else {
            return Err(Failure::general("the backup has no manifest"));
        };
        let store = open(scratch).await?;
        let mut progress = Progress::start("Restoring", report.rows);
        let backup = Rows::open(BufReader::new(File::open(self.file)?))?;
        store
            .restore_rows(backup, &manifest, &mut |done| progress.set(done))
            .await?;
        progress.finish();
        store.close().await;
        Ok(())
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

/// The first line with which a script of `pg_dump` would reach another database than its own.
///
/// With `--create` it makes or even drops the database it came from, and connects to it: the live one.
fn way_out(script: impl BufRead) -> std::io::Result<Option<String>> {
    let mut copying = false;
    for (number, line) in (1_u64..).zip(script.split(b'\n')) {
        let line = line?;
        let line = String::from_utf8_lossy(line.trim_ascii_end());
        if copying {
            copying = line != "\\.";
            continue;
        }
        copying = line.starts_with("COPY ") && line.ends_with(" FROM stdin;");
        let harmless = ["\\restrict ", "\\unrestrict "];
        let command =
            line.starts_with('\\') && !harmless.iter().any(|start| line.starts_with(start));
        let upper = line.trim_start().to_uppercase();
        let database = ["CREATE", "DROP", "ALTER"]
            .iter()
            .filter_map(|verb| upper.strip_prefix(verb))
            .any(|rest| rest.trim_start().starts_with("DATABASE "));
        if command || database {
            let shown: String = line.chars().take(60).collect();
            return Ok(Some(format!("line {number}: {shown}")));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_that_leaves_its_database_is_found() {
        let of = |script: &str| way_out(script.as_bytes()).unwrap();
        let rows = "\\restrict abc\nCOPY public.t (a, b) FROM stdin;\n\\N\tDROP DATABASE x\n\\.\n\\unrestrict abc\n";
        assert_eq!(of(rows), None);
        assert_eq!(
            of("INSERT INTO t VALUES ('x\\y');\nALTER TABLE t OWNER TO u;"),
            None
        );
        for (script, line) in [
            ("\\connect hellojohn", 1),
            ("--\n\\c live", 2),
            ("DROP DATABASE hellojohn;", 1),
            ("\n\n  create  database x;", 3),
            ("ALTER DATABASE x SET y = 1;", 1),
            ("COPY t FROM stdin;\n\\.\n\\! rm -rf x", 3),
        ] {
            let found = of(script).unwrap_or_else(|| panic!("{script}"));
            assert!(found.starts_with(&format!("line {line}: ")), "{found}");
        }
    }
}
