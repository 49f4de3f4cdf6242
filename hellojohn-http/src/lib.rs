//! HelloJohn over HTTP: the engine as a [`tower::Service`].
//!
//! [`Api`] answers every route of [`routes`]; it nests under a prefix in axum, runs under
//! bare hyper, and can be called like a function. [`AuthLayer`] protects an application's
//! own routes. Who may call what, the router, `/openapi.json` and `/docs` are all derived
//! from the one route table.
//!
//! ```
//! # use std::sync::Arc;
//! use bytes::Bytes;
//! use hellojohn_core::{
//!     Engine, Ports, access::Operator, api_key::KeyKind, flows::{NewApiKey, NewTenant},
//!     seal::EncryptionKey, secret::ExposeSecret, settings::Settings,
//! };
//! use hellojohn_http::{Api, HttpSettings};
//! use http::Request;
//! use http_body_util::{BodyExt, Full};
//! use tower::ServiceExt;
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let dir = tempfile::tempdir()?;
//! # let url = format!("sqlite://{}", dir.path().join("auth.db").display());
//! # let store = hellojohn_storage::SqlStore::connect(&url, Default::default()).await?;
//! # store.migrate().await?;
//! # let key = EncryptionKey::parse(&"0a1b2c3d4e5f60718293a4b5c6d7e8f9-example".to_owned().into())?;
//! let engine = Engine::open(Ports::over(Arc::new(store))?, Settings::new("https://auth.example.com", key)).await?;
//! let tenant = engine.create_tenant(&Operator::local(), NewTenant::named("Example")).await?;
//! let caller = engine.caller(tenant.id).await?;
//! let key = engine.create_api_key(&caller, NewApiKey::named("web", KeyKind::Publishable)).await?;
//!
//! let api = Api::new(engine.clone(), HttpSettings::default())?;
//! let request = Request::post("/v1/auth/sign-up")
//!     .header("authorization", format!("Bearer {}", key.key.expose_secret()))
//!     .header("content-type", "application/json")
//!     .body(Full::new(Bytes::from(r#"{"email":"ada@example.com","password":"correct horse battery staple"}"#)))?;
//! let response = api.oneshot(request).await?;
//! assert_eq!(response.status(), 201);
//!
//! let body = response.into_body().collect().await?.to_bytes();
//! let body: serde_json::Value = serde_json::from_slice(&body)?;
//! let token = body["session"]["access_token"].as_str().ok_or("no token")?.to_owned();
//! let claims = engine.verify_access_token(&caller, &token.into()).await?;
//! assert_eq!(claims.email.as_deref(), Some("ada@example.com"));
//! # Ok(()) }
//! ```

#![forbid(unsafe_code)]

mod access;
mod call;
mod cookie;
mod cors;
mod deprecation;
mod handlers;
mod headers;
mod layer;
mod metrics;
mod openapi;
mod parse;
mod password_rules;
mod problem;
mod proxy;
mod rate_limits;
mod repeat;
mod reply;
mod request_id;
mod route;
mod routes;
mod service;
mod settings;
mod wire;

pub use deprecation::Deprecation;
pub use handlers::health::health_before_start;
pub use layer::{Auth, AuthLayer};
pub use metrics::{MatchedRoute, MetricsPage, SERIES as METRICS};
pub use openapi::openapi_document;
pub use proxy::PeerAddress;
pub use rate_limits::RateLimits;
pub use route::{Access, BODY_LIMIT, RateClass, Route};
pub use routes::{RouteTableError, routes};
pub use service::Api;
pub use settings::{HttpSettings, Readiness, SchemaState};
