use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    flows::request_magic_link::require_magic_links,
    input::InputError,
    metrics::Flow,
    one_time::{NewOneTime, OneTime, Purpose, state_of},
    redirect::RedirectUrl,
    store::Access,
    trail::Entry,
};

/// How long the application has to fetch the session.
const LIFE: Duration = Duration::from_mins(1);

impl Engine {
    /// Uses up a mailed link on our page, and gives the address of the application to go on to: it
    /// carries a code, which [`redeem_magic_link`](Self::redeem_magic_link) exchanges for the session.
    pub async fn confirm_magic_link(
        &self,
        caller: &Caller,
        secret: &SecretString,
    ) -> Result<SecretString, Error> {
        let outcome = self.exchange_for_code(caller, secret).await;
        self.meters().ended(Flow::MagicLink, outcome)
    }

    async fn exchange_for_code(
        &self,
        caller: &Caller,
        secret: &SecretString,
    ) -> Result<SecretString, Error> {
        require_magic_links(caller)?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let (spent, user) = self.open_magic_link(&mut *unit, caller, secret).await?;
        let next = next(caller, &spent).ok_or(InputError::RedirectNotAllowed)?;
        let new = NewOneTime {
            purpose: Purpose::ExchangeCode,
            user: Some(user.id),
            email: Some(&user.email),
            data: state_of(&user),
            life: LIFE,
        };
        let code = self.issue_one_time(&mut *unit, new).await?;
        let entry = Entry::new("user.magic_link_confirmed").user(user.id);
        self.record(&mut *unit, caller, entry.by(user_actor(&user)))
            .await?;
        unit.commit().await?;
        Ok(next.carrying("code", code.secret()))
    }
}

/// Where a link goes on to, if the tenant still allows that.
pub(crate) fn next(caller: &Caller, link: &OneTime) -> Option<RedirectUrl> {
    let text = link.data.get("redirect_url").and_then(Value::as_str)?;
    RedirectUrl::parse(text, &caller.tenant().config.allowed_redirect_urls).ok()
}
