use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::{
    Engine, Error,
    input::Email,
    mail::{
        Channel, CustomTemplate, DEFAULT_LOCALE, EmailConfig, MailProvider, Message, RenderedMail,
        SmtpServer, TemplateText, complete, is_beyond, pause_after, render, render_sms,
    },
    ports::{
        mail::{MailRoute, OutgoingMail, SendError, Sender},
        sms::SmsError,
    },
    seal::places::{EMAIL_CONFIGS, MESSAGES},
    store::{Access, MessageClaim, QueuedMessage, SendOutcome, Settled},
    time::Timestamp,
};

/// What became of messages that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Handed over.
    pub sent: u64,
    /// Failed, and tried again later.
    pub retried: u64,
    /// Waiting on, because there is no server to hand them to.
    pub unsent: u64,
    /// Given up.
    pub dead: u64,
}

impl Delivered {
    /// Whether nothing was due.
    pub const fn is_idle(&self) -> bool {
        self.sent + self.retried + self.unsent + self.dead == 0
    }
}

/// How long a message waits for somebody to configure a server before it is looked at again.
const UNSENT: Duration = Duration::from_mins(1);

impl Engine {
    /// Sends messages that are due, one after the other, at most `limit` (R014).
    ///
    /// Any number of workers of any number of instances may do this at once: each message is in
    /// one hand at a time. A message whose worker died is tried again once
    /// [`mail_lease`](crate::settings::Settings::mail_lease) is over.
    pub async fn deliver_messages(&self, limit: u32) -> Result<Delivered, Error> {
        let mut delivered = Delivered::default();
        for _ in 0..limit {
            let Some((queued, claimed_until)) = self.claim().await? else {
                break;
            };
            let outcome = match self.hand_over(&queued).await? {
                Ok(()) => SendOutcome::Sent(self.now()),
                Err(error) => self.after(error, queued.message.attempts),
            };
            let settled = Settled {
                id: queued.message.id,
                claimed_until,
                outcome,
            };
            let mut unit = self.store().begin(queued.tenant, Access::Write).await?;
            let held = unit.settle_message(&settled).await?;
            unit.commit().await?;
            self.tell(&queued, &settled.outcome, held);
            match settled.outcome {
                SendOutcome::Sent(_) => delivered.sent += 1,
                SendOutcome::Retry { .. } => delivered.retried += 1,
                SendOutcome::Unsent { .. } => delivered.unsent += 1,
                SendOutcome::Dead { .. } => delivered.dead += 1,
            }
        }
        Ok(delivered)
    }

    async fn claim(&self) -> Result<Option<(QueuedMessage, Timestamp)>, Error> {
        let now = self.now();
        let mut unit = self.store().begin_control(Access::Read).await?;
        // Looking first spares a database that has one writer at a time a writer each second.
        if !unit.is_message_due(now).await? {
            return Ok(None);
        }
        drop(unit);
        let claim = MessageClaim {
            now,
            until: now + self.settings().mail_lease,
        };
        let mut unit = self.store().begin_control(Access::Write).await?;
        let full = self.inner().in_flight.full();
        let queued = unit.claim_message(claim, &full).await?;
        unit.commit().await?;
        Ok(queued.map(|queued| (queued, claim.until)))
    }

    /// Sends one message; the outer error is the database's.
    async fn hand_over(&self, queued: &QueuedMessage) -> Result<Result<(), SendError>, Error> {
        let message = &queued.message;
        if is_beyond(message.attempts) {
            return Ok(Err(permanent("every attempt ended without an answer")));
        }
        let variables = match self.variables_of(message) {
            Ok(variables) => variables,
            Err(error) => return Ok(Err(error)),
        };
        if has_expired(message, &variables, self.now()) {
            let why = "what it says had expired before it could be sent";
            return Ok(Err(permanent(why)));
        }
        match message.channel {
            Channel::Sms => Ok(self.text(message, variables).await),
            Channel::Email => self.mail(queued, variables).await,
        }
    }

    fn variables_of(&self, message: &Message) -> Result<Map<String, Value>, SendError> {
        let Some(sealed) = message.sealed.as_deref() else {
            return Err(permanent("what it says is gone"));
        };
        let name = message.id.to_string();
        // Another instance may have the key that this one was not given yet.
        let plain = self
            .inner()
            .sealer
            .open(MESSAGES.place(&name), sealed)
            .map_err(|error| SendError::Temporary(error.to_string()))?;
        match serde_json::from_slice(&plain) {
            Ok(Value::Object(variables)) => Ok(variables),
            _ => Err(permanent("what it says is not readable")),
        }
    }

