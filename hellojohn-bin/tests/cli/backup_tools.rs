//! Backups and PostgreSQL's own programs.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    backup::Used,
    support::{Database, Program, as_postgres, postgres},
};

fn query(url: &str, sql: &str) -> String {
    let told = as_postgres("psql", ["-Atc", sql, url]);
    told.trim().to_owned()
}

/// Whether the database a restore test says it made is gone.
fn is_gone(url: &str, told: &str) -> bool {
    let first = told.lines().next().unwrap();
    let name = first.strip_prefix("Creating test database: ").unwrap();
    assert!(name.starts_with("hellojohn_verify_"), "{told}");
    let found = format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'");
    query(url, &found) == "0"
}

fn verify(program: &Program, file: &Path, extra: &[&str]) -> (Option<i32>, String, String) {
    let mut arguments = vec!["backup".as_ref(), "verify".as_ref(), file.as_os_str()];
    arguments.extend(extra.iter().map(std::ffi::OsStr::new));
    let done = program.run(arguments);
    (done.code, done.stdout, done.stderr)
}

/// The weekly verification of every kind of file, and that nothing of it stays.
#[test]
fn a_restore_test_counts_validates_and_leaves_nothing() {
    let database = Database::new();
    let used = Used::over(&database.url());
    let rows = used.back_up(&[]);
    let dump = rows.with_extension("dump");
    let script = rows.with_extension("sql");
    as_postgres("pg_dump", ["-f", script.to_str().unwrap(), &database.url()]);
    for file in [&rows, &dump, &script] {
        let (code, told, complaint) = verify(&used.program, file, &["--restore-test"]);
        assert_eq!(code, Some(0), "{told}{complaint}");
        let lines: Vec<&str> = told.lines().collect();
        assert!(is_gone(&database.url(), &told), "{told}");
        assert_eq!(
            lines[1..5],
            [
                "Restoring backup...",
                "Verifying row counts...",
                "  users: 2",
                "  sessions: 2"
            ]
        );
        assert!(told.contains("Schema validation passed"), "{told}");
        assert!(
            told.ends_with("Dropping test database...\nBackup verification complete ✅\n"),
            "{told}"
        );
    }
    fs::write(&dump, fs::read(&dump).unwrap().split_at(3_000).0).unwrap();
    let (code, told, complaint) = verify(&used.program, &dump, &["--restore-test"]);
    assert_eq!(code, Some(1), "{told}{complaint}");
    assert!(!told.contains('✅'), "{told}");
    assert!(is_gone(&database.url(), &told), "{told}");
}

#[test]
fn a_foreign_dump_is_read_offline_and_said_what_that_proves() {
    let database = Database::new();
    let used = Used::over(&database.url());
    let dump = used.program.folder().join("foreign.dump");
    let file = format!("--file={}", dump.display());
    as_postgres(
        "pg_dump",
        ["--format=custom", "--compress=9", &file, &database.url()],
    );
    let (code, told, _) = verify(&Program::bare(), &dump, &[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("Users: 2, sessions: 2"), "{told}");
    assert!(
        told.contains("no .hjb file with its manifest lies beside it"),
        "{told}"
    );
    assert!(told.contains("hj backup verify --restore-test"), "{told}");

    let mut bytes = fs::read(&dump).unwrap();
    let middle = bytes.len() - 2_000;
    bytes[middle] ^= 1;
    fs::write(&dump, bytes).unwrap();
    let (code, told, _) = verify(&Program::bare(), &dump, &[]);
    assert_eq!(code, Some(1), "{told}");

    // With the manifest beside it every byte counts.
    let ours = used.back_up(&[]).with_extension("dump");
    let mut bytes = fs::read(&ours).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&ours, bytes).unwrap();
    let (code, told, _) = verify(&Program::bare(), &ours, &[]);
    assert_eq!(code, Some(1), "{told}");
    let (code, told, _) = verify(&Program::bare(), &ours.with_extension("hjb"), &[]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("❌ the native copy"), "{told}");
}

#[test]
fn a_dump_is_restored_by_pg_restore_and_compared_with_its_manifest() {
    let (database, target) = (Database::new(), Database::new());
    let used = Used::over(&database.url());
    let dump = used.back_up(&[]).with_extension("dump");
    let restored = used
        .program
        .clone()
        .with("HELLOJOHN_DATABASE_URL", &target.url());
    let told = restored.json([
        "backup".as_ref(),
        "restore".as_ref(),
        dump.as_os_str(),
        "-o".as_ref(),
        "json".as_ref(),
    ]);
    assert_eq!(told["compared_with_manifest"], true, "{told}");
    assert_eq!(told["restore_epoch"]["sessions_ended"], 2, "{told}");
    restored.serve(&["serve"]).stop();
}

