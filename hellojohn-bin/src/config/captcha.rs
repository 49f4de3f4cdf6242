use hellojohn_core::captcha::Action;
use secrecy::SecretString;

use super::{
    env::Env,
    parse::word,
    settings::{
        CAPTCHA_PROVIDER, CAPTCHA_REQUIRED_FOR, CAPTCHA_SECRET_KEY, CAPTCHA_SITE_KEY,
        CAPTCHA_VERIFY_URL,
    },
};

/// The provider of captchas, and where one is asked for.
pub(crate) struct CaptchaConfig {
    pub(crate) provider: Option<CaptchaProvider>,
    pub(crate) required_for: Vec<Action>,
}

/// How the provider is asked.
#[derive(Clone)]
pub(crate) struct CaptchaProvider {
    /// Where tokens are checked.
    pub(crate) url: String,
    pub(crate) site_key: String,
    pub(crate) secret_key: SecretString,
}

/// Where the known providers check tokens; a custom one says where itself.
const PROVIDERS: &[(&str, &str)] = &[
    (
        "turnstile",
        "https://challenges.cloudflare.com/turnstile/v0/siteverify",
    ),
    ("hcaptcha", "https://api.hcaptcha.com/siteverify"),
    (
        "recaptcha",
        "https://www.google.com/recaptcha/api/siteverify",
    ),
    ("custom", ""),
];

impl CaptchaConfig {
    /// Reads the settings.
    pub(crate) fn from_env(env: &mut Env) -> Self {
        let url = env.parsed(&CAPTCHA_PROVIDER, None, |text| {
            word(PROVIDERS)(text).map(Some)
        });
        let own_url = env.parsed(&CAPTCHA_VERIFY_URL, None, |text| {
            let is_url = text.starts_with("https://") || text.starts_with("http://");
            let is_url = is_url && text.parse::<http::Uri>().is_ok();
            is_url
                .then(|| Some(text.to_owned()))
                .ok_or_else(|| "not an https:// URL".to_owned())
        });
        let site_key = env.optional(&CAPTCHA_SITE_KEY).map(|found| found.value);
        let secret_key = env.optional(&CAPTCHA_SECRET_KEY).map(|found| found.value);
        let required_for = env.parsed(&CAPTCHA_REQUIRED_FOR, Vec::new(), |text| {
            let words = text
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty());
            let actions: Result<Vec<Action>, ()> = words.map(str::parse).collect();
            let known: Vec<&str> = Action::ALL.iter().map(|action| action.as_str()).collect();
            actions.map_err(|()| format!("not a list of {}", known.join(", ")))
        });
        let Some(known_url) = url else {
            if !required_for.is_empty() {
                let why = "needs CAPTCHA_PROVIDER";
                env.refuse(&CAPTCHA_REQUIRED_FOR.variable(), why);
            }
            if secret_key.is_some() {
                let named = CAPTCHA_SECRET_KEY.variable();
                env.warn(format!("{named} has no effect without CAPTCHA_PROVIDER"));
            }
            return Self {
                provider: None,
                required_for: Vec::new(),
            };
        };
        let mut needed = |value: Option<String>, name: String| {
            value.unwrap_or_else(|| {
                env.refuse(&name, "CAPTCHA_PROVIDER needs it");
                String::new()
            })
        };
        let url = own_url.or_else(|| (!known_url.is_empty()).then(|| known_url.to_owned()));
        Self {
            provider: Some(CaptchaProvider {
                url: needed(url, CAPTCHA_VERIFY_URL.variable()),
                site_key: needed(site_key, CAPTCHA_SITE_KEY.variable()),
                secret_key: needed(secret_key, CAPTCHA_SECRET_KEY.variable()).into(),
            }),
            required_for,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &'static str)]) -> Result<CaptchaConfig, String> {
        let settings = settings.iter();
        let mut env = Env::of(settings.map(|(name, value)| (format!("CAPTCHA_{name}"), *value)));
        let config = CaptchaConfig::from_env(&mut env);
        env.finish()
            .map(|_| config)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn keys_of_no_provider_are_told() {
        let mut env = Env::of([("CAPTCHA_SECRET_KEY".to_owned(), "hunter2")]);
        CaptchaConfig::from_env(&mut env);
        let warnings = env.finish().unwrap();
        assert!(matches!(&warnings[..], [one] if one.contains("CAPTCHA_PROVIDER")));
    }

    #[test]
    fn a_provider_needs_its_keys_and_a_custom_one_its_address() {
        assert!(read(&[]).unwrap().provider.is_none());
        let keys = [("SITE_KEY", "0x4AAA"), ("SECRET_KEY", "hunter2")];
        for (provider, host) in [
            ("turnstile", "cloudflare.com"),
            ("hcaptcha", "hcaptcha.com"),
        ] {
            let mut settings = vec![("PROVIDER", provider), ("REQUIRED_FOR", "sign_in, sign_up")];
            settings.extend(keys);
            let config = read(&settings).unwrap();
            assert_eq!(config.required_for, [Action::SignIn, Action::SignUp]);
            assert!(config.provider.unwrap().url.contains(host));
        }
        let refused: [&[(&str, &'static str)]; 5] = [
            &[("PROVIDER", "turnstile"), ("SITE_KEY", "x")],
            &[("PROVIDER", "custom"), keys[0], keys[1]],
            &[("PROVIDER", "guess")],
            &[("REQUIRED_FOR", "sign_in")],
            &[
                ("PROVIDER", "turnstile"),
                keys[0],
                keys[1],
                ("REQUIRED_FOR", "everything"),
            ],
        ];
        for settings in refused {
            let error = read(settings).err().unwrap();
            assert!(
                error.contains("CAPTCHA_") && !error.contains("hunter2"),
                "{error}"
            );
        }
    }
}