    async fn text(&self, message: &Message, all: Map<String, Value>) -> Result<(), SendError> {
        let Some(sender) = self.inner().ports.sms.as_deref() else {
            return Err(SendError::NotConfigured);
        };
        let text = render_sms(&complete(all)).map_err(|fault| permanent(&fault.to_string()))?;
        let text = SecretString::from(text);
        let sent = sender.send(&message.recipient, &text).await;
        sent.map_err(|error| match error {
            SmsError::Temporary(why) => SendError::Temporary(why),
            SmsError::Permanent(why) => SendError::Permanent(why),
        })
    }

    async fn mail(
        &self,
        queued: &QueuedMessage,
        variables: Map<String, Value>,
    ) -> Result<Result<(), SendError>, Error> {
        let message = &queued.message;
        let Some(mailer) = self.inner().ports.mailer.clone() else {
            return Ok(Err(SendError::NotConfigured));
        };
        let Ok(to) = Email::parse(&message.recipient) else {
            return Ok(Err(permanent("the recipient is not an address")));
        };
        let mut unit = self.store().begin(queued.tenant, Access::Read).await?;
        let config = unit.email_config().await?;
        let config = config.unwrap_or(EmailConfig::of_instance());
        let own = unit.email_template(message.template).await?;
        drop(unit);
        let secret = |name: &str| {
            let value = variables.get(name).and_then(Value::as_str);
            value.map(|text| SecretString::from(text.to_owned()))
        };
        let (link, code) = (secret("link"), secret("code"));
        let rendered = match rendered(queued, &own, variables) {
            Ok(rendered) => rendered,
            Err(error) => return Ok(Err(error)),
        };
        let route = match self.mail_route(queued.tenant, &config) {
            Ok(route) => route,
            Err(error) => return Ok(Err(SendError::Temporary(error.to_string()))),
        };
        let mail = OutgoingMail {
            message_id: self.message_id(&message.id),
            template: Some(message.template),
            to,
            from: sender(&config),
            reply_to: config.reply_to,
            subject: rendered.subject,
            text: rendered.text.into(),
            html: rendered.html.map(SecretString::from),
            link,
            code,
        };
        let _held = match &route {
            MailRoute::Tenant(server) => Some(self.inner().in_flight.enter(server.tenant)),
            MailRoute::Instance => None,
        };
        Ok(mailer.send(&mail, &route).await)
    }

    /// Through whose server a tenant's mail goes.
    pub(super) fn mail_route(
        &self,
        tenant: crate::id::TenantId,
        config: &EmailConfig,
    ) -> Result<MailRoute, crate::seal::SealError> {
        let (MailProvider::Smtp, Some(server)) = (config.provider, &config.server) else {
            return Ok(MailRoute::Instance);
        };
        let name = tenant.to_string();
        let open = |sealed: &String| {
            let plain = self
                .inner()
                .sealer
                .open(EMAIL_CONFIGS.place(&name), sealed)?;
            Ok(SecretString::from(
                String::from_utf8_lossy(&plain).into_owned(),
            ))
        };
        Ok(MailRoute::Tenant(SmtpServer {
            tenant,
            updated_at: config.updated_at,
            host: server.host.clone(),
            port: server.port,
            security: server.security,
            username: server.username.clone(),
            password: server.sealed.as_ref().map(open).transpose()?,
        }))
    }

    /// Named after this server, not after whoever asked for the mail.
    pub(super) fn message_id(&self, id: &dyn std::fmt::Display) -> String {
        let issuer = self.settings().issuer.as_str();
        let rest = issuer.split_once("://").map_or(issuer, |(_, rest)| rest);
        let host = rest.split(['/', ':']).next().unwrap_or_default();
        let shaped = host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b));
        let host = if shaped && !host.is_empty() {
            host
        } else {
            "localhost"
        };
        format!("<{id}@{host}>")
    }

    fn after(&self, error: SendError, attempts: u32) -> SendOutcome {
        let now = self.now();
        match error {
            SendError::NotConfigured => SendOutcome::Unsent {
                at: now + UNSENT,
                error: error.to_string(),
            },
            SendError::Permanent(why) => SendOutcome::Dead {
                error: unreadable(&why),
            },
            SendError::Temporary(why) => {
                let [chance] = self.random();
                let error = unreadable(&why);
                match pause_after(attempts, chance) {
                    Some(pause) => SendOutcome::Retry {
                        at: now + pause,
                        error,
                    },
                    None => SendOutcome::Dead { error },
                }
            }
        }
    }

    /// Counts what became of a message, and logs what somebody may have to look at.
    fn tell(&self, queued: &QueuedMessage, outcome: &SendOutcome, held: bool) {
        let message = &queued.message;
        let (channel, template) = (message.channel.as_str(), message.template.as_str());
        self.meters().message(message.channel, outcome);
        match outcome {
            SendOutcome::Dead { error } => tracing::warn!(
                message.id = %message.id, tenant.id = %queued.tenant, message.channel = channel,
                message.template = template, error, "a message was given up"
            ),
            SendOutcome::Retry { error, .. } => tracing::info!(
                message.id = %message.id, tenant.id = %queued.tenant, message.channel = channel,
                message.template = template, error, "a message was not sent; it is tried again"
            ),
            SendOutcome::Sent(_) | SendOutcome::Unsent { .. } => {}
        }
        if !held {
            tracing::warn!(
                message.id = %message.id, tenant.id = %queued.tenant,
                "a message took longer than its worker had; it may be sent twice"
            );
        }
    }
}

