//! What every store must do, run against every database.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![expect(
    clippy::assigning_clones,
    reason = "samples are changed field by field"
)]

#[path = "../support/databases.rs"]
mod databases;
#[path = "../support/migrated.rs"]
mod migrated;
#[macro_use]
#[path = "../support/stamp.rs"]
mod stamp;

/// Stamps contracts over every database.
macro_rules! on_every_database {
    ($($name:ident),* $(,)?) => {
        stamp!($crate::migrated::sqlite, $crate::migrated::postgres; $($name),*);
    };
}

mod samples;

mod api_keys;
mod audit;
mod devices;
mod email;
mod hot;
mod idempotency;
mod isolation;
mod limits;
mod lockouts;
mod messages;
mod mfa;
mod one_time;
mod outbox;
mod passkeys;
mod passwords;
mod races;
mod recipients;
mod recovery;
mod reseal;
mod restore;
mod sessions;
mod settings;
mod signing_keys;
mod sms;
mod tenants;
mod units;
mod users;
