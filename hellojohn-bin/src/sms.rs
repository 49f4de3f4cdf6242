//! Text messages: which provider hands them over.

mod console;
mod form;
mod sns;
mod twilio;

use std::sync::Arc;

use hellojohn_core::ports::sms::SmsSender;

use self::{console::Console, form::FormClient, sns::Sns, twilio::Twilio};
use crate::config::SmsProvider;

/// The sender that is configured. A host without root certificates has none, which the log tells.
pub(crate) fn sender(provider: &SmsProvider) -> Option<Arc<dyn SmsSender>> {
    let client = || {
        FormClient::new()
            .inspect_err(|error| {
                tracing::warn!(%error, "this host has no root certificates; no text messages are sent");
            })
            .ok()
    };
    match provider {
        SmsProvider::None => None,
        SmsProvider::Console => Some(Arc::new(Console)),
        SmsProvider::Twilio(account) => Some(Arc::new(Twilio::new(client()?, account.clone()))),
        SmsProvider::Sns(account) => Some(Arc::new(Sns::new(client()?, account.clone()))),
    }
}
