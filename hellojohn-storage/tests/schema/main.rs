//! What the schema is, and that a live one which is not that is told by name (R204).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

#[macro_use]
#[path = "../support/stamp.rs"]
mod stamp;

#[path = "../support/databases.rs"]
mod databases;
mod drift;
mod drift_postgres;
mod drift_sqlite;
mod expectation;
mod intact;
mod ledger;
#[path = "../support/migrated.rs"]
mod migrated;
#[expect(dead_code, reason = "this suite needs only some of it")]
#[path = "../support/raw.rs"]
mod raw;
