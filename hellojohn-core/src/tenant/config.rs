//! What a tenant may choose for itself, and what it may not.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    captcha::Action,
    input::{self, Email, InputError},
    passkey,
    password::PasswordPolicy,
    redirect::RedirectUrl,
    risk::RiskMode,
    settings::Settings,
    tenant::TenantError,
    time::Span,
    token::TokenFormat,
};

/// What a tenant chose; unset fields follow the instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a documented, independent setting of its own name"
)]
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
    /// What asks for a captcha, beside what the instance asks for.
    pub captcha_required_for: Vec<Action>,
    /// Sign-in waits until the address is proven.
    pub email_verification_required: Option<bool>,
    /// Users may sign in by a link in their mailbox; unset means no.
    pub magic_link_enabled: Option<bool>,
    /// Asking for such a link with an unknown address makes an account, unless the request says no.
    pub magic_link_create_user: bool,
    /// Sign-up answers the same for new and for taken addresses, and mails the owner (R015).
    pub hide_existing_accounts: bool,
    /// Pages of the application that links and redirects may lead to; empty allows none.
    pub allowed_redirect_urls: Vec<String>,
    /// Where mailed links lead instead of the instance's own address.
    pub links_base_url: Option<String>,
    /// Users may have user names and sign in with them.
    pub username_enabled: bool,
    /// Strangers may sign up; unset means they may.
    pub allow_sign_up: Option<bool>,
    /// Every user must have a second factor. Tightens what the instance asks for, never loosens it.
    pub mfa_required: Option<bool>,
    /// Users of these roles must have one.
    pub mfa_required_roles: Vec<String>,
    /// Kinds of second factors that may be enrolled; empty allows all.
    #[serde(alias = "mfa_methods")]
    pub mfa_allowed_factors: Vec<String>,
    /// How old the proof behind a sensitive action may be, 1 minute to 24 hours.
    pub step_up_max_age: Option<Span>,
    /// What is done about sign-ins that do not look like their user.
    pub risk_based_mfa: RiskMode,
    /// Users are told by mail of sign-ins from a device that was not seen before.
    pub notify_new_device: bool,
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

/// The kinds of second factors.
const FACTORS: [&str; 4] = ["totp", "sms", "email_otp", "webauthn"];

/// How old the proof behind a sensitive action may be, unless the tenant says otherwise (R134).
const STEP_UP: Duration = Duration::from_mins(5);
const SHORTEST_STEP_UP: Duration = Duration::from_mins(1);

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
        for entry in &self.allowed_redirect_urls {
            RedirectUrl::check_entry(entry)?;
        }
        if let Some(base) = &self.links_base_url {
            RedirectUrl::check_base(base, &self.allowed_redirect_urls)?;
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
        let factors = &self.mfa_allowed_factors;
        if !factors.iter().all(|f| FACTORS.contains(&f.as_str())) {
            return invalid("mfa_allowed_factors", "invalid_value");
        }
        // A number that is taken over must not be the only way (R130).
        if !factors.is_empty() && factors.iter().all(|f| f == "sms") {
            return invalid("mfa_allowed_factors", "sms_only");
        }
        if !self
            .mfa_required_roles
            .iter()
            .all(|role| input::role(role).is_ok())
        {
            return invalid("mfa_required_roles", "invalid_value");
        }
        if !between(self.step_up_max_age, SHORTEST_STEP_UP, LONGEST_ACCESS_TOKEN) {
            return invalid("step_up_max_age", "out_of_range");
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

    /// Whether this kind of second factor may be enrolled.
    pub fn allows_factor(&self, kind: &str) -> bool {
        self.mfa_allowed_factors.is_empty() || self.mfa_allowed_factors.iter().any(|f| f == kind)
    }

    /// How old the proof behind a sensitive action may be.
    pub fn step_up_max_age(&self) -> Duration {
        self.step_up_max_age.map_or(STEP_UP, |span| span.0)
    }

    /// Whether strangers may sign up.
    pub fn sign_up_allowed(&self) -> bool {
        self.allow_sign_up.unwrap_or(true)
    }

    /// Whether users may sign in by a mailed link.
    pub fn magic_link_enabled(&self) -> bool {
        self.magic_link_enabled.unwrap_or(false)
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

    /// Whether an action asks for a captcha.
    pub fn asks_for_captcha(&self, action: Action, settings: &Settings) -> bool {
        self.captcha_required_for.contains(&action)
            || settings.captcha_required_for.contains(&action)
    }

    /// Whether sign-in waits for a proven address. It does where sign-up does not tell which
    /// addresses are taken: the next sign-in would.
    pub fn requires_verified_email(&self) -> bool {
        self.hide_existing_accounts || self.email_verification_required.unwrap_or(false)
    }

    /// Whether a browser page of this origin may call (RFC 6454, compared exactly; R183).
    pub fn allows_origin(&self, origin: &str) -> bool {
        self.allowed_origins.iter().any(|allowed| allowed == origin)
    }
}
