use hellojohn_core::{captcha::Action, passkey::RelyingParty};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{call::Call, password_rules::PasswordRules, problem::Problem, reply::Reply};

/// What a sign-in page needs to know.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AuthConfig")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a documented, independent setting of its own name"
)]
pub(super) struct ConfigBody {
    tenant_id: String,
    name: String,
    /// Ways to sign in that are allowed and available.
    methods: Vec<&'static str>,
    /// Social providers; none in this version.
    providers: Vec<String>,
    allow_sign_up: bool,
    username_enabled: bool,
    email_verification_required: bool,
    password_policy: PasswordRules,
    /// For the provider's script; none where there is no provider.
    captcha_site_key: Option<String>,
    /// What asks for a captcha at every try; a locked account may ask for one, too.
    captcha_required_for: Vec<&'static str>,
    /// Whether everybody must have a second factor; some roles may have to where this is `false`.
    mfa_required: bool,
}

/// The ways to sign in of this version.
const METHODS: [&str; 3] = ["email_password", "magic_link", "passkey"];

pub(super) fn show(call: &Call) -> Result<Reply, Problem> {
    let tenant = call.caller()?.tenant();
    let config = &tenant.config;
    let settings = call.engine().settings();
    let policy = config.password_policy(settings);
    let captcha_site_key = settings.captcha_site_key.clone();
    let captcha_required_for = Action::ALL
        .iter()
        .filter(|action| captcha_site_key.is_some() && config.asks_for_captcha(**action, settings))
        .map(|action| action.as_str())
        .collect();
    Reply::ok(&ConfigBody {
        tenant_id: tenant.id.to_string(),
        name: tenant.name.clone(),
        methods: METHODS
            .into_iter()
            .filter(|method| config.allows_method(method))
            .filter(|method| match *method {
                "magic_link" => config.magic_link_enabled(),
                "passkey" => RelyingParty::of(settings, config).is_ok(),
                _ => true,
            })
            .collect(),
        providers: Vec::new(),
        allow_sign_up: config.sign_up_allowed(),
        username_enabled: config.username_enabled,
        email_verification_required: config.requires_verified_email(),
        password_policy: PasswordRules::of(&policy),
        captcha_site_key,
        captcha_required_for,
        mfa_required: settings.mfa_required || config.mfa_required == Some(true),
    })
}
