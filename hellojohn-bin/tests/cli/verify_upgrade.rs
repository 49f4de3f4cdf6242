use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    backup::Used,
    support::{Database, Finished, Program, as_postgres, normalised},
};

/// What release 0.1.0 left in a PostgreSQL database, as `pg_dump` wrote it.
fn released() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/released/0.1.0/postgres.sql")
}

fn over(database: &Database) -> Program {
    Program::bare().with("HELLOJOHN_DATABASE_URL", &database.url())
}

fn verify(program: &Program, file: &Path) -> Finished {
    program.run(["migrations", "verify", "--against", file.to_str().unwrap()])
}

/// The output with times that are always the same, and the name of the scratch database.
fn told(output: &str) -> (String, String) {
    let name = output
        .split_whitespace()
        .find(|word| word.starts_with("hellojohn_verify_"))
        .unwrap()
        .trim_end_matches('.')
        .to_owned();
    let text = normalised(output).replace(&name, "hellojohn_verify_0");
    (text, name)
}

fn databases_like(database: &Database, name: &str) -> Vec<String> {
    database.texts(&format!(
        "SELECT datname::text FROM pg_database WHERE datname = '{name}'"
    ))
}

fn dump(database: &Database, program: &Program, extra: &[&str]) -> PathBuf {
    let file = program.folder().join("a.dump");
    let (url, path) = (database.url(), file.display().to_string());
    let fixed = [format!("--dbname={url}"), format!("--file={path}")];
    let extra = extra.iter().map(|&argument| argument.to_owned());
    as_postgres("pg_dump", fixed.into_iter().chain(extra));
    file
}

fn restored() -> Database {
    let database = Database::new();
    let script = std::fs::read_to_string(released()).unwrap();
    database.execute_all(&script);
    database
}

