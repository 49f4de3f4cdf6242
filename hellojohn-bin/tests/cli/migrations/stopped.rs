//! Migrations that are kept waiting, interrupted and killed.

use super::{on_sqlite, over, steady, terminal};
use crate::support::{Database, Finished, until};

/// A session that has read from a table keeps it from being dropped.
const READING: &str = "BEGIN; SELECT count(*) FROM hj_outbox WHERE kind = 'hunter2'";

#[test]
fn who_is_in_the_way_is_told_when_the_time_is_over() {
    let database = Database::new();
    let program = over(&database.url());
    program.ok(["migrate"]);
    let session = database.hold(READING);
    let late = terminal(&program, &["migrations rollback --timeout 1s"]);
    insta::assert_snapshot!(late, @r#"
    $ hj migrations rollback --timeout 1s   [1]
    ⚠️  Rolling back migration batch...
      ↩️  20261120_008_sign_in_methods (0ms)
      ↩️  20261120_007_lockout (0ms)
      ↩️  20261120_006_passkeys (0ms)
      ↩️  20261120_005_mfa (0ms)
      ↩️  20261120_004_one_time (0ms)
      ↩️  20261120_003_mail (0ms)
      ↩️  20261120_002_session_list_index (0ms)
    Error: migration 20261120_001_initial_schema did not finish within 1s; nothing of it was kept
    Blocking sessions:
      PID AGE QUERY START STATE QUERY
      PID AGE YYYY-MM-DD HH:MM:SS idle in transaction BEGIN; SELECT count(*) FROM hj_outbox WHERE kind = '…'
    Cancel blocking queries: SELECT pg_cancel_backend(pid);
    End sessions that are idle: SELECT pg_terminate_backend(pid);
    "#);
    drop(session);
    program.ok(["migrations", "rollback"]);

    let _runner = database.hold("SELECT pg_advisory_lock(5216694956358004584)");
    let locked = terminal(&program, &["migrations run --timeout 1s"]);
    insta::assert_snapshot!(locked, @"
    $ hj migrations run --timeout 1s   [1]
    Running 8 pending migrations...

    Error: another process has been migrating this database for 1s; try again later
    Blocking sessions:
      PID AGE QUERY START STATE QUERY
      PID AGE YYYY-MM-DD HH:MM:SS idle SELECT pg_advisory_lock(5216694956358004584)
    Cancel blocking queries: SELECT pg_cancel_backend(pid);
    End sessions that are idle: SELECT pg_terminate_backend(pid);
    ");
}

#[test]
fn an_interrupted_rollback_keeps_what_is_done_and_says_so() {
    for signal in ["INT", "TERM"] {
        let database = Database::new();
        let program = over(&database.url());
        program.ok(["migrate"]);
        let session = database.hold(READING);
        let rollback = program.begin(&["migrations", "rollback"]);
        rollback.wait_for("session_list_index");
        let waiting = "SELECT query FROM pg_stat_activity WHERE datname = current_database() \
                       AND wait_event_type = 'Lock'";
        until("at work on the second", || {
            !database.texts(waiting).is_empty()
        });
        rollback.signal(signal);
        let Finished {
            code,
            stdout,
            stderr,
        } = rollback.finish();
        assert_eq!(code, Some(130));
        assert!(database.texts(waiting).is_empty());
        insta::allow_duplicates! {
            insta::assert_snapshot!(steady(&format!("{stdout}{stderr}")), @"
            ⚠️  Rolling back migration batch...
              ↩️  20261120_008_sign_in_methods (0ms)
              ↩️  20261120_007_lockout (0ms)
              ↩️  20261120_006_passkeys (0ms)
              ↩️  20261120_005_mfa (0ms)
              ↩️  20261120_004_one_time (0ms)
              ↩️  20261120_003_mail (0ms)
              ↩️  20261120_002_session_list_index (0ms)
            Stopping: what is under way is undone
            Error: stopped; migration 20261120_001_initial_schema was under way: nothing of it was kept
            ");
        }
        assert_eq!(
            database.texts("SELECT version FROM hj_schema_migration"),
            ["20261120_001"]
        );
        drop(session);
        program.ok(["migrations", "run"]);
    }
}

/// Eight at once, some of them killed at any moment: afterwards everything is there, once, and whole.
#[test]
fn starters_that_are_killed_leave_nothing_half_done() {
    let sqlite = on_sqlite();
    let database = Database::new();
    for program in [sqlite, over(&database.url())] {
        for round in 0..3_u64 {
            let starters: Vec<_> = (0..8)
                .map(|_| program.begin(&["migrations", "run"]))
                .collect();
            for (nth, starter) in starters.into_iter().enumerate() {
                if nth % 2 == 0 {
                    let pause = (round * 31 + nth as u64 * 17) % 60;
                    std::thread::sleep(std::time::Duration::from_millis(pause));
                    starter.signal("KILL");
                    continue;
                }
                let finished = starter.finish();
                assert_eq!(finished.code, Some(0), "{finished:?}");
            }
            program.ok(["migrations", "run"]);
            let list = program.json(["migrations", "list", "--format", "json"]);
            let rows = list.as_array().unwrap();
            assert_eq!(rows.len(), 8);
            assert!(rows.iter().all(|row| row["status"] == "applied"), "{list}");
            let batches: u64 = rows
                .iter()
                .filter_map(|row| row["batch"].as_u64())
                .max()
                .unwrap();
            program.ok(["migrations", "rollback", "--steps", &batches.to_string()]);
        }
    }
    assert!(
        database
            .texts("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
            .is_empty()
    );
}
