use secrecy::{ExposeSecret, SecretString};

use crate::{
    Engine, Error,
    access::Caller,
    captcha::{Action, CaptchaError, Solved},
    ports::CaptchaVerdict,
};

/// Longer than any provider's tokens.
const LONGEST_TOKEN: usize = 8 * 1024;

impl Engine {
    /// Refuses who did not solve the captcha that instance or tenant ask for here.
    ///
    /// Without a provider nothing is asked. A provider that does not answer lets nobody through.
    pub async fn require_captcha(
        &self,
        caller: &Caller,
        action: Action,
        token: Option<&SecretString>,
    ) -> Result<Solved, Error> {
        let config = &caller.tenant().config;
        if self.inner().ports.captcha.is_none() || !config.asks_for_captcha(action, self.settings())
        {
            return Ok(Solved::No);
        }
        let token = token.ok_or(CaptchaError::Required)?;
        self.check_captcha(caller, token).await
    }

    /// Asks the provider; a token is good for one question.
    pub(crate) async fn check_captcha(
        &self,
        caller: &Caller,
        token: &SecretString,
    ) -> Result<Solved, Error> {
        let Some(provider) = &self.inner().ports.captcha else {
            return Ok(Solved::No);
        };
        let length = token.expose_secret().len();
        if length == 0 || length > LONGEST_TOKEN {
            return Err(CaptchaError::Invalid.into());
        }
        let client = caller.origin().client.ip_address.as_deref();
        match provider.verify(token, client).await {
            Ok(CaptchaVerdict::Solved) => Ok(Solved::Yes),
            Ok(CaptchaVerdict::Refused) => Err(CaptchaError::Invalid.into()),
            Err(error) => Err(CaptchaError::Unreachable(error).into()),
        }
    }
}
