//! How a tenant sends mail.

use std::fmt;

use secrecy::SecretString;

use crate::{id::TenantId, input::Email, time::Timestamp};

macro_rules! words {
    ($(#[$doc:meta])* $kind:ident { $($(#[$each:meta])* $name:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $kind { $($(#[$each])* $name),* }

        impl $kind {
            /// The word in the API and the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }

        impl std::str::FromStr for $kind {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                match text {
                    $($word => Ok(Self::$name),)*
                    _ => Err(()),
                }
            }
        }
    };
}

words! {
    /// Whose server a tenant's mail goes through.
    MailProvider {
        /// The instance's.
        Instance = "hellojohn",
        /// Its own.
        Smtp = "smtp",
    }
}

words! {
    /// How the connection to a mail server is protected.
    MailSecurity {
        /// Begun in the clear and always upgraded, never sent without (RFC 3207).
        StartTls = "starttls",
        /// TLS from the first byte (RFC 8314 §3.3).
        Tls = "tls",
        /// Not at all.
        None = "none",
    }
}

/// How a tenant sends mail, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailConfig {
    /// Whose server.
    pub provider: MailProvider,
    /// The name mails come from.
    pub from_name: Option<String>,
    /// The address mails come from; only with a server of its own.
    pub from_email: Option<Email>,
    /// Where answers go.
    pub reply_to: Option<Email>,
    /// Its own server.
    pub server: Option<StoredServer>,
    /// When it was last changed; none if it never said.
    pub updated_at: Option<Timestamp>,
}

impl EmailConfig {
    /// The instance's server and sender, which holds until a tenant says otherwise.
    pub(crate) const fn of_instance() -> Self {
        Self {
            provider: MailProvider::Instance,
            from_name: None,
            from_email: None,
            reply_to: None,
            server: None,
            updated_at: None,
        }
    }
}

/// A tenant's own mail server, its password sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredServer {
    /// Name or address.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// Whom to sign in as; nobody if it is left out.
    pub username: Option<String>,
    /// The password, sealed.
    pub sealed: Option<String>,
}

impl fmt::Debug for StoredServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredServer")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .finish_non_exhaustive()
    }
}

impl StoredServer {
    /// Whether a password that was given for the other one may be shown to this one, too: it
    /// must not reach another host, nor travel less protected.
    pub(crate) fn may_keep_password_of(&self, other: &Self) -> bool {
        self.host == other.host
            && self.port == other.port
            && self.security == other.security
            && self.username == other.username
    }
}

/// A tenant's own mail server, ready to connect to.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    /// Whose it is.
    pub tenant: TenantId,
    /// When it was last changed: with the tenant it names this state of it.
    pub updated_at: Option<Timestamp>,
    /// Name or address.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// Whom to sign in as.
    pub username: Option<String>,
    /// The password.
    pub password: Option<SecretString>,
}
