use std::time::Duration;

use hellojohn_core::rate::Quota;
use hellojohn_http::RateLimits;
use hellojohn_storage::RedisOptions;

use super::{
    env::Env,
    parse::{flag, number, span},
    settings::{self, RATE_LIMIT_ENABLED, RATE_LIMIT_INSTANCES, REDIS_URL, Setting},
};

/// How often what may be called, and where that is counted.
pub(crate) struct RateLimitConfig {
    pub(crate) limits: Option<RateLimits>,
    /// Where instances count together.
    pub(crate) redis: Option<RedisOptions>,
}

impl RateLimitConfig {
    /// Reads the settings.
    pub(crate) fn from_env(env: &mut Env) -> Self {
        // Also what is switched off is read, so that a mistake is found before it is switched on.
        let limits = limits(env);
        let enabled = env.parsed(&RATE_LIMIT_ENABLED, true, flag);
        let instances = env.parsed(&RATE_LIMIT_INSTANCES, 2, number(1..=1_000));
        let redis = env.parsed(&REDIS_URL, None, |url| {
            RedisOptions::new(url.to_owned().into())
                .map(Some)
                .map_err(|error| error.to_string())
        });
        Self {
            limits: enabled.then_some(limits),
            redis: redis.map(|options| RedisOptions {
                instances,
                ..options
            }),
        }
    }
}

fn limits(env: &mut Env) -> RateLimits {
    let default = RateLimits::default();
    let mut quota = |most: &'static Setting, window: &'static Setting, default: Quota| {
        let limit = env.parsed(most, default.limit(), number(1..=1_000_000));
        let times = Duration::from_secs(1)..=Duration::from_hours(24);
        Quota::new(limit, env.parsed(window, default.window(), span(times)))
    };
    RateLimits {
        login: quota(
            &settings::RATE_LIMIT_LOGIN_MAX,
            &settings::RATE_LIMIT_LOGIN_WINDOW,
            default.login,
        ),
        login_tenant: quota(
            &settings::RATE_LIMIT_LOGIN_TENANT_MAX,
            &settings::RATE_LIMIT_LOGIN_TENANT_WINDOW,
            default.login_tenant,
        ),
        signup: quota(
            &settings::RATE_LIMIT_SIGNUP_MAX,
            &settings::RATE_LIMIT_SIGNUP_WINDOW,
            default.signup,
        ),
        magic_link: quota(
            &settings::RATE_LIMIT_MAGIC_LINK_MAX,
            &settings::RATE_LIMIT_MAGIC_LINK_WINDOW,
            default.magic_link,
        ),
        password_forgot: quota(
            &settings::RATE_LIMIT_PASSWORD_FORGOT_MAX,
            &settings::RATE_LIMIT_PASSWORD_FORGOT_WINDOW,
            default.password_forgot,
        ),
        password_forgot_address: quota(
            &settings::RATE_LIMIT_PASSWORD_FORGOT_IP_MAX,
            &settings::RATE_LIMIT_PASSWORD_FORGOT_IP_WINDOW,
            default.password_forgot_address,
        ),
        link: quota(
            &settings::RATE_LIMIT_LINK_MAX,
            &settings::RATE_LIMIT_LINK_WINDOW,
            default.link,
        ),
        mfa: quota(
            &settings::RATE_LIMIT_MFA_MAX,
            &settings::RATE_LIMIT_MFA_WINDOW,
            default.mfa,
        ),
        mfa_challenge: quota(
            &settings::RATE_LIMIT_MFA_CHALLENGE_MAX,
            &settings::RATE_LIMIT_MFA_CHALLENGE_WINDOW,
            default.mfa_challenge,
        ),
        passkey: quota(
            &settings::RATE_LIMIT_PASSKEY_MAX,
            &settings::RATE_LIMIT_PASSKEY_WINDOW,
            default.passkey,
        ),
        refresh: quota(
            &settings::RATE_LIMIT_REFRESH_MAX,
            &settings::RATE_LIMIT_REFRESH_WINDOW,
            default.refresh,
        ),
        callback: quota(
            &settings::RATE_LIMIT_CALLBACK_MAX,
            &settings::RATE_LIMIT_CALLBACK_WINDOW,
            default.callback,
        ),
        read: quota(
            &settings::RATE_LIMIT_READ_MAX,
            &settings::RATE_LIMIT_READ_WINDOW,
            default.read,
        ),
        write: quota(
            &settings::RATE_LIMIT_WRITE_MAX,
            &settings::RATE_LIMIT_WRITE_WINDOW,
            default.write,
        ),
        bulk: quota(
            &settings::RATE_LIMIT_BULK_MAX,
            &settings::RATE_LIMIT_BULK_WINDOW,
            default.bulk,
        ),
        email_test: quota(
            &settings::RATE_LIMIT_EMAIL_TEST_MAX,
            &settings::RATE_LIMIT_EMAIL_TEST_WINDOW,
            default.email_test,
        ),
        template_preview: quota(
            &settings::RATE_LIMIT_TEMPLATE_PREVIEW_MAX,
            &settings::RATE_LIMIT_TEMPLATE_PREVIEW_WINDOW,
            default.template_preview,
        ),
        global: quota(
            &settings::RATE_LIMIT_GLOBAL_MAX,
            &settings::RATE_LIMIT_GLOBAL_WINDOW,
            default.global,
        ),
    }
}

