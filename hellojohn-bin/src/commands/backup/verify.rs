use std::path::Path;

use hellojohn_core::{
    backup::{Damage, Manifest, Origin, Report, Writer, verify},
    ports::{Clock as _, system::SystemClock},
    seal::Sealer,
};
use hellojohn_storage::{SqlStore, backup::Snapshot};
use serde_json::{Value, json};

use super::{
    super::instance,
    Verify,
    file::{self, Kind, Unfinished},
    native::Program,
    restore_test,
};
use crate::{
    cli::Global,
    config,
    failure::{Failure, visible},
    output::{Format, Output, counted},
};

pub(super) async fn run(
    global: &Global,
    output: &mut Output,
    command: Verify,
) -> Result<(), Failure> {
    let kind = file::kind_of(&command.file)?;
    let mut around = instance::of_command(global)?;
    let ring = config::key_ring(&mut around.env);
    if command.restore_test {
        return restore_test::run(around, output, &command, kind).await;
    }
    let finished = around.env.finish();
    finished.map_err(|error| Failure::general(error.to_string()))?;
    let found = match kind {
        Kind::Rows => rows(&command.file, ring.as_ref()).await?,
        Kind::Dump => dump(&command).await?,
        Kind::Script => script(&command.file).await?,
        Kind::Sqlite => sqlite(&command.file, ring.as_ref()).await?,
        Kind::Unknown => {
            return Err(Failure::general(format!(
                "{} is no backup this program knows",
                command.file.display()
            )));
        }
    };
    found.tell(&command.file, output)
}

/// Reads a whole backup of our own, on a thread of its own so that a signal is heard meanwhile.
pub(super) async fn check(path: &Path, ring: Option<&Sealer>) -> Result<Report, Failure> {
    let reader = file::open_shown(path, "Verifying")?;
    let ring = ring.cloned();
    let reading = tokio::task::spawn_blocking(move || verify(reader, ring.as_ref()));
    let read = reading.await;
    Ok(read.map_err(|error| Failure::because("the verification stopped", &error))??)
}

