//! The way out for mail.

use async_trait::async_trait;
use secrecy::SecretString;

use crate::{
    input::Email,
    mail::{SmtpServer, Template},
};

/// Hands mails to a mail server.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Returns when the server has taken the mail or refused it, and within
    /// [`Settings::mail_lease`](crate::settings::Settings::mail_lease).
    async fn send(&self, mail: &OutgoingMail, via: &MailRoute) -> Result<(), SendError>;
}

/// Whose mail server a mail goes through.
#[derive(Clone, Debug)]
pub enum MailRoute {
    /// The instance's.
    Instance,
    /// A tenant's own. Its host is of the tenant's choice: it must not reach what only this
    /// host can reach (R168).
    Tenant(SmtpServer),
}

/// A mail, ready to go.
#[derive(Clone, Debug)]
pub struct OutgoingMail {
    /// `<id@host>` (RFC 5322 §3.6.4): the same at every attempt, so that a mail sent twice is
    /// known as one.
    pub message_id: String,
    /// What it is about; none for a trial.
    pub template: Option<Template>,
    /// To whom.
    pub to: Email,
    /// From whom; what is left out is the instance's.
    pub from: Sender,
    /// Where answers go.
    pub reply_to: Option<Email>,
    /// One line without control characters.
    pub subject: String,
    /// The text part.
    pub text: SecretString,
    /// The HTML part.
    pub html: Option<SecretString>,
    /// The link in it, for a mailbox that is shown to developers.
    pub link: Option<SecretString>,
    /// The code in it, likewise.
    pub code: Option<SecretString>,
}

/// From whom a mail comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// The name.
    pub name: Option<String>,
    /// The address.
    pub email: Option<Email>,
}

/// Why a mail was not handed over.
///
/// The words are those of the mail server or of the connection to it; addresses and links in
/// them are made unreadable before anybody keeps them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// There is no server to hand it to.
    #[error("no mail server is configured")]
    NotConfigured,
    /// It may work later.
    #[error("{0}")]
    Temporary(String),
    /// It will never work.
    #[error("{0}")]
    Permanent(String),
}
