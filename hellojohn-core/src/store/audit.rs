use async_trait::async_trait;

use crate::{audit::AuditEntry, id::TenantId, store::StoreError};

/// The audit log of one tenant. It only grows.
#[async_trait]
pub trait AuditStore: Send {
    /// Adds an entry.
    async fn append_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;
}

/// The audit log of the instance. It only grows.
#[async_trait]
pub trait ControlAuditStore: Send {
    /// Adds an entry, about one tenant or about the instance.
    async fn append_control_audit(
        &mut self,
        tenant: Option<TenantId>,
        entry: &AuditEntry,
    ) -> Result<(), StoreError>;
}
