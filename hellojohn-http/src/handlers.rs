//! One module per resource: parse, one call of the engine, reply.
//!
//! Each module lists its routes beside its handlers; the shapes on the wire are its own.

pub(crate) mod api_keys;
pub(crate) mod auth;
pub(crate) mod config;
pub(crate) mod health;
pub(crate) mod metadata;
pub(crate) mod metrics;
pub(crate) mod mfa;
pub(crate) mod sessions;
pub(crate) mod signing_keys;
pub(crate) mod users;
