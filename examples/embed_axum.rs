//! An axum application that gains sign-up, sign-in and a protected route.
//!
//! ```sh
//! cargo run --example embed_axum
//! ```

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an application of its own")]

use std::{env, error::Error, sync::Arc};

use axum::{Extension, Router, routing::get};
use hellojohn_core::{
    Engine, Ports, access::Operator, flows::NewTenant, seal::EncryptionKey, settings::Settings,
};
use hellojohn_http::{Api, AuthLayer, Identity};
use hellojohn_storage::SqlStore;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = env::var("PORT").unwrap_or("8080".into()).parse()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let folder = tempfile::tempdir()?; // a real application keeps its database and its key
    let database = format!("sqlite://{}", folder.path().join("auth.db").display());

    let store = SqlStore::connect(&database, Default::default()).await?;
    store.migrate().await?;
    let key = EncryptionKey::parse(&"an example key that is only good for examples".into())?;
    let settings = Settings::new(format!("{url}/auth"), key);
    let engine = Engine::open(Ports::over(Arc::new(store))?, settings).await?;
    engine.create_tenant(&Operator::local(), NewTenant::named("Example")).await?;

    let app = Router::new()
        .route("/notes", get(notes))
        .layer(AuthLayer::new(engine.clone()))
        .route("/", get(|| async { "everybody may read this" }))
        .nest_service("/auth", Api::new(engine));

    println!("{url}");
    axum::serve(listener, app).with_graceful_shutdown(stopped()).await?;
    Ok(())
}

/// Only runs for signed-in users; others got 401 from the layer.
async fn notes(Extension(user): Extension<Identity>) -> String {
    format!("the notes of {}", user.user.email)
}

async fn stopped() {
    let _ = tokio::signal::ctrl_c().await;
}
