use secrecy::SecretString;
use serde_json::{Map, Value, json};

use crate::{
    Engine, Error,
    access::{Caller, RequestOrigin},
    asked_mail::{AskedLink, Asker},
    captcha::Action,
    credential::CredentialError,
    input::Email,
    links::Page,
    mail::Template,
    one_time::Purpose,
    redirect::RedirectUrl,
    store::Access,
};

/// A request for a link that signs in.
#[derive(Clone, Debug)]
pub struct RequestMagicLink {
    /// The address, as typed.
    pub email: String,
    /// The page of the application to go on to, with a code for its session.
    pub redirect_url: Option<String>,
    /// Whether an unknown address gets an account by it; the tenant decides if unset.
    pub create_user: Option<bool>,
    /// What the captcha gave the browser, where one is asked for.
    pub captcha_token: Option<SecretString>,
}

/// The name of this way of signing in, in `allowed_auth_methods`.
pub(crate) const MAGIC_LINK: &str = "magic_link";

impl Engine {
    /// Mails a link that signs in; the answer and the work are the same for every address (R012, R013).
    pub async fn request_magic_link(
        &self,
        caller: &Caller,
        request: RequestMagicLink,
    ) -> Result<(), Error> {
        require_magic_links(caller)?;
        let config = &caller.tenant().config;
        let email = Email::parse(&request.email)?;
        if !config.allows_domain_of(&email) {
            return Err(CredentialError::DomainNotAllowed.into());
        }
        let next = request
            .redirect_url
            .map(|text| RedirectUrl::parse(&text, &config.allowed_redirect_urls))
            .transpose()?;
        let first = config.allowed_redirect_urls.first().map(String::as_str);
        let creates = request.create_user.unwrap_or(config.magic_link_create_user)
            && config.sign_up_allowed();
        let token = request.captcha_token.as_ref();
        self.require_captcha(caller, Action::MagicLink, token)
            .await?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = self.account_to_write_to(&mut *unit, &email).await?;
        let asker = match &user.account {
            Some(user) => Asker::Account(user),
            None if creates && !user.is_known => Asker::NewMailbox,
            None => Asker::Nobody,
        };
        let wanted = AskedLink {
            purpose: Purpose::MagicLink,
            template: Template::MagicLink,
            kind: "user.magic_link_requested",
            page: Page::MagicLink,
            own_page: None,
            life: self.settings().magic_link_ttl,
            data: about(
                caller.origin(),
                next.as_ref().map_or(first, |url| Some(url.as_str())),
            ),
        };
        self.send_asked_link(&mut *unit, caller, (asker, &email), wanted)
            .await?;
        Ok(unit.commit().await?)
    }
}

/// Refuses where the tenant does not let its users sign in so.
pub(crate) fn require_magic_links(caller: &Caller) -> Result<(), Error> {
    let config = &caller.tenant().config;
    if config.magic_link_enabled() && config.allows_method(MAGIC_LINK) {
        Ok(())
    } else {
        Err(CredentialError::MethodDisabled.into())
    }
}

/// Where to go on to, and who asked: the page that confirms shows it, so that somebody who was sent
/// a link they did not ask for can tell (R037).
fn about(origin: &RequestOrigin, next: Option<&str>) -> Map<String, Value> {
    let facts = [
        ("redirect_url", json!(next)),
        ("asked_from", json!(origin.client.ip_address)),
        ("asked_with", json!(origin.client.user_agent)),
    ];
    facts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
