//! A backup taken while others write is one moment.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use hellojohn_core::backup::{Rows, Value};

use crate::{back_up, checked, databases::Database, filled::fill, migrated, run};

/// While users with two sessions each come in one transaction, every backup has twice as many.
async fn one_moment(database: Database) {
    fill(&database).await;
    let database = Arc::new(database);
    let stop = Arc::new(AtomicBool::new(false));
    let writing = {
        let (database, stop) = (Arc::clone(&database), Arc::clone(&stop));
        tokio::spawn(async move {
            let mut number = 0;
            while !stop.load(Ordering::Relaxed) {
                number += 1;
                run(&database, &both_at_once(number)).await;
            }
            number
        })
    };
    let mut seen = Vec::new();
    while seen.len() < 6 || seen.last() == seen.first() {
        let backup = back_up(&database).await;
        checked(&backup);
        let (users, sessions) = counted(&backup);
        assert_eq!(sessions, users * 2);
        seen.push(users);
    }
    stop.store(true, Ordering::Relaxed);
    let written: u64 = writing.await.unwrap();
    assert!(written >= *seen.last().unwrap());
}

fn both_at_once(number: u64) -> String {
    // The columns that matter here; the rest comes from a row that is there.
    let user = format!(
        "INSERT INTO hj_user (tenant_id, id, email, email_verified, phone_verified, role, status, mfa_enabled,
            public_metadata, private_metadata, search_text, created_at, updated_at)
         SELECT tenant_id, 'new_{number}', 'new_{number}', email_verified, phone_verified, role, status, mfa_enabled,
            public_metadata, private_metadata, search_text, created_at, updated_at FROM hj_user WHERE id = 'usr_z'"
    );
    let session = |which: &str| {
        format!(
            "INSERT INTO hj_session (tenant_id, id, user_id, generation, rotated_at, created_at, last_active_at, expires_at,
                auth_time, mfa_verified, salt, amr)
             SELECT tenant_id, 'new_{number}_{which}', 'new_{number}', generation, rotated_at, created_at, last_active_at,
                expires_at, auth_time, mfa_verified, salt, amr FROM hj_session WHERE id = 'ses_1'"
        )
    };
    format!("BEGIN; {user}; {}; {}; COMMIT", session("a"), session("b"))
}

/// New users and new sessions in a backup.
fn counted(backup: &[u8]) -> (u64, u64) {
    let mut rows = Rows::open(backup).unwrap();
    let (mut users, mut sessions) = (0, 0);
    while let Some((table, row)) = rows.next_row().unwrap() {
        let new = matches!(&row[1.min(row.len() - 1)], Value::Text(id) if id.starts_with("new_"));
        match rows.header().tables[table].name.as_str() {
            "hj_user" if new => users += 1,
            "hj_session" if new => sessions += 1,
            _ => {}
        }
    }
    (users, sessions)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_postgresql_is_one_moment() {
    one_moment(migrated::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_sqlite_is_one_moment() {
    one_moment(migrated::sqlite().await).await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_copy_of_sqlite_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let database = migrated::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("it's a copy");
    crate::try_back_up(&database, &copy).await.unwrap();
    let mode = std::fs::metadata(&copy).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let beside = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(beside, 1, "reading a copy leaves nothing beside it");
}
