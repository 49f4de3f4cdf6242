use hellojohn_core::sms::SmsLimits;
use secrecy::SecretString;

use super::{
    Profile,
    env::Env,
    parse::{number, word},
    settings::{
        AWS_ACCESS_KEY_ID, AWS_REGION, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_SNS_BASE_URL,
        SMS_ALLOWED_COUNTRIES, SMS_HOURLY_LIMIT, SMS_PROVIDER, Setting, TWILIO_ACCOUNT_SID,
        TWILIO_AUTH_TOKEN, TWILIO_BASE_URL, TWILIO_FROM,
    },
};

/// How text messages are sent, and how many.
pub(crate) struct SmsConfig {
    pub(crate) provider: SmsProvider,
    pub(crate) limits: SmsLimits,
}

/// Who hands text messages over.
pub(crate) enum SmsProvider {
    /// Nobody: there are none.
    None,
    /// They are printed. Development only.
    Console,
    /// Twilio, or whoever speaks its protocol.
    Twilio(TwilioAccount),
    /// AWS SNS.
    Sns(SnsAccount),
}

/// An account with Twilio.
#[derive(Clone)]
pub(crate) struct TwilioAccount {
    pub(crate) sid: String,
    pub(crate) token: SecretString,
    /// A number, or the id of a messaging service.
    pub(crate) from: String,
    /// Without a slash at its end.
    pub(crate) base_url: String,
}

/// An account with AWS.
#[derive(Clone)]
pub(crate) struct SnsAccount {
    pub(crate) key_id: String,
    pub(crate) secret: SecretString,
    pub(crate) session_token: Option<SecretString>,
    pub(crate) region: String,
    /// Without a slash at its end.
    pub(crate) base_url: String,
}

impl SnsAccount {
    /// The host and port requests go to.
    pub(crate) fn host(&self) -> &str {
        let (_, host) = self.base_url.split_once("://").unwrap_or_default();
        host
    }
}

#[derive(Clone, Copy)]
enum Kind {
    None,
    Console,
    Twilio,
    Sns,
}

impl SmsConfig {
    /// Reads the settings. An account that lacks something is remembered by `env`.
    pub(crate) fn from_env(env: &mut Env, profile: Profile) -> Self {
        let default = match profile {
            Profile::Development => Kind::Console,
            Profile::Production => Kind::None,
        };
        let kinds = [
            ("none", Kind::None),
            ("console", Kind::Console),
            ("twilio", Kind::Twilio),
            ("sns", Kind::Sns),
        ];
        let kind = env.parsed(&SMS_PROVIDER, default, |text| {
            match (word(&kinds)(text)?, profile) {
                (Kind::Console, Profile::Production) => {
                    Err("console prints codes: only in development".to_owned())
                }
                (kind, _) => Ok(kind),
            }
        });
        if !matches!(kind, Kind::Twilio) && env.optional(&TWILIO_ACCOUNT_SID).is_some() {
            env.warn("TWILIO_… has no effect without SMS_PROVIDER=twilio".to_owned());
        }
        let provider = match kind {
            Kind::None => SmsProvider::None,
            Kind::Console => SmsProvider::Console,
            Kind::Twilio => twilio(env).map_or(SmsProvider::None, SmsProvider::Twilio),
            Kind::Sns => sns(env).map_or(SmsProvider::None, SmsProvider::Sns),
        };
        let usual = SmsLimits::default();
        Self {
            provider,
            limits: SmsLimits {
                countries: env.parsed(&SMS_ALLOWED_COUNTRIES, usual.countries, calling_codes),
                hourly: env.parsed(&SMS_HOURLY_LIMIT, usual.hourly, number(0..=1_000_000)),
            },
        }
    }
}

fn twilio(env: &mut Env) -> Option<TwilioAccount> {
    let sid = text(env, &TWILIO_ACCOUNT_SID);
    let token = text(env, &TWILIO_AUTH_TOKEN);
    let from = text(env, &TWILIO_FROM);
    let base_url = base_url(env, &TWILIO_BASE_URL, "https://api.twilio.com".to_owned());
    Some(TwilioAccount {
        sid: sid?,
        token: token?.into(),
        from: from?,
        base_url,
    })
}

fn sns(env: &mut Env) -> Option<SnsAccount> {
    let key_id = text(env, &AWS_ACCESS_KEY_ID);
    let secret = text(env, &AWS_SECRET_ACCESS_KEY);
    let region = text(env, &AWS_REGION);
    let session_token = env.optional(&AWS_SESSION_TOKEN);
    let usual = region.as_deref().unwrap_or_default();
    let usual = format!("https://sns.{usual}.amazonaws.com");
    let base_url = base_url(env, &AWS_SNS_BASE_URL, usual);
    Some(SnsAccount {
        key_id: key_id?,
        secret: secret?.into(),
        session_token: session_token.map(|found| found.value.into()),
        region: region?,
        base_url,
    })
}

