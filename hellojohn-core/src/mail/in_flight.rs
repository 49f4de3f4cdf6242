use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use crate::id::TenantId;

/// How many mails are on their way through each tenant's own server.
///
/// A server that takes its time holds up at most [`MOST`] workers of an instance, so that the
/// mail of other tenants goes on.
#[derive(Debug, Default)]
pub(crate) struct InFlight(Mutex<BTreeMap<TenantId, usize>>);

const MOST: usize = 2;

impl InFlight {
    /// Counts a mail until what is returned is dropped.
    pub(crate) fn enter(&self, tenant: TenantId) -> OnItsWay<'_> {
        self.change(|all| *all.entry(tenant).or_default() += 1);
        OnItsWay { all: self, tenant }
    }

    /// The tenants that have as many as they may.
    pub(crate) fn full(&self) -> Vec<TenantId> {
        self.change(|all| {
            let full = all.iter().filter(|(_, count)| **count >= MOST);
            full.map(|(tenant, _)| *tenant).collect()
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut BTreeMap<TenantId, usize>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One mail on its way.
#[derive(Debug)]
pub(crate) struct OnItsWay<'a> {
    all: &'a InFlight,
    tenant: TenantId,
}

impl Drop for OnItsWay<'_> {
    fn drop(&mut self) {
        self.all.change(|all| {
            if let Some(count) = all.get_mut(&self.tenant) {
                *count -= 1;
                if *count == 0 {
                    all.remove(&self.tenant);
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn a_tenant_is_full_while_two_are_on_their_way() {
        let all = InFlight::default();
        let tenant = TenantId::new(Timestamp::from_seconds(1), [1; 10]);
        let first = all.enter(tenant);
        assert_eq!(all.full(), []);
        let second = all.enter(tenant);
        assert_eq!(all.full(), [tenant]);
        drop(first);
        assert_eq!(all.full(), []);
        drop(second);
        assert!(all.change(|all| all.is_empty()));
    }
}
