//! The built program: real processes, real databases, real connections.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::format_push_string,
    reason = "what helpers of tests do not expect shall stop the test"
)]

mod admin;
mod backup;
mod backup_tools;
mod configuration;
mod connections;
mod database_roles;
mod development;
mod doctor;
mod health;
mod keys;
mod logs;
mod metrics;
mod migrations;
mod mistakes;
mod production;
mod rate_limits;
mod sessions;
mod shutdown;
mod signing_keys;
mod support;
mod tenants;
mod two_servers;
mod upgrade;
mod validate;
mod verify_upgrade;