/// The same for what is in a database or a copy of one, by way of a file that is thrown away.
pub(super) async fn check_snapshot(
    mut snapshot: Snapshot,
    ring: &Sealer,
) -> Result<Report, Failure> {
    let place = std::env::temp_dir().join(format!("hellojohn_verify_{}.hjb", file::unique()?));
    let rows = Unfinished::for_file(&place)?;
    let file = std::io::BufWriter::new(rows.create()?);
    let mut writer = Writer::begin(file, snapshot.header().clone())?;
    snapshot.write_rows(&mut writer, &mut |_| {}).await?;
    writer.finish(None, ring.current())?;
    snapshot.close().await?;
    check(rows.path(), Some(ring)).await
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
    let report = check(&beside, ring).await?;
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

/// `<id> (<n> values), …`
pub(super) fn keys_needed(manifest: &Manifest) -> String {
    let mut keys: Vec<(String, u64)> = Vec::new();
    for used in &manifest.encryption_keys {
        match keys.iter_mut().find(|(key, _)| *key == used.key) {
            Some((_, values)) => *values += used.values,
            None => keys.push((used.key.clone(), used.values)),
        }
    }
    if keys.is_empty() {
        return "none".to_owned();
    }
    let keys = keys
        .iter()
        .map(|(key, values)| format!("{key} ({values} values)"));
    keys.collect::<Vec<_>>().join(", ")
}

/// What was proven, what was not, and what is wrong.
#[derive(Default)]
struct Found {
    facts: Vec<String>,
    proven: Vec<String>,
    open: Vec<String>,
    wrong: Vec<String>,
    findings: u64,
    json: serde_json::Map<String, Value>,
}

impl Found {
    fn wrong(&mut self, what: String) {
        self.findings += 1;
        self.wrong.push(what);
    }

    fn tell(mut self, path: &Path, output: &mut Output) -> Result<(), Failure> {
        let verdict = if self.findings == 0 {
            Ok(())
        } else {
            Err(Failure::general(format!(
                "{} is damaged: {}",
                path.display(),
                counted(self.findings, "finding")
            )))
        };
        if output.format() == Format::Json {
            self.json.insert("file".to_owned(), json!(path));
            self.json.insert("whole".to_owned(), json!(verdict.is_ok()));
            self.json.insert("proven".to_owned(), json!(self.proven));
            self.json.insert("not_proven".to_owned(), json!(self.open));
            self.json.insert("damage".to_owned(), json!(self.wrong));
            self.json
                .insert("findings".to_owned(), json!(self.findings));
            output.json(&Value::Object(self.json))?;
            return verdict;
        }
        output.line(path.display())?;
        for fact in &self.facts {
            output.line(format_args!("  {}", visible(fact)))?;
        }
        output.line("")?;
        let marked = [
            ("✅", &self.proven),
            ("⚠️ ", &self.open),
            ("❌", &self.wrong),
        ];
        for (mark, lines) in marked {
            for line in lines {
                output.line(format_args!("  {mark} {}", visible(line)))?;
            }
        }
        let told = u64::try_from(self.wrong.len()).unwrap_or(u64::MAX);
        if self.findings > told {
            output.line(format_args!("  … and {} more", self.findings - told))?;
        }
        if verdict.is_ok() && self.open.is_empty() {
            output.line("\n✅ Nothing is wrong with this backup")?;
        } else if verdict.is_ok() {
            output.line("\n✅ Nothing wrong was found; what was not proven is marked ⚠️")?;
        }
        verdict
    }
}

async fn rows(path: &Path, ring: Option<&Sealer>) -> Result<Found, Failure> {
    let report = check(path, ring).await?;
    let mut found = Found::default();
    if let Some(header) = &report.header {
        found.facts.push(format!(
            "Made {} by HelloJohn {} from {}, schema version {}, restore epoch {}",
            crate::output::date_and_time(header.created_at),
            header.program,
            header.database.name(),
            header.schema_version,
            header.restore_epoch
        ));
        found
            .json
            .insert("created_at".to_owned(), json!(header.created_at));
        found
            .json
            .insert("schema_version".to_owned(), json!(header.schema_version));
    }
    if let Some(manifest) = &report.manifest {
        found.facts.push(format!(
            "Users: {}, sessions: {}",
            manifest.rows("hj_user").unwrap_or(0),
            manifest.rows("hj_session").unwrap_or(0)
        ));
        found
            .facts
            .push(format!("Encryption keys needed: {}", keys_needed(manifest)));
        found.facts.push(format!("Root: {}", manifest.root));
        found.json.insert("manifest".to_owned(), json!(manifest));
    }
    found.json.insert("rows".to_owned(), json!(report.rows));
    if report.is_whole() {
        found.proven.push(format!(
            "Rows: {}, each as it was written, in order, with every reference and the manifest",
            report.rows
        ));
    }
    told_of_keys(&report, &mut found);
    found.findings = report.findings;
    found.wrong = report.damage.iter().map(Damage::to_string).collect();
    if let Some(manifest) = &report.manifest {
        native_copy(path, manifest, &mut found)?;
    }
    Ok(found)
}

fn told_of_keys(report: &Report, found: &mut Found) {
    match &report.origin {
        Origin::Proven => found.proven.push("Signed by this instance".to_owned()),
        Origin::Unproven { key } => found.open.push(format!(
            "HELLOJOHN_ENCRYPTION_KEY is not set, so who made it is not proven (it names encryption key {key})"
        )),
        _ => {}
    }
    let seals = report.seals;
    if seals.sealed == 0 {
        // Nothing to tell.
    } else if !seals.tried {
        found.open.push(format!(
            "Sealed values that were not tried with a key: {}",
            seals.sealed
        ));
    } else if seals.opened == seals.sealed {
        found.proven.push(format!(
            "Sealed values: {}, each opens in its place",
            seals.sealed
        ));
    }
    found
        .json
        .insert("sealed_values".to_owned(), json!(seals.sealed));
    found
        .json
        .insert("opened_values".to_owned(), json!(seals.opened));
}

fn native_copy(path: &Path, manifest: &Manifest, found: &mut Found) -> Result<(), Failure> {
    let Some(native) = &manifest.native_copy else {
        return Ok(());
    };
    let beside = path.with_file_name(&native.file);
    if !beside.is_file() {
        found.open.push(format!(
            "The native copy {} is not beside it; the rows are whole without it",
            native.file
        ));
    } else if file::measure(&beside)? == (native.bytes, native.sha256) {
        found.proven.push(format!(
            "The native copy {} is as it was written",
            native.file
        ));
    } else {
        found.wrong(format!("the native copy {} was changed", native.file));
    }
    Ok(())
}

/// The rows of our tables in the text of `COPY` statements.
#[derive(Default)]
struct Copied {
    tables: Vec<(String, u64)>,
    inside: bool,
    ended: bool,
}

impl Copied {
    fn line(&mut self, line: &str) {
        self.ended |= line.contains("PostgreSQL database dump complete");
        if line == "\\." {
            self.inside = false;
        } else if self.inside {
            if let Some((_, rows)) = self.tables.last_mut() {
                *rows += 1;
            }
        } else if let Some(rest) = line.strip_prefix("COPY ")
            && line.ends_with("FROM stdin;")
        {
            let name = rest.split([' ', '(']).next().unwrap_or_default();
            let name = name.rsplit('.').next().unwrap_or_default();
            self.inside = true;
            self.tables.push((name.trim_matches('"').to_owned(), 0));
        }
    }

    fn rows(&self, table: &str) -> Option<u64> {
        let mut tables = self.tables.iter();
        tables
            .find(|(name, _)| name == table)
            .map(|(_, rows)| *rows)
    }

    async fn judge(self, path: &Path) -> Result<Found, Failure> {
        let mut found = Found::default();
        let (users, sessions) = (self.rows("hj_user"), self.rows("hj_session"));
        found.json.insert("users".to_owned(), json!(users));
        found.json.insert("sessions".to_owned(), json!(sessions));
        let ours = self
            .tables
            .iter()
            .filter(|(name, _)| name.starts_with("hj_") || name.starts_with("cp_"))
            .count();
        match (users, sessions) {
            (Some(users), Some(sessions)) => {
                found
                    .facts
                    .push(format!("Users: {users}, sessions: {sessions}"));
                found.proven.push(format!(
                    "It can be read to its end and has {ours} tables of HelloJohn"
                ));
            }
            _ => found.wrong("hj_user or hj_session is missing".to_owned()),
        }
        if !self.ended {
            found.wrong("its end is missing".to_owned());
        }
        beside(path, &mut found).await?;
        found.open.push(format!(
            "References, sealed values and the schema show after a restore alone; \
             `hj backup verify --restore-test {}` does that in a database of its own",
            path.display()
        ));
        Ok(found)
    }
}

/// Compares a native copy with the manifest that lies beside it.
async fn beside(path: &Path, found: &mut Found) -> Result<(), Failure> {
    let Some(manifest) = file::manifest_beside(path) else {
        found.open.push(
            "Whether rows were changed cannot be told: no .hjb file with its manifest lies beside it"
                .to_owned(),
        );
        return Ok(());
    };
    let report = check(&manifest, None).await?;
    let native = report.manifest.and_then(|manifest| manifest.native_copy);
    let fits = match native {
        Some(native) => file::measure(path)? == (native.bytes, native.sha256),
        None => false,
    };
    if fits {
        found.proven.push(format!(
            "It is byte for byte the file that {} tells of",
            manifest.display()
        ));
    } else {
        found.wrong(format!(
            "it is not the file {} tells of",
            manifest.display()
        ));
    }
    Ok(())
}

async fn dump(command: &Verify) -> Result<Found, Failure> {
    let program = Program::find("pg_restore", command.pg_restore.as_deref(), 0).await?;
    let mut copied = Copied::default();
    let arguments = [std::ffi::OsStr::new("--file=-"), command.file.as_os_str()];
    let read = program.lines(arguments, |line| copied.line(line)).await;
    if let Err(failure) = read {
        let mut found = Found::default();
        found.wrong(format!("it cannot be read to its end: {failure}"));
        return Ok(found);
    }
    copied.judge(&command.file).await
}

async fn script(path: &Path) -> Result<Found, Failure> {
    let mut copied = Copied::default();
    let mut reader = file::open_shown(path, "Verifying")?;
    let mut bytes = Vec::new();
    while std::io::BufRead::read_until(&mut reader, b'\n', &mut bytes)? > 0 {
        copied.line(String::from_utf8_lossy(&bytes).trim_end_matches('\n'));
        bytes.clear();
    }
    copied.judge(path).await
}

async fn sqlite(path: &Path, ring: Option<&Sealer>) -> Result<Found, Failure> {
    let mut found = Found::default();
    let mut snapshot = match Snapshot::of_copy(path, SystemClock.now()).await {
        Ok(snapshot) => snapshot,
        Err(error) => {
            found.wrong(crate::failure::chain(&error));
            return Ok(found);
        }
    };
    for problem in snapshot.integrity().await? {
        found.wrong(problem);
    }
    let users = snapshot.count("hj_user").await?;
    let sessions = snapshot.count("hj_session").await?;
    found
        .facts
        .push(format!("Users: {users}, sessions: {sessions}"));
    found.json.insert("users".to_owned(), json!(users));
    found.json.insert("sessions".to_owned(), json!(sessions));
    beside(path, &mut found).await?;
    let Some(ring) = ring else {
        found.open.push(
            "HELLOJOHN_ENCRYPTION_KEY is not set, so no sealed value was tried with a key"
                .to_owned(),
        );
        return Ok(found);
    };
    let report = check_snapshot(snapshot, ring).await?;
    found.findings += report.findings;
    found
        .wrong
        .extend(report.damage.iter().map(Damage::to_string));
    if report.is_whole() {
        found.proven.push(format!(
            "Rows: {}, in order for SQLite, with every reference; sealed values: {}, each opens",
            report.rows, report.seals.sealed
        ));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_dump_are_counted_and_nothing_that_looks_like_one() {
        let mut copied = Copied::default();
        for line in [
            "-- COPY hj_user FROM stdin;",
            "COPY public.hj_user (id, name) FROM stdin;",
            "1\tCOPY public.x (a) FROM stdin;",
            "2\t\\\\.",
            "\\.",
            "COPY public.\"hj_session\" (id) FROM stdin;",
            "\\.",
            "-- PostgreSQL database dump complete",
        ] {
            copied.line(line);
        }
        assert_eq!(copied.rows("hj_user"), Some(2));
        assert_eq!(copied.rows("hj_session"), Some(0));
        assert_eq!(copied.rows("hj_tenant"), None);
        assert!(copied.ended);
    }
}
