//! An axum application that gains sign-up, sign-in and a protected route.
//!
//! ```sh
//! cargo run --example embed_axum
//! ```

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an application of its own"
)]

use std::{env, error::Error, sync::Arc};

use axum::{Extension, Router, routing::get};
use hellojohn_core::{
    Engine, Ports,
    access::{Operator, SignedInUser},
    api_key::KeyKind,
    flows::{NewApiKey, NewTenant},
    seal::EncryptionKey,
    secret::ExposeSecret as _,
    settings::Settings,
};
use hellojohn_http::{Api, AuthLayer, HttpSettings};
use hellojohn_storage::{SqlStore, SqlStoreOptions};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = env::var("PORT").unwrap_or("8080".into()).parse()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let folder = tempfile::tempdir()?; // a real application keeps its database and its key
    let database = format!("sqlite://{}", folder.path().join("auth.db").display());

    let store = SqlStore::connect(&database, SqlStoreOptions::default()).await?;
    store.migrate().await?;
    let secret = EncryptionKey::parse(&"an example key that is only good for examples".into())?;
    let settings = Settings::new(format!("{url}/auth"), secret);
    let engine = Engine::open(Ports::over(Arc::new(store))?, settings).await?;
    let tenant = NewTenant::named("Example");
    let tenant = engine.create_tenant(&Operator::local(), tenant).await?;
    let caller = engine.caller(tenant.id).await?;
    let key = NewApiKey::named("web", KeyKind::Publishable);
    let key = engine.create_api_key(&caller, key).await?.key;

    let app = Router::new()
        .route("/notes", get(notes))
        .layer(AuthLayer::new(engine.clone()))
        .route("/", get(|| async { "everybody may read this" }))
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

/// Only runs for signed-in users; others got 401 from the layer.
async fn notes(Extension(signed_in): Extension<SignedInUser>) -> String {
    format!("the notes of {}", signed_in.user.email)
}

async fn stopped() {
    let _ = tokio::signal::ctrl_c().await;
}
