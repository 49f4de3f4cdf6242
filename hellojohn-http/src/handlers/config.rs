//! The tenant's own settings.

use hellojohn_core::{
    captcha::Action, password::PasswordPolicy, settings::Settings, tenant::TenantConfig,
    time::Span, token::TokenFormat,
};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    call::Call,
    password_rules::PasswordRules,
    problem::Problem,
    reply::Reply,
    route::{Access, Route},
    wire::Life,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            "/v1/admin/config",
            "read_config",
            "Reads the tenant's settings, with the instance's where it chose none.",
        )
        .access(Access::Server("config:read"))
        .replies::<ConfigBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(show(call))),
        Route::patch(
            "/v1/admin/config",
            "update_config",
            "Changes single settings; null goes back to the instance's, what is left out stays.",
        )
        .access(Access::Server("config:write"))
        .body::<ConfigChanges>()
        .refuses(&["policy_too_weak"])
        .replies::<ConfigBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(update(call))),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Config")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the settings are what the API calls them"
)]
struct ConfigBody {
    access_token_ttl: Life,
    session_duration: Life,
    idle_timeout: Option<Life>,
    max_sessions_per_user: Option<u32>,
    password_policy: PolicyBody,
    allowed_origins: Vec<String>,
    /// The domain passkeys are bound to, where it is not the instance's.
    webauthn_rp_id: Option<String>,
    /// Empty follows the instance.
    webauthn_origins: Vec<String>,
    /// Empty allows all.
    allowed_auth_methods: Vec<String>,
    /// Empty allows all.
    allowed_email_domains: Vec<String>,
    /// `sign_in`, `sign_up`, `magic_link`, `password_forgot`; with what the instance asks for.
    captcha_required_for: Vec<&'static str>,
    email_verification_required: bool,
    magic_link_enabled: bool,
    /// Asking for a link with an unknown address makes an account.
    magic_link_create_user: bool,
    /// Sign-up answers the same for new and for taken addresses.
    hide_existing_accounts: bool,
    /// Pages of the application that links and redirects may lead to; empty allows none.
    allowed_redirect_urls: Vec<String>,
    /// Where mailed links lead instead of the instance's own address.
    links_base_url: Option<String>,
    username_enabled: bool,
    allow_sign_up: bool,
    /// Also if only the instance asks for it.
    mfa_required: bool,
    mfa_required_roles: Vec<String>,
    /// Empty allows all.
    mfa_allowed_factors: Vec<String>,
    step_up_max_age: Life,
    /// `off`, `notify` or `require_mfa`.
    risk_based_mfa: &'static str,
    notify_new_device: bool,
    /// `jwt` or `paseto`.
    token_format: &'static str,
}

/// Every rule for new passwords.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PasswordPolicy")]
struct PolicyBody {
    #[serde(flatten)]
    rules: PasswordRules,
    breach_check: bool,
    breach_threshold: u32,
    history_count: u32,
    zxcvbn_min_score: u8,
}

