//! Access tokens (JWT and PASETO), refresh tokens, and the keys behind them.
//!
//! One typed claims struct, two encodings, one way to issue and one way to
//! verify: [`issue_access_token`] and [`verify_access_token`]. A process that only
//! holds the published keys verifies with an [`OfflineVerifier`].

#[cfg(feature = "aws-lc")]
mod aws_lc;
mod base64url;
mod claimed;
mod claims;
mod dalek;
mod issue;
pub mod jwks;
mod jwt;
mod key;
mod offline;
#[cfg(feature = "paseto")]
mod paseto;
pub mod pem;
pub mod refresh;
mod reserved;
pub(crate) mod strict_json;
mod verify;
mod wire;

#[cfg(feature = "aws-lc")]
pub use aws_lc::AwsLcKeystore;
pub(crate) use claimed::claimed_tenant;
pub use claims::AccessClaims;
pub use dalek::DalekKeystore;
pub use issue::{IssueError, TokenFormat, issue_access_token};
pub use jwks::JwksError;
pub use key::{InvalidKeyId, KeyError, KeyId, KeySet, PublicKey, Seed, SigningKey};
pub use offline::OfflineVerifier;
pub use refresh::{Presented, RefreshClaim, RefreshKey, RefreshToken, RefreshTokenError};
pub use reserved::{RESERVED, is_reserved};
pub use verify::{DEFAULT_MAX_LIFETIME, Expected, MAX_LEEWAY, TokenError, verify_access_token};

/// No token longer than this is read or issued (R066).
pub const MAX_TOKEN_BYTES: usize = 16 * 1024;
