//! Every setting, in one list: what `serve --help` prints, and what counts as known.

use std::fmt::Write as _;

/// One setting and its names.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The short name; with `HELLOJOHN_` in front it is the preferred one.
    pub(crate) name: &'static str,
    /// Further names, whole.
    pub(crate) aliases: &'static [&'static str],
    /// The default, for people.
    pub(crate) default: &'static str,
    /// What it does, for people.
    pub(crate) about: &'static str,
}

impl Setting {
    /// The preferred name of the variable.
    pub(crate) fn variable(&self) -> String {
        format!("HELLOJOHN_{}", self.name)
    }

    /// Every name it is looked for under, in order.
    pub(crate) fn variables(&self) -> impl Iterator<Item = String> {
        let own = [self.variable(), self.name.to_owned()];
        own.into_iter()
            .chain(self.aliases.iter().map(|&alias| alias.to_owned()))
    }
}

macro_rules! settings {
    ($($constant:ident $([$($alias:literal),+])? = $default:literal, $about:literal;)*) => {
        $(pub(crate) const $constant: Setting = Setting {
            name: stringify!($constant),
            aliases: &[$($($alias),+)?],
            default: $default,
            about: $about,
        };)*

        /// All of them, in the order they are documented.
        pub(crate) const SETTINGS: &[&Setting] = &[$(&$constant),*];
    };
}

/// Every name of every setting.
pub(crate) fn variables() -> impl Iterator<Item = String> {
    SETTINGS.iter().flat_map(|setting| setting.variables())
}

