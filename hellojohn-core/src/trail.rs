//! What a flow leaves behind in its own transaction: audit entries and events.

use serde_json::{Map, Value, json};

use crate::{
    Engine, Error,
    access::{Caller, Operator, RequestOrigin},
    audit::{Actor, AuditEntry, Outcome, Resource},
    event::Event,
    factor::Factor,
    id::{AuditId, EventId, SessionId, TenantId, UserId},
    session::{RevocationReason, Session},
    store::{ControlUnit, UnitOfWork},
    user::User,
};

/// An audit entry in the making; the engine adds who, when and from where.
#[derive(Debug)]
pub(crate) struct Entry {
    kind: &'static str,
    actor: Option<Actor>,
    resource: Option<Resource>,
    outcome: Outcome,
    reason: Option<String>,
    metadata: Map<String, Value>,
}

impl Entry {
    /// Something that succeeded.
    pub(crate) fn new(kind: &'static str) -> Self {
        Self {
            kind,
            actor: None,
            resource: None,
            outcome: Outcome::Success,
            reason: None,
            metadata: Map::new(),
        }
    }

    /// Something that was refused, and why.
    pub(crate) fn refused(kind: &'static str, reason: &str) -> Self {
        Self {
            outcome: Outcome::Failure,
            ..Self::new(kind)
        }
        .reason(reason)
    }

    /// Done to this object.
    pub(crate) fn on(mut self, kind: &str, id: impl std::fmt::Display) -> Self {
        self.resource = Some(Resource {
            kind: kind.to_owned(),
            id: id.to_string(),
        });
        self
    }

    /// Done to this user.
    pub(crate) fn user(self, id: UserId) -> Self {
        self.on("user", id)
    }

    /// Done to this session.
    pub(crate) fn session(self, id: SessionId) -> Self {
        self.on("session", id)
    }

    /// Done by somebody else than the caller's credential tells.
    pub(crate) fn by(mut self, actor: Actor) -> Self {
        self.actor = Some(actor);
        self
    }

    /// Why.
    pub(crate) fn reason(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    fn finish(self, engine: &Engine, actor: Actor, origin: &RequestOrigin) -> AuditEntry {
        let now = engine.now();
        AuditEntry {
            id: AuditId::new(now, engine.random()),
            kind: self.kind.to_owned(),
            actor: self.actor.unwrap_or(actor),
            resource: self.resource,
            client: origin.client.clone(),
            outcome: self.outcome,
            reason: self.reason,
            request_id: origin.request_id,
            metadata: self.metadata,
            created_at: now,
        }
    }

    /// A further fact; never a secret.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.metadata.insert(name.to_owned(), value.into());
        self
    }
}

impl Engine {
    /// Writes an audit entry of a tenant.
    pub(crate) async fn record(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        entry: Entry,
    ) -> Result<(), Error> {
        let entry = entry.finish(self, caller.actor(), caller.origin());
        Ok(unit.append_audit(&entry).await?)
    }

    /// Writes an audit entry of the instance.
    pub(crate) async fn record_control(
        &self,
        unit: &mut dyn ControlUnit,
        operator: &Operator,
        tenant: Option<TenantId>,
        entry: Entry,
    ) -> Result<(), Error> {
        let entry = entry.finish(self, operator.actor(), &operator.origin);
        Ok(unit.append_control_audit(tenant, &entry).await?)
    }

    /// Writes an event.
    pub(crate) async fn emit(
        &self,
        unit: &mut dyn UnitOfWork,
        kind: &str,
        data: Map<String, Value>,
    ) -> Result<(), Error> {
        let now = self.now();
        let event = Event {
            id: EventId::new(now, self.random()),
            kind: kind.to_owned(),
            data,
            created_at: now,
        };
        Ok(unit.append_event(&event).await?)
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// The `data` of events about a user: what servers may see, without the password hash.
pub(crate) fn user_data(user: &User) -> Map<String, Value> {
    object(json!({ "user": {
        "id": user.id,
        "tenant_id": user.tenant_id,
        "email": user.email,
        "email_verified": user.email_verified,
        "username": user.username,
        "name": user.name,
        "phone": user.phone,
        "phone_verified": user.phone_verified,
        "avatar_url": user.avatar_url,
        "external_id": user.external_id,
        "role": user.role,
        "status": user.status.as_str(),
        "public_metadata": user.public_metadata,
        "private_metadata": user.private_metadata,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
    }}))
}

/// The `data` of `user.deleted`: nothing that outlives the user tells more than their id.
pub(crate) fn user_gone(id: UserId) -> Map<String, Value> {
    object(json!({ "user": { "id": id } }))
}

/// The `data` of `mfa.enrolled` and `mfa.removed`.
pub(crate) fn factor_data(user: &User, factor: &Factor) -> Map<String, Value> {
    object(json!({ "factor": {
        "id": factor.id,
        "user_id": user.id,
        "tenant_id": user.tenant_id,
        "type": factor.kind.as_str(),
        "name": factor.name,
        "created_at": factor.created_at,
    }}))
}

/// The `data` of `session.created`.
pub(crate) fn session_data(session: &Session) -> Map<String, Value> {
    object(json!({ "session": {
        "id": session.id,
        "user_id": session.user_id,
        "tenant_id": session.tenant_id,
        "ip_address": session.client.ip_address,
        "user_agent": session.client.user_agent,
        "device_type": session.client.device_type,
        "created_at": session.created_at,
        "expires_at": session.expires_at,
    }}))
}

/// The `data` of `session.revoked`.
pub(crate) fn session_ended(
    id: SessionId,
    user: UserId,
    reason: RevocationReason,
) -> Map<String, Value> {
    object(
        json!({ "session": { "id": id, "user_id": user, "status": "revoked", "reason": reason.as_str() } }),
    )
}
