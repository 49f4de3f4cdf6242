//! The upgrade contract: every released schema, with its data, survives this program (U1, U2, R2, R4).
//!
//! With `UPGRADE_RESULTS=<file>` each trial adds a line to it, from which `.ci/upgrade/matrix` makes the
//! compatibility matrix.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../../../hellojohn-storage/tests/support/databases.rs"]
mod databases;
#[expect(dead_code, reason = "this suite needs only some of it")]
#[path = "../../../hellojohn-storage/tests/support/raw.rs"]
mod raw;

mod held_clock;
mod probes;
mod release;
mod results;

use databases::{Database, empty_postgres, empty_sqlite};
use hellojohn_storage::{Advice, MigrationOptions, upgrade::Step};
use raw::Raw;
use release::Release;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_release_survives_the_upgrade_on_sqlite() {
    for release in Release::all("sqlite") {
        let databases = [empty_sqlite().await, empty_sqlite().await];
        survives(&release, &databases).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_release_survives_the_upgrade_on_postgres() {
    for release in Release::all("postgres") {
        let databases = [empty_postgres().await, empty_postgres().await];
        survives(&release, &databases).await;
    }
}

async fn survives(release: &Release, [restored, fresh]: &[Database; 2]) {
    Raw::open(restored).await.run(&release.dump).await;
    fresh.store.migrate().await.unwrap();
    let expected = fresh.store.schema().await.unwrap();

    // Up, back and up again; schema and rows are looked at after each.
    let trial = restored.store.upgrade_trial();
    let trial = trial.with(restored.store.migrations(), expected);
    let verdict = trial.run(&mut |_| {}).await;
    assert!(verdict.holds(), "{}: {:#?}", release.name, verdict.broken());
    assert_eq!(
        verdict.from.as_deref(),
        Some(release.schema_version.as_str())
    );
    let pending = restored.store.migrations().status().await.unwrap().pending;
    assert!(pending.is_empty(), "{}: {pending:?}", release.name);
    if !verdict.applied.is_empty() {
        let back = verdict.steps.iter().any(|done| done.step == Step::Valid);
        assert!(
            back,
            "{}: not rolled back: {:?}",
            release.name, verdict.steps
        );
    }
    let validation = restored.store.validate_schema().await.unwrap();
    assert!(
        validation.is_valid() && validation.advice == Advice::Nothing,
        "{validation:?}"
    );

    // What worked before works now, and what did not does not.
    let wrong = probes::wrong_answers(release, &restored.store).await;
    assert!(wrong.is_empty(), "{}: {wrong:#?}", release.name);
    results::write(release, restored, &verdict).await;
}

/// A trial that could not fail would prove nothing: one row of the sample is lost on the way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_migration_loses_from_the_sample_is_found() {
    for release in Release::all("sqlite") {
        let restored = empty_sqlite().await;
        Raw::open(&restored).await.run(&release.dump).await;
        let newest = restored.store.migrations();
        newest.run(&MigrationOptions::default()).await.unwrap();
        let email = "UPDATE hj_user SET email = 'x' || email WHERE email LIKE 'grace%'";
        let session = "UPDATE hj_session SET revoked_at = NULL, revoked_reason = NULL WHERE revoked_at IS NOT NULL";
        let key = "UPDATE cp_api_key SET hash = zeroblob(32) WHERE name = 'reader'";
        for damage in [email, session, key] {
            Raw::open(&restored).await.run(damage).await;
        }
        let wrong = probes::wrong_answers(&release, &restored.store).await;
        for name in [
            "access token of revoked",
            "access token of stolen",
            "API key narrow reads",
        ] {
            assert!(
                wrong.iter().any(|line| line.starts_with(name)),
                "{name}: {wrong:#?}"
            );
        }
    }
}
