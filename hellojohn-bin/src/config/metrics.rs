use secrecy::SecretString;

use super::{
    env::Env,
    parse::flag,
    settings::{METRICS_ENABLED, METRICS_TOKEN},
};

/// Whether and to whom `/metrics` is shown.
pub(crate) struct MetricsConfig {
    pub(crate) enabled: bool,
    pub(crate) token: Option<SecretString>,
}

const SHORTEST: usize = 16;

impl MetricsConfig {
    /// Reads the settings.
    pub(crate) fn from_env(env: &mut Env) -> Self {
        Self {
            enabled: env.parsed(&METRICS_ENABLED, true, flag),
            token: env.parsed(&METRICS_TOKEN, None, |text| {
                if text.len() < SHORTEST || !text.bytes().all(|b| b.is_ascii_graphic()) {
                    return Err(format!("not a token of at least {SHORTEST} characters"));
                }
                Ok(Some(SecretString::from(text.to_owned())))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(token: &str) -> Result<bool, String> {
        let mut env = Env::of([("HELLOJOHN_METRICS_TOKEN".to_owned(), token)]);
        let config = MetricsConfig::from_env(&mut env);
        env.finish()
            .map(|_| config.token.is_some())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_token_is_long_and_never_repeated_in_an_error() {
        assert_eq!(read("0123456789abcdef"), Ok(true));
        assert_eq!(read(""), Ok(false));
        for bad in ["hunter2", "with a space inside it"] {
            let error = read(bad).unwrap_err();
            assert!(error.starts_with("HELLOJOHN_METRICS_TOKEN: "), "{error}");
            assert!(!error.contains(bad), "{error}");
        }
    }
}
