//! Every flow against an embedded SQLite database, with a clock and a randomness the tests hold in their hands.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing test may panic"
)]

mod device;
mod mailbox;
mod postman;
mod world;

mod authenticate;
mod blocked;
mod change_email;
mod change_password;
mod create_api_key;
mod create_user;
mod crowd;
mod email_config;
mod email_templates;
mod hooks;
mod links;
mod list_users;
mod lockout;
mod magic_link;
mod messages;
mod mfa;
mod passkeys;
mod refresh;
mod repeat_request;
mod reset_password;
mod restore;
mod risk;
mod rotate_encryption_key;
mod scopes;
mod sessions;
mod sign_in;
mod sign_up;
mod sign_up_silently;
mod signing_keys;
mod states;
mod tenants;
mod verify_email;
