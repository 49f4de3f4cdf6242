mod history;
mod json;
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
#[expect(clippy::too_many_lines, reason = "the transcript is one expectation")]
fn the_life_of_a_schema_is_as_documented_and_the_same_on_both_databases() {
    let transcript = terminal(&on_sqlite(), &LIFE);
    insta::assert_snapshot!(transcript, @"
    $ hj migrations status   [0]
    Database: …
    Schema version: —
    Pending migrations: 8

      PENDING  20261120_001_initial_schema
      PENDING  20261120_002_session_list_index
      PENDING  20261120_003_mail
      PENDING  20261120_004_one_time
      PENDING  20261120_005_mfa
      PENDING  20261120_006_passkeys
      PENDING  20261120_007_lockout
      PENDING  20261120_008_sign_in_methods
    $ hj migrations run --dry-run   [0]
    DRY RUN — No changes will be made

    Would apply 8 migrations:
      20261120_001_initial_schema
      20261120_002_session_list_index
      20261120_003_mail
      20261120_004_one_time
      20261120_005_mfa
      20261120_006_passkeys
      20261120_007_lockout
      20261120_008_sign_in_methods
    $ hj migrations list   [0]
    VERSION                          STATUS   APPLIED AT
    20261120_001_initial_schema      pending  —
    20261120_002_session_list_index  pending  —
    20261120_003_mail                pending  —
    20261120_004_one_time            pending  —
    20261120_005_mfa                 pending  —
    20261120_006_passkeys            pending  —
    20261120_007_lockout             pending  —
    20261120_008_sign_in_methods     pending  —
    $ hj migrations run --timeout 1m   [0]
    Running 8 pending migrations...

      ✅  20261120_001_initial_schema (0ms)
      ✅  20261120_002_session_list_index (0ms)
      ✅  20261120_003_mail (0ms)
      ✅  20261120_004_one_time (0ms)
      ✅  20261120_005_mfa (0ms)
      ✅  20261120_006_passkeys (0ms)
      ✅  20261120_007_lockout (0ms)
      ✅  20261120_008_sign_in_methods (0ms)

    Migrations complete. Schema version: 20261120_008
    $ hj migrations status   [0]
    ✅ Database schema is up to date (version: 20261120_008)
    $ hj migrations list   [0]
    VERSION                          STATUS   APPLIED AT
    20261120_001_initial_schema      applied  YYYY-MM-DD HH:MM:SS
    20261120_002_session_list_index  applied  YYYY-MM-DD HH:MM:SS
    20261120_003_mail                applied  YYYY-MM-DD HH:MM:SS
    20261120_004_one_time            applied  YYYY-MM-DD HH:MM:SS
    20261120_005_mfa                 applied  YYYY-MM-DD HH:MM:SS
    20261120_006_passkeys            applied  YYYY-MM-DD HH:MM:SS
    20261120_007_lockout             applied  YYYY-MM-DD HH:MM:SS
    20261120_008_sign_in_methods     applied  YYYY-MM-DD HH:MM:SS
    $ hj migrate   [0]
    ✅ Database schema is up to date (version: 20261120_008)
    $ hj migrate status   [0]
    ✅ Database schema is up to date (version: 20261120_008)
    $ hj migrations plan   [0]
    ✅ Database schema is up to date (version: 20261120_008)
    $ hj migrations rollback --dry-run   [0]
    DRY RUN — No changes will be made

    Would roll back 8 migrations:
      20261120_008_sign_in_methods
      20261120_007_lockout
      20261120_006_passkeys
      20261120_005_mfa
      20261120_004_one_time
      20261120_003_mail
      20261120_002_session_list_index
      20261120_001_initial_schema
    $ hj migrations rollback   [0]
    ⚠️  Rolling back migration batch...
      ↩️  20261120_008_sign_in_methods (0ms)
      ↩️  20261120_007_lockout (0ms)
      ↩️  20261120_006_passkeys (0ms)
      ↩️  20261120_005_mfa (0ms)
      ↩️  20261120_004_one_time (0ms)
      ↩️  20261120_003_mail (0ms)
      ↩️  20261120_002_session_list_index (0ms)
      ↩️  20261120_001_initial_schema (0ms)
    Rollback complete. Schema version: —
    $ hj migrations status --exit-code   [3]
    Database: …
    Schema version: —
    Pending migrations: 8

      PENDING  20261120_001_initial_schema
      PENDING  20261120_002_session_list_index
      PENDING  20261120_003_mail
      PENDING  20261120_004_one_time
      PENDING  20261120_005_mfa
      PENDING  20261120_006_passkeys
      PENDING  20261120_007_lockout
      PENDING  20261120_008_sign_in_methods
    Error: migrations are pending
    ");
    let database = Database::new();
    assert_eq!(terminal(&over(&database.url()), &LIFE), transcript);
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
    database.execute("DELETE FROM hj_schema_migration WHERE version > '20261120_001'");
    insta::assert_snapshot!(terminal(&program, &["migrations plan"]), @"
    $ hj migrations plan   [0]
    MIGRATION                        PHASE   REVERSIBLE  STATEMENT                                         LOCK                    TABLE                  ROWS  SIZE   WORK  VERDICT
    20261120_002_session_list_index  expand  yes         CREATE INDEX CONCURRENTLY idx_hj_session_create…  SHARE UPDATE EXCLUSIVE  hj_session             0     49 kB  scan  online
    20261120_003_mail                expand  yes         CREATE TABLE hj_message ( tenant_id TEXT COLLAT…  SHARE ROW EXCLUSIVE     cp_tenant              0     24 kB  —     brief lock
    20261120_003_mail                expand  yes         CREATE INDEX idx_hj_message_next_attempt_at ON …  SHARE                   hj_message             0     0 B    scan  online
    20261120_003_mail                expand  yes         CREATE INDEX idx_hj_message_created_at ON hj_me…  SHARE                   hj_message             0     0 B    scan  online
    20261120_003_mail                expand  yes         CREATE INDEX idx_hj_message_dead ON hj_message …  SHARE                   hj_message             0     0 B    scan  online
    20261120_003_mail                expand  yes         CREATE INDEX idx_hj_message_recipient ON hj_mes…  SHARE                   hj_message             0     0 B    scan  online
    20261120_003_mail                expand  yes         CREATE TABLE hj_email_config ( tenant_id TEXT C…  SHARE ROW EXCLUSIVE     cp_tenant              0     24 kB  —     brief lock
    20261120_003_mail                expand  yes         CREATE TABLE hj_email_template ( tenant_id TEXT…  SHARE ROW EXCLUSIVE     cp_tenant              0     24 kB  —     brief lock
    20261120_004_one_time            expand  yes         CREATE TABLE hj_one_time ( tenant_id TEXT COLLA…  SHARE ROW EXCLUSIVE     cp_tenant              0     24 kB  —     brief lock
    20261120_004_one_time            expand  yes         CREATE TABLE hj_one_time ( tenant_id TEXT COLLA…  SHARE ROW EXCLUSIVE     hj_user                0     57 kB  —     brief lock
    20261120_004_one_time            expand  yes         CREATE INDEX idx_hj_one_time_user_id ON hj_one_…  SHARE                   hj_one_time            0     0 B    scan  online
    20261120_004_one_time            expand  yes         CREATE INDEX idx_hj_one_time_expires_at ON hj_o…  SHARE                   hj_one_time            0     0 B    scan  online
    20261120_005_mfa                 expand  yes         CREATE TABLE hj_mfa_factor ( tenant_id TEXT COL…  SHARE ROW EXCLUSIVE     hj_user                0     57 kB  —     brief lock
    20261120_005_mfa                 expand  yes         CREATE INDEX idx_hj_mfa_factor_user_id ON hj_mf…  SHARE                   hj_mfa_factor          0     0 B    scan  online
    20261120_005_mfa                 expand  yes         CREATE TABLE hj_backup_code ( tenant_id TEXT CO…  SHARE ROW EXCLUSIVE     hj_user                0     57 kB  —     brief lock
    20261120_005_mfa                 expand  yes         CREATE TABLE hj_mfa_challenge ( tenant_id TEXT …  SHARE ROW EXCLUSIVE     hj_user                0     57 kB  —     brief lock
    20261120_005_mfa                 expand  yes         CREATE INDEX idx_hj_mfa_challenge_user_id ON hj…  SHARE                   hj_mfa_challenge       0     0 B    scan  online
    20261120_005_mfa                 expand  yes         CREATE INDEX idx_hj_mfa_challenge_expires_at ON…  SHARE                   hj_mfa_challenge       0     0 B    scan  online
    20261120_005_mfa                 expand  yes         CREATE TABLE hj_otp_code ( tenant_id TEXT COLLA…  SHARE ROW EXCLUSIVE     hj_mfa_factor          0     0 B    —     online
    20261120_005_mfa                 expand  yes         CREATE INDEX idx_hj_otp_code_expires_at ON hj_o…  SHARE                   hj_otp_code            0     0 B    scan  online
    20261120_005_mfa                 expand  yes         CREATE TABLE hj_recovery_request ( tenant_id TE…  SHARE ROW EXCLUSIVE     hj_user                0     57 kB  —     brief lock
    20261120_005_mfa                 expand  yes         CREATE INDEX idx_hj_recovery_request_user_id ON…  SHARE                   hj_recovery_request    0     0 B    scan  online
    20261120_005_mfa                 expand  yes         CREATE INDEX idx_hj_recovery_request_created_at…  SHARE                   hj_recovery_request    0     0 B    scan  online
    20261120_006_passkeys            expand  yes         CREATE TABLE hj_passkey_credential ( tenant_id …  SHARE ROW EXCLUSIVE     hj_user                0     57 kB  —     brief lock
    20261120_006_passkeys            expand  yes         CREATE TABLE hj_passkey_credential ( tenant_id …  SHARE ROW EXCLUSIVE     hj_mfa_factor          0     24 kB  —     brief lock
    20261120_006_passkeys            expand  yes         CREATE INDEX idx_hj_passkey_credential_user_id …  SHARE                   hj_passkey_credential  0     0 B    scan  online
    20261120_006_passkeys            expand  yes         CREATE INDEX idx_hj_passkey_credential_user_han…  SHARE                   hj_passkey_credential  0     0 B    scan  online
    20261120_007_lockout             expand  yes         CREATE TABLE hj_lockout ( tenant_id TEXT COLLAT…  SHARE ROW EXCLUSIVE     cp_tenant              0     24 kB  —     brief lock
    20261120_007_lockout             expand  yes         CREATE INDEX idx_hj_lockout_updated_at ON hj_lo…  SHARE                   hj_lockout             0     0 B    scan  online
    20261120_007_lockout             expand  yes         CREATE TABLE hj_device ( tenant_id TEXT COLLATE…  SHARE ROW EXCLUSIVE     hj_user                0     57 kB  —     brief lock
    20261120_007_lockout             expand  yes         CREATE INDEX idx_hj_device_network ON hj_device…  SHARE                   hj_device              0     0 B    scan  online
    20261120_008_sign_in_methods     expand  yes         ALTER TABLE hj_session ADD COLUMN methods TEXT    ACCESS EXCLUSIVE        hj_session             0     49 kB  —     brief lock
    20261120_008_sign_in_methods     expand  yes         ALTER TABLE hj_session ADD COLUMN mfa_at TIMEST…  ACCESS EXCLUSIVE        hj_session             0     49 kB  —     brief lock
    20261120_008_sign_in_methods     expand  yes         ALTER TABLE hj_user ADD COLUMN pending_email TE…  ACCESS EXCLUSIVE        hj_user                0     57 kB  —     brief lock
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

    Would roll back 8 migrations:
      20261120_008_sign_in_methods
      20261120_007_lockout
      20261120_006_passkeys
      20261120_005_mfa
      20261120_004_one_time
      20261120_003_mail
      20261120_002_session_list_index
      20261120_001_initial_schema

    ⚠️  This would delete all 1 users, and needs --delete-all-users
    $ hj migrations rollback   [1]
    Error: rolling back 20261120_001_initial_schema would delete 1 users with everything of theirs; nothing was changed (back up first; --delete-all-users does it)
    $ hj migrations rollback --delete-all-users   [0]
    ⚠️  Rolling back migration batch...
      ↩️  20261120_008_sign_in_methods (0ms)
      ↩️  20261120_007_lockout (0ms)
      ↩️  20261120_006_passkeys (0ms)
      ↩️  20261120_005_mfa (0ms)
      ↩️  20261120_004_one_time (0ms)
      ↩️  20261120_003_mail (0ms)
      ↩️  20261120_002_session_list_index (0ms)
      ↩️  20261120_001_initial_schema (0ms)
    Rollback complete. Schema version: —
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
