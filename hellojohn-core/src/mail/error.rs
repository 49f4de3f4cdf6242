//! What can go wrong about mail.

use super::TemplateFault;

/// Why a flow about mail did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EmailError {
    /// The mail server did not take a mail, in its own words.
    #[error("the mail was not delivered: {0}")]
    DeliveryFailed(String),
    /// A template does not render.
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// There is no template of this name.
    #[error("there is no such template")]
    TemplateNotFound,
    /// There is no such message, or it was sent.
    #[error("there is no message of this id that was not sent")]
    MessageNotFound,
}

impl EmailError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DeliveryFailed(_) => "email_delivery_failed",
            Self::Template(_) => "template_invalid",
            Self::TemplateNotFound => "template_not_found",
            Self::MessageNotFound => "message_not_found",
        }
    }
}
