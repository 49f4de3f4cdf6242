mod signature;

use async_trait::async_trait;
use hellojohn_core::ports::{
    Clock as _,
    sms::{SmsError, SmsSender},
    system::SystemClock,
};
use http::{HeaderName, header};
use secrecy::{ExposeSecret as _, SecretString};

use self::signature::Signed;
use super::form::{FORM, FormAnswer, FormClient, form};
use crate::config::SnsAccount;

/// The `Publish` action of AWS SNS.
pub(super) struct Sns {
    client: FormClient,
    account: SnsAccount,
}

impl Sns {
    pub(super) const fn new(client: FormClient, account: SnsAccount) -> Self {
        Self { client, account }
    }
}

#[async_trait]
impl SmsSender for Sns {
    async fn send(&self, to: &str, text: &SecretString) -> Result<(), SmsError> {
        let account = &self.account;
        let body = form(&[
            ("Action", "Publish"),
            ("Version", "2010-03-31"),
            ("PhoneNumber", to),
            ("Message", text.expose_secret()),
            ("MessageAttributes.entry.1.Name", "AWS.SNS.SMS.SMSType"),
            ("MessageAttributes.entry.1.Value.DataType", "String"),
            (
                "MessageAttributes.entry.1.Value.StringValue",
                "Transactional",
            ),
        ]);
        let host = account.host();
        let time = basic_time(&SystemClock.now().to_string());
        let mut headers = vec![
            ("content-type", FORM),
            ("host", host),
            ("x-amz-date", &time),
        ];
        let token = account.session_token.as_ref();
        if let Some(token) = token {
            headers.push(("x-amz-security-token", token.expose_secret()));
        }
        let signed = Signed {
            method: "POST",
            headers: &headers,
            body: &body,
            region: &account.region,
            service: "sns",
            time: &time,
        };
        let authorization = signed.authorization(&account.key_id, &account.secret);
        let mut sent = vec![
            (header::AUTHORIZATION, authorization),
            (HeaderName::from_static("x-amz-date"), time.clone()),
        ];
        if let Some(token) = token {
            let name = HeaderName::from_static("x-amz-security-token");
            sent.push((name, token.expose_secret().to_owned()));
        }
        let url = format!("{}/", account.base_url);
        let answer = self.client.post(&url, &sent, body).await?;
        if answer.status.is_success() {
            return Ok(());
        }
        Err(refusal(&answer))
    }
}

/// `20150830T123600Z` of RFC 3339.
fn basic_time(rfc3339: &str) -> String {
    let seconds = rfc3339.chars().take(19);
    let digits: String = seconds.filter(|c| !"-:".contains(*c)).collect();
    format!("{digits}Z")
}

fn refusal(answer: &FormAnswer) -> SmsError {
    let text = String::from_utf8_lossy(&answer.body);
    let code = text.split_once("<Code>").and_then(|(_, rest)| {
        let (code, _) = rest.split_once("</Code>")?;
        let plain = code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric());
        plain.then_some(code)
    });
    let refusal = answer.refusal(code);
    match (refusal, code) {
        // Said with 400.
        (SmsError::Permanent(text), Some("Throttling" | "ThrottlingException" | "Throttled")) => {
            SmsError::Temporary(text)
        }
        (refusal, _) => refusal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::form::tests::provider;

    async fn send(base_url: String) -> Result<(), SmsError> {
        let account = SnsAccount {
            key_id: "AKIDEXAMPLE".to_owned(),
            secret: "secret".to_owned().into(),
            session_token: Some("session".to_owned().into()),
            region: "eu-central-1".to_owned(),
            base_url,
        };
        let sender = Sns::new(FormClient::new().unwrap(), account);
        let text = SecretString::from("Your code is 123456.");
        sender.send("+4915112345678", &text).await
    }

    #[tokio::test]
    async fn a_message_is_published_and_signed() {
        let (base, served) = provider("200 OK", "<PublishResponse/>").await;
        send(base.clone()).await.unwrap();
        let request = served.await.unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST / HTTP/1.1\r\n"), "{head}");
        let host = base.strip_prefix("http://").unwrap();
        assert!(head.contains(&format!("host: {host}")), "{head}");
        let scope = "/eu-central-1/sns/aws4_request, \
                     SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=";
        assert!(
            head.contains("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"),
            "{head}"
        );
        assert!(head.contains(scope), "{head}");
        assert!(head.contains("x-amz-security-token: session"), "{head}");
        assert!(
            body.starts_with("Action=Publish&Version=2010-03-31&PhoneNumber=%2B4915112345678&"),
            "{body}"
        );
    }

    #[tokio::test]
    async fn what_passes_is_told_from_what_does_not() {
        let refused = "<ErrorResponse><Error><Code>InvalidParameter</Code></Error></ErrorResponse>";
        let (base, _served) = provider("400 Bad Request", refused).await;
        let expected = "the provider answered 400 (InvalidParameter)".to_owned();
        assert_eq!(send(base).await, Err(SmsError::Permanent(expected)));
        let throttled = "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>";
        let (base, _served) = provider("400 Bad Request", throttled).await;
        let expected = "the provider answered 400 (Throttling)".to_owned();
        assert_eq!(send(base).await, Err(SmsError::Temporary(expected)));
    }

    #[test]
    fn times_are_written_as_signatures_want_them() {
        assert_eq!(
            basic_time("2015-08-30T12:36:00.123456Z"),
            "20150830T123600Z"
        );
        assert_eq!(basic_time("2015-08-30T12:36:00Z"), "20150830T123600Z");
    }
}
