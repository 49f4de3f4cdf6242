use async_trait::async_trait;

use crate::{id::TenantId, store::StoreError, tenant::Tenant};

/// The tenants of the instance.
#[async_trait]
pub trait TenantStore: Send {
    /// The tenant with this id, if any.
    async fn tenant(&mut self, id: TenantId) -> Result<Option<Tenant>, StoreError>;

    /// The same, and no one else changes the row until the unit ends.
    async fn tenant_for_update(&mut self, id: TenantId) -> Result<Option<Tenant>, StoreError>;

    /// The tenant with this slug, if any.
    async fn tenant_by_slug(&mut self, slug: &str) -> Result<Option<Tenant>, StoreError>;

    /// Tenants after `after` by id, oldest first.
    async fn tenants(
        &mut self,
        after: Option<TenantId>,
        limit: u32,
    ) -> Result<Vec<Tenant>, StoreError>;

    /// Adds a tenant. `Conflict` names `tenant_slug`.
    async fn insert_tenant(&mut self, tenant: &Tenant) -> Result<(), StoreError>;

    /// Writes every changeable field of an existing tenant; says whether it exists.
    async fn update_tenant(&mut self, tenant: &Tenant) -> Result<bool, StoreError>;
}
