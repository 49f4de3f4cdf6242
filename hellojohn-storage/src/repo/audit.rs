use async_trait::async_trait;
use hellojohn_core::{
    audit::AuditEntry,
    id::TenantId,
    store::{AuditStore, ControlAuditStore, StoreError},
};
use sea_query::{InsertStatement, Value};

use crate::{
    conn,
    tables::{CpAuditLog, HjAuditLog as C},
    unit::{ControlSqlUnit, SqlUnit},
};

fn insert(tenant: Option<&str>, entry: &AuditEntry) -> Result<InsertStatement, StoreError> {
    let resource = entry.resource.as_ref();
    let request = entry.request_id.map(|id| id.to_string());
    let optional = |text: &Option<String>| Value::String(text.clone());
    conn::insert(
        C::Table,
        [
            (C::TenantId, conn::opt_text(tenant)),
            (C::Id, conn::text(entry.id.to_string())),
            (C::Kind, conn::text(&entry.kind)),
            (C::ActorKind, conn::text(entry.actor.kind.as_str())),
            (C::ActorId, optional(&entry.actor.id)),
            (C::ActorEmail, optional(&entry.actor.email)),
            (
                C::ResourceKind,
                conn::opt_text(resource.map(|of| of.kind.as_str())),
            ),
            (
                C::ResourceId,
                conn::opt_text(resource.map(|of| of.id.as_str())),
            ),
            (C::IpAddress, optional(&entry.client.ip_address)),
            (C::UserAgent, optional(&entry.client.user_agent)),
            (C::Country, optional(&entry.client.country)),
            (C::DeviceType, optional(&entry.client.device_type)),
            (C::Outcome, conn::text(entry.outcome.as_str())),
            (C::Reason, optional(&entry.reason)),
            (C::RequestId, Value::String(request)),
            (C::Metadata, conn::json(&entry.metadata)),
            (C::CreatedAt, conn::at(entry.created_at)),
        ],
    )
}

#[async_trait]
impl AuditStore for SqlUnit {
    async fn append_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let insert = insert(Some(self.key()), entry)?;
        self.tx.write(&insert).await.map(drop)
    }
}

#[async_trait]
impl ControlAuditStore for ControlSqlUnit {
    async fn append_control_audit(
        &mut self,
        tenant: Option<TenantId>,
        entry: &AuditEntry,
    ) -> Result<(), StoreError> {
        let tenant = tenant.map(|id| id.to_string());
        let mut insert = insert(tenant.as_deref(), entry)?;
        insert.into_table(CpAuditLog::Table);
        self.tx.write(&insert).await.map(drop)
    }
}