/// Describes the body; what is in it is read by the engine, setting by setting.
#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct ConfigChanges {
    /// Alias `session_access_token_ttl`.
    access_token_ttl: Option<Life>,
    /// Aliases `session_refresh_token_ttl` and `refresh_token_ttl`.
    session_duration: Option<Life>,
    idle_timeout: Option<Life>,
    max_sessions_per_user: Option<u32>,
    /// Single rules; also as `password_min_length` and so on beside it. Never looser than the instance's.
    password_policy: Option<Map<String, Value>>,
    allowed_origins: Option<Vec<String>>,
    /// Needs `webauthn_origins`.
    webauthn_rp_id: Option<String>,
    /// Among the allowed origins, and under the domain.
    webauthn_origins: Option<Vec<String>>,
    allowed_auth_methods: Option<Vec<String>>,
    allowed_email_domains: Option<Vec<String>>,
    /// `sign_in`, `sign_up`, `magic_link`, `password_forgot`; the instance may ask for more.
    captcha_required_for: Option<Vec<String>>,
    email_verification_required: Option<bool>,
    magic_link_enabled: Option<bool>,
    magic_link_create_user: Option<bool>,
    hide_existing_accounts: Option<bool>,
    /// `https`, without query; `http` only for this machine. What is below an entry is allowed too.
    allowed_redirect_urls: Option<Vec<String>>,
    /// On an origin of `allowed_redirect_urls`.
    links_base_url: Option<String>,
    username_enabled: Option<bool>,
    allow_sign_up: Option<bool>,
    /// Cannot loosen what the instance asks for.
    mfa_required: Option<bool>,
    mfa_required_roles: Option<Vec<String>>,
    /// Of `totp`, `sms`, `email_otp` and `webauthn`; alias `mfa_methods`.
    mfa_allowed_factors: Option<Vec<String>>,
    /// How old the proof behind a sensitive action may be.
    step_up_max_age: Option<Life>,
    /// `off`, `notify` or `require_mfa`.
    risk_based_mfa: Option<String>,
    notify_new_device: Option<bool>,
    /// `jwt` or `paseto`.
    token_format: Option<String>,
}

impl ConfigBody {
    fn of(config: TenantConfig, settings: &Settings) -> Self {
        let life = |span: Span| Life::from(span.0);
        let captcha_required_for = Action::ALL
            .iter()
            .filter(|action| config.asks_for_captcha(**action, settings))
            .map(|action| action.as_str())
            .collect();
        Self {
            access_token_ttl: config.access_token_ttl(settings).into(),
            session_duration: config.session_duration(settings).into(),
            idle_timeout: config.idle_timeout.map(life),
            max_sessions_per_user: config.max_sessions_per_user,
            password_policy: PolicyBody::of(&config.password_policy(settings)),
            email_verification_required: config.requires_verified_email(),
            magic_link_enabled: config.magic_link_enabled(),
            magic_link_create_user: config.magic_link_create_user,
            hide_existing_accounts: config.hide_existing_accounts,
            username_enabled: config.username_enabled,
            allow_sign_up: config.sign_up_allowed(),
            mfa_required: settings.mfa_required || config.mfa_required == Some(true),
            risk_based_mfa: config.risk_based_mfa.as_str(),
            notify_new_device: config.notify_new_device,
            step_up_max_age: config.step_up_max_age().into(),
            mfa_required_roles: config.mfa_required_roles,
            mfa_allowed_factors: config.mfa_allowed_factors,
            token_format: match config.token_format {
                TokenFormat::Jwt => "jwt",
                TokenFormat::Paseto => "paseto",
            },
            allowed_redirect_urls: config.allowed_redirect_urls,
            links_base_url: config.links_base_url,
            allowed_origins: config.allowed_origins,
            webauthn_rp_id: config.webauthn_rp_id,
            webauthn_origins: config.webauthn_origins,
            allowed_auth_methods: config.allowed_auth_methods,
            allowed_email_domains: config.allowed_email_domains,
            captcha_required_for,
        }
    }
}

impl PolicyBody {
    fn of(policy: &PasswordPolicy) -> Self {
        Self {
            rules: PasswordRules::of(policy),
            breach_check: policy.breach_check,
            breach_threshold: policy.breach_threshold,
            history_count: policy.history_count,
            zxcvbn_min_score: policy.zxcvbn_min_score,
        }
    }
}

async fn show(call: Call) -> Result<Reply, Problem> {
    let config = call.engine().tenant_config(call.caller()?).await?;
    Reply::ok(&ConfigBody::of(config, call.engine().settings()))
}

async fn update(call: Call) -> Result<Reply, Problem> {
    let changes = call.object()?;
    let engine = call.engine();
    let config = engine.configure_own_tenant(call.caller()?, changes).await?;
    Reply::ok(&ConfigBody::of(config, engine.settings()))
}