#[cfg(test)]
mod tests {
    use hellojohn_core::time::format_span;

    use super::{super::settings::SETTINGS, *};

    fn read(variables: &[(&str, &str)]) -> Result<RateLimitConfig, String> {
        let mut env = Env::of(variables.iter().map(|&(n, v)| (n.to_owned(), v)));
        let config = RateLimitConfig::from_env(&mut env);
        env.finish()
            .map(|_| config)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_documented_defaults_are_those() {
        let documented = SETTINGS.iter().filter(|setting| {
            setting.name.starts_with("RATE_LIMIT_")
                && (setting.name.ends_with("_MAX") || setting.name.ends_with("_WINDOW"))
        });
        let documented: Vec<(&str, &str)> = documented
            .map(|setting| (setting.name, setting.default))
            .collect();
        assert_eq!(documented.len(), 36);
        let config = read(&documented).unwrap();
        assert_eq!(config.limits, read(&[]).unwrap().limits);
        assert_eq!(config.limits, Some(RateLimits::default()));
    }

    #[test]
    fn every_variable_has_its_own_effect() {
        for setting in SETTINGS {
            if !setting.name.starts_with("RATE_LIMIT_") {
                continue;
            }
            let value = match setting.name.rsplit_once('_') {
                Some((_, "MAX")) => "7",
                Some((_, "WINDOW")) => "77s",
                _ => continue,
            };
            let changed = read(&[(setting.name, value)]).unwrap().limits;
            assert_ne!(changed, Some(RateLimits::default()), "{}", setting.name);
        }
        let login = read(&[
            ("RATE_LIMIT_LOGIN_MAX", "7"),
            ("RATE_LIMIT_LOGIN_WINDOW", "90"),
        ]);
        let login = login.unwrap().limits.unwrap().login;
        assert_eq!(
            (login.limit(), format_span(login.window())),
            (7, "90s".to_owned())
        );
    }

    #[test]
    fn it_can_be_switched_off_but_not_to_nothing() {
        assert!(
            read(&[("RATE_LIMIT_ENABLED", "false")])
                .unwrap()
                .limits
                .is_none()
        );
        for bad in [
            ("RATE_LIMIT_LOGIN_MAX", "0"),
            ("RATE_LIMIT_LOGIN_MAX", "many"),
            ("RATE_LIMIT_LOGIN_WINDOW", "0s"),
            ("RATE_LIMIT_INSTANCES", "0"),
        ] {
            assert!(read(&[bad]).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_redis_address_is_checked_and_never_repeated() {
        let good = read(&[
            ("REDIS_URL", "redis://:hunter2@cache.example:6379/1"),
            ("RATE_LIMIT_INSTANCES", "3"),
        ]);
        assert_eq!(good.unwrap().redis.unwrap().instances, 3);
        for bad in ["http://:hunter2@cache.example", "hunter2", "redis://"] {
            let Err(error) = read(&[("HELLOJOHN_REDIS_URL", bad)]) else {
                panic!("{bad} was taken");
            };
            assert!(error.starts_with("HELLOJOHN_REDIS_URL: "), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
