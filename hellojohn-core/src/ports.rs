//! What the engine needs from the world: time, randomness, signing, password hashing, counting, breach lists.
//!
//! Storage has its own ports in [`store`](crate::store).

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;

use crate::{
    rate::{Quota, RateDecision, RateKey},
    time::Timestamp,
};

pub mod system;

/// Tells the time, in whole microseconds (PostgreSQL keeps no more).
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The source of every id, salt and token.
pub trait Random: Send + Sync {
    /// Overwrites `bytes` with random ones fit for keys.
    fn fill(&self, bytes: &mut [u8]);
}

/// Makes Ed25519 signers (RFC 8032); the place for a faster library, an HSM or a KMS.
pub trait Keystore: Send + Sync {
    /// A signer for this 32-byte private key ("seed" in RFC 8032 §5.1.5).
    fn signer(&self, seed: &[u8; 32]) -> Arc<dyn Signer>;
}

/// One Ed25519 private key, ready to sign.
pub trait Signer: Send + Sync {
    /// The 64-byte signature over `message`.
    fn sign(&self, message: &[u8]) -> [u8; 64];
}

/// Slow password hashing, bounded in memory and waiting time.
#[async_trait]
pub trait Passwords: Send + Sync {
    /// Hashes a password for storage, as a PHC string.
    async fn hash(&self, password: &SecretString) -> Result<String, PasswordsError>;

    /// Checks a password against a stored hash.
    ///
    /// With no hash it does the same work and answers [`Verdict::Wrong`], so that
    /// an unknown account costs what a known one does (R013).
    async fn verify(
        &self,
        password: &SecretString,
        hash: Option<&str>,
    ) -> Result<Verdict, PasswordsError>;
}

/// What a password check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not the password.
    Wrong,
    /// The password, hashed as we hash today.
    Right,
    /// The password, hashed with an older scheme or weaker parameters: hash it anew.
    RightButStale,
}

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PasswordsError {
    /// Every permit is taken and the queue is full or too slow: try later.
    #[error("password hashing is at capacity")]
    Busy,
    /// The hash is of no scheme we know, or its parameters are beyond our caps (R194).
    #[error("unsupported password hash")]
    UnsupportedHash,
    /// The hashing library failed.
    #[error("password hashing failed")]
    Failed,
}

/// Counts how often something happens, and says when it is too often.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Draws one request from a budget, by [`rate::decide`](crate::rate::decide).
    ///
    /// Always answers, and at once: without its store it decides on its own, never for
    /// everybody and never against everybody (R025).
    async fn hit(&self, key: &RateKey, quota: Quota, now: Timestamp) -> RateDecision;

    /// Where it counts at the moment.
    fn standing(&self) -> LimiterStanding {
        LimiterStanding::Alone
    }
}

/// Where a [`RateLimiter`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimiterStanding {
    /// In this process, because it was given nothing else.
    Alone,
    /// With the other instances.
    Shared,
    /// In this process, because the shared store does not answer.
    Degraded,
}

/// The range endpoint of a breached-password list (k-anonymity).
#[async_trait]
pub trait BreachRange: Send + Sync {
    /// The `SUFFIX:COUNT` lines for the first five hexadecimal digits of a SHA-1.
    async fn range(&self, prefix: &str) -> Result<String, BreachListUnreachable>;
}

/// The breach list did not answer; the check is then skipped with a warning.
#[derive(Debug, thiserror::Error)]
#[error("the breached-password list did not answer")]
pub struct BreachListUnreachable(#[source] pub Option<Box<dyn std::error::Error + Send + Sync>>);
