use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use crate::{
    Engine, Error,
    access::{AccessError, Caller, Operator, Principal, RequestOrigin, SignedInUser},
    api_key::{self, ApiKey, KeyKind},
    id::TenantId,
    metrics::Flow,
    mfa::policy::{Reach, Restriction},
    session::{SessionError, SessionStatus},
    store::{Access, StoreError},
    tenant::{Tenant, TenantError},
    time::Timestamp,
};

/// What a request shows of itself.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// The bearer credential: an API key or an access token.
    pub bearer: Option<SecretString>,
    /// The tenant the request names, as text.
    pub tenant: Option<String>,
    /// Where the request comes from.
    pub origin: RequestOrigin,
    /// Which sessions the call is open to.
    pub reach: Reach,
}

/// Who a request turned out to be from.
#[derive(Clone, Debug)]
pub enum Identity {
    /// Somebody in a tenant.
    Tenant(Caller),
    /// An operator of the instance.
    Instance(Operator),
}

impl Engine {
    /// Finds out who asks, and in which tenant.
    ///
    /// The tenant comes from the credential, the request's own word, and the instance's
    /// only tenant, in that order; where two of them speak they must agree (R156). User,
    /// session, key and tenant are read from the primary, so a revocation counts at once.
    pub async fn authenticate(&self, credentials: Credentials) -> Result<Identity, Error> {
        let outcome = self.identify(credentials).await;
        self.meters().ended(Flow::Authenticate, outcome)
    }

    async fn identify(&self, credentials: Credentials) -> Result<Identity, Error> {
        let Credentials {
            bearer,
            tenant,
            origin,
            reach,
        } = credentials;
        let named = NamedTenant(tenant);
        let Some(bearer) = bearer else {
            let tenant = match named.parse()? {
                Some(id) => self.active_tenant(id).await?,
                None => self.only_tenant().await?,
            };
            return Ok(Identity::Tenant(Caller::new(
                tenant,
                Principal::Anonymous,
                origin,
            )));
        };
        if looks_like_key(&bearer) {
            self.authenticate_key(&bearer, &named, origin).await
        } else {
            let caller = self.authenticate_user(&bearer, &named, origin).await?;
            let restriction = caller.user().and_then(|own| own.restriction);
            restriction.map_or(Ok(()), |restriction| restriction.check(reach))?;
            Ok(Identity::Tenant(caller))
        }
    }

    /// Acts in a tenant as the embedding application, which may do everything there.
    pub async fn caller(&self, tenant: TenantId) -> Result<Caller, Error> {
        let tenant = self.active_tenant(tenant).await?;
        Ok(Caller::new(
            tenant,
            Principal::Application,
            RequestOrigin::default(),
        ))
    }

    async fn authenticate_key(
        &self,
        bearer: &SecretString,
        named: &NamedTenant,
        origin: RequestOrigin,
    ) -> Result<Identity, Error> {
        let refused = refusal(bearer);
        let (_, hash) = api_key::recognise(bearer).ok_or_else(refused)?;
        let found = self.store().key_by_hash(&hash).await?.ok_or_else(refused)?;
        let now = self.now();
        if !found.key.is_live(now) {
            return Err(refused());
        }
        let key = found.key;
        let Some(tenant) = found.tenant else {
            return Ok(Identity::Instance(Operator {
                key: Some((key.id, key.scopes)),
                origin,
            }));
        };
        named.must_be(&tenant)?;
        tenant.require_active()?;
        self.note_key_use(&key, &tenant, now).await;
        let principal = match key.kind {
            KeyKind::Publishable => Principal::Publishable(key.id),
            KeyKind::Secret => Principal::Secret {
                id: key.id,
                scopes: key.scopes,
                expires_at: key.expires_at,
            },
            KeyKind::Master => return Err(refused()),
        };
        Ok(Identity::Tenant(Caller::new(
            Arc::new(tenant),
            principal,
            origin,
        )))
    }

    /// Notes the use of a key at most once a minute. The note is a convenience: when it
    /// cannot be written, the request goes on without it.
    async fn note_key_use(&self, key: &ApiKey, tenant: &Tenant, now: Timestamp) {
        if key
            .last_used_at
            .is_some_and(|at| now.since(at) < LAST_USED_PRECISION)
        {
            return;
        }
        if let Err(error) = self.write_key_use(key, tenant, now).await {
            tracing::debug!(key.id = %key.id, error = %error, "the use of an API key was not noted");
        }
    }

    async fn write_key_use(
        &self,
        key: &ApiKey,
        tenant: &Tenant,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut unit = self.store().begin(tenant.id, Access::Write).await?;
        unit.touch_api_key(key.id, now).await?;
        unit.commit().await
    }

    async fn authenticate_user(
        &self,
        bearer: &SecretString,
        named: &NamedTenant,
        origin: RequestOrigin,
    ) -> Result<Caller, Error> {
        let claims = self.verify_any_tenant(bearer).await?;
        let tenant = self
            .active_tenant(claims.tenant_id)
            .await
            .map_err(|error| match error {
                Error::Tenant(TenantError::NotFound) => AccessError::InvalidToken.into(),
                other => other,
            })?;
        named.must_be(&tenant)?;
        let found = self
            .store()
            .session_with_user(tenant.id, claims.session_id)
            .await?
            .filter(|found| found.session.user_id == claims.subject)
            .ok_or(SessionError::Revoked)?;
        let now = self.now();
        match found.session.status_at(now) {
            SessionStatus::Active => {}
            SessionStatus::Revoked => return Err(SessionError::Revoked.into()),
            SessionStatus::Expired => return Err(AccessError::TokenExpired.into()),
        }
        if found.user.require_active(now).is_err() {
            return Err(SessionError::Revoked.into());
        }
        let demand = self.mfa_demand(&tenant.config, &found.user);
        let signed_in = SignedInUser {
            restriction: Restriction::of(demand, &found.user, &found.session),
            user: found.user,
            session: found.session,
        };
        Ok(Caller::new(
            tenant,
            Principal::User(Box::new(signed_in)),
            origin,
        ))
    }
}

const LAST_USED_PRECISION: std::time::Duration = std::time::Duration::from_mins(1);

/// The tenant a request names, not yet believed.
struct NamedTenant(Option<String>);

impl NamedTenant {
    fn parse(&self) -> Result<Option<TenantId>, TenantError> {
        let parse = |text: &String| text.trim().parse().map_err(|_| TenantError::NotFound);
        self.0.as_ref().map(parse).transpose()
    }

    fn must_be(&self, tenant: &Tenant) -> Result<(), Error> {
        match self.parse() {
            Ok(None) => Ok(()),
            Ok(Some(id)) if id == tenant.id => Ok(()),
            Ok(Some(_)) | Err(_) => Err(AccessError::TenantMismatch.into()),
        }
    }
}

fn looks_like_key(bearer: &SecretString) -> bool {
    let text = bearer.expose_secret();
    ["pk_", "sk_", "mk_"]
        .iter()
        .any(|prefix| text.starts_with(prefix))
}

fn refusal(bearer: &SecretString) -> fn() -> Error {
    if bearer.expose_secret().starts_with("pk_") {
        || AccessError::InvalidPublishableKey.into()
    } else {
        || AccessError::InvalidApiKey.into()
    }
}
