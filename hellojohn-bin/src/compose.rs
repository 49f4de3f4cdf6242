//! Configuration in, engine and HTTP service out: the one place that knows every crate.

use std::{sync::Arc, time::Duration};

use hellojohn_core::{
    Engine, Ports, default_keystore,
    password::PasswordPool,
    ports::{
        BreachRange, Captcha, Random, RateLimiter,
        mail::Mailer,
        system::{SystemClock, SystemRandom},
    },
    rate::InProcessLimiter,
    risk::ShippedRules,
    settings::Settings,
};
use hellojohn_storage::{ConnectError, MigrationOptions, RedisLimiter, SqlStore, SqlStoreOptions};
use secrecy::ExposeSecret as _;
use tokio::time::Instant;

use crate::{
    breach::RangeClient,
    captcha::CaptchaClient,
    config::{Config, DatabaseConfig, masked},
    failure::Failure,
    sms,
    smtp::{LEASE, SmtpMailer},
};

/// Who composes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// The server, with everything.
    Server,
    /// One command, with what it needs.
    Command,
}

/// Connects to the database, and goes on trying for as long as configured.
pub(crate) async fn connect(database: &DatabaseConfig, kind: Use) -> Result<SqlStore, Failure> {
    let defaults = SqlStoreOptions::default();
    let (max, min) = match kind {
        Use::Server => (database.max_connections, database.idle_connections),
        Use::Command => (2, 0),
    };
    let options = SqlStoreOptions {
        max_connections: max,
        min_connections: min,
        statement_timeout: database.statement_timeout,
        ..defaults
    };
    let url = database.url.expose_secret();
    let give_up_at = Instant::now() + database.connect_timeout;
    let mut last: Option<ConnectError> = None;
    loop {
        let attempt = SqlStore::connect(url, options.clone());
        let outcome = tokio::time::timeout_at(give_up_at, attempt).await;
        match outcome {
            Ok(Ok(store)) => return Ok(store),
            Ok(Err(error @ ConnectError::Refused { .. }))
                if Instant::now() + PAUSE < give_up_at =>
            {
                last = Some(error);
                tokio::time::sleep(PAUSE).await;
            }
            Ok(Err(error @ ConnectError::Refused { .. })) => {
                let what = format!("no connection to {}", masked(url));
                return Err(Failure::because(what, &error));
            }
            Ok(Err(error)) => return Err(Failure::because("HELLOJOHN_DATABASE_URL", &error)),
            Err(_) => {
                let what = format!("no connection to {} in time", masked(url));
                return Err(match last {
                    Some(error) => Failure::because(what, &error),
                    None => Failure::general(what),
                });
            }
        }
    }
}

const PAUSE: Duration = Duration::from_millis(250);

/// How migrations are run for this configuration.
pub(crate) fn migration_options(database: &DatabaseConfig) -> MigrationOptions {
    MigrationOptions {
        timeout: database.migration_timeout,
        ..MigrationOptions::default()
    }
}

/// Refuses a database this configuration must not touch, before anything in it is changed (R198).
pub(crate) async fn require_usable(config: &Config, store: &SqlStore) -> Result<(), Failure> {
    // An empty database is for nobody yet.
    if store.migrations().status().await?.version.is_none() {
        return Ok(());
    }
    Ok(Engine::require_usable(store, &settings(config, "")).await?)
}

/// The engine over a migrated database.
pub(crate) async fn engine(
    config: &Config,
    store: &SqlStore,
    base_url: &str,
    kind: Use,
) -> Result<Engine, Failure> {
    let ports = ports(config, store, kind)?;
    Ok(Engine::open(ports, settings(config, base_url)).await?)
}

/// The same over a restored backup, whose epoch may not be opened yet.
pub(crate) async fn restored_engine(
    config: &Config,
    store: &SqlStore,
    base_url: &str,
) -> Result<Engine, Failure> {
    let ports = ports(config, store, Use::Command)?;
    Ok(Engine::open_restored(ports, settings(config, base_url)).await?)
}

