//! HelloJohn's engine: users, sessions, passwords, tokens and keys as pure logic behind ports.
//!
//! Every feature is one method of [`Engine`], in one file named after its verb under
//! [`flows`]. The engine knows no database, no HTTP and no runtime: those are
//! [`ports`] and [`store`] traits, implemented elsewhere.
//!
//! ```
//! # use std::sync::Arc;
//! use hellojohn_core::{Engine, Ports, access::Operator, flows::{NewTenant, SignUp}, seal::EncryptionKey, settings::Settings};
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let dir = tempfile::tempdir()?;
//! # let url = format!("sqlite://{}", dir.path().join("auth.db").display());
//! let store = hellojohn_storage::SqlStore::connect(&url, Default::default()).await?;
//! store.migrate().await?;
//! let key = EncryptionKey::parse(&"0a1b2c3d4e5f60718293a4b5c6d7e8f9-example".to_owned().into())?;
//! let settings = Settings::new("https://auth.example.com", key);
//! let engine = Engine::open(Ports::over(Arc::new(store))?, settings).await?;
//!
//! let tenant = engine.create_tenant(&Operator::local(), NewTenant::named("Example")).await?;
//! let caller = engine.caller(tenant.id).await?;
//! let ada = engine.sign_up(&caller, SignUp::new("ada@example.com", "correct horse battery staple")).await?;
//! let claims = engine.verify_access_token(&caller, &ada.tokens.access_token).await?;
//! assert_eq!(claims.subject, ada.user.id);
//! # Ok(()) }
//! ```

#![forbid(unsafe_code)]

pub mod access;
pub mod api_key;
mod asked_mail;
pub mod audit;
pub mod backup;
pub mod backup_code;
mod cache;
pub mod captcha;
pub mod credential;
pub mod device;
mod engine;
mod error;
pub mod event;
pub mod factor;
pub mod flows;
pub mod hooks;
pub mod id;
pub mod idempotency;
pub mod input;
pub mod issuer;
pub mod links;
pub mod lockout;
pub mod mail;
pub mod metrics;
pub mod mfa;
pub mod network;
pub mod one_time;
pub mod page;
pub mod passkey;
pub mod password;
pub mod ports;
pub mod proof;
pub mod rate;
pub mod recovery;
pub mod redirect;
pub mod restore;
pub mod risk;
pub mod seal;
pub mod secret;
pub mod session;
pub mod settings;
pub mod signing_key;
pub mod sms;
pub mod store;
pub mod tenant;
pub mod time;
pub mod token;
pub mod totp;
mod trail;
pub mod user;

pub use engine::{Engine, Ports, PortsError, default_keystore};
pub use error::Error;
