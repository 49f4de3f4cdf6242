//! What operators get wrong most often, and whether one line tells them what it was.

use crate::support::{Database, Finished, Program};

/// The one line of a command that failed.
fn error(finished: &Finished) -> &str {
    assert_eq!(finished.code, Some(1), "{finished:?}");
    assert_eq!(finished.stderr.lines().count(), 1, "{finished:?}");
    &finished.stderr
}

#[test]
fn a_database_that_nobody_answers_for_is_told_with_the_cause() {
    let program = Program::production("postgres://nobody@127.0.0.1:1/none")
        .with("HELLOJOHN_DATABASE_CONNECT_TIMEOUT", "1s");
    let finished = program.run(["migrations", "status"]);
    assert!(
        error(&finished)
            .to_lowercase()
            .contains("connection refused"),
        "{finished:?}"
    );
}

#[test]
fn a_database_that_is_missing_is_told_in_the_words_of_the_server() {
    let database = Database::new();
    let url = database.url().replacen('?', "_missing?", 1);
    let program = Program::production(&url).with("HELLOJOHN_DATABASE_CONNECT_TIMEOUT", "1s");
    let finished = program.run(["migrations", "status"]);
    assert!(
        error(&finished).ends_with("_missing\" does not exist\n"),
        "{finished:?}"
    );
}

#[test]
fn what_is_no_url_is_told_so_and_not_shown() {
    let finished = Program::production("hunter2").run(["migrations", "status"]);
    assert_eq!(
        error(&finished),
        "Error: HELLOJOHN_DATABASE_URL: no URL of a database; use postgres://, postgresql:// or sqlite://\n"
    );
}

#[test]
fn a_restore_into_a_database_in_use_says_where_to_restore_instead() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.ok(["migrate"]);
    program.ok(["backup", "create", "--rows-only", "--output", "one.hjb"]);
    let finished = program.run(["backup", "restore", "one.hjb"]);
    assert!(
        error(&finished).ends_with("; restore into a new, empty one\n"),
        "{finished:?}"
    );
}

#[test]
fn each_missing_setting_is_a_line_of_its_own_on_the_checklists() {
    let database = Database::new();
    let program = Program::production(&database.url())
        .without("APP_URL")
        .without("HELLOJOHN_APP_URL")
        .with("HELLOJOHN_MISSPELT", "1");
    for command in [&["doctor"][..], &["upgrade", "check"]] {
        let finished = program.run(command);
        let settings: Vec<&str> = finished
            .stdout
            .lines()
            .filter(|line| line.contains("❌ settings: "))
            .collect();
        assert_eq!(settings.len(), 2, "{finished:?}");
        assert!(
            settings
                .iter()
                .any(|line| line.contains("APP_URL is not set →"))
        );
        assert!(
            settings
                .iter()
                .any(|line| line.contains("HELLOJOHN_MISSPELT"))
        );
    }
}

#[test]
fn the_checklist_of_an_empty_database_is_free_of_the_databases_errors() {
    let database = Database::new();
    let finished = Program::production(&database.url()).run(["doctor"]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert!(
        finished
            .stdout
            .contains("signing key: none: the database has no tables → the first start makes one"),
        "{finished:?}"
    );
    assert!(!finished.stdout.contains("relation"), "{finished:?}");
}

#[test]
fn a_schema_of_a_newer_program_is_refused_with_the_flag_that_allows_it() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.ok(["migrate"]);
    database.execute(
        "INSERT INTO hj_schema_migration (version, name, checksum, batch, applied_at, duration_ms) \
         VALUES ('29990101_001', '29990101_001_future', 'x', 2, now(), 1)",
    );
    let refused = program.run(["migrations", "run"]);
    assert!(error(&refused).contains("--allow-newer"), "{refused:?}");
    program.ok(["migrations", "run", "--allow-newer"]);
}

#[test]
fn a_sqlite_database_in_use_is_no_backup() {
    let program = Program::new();
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let live = program.folder().join("hellojohn-data/hellojohn.db");
    let live = live.to_str().unwrap();
    for command in [
        &["migrations", "verify", "--against", live][..],
        &["backup", "verify", live],
    ] {
        let refused = program.run(command);
        assert_eq!(refused.code, Some(1), "{refused:?}");
        assert!(
            refused.stderr.contains("is in use or was not closed"),
            "{refused:?}"
        );
    }
    server.stop();
    program.ok(["migrations", "verify", "--against", live]);
}
