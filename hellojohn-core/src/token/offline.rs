//! Verifying tokens with nothing but the published keys.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use crate::{
    id::TenantId,
    time::Timestamp,
    token::{
        AccessClaims, DEFAULT_MAX_LIFETIME, Expected, JwksError, KeySet, TokenError,
        verify_access_token,
    },
};

/// Verifies one tenant's access tokens in a process that has no database.
///
/// It fetches nothing. On [`TokenError::UnknownKey`] the caller fetches the JWK set anew,
/// at most once per 30 seconds however many tokens name unknown keys (R065), gives it to
/// [`replace_keys`](Self::replace_keys) and tries that token once more.
///
/// Signatures say nothing about revocation: a signed-out session's token is accepted
/// until it expires.
///
/// ```
/// use hellojohn_core::{id::TenantId, time::Timestamp, token::OfflineVerifier};
///
/// let jwks = r#"{"keys":[]}"#;
/// let tenant = TenantId::from_bytes([1; 16]);
/// let verifier = OfflineVerifier::new("https://auth.example.com", tenant, jwks)?;
/// let now = Timestamp::from_seconds(1_700_000_000);
/// assert!(verifier.verify("not a token", now).is_err());
/// # Ok::<(), hellojohn_core::token::JwksError>(())
/// ```
#[derive(Debug)]
pub struct OfflineVerifier {
    issuer: String,
    tenant: TenantId,
    max_lifetime: Duration,
    keys: RwLock<Arc<KeySet>>,
}

impl OfflineVerifier {
    /// A verifier for tokens of this issuer and tenant, signed by a key of this JWK set.
    pub fn new(issuer: impl Into<String>, tenant: TenantId, jwks: &str) -> Result<Self, JwksError> {
        Ok(Self {
            issuer: issuer.into(),
            tenant,
            max_lifetime: DEFAULT_MAX_LIFETIME,
            keys: RwLock::new(Arc::new(KeySet::from_jwks(jwks)?)),
        })
    }

    /// Refuses tokens made to live longer than this.
    #[must_use]
    pub const fn max_lifetime(mut self, max_lifetime: Duration) -> Self {
        self.max_lifetime = max_lifetime;
        self
    }

    /// The claims of a token that is genuine and valid now.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, TokenError> {
        let keys = Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner));
        let expected =
            Expected::new(&self.issuer, self.tenant, now).max_lifetime(self.max_lifetime);
        verify_access_token(token, &keys, &expected)
    }

    /// Takes a newly fetched JWK set; keys that are no longer in it are forgotten. A set
    /// that cannot be used changes nothing.
    pub fn replace_keys(&self, jwks: &str) -> Result<(), JwksError> {
        let keys = Arc::new(KeySet::from_jwks(jwks)?);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }
}
