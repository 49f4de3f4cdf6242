use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Map, Value};

use super::{LinkError, OneTime, OneTimeToken, Owner, Purpose};
use crate::{
    Engine, Error,
    access::{Caller, Principal, RequestOrigin},
    id::UserId,
    input::Email,
    store::UnitOfWork,
    tenant::TenantError,
};

/// A one-time secret to make.
#[derive(Debug)]
pub(crate) struct NewOneTime<'a> {
    pub(crate) purpose: Purpose,
    pub(crate) user: Option<UserId>,
    pub(crate) email: Option<&'a Email>,
    pub(crate) data: Map<String, Value>,
    pub(crate) life: Duration,
}

impl Engine {
    /// Knows a caller by nothing but a one-time secret, which names its tenant.
    ///
    /// It proves nothing else: the caller is anonymous until the secret is redeemed.
    pub async fn caller_by_handle(
        &self,
        handle: &SecretString,
        origin: RequestOrigin,
    ) -> Result<Caller, Error> {
        let token = OneTimeToken::parse_any(handle).ok_or(LinkError::Invalid)?;
        let tenant = self
            .active_tenant(token.tenant())
            .await
            .map_err(|error| match error {
                Error::Tenant(TenantError::NotFound) => LinkError::Invalid.into(),
                other => other,
            })?;
        Ok(Caller::new(tenant, Principal::Anonymous, origin))
    }

    /// Makes a one-time secret in the caller's unit of work; older ones of the same owner and
    /// purpose are void from then on (R032).
    pub(crate) async fn issue_one_time(
        &self,
        unit: &mut dyn UnitOfWork,
        new: NewOneTime<'_>,
    ) -> Result<OneTimeToken, Error> {
        let owner = match (new.user, new.email) {
            (Some(user), _) => Some(Owner::User(user)),
            (None, Some(email)) => Some(Owner::Mailbox(email)),
            (None, None) => None,
        };
        if let Some(owner) = owner {
            unit.void_one_time(owner, &[new.purpose]).await?;
        }
        self.add_one_time(unit, new).await
    }

    /// The same, beside those there are.
    pub(crate) async fn add_one_time(
        &self,
        unit: &mut dyn UnitOfWork,
        new: NewOneTime<'_>,
    ) -> Result<OneTimeToken, Error> {
        let now = self.now();
        let token = OneTimeToken::mint(new.purpose, unit.tenant(), self.random());
        unit.insert_one_time(&OneTime {
            purpose: new.purpose,
            hash: token.hash(),
            user_id: new.user,
            email: new.email.cloned(),
            data: new.data,
            created_at: now,
            expires_at: now + new.life,
            consumed_at: None,
        })
        .await?;
        Ok(token)
    }

    /// Uses a one-time secret up, in the unit that does what it is for (R029).
    ///
    /// Whether its owner and target are still what they were is for the flow to check, in the same unit (R030).
    pub(crate) async fn redeem(
        &self,
        unit: &mut dyn UnitOfWork,
        purpose: Purpose,
        secret: &SecretString,
    ) -> Result<OneTime, Error> {
        let token = OneTimeToken::parse(purpose, secret)
            .filter(|token| token.tenant() == unit.tenant())
            .ok_or(LinkError::Invalid)?;
        let now = self.now();
        if let Some(used) = unit.consume_one_time(purpose, &token.hash(), now).await? {
            return Ok(used);
        }
        let there = unit.one_time(purpose, &token.hash()).await?;
        Err(match there {
            Some(there) if there.consumed_at.is_none() && there.expires_at <= now => {
                LinkError::Expired.into()
            }
            _ => LinkError::Invalid.into(),
        })
    }
}
