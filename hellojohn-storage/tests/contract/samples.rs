//! Values to store, each made from a number.

use std::time::Duration;

use hellojohn_core::{
    api_key::{ApiKey, Environment, KeyKind, KeyScopes},
    id::{ApiKeyId, SessionId, TenantId, UserId},
    input::{Email, Metadata},
    page::{Order, Position, Window},
    secret::SecretHash,
    session::{Amr, ClientInfo, Session},
    store::{Access, ControlUnit, Store as _, UnitOfWork},
    tenant::Tenant,
    time::Timestamp,
    user::User,
};
use hellojohn_storage::SqlStore;
use serde_json::{Map, Value, json};

/// An hour after `seconds` past the first moment of these tests.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(1_700_000_000 + seconds) + Duration::from_micros(123_456)
}

pub(crate) fn tenant_id(number: u8) -> TenantId {
    TenantId::new(at(i64::from(number)), [number; 10])
}

pub(crate) fn tenant(number: u8) -> Tenant {
    Tenant::new(
        tenant_id(number),
        format!("Tenant {number}"),
        format!("tenant-{number}"),
        at(0),
    )
}

pub(crate) fn user_id(number: u8) -> UserId {
    UserId::new(at(i64::from(number)), [number; 10])
}

pub(crate) fn user(tenant: u8, number: u8) -> User {
    let email = Email::parse(&format!("user{number}@example.com")).unwrap();
    User::new(
        user_id(number),
        tenant_id(tenant),
        email,
        at(i64::from(number)),
    )
}

pub(crate) fn session_id(number: u8) -> SessionId {
    SessionId::new(at(i64::from(number)), [number; 10])
}

pub(crate) fn session(tenant: u8, user: u8, number: u8) -> Session {
    let start = at(i64::from(number));
    Session {
        id: session_id(number),
        tenant_id: tenant_id(tenant),
        user_id: user_id(user),
        generation: 0,
        salt: [number; 16],
        rotated_at: start,
        created_at: start,
        last_active_at: start,
        expires_at: at(100_000),
        idle_expires_at: None,
        revoked_at: None,
        revoked_reason: None,
        client: ClientInfo::new(Some("192.0.2.1".to_owned()), Some("curl/8")),
        amr: vec![Amr::Password],
        auth_time: start,
        mfa_verified: false,
        mfa_at: None,
    }
}

pub(crate) fn key_id(number: u8) -> ApiKeyId {
    ApiKeyId::new(at(i64::from(number)), [number; 10])
}

pub(crate) fn api_key(tenant: Option<u8>, number: u8) -> ApiKey {
    ApiKey {
        id: key_id(number),
        tenant_id: tenant.map(tenant_id),
        name: format!("Key {number}"),
        kind: if tenant.is_some() {
            KeyKind::Secret
        } else {
            KeyKind::Master
        },
        environment: Environment::Live,
        last_four: "abcd".to_owned(),
        hash: SecretHash::of(&[tenant.unwrap_or(0), number]),
        scopes: KeyScopes::all(),
        created_at: at(i64::from(number)),
        last_used_at: None,
        expires_at: None,
        revoked_at: None,
    }
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

pub(crate) fn metadata() -> Metadata {
    let value = json!({"a": 1, "ö": ["x", null, {"b": false}], "n": 1.5, "big": u64::MAX});
    Metadata::parse("public_metadata", object(value)).unwrap()
}

pub(crate) fn window(order: Order, limit: u32, after: Option<Position>) -> Window {
    Window {
        order,
        after,
        limit,
    }
}

pub(crate) fn everything() -> Window {
    window(Order::Ascending, 1_000, None)
}

pub(crate) async fn write(store: &SqlStore, tenant: u8) -> Box<dyn UnitOfWork> {
    store.begin(tenant_id(tenant), Access::Write).await.unwrap()
}

pub(crate) async fn read(store: &SqlStore, tenant: u8) -> Box<dyn UnitOfWork> {
    store.begin(tenant_id(tenant), Access::Read).await.unwrap()
}

pub(crate) async fn control(store: &SqlStore) -> Box<dyn ControlUnit> {
    store.begin_control(Access::Write).await.unwrap()
}

/// Tenants 1 and 2.
pub(crate) async fn two_tenants(store: &SqlStore) {
    let mut unit = control(store).await;
    unit.insert_tenant(&tenant(1)).await.unwrap();
    unit.insert_tenant(&tenant(2)).await.unwrap();
    unit.commit().await.unwrap();
}

/// Tenants 1 and 2, and in each the users 1 and 2.
pub(crate) async fn two_users_each(store: &SqlStore) {
    two_tenants(store).await;
    for number in [1, 2] {
        let mut unit = write(store, number).await;
        unit.insert_user(&user(number, 1)).await.unwrap();
        unit.insert_user(&user(number, 2)).await.unwrap();
        unit.commit().await.unwrap();
    }
}
