//! The HelloJohn API under bare hyper, without a web framework.
//!
//! ```sh
//! cargo run --example embed_hyper
//! ```

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an application of its own"
)]

use std::{env, error::Error, sync::Arc};

use hellojohn_core::{
    Engine, Ports,
    access::Operator,
    api_key::KeyKind,
    flows::{NewApiKey, NewTenant},
    seal::EncryptionKey,
    secret::ExposeSecret as _,
    settings::Settings,
};
use hellojohn_http::{Api, HttpSettings};
use hellojohn_storage::{SqlStore, SqlStoreOptions};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
    service::TowerToHyperService,
};
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
    let engine = Engine::open(Ports::over(Arc::new(store))?, Settings::new(&url, secret)).await?;
    let tenant = engine
        .create_tenant(&Operator::local(), NewTenant::named("Example"))
        .await?;
    let caller = engine.caller(tenant.id).await?;
    let key = NewApiKey::named("web", KeyKind::Publishable);
    let key = engine.create_api_key(&caller, key).await?.key;
    let service = TowerToHyperService::new(Api::new(engine, HttpSettings::default())?);

    println!(
        r#"{url}
publishable key {key}

Try
  curl {url}/v1/auth/sign-up -H "Authorization: Bearer {key}" \
    -H "Content-Type: application/json" \
    -d '{{"email":"ada@example.com","password":"a long enough password 7"}}'"#,
        key = key.expose_secret(),
    );
    loop {
        let (stream, _) = tokio::select! {
            accepted = listener.accept() => accepted?,
            _ = tokio::signal::ctrl_c() => return Ok(()),
        };
        let service = service.clone();
        tokio::spawn(async move {
            let connection = auto::Builder::new(TokioExecutor::new());
            // A client that goes away is nothing to report.
            let _ = connection
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}