#[test]
fn a_backup_goes_through_the_upgrade_and_back_and_the_live_database_is_not_touched() {
    let live = Database::new();
    let program = Program::production(&live.url());
    program.ok(["migrate"]);
    program.ok(["tenants", "create", "--name", "Live"]);
    live.execute("CREATE TABLE mine AS SELECT 'kept'::text AS what");
    let before = live.rows();
    assert!(before.contains("mine"), "{before}");

    let finished = verify(&program, &released());
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let (text, name) = told(
        &finished
            .stdout
            .replace(released().to_str().unwrap(), "FILE"),
    );
    insta::assert_snapshot!(text, @"
    Verifying the upgrade of FILE in hellojohn_verify_0...

      ✅  Restore (0ms)
      ✅  Read every row: 13 tables, 139 rows, schema 20261120_001 (0ms)
      ✅  Upgrade: 20261120_002_session_list_index, 20261120_003_mail, 20261120_004_one_time, 20261120_005_mfa, 20261120_006_passkeys, 20261120_007_lockout, 20261120_008_sign_in_methods (0ms)
      ✅  Schema as in a fresh installation: 25 tables (0ms)
      ✅  Rows as before: 139 rows, 146 columns (0ms)
      ✅  Roll back: 7 migrations undone (0ms)
      ✅  Schema as in the backup: 13 tables (0ms)
      ✅  Rows as in the backup: 139 rows, 146 columns (0ms)
      ✅  Upgrade again: 20261120_002_session_list_index, 20261120_003_mail, 20261120_004_one_time, 20261120_005_mfa, 20261120_006_passkeys, 20261120_007_lockout, 20261120_008_sign_in_methods (0ms)
      ✅  Schema and rows as after the first upgrade: 139 rows, 266 columns (0ms)
      ✅  Drop the scratch database: hellojohn_verify_0 (0ms)

    ✅ Upgrade verified: 7 migrations from schema version 20261120_001
    ");
    assert_eq!(databases_like(&live, &name), [""; 0]);
    assert_eq!(live.rows(), before);
}

#[test]
fn the_custom_format_and_the_rows_of_our_own_do_as_well() {
    let database = restored();
    let program = over(&database);
    let custom = dump(&database, &program, &["--format=custom"]);
    let told = program.json([
        "migrations",
        "verify",
        "--format",
        "json",
        "--against",
        custom.to_str().unwrap(),
    ]);
    assert_eq!(told["verified"], true, "{told}");
    assert_eq!(told["schema_version"], "20261120_001");
    let outcomes: Vec<&Value> = told["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| &step["outcome"])
        .collect();
    assert_eq!(outcomes, ["holds"; 11]);

    let own = Database::new();
    let used = Used::over(&own.url());
    let rows = used.back_up(&["--rows-only"]);
    let finished = verify(&used.program, &rows);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert!(finished.stdout.contains("Roll back: nothing was applied"));
}

#[test]
fn a_sqlite_database_needs_no_server_and_no_setting() {
    let program = Program::bare();
    let url = format!("sqlite://{}", program.folder().join("hj.db").display());
    let used = Used::over(&url);
    let rows = used.back_up(&[]);
    for file in [rows.with_extension("sqlite3"), rows] {
        let finished = verify(&program, &file);
        assert_eq!(finished.code, Some(0), "{finished:?}");
        let (_, name) = told(&finished.stdout);
        assert!(!std::env::temp_dir().join(name).exists());
    }
}

#[test]
fn what_would_break_is_told_and_the_scratch_database_is_dropped() {
    let database = restored();
    database.execute("CREATE INDEX idx_hj_user_mine ON hj_user (name)");
    let program = over(&database);
    let file = dump(&database, &program, &["--format=plain"]);
    let finished = verify(&program, &file);
    assert_eq!(finished.code, Some(1), "{finished:?}");
    assert!(
        finished
            .stdout
            .contains("        Unexpected index: idx_hj_user_mine\n"),
        "{finished:?}"
    );
    assert!(
        finished
            .stdout
            .ends_with("\n❌ Upgrade verification failed\n"),
        "{finished:?}"
    );
    let (_, name) = told(&finished.stdout);
    assert_eq!(databases_like(&database, &name), [""; 0]);

    // Such a script connects to the database it came from: the live one.
    let file = dump(&database, &program, &["--format=plain", "--create"]);
    let before = database.rows();
    let finished = verify(&program, &file);
    assert_eq!(finished.code, Some(1), "{finished:?}");
    assert!(finished.stdout.contains("--create"), "{finished:?}");
    assert_eq!(database.rows(), before);

    // The same in a way pg_dump does not write it.
    let file = program.folder().join("odd.sql");
    let odd = "-- PostgreSQL database dump\nSELECT 1; \\! touch left\n";
    std::fs::write(&file, odd).unwrap();
    let finished = verify(&program, &file);
    assert_eq!(finished.code, Some(1), "{finished:?}");
    assert!(!program.folder().join("left").exists());

    let finished = verify(&program, Path::new(env!("CARGO_MANIFEST_PATH")));
    let said = "is no backup this program knows\n";
    assert!(finished.stderr.ends_with(said), "{finished:?}");
}

#[test]
fn a_signal_ends_it_and_leaves_nothing() {
    let database = Database::new();
    let program = over(&database);
    let file = program.folder().join("slow.sql");
    std::fs::write(&file, "-- PostgreSQL database dump\nSELECT pg_sleep(60);\n").unwrap();
    let arguments = ["migrations", "verify", "--against", file.to_str().unwrap()];
    let running = program.begin(&arguments);
    running.wait_for("hellojohn_verify_");
    let (_, name) = told(&running.printed());
    let asleep = format!(
        "SELECT query FROM pg_stat_activity WHERE datname = '{name}' AND query LIKE '%pg_sleep%'"
    );
    let deadline = Instant::now() + Duration::from_secs(20);
    while database.texts(&asleep).is_empty() {
        assert!(Instant::now() < deadline, "never restoring");
        thread::sleep(Duration::from_millis(20));
    }
    running.signal("TERM");
    let finished = running.finish();
    assert_eq!(finished.code, Some(130), "{finished:?}");
    assert_eq!(databases_like(&database, &name), [""; 0]);
}
