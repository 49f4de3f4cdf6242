//! What holds for the whole instance; tenants refine it.

use std::time::Duration;

use secrecy::SecretString;

use crate::{
    captcha::Action, lockout::LockoutPolicy, passkey::RelyingPartySettings,
    password::PasswordPolicy, seal::EncryptionKey, sms::SmsLimits,
};

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
    /// How long a mailed link proves a mailbox.
    pub email_verification_ttl: Duration,
    /// How long a mailed link signs in (R031: at most 15 minutes).
    pub magic_link_ttl: Duration,
    /// How long the parent of the live refresh token still gets the same successor (R054; at most 60 s, 0 turns it off).
    pub refresh_grace: Duration,
    /// How long verifiers may cache the JWKS: a new key is published this long before it signs (R074).
    pub jwks_max_age: Duration,
    /// The password policy, and the floor for tenants.
    pub password_policy: PasswordPolicy,
    /// Every user of every tenant must have a second factor.
    pub mfa_required: bool,
    /// When too many failed attempts lock an authenticator.
    pub lockout: LockoutPolicy,
    /// The captcha provider's public key of this site.
    pub captcha_site_key: Option<String>,
    /// What asks for a captcha in every tenant, where there is a provider.
    pub captcha_required_for: Vec<Action>,
    /// Whom passkeys are for, unless tenants say otherwise.
    pub relying_party: RelyingPartySettings,
    /// Origins allowed for every tenant.
    pub allowed_origins: Vec<String>,
    /// How long one attempt to send a message may take: if its worker did not say by then what
    /// became of it, another one tries.
    pub mail_lease: Duration,
    /// What bounds text messages.
    pub sms: SmsLimits,
}

/// The longest life of a link that signs in (R031).
pub const LONGEST_MAGIC_LINK: Duration = Duration::from_mins(15);

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
            email_verification_ttl: Duration::from_hours(48),
            magic_link_ttl: LONGEST_MAGIC_LINK,
            refresh_grace: Duration::from_secs(10),
            jwks_max_age: Duration::from_mins(10),
            password_policy: PasswordPolicy::default(),
            mfa_required: false,
            lockout: LockoutPolicy::default(),
            captcha_site_key: None,
            captcha_required_for: Vec::new(),
            relying_party: RelyingPartySettings::default(),
            allowed_origins: Vec::new(),
            mail_lease: Duration::from_mins(2),
            sms: SmsLimits::default(),
        }
    }
}
