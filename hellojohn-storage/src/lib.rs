//! PostgreSQL and SQLite behind `HelloJohn`'s storage ports, with tested migrations.
//!
//! ```no_run
//! # async fn f() -> Result<(), Box<dyn std::error::Error>> {
//! use hellojohn_storage::{SqlStore, SqlStoreOptions};
//! let store = SqlStore::connect("sqlite:///var/lib/app/auth.db", SqlStoreOptions::default()).await?;
//! store.migrate().await?;
//! # Ok(()) }
//! ```

#![forbid(unsafe_code)]

#[cfg(not(any(feature = "postgres", feature = "sqlite")))]
compile_error!("enable at least one of the features `postgres` and `sqlite`");

mod conn;
mod error;
mod migrate;
mod options;
mod repo;
mod store;
mod tables;
mod unit;

pub use conn::Connection;
pub use error::ConnectError;
pub use migrate::{
    Done, InvalidMigration, Listed, Migration, MigrationError, MigrationOptions, Migrations, Newer,
    State, Status,
};
pub use options::SqlStoreOptions;
/// The drivers behind [`Connection`], in the version this crate uses.
pub use sqlx;
pub use store::SqlStore;
pub use unit::{ControlSqlUnit, SqlUnit, connection};
