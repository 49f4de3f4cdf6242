//! Access and refresh tokens from outside the crate: published vectors, attacks, properties.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod attacks;
mod issue;
mod jwks;
mod offline;
mod refresh;
mod support;
mod vectors;
