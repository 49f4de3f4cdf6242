use hellojohn_core::{
    audit::{Actor, ActorKind, AuditEntry, Outcome, Resource},
    id::{AuditId, RequestId},
    session::ClientInfo,
};
use hellojohn_storage::{
    Connection, connection,
    sqlx::{AssertSqlSafe, query_scalar},
};
use serde_json::json;

use crate::{databases::Database, samples::*};

on_every_database!(
    an_entry_is_kept_with_the_change,
    the_instance_has_a_log_of_its_own,
);

fn entry(number: u8) -> AuditEntry {
    AuditEntry {
        id: AuditId::new(at(1), [number; 10]),
        kind: "user.login_failed".to_owned(),
        actor: Actor {
            kind: ActorKind::User,
            id: Some(user_id(1).to_string()),
            email: Some("user1@example.com".to_owned()),
        },
        resource: Some(Resource {
            kind: "user".to_owned(),
            id: user_id(1).to_string(),
        }),
        client: ClientInfo::new(Some("192.0.2.1".to_owned()), Some("curl/8")),
        outcome: Outcome::Failure,
        reason: Some("invalid_credentials".to_owned()),
        request_id: Some(RequestId::new(at(1), [1; 10])),
        metadata: object(json!({"attempt": 3})),
        created_at: at(1),
    }
}

async fn an_entry_is_kept_with_the_change(db: Database) {
    two_tenants(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    unit.append_audit(&entry(1)).await.unwrap();
    drop(unit);
    let mut unit = write(&db.store, 1).await;
    unit.append_audit(&entry(1)).await.unwrap();
    let mut bare = entry(2);
    bare.actor = Actor::SYSTEM;
    bare.resource = None;
    bare.request_id = None;
    bare.reason = None;
    unit.append_audit(&bare).await.unwrap();

    let sql = "SELECT count(*) FROM hj_audit_log WHERE actor_kind IN ('user', 'system') \
               AND outcome = 'failure' AND CAST(metadata AS TEXT) LIKE '%attempt%3%'";
    assert_eq!(number(&mut *unit, sql).await, 2);
    unit.commit().await.unwrap();

    let mut unit = write(&db.store, 1).await;
    let again = unit.append_audit(&entry(1)).await.unwrap_err();
    assert!(again.is_conflict("audit_id"), "{again:?}");
}

async fn the_instance_has_a_log_of_its_own(db: Database) {
    let mut unit = control(&db.store).await;
    unit.append_control_audit(None, &entry(1)).await.unwrap();
    unit.append_control_audit(Some(tenant_id(7)), &entry(2))
        .await
        .unwrap();
    unit.commit().await.unwrap();
    two_tenants(&db.store).await;
    let mut unit = read(&db.store, 1).await;
    let sql = "SELECT count(*) FROM cp_audit_log WHERE tenant_id IS NULL";
    assert_eq!(number(&mut *unit, sql).await, 1);
    let sql = "SELECT count(*) FROM hj_audit_log";
    assert_eq!(number(&mut *unit, sql).await, 0);
}

async fn number(unit: &mut dyn hellojohn_core::store::UnitOfWork, sql: &str) -> i64 {
    let query = AssertSqlSafe(sql.to_owned());
    match connection(unit).unwrap() {
        Connection::Postgres(conn) => query_scalar(query).fetch_one(conn).await,
        Connection::Sqlite(conn) => query_scalar(query).fetch_one(conn).await,
        _ => unreachable!(),
    }
    .unwrap()
}
