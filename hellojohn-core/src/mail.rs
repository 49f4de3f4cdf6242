//! What users are told: messages that flows queue in their own transaction and a worker sends
//! after commit (R014).

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use crate::{
    Engine, Error,
    access::Caller,
    id::{MessageId, UserId},
    input::Email,
    seal::places::MESSAGES,
    store::UnitOfWork,
    time::Timestamp,
    user::User,
};

mod builtin;
mod config;
mod content;
mod error;
mod in_flight;
mod render;
mod retry;

pub use config::{EmailConfig, MailProvider, MailSecurity, SmtpServer, StoredServer};
pub use content::{CustomTemplate, DEFAULT_LOCALE, TemplateText};
pub use error::EmailError;
pub(crate) use in_flight::InFlight;
pub use render::{RenderedMail, TemplateFault};
pub(crate) use render::{complete, render, render_sms, samples};
pub(crate) use retry::{is_beyond, pause_after};

macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// What a message is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Template { $($(#[$doc])* $name),* }

        impl Template {
            /// Every template.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in the API and the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

templates! {
    /// A link that proves the mailbox.
    VerifyEmail = "verify_email";
    /// A link that signs in.
    MagicLink = "magic_link";
    /// A link that sets a new password.
    PasswordReset = "password_reset";
    /// To the new address: a link that confirms it.
    EmailChange = "email_change";
    /// To the old address: a link that takes the change back.
    EmailChangeNotice = "email_change_notice";
    /// A link that accepts an invitation.
    Invitation = "invitation";
    /// To a new user.
    Welcome = "welcome";
    /// A second-factor code.
    MfaCode = "mfa_code";
    /// A link that lifts a lock.
    AccountUnlock = "account_unlock";
    /// Somebody signed in from a device that was not seen before.
    NewDevice = "new_device";
    /// An administrator removed the second factors.
    MfaReset = "mfa_reset";
    /// A second factor was added or removed.
    MfaChanged = "mfa_changed";
    /// A backup code was used.
    BackupCodeUsed = "backup_code_used";
    /// A link that proves the mailbox of somebody who lost their second factor.
    MfaRecovery = "mfa_recovery";
    /// The password was changed.
    PasswordChanged = "password_changed";
    /// Somebody tried to sign up with an address that has an account.
    AccountExists = "account_exists";
}

impl std::str::FromStr for Template {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = Self::ALL.iter().copied();
        all.find(|template| template.as_str() == text).ok_or(())
    }
}

/// By which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// By mail.
    Email,
    /// By SMS.
    Sms,
}

impl Channel {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

impl std::str::FromStr for Channel {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = [Self::Email, Self::Sms].into_iter();
        all.find(|channel| channel.as_str() == text).ok_or(())
    }
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageStatus {
    /// It waits for its first or next attempt.
    Pending,
    /// It was handed over.
    Sent,
    /// Every attempt failed; somebody has to look.
    Dead,
}

impl MessageStatus {
    /// The word in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sent => "sent",
            Self::Dead => "dead",
        }
    }
}

impl std::str::FromStr for MessageStatus {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = [Self::Pending, Self::Sent, Self::Dead].into_iter();
        all.find(|status| status.as_str() == text).ok_or(())
    }
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Never changes.
    pub id: MessageId,
    /// By which way it goes.
    pub channel: Channel,
    /// What it is about.
    pub template: Template,
    /// The address or telephone number.
    pub recipient: String,
    /// The user it is about, if there is one.
    pub user_id: Option<UserId>,
    /// Its variables as JSON, sealed, because links and codes are among them; forgotten once it was sent.
    pub sealed: Option<String>,
    /// What became of it.
    pub status: MessageStatus,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is to be tried next.
    pub next_attempt_at: Timestamp,
    /// Until when a worker has it in hand.
    pub claimed_until: Option<Timestamp>,
    /// Why the last attempt failed; never an address, link or code.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it was handed over.
    pub sent_at: Option<Timestamp>,
}

/// A message to queue.
#[derive(Debug)]
pub(crate) struct Mail<'a> {
    pub(crate) template: Template,
    pub(crate) to: Recipient<'a>,
    /// The user it is about.
    pub(crate) user: Option<&'a User>,
    /// `{{link}}`.
    pub(crate) link: Option<SecretString>,
    /// `{{code}}`.
    pub(crate) code: Option<SecretString>,
    /// `{{expires_in}}`.
    pub(crate) expires_in: Option<Duration>,
    /// Further variables, such as `device`.
    pub(crate) more: Map<String, Value>,
}

/// Where a message goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Recipient<'a> {
    Mailbox(&'a Email),
    /// A telephone number, E.164.
    Phone(&'a str),
}

impl<'a> Mail<'a> {
    /// A message that says nothing yet but what it is about.
    pub(crate) fn new(template: Template, to: Recipient<'a>) -> Self {
        Self {
            template,
            to,
            user: None,
            link: None,
            code: None,
            expires_in: None,
            more: Map::new(),
        }
    }

    /// To and about a user.
    pub(crate) fn to_user(template: Template, user: &'a User) -> Self {
        Self {
            user: Some(user),
            ..Self::new(template, Recipient::Mailbox(&user.email))
        }
    }
}

impl Engine {
    /// Queues a message in the unit of work of what it tells.
    pub(crate) async fn queue_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        mail: Mail<'_>,
    ) -> Result<(), Error> {
        if let Recipient::Phone(number) = mail.to {
            self.require_sms_allowed(unit, number).await?;
        }
        let now = self.now();
        let id = MessageId::new(now, self.random());
        let variables = variables(caller, &mail).to_string();
        let inner = self.inner();
        let name = id.to_string();
        let sealed = inner.sealer.seal(
            MESSAGES.place(&name),
            variables.as_bytes(),
            &*inner.ports.random,
        )?;
        let (channel, recipient) = match mail.to {
            Recipient::Mailbox(email) => (Channel::Email, email.to_string()),
            Recipient::Phone(number) => (Channel::Sms, number.to_owned()),
        };
        unit.insert_message(&Message {
            id,
            channel,
            template: mail.template,
            recipient,
            user_id: mail.user.map(|user| user.id),
            sealed: Some(sealed),
            status: MessageStatus::Pending,
            attempts: 0,
            next_attempt_at: now,
            claimed_until: None,
            last_error: None,
            created_at: now,
            sent_at: None,
        })
        .await?;
        Ok(())
    }
}

/// What a template may name, as it is when the message is queued.
fn variables(caller: &Caller, mail: &Mail<'_>) -> Value {
    let tenant = caller.tenant();
    let secret = |secret: &Option<SecretString>| {
        secret
            .as_ref()
            .map(|secret| secret.expose_secret().to_owned())
    };
    let mut all = mail.more.clone();
    all.insert(
        "tenant".to_owned(),
        json!({ "id": tenant.id, "name": tenant.name }),
    );
    all.insert(
        "user".to_owned(),
        mail.user.map_or(
            Value::Null,
            |user| json!({ "id": user.id, "email": user.email, "name": user.name }),
        ),
    );
    // Which of a tenant's templates a user is written with.
    let locale = mail
        .user
        .and_then(|user| user.public_metadata.as_object().get("locale"));
    if let Some(locale) = locale {
        all.entry("locale").or_insert_with(|| locale.clone());
    }
    all.insert("link".to_owned(), json!(secret(&mail.link)));
    all.insert("code".to_owned(), json!(secret(&mail.code)));
    all.insert(
        "expires_in_seconds".to_owned(),
        json!(mail.expires_in.map(|life| life.as_secs())),
    );
    Value::Object(all)
}
