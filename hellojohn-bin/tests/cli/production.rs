use std::{
    thread,
    time::{Duration, Instant},
};

use crate::support::{Database, Program, request};

#[test]
fn production_starts_on_postgres_migrates_and_logs_json() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let server = program.serve(&["serve"]);
    let health = request(&server.address, "GET", "/health", &[], "");
    assert_eq!(health.json()["status"], "ok", "{}", health.body);

    let tenant = program.json(["tenants", "create", "--name", "Acme"]);
    let key = tenant["public_key"].as_str().unwrap();
    let token = server.sign_up(key, "ada@example.com");
    let me = server.get("/v1/auth/me?token=hunter2", &token);
    assert_eq!(me.status, 200, "{}", me.body);

    let log = server.stop().stdout;
    assert!(
        !log.contains("hunter2") && !log.contains("ada@example.com"),
        "{log}"
    );
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}")))
        .collect();
    let request = lines
        .iter()
        .find(|line| line["http.path"] == "/v1/auth/me")
        .unwrap();
    assert_eq!(request["http.status"], 200);
    assert_eq!(request["http.method"], "GET");
    assert!(
        request["request.id"].as_str().unwrap().starts_with("req_"),
        "{request}"
    );
    assert!(lines.iter().any(|line| line["migration.name"].is_string()));
}

#[test]
fn a_wrong_encryption_key_is_refused_and_nothing_is_overwritten() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.serve(&["serve"]).stop();

    let wrong = program.clone().with(
        "HELLOJOHN_ENCRYPTION_KEY",
        "a-very-different-key-0123456789-xyz",
    );
    let finished = wrong.run(["serve"]);
    assert_eq!(finished.code, Some(1));
    let line = finished.stderr.lines().next().unwrap();
    let start = "Error: HELLOJOHN_ENCRYPTION_KEY is not the key of this database";
    assert!(line.starts_with(start), "{line}");

    program.serve(&["serve"]).stop();
}

#[test]
fn the_program_before_still_serves_a_newer_schema_but_does_not_migrate_it() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.ok(["migrate"]);
    database.execute(
        "INSERT INTO hj_schema_migration (version, name, checksum, batch, applied_at, duration_ms) \
         VALUES ('29990101_001', '29990101_001_future', 'x', 2, now(), 1)",
    );
    let refused = program.run(["migrate"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("29990101_001_future"),
        "{refused:?}"
    );
    program.ok(["migrate", "--allow-newer"]);

    let server = program.serve(&["serve"]);
    let log = server.stop().stdout;
    assert!(log.contains("29990101_001_future"), "{log}");
}

fn is_of_release(database: &Database, release: &str) {
    database.execute(&format!(
        "INSERT INTO cp_setting (name, value, updated_at) \
         VALUES ('schema_release', '{release} 29990101_001', now()) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    ));
}

const FUTURE: &str = "INSERT INTO hj_schema_migration (version, name, checksum, batch, applied_at, duration_ms) \
     VALUES ('29990101_001', '29990101_001_future', 'x', 2, now(), 1)";

#[test]
fn a_schema_of_a_later_major_release_is_refused() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.ok(["migrate"]);
    database.execute(FUTURE);
    is_of_release(&database, "0.99.0");
    program.serve(&["serve"]).stop();
    is_of_release(&database, "7.1.0");
    let refused = program.run(["serve"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    let line = refused.stderr.lines().next().unwrap();
    assert!(
        line.starts_with("Error: the schema of this database is of release 7.1.0"),
        "{line}"
    );
}

/// What the server does not touch no command changes either; only the way back stays open.
#[test]
fn commands_refuse_a_schema_of_a_later_major_release() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.serve(&["serve"]).stop();
    database.execute(FUTURE);
    is_of_release(&database, "7.1.0");
    for command in [
        &["tenants", "create", "--name", "Acme"][..],
        &["admin", "restore-epoch"],
        &["migrations", "run", "--allow-newer"],
    ] {
        let refused = program.run(command);
        assert_eq!(refused.code, Some(1), "{command:?} {refused:?}");
        assert!(refused.stderr.contains("of release 7.1.0"), "{refused:?}");
    }
    let no_script = program.run(["migrations", "rollback"]);
    assert!(no_script.stderr.contains("29990101_001"), "{no_script:?}");
    assert!(!no_script.stderr.contains("7.1.0"), "{no_script:?}");
    program.ok(["migrations", "list"]);
}

#[test]
fn half_a_restored_database_is_refused() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.ok(["migrate"]);
    let applied = database.texts("SELECT version FROM hj_schema_migration");
    database.execute("CREATE TABLE hj_restore_pending (since TEXT)");
    let ways_out = &["hj admin restore-epoch", "hj backup restore"][..];
    // Who changes the schema has looked closer: the rows never came.
    for (command, ways_out) in [
        (&["serve"][..], ways_out),
        (&["tenants", "list"], ways_out),
        (&["migrations", "run"], &["hj backup restore"]),
        (
            &["migrations", "rollback", "--delete-all-users"],
            &["hj backup restore"],
        ),
    ] {
        let refused = program.run(command);
        assert_eq!(refused.code, Some(1), "{command:?} {refused:?}");
        for way_out in ways_out {
            assert!(refused.stderr.contains(way_out), "{command:?} {refused:?}");
        }
    }
    let still = database.texts("SELECT version FROM hj_schema_migration");
    assert_eq!(still, applied);
    database.execute("DELETE FROM hj_schema_migration WHERE version > '20261120_001'");
    let refused = program.run(["admin", "restore-epoch"]);
    assert!(refused.stderr.contains("hj backup restore"), "{refused:?}");
    assert!(!refused.stderr.contains("migrations run"), "{refused:?}");
}

#[test]
fn a_server_notes_that_the_schema_became_newer_and_goes_on() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let server = program.serve(&["serve"]);
    let get = |path| request(&server.address, "GET", path, &[], "");
    assert_eq!(get("/health").json()["checks"]["migrations"], "ok");
    database.execute(FUTURE);
    server.wait_for("newer than this program");
    let health = get("/health");
    assert_eq!(health.status, 200);
    let health = health.json();
    assert_eq!(health["schema_version"], "29990101_001");
    assert_eq!(health["checks"]["migrations"], "newer");
    assert_eq!(health["checks"]["newer"][0], "29990101_001_future");
    let metrics = get("/metrics").body;
    for line in [
        "hellojohn_migrations_newer 1",
        "hellojohn_schema_info{version=\"29990101_001\"} 1",
        "hellojohn_database_up 1",
    ] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
    server.stop();
}

