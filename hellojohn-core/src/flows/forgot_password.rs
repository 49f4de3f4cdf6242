use std::time::Duration;

use secrecy::SecretString;
use serde_json::Map;

use crate::{
    Engine, Error,
    access::Caller,
    asked_mail::{AskedLink, Asker},
    captcha::Action,
    credential::CredentialError,
    flows::sign_up::EMAIL_PASSWORD,
    input::Email,
    links::Page,
    mail::Template,
    one_time::Purpose,
    redirect::RedirectUrl,
    store::Access,
};

/// A request for a link that sets a new password.
#[derive(Clone, Debug)]
pub struct ForgotPassword {
    /// The address of the account, as typed.
    pub email: String,
    /// A page of the application that asks for the new password, instead of ours.
    pub redirect_url: Option<String>,
    /// What the captcha gave the browser, where one is asked for.
    pub captcha_token: Option<SecretString>,
}

/// How long the link is good (R031).
const LIFE: Duration = Duration::from_hours(1);

impl Engine {
    /// Mails a link that sets a new password, if there is such an account and it may sign in.
    ///
    /// Nobody learns whether there is one: the answer and the work are the same (R012, R013), and
    /// the mail goes to the address the account has, not to what was typed (N15).
    pub async fn forgot_password(
        &self,
        caller: &Caller,
        request: ForgotPassword,
    ) -> Result<(), Error> {
        let config = &caller.tenant().config;
        if !config.allows_method(EMAIL_PASSWORD) {
            return Err(CredentialError::MethodDisabled.into());
        }
        let email = Email::parse(&request.email)?;
        let own_page = request
            .redirect_url
            .map(|text| RedirectUrl::parse(&text, &config.allowed_redirect_urls))
            .transpose()?;
        let token = request.captcha_token.as_ref();
        self.require_captcha(caller, Action::PasswordForgot, token)
            .await?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = self.account_to_write_to(&mut *unit, &email).await?;
        let asker = user.account.as_ref().map_or(Asker::Nobody, Asker::Account);
        let wanted = AskedLink {
            purpose: Purpose::ResetPassword,
            template: Template::PasswordReset,
            kind: "user.password_reset_requested",
            page: Page::ResetPassword,
            own_page: own_page.as_ref(),
            life: LIFE,
            data: Map::new(),
        };
        self.send_asked_link(&mut *unit, caller, (asker, &email), wanted)
            .await?;
        Ok(unit.commit().await?)
    }
}
