//! Tenants' settings, at most one second old.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use super::is_fresh;
use crate::{
    Engine, Error,
    access::AccessError,
    id::TenantId,
    store::Access,
    tenant::{Tenant, TenantError},
    time::Timestamp,
};

const MAX_AGE: Duration = Duration::from_secs(1);
/// More tenants than this are read anew rather than kept.
const MAX_KEPT: usize = 10_000;

#[derive(Default)]
pub(crate) struct TenantCache {
    kept: RwLock<Kept>,
}

#[derive(Default)]
struct Kept {
    by_id: HashMap<TenantId, (Arc<Tenant>, Timestamp)>,
    only: Option<(Option<TenantId>, Timestamp)>,
}

/// Whether the instance is known to have a single tenant, or not to.
enum Only {
    Unknown,
    Known(Option<TenantId>),
}

impl TenantCache {
    fn find(&self, id: TenantId, now: Timestamp) -> Option<Arc<Tenant>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let (tenant, at) = kept.by_id.get(&id)?;
        (is_fresh(*at, now, MAX_AGE)).then(|| Arc::clone(tenant))
    }

    fn only(&self, now: Timestamp) -> Only {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        match kept.only {
            Some((found, at)) if is_fresh(at, now, MAX_AGE) => Only::Known(found),
            _ => Only::Unknown,
        }
    }

    fn keep(&self, tenant: &Arc<Tenant>, now: Timestamp) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.by_id.len() >= MAX_KEPT {
            kept.by_id.clear();
        }
        kept.by_id.insert(tenant.id, (Arc::clone(tenant), now));
    }

    fn keep_only(&self, id: Option<TenantId>, now: Timestamp) {
        self.kept
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .only = Some((id, now));
    }

    /// Forgets everything, after a change made here.
    pub(crate) fn forget(&self) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }
}

impl Engine {
    /// A served tenant, whose settings are at most a second old.
    pub(crate) async fn active_tenant(&self, id: TenantId) -> Result<Arc<Tenant>, Error> {
        let tenant = self.cached_tenant(id).await?;
        tenant.require_active()?;
        Ok(tenant)
    }

    async fn cached_tenant(&self, id: TenantId) -> Result<Arc<Tenant>, Error> {
        let now = self.now();
        if let Some(tenant) = self.inner().tenants.find(id, now) {
            return Ok(tenant);
        }
        let mut unit = self.store().begin_control(Access::Read).await?;
        let tenant = Arc::new(unit.tenant(id).await?.ok_or(TenantError::NotFound)?);
        self.inner().tenants.keep(&tenant, now);
        Ok(tenant)
    }

    /// The only tenant of the instance, if there is exactly one.
    pub(crate) async fn only_tenant(&self) -> Result<Arc<Tenant>, Error> {
        let now = self.now();
        let known = match self.inner().tenants.only(now) {
            Only::Known(known) => known,
            Only::Unknown => self.find_only_tenant(now).await?,
        };
        self.active_tenant(known.ok_or(AccessError::TenantRequired)?)
            .await
    }

    async fn find_only_tenant(&self, now: Timestamp) -> Result<Option<TenantId>, Error> {
        let mut unit = self.store().begin_control(Access::Read).await?;
        let first = unit.tenants(None, 2).await?;
        let only = match first.as_slice() {
            [tenant] => Some(tenant.id),
            _ => None,
        };
        self.inner().tenants.keep_only(only, now);
        Ok(only)
    }
}
