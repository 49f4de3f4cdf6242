use std::sync::Arc;

use hellojohn_core::{
    Error,
    flows::SignUp,
    hooks::{HookContext, HookError, Hooks},
    session::Session,
    tenant::Tenant,
    user::{Profile, User},
};
use hellojohn_storage::{Connection, connection, sqlx};
use serde_json::{Map, Value, json};

use crate::world::{PASSWORD, Setup, code, object};

struct App;

#[async_trait::async_trait]
impl Hooks for App {
    async fn before_sign_up(
        &self,
        _: &mut HookContext<'_>,
        user: &mut User,
    ) -> Result<(), HookError> {
        "guest".clone_into(&mut user.role);
        Ok(())
    }

    async fn after_sign_up(&self, cx: &mut HookContext<'_>, user: &User) -> Result<(), HookError> {
        let Some(Connection::Sqlite(connection)) = connection(cx.unit) else {
            return Err(HookError::veto("SQLite only"));
        };
        sqlx::raw_sql("CREATE TABLE IF NOT EXISTS profile (user_id TEXT PRIMARY KEY)")
            .execute(&mut *connection)
            .await
            .map_err(HookError::failed)?;
        sqlx::query_scalar::<_, String>("INSERT INTO profile VALUES (?) RETURNING user_id")
            .bind(user.id.to_string())
            .fetch_one(connection)
            .await
            .map_err(HookError::failed)?;
        Ok(())
    }

    async fn before_sign_in(&self, _: &mut HookContext<'_>, user: &User) -> Result<(), HookError> {
        if user.email.domain() == "blocked.example" {
            return Err(HookError::veto("not from there"));
        }
        Ok(())
    }

    async fn claims(
        &self,
        tenant: &Tenant,
        _: &Profile,
        _: &Session,
    ) -> Result<Map<String, Value>, HookError> {
        Ok(object(
            json!({ "plan": tenant.plan, "role": "root", "Sub": "x", "iss": "evil" }),
        ))
    }
}

async fn with_app() -> crate::world::World {
    Setup {
        hooks: vec![Arc::new(App)],
        ..Setup::default()
    }
    .build()
    .await
}

#[tokio::test]
async fn what_a_hook_writes_is_committed_with_the_flow() {
    let world = with_app().await;
    let ada = world.sign_up("ada@example.com").await;
    assert_eq!(ada.user.role, "guest");
    assert_eq!(
        world
            .count("profile", "user_id", &ada.user.id.to_string())
            .await,
        1
    );
}

#[tokio::test]
async fn a_veto_rolls_everything_back() {
    let world = with_app().await;
    world.sign_up("ada@example.com").await;
    let refused = world
        .engine
        .sign_up(&world.caller, SignUp::new("eve@blocked.example", PASSWORD))
        .await;
    assert!(
        matches!(&refused, Err(Error::Hook(HookError::Veto(message))) if message == "not from there")
    );
    assert_eq!(code(refused), "blocked_by_hook");
    assert_eq!(
        world.count("hj_user", "email", "eve@blocked.example").await,
        0
    );
    assert_eq!(world.emitted("user.created").await, 1);
    assert_eq!(world.audited("user.register").await, 1);
}

/// R070: hooks add claims of their own and can set none of ours.
#[tokio::test]
async fn reserved_claims_cannot_be_set() {
    let world = with_app().await;
    let ada = world.sign_up("ada@example.com").await;
    let claims = world
        .engine
        .verify_access_token(&world.caller, &ada.tokens.access_token)
        .await
        .unwrap();
    assert_eq!(Value::Object(claims.custom), json!({ "plan": "free" }));
    assert_eq!(claims.role.as_deref(), Some("guest"));
    assert_eq!(claims.issuer, "https://auth.example.com");
}
