//! The way out for text messages.

use async_trait::async_trait;
use secrecy::SecretString;

/// Hands text messages to a provider.
#[async_trait]
pub trait SmsSender: Send + Sync {
    /// Returns when the provider has taken the message or refused it, and within
    /// [`Settings::mail_lease`](crate::settings::Settings::mail_lease).
    async fn send(&self, to: &str, text: &SecretString) -> Result<(), SmsError>;
}

/// Why a text message was not handed over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SmsError {
    /// It may work later.
    #[error("{0}")]
    Temporary(String),
    /// It will never work.
    #[error("{0}")]
    Permanent(String),
}