#[test]
fn without_migrations_at_start_it_lives_and_waits() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let server = program
        .clone()
        .with("HELLOJOHN_RUN_MIGRATIONS_ON_START", "false")
        .start(&["serve"]);
    server.wait_for("_initial_schema");
    let get = |path| request(&server.address, "GET", path, &[], "");
    assert_eq!(get("/healthz").status, 200);
    let health = get("/health");
    assert_eq!((health.status, get("/readyz").status), (503, 503));
    let health = health.json();
    assert_eq!(health["status"], "migrations_pending");
    assert!(health["pending_migrations"].as_u64().unwrap() >= 1);
    let first = health["checks"]["pending"][0].as_str().unwrap();
    assert!(first.ends_with("_initial_schema"), "{first}");
    let metrics = get("/metrics").body;
    assert!(metrics.contains("\nhellojohn_ready 0"), "{metrics}");
    assert!(
        !metrics.contains("hellojohn_migrations_pending 0"),
        "{metrics}"
    );
    let refused = get("/v1/auth/me");
    assert_eq!(refused.status, 503);
    assert_eq!(refused.json()["error"]["code"], "service_unavailable");

    program.ok(["migrations", "run"]);
    let deadline = Instant::now() + Duration::from_secs(10);
    while get("/health").status != 200 {
        assert!(Instant::now() < deadline, "never ready");
        thread::sleep(Duration::from_millis(50));
    }
    server.stop();
}

/// U10: what waits for migrations outlives a database that is away for a while.
#[test]
fn who_waits_for_migrations_outlives_a_database_that_goes_away() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let server = program
        .clone()
        .with("HELLOJOHN_RUN_MIGRATIONS_ON_START", "false")
        .start(&["serve"]);
    server.wait_for("_initial_schema");
    database.go_away();
    server.wait_for("the schema cannot be read");
    let get = |path| request(&server.address, "GET", path, &[], "");
    assert_eq!((get("/livez").status, get("/readyz").status), (200, 503));
    database.come_back();
    program.ok(["migrations", "run"]);
    let deadline = Instant::now() + Duration::from_secs(20);
    while get("/health").status != 200 {
        assert!(Instant::now() < deadline, "never ready");
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.stop().code, Some(0));
}

#[test]
fn who_waits_for_migrations_refuses_what_becomes_half_restored() {
    let database = Database::new();
    let server = Program::production(&database.url())
        .with("HELLOJOHN_RUN_MIGRATIONS_ON_START", "false")
        .start(&["serve"]);
    server.wait_for("_initial_schema");
    database.execute("CREATE TABLE hj_restore_pending (since TEXT)");
    let refused = server.finish();
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused.stderr.contains("hj admin restore-epoch"),
        "{refused:?}"
    );
}
