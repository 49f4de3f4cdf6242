//! HelloJohn's engine: users, sessions, passwords, tokens and keys as pure logic behind ports.

#![forbid(unsafe_code)]

pub mod api_key;
pub mod audit;
pub mod event;
pub mod id;
pub mod input;
pub mod page;
pub mod password;
pub mod ports;
pub mod seal;
pub mod secret;
pub mod session;
pub mod settings;
pub mod signing_key;
pub mod store;
pub mod tenant;
pub mod time;
pub mod token;
pub mod user;
