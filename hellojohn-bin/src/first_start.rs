//! The first tenant and its keys, so that an instance can be called as soon as it runs.

use hellojohn_core::{
    Engine,
    access::{Caller, Operator},
    api_key::{ApiKeyFilter, Environment, KeyKind},
    flows::{NewApiKey, NewTenant},
    page::{LARGEST_LIMIT, PageRequest, Total},
    tenant::Tenant,
};
use secrecy::SecretString;

use crate::failure::Failure;

/// A tenant and the keys that were made for it just now; nobody can read them later.
pub(crate) struct FreshKeys {
    pub(crate) tenant: Tenant,
    pub(crate) publishable: Option<SecretString>,
    pub(crate) secret: Option<SecretString>,
}

/// Makes a tenant with a publishable and a secret key.
pub(crate) async fn create_tenant(
    engine: &Engine,
    new: NewTenant,
    environment: Environment,
) -> Result<FreshKeys, Failure> {
    let tenant = engine.create_tenant(&Operator::local(), new).await?;
    complete_keys(engine, tenant, environment).await
}

/// Makes what an instance without any tenant lacks. Tenant and keys are kept one after the other, so
/// the only tenant of an instance that was killed in between is given the keys it does not have.
pub(crate) async fn complete(engine: &Engine) -> Result<Option<FreshKeys>, Failure> {
    let environment = Environment::Test;
    let mut tenants = engine.tenants(&Operator::local(), None, 2).await?;
    let fresh = match (tenants.pop(), tenants.is_empty()) {
        (None, _) => create_tenant(engine, to_try_out(), environment).await?,
        (Some(only), true) if only.require_active().is_ok() => {
            complete_keys(engine, only, environment).await?
        }
        _ => return Ok(None),
    };
    let made_any = fresh.publishable.is_some() || fresh.secret.is_some();
    Ok(made_any.then_some(fresh))
}

/// The tenant of a development start has what needs no further settings.
fn to_try_out() -> NewTenant {
    let mut new = NewTenant::named("Default");
    new.config.magic_link_enabled = Some(true);
    new
}

/// Makes a key of each kind of which no key works.
async fn complete_keys(
    engine: &Engine,
    tenant: Tenant,
    environment: Environment,
) -> Result<FreshKeys, Failure> {
    let caller = engine.caller(tenant.id).await?;
    let key = |name: &str, kind| NewApiKey {
        environment,
        ..NewApiKey::named(name, kind)
    };
    let publishable = key("First publishable key", KeyKind::Publishable);
    let secret = key("First secret key", KeyKind::Secret);
    Ok(FreshKeys {
        publishable: unless_live(engine, &caller, publishable).await?,
        secret: unless_live(engine, &caller, secret).await?,
        tenant,
    })
}

async fn unless_live(
    engine: &Engine,
    caller: &Caller,
    new: NewApiKey,
) -> Result<Option<SecretString>, Failure> {
    let filter = ApiKeyFilter {
        kind: Some(new.kind),
        revoked: Some((false, engine.now())),
    };
    let mut page = PageRequest {
        limit: LARGEST_LIMIT,
        cursor: None,
        total: Total::Omitted,
    };
    loop {
        let found = engine.list_api_keys(caller, filter, page.clone()).await?;
        if found.items.iter().any(|key| key.is_live(engine.now())) {
            return Ok(None);
        }
        if found.next.is_none() {
            return Ok(Some(engine.create_api_key(caller, new).await?.key));
        }
        page.cursor = found.next;
    }
}
