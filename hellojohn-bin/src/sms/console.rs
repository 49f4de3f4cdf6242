use async_trait::async_trait;
use hellojohn_core::ports::sms::{SmsError, SmsSender};
use secrecy::{ExposeSecret as _, SecretString};

use crate::output;

/// Prints text messages instead of sending them; refused by the configuration of a production server.
pub(super) struct Console;

#[async_trait]
impl SmsSender for Console {
    async fn send(&self, to: &str, text: &SecretString) -> Result<(), SmsError> {
        output::note(format_args!("SMS to {to}: {}", text.expose_secret()));
        Ok(())
    }
}
