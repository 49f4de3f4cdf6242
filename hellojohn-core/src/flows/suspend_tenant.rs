use crate::{
    Engine, Error,
    access::Operator,
    id::TenantId,
    store::Access,
    tenant::{Tenant, TenantError, TenantStatus},
    trail::Entry,
};

impl Engine {
    /// Stops serving a tenant: its keys, tokens and sessions are refused until it is activated.
    pub async fn suspend_tenant(&self, operator: &Operator, id: TenantId) -> Result<Tenant, Error> {
        operator.require("tenants:write")?;
        self.set_tenant_status(operator, id, TenantStatus::Suspended)
            .await
    }

    /// Serves a suspended tenant again.
    pub async fn activate_tenant(
        &self,
        operator: &Operator,
        id: TenantId,
    ) -> Result<Tenant, Error> {
        operator.require("tenants:write")?;
        self.set_tenant_status(operator, id, TenantStatus::Active)
            .await
    }

    async fn set_tenant_status(
        &self,
        operator: &Operator,
        id: TenantId,
        status: TenantStatus,
    ) -> Result<Tenant, Error> {
        let mut unit = self.store().begin_control(Access::Write).await?;
        let mut tenant = unit
            .tenant_for_update(id)
            .await?
            .ok_or(TenantError::NotFound)?;
        if tenant.status == TenantStatus::Deleted {
            return Err(TenantError::NotFound.into());
        }
        tenant.status = status;
        tenant.updated_at = self.now();
        unit.update_tenant(&tenant).await?;
        let kind = if status == TenantStatus::Suspended {
            "tenant.suspended"
        } else {
            "tenant.activated"
        };
        self.record_control(
            &mut *unit,
            operator,
            Some(id),
            Entry::new(kind).on("tenant", id),
        )
        .await?;
        unit.commit().await?;
        self.inner().tenants.forget();
        self.inner().origins.forget();
        Ok(tenant)
    }
}
