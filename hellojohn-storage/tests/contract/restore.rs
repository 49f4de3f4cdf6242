use hellojohn_core::{
    secret::SecretHash,
    session::RevocationReason,
    store::{Access, KeptAnswer, MadeBefore, Overtaking, Store as _},
    time::Timestamp,
};
use hellojohn_storage::{Connection, connection, sqlx::Executor as _};

use crate::{databases::Database, samples::*};

on_every_database!(
    the_mark_of_a_restore_goes_with_its_unit,
    sessions_made_before_a_moment_are_revoked_in_batches,
    kept_answers_are_forgotten_in_one_tenant,
    keys_that_work_are_counted,
    a_restored_session_is_overtaken_once,
);

/// As who restores a backup does it.
async fn mark(db: &Database) {
    let sql = "CREATE TABLE hj_restore_pending (started_at TEXT NOT NULL)";
    let mut unit = db.store.begin(tenant_id(1), Access::Write).await.unwrap();
    match connection(&mut *unit).unwrap() {
        Connection::Postgres(conn) => conn.execute(sql).await.map(drop),
        Connection::Sqlite(conn) => conn.execute(sql).await.map(drop),
        _ => unreachable!("two databases"),
    }
    .unwrap();
    unit.commit().await.unwrap();
}

async fn the_mark_of_a_restore_goes_with_its_unit(db: Database) {
    let mut unit = control(&db.store).await;
    assert!(!unit.is_restore_pending().await.unwrap());
    // Without a mark there is nothing to take away.
    unit.end_pending_restore().await.unwrap();
    unit.commit().await.unwrap();
    mark(&db).await;
    let mut unit = control(&db.store).await;
    assert!(unit.is_restore_pending().await.unwrap());
    unit.end_pending_restore().await.unwrap();
    assert!(!unit.is_restore_pending().await.unwrap());
    drop(unit);
    let mut unit = control(&db.store).await;
    assert!(unit.is_restore_pending().await.unwrap(), "rolled back");
    unit.end_pending_restore().await.unwrap();
    unit.commit().await.unwrap();
    let mut unit = control(&db.store).await;
    assert!(!unit.is_restore_pending().await.unwrap());
}

fn before(moment: Timestamp) -> MadeBefore {
    MadeBefore {
        moment,
        reason: RevocationReason::Revoked,
        now: at(50),
    }
}

async fn sessions_made_before_a_moment_are_revoked_in_batches(db: Database) {
    two_users_each(&db.store).await;
    for tenant in [1, 2] {
        let mut unit = write(&db.store, tenant).await;
        for number in 1..=5 {
            unit.insert_session(&session(tenant, 1, number))
                .await
                .unwrap();
        }
        let ended = RevocationReason::SignOut;
        unit.revoke_session(session_id(1), ended, at(40))
            .await
            .unwrap();
        unit.commit().await.unwrap();
    }
    let mut unit = control(&db.store).await;
    let newest = unit.newest_session(tenant_id(1)).await;
    assert_eq!(newest.unwrap(), Some(at(5)));
    let none = unit.newest_session(tenant_id(3)).await;
    assert_eq!(none.unwrap(), None);
    for (moment, live) in [(at(2), 0), (at(5), 3), (at(6), 4)] {
        let counted = unit.count_live_sessions(tenant_id(1), moment, at(50));
        assert_eq!(counted.await.unwrap(), live, "{moment}");
    }
    // Session 4 was made at that very moment: not before it.
    let mut ended = Vec::new();
    for _ in 0..3 {
        let which = before(at(4));
        let some = unit.revoke_sessions_made_before(tenant_id(1), which, 1);
        ended.push(some.await.unwrap());
    }
    assert_eq!(ended, [1, 1, 0]);
    let rest = unit.revoke_sessions_made_before(tenant_id(1), before(at(6)), 100);
    assert_eq!(rest.await.unwrap(), 2);
    unit.commit().await.unwrap();
    let mut unit = read(&db.store, 1).await;
    let first = unit.session(session_id(1)).await.unwrap().unwrap();
    assert_eq!(first.revoked_reason, Some(RevocationReason::SignOut));
    let second = unit.session(session_id(2)).await.unwrap().unwrap();
    assert_eq!(second.revoked_reason, Some(RevocationReason::Revoked));
    assert_eq!(second.revoked_at, Some(at(50)));
    drop(unit);
    let mut unit = control(&db.store).await;
    let live = unit.count_live_sessions(tenant_id(2), at(6), at(50)).await;
    assert_eq!(live.unwrap(), 4, "another tenant's go on");
}

