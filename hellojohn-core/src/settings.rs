//! What holds for the whole instance; tenants refine it.

use std::time::Duration;

use secrecy::SecretString;

use crate::{passkey::RelyingPartySettings, password::PasswordPolicy, seal::EncryptionKey};

/// The instance's settings. Build with [`Settings::new`], then change single fields.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The public base URL without a trailing slash: the `iss` of every token.
    pub issuer: String,
    /// Seals private keys at rest.
    pub encryption_key: EncryptionKey,
    /// Still opens what was sealed before the last change of key.
    pub previous_encryption_key: Option<EncryptionKey>,
    /// A PKCS#8 PEM Ed25519 key to import at start; without it a key is made when there is none.
    pub signing_key: Option<SecretString>,
    /// Life of an access token.
    pub access_token_ttl: Duration,
    /// Life of a session from sign-in.
    pub session_duration: Duration,
    /// How long the parent of the live refresh token still gets the same successor (R054; at most 60 s, 0 turns it off).
    pub refresh_grace: Duration,
    /// How long verifiers may cache the JWKS: a new key is published this long before it signs (R074).
    pub jwks_max_age: Duration,
    /// The password policy, and the floor for tenants.
    pub password_policy: PasswordPolicy,
    /// Whom passkeys are for, unless tenants say otherwise.
    pub relying_party: RelyingPartySettings,
    /// Origins allowed for every tenant.
    pub allowed_origins: Vec<String>,
}

/// The longest grace period a refresh token may be given (R054).
pub const LONGEST_REFRESH_GRACE: Duration = Duration::from_mins(1);

impl Settings {
    /// The documented defaults: access tokens 15 minutes, sessions 30 days, 10 seconds of grace, JWKS cached 10 minutes.
    pub fn new(issuer: impl Into<String>, encryption_key: EncryptionKey) -> Self {
        Self {
            issuer: issuer.into(),
            encryption_key,
            previous_encryption_key: None,
            signing_key: None,
            access_token_ttl: Duration::from_mins(15),
            session_duration: Duration::from_hours(24 * 30),
            refresh_grace: Duration::from_secs(10),
            jwks_max_age: Duration::from_mins(10),
            password_policy: PasswordPolicy::default(),
            relying_party: RelyingPartySettings::default(),
            allowed_origins: Vec::new(),
        }
    }
}
