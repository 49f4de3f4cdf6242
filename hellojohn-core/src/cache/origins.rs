//! Every browser origin some tenant allows, at most ten seconds old.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use super::is_fresh;
use crate::{Engine, Error, store::Access, tenant::TenantStatus, time::Timestamp};

const MAX_AGE: Duration = Duration::from_secs(10);
/// Tenants read at once while collecting.
const BATCH: u32 = 500;

#[derive(Default)]
pub(crate) struct OriginCache {
    kept: RwLock<Option<Kept>>,
}

struct Kept {
    origins: Arc<HashSet<String>>,
    at: Timestamp,
}

impl OriginCache {
    fn find(&self, now: Timestamp) -> Option<Arc<HashSet<String>>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|kept| is_fresh(kept.at, now, MAX_AGE))
            .map(|kept| Arc::clone(&kept.origins))
    }

    fn keep(&self, origins: Arc<HashSet<String>>, at: Timestamp) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(Kept { origins, at });
    }

    /// Forgets everything, after a change made here.
    pub(crate) fn forget(&self) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Engine {
    /// Whether the instance or any served tenant lists this origin, compared exactly (R183).
    ///
    /// For the moments in which a browser asks without naming a tenant: a CORS preflight
    /// carries no credential. It opens nothing by itself, since every request that follows
    /// is held against the list of its own tenant.
    pub async fn allows_origin(&self, origin: &str) -> Result<bool, Error> {
        if self
            .settings()
            .allowed_origins
            .iter()
            .any(|allowed| allowed == origin)
        {
            return Ok(true);
        }
        let now = self.now();
        if let Some(origins) = self.inner().origins.find(now) {
            return Ok(origins.contains(origin));
        }
        let origins = Arc::new(self.collect_origins().await?);
        self.inner().origins.keep(Arc::clone(&origins), now);
        Ok(origins.contains(origin))
    }

    async fn collect_origins(&self) -> Result<HashSet<String>, Error> {
        let mut unit = self.store().begin_control(Access::Read).await?;
        let mut origins = HashSet::new();
        let mut after = None;
        loop {
            let tenants = unit.tenants(after, BATCH).await?;
            let Some(last) = tenants.last() else {
                return Ok(origins);
            };
            after = Some(last.id);
            let active = tenants
                .into_iter()
                .filter(|tenant| tenant.status == TenantStatus::Active);
            origins.extend(active.flat_map(|tenant| tenant.config.allowed_origins));
        }
    }
}
