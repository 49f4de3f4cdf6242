//! PostgreSQL and SQLite behind `HelloJohn`'s storage ports, with tested migrations.
//!
//! ```
//! # use std::sync::Arc;
//! use hellojohn_core::{Engine, Ports, access::Operator, flows::{NewTenant, SignUp}, seal::EncryptionKey, settings::Settings};
//! use hellojohn_storage::{SqlStore, SqlStoreOptions};
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("auth.db");
//! let url = format!("sqlite://{}", path.display()); // or postgres://…
//! let store = SqlStore::connect(&url, SqlStoreOptions::default()).await?;
//! store.migrate().await?;
//!
//! let key = EncryptionKey::parse(&"0a1b2c3d4e5f60718293a4b5c6d7e8f9-example".to_owned().into())?;
//! let settings = Settings::new("https://auth.example.com", key);
//! let engine = Engine::open(Ports::over(Arc::new(store))?, settings).await?;
//! let tenant = engine.create_tenant(&Operator::local(), NewTenant::named("Example")).await?;
//! let caller = engine.caller(tenant.id).await?;
//! let ada = engine.sign_up(&caller, SignUp::new("ada@example.com", "correct horse battery staple")).await?;
//! let claims = engine.verify_access_token(&caller, &ada.tokens.access_token).await?;
//! assert_eq!(claims.subject, ada.user.id);
//! # Ok(()) }
//! ```

#![forbid(unsafe_code)]

#[cfg(not(any(feature = "postgres", feature = "sqlite")))]
compile_error!("enable at least one of the features `postgres` and `sqlite`");

pub mod backup;
mod conn;
mod error;
mod metrics;
mod migrate;
mod options;
#[cfg(feature = "redis")]
mod redis;
mod repo;
mod schema;
mod server_info;
mod store;
mod tables;
mod unit;
pub mod upgrade;

pub use conn::Connection;
pub use error::ConnectError;
pub use metrics::{Connections, SERIES as METRICS};
pub use migrate::{
    Blocker, Blocking, Dialect, Done, Finding, InvalidMigration, InvalidRelease, Left, Listed,
    LockMode, Migration, MigrationError, MigrationOptions, Migrations, Newer, Phase, PlannedLock,
    PlannedMigration, PlannedStatement, Release, Reversal, Rule, Standing, State, Status, Stop,
    Threshold, Users, Verdict, Watcher, Work,
};
pub use options::SqlStoreOptions;
#[cfg(feature = "redis")]
pub use redis::{RedisError, RedisLimiter, RedisOptions};
pub use schema::{
    Advice, Checked, Column, Constraint, ConstraintKind, Difference, ForeignKey, Index, Kind,
    ObjectKind, Problem, Schema, SchemaObject, Table, Validation,
};
pub use server_info::ServerInfo;
/// The drivers behind [`Connection`], in the version this crate uses.
pub use sqlx;
pub use store::SqlStore;
pub use unit::{ControlSqlUnit, SqlUnit, connection};
