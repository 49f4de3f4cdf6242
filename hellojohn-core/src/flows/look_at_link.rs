use secrecy::SecretString;
use serde_json::Value;

use crate::{
    Engine, Error,
    access::Caller,
    flows::confirm_magic_link::next,
    input::Email,
    one_time::{LinkError, OneTimeToken, Purpose},
    redirect::RedirectUrl,
    store::Access,
    time::Timestamp,
};

/// What the page of a mailed link shows before anything happens.
#[derive(Clone, Debug)]
pub struct LinkView {
    /// What it is for.
    pub purpose: Purpose,
    /// The mailbox it is about.
    pub email: Option<Email>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// The network address that asked for it, where that is kept.
    pub asked_from: Option<String>,
    /// The browser that asked for it, where that is kept.
    pub asked_with: Option<String>,
    /// Where it goes on to, if the tenant still allows that.
    pub next: Option<RedirectUrl>,
}

impl Engine {
    /// Looks at a mailed link as often as anybody likes: mail scanners do, and nothing is used up (R034).
    pub async fn look_at_link(
        &self,
        caller: &Caller,
        secret: &SecretString,
    ) -> Result<LinkView, Error> {
        let token = OneTimeToken::parse_any(secret).ok_or(LinkError::Invalid)?;
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let link = self
            .live_one_time(&mut *unit, token.purpose(), secret)
            .await?;
        let fact = |name: &str| link.data.get(name).and_then(Value::as_str);
        Ok(LinkView {
            purpose: link.purpose,
            asked_at: link.created_at,
            asked_from: fact("asked_from").map(str::to_owned),
            asked_with: fact("asked_with").map(str::to_owned),
            next: next(caller, &link),
            email: link.email,
        })
    }
}
