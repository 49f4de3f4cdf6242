use crate::support::{Database, Program, normalised};

fn over(url: &str) -> Program {
    Program::bare().with("HELLOJOHN_DATABASE_URL", url)
}

fn on_sqlite() -> Program {
    let program = Program::bare();
    let url = format!("sqlite://{}", program.folder().join("hj.db").display());
    program.with("HELLOJOHN_DATABASE_URL", &url)
}

/// What a terminal would show, without the URL and with times that are always the same.
fn life_of_a_schema(program: &Program) -> String {
    let mut transcript = String::new();
    for command in [
        "migrations status",
        "migrations run --dry-run",
        "migrations list",
        "migrations run --timeout 1m",
        "migrations status",
        "migrations list",
        "migrate",
        "migrate status",
        "migrations rollback --dry-run",
        "migrations rollback",
        "migrations status --exit-code",
    ] {
        let finished = program.run(command.split(' '));
        let code = finished.code.unwrap();
        transcript.push_str(&format!("$ hj {command}   [{code}]\n{}", finished.stdout));
    }
    let lines = normalised(&transcript)
        .lines()
        .map(|line| match line.strip_prefix("Database: ") {
            Some(_) => "Database: …".to_owned(),
            None => line.to_owned(),
        })
        .collect::<Vec<_>>();
    lines.join("\n")
}

#[test]
fn the_life_of_a_schema_is_as_documented_and_the_same_on_both_databases() {
    let transcript = life_of_a_schema(&on_sqlite());
    insta::assert_snapshot!(transcript, @"
    $ hj migrations status   [0]
    Database: …
    Schema version: —
    Pending migrations: 1

      PENDING  20261120_001_initial_schema
    $ hj migrations run --dry-run   [0]
    DRY RUN — No changes will be made

    Would apply 1 migrations:
      20261120_001_initial_schema
    $ hj migrations list   [0]
    VERSION                      STATUS   APPLIED AT
    20261120_001_initial_schema  pending  —
    $ hj migrations run --timeout 1m   [0]
    Running 1 pending migrations...

      ✅  20261120_001_initial_schema (0ms)

    Migrations complete. Schema version: 20261120_001
    $ hj migrations status   [0]
    ✅ Database schema is up to date (version: 20261120_001)
    $ hj migrations list   [0]
    VERSION                      STATUS   APPLIED AT
    20261120_001_initial_schema  applied  YYYY-MM-DD HH:MM:SS
    $ hj migrate   [0]
    ✅ Database schema is up to date (version: 20261120_001)
    $ hj migrate status   [0]
    ✅ Database schema is up to date (version: 20261120_001)
    $ hj migrations rollback --dry-run   [0]
    DRY RUN — No changes will be made

    Would roll back 1 migrations:
      20261120_001_initial_schema
    $ hj migrations rollback   [0]
    ⚠️  Rolling back migration batch...

      ↩️  20261120_001_initial_schema (0ms)

    Rollback complete. Schema version: —
    $ hj migrations status --exit-code   [3]
    Database: …
    Schema version: —
    Pending migrations: 1

      PENDING  20261120_001_initial_schema
    ");
    let database = Database::new();
    assert_eq!(life_of_a_schema(&over(&database.url())), transcript);
}

#[test]
fn the_flag_beats_the_environment_and_passwords_are_masked() {
    let program = on_sqlite().with(
        "HELLOJOHN_DATABASE_URL",
        "postgres://u:hunter2@127.0.0.1:1/d",
    );
    let url = format!("sqlite://{}", program.folder().join("other.db").display());
    let status = program.ok(["migrations", "status", "--database-url", &url]);
    assert!(status.contains("other.db"), "{status}");

    let database = Database::new();
    let with_password = database
        .url()
        .replacen("hellojohn@", "hellojohn:hunter2@", 1);
    let status = over(&with_password).ok(["migrations", "status"]);
    assert!(!status.contains("hunter2"), "{status}");
    assert!(status.contains(":***@"), "{status}");
}

#[test]
fn many_runners_at_once_apply_each_migration_once() {
    let database = Database::new();
    let program = over(&database.url());
    let runs: Vec<_> = (0..4)
        .map(|_| {
            let program = program.clone();
            std::thread::spawn(move || program.json(["migrations", "run", "--format", "json"]))
        })
        .collect();
    let applied: usize = runs
        .into_iter()
        .map(|run| run.join().unwrap()["applied"].as_array().unwrap().len())
        .sum();
    assert_eq!(applied, 1);
}
