//! Schema migrations: applied once, whole, in order, and undone the same way.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../support/databases.rs"]
mod databases;
#[path = "../support/raw.rs"]
mod raw;
#[macro_use]
#[path = "../support/stamp.rs"]
mod stamp;

mod backfill;
mod bare;
mod cost;
mod facts;
mod locks;
mod rollback;
mod runner;
mod session_list;
mod standing;
mod world;
