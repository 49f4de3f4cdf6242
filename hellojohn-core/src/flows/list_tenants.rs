use crate::{
    Engine, Error,
    access::Operator,
    id::TenantId,
    store::Access,
    tenant::{Tenant, TenantError},
};

impl Engine {
    /// Tenants after `after`, oldest first, at most `limit`.
    pub async fn tenants(
        &self,
        operator: &Operator,
        after: Option<TenantId>,
        limit: u32,
    ) -> Result<Vec<Tenant>, Error> {
        operator.require("tenants:read")?;
        let mut unit = self.store().begin_control(Access::Read).await?;
        Ok(unit.tenants(after, limit).await?)
    }

    /// One tenant, whatever its state.
    pub async fn tenant(&self, operator: &Operator, id: TenantId) -> Result<Tenant, Error> {
        operator.require("tenants:read")?;
        let mut unit = self.store().begin_control(Access::Read).await?;
        unit.tenant(id)
            .await?
            .ok_or_else(|| TenantError::NotFound.into())
    }

    /// The tenant with this slug, whatever its state.
    pub async fn tenant_by_slug(&self, operator: &Operator, slug: &str) -> Result<Tenant, Error> {
        operator.require("tenants:read")?;
        let mut unit = self.store().begin_control(Access::Read).await?;
        unit.tenant_by_slug(slug)
            .await?
            .ok_or_else(|| TenantError::NotFound.into())
    }
}
