use std::time::Duration;

use hellojohn_core::{
    settings::{LONGEST_MAGIC_LINK, LONGEST_REFRESH_GRACE},
    tenant::{LONGEST_ACCESS_TOKEN, LONGEST_SESSION},
};

use super::{
    Profile,
    env::Env,
    parse::{flag, span},
    settings::{
        ACCESS_TOKEN_TTL, EMAIL_VERIFICATION_TTL, JWKS_MAX_AGE, MAGIC_LINK_TTL, REFRESH_GRACE,
        REFRESH_TOKEN_ROTATION, REFRESH_TOKEN_TTL,
    },
};

/// How long tokens, sessions and published keys live.
pub(crate) struct TokenConfig {
    pub(crate) access_token_ttl: Duration,
    pub(crate) session_duration: Duration,
    pub(crate) email_verification_ttl: Duration,
    pub(crate) magic_link_ttl: Duration,
    pub(crate) refresh_grace: Duration,
    pub(crate) jwks_max_age: Duration,
}

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

impl TokenConfig {
    /// Reads the settings.
    pub(crate) fn from_env(env: &mut Env, profile: Profile) -> Self {
        env.parsed(&REFRESH_TOKEN_ROTATION, (), |text| match flag(text) {
            Ok(true) => Ok(()),
            _ => Err("only true; refresh tokens are always rotated".to_owned()),
        });
        // In development a change of keys should be seen at once.
        let jwks_max_age = match profile {
            Profile::Development => Duration::ZERO,
            Profile::Production => MINUTE * 10,
        };
        Self {
            access_token_ttl: env.parsed(
                &ACCESS_TOKEN_TTL,
                MINUTE * 15,
                span(MINUTE..=LONGEST_ACCESS_TOKEN),
            ),
            session_duration: env.parsed(
                &REFRESH_TOKEN_TTL,
                DAY * 30,
                span(MINUTE..=LONGEST_SESSION),
            ),
            email_verification_ttl: env.parsed(
                &EMAIL_VERIFICATION_TTL,
                DAY * 2,
                span(MINUTE..=DAY * 7),
            ),
            magic_link_ttl: env.parsed(
                &MAGIC_LINK_TTL,
                LONGEST_MAGIC_LINK,
                span(MINUTE..=LONGEST_MAGIC_LINK),
            ),
            refresh_grace: env.parsed(
                &REFRESH_GRACE,
                Duration::from_secs(10),
                span(Duration::ZERO..=LONGEST_REFRESH_GRACE),
            ),
            jwks_max_age: env.parsed(&JWKS_MAX_AGE, jwks_max_age, span(Duration::ZERO..=DAY)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_done_is_refused_by_name() {
        for (name, value) in [
            ("ACCESS_TOKEN_TTL", "25h"),
            ("ACCESS_TOKEN_TTL", "1s"),
            ("REFRESH_TOKEN_ROTATION", "false"),
            ("HELLOJOHN_REFRESH_GRACE", "61s"),
            ("MAGIC_LINK_TTL", "16m"),
            ("EMAIL_MAGIC_LINK_TTL", "1h"),
            ("HELLOJOHN_EMAIL_VERIFICATION_TTL", "8d"),
        ] {
            let mut env = Env::of([(name.to_owned(), value)]);
            TokenConfig::from_env(&mut env, Profile::Production);
            let error = env.finish().unwrap_err().to_string();
            assert!(error.starts_with(name), "{error}");
        }
    }
}
