//! HelloJohn's engine: users, sessions, passwords, tokens and keys as pure logic behind ports.

#![forbid(unsafe_code)]

pub mod id;
pub mod password;
pub mod ports;
pub mod secret;
pub mod time;
pub mod token;
