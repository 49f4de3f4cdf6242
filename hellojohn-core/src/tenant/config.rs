//! What a tenant may choose for itself, and what it may not.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    input::{self, Email, InputError},
    passkey,
    password::PasswordPolicy,
    settings::Settings,
    tenant::TenantError,
    time::Span,
    token::TokenFormat,
};

/// What a tenant chose; unset fields follow the instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TenantConfig {
    /// Life of an access token, 1 minute to 24 hours.
    #[serde(alias = "session_access_token_ttl")]
    pub access_token_ttl: Option<Span>,
    /// Life of a session from sign-in, however often it is refreshed.
    #[serde(alias = "session_refresh_token_ttl", alias = "refresh_token_ttl")]
    pub session_duration: Option<Span>,
    /// A session ends when it was not refreshed for this long.
    pub idle_timeout: Option<Span>,
    /// The oldest session ends when a user signs in on more devices.
    pub max_sessions_per_user: Option<u32>,
    /// Stricter than the instance's policy, never looser.
    pub password_policy: Option<PasswordPolicy>,
    /// Origins whose browsers may call the API.
    pub allowed_origins: Vec<String>,
    /// The domain passkeys are bound to; needs origins of its own.
    pub webauthn_rp_id: Option<String>,
    /// Origins whose pages may use passkeys; empty follows the instance.
    pub webauthn_origins: Vec<String>,
    /// Ways to sign in; empty allows all.
    pub allowed_auth_methods: Vec<String>,
    /// Domains of e-mail addresses; empty allows all.
    pub allowed_email_domains: Vec<String>,
    /// Sign-in waits until the address is proven.
    pub email_verification_required: Option<bool>,
    /// Users may have user names and sign in with them.
    pub username_enabled: bool,
    /// Strangers may sign up; unset means they may.
    pub allow_sign_up: Option<bool>,
    /// How access tokens are written.
    pub token_format: TokenFormat,
}

/// The documented ways to sign in, whether this version has them or not.
const AUTH_METHODS: [&str; 16] = [
    "email_password",
    "magic_link",
    "passkey",
    "google",
    "github",
    "apple",
    "microsoft",
    "discord",
    "gitlab",
    "twitter",
    "facebook",
    "linkedin",
    "slack",
    "api_key",
    "sso",
    "oidc",
];

/// The longest life an access token may be given. Signing keys stay published at least this long.
pub const LONGEST_ACCESS_TOKEN: Duration = Duration::from_hours(24);
const SHORTEST_ACCESS_TOKEN: Duration = Duration::from_mins(1);
/// The longest life a session may be given. Refresh keys authenticate at least this long.
pub const LONGEST_SESSION: Duration = Duration::from_hours(24 * 365 * 2);

impl TenantConfig {
    /// Refuses values out of range and policies looser than the instance's.
    pub fn check(&self, settings: &Settings) -> Result<(), TenantError> {
        let invalid = |field: &str, code| Err(InputError::field(field, code).into());
        let between = |span: Option<Span>, low: Duration, high: Duration| {
            span.is_none_or(|span| (low..=high).contains(&span.0))
        };
        if !between(
            self.access_token_ttl,
            SHORTEST_ACCESS_TOKEN,
            LONGEST_ACCESS_TOKEN,
        ) {
            return invalid("access_token_ttl", "out_of_range");
        }
        if !between(
            self.session_duration,
            SHORTEST_ACCESS_TOKEN,
            LONGEST_SESSION,
        ) {
            return invalid("session_duration", "out_of_range");
        }
        if !between(self.idle_timeout, SHORTEST_ACCESS_TOKEN, LONGEST_SESSION) {
            return invalid("idle_timeout", "out_of_range");
        }
        if self.max_sessions_per_user == Some(0) {
            return invalid("max_sessions_per_user", "out_of_range");
        }
        for origin in &self.allowed_origins {
            input::origin(origin).map_err(|error| InputError::Fields(vec![error]))?;
        }
        passkey::check_relying_party(self, settings)?;
        let methods = &self.allowed_auth_methods;
        if !methods.iter().all(|m| AUTH_METHODS.contains(&m.as_str())) {
            return invalid("allowed_auth_methods", "invalid_value");
        }
        if !self
            .allowed_email_domains
            .iter()
            .all(|domain| input::is_host(domain))
        {
            return invalid("allowed_email_domains", "invalid_value");
        }
        if let Some(policy) = &self.password_policy {
            if let Err(error) = policy.validate() {
                return invalid("password_policy", error.code());
            }
            policy
                .stricter_than(&settings.password_policy)
                .map_err(TenantError::PolicyTooWeak)?;
        }
        Ok(())
    }

    /// The life of an access token.
    pub fn access_token_ttl(&self, settings: &Settings) -> Duration {
        self.access_token_ttl
            .map_or(settings.access_token_ttl, |span| span.0)
    }

    /// The life of a session.
    pub fn session_duration(&self, settings: &Settings) -> Duration {
        self.session_duration
            .map_or(settings.session_duration, |span| span.0)
    }

    /// The password policy in force: of the tenant's and the instance's, rule by rule, the
    /// stricter. An instance that tightens its policy tightens every tenant's.
    pub fn password_policy(&self, settings: &Settings) -> PasswordPolicy {
        self.password_policy.as_ref().map_or_else(
            || settings.password_policy.clone(),
            |own| own.strictest(&settings.password_policy),
        )
    }

    /// Whether strangers may sign up.
    pub fn sign_up_allowed(&self) -> bool {
        self.allow_sign_up.unwrap_or(true)
    }

    /// Whether this way of signing in is allowed.
    pub fn allows_method(&self, method: &str) -> bool {
        self.allowed_auth_methods.is_empty()
            || self.allowed_auth_methods.iter().any(|m| m == method)
    }

    /// Whether addresses of this domain may sign up and in.
    pub fn allows_domain_of(&self, email: &Email) -> bool {
        self.allowed_email_domains.is_empty()
            || self
                .allowed_email_domains
                .iter()
                .any(|domain| domain.eq_ignore_ascii_case(email.domain()))
    }

    /// Whether sign-in waits for a proven address. Unset means no, as long as the instance sends no mail.
    pub fn requires_verified_email(&self) -> bool {
        self.email_verification_required.unwrap_or(false)
    }

    /// Whether a browser page of this origin may call (RFC 6454, compared exactly; R183).
    pub fn allows_origin(&self, origin: &str) -> bool {
        self.allowed_origins.iter().any(|allowed| allowed == origin)
    }
}
