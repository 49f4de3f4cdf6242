//! Events: what happened, for those who subscribe, written in the transaction of the change.

use serde_json::{Map, Value};

use crate::{id::EventId, time::Timestamp};

/// One event in a tenant's outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Never changes; receivers use it to notice duplicates.
    pub id: EventId,
    /// What happened, such as `user.created`.
    pub kind: String,
    /// The objects it happened to; never a secret.
    pub data: Map<String, Value>,
    /// When.
    pub created_at: Timestamp,
}
