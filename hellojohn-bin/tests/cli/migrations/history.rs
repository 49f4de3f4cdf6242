//! A ledger that is not what this program would have written.

use super::{over, terminal};
use crate::support::Database;

const LOOKS: [&str; 6] = [
    "migrations status",
    "migrations list",
    "migrations plan",
    "migrations validate",
    "migrations run --dry-run",
    "migrations run",
];

#[test]
#[expect(clippy::too_many_lines, reason = "the transcript is one expectation")]
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
    Schema version: 20261120_008
    Pending migrations: 0

    Error: migration 20261120_001_initial_schema was changed after it was applied; restore its file, and put the change into a new migration
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
    Schema version: 20261120_008
    Pending migrations: 1

      PENDING  20261120_001_initial_schema
    Error: migration 20261120_001_initial_schema is pending but 20261120_008_sign_in_methods, which is newer, is applied already
    $ hj migrations list   [0]
    VERSION                          STATUS   APPLIED AT
    20261120_001_initial_schema      pending  —
    20261120_002_session_list_index  applied  YYYY-MM-DD HH:MM:SS
    20261120_003_mail                applied  YYYY-MM-DD HH:MM:SS
    20261120_004_one_time            applied  YYYY-MM-DD HH:MM:SS
    20261120_005_mfa                 applied  YYYY-MM-DD HH:MM:SS
    20261120_006_passkeys            applied  YYYY-MM-DD HH:MM:SS
    20261120_007_lockout             applied  YYYY-MM-DD HH:MM:SS
    20261120_008_sign_in_methods     applied  YYYY-MM-DD HH:MM:SS
    Warning: migration 20261120_001_initial_schema is pending but 20261120_008_sign_in_methods, which is newer, is applied already
    $ hj migrations plan   [1]
    Error: migration 20261120_001_initial_schema is pending but 20261120_008_sign_in_methods, which is newer, is applied already
    $ hj migrations validate   [1]
    ❌ Schema validation failed

      Missing migration: 20261120_001_initial_schema

    The schema is as expected, but not the history of its migrations: another build applied them, or somebody edited hj_schema_migration. hj migrations run says more.
    $ hj migrations run --dry-run   [1]
    Error: migration 20261120_001_initial_schema is pending but 20261120_008_sign_in_methods, which is newer, is applied already
    $ hj migrations run   [1]
    Error: migration 20261120_001_initial_schema is pending but 20261120_008_sign_in_methods, which is newer, is applied already
    ");
    database.execute(
        "UPDATE hj_schema_migration SET version = '20991231_001', name = '20991231_001_later' \
         WHERE version = '20261120_008'; \
         INSERT INTO hj_schema_migration SELECT * FROM aside.kept WHERE version = '20261120_001'",
    );
    insta::assert_snapshot!(terminal(&program, &LOOKS), @"
    $ hj migrations status   [1]
    Database: …
    Schema version: 20991231_001
    Pending migrations: 1

      PENDING  20261120_008_sign_in_methods
    ⚠️  Newer than this program: 20991231_001_later
    Error: migration 20261120_008_sign_in_methods is pending but 20991231_001_later, which is newer, is applied already
    $ hj migrations list   [0]
    VERSION                          STATUS   APPLIED AT
    20261120_001_initial_schema      applied  YYYY-MM-DD HH:MM:SS
    20261120_002_session_list_index  applied  YYYY-MM-DD HH:MM:SS
    20261120_003_mail                applied  YYYY-MM-DD HH:MM:SS
    20261120_004_one_time            applied  YYYY-MM-DD HH:MM:SS
    20261120_005_mfa                 applied  YYYY-MM-DD HH:MM:SS
    20261120_006_passkeys            applied  YYYY-MM-DD HH:MM:SS
    20261120_007_lockout             applied  YYYY-MM-DD HH:MM:SS
    20261120_008_sign_in_methods     pending  —
    20991231_001_later               applied  YYYY-MM-DD HH:MM:SS
    Warning: migration 20261120_008_sign_in_methods is pending but 20991231_001_later, which is newer, is applied already
    $ hj migrations plan   [1]
    Error: migration 20261120_008_sign_in_methods is pending but 20991231_001_later, which is newer, is applied already
    $ hj migrations validate   [1]
    ❌ Schema validation failed

      Missing migration: 20261120_008_sign_in_methods

    Newer than this program, so what it added was not checked: 20991231_001_later

    The schema is as expected, but not the history of its migrations: another build applied them, or somebody edited hj_schema_migration. hj migrations run says more.
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
    Error: no down script for 20261120_007_lockout, 20261120_006_passkeys, 20261120_005_mfa, 20261120_004_one_time, 20261120_003_mail, 20261120_002_session_list_index, 20261120_001_initial_schema; nothing was changed, and only a backup brings back what was before
    $ hj migrations rollback   [1]
    Error: no down script for 20261120_007_lockout, 20261120_006_passkeys, 20261120_005_mfa, 20261120_004_one_time, 20261120_003_mail, 20261120_002_session_list_index, 20261120_001_initial_schema; nothing was changed, and only a backup brings back what was before
    ");
}