async fn kept_answers_are_forgotten_in_one_tenant(db: Database) {
    two_tenants(&db.store).await;
    for tenant in [1, 2] {
        let mut unit = write(&db.store, tenant).await;
        for number in 1..=3 {
            let kept = KeptAnswer {
                key: SecretHash::of(&[number]),
                fingerprint: SecretHash::of(b"request"),
                answer: None,
                created_at: at(0),
                expires_at: at(100),
            };
            unit.claim(&kept, at(-60)).await.unwrap();
        }
        unit.commit().await.unwrap();
    }
    let mut unit = control(&db.store).await;
    assert_eq!(unit.forget_answers(tenant_id(1), 2).await.unwrap(), 2);
    assert_eq!(unit.forget_answers(tenant_id(1), 2).await.unwrap(), 1);
    assert_eq!(unit.forget_answers(tenant_id(1), 2).await.unwrap(), 0);
    assert_eq!(unit.forget_answers(tenant_id(2), 9).await.unwrap(), 3);
}

async fn keys_that_work_are_counted(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    for number in 1..=3 {
        unit.insert_api_key(&api_key(Some(1), number))
            .await
            .unwrap();
    }
    let mut expired = api_key(Some(1), 4);
    expired.expires_at = Some(at(10));
    unit.insert_api_key(&expired).await.unwrap();
    unit.end_api_key(key_id(1), at(10)).await.unwrap();
    unit.commit().await.unwrap();
    let mut unit = control(&db.store).await;
    unit.insert_master_key(&api_key(None, 9)).await.unwrap();
    assert_eq!(unit.count_live_keys(at(9)).await.unwrap(), 5);
    assert_eq!(unit.count_live_keys(at(10)).await.unwrap(), 3);
}

async fn a_restored_session_is_overtaken_once(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.insert_session(&session(1, 1, 1)).await.unwrap();
    unit.insert_session(&session(1, 1, 2)).await.unwrap();
    unit.commit().await.unwrap();
    let jump = Overtaking {
        session: session_id(1),
        from: 0,
        to: 8,
        kept_at: at(20),
        // This host's clock is behind the one the epoch was opened on.
        now: at(19),
        idle_expires_at: Some(at(500)),
    };
    let mut unit = write(&db.store, 1).await;
    for wrong in [
        Overtaking { from: 1, ..jump },
        Overtaking {
            kept_at: at(1),
            ..jump
        },
        Overtaking {
            now: at(100_000),
            ..jump
        },
        Overtaking {
            session: session_id(3),
            ..jump
        },
    ] {
        assert!(!unit.overtake_session(&wrong).await.unwrap(), "{wrong:?}");
    }
    assert!(unit.overtake_session(&jump).await.unwrap());
    let session = unit.session(session_id(1)).await.unwrap().unwrap();
    assert_eq!((session.generation, session.rotated_at), (8, at(20)));
    assert_eq!(session.idle_expires_at, Some(at(500)));
    let again = Overtaking {
        from: 8,
        to: 9,
        ..jump
    };
    assert!(!unit.overtake_session(&again).await.unwrap());
    let other = unit.session(session_id(2)).await.unwrap().unwrap();
    assert_eq!(other.generation, 0);
    unit.commit().await.unwrap();
}
