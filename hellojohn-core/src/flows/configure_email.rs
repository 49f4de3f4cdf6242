use std::net::IpAddr;

use secrecy::{ExposeSecret, SecretString};

use crate::{
    Engine, Error,
    access::Caller,
    input::{Email, InputError, display_text},
    mail::{EmailConfig, MailProvider, MailSecurity, StoredServer},
    seal::places::EMAIL_CONFIGS,
    store::Access,
    trail::Entry,
};

/// How a tenant wants to send mail.
#[derive(Clone, Debug)]
pub struct ConfigureEmail {
    /// Whose server.
    pub provider: MailProvider,
    /// The name mails come from.
    pub from_name: Option<String>,
    /// The address mails come from; with the instance's server that is the instance's.
    pub from_email: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// Its own server.
    pub server: Option<NewSmtpServer>,
}

/// A mail server of a tenant's own.
#[derive(Clone, Debug)]
pub struct NewSmtpServer {
    /// Name or address.
    pub host: String,
    /// The port; 465 with TLS from the first byte and 587 otherwise, if it is left out.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// Whom to sign in as.
    pub username: Option<String>,
    /// The password; left out, the present one stays, if it goes to the same place.
    pub password: Option<SecretString>,
}

impl Engine {
    /// How the caller's tenant sends mail; the password is not part of it.
    pub async fn email_config(&self, caller: &Caller) -> Result<EmailConfig, Error> {
        caller.require("email:read")?;
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let config = unit.email_config().await?;
        Ok(config.unwrap_or(EmailConfig::of_instance()))
    }

    /// Replaces how the caller's tenant sends mail; holds from the next mail on.
    pub async fn configure_email(
        &self,
        caller: &Caller,
        new: ConfigureEmail,
    ) -> Result<EmailConfig, Error> {
        caller.require("email:write")?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let present = unit.email_config().await?.and_then(|config| config.server);
        let from_name = new.from_name.as_deref();
        let mut config = EmailConfig {
            provider: new.provider,
            from_name: from_name
                .map(|name| display_text("from_name", name))
                .transpose()
                .map_err(|error| InputError::Fields(vec![error]))?,
            from_email: address("from_email", new.from_email.as_deref())?,
            reply_to: address("reply_to", new.reply_to.as_deref())?,
            server: None,
            updated_at: Some(self.now()),
        };
        match (new.provider, new.server) {
            (MailProvider::Instance, None) if config.from_email.is_some() => {
                // On the instance's server one tenant could write as another.
                return Err(invalid("from_email", "not_allowed"));
            }
            (MailProvider::Instance, None) => {}
            (MailProvider::Instance, Some(_)) => return Err(invalid("smtp", "not_allowed")),
            (MailProvider::Smtp, None) => return Err(invalid("smtp", "required")),
            (MailProvider::Smtp, Some(server)) => {
                let server = self.sealed(caller, server, present)?;
                if config.from_email.is_none() {
                    config.from_email = server
                        .username
                        .as_deref()
                        .and_then(|name| Email::parse(name).ok());
                }
                if config.from_email.is_none() {
                    return Err(invalid("from_email", "required"));
                }
                config.server = Some(server);
            }
        }
        unit.put_email_config(&config).await?;
        let entry = Entry::new("email_config.updated")
            .on("tenant", caller.tenant_id())
            .with("provider", config.provider.as_str())
            .with(
                "host",
                config.server.as_ref().map(|server| server.host.clone()),
            );
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        Ok(config)
    }

    fn sealed(
        &self,
        caller: &Caller,
        new: NewSmtpServer,
        present: Option<StoredServer>,
    ) -> Result<StoredServer, Error> {
        let mut server = StoredServer {
            host: host(&new.host)?,
            port: new.port.unwrap_or(match new.security {
                MailSecurity::Tls => 465,
                MailSecurity::StartTls | MailSecurity::None => 587,
            }),
            security: new.security,
            username: new.username,
            sealed: None,
        };
        if server.port == 0 {
            return Err(invalid("smtp.port", "out_of_range"));
        }
        let plain = |text: &str, longest| {
            !text.is_empty() && text.len() <= longest && !text.chars().any(char::is_control)
        };
        if server
            .username
            .as_deref()
            .is_some_and(|name| !plain(name, 320))
        {
            return Err(invalid("smtp.username", "invalid_format"));
        }
        if let Some(password) = &new.password {
            let password = password.expose_secret();
            if server.username.is_none() {
                return Err(invalid("smtp.username", "required"));
            }
            if !plain(password, 1_024) {
                return Err(invalid("smtp.password", "invalid_format"));
            }
            let name = caller.tenant_id().to_string();
            let inner = self.inner();
            let place = EMAIL_CONFIGS.place(&name);
            let sealed = inner
                .sealer
                .seal(place, password.as_bytes(), &*inner.ports.random)?;
            server.sealed = Some(sealed);
        } else if server.username.is_some() {
            let kept = present.filter(|present| server.may_keep_password_of(present));
            server.sealed = kept.and_then(|present| present.sealed);
            if server.sealed.is_none() {
                return Err(invalid("smtp.password", "required"));
            }
        }
        Ok(server)
    }
}

fn invalid(field: &str, code: &'static str) -> Error {
    InputError::field(field, code).into()
}

fn address(field: &'static str, text: Option<&str>) -> Result<Option<Email>, Error> {
    text.map(Email::parse)
        .transpose()
        .map_err(|_| invalid(field, "invalid_format"))
}

/// A name, with or without a domain, or an address.
fn host(text: &str) -> Result<String, Error> {
    let text = text.trim().to_ascii_lowercase();
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let name = text.len() <= 253 && text.split('.').all(label);
    if name || text.parse::<IpAddr>().is_ok() {
        Ok(text)
    } else {
        Err(invalid("smtp.host", "invalid_format"))
    }
}
