use secrecy::SecretString;

use super::deliver_messages::{sender, unreadable};
use crate::{
    Engine, Error,
    access::Caller,
    id::MessageId,
    input::Email,
    mail::{EmailConfig, EmailError},
    ports::mail::{OutgoingMail, SendError},
    store::Access,
    trail::Entry,
};

impl Engine {
    /// Sends a mail at once through the configured server, and says in its words why it refused.
    ///
    /// The only mail that is sent while somebody waits: whoever asks is the tenant's own server
    /// and learns nothing about accounts (R014).
    pub async fn test_email(&self, caller: &Caller, to: &str) -> Result<(), Error> {
        caller.require("email:write")?;
        let to = Email::parse(to)?;
        let tenant = caller.tenant_id();
        let mut unit = self.store().begin(tenant, Access::Read).await?;
        let config = unit.email_config().await?;
        let config = config.unwrap_or(EmailConfig::of_instance());
        drop(unit);
        let route = self.mail_route(tenant, &config)?;
        let id = MessageId::new(self.now(), self.random());
        let text = "This is a test. If you can read it, mail works.\n";
        let mail = OutgoingMail {
            message_id: self.message_id(&id),
            template: None,
            to,
            from: sender(&config),
            reply_to: config.reply_to,
            subject: "Test mail".to_owned(),
            text: SecretString::from(text),
            html: None,
            link: None,
            code: None,
        };
        let sent = match &self.inner().ports.mailer {
            Some(mailer) => mailer.send(&mail, &route).await,
            None => Err(SendError::NotConfigured),
        };
        let refused = sent.err().map(|error| unreadable(&error.to_string()));
        let entry = match &refused {
            None => Entry::new("email_config.tested"),
            Some(why) => Entry::refused("email_config.tested", why),
        };
        let mut unit = self.store().begin(tenant, Access::Write).await?;
        self.record(&mut *unit, caller, entry.on("tenant", tenant))
            .await?;
        unit.commit().await?;
        match refused {
            None => Ok(()),
            Some(why) => Err(EmailError::DeliveryFailed(why).into()),
        }
    }
}
