use std::time::Duration;

use hellojohn_core::{input::Email, mail::MailSecurity};
use secrecy::SecretString;

use super::{
    Profile,
    env::Env,
    parse::{flag, number, span, word},
    settings::{
        SMTP_ALLOW_PRIVATE_HOSTS, SMTP_FROM, SMTP_FROM_NAME, SMTP_HOST, SMTP_PASS, SMTP_PORT,
        SMTP_TIMEOUT, SMTP_TLS, SMTP_USER,
    },
};
use crate::mailbox::Mailbox;

/// How mail leaves.
pub(crate) struct MailConfig {
    pub(crate) instance: InstanceMail,
    /// How long each step of handing a mail over may take.
    pub(crate) timeout: Duration,
    /// Which mail servers tenants may name.
    pub(crate) tenant_hosts: TenantHosts,
}

/// Where the instance's mail goes.
pub(crate) enum InstanceMail {
    /// To a mail server.
    Server(Box<SmtpSettings>),
    /// Into a mailbox for developers.
    Mailbox(Mailbox),
    /// Nowhere: it waits.
    Nobody,
}

/// The instance's mail server.
pub(crate) struct SmtpSettings {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: MailSecurity,
    pub(crate) username: Option<String>,
    pub(crate) password: Option<SecretString>,
    pub(crate) from: MailFrom,
}

/// From whom mails come, unless a tenant says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MailFrom {
    pub(crate) name: Option<String>,
    pub(crate) email: Email,
}

/// Which mail servers tenants may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TenantHosts {
    /// Those of the public Internet.
    Public,
    /// All, also those only this host can reach.
    All,
}

impl MailConfig {
    /// Reads the settings.
    pub(crate) fn from_env(env: &mut Env, profile: Profile) -> Self {
        let development = profile.development();
        let private = env.parsed(&SMTP_ALLOW_PRIVATE_HOSTS, development.is_some(), flag);
        let timeout = env.parsed(
            &SMTP_TIMEOUT,
            Duration::from_secs(10),
            span(Duration::from_secs(1)..=Duration::from_mins(1)),
        );
        let server = server(env).map(Box::new).map(InstanceMail::Server);
        Self {
            instance: match (server, development) {
                (Some(server), _) => server,
                (None, Some(development)) => InstanceMail::Mailbox(Mailbox::new(development)),
                (None, None) => InstanceMail::Nobody,
            },
            timeout,
            tenant_hosts: if private {
                TenantHosts::All
            } else {
                TenantHosts::Public
            },
        }
    }
}

/// All of it is read, so that all mistakes are told at once.
fn server(env: &mut Env) -> Option<SmtpSettings> {
    let security = env.parsed(
        &SMTP_TLS,
        MailSecurity::StartTls,
        word(&[
            ("starttls", MailSecurity::StartTls),
            ("tls", MailSecurity::Tls),
            ("none", MailSecurity::None),
            ("true", MailSecurity::StartTls),
            ("false", MailSecurity::None),
        ]),
    );
    let usual = match security {
        MailSecurity::Tls => 465,
        MailSecurity::StartTls | MailSecurity::None => 587,
    };
    let port = env.parsed(&SMTP_PORT, usual, number(1..=u16::MAX));
    let username = env.optional(&SMTP_USER).map(|found| found.value);
    let password = env.optional(&SMTP_PASS);
    let password = password.map(|found| SecretString::from(found.value));
    let name = env.parsed(&SMTP_FROM_NAME, None, |text| name(text).map(Some));
    let from = env.parsed(&SMTP_FROM, None, |text| from(text).map(Some));
    let Some(host) = env.optional(&SMTP_HOST) else {
        if username.is_some() || from.is_some() {
            env.warn("without SMTP_HOST the other settings of mail have no effect".to_owned());
        }
        return None;
    };
    let host = host.value.trim().to_owned();
    if username.is_some() != password.is_some() {
        env.refuse("HELLOJOHN_SMTP_USER", "SMTP_USER and SMTP_PASS go together");
    }
    let of_username = || {
        let email = Email::parse(username.as_deref()?).ok()?;
        Some(MailFrom { name: None, email })
    };
    let Some(from) = from.or_else(of_username) else {
        // One that cannot be read was told already.
        if env.optional(&SMTP_FROM).is_none() {
            let why = "needed with SMTP_HOST: the address mails come from";
            env.refuse("HELLOJOHN_SMTP_FROM", why);
        }
        return None;
    };
    Some(SmtpSettings {
        host,
        port,
        security,
        username,
        password,
        from: MailFrom {
            name: name.or(from.name),
            email: from.email,
        },
    })
}

