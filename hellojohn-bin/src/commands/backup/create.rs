use std::{
    fs::{self, DirBuilder},
    io::BufWriter,
    path::{Path, PathBuf},
};

use hellojohn_core::{
    backup::{DatabaseKind, Header, Manifest, NativeCopy, Report, Writer},
    ports::{Clock as _, system::SystemClock},
    seal::Sealer,
    time::Timestamp,
};
use hellojohn_storage::{SqlStore, backup::Snapshot};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::{
    super::instance,
    Create,
    file::{self, Unfinished},
    native::{Connection, Program},
};
use crate::{
    cli::Global,
    compose::{self, Use},
    config::{self, Config, Purpose},
    failure::Failure,
    output::{Format, Output, note},
    progress::Progress,
};

pub(super) async fn run(
    global: &Global,
    output: &mut Output,
    command: Create,
) -> Result<(), Failure> {
    let mut around = instance::of_command(global)?;
    let folder = config::backup_dir(&mut around.env);
    let config = Config::from_env(around.env, around.profile, Purpose::Command)
        .map_err(|error| Failure::general(error.to_string()))?;
    for warning in &config.warnings {
        note(format_args!("Warning: {warning}"));
    }
    let now = SystemClock.now();
    let path = place(command.output.clone().unwrap_or(folder), now)?;
    let store = compose::connect(&config.database, Use::Command).await?;
    let job = Job {
        store: &store,
        url: config.database.url.expose_secret(),
        ring: &config.keys.ring(),
        command: &command,
        now,
    };
    let made = super::unless_stopped(job.write(&path)).await?;
    store.close().await;
    match output.format() {
        Format::Json => output.json(&made.as_json()),
        Format::Table => output.text(&made.as_text()),
    }
}

/// The file to write, in a folder that is there.
fn place(path: PathBuf, now: Timestamp) -> Result<PathBuf, Failure> {
    let is_file = path.extension().is_some_and(|ending| ending == "hjb") && !path.is_dir();
    let path = if is_file {
        path
    } else {
        path.join(format!("hellojohn_{}.hjb", stamp(now)))
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        let mut build = DirBuilder::new();
        build.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut build, 0o700);
        build
            .create(folder)
            .map_err(|error| file::cannot("made", folder, &error))?;
    }
    Ok(path)
}

/// `YYYYMMDD_HHMMSS`, UTC.
fn stamp(now: Timestamp) -> String {
    let text = now.to_string();
    let digits: String = text.chars().filter(char::is_ascii_digit).take(14).collect();
    let (date, time) = digits.split_at_checked(8).unwrap_or((&digits, ""));
    format!("{date}_{time}")
}

struct Job<'j> {
    store: &'j SqlStore,
    url: &'j str,
    ring: &'j Sealer,
    command: &'j Create,
    now: Timestamp,
}

struct Made {
    path: PathBuf,
    size: u64,
    header: Header,
    manifest: Manifest,
    report: Report,
}