/// The password is in the environment of a program, never among its arguments; our own keys are
/// in neither.
#[cfg(unix)]
#[test]
fn no_password_is_on_a_command_line() {
    use std::os::unix::fs::PermissionsExt as _;
    let database = Database::new();
    let used = Used::over(&database.url());
    let spy = used.program.folder().join("pg_dump");
    let seen = used.program.folder().join("seen");
    let script = format!(
        "#!/bin/sh\necho \"arguments: $*\" >>{seen}\necho \"environment: $PGPASSWORD\" >>{seen}\nenv | grep -c 'HELLOJOHN_\\|DATABASE_URL' >>{seen}\nexec {real} \"$@\"\n",
        seen = seen.display(),
        real = postgres("pg_dump").display()
    );
    fs::write(&spy, script).unwrap();
    fs::set_permissions(&spy, fs::Permissions::from_mode(0o755)).unwrap();
    let with_password = database
        .url()
        .replacen("hellojohn@", "hellojohn:hunter2@", 1);
    let program = used
        .program
        .clone()
        .with("HELLOJOHN_DATABASE_URL", &with_password);
    let spy = spy.to_str().unwrap();
    let told = program.ok(["backup", "create", "--pg-dump", spy]);
    assert!(!told.contains("hunter2"), "{told}");
    let seen = fs::read_to_string(seen).unwrap();
    let (arguments, environment): (Vec<&str>, Vec<&str>) =
        seen.lines().partition(|line| line.starts_with("arguments"));
    assert!(
        arguments.iter().all(|line| !line.contains("hunter2")),
        "{seen}"
    );
    assert!(environment.contains(&"environment: hunter2"), "{seen}");
    // Told of nothing of ours, and something was counted each time.
    let counts = environment.iter().filter(|line| **line == "0").count();
    assert_eq!(counts, arguments.len(), "{seen}");
}

/// Killed in the middle, a restore leaves a mark, and no server takes it for the whole.
#[test]
fn a_killed_restore_is_not_served() {
    let (database, target) = (Database::new(), Database::new());
    let used = Used::over(&database.url());
    let backup = used.back_up(&["--rows-only"]);
    // Whoever changes a schema needs this lock, so the restore waits after it made its mark.
    let mut holder = Command::new(postgres("psql"))
        .args(["-Atq", &target.url(), "-c"])
        .arg(
            "BEGIN; SELECT pg_advisory_xact_lock(x'48656C6C6F4A6F68'::bigint); SELECT pg_sleep(60)",
        )
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    wait_until(
        &target.url(),
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted",
    );
    let restored = used
        .program
        .clone()
        .with("HELLOJOHN_DATABASE_URL", &target.url());
    let mut restoring = Command::new(env!("CARGO_BIN_EXE_hellojohn"))
        .args(["backup".as_ref(), "restore".as_ref(), backup.as_os_str()])
        .env("HELLOJOHN_DATABASE_URL", target.url())
        .env(
            "HELLOJOHN_ENCRYPTION_KEY",
            "zq3XhYv0Jt8pLw2RkBn6TdFs9CmGa4Ue",
        )
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    wait_until(
        &target.url(),
        "SELECT count(*) FROM pg_tables WHERE tablename = 'hj_restore_pending'",
    );
    restoring.kill().unwrap();
    restoring.wait().unwrap();
    holder.kill().unwrap();
    holder.wait().unwrap();
    as_postgres(
        "psql",
        [
            "-Atc",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            &target.url(),
        ],
    );

    let refused = restored.run(["serve"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused.stderr.contains("hj admin restore-epoch")
            && refused.stderr.contains("hj backup restore"),
        "{refused:?}"
    );
    let again = restored.run(["backup".as_ref(), "restore".as_ref(), backup.as_os_str()]);
    assert_eq!(again.code, Some(1));
    assert!(
        again.stderr.contains("was begun and not finished"),
        "{again:?}"
    );
}

fn wait_until(url: &str, count: &str) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while query(url, count) == "0" {
        assert!(Instant::now() < deadline, "{count}");
        thread::sleep(Duration::from_millis(20));
    }
}
