//! Every flow against an embedded SQLite database, with a clock and a randomness the tests hold in their hands.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing test may panic"
)]

mod device;
mod world;

mod authenticate;
mod blocked;
mod change_password;
mod create_api_key;
mod create_user;
mod crowd;
mod hooks;
mod list_users;
mod mfa;
mod passkeys;
mod refresh;
mod repeat_request;
mod restore;
mod rotate_encryption_key;
mod scopes;
mod sessions;
mod sign_in;
mod sign_up;
mod signing_keys;
mod tenants;
