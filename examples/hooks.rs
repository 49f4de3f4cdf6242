//! An application whose own table changes in the transaction of a sign-up.
//!
//! Each new user takes a seat. A third one is refused, and everything that was written
//! for them is gone. What the table says of a user is in their tokens.
//!
//! ```sh
//! cargo run --example hooks
//! ```

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an application of its own"
)]

use std::{env, error::Error, sync::Arc};

use async_trait::async_trait;
use axum::{Router, extract::State, routing::get};
use hellojohn_core::{
    Engine, Ports,
    access::Operator,
    api_key::KeyKind,
    flows::{NewApiKey, NewTenant},
    hooks::{HookContext, HookError, Hooks},
    seal::EncryptionKey,
    secret::ExposeSecret as _,
    session::Session,
    settings::Settings,
    tenant::Tenant,
    user::{Profile, User},
};
use hellojohn_http::{Api, HttpSettings};
use hellojohn_storage::{
    Connection, SqlStore, SqlStoreOptions, connection,
    sqlx::{self, SqlitePool},
};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

const SEATS: i64 = 2;

/// The application's side of a sign-up.
struct Seats;

#[async_trait]
impl Hooks for Seats {
    /// Runs inside the transaction: the row is kept with the user or not at all.
    async fn after_sign_up(&self, cx: &mut HookContext<'_>, user: &User) -> Result<(), HookError> {
        let Some(Connection::Sqlite(connection)) = connection(cx.unit) else {
            return Err(HookError::failed("this application runs on SQLite"));
        };
        sqlx::query("INSERT INTO seat (user_id, plan) VALUES (?, 'trial')")
            .bind(user.id.to_string())
            .execute(&mut *connection)
            .await
            .map_err(HookError::failed)?;
        let (taken,): (i64,) = sqlx::query_as("SELECT count(*) FROM seat")
            .fetch_one(connection)
            .await
            .map_err(HookError::failed)?;
        if taken > SEATS {
            return Err(HookError::veto("every seat is taken"));
        }
        Ok(())
    }

    /// Adds to the `custom` claim of every access token.
    async fn claims(
        &self,
        _tenant: &Tenant,
        profile: &Profile,
        _session: &Session,
    ) -> Result<Map<String, Value>, HookError> {
        let greeting = format!("hello {}", profile.email);
        Ok(Map::from_iter([("greeting".to_owned(), json!(greeting))]))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = env::var("PORT").unwrap_or("8080".into()).parse()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let folder = tempfile::tempdir()?; // a real application keeps its database and its key
    let database = format!("sqlite://{}", folder.path().join("auth.db").display());

    let store = SqlStore::connect(&database, SqlStoreOptions::default()).await?;
    store.migrate().await?;
    let own = SqlitePool::connect(&database).await?;
    sqlx::query("CREATE TABLE seat (user_id TEXT PRIMARY KEY, plan TEXT NOT NULL)")
        .execute(&own)
        .await?;

    let secret = EncryptionKey::parse(&"an example key that is only good for examples".into())?;
    let settings = Settings::new(format!("{url}/auth"), secret);
    let ports = Ports::over(Arc::new(store))?;
    let engine = Engine::with_hooks(ports, settings, vec![Arc::new(Seats)]).await?;
    let tenant = engine
        .create_tenant(&Operator::local(), NewTenant::named("Example"))
        .await?;
    let caller = engine.caller(tenant.id).await?;
    let key = NewApiKey::named("web", KeyKind::Publishable);
    let key = engine.create_api_key(&caller, key).await?.key;

    let app = Router::new()
        .route("/seats", get(seats))
        .with_state(own)
        .nest_service("/auth", Api::new(engine, HttpSettings::default())?);

    println!(
        r#"{url}
publishable key {key}

Try
  curl {url}/auth/v1/auth/sign-up -H "Authorization: Bearer {key}" \
    -H "Content-Type: application/json" \
    -d '{{"email":"ada@example.com","password":"a long enough password 7"}}'"#,
        key = key.expose_secret(),
    );
    axum::serve(listener, app)
        .with_graceful_shutdown(stopped())
        .await?;
    Ok(())
}

/// How many seats the application's own table counts.
async fn seats(State(own): State<SqlitePool>) -> String {
    let counted: Result<(i64,), _> = sqlx::query_as("SELECT count(*) FROM seat")
        .fetch_one(&own)
        .await;
    counted.map_or_else(|error| error.to_string(), |(taken,)| taken.to_string())
}

async fn stopped() {
    let _ = tokio::signal::ctrl_c().await;
}
