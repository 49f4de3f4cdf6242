//! The HelloJohn API under bare hyper, without a web framework.
//!
//! ```sh
//! cargo run --example embed_hyper
//! ```

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an application of its own")]

use std::{env, error::Error, sync::Arc};

use hellojohn_core::{
    Engine, Ports, access::Operator, flows::NewTenant, seal::EncryptionKey, settings::Settings,
};
use hellojohn_http::Api;
use hellojohn_storage::SqlStore;
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

    let store = SqlStore::connect(&database, Default::default()).await?;
    store.migrate().await?;
    let key = EncryptionKey::parse(&"an example key that is only good for examples".into())?;
    let engine = Engine::open(Ports::over(Arc::new(store))?, Settings::new(&url, key)).await?;
    engine.create_tenant(&Operator::local(), NewTenant::named("Example")).await?;
    let service = TowerToHyperService::new(Api::new(engine));

    println!("{url}");
    loop {
        let (stream, _) = tokio::select! {
            accepted = listener.accept() => accepted?,
            _ = tokio::signal::ctrl_c() => return Ok(()),
        };
        let service = service.clone();
        tokio::spawn(async move {
            let connection = auto::Builder::new(TokioExecutor::new());
            // A client that goes away is nothing to report.
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
