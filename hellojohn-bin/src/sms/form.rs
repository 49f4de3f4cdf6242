//! Forms over HTTPS, as providers of text messages take them.

use std::{fmt::Write as _, time::Duration};

use bytes::Bytes;
use hellojohn_core::ports::sms::SmsError;
use http::{HeaderName, HeaderValue, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};

use crate::failure::chain;

const TIMEOUT: Duration = Duration::from_secs(15);
const LARGEST_ANSWER: usize = 64 * 1024;
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Posts forms. Follows no redirects.
pub(super) struct FormClient {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// What a provider answered.
pub(super) struct FormAnswer {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

impl FormClient {
    /// Fails without root certificates.
    pub(super) fn new() -> std::io::Result<Self> {
        let connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())?
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_mins(1))
            .pool_max_idle_per_host(2)
            .build(connector);
        Ok(Self { client })
    }

    /// Sends one form. Whatever keeps an answer away may pass.
    pub(super) async fn post(
        &self,
        url: &str,
        headers: &[(HeaderName, String)],
        form: String,
    ) -> Result<FormAnswer, SmsError> {
        let unusable = |what: &str| SmsError::Permanent(format!("{what} is not usable"));
        let mut request = Request::post(url)
            .header(header::CONTENT_TYPE, FORM)
            .body(Full::new(Bytes::from(form)))
            .map_err(|_| unusable("the provider's URL"))?;
        for (name, value) in headers {
            let mut value = HeaderValue::from_str(value).map_err(|_| unusable("the credential"))?;
            value.set_sensitive(true);
            request.headers_mut().insert(name, value);
        }
        let exchange = async {
            let answer = self.client.request(request).await;
            let answer = answer.map_err(|error| SmsError::Temporary(chain(&error)))?;
            let status = answer.status();
            let body = Limited::new(answer.into_body(), LARGEST_ANSWER);
            let broken = |_| SmsError::Temporary("the answer broke off".to_owned());
            let body = body.collect().await.map_err(broken)?.to_bytes();
            Ok(FormAnswer { status, body })
        };
        tokio::time::timeout(TIMEOUT, exchange)
            .await
            .unwrap_or_else(|_| Err(SmsError::Temporary("no answer in time".to_owned())))
    }
}

impl FormAnswer {
    /// An answer that is no success, with the provider's own code. What else it says may repeat the number.
    pub(super) fn refusal(&self, code: Option<&str>) -> SmsError {
        let status = self.status.as_u16();
        let text = code.map_or_else(
            || format!("the provider answered {status}"),
            |code| format!("the provider answered {status} ({code})"),
        );
        if self.status.is_server_error() || self.status == StatusCode::TOO_MANY_REQUESTS {
            SmsError::Temporary(text)
        } else {
            SmsError::Permanent(text)
        }
    }
}

/// A form of these fields. Spaces are `%20`, as signatures over forms want them.
pub(super) fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    pairs.join("&")
}

/// Percent-encodes everything but the unreserved characters (RFC 3986 §2.3).
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
pub(super) mod tests {
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
        task::JoinHandle,
    };

    use super::*;

    /// A provider that answers one request; gives its URL and, later, what it was asked.
    pub(in crate::sms) async fn provider(
        status: &'static str,
        body: &'static str,
    ) -> (String, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            loop {
                request.push(stream.read_u8().await.unwrap());
                let text = String::from_utf8_lossy(&request).to_lowercase();
                let Some((head, rest)) = text.split_once("\r\n\r\n") else {
                    continue;
                };
                let length = head.split("content-length: ").nth(1).unwrap();
                let length: usize = length.lines().next().unwrap().parse().unwrap();
                if rest.len() >= length {
                    break;
                }
            }
            let length = body.len();
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8(request).unwrap()
        });
        (base, served)
    }

    #[test]
    fn forms_are_encoded_strictly() {
        assert_eq!(
            form(&[("To", "+49 151"), ("Body", "a&b=ü~")]),
            "To=%2B49%20151&Body=a%26b%3D%C3%BC~"
        );
    }

    #[tokio::test]
    async fn nobody_there_is_a_fault_that_may_pass() {
        let client = FormClient::new().unwrap();
        let answer = client.post("http://127.0.0.1:1/", &[], String::new()).await;
        assert!(matches!(answer, Err(SmsError::Temporary(_))));
    }
}
