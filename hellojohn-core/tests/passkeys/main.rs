//! Ceremonies of passkeys, without a database: published vectors, origins, and every single field
//! that can be wrong (R135–R137).

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing test may panic"
)]

mod authenticator;

mod mutations;
mod origins;
mod vectors;