impl Job<'_> {
    async fn write(&self, path: &Path) -> Result<Made, Failure> {
        let rows = Unfinished::for_file(path)?;
        let copy = Unfinished::for_file(&path.with_extension("sqlite3"))?;
        let dump = Unfinished::for_file(&path.with_extension("dump"))?;
        let mut snapshot = self.store.snapshot(copy.path(), self.now).await?;
        let header = snapshot.header().clone();
        let file = BufWriter::new(rows.create()?);
        let mut writer = Writer::begin(file, header.clone())?;
        let mut progress = Progress::start("Backing up", snapshot.rows());
        snapshot
            .write_rows(&mut writer, &mut |done| progress.set(done))
            .await?;
        progress.finish();
        let native = match (self.command.rows_only, header.database) {
            (true, _) => None,
            (false, DatabaseKind::Sqlite) => Some(copy),
            (false, DatabaseKind::Postgres) => self.dump(&mut snapshot, dump).await?,
        };
        snapshot.close().await?;
        let described = native.as_ref().map(describe).transpose()?;
        let (_, manifest) = writer.finish(described, self.ring.current())?;
        let report = super::verify::check(rows.path(), Some(self.ring)).await?;
        if let Some(first) = report.damage.first() {
            return Err(Failure::general(format!(
                "the backup was not kept, because reading it back found: {first}"
            )));
        }
        if let Some(native) = native {
            native.settle()?;
        }
        let path = rows.settle()?;
        let size = fs::metadata(&path)?.len();
        Ok(Made {
            path,
            size,
            header,
            manifest,
            report,
        })
    }

    /// What `pg_dump` makes of the same snapshot; none if there is no fitting `pg_dump`.
    async fn dump(
        &self,
        snapshot: &mut Snapshot,
        file: Unfinished,
    ) -> Result<Option<Unfinished>, Failure> {
        let server = snapshot.server_major().await?;
        let given = self.command.pg_dump.as_deref();
        let program = match Program::find("pg_dump", given, server).await {
            Ok(program) => program,
            Err(failure) if given.is_some() => return Err(failure),
            Err(failure) => {
                note(format_args!(
                    "Warning: no native copy was made: {failure}; the rows are whole without it"
                ));
                return Ok(None);
            }
        };
        let exported = snapshot.export().await?;
        // The file has to be there for its owner only before anything is written to it.
        drop(file.create()?);
        let arguments = [
            "--format=custom".into(),
            "--compress=9".into(),
            "--no-password".into(),
            format!("--snapshot={exported}").into(),
            [std::ffi::OsStr::new("--file="), file.path().as_os_str()]
                .into_iter()
                .collect::<std::ffi::OsString>(),
        ];
        program
            .run(Some(&Connection::of(self.url)), arguments)
            .await?;
        Ok(Some(file))
    }
}

fn describe(native: &Unfinished) -> Result<NativeCopy, Failure> {
    let (bytes, sha256) = file::measure(native.path())?;
    Ok(NativeCopy {
        file: native.name(),
        bytes,
        sha256,
    })
}

impl Made {
    fn as_json(&self) -> Value {
        let Self {
            path,
            size,
            header,
            manifest,
            report,
        } = self;
        json!({
            "file": path,
            "bytes": size,
            "created_at": header.created_at,
            "schema_version": header.schema_version,
            "restore_epoch": header.restore_epoch,
            "tables": manifest.tables.len(),
            "rows": report.rows,
            "users": manifest.rows("hj_user"),
            "sessions": manifest.rows("hj_session"),
            "encryption_keys": manifest.encryption_keys,
            "signing_keys": manifest.signing_keys,
            "native_copy": manifest.native_copy,
            "root": manifest.root,
        })
    }

    fn as_text(&self) -> String {
        let Self {
            path,
            header,
            manifest,
            report,
            ..
        } = self;
        let native = manifest
            .native_copy
            .as_ref()
            .map_or("none", |native| native.file.as_str());
        format!(
            "✅ Backup written to {}\n\n  \
             Native copy: {native}\n  \
             Schema version: {}\n  \
             Tables: {}, rows: {}\n  \
             Users: {}, sessions: {}\n  \
             Encryption keys needed: {}\n  \
             Root: {}\n",
            path.display(),
            header.schema_version,
            manifest.tables.len(),
            report.rows,
            manifest.rows("hj_user").unwrap_or(0),
            manifest.rows("hj_session").unwrap_or(0),
            super::verify::keys_needed(manifest),
            manifest.root,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_the_second() {
        let at = Timestamp::from_micros(1_705_747_800_123_456);
        assert_eq!(stamp(at), "20240120_105000");
        let folder = tempfile::tempdir().unwrap();
        let inside = place(folder.path().join("new"), at).unwrap();
        assert_eq!(inside.file_name().unwrap(), "hellojohn_20240120_105000.hjb");
        assert!(inside.parent().unwrap().is_dir());
        let named = place(folder.path().join("x").join("mine.hjb"), at).unwrap();
        assert_eq!(named.file_name().unwrap(), "mine.hjb");
    }
}
