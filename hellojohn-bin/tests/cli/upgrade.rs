use serde_json::Value;

use crate::support::{Database, Finished, Program};

fn check(program: &Program) -> Finished {
    program.run(["upgrade", "check"])
}

fn is_incompatible(program: &Program, why: &str) {
    let finished = check(program);
    assert_eq!(finished.code, Some(4), "{finished:?}");
    let told = finished.stdout.lines().find(|line| line.contains(why));
    let told = told.unwrap_or_else(|| panic!("no {why} in {}", finished.stdout));
    assert!(told.contains("❌") && told.contains(" → "), "{told}");
    assert!(
        finished
            .stderr
            .starts_with("Error: this version cannot take over")
    );
    let json = program.run(["upgrade", "check", "-o", "json"]);
    assert_eq!(json.code, Some(4));
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["verdict"], "incompatible");
}

#[test]
fn a_current_database_and_an_empty_one_need_no_stop() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let empty = check(&program);
    assert_eq!(empty.code, Some(0), "{empty:?}");
    assert!(
        empty.stdout.contains("_initial_schema is pending"),
        "{empty:?}"
    );
    program.serve(&["serve"]).stop();
    let current = check(&program);
    assert_eq!(current.code, Some(0), "{current:?}");
    for line in [
        "✅ settings: complete",
        "✅ encryption key: opens",
        "✅ migrations: none is pending",
        "✅ A rolling upgrade is possible",
    ] {
        assert!(current.stdout.contains(line), "{line}: {}", current.stdout);
    }
    let json = program.json(["upgrade", "check", "-o", "json"]);
    assert_eq!(json["verdict"], "rolling");
}

#[test]
fn what_cannot_go_together_is_told_and_exits_with_4() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.serve(&["serve"]).stop();

    let other_key = "a-very-different-key-0123456789-xyz";
    let wrong_key = program.clone().with("HELLOJOHN_ENCRYPTION_KEY", other_key);
    is_incompatible(&wrong_key, "not the key of this database");
    // Without the kept check the signing keys tell, as at the start of the server.
    database.execute("UPDATE cp_setting SET name = 'hidden' WHERE name = 'encryption_check'");
    is_incompatible(&wrong_key, "not the key of this database");
    let doctor = wrong_key.run(["doctor"]);
    assert!(doctor.stdout.contains("❌ encryption key: "), "{doctor:?}");
    assert_eq!(check(&program).code, Some(0));
    database.execute("UPDATE cp_setting SET name = 'encryption_check' WHERE name = 'hidden'");
    is_incompatible(
        &program.clone().without("APP_URL"),
        "HELLOJOHN_APP_URL is not set",
    );

    let newer = "INSERT INTO hj_schema_migration (version, name, checksum, batch, applied_at, duration_ms) \
         VALUES ('29990101_001', '29990101_001_future', 'x', 2, now(), 1)";
    database.execute(newer);
    let same_major = check(&program);
    assert_eq!(same_major.code, Some(0), "{same_major:?}");
    assert!(
        same_major
            .stdout
            .contains("⚠️  schema: version 29990101_001")
    );
    database.execute(
        "INSERT INTO cp_setting (name, value, updated_at) \
         VALUES ('schema_release', '9.0.0 29990101_001', now()) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    );
    is_incompatible(&program, "of release 9.0.0");
    is_incompatible(&program, "→ start version 9.0.0 or later");

    database.execute("DELETE FROM hj_schema_migration WHERE version = '29990101_001'");
    database.execute("UPDATE hj_schema_migration SET checksum = 'edited'");
    is_incompatible(&program, "was changed after it was applied");
}

#[test]
fn a_database_that_does_not_answer_is_incompatible() {
    let program = Program::production("postgres://nobody@127.0.0.1:1/none")
        .with("HELLOJOHN_DATABASE_CONNECT_TIMEOUT", "1s");
    is_incompatible(
        &program,
        "no connection to postgres://nobody@127.0.0.1:1/none",
    );
}

#[test]
fn a_half_restored_database_is_told_with_its_way_out() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.ok(["migrate"]);
    database.execute("CREATE TABLE hj_restore_pending (since TEXT)");
    is_incompatible(&program, "was begun and not finished");
    for command in [&["upgrade", "check"][..], &["doctor"]] {
        let told = program.run(command).stdout;
        let line = told.lines().find(|line| line.contains("begun and not"));
        let (_, fix) = line.unwrap().split_once(" → ").unwrap();
        assert!(fix.contains("hj backup restore"), "{fix}");
        assert!(fix.contains("hj admin restore-epoch"), "{fix}");
    }
}
