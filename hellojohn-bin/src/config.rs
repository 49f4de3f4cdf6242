//! The settings of this process, read once from the environment.
//!
//! Every setting `X` is looked for as `HELLOJOHN_X`, then `X`, then under its aliases,
//! then in the file that `HELLOJOHN_X_FILE` or `X_FILE` names. An empty value counts as
//! unset. If two of them differ, the first wins and a warning names both. Errors name a
//! variable and never repeat its value. [`SETTINGS`] lists them all; `serve --help` prints it.

mod captcha;
mod database;
pub(crate) mod deprecations;
mod env;
mod http;
mod keys;
mod lockout;
mod logging;
mod mail;
mod metrics;
mod mfa;
mod parse;
mod passkeys;
mod passwords;
mod profile;
mod rate_limits;
mod settings;
mod sms;
mod tokens;
mod unknown;

use std::path::PathBuf;

use hellojohn_core::lockout::LockoutPolicy;

pub(crate) use self::{
    captcha::{CaptchaConfig, CaptchaProvider},
    database::{DatabaseConfig, MigrateAtStart, masked},
    env::{ConfigError, Env},
    http::{HttpConfig, own_url},
    keys::{KeyConfig, key_ring},
    logging::{LogConfig, LogFormat},
    mail::{InstanceMail, MailConfig, MailFrom, TenantHosts},
    metrics::MetricsConfig,
    passwords::PasswordConfig,
    profile::{Development, Profile},
    rate_limits::RateLimitConfig,
    settings::{help, variables},
    sms::{SmsConfig, SmsProvider, SnsAccount, TwilioAccount},
    tokens::TokenConfig,
};
use hellojohn_core::passkey::RelyingPartySettings;

use crate::data_dir::DataDir;

/// Everything `serve` and the commands need to know.
pub(crate) struct Config {
    pub(crate) profile: Profile,
    pub(crate) database: DatabaseConfig,
    pub(crate) keys: KeyConfig,
    pub(crate) http: HttpConfig,
    pub(crate) rate_limits: RateLimitConfig,
    pub(crate) tokens: TokenConfig,
    /// Whom passkeys are for.
    pub(crate) passkeys: RelyingPartySettings,
    pub(crate) passwords: PasswordConfig,
    pub(crate) mail: MailConfig,
    pub(crate) sms: SmsConfig,
    /// Every user of every tenant must have a second factor.
    pub(crate) mfa_required: bool,
    pub(crate) lockout: LockoutPolicy,
    pub(crate) captcha: CaptchaConfig,
    pub(crate) logging: LogConfig,
    pub(crate) metrics: MetricsConfig,
    /// Where backups are kept, if the operator says so.
    pub(crate) backup_dir: Option<PathBuf>,
    /// What the operator should know, such as two variables that contradict each other.
    pub(crate) warnings: Vec<String>,
}

/// Who reads the settings: not everything is required of everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Serving needs every required setting, and refuses unknown ones.
    Serve,
    /// A command needs the database and the encryption key.
    Command,
}

impl Config {
    /// Reads everything, and tells everything that is missing at once.
    pub(crate) fn from_env(
        mut env: Env,
        profile: Profile,
        purpose: Purpose,
    ) -> Result<Self, ConfigError> {
        let env_ref = &mut env;
        if purpose == Purpose::Serve {
            unknown::check(env_ref, profile);
        }
        let database = DatabaseConfig::from_env(env_ref);
        let keys = KeyConfig::from_env(env_ref, purpose);
        let http = HttpConfig::from_env(env_ref, profile, purpose);
        let rate_limits = RateLimitConfig::from_env(env_ref);
        let tokens = TokenConfig::from_env(env_ref, profile);
        let base_url = http.app_url.as_deref();
        let here = profile.development().map(|_| "http://localhost");
        let passkeys = passkeys::relying_party(env_ref, base_url.or(here));
        let passwords = PasswordConfig::from_env(env_ref, profile);
        let mail = MailConfig::from_env(env_ref, profile);
        let sms = SmsConfig::from_env(env_ref, profile);
        let mfa_required = mfa::required(env_ref);
        let lockout = lockout::from_env(env_ref);
        let captcha = CaptchaConfig::from_env(env_ref);
        let logging = LogConfig::from_env(env_ref, profile);
        let metrics = MetricsConfig::from_env(env_ref);
        let backup_dir = env_ref.optional(&settings::BACKUP_DIR);
        let backup_dir = backup_dir.map(|found| found.value.into());
        for warning in deprecations::in_use(env_ref) {
            env_ref.warn(warning);
        }
        let warnings = env.finish()?;
        let (Some(keys), Some(passwords)) = (keys, passwords) else {
            return Err(ConfigError::default());
        };
        Ok(Self {
            profile,
            database,
            keys,
            http,
            rate_limits,
            tokens,
            passkeys,
            passwords,
            mail,
            sms,
            mfa_required,
            lockout,
            captcha,
            logging,
            metrics,
            backup_dir,
            warnings,
        })
    }
}

/// Where development data is kept.
pub(crate) fn data_dir(env: &mut Env) -> PathBuf {
    env.optional(&settings::DATA_DIR).map_or_else(
        || PathBuf::from("hellojohn-data"),
        |found| found.value.into(),
    )
}

/// Where backups are kept.
pub(crate) fn backup_dir(env: &mut Env) -> PathBuf {
    env.optional(&settings::BACKUP_DIR)
        .map_or_else(|| PathBuf::from("backups"), |found| found.value.into())
}

/// Lets the data directory answer for what the environment leaves open.
pub(crate) fn with_data_dir(env: &mut Env, dir: &DataDir) {
    env.default_to(&settings::DATABASE_URL, dir.database_url());
    env.default_to(&settings::JWT_SIGNING_KEY, dir.signing_key());
    env.default_to(&settings::ENCRYPTION_KEY, dir.encryption_key());
}

/// Lets `--database-url` beat the environment.
pub(crate) fn with_database_url(env: &mut Env, url: &str) {
    env.override_with(&settings::DATABASE_URL, url);
}

/// Whether the environment names a database.
pub(crate) fn names_database(env: &mut Env) -> bool {
    env.optional(&settings::DATABASE_URL).is_some()
}
