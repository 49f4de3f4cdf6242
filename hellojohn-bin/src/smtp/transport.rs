use std::time::Duration;

use hellojohn_core::{
    input::Email,
    mail::MailSecurity,
    ports::mail::{OutgoingMail, SendError},
};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{Header, HeaderName, HeaderValue},
    },
    transport::smtp::{
        PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use secrecy::{ExposeSecret as _, SecretString};

use super::temporary;
use crate::{config::MailFrom, failure::chain};

/// Connections to one mail server.
#[derive(Clone)]
pub(super) struct Transport(AsyncSmtpTransport<Tokio1Executor>);

/// A mail server.
pub(super) struct Destination<'a> {
    /// What is connected to.
    pub(super) connect_to: &'a str,
    /// What its certificate must be for.
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) security: MailSecurity,
    pub(super) username: Option<&'a str>,
    pub(super) password: Option<&'a SecretString>,
}

const IDLE: Duration = Duration::from_secs(30);
const CONNECTIONS: u32 = 4;

impl Transport {
    /// Connects when there is something to send.
    pub(super) fn new(to: &Destination<'_>, timeout: Duration) -> Result<Self, SendError> {
        let tls = || {
            TlsParameters::new(to.host.to_owned())
                .map_err(|error| SendError::Temporary(chain(&error)))
        };
        let tls = match to.security {
            MailSecurity::StartTls => Tls::Required(tls()?),
            MailSecurity::Tls => Tls::Wrapper(tls()?),
            MailSecurity::None => Tls::None,
        };
        let pool = PoolConfig::new().max_size(CONNECTIONS).idle_timeout(IDLE);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(to.connect_to)
            .port(to.port)
            .tls(tls)
            .timeout(Some(timeout))
            .pool_config(pool);
        if let (Some(username), Some(password)) = (to.username, to.password) {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(username.to_owned(), password));
        }
        Ok(Self(builder.build()))
    }

    /// Hands a message over.
    pub(super) async fn send(&self, message: Message) -> Result<(), SendError> {
        let transport = self.0.clone();
        // In a task of its own: given up half-way, its connection would go back to the others
        // with an answer still to come, which the next mail would take for its own.
        let sent = tokio::spawn(async move { transport.send(message).await }).await;
        match sent {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refusal(&error)),
            Err(_) => Err(temporary("the attempt was ended")),
        }
    }
}

/// A rejected mail is not sent again; everything that an operator may settle is.
fn refusal(error: &lettre::transport::smtp::Error) -> SendError {
    let words = chain(error);
    let code = error.status().map(|code| code.to_string());
    // Of these 5xx only the credentials are to blame (RFC 4954 §6), or the TLS that is not there.
    let is_ours = matches!(
        code.as_deref(),
        Some("523" | "530" | "534" | "535" | "538" | "503" | "454")
    );
    if error.is_permanent() && !is_ours {
        SendError::Permanent(words)
    } else {
        SendError::Temporary(words)
    }
}

/// The message as it is sent.
pub(super) fn message(
    mail: &OutgoingMail,
    instance: Option<&MailFrom>,
) -> Result<Message, SendError> {
    let from = mail.from.email.as_ref();
    let Some(from) = from.or(instance.map(|from| &from.email)) else {
        return Err(SendError::Permanent("there is no sender".to_owned()));
    };
    let name = mail.from.name.as_ref();
    let name = name.or(instance.and_then(|from| from.name.as_ref()));
    let mut builder = Message::builder()
        .from(mailbox(name, from)?)
        .to(mailbox(None, &mail.to)?)
        .subject(&mail.subject)
        .message_id(Some(mail.message_id.clone()))
        .header(AutoSubmitted)
        .date_now();
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.reply_to(mailbox(None, reply_to)?);
    }
    let text = mail.text.expose_secret().to_owned();
    let built = match &mail.html {
        Some(html) => builder.multipart(MultiPart::alternative_plain_html(
            text,
            html.expose_secret().to_owned(),
        )),
        None => builder.singlepart(SinglePart::plain(text)),
    };
    built.map_err(|error| SendError::Permanent(chain(&error)))
}

/// Built from the parts of a parsed address: nothing of it is read as a header again.
fn mailbox(name: Option<&String>, email: &Email) -> Result<Mailbox, SendError> {
    let address: Address = email
        .as_str()
        .parse()
        .map_err(|_| SendError::Permanent("the address cannot be written to".to_owned()))?;
    // The library stops the process at a line break in a name, so none comes that far.
    let name = name.filter(|name| !name.chars().any(char::is_control));
    Ok(Mailbox::new(name.cloned(), address))
}

/// No out-of-office notice answers (RFC 3834 §5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use hellojohn_core::ports::mail::Sender;

    use super::*;

    fn email(text: &str) -> Email {
        Email::parse(text).unwrap()
    }

    fn mail() -> OutgoingMail {
        OutgoingMail {
            message_id: "<msg_1@auth.example.com>".to_owned(),
            template: None,
            to: email("ada@example.com"),
            from: Sender::default(),
            reply_to: Some(email("help@example.com")),
            subject: "Grüße\r\nBcc: evil@example.com".to_owned(),
            text: SecretString::from("hello\n.\n\r\n.\r\nRCPT TO:<evil@example.com>"),
            html: Some(SecretString::from("<p>hello</p>")),
            link: None,
            code: None,
        }
    }

    #[test]
    fn nothing_in_a_mail_becomes_a_header() {
        let from = MailFrom {
            name: Some("Engines\r\nBcc: evil@example.com".to_owned()),
            email: email("no-reply@example.com"),
        };
        let message = message(&mail(), Some(&from)).unwrap();
        assert_eq!(message.envelope().to().len(), 1);
        let text = String::from_utf8(message.formatted()).unwrap();
        let (headers, _) = text.split_once("\r\n\r\n").unwrap();
        for line in headers
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
        {
            let (name, _) = line.split_once(':').unwrap();
            let known = [
                "From",
                "To",
                "Subject",
                "Message-ID",
                "Auto-Submitted",
                "Date",
                "Reply-To",
                "MIME-Version",
                "Content-Type",
            ];
            assert!(known.contains(&name), "{line}");
        }
        assert!(
            headers.contains("Message-ID: <msg_1@auth.example.com>"),
            "{headers}"
        );
        assert!(
            headers.contains("Auto-Submitted: auto-generated"),
            "{headers}"
        );
        assert!(text.contains("multipart/alternative"), "{text}");
    }

    #[test]
    fn a_tenants_server_needs_a_tenants_sender() {
        assert!(matches!(
            message(&mail(), None),
            Err(SendError::Permanent(_))
        ));
        let mut own = mail();
        own.from.email = Some(email("own@example.com"));
        assert!(message(&own, None).is_ok());
    }
}