fn permanent(why: &str) -> SendError {
    SendError::Permanent(why.to_owned())
}

/// A link that no longer works is not worth a mail.
fn has_expired(message: &Message, variables: &Map<String, Value>, now: Timestamp) -> bool {
    let life = variables.get("expires_in_seconds").and_then(Value::as_u64);
    life.is_some_and(|life| message.created_at + Duration::from_secs(life) <= now)
}

/// The name and address a tenant's mail comes from.
pub(super) fn sender(config: &EmailConfig) -> Sender {
    Sender {
        name: config.from_name.clone(),
        email: match config.provider {
            MailProvider::Smtp => config.from_email.clone(),
            MailProvider::Instance => None,
        },
    }
}

/// A tenant's template that does not render never loses a mail: the built-in one goes out.
fn rendered(
    queued: &QueuedMessage,
    own: &[CustomTemplate],
    mut variables: Map<String, Value>,
) -> Result<RenderedMail, SendError> {
    let locale = variables.remove("locale");
    let locale = locale.as_ref().and_then(Value::as_str).unwrap_or_default();
    let variables = complete(variables);
    if let Some(own) = choose(own, locale) {
        match render(&own.text, &variables) {
            Ok(mail) => return Ok(mail),
            Err(fault) => tracing::warn!(
                tenant.id = %queued.tenant, message.template = own.template.as_str(),
                message.locale = own.locale, error = %fault,
                "a template does not render; the built-in one is used"
            ),
        }
    }
    let built_in = TemplateText::built_in(queued.message.template);
    render(&built_in, &variables).map_err(|fault| permanent(&fault.to_string()))
}

/// The one for the language and country, else for the language, else for everybody.
fn choose<'a>(own: &'a [CustomTemplate], locale: &str) -> Option<&'a CustomTemplate> {
    let language = locale.split('-').next().unwrap_or_default();
    [locale, language, DEFAULT_LOCALE]
        .into_iter()
        .find_map(|wanted| {
            own.iter()
                .find(|own| own.locale.eq_ignore_ascii_case(wanted))
        })
}

/// What a server answers repeats addresses, and may repeat what it was sent.
pub(super) fn unreadable(why: &str) -> String {
    let words = why.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            word if word.contains("://") => "<link>",
            word if word.contains('@') => "<address>",
            word => word,
        })
        .collect();
    words.join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Template;

    #[test]
    fn an_error_that_is_kept_names_nobody() {
        assert_eq!(
            unreadable("550 5.1.1 <ada@example.com>: no such user,\r\nsee https://x.example/?t=1"),
            "550 5.1.1 <address> no such user, see <link>"
        );
        assert_eq!(unreadable(&"a".repeat(1_000)).len(), 300);
    }

    #[test]
    fn the_nearest_language_is_chosen() {
        let own = |locale: &str| CustomTemplate {
            template: Template::Welcome,
            locale: locale.to_owned(),
            text: TemplateText::built_in(Template::Welcome),
            updated_at: Timestamp::from_seconds(0),
        };
        let all = [own("default"), own("de"), own("de-at")];
        let chosen = |all: &[CustomTemplate], locale| choose(all, locale).map(|t| t.locale.clone());
        assert_eq!(chosen(&all, "de-AT").as_deref(), Some("de-at"));
        assert_eq!(chosen(&all, "de-CH").as_deref(), Some("de"));
        assert_eq!(chosen(&all, "fr").as_deref(), Some("default"));
        assert_eq!(chosen(&all, "").as_deref(), Some("default"));
        assert_eq!(chosen(&[own("de")], "fr"), None);
    }
}
