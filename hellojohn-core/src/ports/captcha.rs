//! The provider of captchas.

use async_trait::async_trait;
use secrecy::SecretString;

/// Asks a provider whether a captcha was solved.
#[async_trait]
pub trait Captcha: Send + Sync {
    /// Checks the token a browser was given; `client` is the address it came from, if known.
    async fn verify(
        &self,
        token: &SecretString,
        client: Option<&str>,
    ) -> Result<CaptchaVerdict, CaptchaUnreachable>;
}

/// What the provider says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptchaVerdict {
    /// Somebody solved it, just now and for this site.
    Solved,
    /// Nobody did, or the token was used before.
    Refused,
}

/// The provider did not answer, or refuses to work for us.
#[derive(Debug, thiserror::Error)]
#[error("the captcha provider did not answer")]
pub struct CaptchaUnreachable(#[source] pub Option<Box<dyn std::error::Error + Send + Sync>>);
