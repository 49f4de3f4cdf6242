use async_trait::async_trait;
use data_encoding::BASE64;
use hellojohn_core::ports::sms::{SmsError, SmsSender};
use http::header;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::form::{FormClient, form};
use crate::config::TwilioAccount;

/// Twilio, or whoever speaks its protocol.
pub(super) struct Twilio {
    client: FormClient,
    account: TwilioAccount,
}

impl Twilio {
    pub(super) const fn new(client: FormClient, account: TwilioAccount) -> Self {
        Self { client, account }
    }
}

#[async_trait]
impl SmsSender for Twilio {
    async fn send(&self, to: &str, text: &SecretString) -> Result<(), SmsError> {
        let TwilioAccount {
            sid,
            token,
            from,
            base_url,
        } = &self.account;
        // A pool of numbers has an id instead of a number.
        let sender = if from.starts_with("MG") {
            "MessagingServiceSid"
        } else {
            "From"
        };
        let body = form(&[("To", to), (sender, from), ("Body", text.expose_secret())]);
        let url = format!("{base_url}/2010-04-01/Accounts/{sid}/Messages.json");
        let login = format!("{sid}:{}", token.expose_secret());
        let login = format!("Basic {}", BASE64.encode(login.as_bytes()));
        let headers = [(header::AUTHORIZATION, login)];
        let answer = self.client.post(&url, &headers, body).await?;
        if answer.status.is_success() {
            return Ok(());
        }
        let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let code = said.get("code").and_then(Value::as_u64);
        let code = code.map(|code| code.to_string());
        Err(answer.refusal(code.as_deref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::form::tests::provider;

    async fn send(base_url: String, from: &str) -> Result<(), SmsError> {
        let account = TwilioAccount {
            sid: "AC123".to_owned(),
            token: "secret".to_owned().into(),
            from: from.to_owned(),
            base_url,
        };
        let sender = Twilio::new(FormClient::new().unwrap(), account);
        let text = SecretString::from("Your code is 123456.");
        sender.send("+4915112345678", &text).await
    }

    #[tokio::test]
    async fn a_message_goes_out_as_twilio_documents_it() {
        let (base, served) = provider("201 Created", r#"{"sid":"SM1"}"#).await;
        send(base, "+12125550100").await.unwrap();
        let request = served.await.unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(
            head.starts_with("POST /2010-04-01/Accounts/AC123/Messages.json HTTP/1.1\r\n"),
            "{head}"
        );
        // The base 64 of `AC123:secret`.
        assert!(
            head.contains("authorization: Basic QUMxMjM6c2VjcmV0"),
            "{head}"
        );
        assert!(head.contains("content-type: application/x-www-form-urlencoded"));
        assert_eq!(
            body,
            "To=%2B4915112345678&From=%2B12125550100&Body=Your%20code%20is%20123456."
        );
    }

    #[tokio::test]
    async fn a_pool_of_numbers_is_named_as_such() {
        let (base, served) = provider("201 Created", "{}").await;
        send(base, "MG42").await.unwrap();
        assert!(served.await.unwrap().contains("&MessagingServiceSid=MG42&"));
    }

    #[tokio::test]
    async fn what_passes_is_told_from_what_does_not_and_no_number_is_repeated() {
        let refused = r#"{"code":21211,"message":"'+4915112345678' is not a number"}"#;
        for (status, expected) in [
            (
                "400 Bad Request",
                SmsError::Permanent("the provider answered 400 (21211)".to_owned()),
            ),
            (
                "429 Too Many Requests",
                SmsError::Temporary("the provider answered 429 (21211)".to_owned()),
            ),
            (
                "503 Service Unavailable",
                SmsError::Temporary("the provider answered 503 (21211)".to_owned()),
            ),
        ] {
            let (base, _served) = provider(status, refused).await;
            assert_eq!(send(base, "+12125550100").await, Err(expected));
        }
    }
}