/// `Name <address>`, or the address alone.
fn from(text: &str) -> Result<MailFrom, String> {
    let wrong =
        |_| "not an address such as no-reply@example.com or `Example <no-reply@example.com>`";
    let (of, address) = match text
        .trim()
        .strip_suffix('>')
        .map(|text| text.split_once('<'))
    {
        Some(Some((of, address))) => (of.trim().trim_matches('"').trim(), address),
        _ => ("", text.trim()),
    };
    Ok(MailFrom {
        name: match of {
            "" => None,
            of => Some(name(of)?),
        },
        email: Email::parse(address).map_err(wrong)?,
    })
}

fn name(text: &str) -> Result<String, String> {
    hellojohn_core::input::display_text("name", text)
        .map_err(|_| "not a name of one line and at most 200 characters".to_owned())
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<MailConfig, String> {
        let mut env = Env::of(variables.iter().map(|&(n, v)| (n.to_owned(), v)));
        let mail = MailConfig::from_env(&mut env, Profile::Production);
        env.finish()
            .map(|_| mail)
            .map_err(|error| error.to_string())
    }

    fn server(variables: &[(&str, &str)]) -> SmtpSettings {
        let all = [
            &[
                ("SMTP_HOST", "mail.example.com"),
                ("SMTP_FROM", "a@example.com"),
            ],
            variables,
        ];
        match read(&all.concat()).unwrap().instance {
            InstanceMail::Server(server) => *server,
            _ => panic!("a server"),
        }
    }

    #[test]
    fn without_a_host_mail_waits_in_production_and_is_kept_in_development() {
        assert!(matches!(read(&[]).unwrap().instance, InstanceMail::Nobody));
        let development = MailConfig::from_env(&mut Env::default(), Profile::Development);
        assert!(matches!(development.instance, InstanceMail::Mailbox(_)));
        assert_eq!(development.tenant_hosts, TenantHosts::All);
        assert_eq!(read(&[]).unwrap().tenant_hosts, TenantHosts::Public);
    }

    #[test]
    fn the_documented_spellings_are_understood() {
        let plain = server(&[]);
        assert_eq!((plain.port, plain.security), (587, MailSecurity::StartTls));
        for (words, security, port) in [
            ("tls", MailSecurity::Tls, 465),
            ("true", MailSecurity::StartTls, 587),
            ("false", MailSecurity::None, 587),
            ("none", MailSecurity::None, 587),
        ] {
            let server = server(&[("SMTP_TLS", words)]);
            assert_eq!((server.port, server.security), (port, security));
        }
        let with = server(&[
            ("SMTP_USER", "robot"),
            ("HELLOJOHN_SMTP_PASSWORD", "smtp secret"),
            ("HELLOJOHN_EMAIL_FROM_NAME", "Engines"),
        ]);
        assert_eq!(with.password.unwrap().expose_secret(), "smtp secret");
        assert_eq!(with.from.name.as_deref(), Some("Engines"));
        let from = |text| server(&[("HELLOJOHN_SMTP_FROM", text)]).from;
        let named = from("\"Example, Inc\" <No-Reply@example.com>");
        assert_eq!(named.name.as_deref(), Some("Example, Inc"));
        assert_eq!(named.email.as_str(), "no-reply@example.com");
        assert_eq!(from("<x@example.com>").name, None);
    }

    #[test]
    fn settings_of_no_server_are_told() {
        let mut env = Env::of([("SMTP_FROM".to_owned(), "a@example.com")]);
        MailConfig::from_env(&mut env, Profile::Production);
        let warnings = env.finish().unwrap();
        assert!(matches!(&warnings[..], [one] if one.contains("SMTP_HOST")));
    }

    #[test]
    fn what_cannot_work_is_told_and_never_repeated() {
        for (variables, variable) in [
            (&[("SMTP_HOST", "m")][..], "HELLOJOHN_SMTP_FROM"),
            (&[("SMTP_HOST", "m"), ("SMTP_FROM", "hunter2")], "SMTP_FROM"),
            (
                &[("SMTP_HOST", "m"), ("SMTP_FROM", "a@b.c\r\nBcc: d@e.f")],
                "SMTP_FROM",
            ),
            (
                &[
                    ("SMTP_HOST", "m"),
                    ("SMTP_FROM", "a@b.c"),
                    ("SMTP_USER", "hunter2"),
                ],
                "HELLOJOHN_SMTP_USER",
            ),
            (&[("SMTP_TLS", "hunter2")], "SMTP_TLS"),
            (&[("SMTP_PORT", "0")], "SMTP_PORT"),
        ] {
            let Err(error) = read(variables) else {
                panic!("{variables:?} was taken");
            };
            assert!(error.contains(&format!("{variable}: ")), "{error}");
            assert!(!error.contains("Also:"), "one mistake, told twice: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