/// What the chosen provider cannot do without. It stands in URLs and headers.
fn text(env: &mut Env, setting: &'static Setting) -> Option<String> {
    let found = env.required(setting)?;
    if found.value.bytes().all(|b| b.is_ascii_graphic()) {
        return Some(found.value);
    }
    env.refuse(
        &found.variable,
        "holds blanks or other characters that cannot be sent",
    );
    None
}

fn base_url(env: &mut Env, setting: &'static Setting, usual: String) -> String {
    env.parsed(setting, usual, |text| {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        match rest {
            Some(host) if !host.is_empty() && !host.ends_with('/') => Ok(text.to_owned()),
            _ => Err("not a URL without a slash at its end".to_owned()),
        }
    })
}

fn calling_codes(text: &str) -> Result<Vec<String>, String> {
    let codes = text
        .split(',')
        .map(|code| code.trim().trim_start_matches('+'));
    let is_code =
        |code: &str| (1..=7).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    codes
        .map(|code| is_code(code).then(|| code.to_owned()))
        .collect::<Option<Vec<String>>>()
        .ok_or_else(|| "not calling codes such as 49,43,1".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        variables: &[(&str, &str)],
        profile: Profile,
    ) -> (SmsConfig, Result<Vec<String>, String>) {
        let all = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut env = Env::of(all);
        let config = SmsConfig::from_env(&mut env, profile);
        (config, env.finish().map_err(|error| error.to_string()))
    }

    #[test]
    fn an_account_nobody_uses_is_told() {
        let account = ("TWILIO_ACCOUNT_SID", "AC1");
        let (_, outcome) = read(&[account], Profile::Production);
        let warnings = outcome.unwrap();
        assert!(matches!(&warnings[..], [one] if one.contains("SMS_PROVIDER")));
    }

    #[test]
    fn codes_are_printed_in_development_only() {
        let (config, _) = read(&[], Profile::Development);
        assert!(matches!(config.provider, SmsProvider::Console));
        let (config, outcome) = read(&[], Profile::Production);
        assert!(matches!(config.provider, SmsProvider::None) && outcome.is_ok());
        let (_, outcome) = read(&[("SMS_PROVIDER", "console")], Profile::Production);
        assert!(outcome.unwrap_err().starts_with("SMS_PROVIDER"));
    }

    #[test]
    fn an_account_is_whole_or_refused() {
        let whole = [
            ("SMS_PROVIDER", "twilio"),
            ("TWILIO_ACCOUNT_SID", "AC1"),
            ("TWILIO_AUTH_TOKEN", "t"),
            ("TWILIO_FROM", "+12125550100"),
        ];
        let (config, outcome) = read(&whole, Profile::Production);
        outcome.unwrap();
        let SmsProvider::Twilio(account) = config.provider else {
            panic!("not Twilio")
        };
        assert_eq!(account.base_url, "https://api.twilio.com");
        for without in 1..whole.len() {
            let mut some = whole.to_vec();
            let (name, _) = some.remove(without);
            let (_, outcome) = read(&some, Profile::Production);
            assert!(outcome.unwrap_err().contains(name), "{name}");
        }
        let sns = [
            ("SMS_PROVIDER", "sns"),
            ("AWS_ACCESS_KEY_ID", "AKID"),
            ("AWS_SECRET_ACCESS_KEY", "s"),
            ("AWS_REGION", "eu-central-1"),
        ];
        let (config, outcome) = read(&sns, Profile::Production);
        outcome.unwrap();
        let SmsProvider::Sns(account) = config.provider else {
            panic!("not SNS")
        };
        assert_eq!(account.host(), "sns.eu-central-1.amazonaws.com");
    }

    #[test]
    fn limits_are_read_strictly() {
        let some = [
            ("SMS_ALLOWED_COUNTRIES", "+49, 43,1"),
            ("SMS_HOURLY_LIMIT", "7"),
        ];
        let (config, outcome) = read(&some, Profile::Production);
        outcome.unwrap();
        assert_eq!(config.limits.countries, ["49", "43", "1"]);
        assert_eq!(config.limits.hourly, 7);
        for bad in ["DE", "49,,43", "+", "123456789"] {
            let (_, outcome) = read(&[("SMS_ALLOWED_COUNTRIES", bad)], Profile::Production);
            assert!(outcome.is_err(), "{bad}");
        }
    }
}