fn ports(config: &Config, store: &SqlStore, kind: Use) -> Result<Ports, Failure> {
    // No command takes a password, and reading the root certificates takes a while.
    let breaches = match kind {
        Use::Server => breach_list(config),
        Use::Command => None,
    };
    let captcha = match kind {
        Use::Server => captcha(config)?,
        Use::Command => None,
    };
    let random: Arc<dyn Random> =
        Arc::new(SystemRandom::new().map_err(|error| Failure::because("no start", &error))?);
    let pool = PasswordPool::start(config.passwords.pool, Arc::clone(&random))
        .map_err(|error| Failure::because("no start", &error))?;
    Ok(Ports {
        store: Arc::new(store.clone()),
        clock: Arc::new(SystemClock),
        random,
        keystore: default_keystore(),
        passwords: Arc::new(pool),
        limiter: limiter(config, kind)?,
        breaches,
        mailer: match kind {
            Use::Server => Some(mailer(config)?),
            Use::Command => None,
        },
        sms: match kind {
            Use::Server => sms::sender(&config.sms.provider),
            Use::Command => None,
        },
        risk: Arc::new(ShippedRules),
        captcha,
    })
}

/// Redis if there is one and requests are served.
fn limiter(config: &Config, kind: Use) -> Result<Arc<dyn RateLimiter>, Failure> {
    match (kind, &config.rate_limits.redis) {
        (Use::Server, Some(options)) => {
            let limiter = RedisLimiter::start(options)
                .map_err(|error| Failure::because("HELLOJOHN_REDIS_URL", &error))?;
            Ok(Arc::new(limiter))
        }
        _ => Ok(Arc::new(InProcessLimiter::default())),
    }
}

/// What holds for the whole instance, as it is configured.
pub(crate) fn settings(config: &Config, base_url: &str) -> Settings {
    let mut settings = Settings::new(base_url, config.keys.encryption.clone());
    settings
        .previous_encryption_key
        .clone_from(&config.keys.previous);
    settings.signing_key.clone_from(&config.keys.signing);
    settings.access_token_ttl = config.tokens.access_token_ttl;
    settings.session_duration = config.tokens.session_duration;
    settings.email_verification_ttl = config.tokens.email_verification_ttl;
    settings.magic_link_ttl = config.tokens.magic_link_ttl;
    settings.refresh_grace = config.tokens.refresh_grace;
    settings.jwks_max_age = config.tokens.jwks_max_age;
    settings.mail_lease = config.mail.timeout * LEASE;
    settings.mfa_required = config.mfa_required;
    settings.sms = config.sms.limits.clone();
    settings.relying_party = config.passkeys.clone();
    settings.password_policy = config.passwords.policy.clone();
    settings.lockout = config.lockout;
    let captcha = config.captcha.provider.as_ref();
    settings.captcha_site_key = captcha.map(|provider| provider.site_key.clone());
    settings
        .captcha_required_for
        .clone_from(&config.captcha.required_for);
    settings
        .allowed_origins
        .clone_from(&config.http.allowed_origins);
    settings
}

/// Also without a mail server of the instance: a tenant may have its own.
fn mailer(config: &Config) -> Result<Arc<dyn Mailer>, Failure> {
    let post = SmtpMailer::new(&config.mail);
    let post = post.map_err(|error| Failure::because("mail (HELLOJOHN_SMTP_TLS)", &error))?;
    Ok(Arc::new(post))
}

/// A captcha that cannot be checked would be a wall or a hole: no start without.
fn captcha(config: &Config) -> Result<Option<Arc<dyn Captcha>>, Failure> {
    let Some(provider) = &config.captcha.provider else {
        return Ok(None);
    };
    let client = CaptchaClient::new(provider.clone())
        .map_err(|error| Failure::because("CAPTCHA_PROVIDER", &error))?;
    Ok(Some(Arc::new(client)))
}

/// Also if the instance itself does not check for breaches: a tenant may.
fn breach_list(config: &Config) -> Option<Arc<dyn BreachRange>> {
    let url = config.passwords.breach_url.clone()?;
    match RangeClient::new(url) {
        Ok(client) => Some(Arc::new(client)),
        Err(error) => {
            tracing::warn!(%error, "this host has no root certificates; passwords are not checked for breaches");
            None
        }
    }
}
