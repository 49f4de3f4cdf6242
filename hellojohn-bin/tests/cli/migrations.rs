mod stopped;

use crate::support::{Database, Finished, Program, normalised};

fn over(url: &str) -> Program {
    Program::bare().with("HELLOJOHN_DATABASE_URL", url)
}

fn on_sqlite() -> Program {
    let program = Program::bare();
    let url = format!("sqlite://{}", program.folder().join("hj.db").display());
    program.with("HELLOJOHN_DATABASE_URL", &url)
}

/// What a terminal would show, without URLs, process numbers and times that differ.
fn terminal(program: &Program, commands: &[&str]) -> String {
    let mut transcript = String::new();
    for command in commands {
        let Finished {
            code,
            stdout,
            stderr,
        } = program.run(command.split(' '));
        let code = code.unwrap();
        transcript.push_str(&format!("$ hj {command}   [{code}]\n{stdout}{stderr}"));
    }
    steady(&transcript)
}

/// The same text whenever and wherever it was printed.
fn steady(text: &str) -> String {
    let lines: Vec<String> = normalised(text).lines().map(steady_line).collect();
    lines.join("\n")
}

fn steady_line(line: &str) -> String {
    if line.starts_with("Database: ") {
        return "Database: …".to_owned();
    }
    let json = line.trim_start();
    let indent = &line[..line.len() - json.len()];
    for field in ["\"database\": ", "\"milliseconds\": ", "\"applied_at\": \""] {
        if json.starts_with(field) {
            let comma = if json.ends_with(',') { "," } else { "" };
            return format!("{indent}{field}…{comma}");
        }
    }
    // A row of the blocking sessions: its process and its age.
    let words: Vec<&str> = json.split_whitespace().collect();
    match words.as_slice() {
        ["PID", rest @ ..] => format!("{indent}PID {}", rest.join(" ")),
        [pid, age, rest @ ..] if is_number(pid) && age.strip_suffix('s').is_some_and(is_number) => {
            format!("{indent}PID AGE {}", rest.join(" "))
        }
        _ => line.to_owned(),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

const LIFE: [&str; 12] = [
    "migrations status",
    "migrations run --dry-run",
    "migrations list",
    "migrations run --timeout 1m",
    "migrations status",
    "migrations list",
    "migrate",
    "migrate status",
    "migrations plan",
    "migrations rollback --dry-run",
    "migrations rollback",
    "migrations status --exit-code",
];

#[test]
fn the_life_of_a_schema_is_as_documented_and_the_same_on_both_databases() {
    let transcript = terminal(&on_sqlite(), &LIFE);
    insta::assert_snapshot!(transcript, @"
    $ hj migrations status   [0]
    Database: …
    Schema version: —
    Pending migrations: 2

      PENDING  20261120_001_initial_schema
      PENDING  20261120_002_session_list_index
    $ hj migrations run --dry-run   [0]
    DRY RUN — No changes will be made

    Would apply 2 migrations:
      20261120_001_initial_schema
      20261120_002_session_list_index
    $ hj migrations list   [0]
    VERSION                          STATUS   APPLIED AT
    20261120_001_initial_schema      pending  —
    20261120_002_session_list_index  pending  —
    $ hj migrations run --timeout 1m   [0]
    Running 2 pending migrations...

      ✅  20261120_001_initial_schema (0ms)
      ✅  20261120_002_session_list_index (0ms)

    Migrations complete. Schema version: 20261120_002
    $ hj migrations status   [0]
    ✅ Database schema is up to date (version: 20261120_002)
    $ hj migrations list   [0]
    VERSION                          STATUS   APPLIED AT
    20261120_001_initial_schema      applied  YYYY-MM-DD HH:MM:SS
    20261120_002_session_list_index  applied  YYYY-MM-DD HH:MM:SS
    $ hj migrate   [0]
    ✅ Database schema is up to date (version: 20261120_002)
    $ hj migrate status   [0]
    ✅ Database schema is up to date (version: 20261120_002)
    $ hj migrations plan   [0]
    ✅ Database schema is up to date (version: 20261120_002)
    $ hj migrations rollback --dry-run   [0]
    DRY RUN — No changes will be made

    Would roll back 2 migrations:
      20261120_002_session_list_index
      20261120_001_initial_schema
    $ hj migrations rollback   [0]
    ⚠️  Rolling back migration batch...
      ↩️  20261120_002_session_list_index (0ms)
      ↩️  20261120_001_initial_schema (0ms)
    Rollback complete. Schema version: —
    $ hj migrations status --exit-code   [3]
    Database: …
    Schema version: —
    Pending migrations: 2

      PENDING  20261120_001_initial_schema
      PENDING  20261120_002_session_list_index
    Error: migrations are pending
    ");
    let database = Database::new();
    assert_eq!(terminal(&over(&database.url()), &LIFE), transcript);
}

const JSON: [&str; 8] = [
    "migrations status -o json",
    "migrations run --dry-run -o json",
    "migrations run -o json",
    "migrations list -o json",
    "migrations plan -o json",
    "migrate status -o json",
    "migrations rollback --dry-run -o json",
    "migrations rollback -o json",
];

#[test]
fn json_tells_the_same() {
    let transcript = terminal(&on_sqlite(), &JSON);
    insta::assert_snapshot!(transcript, @r#"
    $ hj migrations status -o json   [0]
    {
      "database": …,
      "newer": [],
      "pending": [
        "20261120_001_initial_schema",
        "20261120_002_session_list_index"
      ],
      "problem": null,
      "schema_version": null
    }
    $ hj migrations run --dry-run -o json   [0]
    {
      "dry_run": true,
      "pending": [
        "20261120_001_initial_schema",
        "20261120_002_session_list_index"
      ]
    }
    $ hj migrations run -o json   [0]
    {
      "applied": [
        {
          "milliseconds": …,
          "name": "20261120_001_initial_schema"
        },
        {
          "milliseconds": …,
          "name": "20261120_002_session_list_index"
        }
      ],
      "error": null,
      "schema_version": "20261120_002"
    }
    $ hj migrations list -o json   [0]
    [
      {
        "applied_at": "…,
        "batch": 1,
        "name": "20261120_001_initial_schema",
        "status": "applied"
      },
      {
        "applied_at": "…,
        "batch": 1,
        "name": "20261120_002_session_list_index",
        "status": "applied"
      }
    ]
    $ hj migrations plan -o json   [0]
    []
    $ hj migrate status -o json   [0]
    {
      "database": …,
      "newer": [],
      "pending": [],
      "problem": null,
      "schema_version": "20261120_002"
    }
    $ hj migrations rollback --dry-run -o json   [0]
    {
      "dry_run": true,
      "users_deleted": 0,
      "would_roll_back": [
        "20261120_002_session_list_index",
        "20261120_001_initial_schema"
      ]
    }
    $ hj migrations rollback -o json   [0]
    {
      "error": null,
      "rolled_back": [
        {
          "milliseconds": …,
          "name": "20261120_002_session_list_index"
        },
        {
          "milliseconds": …,
          "name": "20261120_001_initial_schema"
        }
      ],
      "schema_version": null
    }
    "#);
    let database = Database::new();
    assert_eq!(terminal(&over(&database.url()), &JSON), transcript);
}

const REFUSED: [&str; 4] = [
    "migrations rollback",
    "migrations run --timeout soon",
    "migrations rollback --steps 0",
    "migrations fly",
];

#[test]
fn what_cannot_be_done_is_one_line() {
    let transcript = terminal(&on_sqlite(), &REFUSED);
    insta::assert_snapshot!(transcript, @"
    $ hj migrations rollback   [1]
    Error: 1 batches were to be rolled back and there are 0; nothing was changed
    $ hj migrations run --timeout soon   [1]
    Error: invalid value 'soon' for '--timeout <TIMEOUT>': expected number at 0 (see --help)
    $ hj migrations rollback --steps 0   [1]
    Error: invalid value '0' for '--steps <STEPS>': 0 is not in 1..=4294967295 (see --help)
    $ hj migrations fly   [1]
    Error: unrecognized subcommand 'fly' (see --help)
    ");
    let database = Database::new();
    assert_eq!(terminal(&over(&database.url()), &REFUSED), transcript);
    insta::assert_snapshot!(terminal(&Program::bare(), &["migrations status"]), @"
    $ hj migrations status   [1]
    Error: HELLOJOHN_DATABASE_URL is not set
    Also accepted: DATABASE_URL, and a file named by any of these with _FILE at its end. To try it without any setting: hellojohn serve --dev
    ");
}

#[test]
fn the_plan_names_locks_tables_and_sizes() {
    let database = Database::new();
    let program = over(&database.url());
    program.ok(["migrate"]);
    database.execute("DELETE FROM hj_schema_migration WHERE version = '20261120_002'");
    insta::assert_snapshot!(terminal(&program, &["migrations plan"]), @"
    $ hj migrations plan   [0]
    MIGRATION                        PHASE   REVERSIBLE  STATEMENT                                         LOCK                    TABLE       ROWS  SIZE   WORK  VERDICT
    20261120_002_session_list_index  expand  yes         CREATE INDEX CONCURRENTLY idx_hj_session_create…  SHARE UPDATE EXCLUSIVE  hj_session  0     49 kB  scan  online
    ");
}

#[test]
fn rolling_back_everything_deletes_no_users_unasked() {
    let database = Database::new();
    let program = over(&database.url());
    program.ok(["migrate"]);
    database.execute(
        "INSERT INTO cp_tenant VALUES ('t', 'T', 't', 'active', 'free', '{}', '{}', '{}', now(), now()); \
         INSERT INTO hj_user (tenant_id, id, email, email_verified, phone_verified, role, status, mfa_enabled, \
         public_metadata, private_metadata, search_text, created_at, updated_at) \
         VALUES ('t', 'u', 'a@example.com', FALSE, FALSE, 'user', 'active', FALSE, '{}', '{}', '', now(), now())",
    );
    let transcript = terminal(
        &program,
        &[
            "migrations rollback --dry-run",
            "migrations rollback",
            "migrations rollback --delete-all-users",
        ],
    );
    insta::assert_snapshot!(transcript, @"
    $ hj migrations rollback --dry-run   [0]
    DRY RUN — No changes will be made

    Would roll back 2 migrations:
      20261120_002_session_list_index
      20261120_001_initial_schema

    ⚠️  This would delete all 1 users, and needs --delete-all-users
    $ hj migrations rollback   [1]
    Error: rolling back 20261120_001_initial_schema would delete 1 users with everything of theirs; nothing was changed (back up first; --delete-all-users does it)
    $ hj migrations rollback --delete-all-users   [0]
    ⚠️  Rolling back migration batch...
      ↩️  20261120_002_session_list_index (0ms)
      ↩️  20261120_001_initial_schema (0ms)
    Rollback complete. Schema version: —
    ");
}

const LOOKS: [&str; 6] = [
    "migrations status",
    "migrations list",
    "migrations plan",
    "migrations validate",
    "migrations run --dry-run",
    "migrations run",
];

#[test]
fn an_edited_migration_and_one_of_the_future_are_explained() {
    let database = Database::new();
    let program = over(&database.url());
    program.ok(["migrate"]);
    database.execute(
        "CREATE SCHEMA aside; CREATE TABLE aside.kept AS SELECT * FROM hj_schema_migration",
    );
    database
        .execute("UPDATE hj_schema_migration SET checksum = 'x' WHERE version = '20261120_001'");
    insta::assert_snapshot!(terminal(&program, &LOOKS), @"
    $ hj migrations status   [1]
    Database: …
    Schema version: 20261120_002
    Pending migrations: 0

    Error: migration 20261120_001_initial_schema was changed after it was applied; restore its file, and put the change into a new migration
    $ hj migrations list   [0]
    VERSION                          STATUS   APPLIED AT
    20261120_001_initial_schema      applied  YYYY-MM-DD HH:MM:SS
    20261120_002_session_list_index  applied  YYYY-MM-DD HH:MM:SS
    Warning: migration 20261120_001_initial_schema was changed after it was applied; restore its file, and put the change into a new migration
    $ hj migrations plan   [1]
    Error: migration 20261120_001_initial_schema was changed after it was applied; restore its file, and put the change into a new migration
    $ hj migrations validate   [1]
    ❌ Schema validation failed

      Changed migration: 20261120_001_initial_schema

    The schema is as expected, but not the history of its migrations: another build applied them, or somebody edited hj_schema_migration. hj migrations run says more.
    $ hj migrations run --dry-run   [1]
    Error: migration 20261120_001_initial_schema was changed after it was applied; restore its file, and put the change into a new migration
    $ hj migrations run   [1]
    Error: migration 20261120_001_initial_schema was changed after it was applied; restore its file, and put the change into a new migration
    ");
    database.execute("DELETE FROM hj_schema_migration WHERE version = '20261120_001'");
    insta::assert_snapshot!(terminal(&program, &LOOKS), @"
    $ hj migrations status   [1]
    Database: …
    Schema version: 20261120_002
    Pending migrations: 1

      PENDING  20261120_001_initial_schema
    Error: migration 20261120_001_initial_schema is pending but 20261120_002_session_list_index, which is newer, is applied already
    $ hj migrations list   [0]
    VERSION                          STATUS   APPLIED AT
    20261120_001_initial_schema      pending  —
    20261120_002_session_list_index  applied  YYYY-MM-DD HH:MM:SS
    Warning: migration 20261120_001_initial_schema is pending but 20261120_002_session_list_index, which is newer, is applied already
    $ hj migrations plan   [1]
    Error: migration 20261120_001_initial_schema is pending but 20261120_002_session_list_index, which is newer, is applied already
    $ hj migrations validate   [1]
    ❌ Schema validation failed

      Missing migration: 20261120_001_initial_schema

    The schema is as expected, but not the history of its migrations: another build applied them, or somebody edited hj_schema_migration. hj migrations run says more.
    $ hj migrations run --dry-run   [1]
    Error: migration 20261120_001_initial_schema is pending but 20261120_002_session_list_index, which is newer, is applied already
    $ hj migrations run   [1]
    Error: migration 20261120_001_initial_schema is pending but 20261120_002_session_list_index, which is newer, is applied already
    ");
    database.execute(
        "UPDATE hj_schema_migration SET version = '20991231_001', name = '20991231_001_later'; \
         INSERT INTO hj_schema_migration SELECT * FROM aside.kept",
    );
    insta::assert_snapshot!(terminal(&program, &LOOKS), @"
    $ hj migrations status   [0]
    ✅ Database schema is up to date (version: 20991231_001)
    ⚠️  Newer than this program: 20991231_001_later
    $ hj migrations list   [0]
    VERSION                          STATUS   APPLIED AT
    20261120_001_initial_schema      applied  YYYY-MM-DD HH:MM:SS
    20261120_002_session_list_index  applied  YYYY-MM-DD HH:MM:SS
    20991231_001_later               applied  YYYY-MM-DD HH:MM:SS
    $ hj migrations plan   [0]
    ✅ Database schema is up to date (version: 20991231_001)
    $ hj migrations validate   [0]
    ✅ Schema validation passed
      All 13 tables present
      All indexes present
      All constraints valid

    Newer than this program, so what it added was not checked: 20991231_001_later
    $ hj migrations run --dry-run   [1]
    Error: the database has migration 20991231_001_later, which is newer than this program; use a newer program, or `--allow-newer` if you are rolling back
    $ hj migrations run   [1]
    Error: the database has migration 20991231_001_later, which is newer than this program; use a newer program, or `--allow-newer` if you are rolling back
    ");
    database.execute(
        "DELETE FROM hj_schema_migration WHERE batch > 1 OR version > '2099'; \
         UPDATE hj_schema_migration SET down_script = NULL, down_checksum = NULL",
    );
    let forward = terminal(
        &program,
        &["migrations rollback --dry-run", "migrations rollback"],
    );
    insta::assert_snapshot!(forward, @"
    $ hj migrations rollback --dry-run   [1]
    Error: no down script for 20261120_002_session_list_index, 20261120_001_initial_schema; nothing was changed, and only a backup brings back what was before
    $ hj migrations rollback   [1]
    Error: no down script for 20261120_002_session_list_index, 20261120_001_initial_schema; nothing was changed, and only a backup brings back what was before
    ");
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
fn after_a_run_all_of_a_sqlite_database_is_in_its_file() {
    let program = on_sqlite();
    program.ok(["migrations", "run"]);
    let copy = program.folder().join("copy.db");
    std::fs::copy(program.folder().join("hj.db"), &copy).unwrap();
    let url = format!("sqlite://{}", copy.display());
    program.ok(["migrations", "validate", "--database-url", &url]);
}

#[test]
fn a_parameter_nobody_uses_is_named_without_its_value() {
    let database = Database::new();
    let url = format!("{}&sslpassword=hunter2", database.url());
    let status = over(&url).run(["migrations", "status"]);
    assert_eq!(status.code, Some(0));
    assert!(status.stderr.contains("sslpassword"), "{}", status.stderr);
    let said = status.stdout + &status.stderr;
    assert!(!said.contains("hunter2"), "{said}");
}
