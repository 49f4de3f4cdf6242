//! The API from outside: every test calls the whole service, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[macro_use]
#[path = "../../../hellojohn-storage/tests/support/stamp.rs"]
mod stamp;
#[path = "../../../hellojohn-storage/tests/support/databases.rs"]
mod databases;
#[path = "../../../hellojohn-storage/tests/support/migrated.rs"]
mod migrated;

#[expect(dead_code, reason = "the tests of flows use more of it")]
#[path = "../../../hellojohn-core/tests/flows/device.rs"]
mod device;

mod ask;
mod mailbox;
mod world;

mod access;
mod api_keys;
mod auth;
mod bad_input;
mod config;
mod cookies;
mod cors;
mod email;
mod headers;
mod isolation;
mod layer;
mod link_pages;
mod lockout;
mod mail_flows;
mod metadata;
mod mfa;
mod mounted;
mod passkeys;
mod paths;
mod rate_limits;
mod recovery;
mod repeats;
mod restricted;
mod sessions;
mod signing_keys;
mod users;