settings! {
    ENV = "production", "`development` is the same as `--dev`";
    DATA_DIR = "hellojohn-data", "development: the folder of the database and the keys";

    DATABASE_URL = "required", "postgres://…, postgresql://… or sqlite://…";
    DATABASE_MAX_CONNECTIONS ["HELLOJOHN_DB_MAX_CONNECTIONS"] = "20", "most connections to the database";
    DATABASE_IDLE_CONNECTIONS = "5", "connections kept open when nothing happens";
    DATABASE_CONNECT_TIMEOUT = "10s", "how long to wait for the database at start";
    DATABASE_STATEMENT_TIMEOUT = "5s", "how long one statement may take";
    DATABASE_SSL_MODE = "prefer", "PostgreSQL: disable, prefer, require, verify-ca or verify-full, unless the URL says `sslmode`";
    RUN_MIGRATIONS_ON_START = "true", "apply pending migrations before serving; otherwise wait, unready, until somebody did";
    MIGRATION_TIMEOUT = "5m", "how long each migration may take";

    BACKUP_DIR = "backups", "where `hj backup` keeps backups; `hj doctor` looks how old the newest is";

    JWT_SIGNING_KEY ["JWT_PRIVATE_KEY_PATH", "HELLOJOHN_JWT_PRIVATE_KEY_PATH", "JWT_SECRET"] = "required", "Ed25519 private key: PKCS#8 PEM text, or the path of such a file";
    JWT_ALGORITHM = "EdDSA", "only EdDSA";
    ENCRYPTION_KEY = "required", "at least 32 random characters; seals private keys in the database";
    ENCRYPTION_KEY_PREVIOUS = "none", "still opens what was sealed before the last change of key";

    APP_URL = "required", "the public base URL, https, without a trailing slash: the `iss` of every token";
    HOST = "0.0.0.0; development 127.0.0.1", "the address to listen on";
    PORT = "3000", "the port to listen on; 0 takes a free one";
    TRUST_PROXY = "false", "true: believe X-Forwarded-For of one proxy";
    TRUST_PROXY_HOPS = "0", "how many proxies to believe";
    ALLOWED_ORIGINS ["CORS_ALLOWED_ORIGINS"] = "none", "origins whose browser pages may call every tenant, separated by commas";
    MAX_CLIENT_CONNECTIONS = "80 % of the open-files limit", "connections served at once; more are answered 503";
    DRAIN_DELAY = "5s; development 0s", "on SIGTERM: how long to be unready and still accept, so that balancers notice";
    SHUTDOWN_GRACE = "30s", "on SIGTERM: how long requests under way may take to finish";

    REDIS_URL = "none", "redis://user:password@host:6379/0, or rediss:// for TLS: where instances count requests together";
    RATE_LIMIT_ENABLED = "true", "false: count no requests";
    RATE_LIMIT_INSTANCES = "2", "how many instances there are: without Redis each lets this part of a budget through";
    RATE_LIMIT_LOGIN_MAX = "10", "password checks from one address, in the time below";
    RATE_LIMIT_LOGIN_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_LOGIN_TENANT_MAX = "1000", "password checks in one tenant, in the time below";
    RATE_LIMIT_LOGIN_TENANT_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_SIGNUP_MAX = "5", "sign-ups from one address, in the time below";
    RATE_LIMIT_SIGNUP_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_MAGIC_LINK_MAX = "5", "magic links and verification mails asked for from one address, and for one e-mail address, in the time below";
    RATE_LIMIT_MAGIC_LINK_WINDOW = "10m", "the time for these, 1s to 24h";
    RATE_LIMIT_PASSWORD_FORGOT_MAX = "5", "reset mails for one e-mail address, in the time below";
    RATE_LIMIT_PASSWORD_FORGOT_WINDOW = "10m", "the time for these, 1s to 24h";
    RATE_LIMIT_PASSWORD_FORGOT_IP_MAX = "20", "reset mails asked for from one address, in the time below";
    RATE_LIMIT_PASSWORD_FORGOT_IP_WINDOW = "1h", "the time for these, 1s to 24h";
    RATE_LIMIT_LINK_MAX = "30", "tokens of mails shown from one address, in the time below";
    RATE_LIMIT_LINK_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_MFA_MAX = "30", "codes asked for and shown from one address, in the time below";
    RATE_LIMIT_MFA_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_MFA_CHALLENGE_MAX = "5", "codes sent to one user, in the time below";
    RATE_LIMIT_MFA_CHALLENGE_WINDOW = "10m", "the time for these, 1s to 24h";
    RATE_LIMIT_PASSKEY_MAX = "30", "passkey steps from one address, in the time below";
    RATE_LIMIT_PASSKEY_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_REFRESH_MAX = "60", "refreshes of one session, in the time below";
    RATE_LIMIT_REFRESH_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_CALLBACK_MAX = "30", "returns from other identity providers from one address, in the time below";
    RATE_LIMIT_CALLBACK_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_READ_MAX = "1000", "reading requests of one secret key or user, in the time below";
    RATE_LIMIT_READ_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_WRITE_MAX = "500", "writing requests of one secret key or user, in the time below";
    RATE_LIMIT_WRITE_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_BULK_MAX = "50", "bulk requests of one secret key, in the time below";
    RATE_LIMIT_BULK_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_EMAIL_TEST_MAX = "5", "test mails of one secret key, in the time below";
    RATE_LIMIT_EMAIL_TEST_WINDOW = "1h", "the time for these, 1s to 24h";
    RATE_LIMIT_TEMPLATE_PREVIEW_MAX = "30", "previews of mails of one secret key, in the time below";
    RATE_LIMIT_TEMPLATE_PREVIEW_WINDOW = "1m", "the time for these, 1s to 24h";
    RATE_LIMIT_GLOBAL_MAX = "300", "everything else from one address, in the time below";
    RATE_LIMIT_GLOBAL_WINDOW = "1m", "the time for these, 1s to 24h";

    ACCESS_TOKEN_TTL = "15m", "life of an access token, 1m to 24h; tenants may differ";
    REFRESH_TOKEN_TTL = "30d", "life of a session from sign-in, 1m to 2y; tenants may differ";
    REFRESH_TOKEN_ROTATION = "true", "only true: every use of a refresh token replaces it";
    EMAIL_VERIFICATION_TTL = "48h", "how long a mailed link proves an address, 1m to 7d";
    MAGIC_LINK_TTL ["EMAIL_MAGIC_LINK_TTL", "HELLOJOHN_EMAIL_MAGIC_LINK_TTL"] = "15m", "how long a mailed link signs in, 1m to 15m";
    REFRESH_GRACE = "10s", "how long a repeated refresh gets the same answer, 0s to 60s";
    JWKS_MAX_AGE = "10m; development 0s", "how long verifiers may cache the JWKS: a new key is published this long before it signs, 0s to 24h";

    WEBAUTHN_RP_ID = "the host of APP_URL", "the domain passkeys are bound to; changing it makes every passkey worthless";
    WEBAUTHN_RP_NAME = "that domain", "the name authenticators show";
    WEBAUTHN_ORIGINS = "the origin of APP_URL", "origins whose pages may use passkeys, separated by commas; they lie under WEBAUTHN_RP_ID";

    PASSWORD_MIN_LENGTH = "8", "least number of characters";
    PASSWORD_MAX_LENGTH = "128", "greatest number of characters, 64 to 1024";
    PASSWORD_REQUIRE_UPPERCASE = "false", "ask for an upper-case letter";
    PASSWORD_REQUIRE_LOWERCASE = "false", "ask for a lower-case letter";
    PASSWORD_REQUIRE_NUMBER = "false", "ask for a digit";
    PASSWORD_REQUIRE_SYMBOL = "false", "ask for something else";
    PASSWORD_BREACH_CHECK = "true", "refuse passwords of known breaches; with false, only for the tenants that ask for it";
    PASSWORD_BREACH_CHECK_THRESHOLD = "1", "in how many breaches a password must have been seen to be refused";
    PASSWORD_HISTORY_COUNT = "0", "how many former passwords may not come back";
    PASSWORD_ZXCVBN_MIN_SCORE = "0", "least zxcvbn score, 0 to 4; needs a build with the feature `strength`";
    PASSWORD_EXPIRY_DAYS = "0", "only 0: passwords do not expire";
    BREACH_URL = "https://api.pwnedpasswords.com/range/", "the list of breached passwords, or a mirror of it; `off` never asks, for hosts without a way out";
    ARGON2_MEMORY_KIB = "65536", "memory of one password hash";
    ARGON2_ITERATIONS = "3", "passes over that memory";
    ARGON2_PARALLELISM = "4", "lanes";
    ARGON2_THREADS = "one per core", "hashes computed at once";
    ARGON2_QUEUE = "64", "hashes that may wait; more are answered 503";

    SMTP_HOST = "none; development keeps mail and shows it at /dev/mailbox", "the mail server; without one messages wait";
    SMTP_PORT = "587; with SMTP_TLS=tls 465", "its port";
    SMTP_TLS = "starttls", "starttls, tls or none; true is starttls, false is none";
    SMTP_USER = "none", "whom to sign in to it as";
    SMTP_PASS ["SMTP_PASSWORD", "HELLOJOHN_SMTP_PASSWORD"] = "none", "the password";
    SMTP_FROM ["HELLOJOHN_EMAIL_FROM"] = "SMTP_USER, if that is an address", "from whom mails come: an address, or a name and the address in angle brackets";
    SMTP_FROM_NAME ["HELLOJOHN_EMAIL_FROM_NAME"] = "the name in SMTP_FROM", "the name mails come from";
    SMTP_TIMEOUT = "10s", "how long each step of handing a mail over may take, 1s to 1m";
    SMTP_ALLOW_PRIVATE_HOSTS = "false; development true", "tenants may name mail servers that only this host can reach";
    MFA_REQUIRED = "false", "every user of every tenant must have a second factor";
    MFA_OPTIONAL = "true", "false says the same as MFA_REQUIRED=true";

    SMS_PROVIDER = "none; development console", "who hands text messages over: twilio, sns, none, or in development console, which prints them";
    SMS_ALLOWED_COUNTRIES = "all", "calling codes text messages may go to, separated by commas, such as 49,43";
    SMS_HOURLY_LIMIT = "100", "most text messages of one tenant within an hour, 0 to 1000000";
    TWILIO_ACCOUNT_SID = "required for twilio", "the account";
    TWILIO_AUTH_TOKEN = "required for twilio", "its secret";
    TWILIO_FROM = "required for twilio", "the number messages come from, or the id of a messaging service (MG…)";
    TWILIO_BASE_URL = "https://api.twilio.com", "another server that speaks Twilio's protocol, without a slash at its end";
    AWS_ACCESS_KEY_ID = "required for sns", "the key";
    AWS_SECRET_ACCESS_KEY = "required for sns", "its secret";
    AWS_SESSION_TOKEN = "none", "the session token, for temporary keys";
    AWS_REGION = "required for sns", "the region, such as eu-central-1";
    AWS_SNS_BASE_URL = "https://sns.{AWS_REGION}.amazonaws.com", "another server that speaks the protocol of SNS, without a slash at its end";
    ACCOUNT_LOCKOUT_ENABLED = "true", "count failed attempts and lock accounts; false only where something in front does it";
    ACCOUNT_LOCKOUT_SOFT_THRESHOLD = "5", "failures after which a captcha is asked for, or a growing wait without a provider; 1 to 100";
    ACCOUNT_LOCKOUT_SOFT_WINDOW = "5m", "in which time, 1s to 24h";
    ACCOUNT_LOCKOUT_HARD_THRESHOLD = "10", "failures after which only the link of a mail unlocks";
    ACCOUNT_LOCKOUT_HARD_WINDOW = "10m", "in which time";
    ACCOUNT_LOCKOUT_DISABLE_THRESHOLD = "20", "failures after which only an administrator unlocks";
    ACCOUNT_LOCKOUT_DISABLE_WINDOW = "1h", "in which time";

    CAPTCHA_PROVIDER = "none", "turnstile, hcaptcha, recaptcha or custom";
    CAPTCHA_SITE_KEY = "none", "the provider's public key of this site";
    CAPTCHA_SECRET_KEY = "none", "the provider's secret key of this site";
    CAPTCHA_VERIFY_URL = "the provider's", "where tokens are checked; needed for custom";
    CAPTCHA_REQUIRED_FOR = "none", "sign_in, sign_up, magic_link, password_forgot, separated by commas; tenants may ask for more";

    METRICS_ENABLED = "true", "serve /metrics";
    METRICS_TOKEN = "none", "the bearer token for /metrics, at least 16 characters; without one only direct connections from private networks are answered";

    LOG_LEVEL = "info", "trace, debug, info, warn or error";
    LOG_FORMAT = "json; development text", "json or text";
}

/// The settings as a text for people.
pub(crate) fn help() -> String {
    let mut text = String::from(
        "Settings come from the environment. Each is also read without `HELLOJOHN_`,\n\
         and from the file that the same name with `_FILE` at its end gives.\n\n",
    );
    for setting in SETTINGS {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "  {}\n          {} [default: {}]",
            setting.variable(),
            setting.about,
            setting.default
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_name_means_two_things() {
        let mut seen = HashSet::new();
        for name in SETTINGS.iter().flat_map(|setting| setting.variables()) {
            assert!(seen.insert(name.clone()), "{name}");
        }
    }
}
