//! The audit log: who did what to whom, written in the transaction of the change (R176).

use std::str::FromStr;

use serde_json::{Map, Value};

use crate::{
    id::{AuditId, RequestId},
    session::ClientInfo,
    time::Timestamp,
};

/// One line of the audit log of a tenant, or of the instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Never changes.
    pub id: AuditId,
    /// What happened, such as `user.login_failed`.
    pub kind: String,
    /// Who did it.
    pub actor: Actor,
    /// To what it was done.
    pub resource: Option<Resource>,
    /// From where.
    pub client: ClientInfo,
    /// Whether it succeeded.
    pub outcome: Outcome,
    /// Why it failed, as a stable code.
    pub reason: Option<String>,
    /// In which request.
    pub request_id: Option<RequestId>,
    /// Further facts; never a secret.
    pub metadata: Map<String, Value>,
    /// When.
    pub created_at: Timestamp,
}

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// The user, key or administrator; none for the system.
    pub id: Option<String>,
    /// The actor's address, when it has one.
    pub email: Option<String>,
}

impl Actor {
    /// The server itself or the embedding application.
    pub const SYSTEM: Self = Self {
        kind: ActorKind::System,
        id: None,
        email: None,
    };
}

/// What kind of actor acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// An end user.
    User,
    /// An operator.
    Admin,
    /// A program with an API key.
    ApiKey,
    /// The server itself or the embedding application.
    System,
}

impl ActorKind {
    /// The word used in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Admin => "admin",
            Self::ApiKey => "api_key",
            Self::System => "system",
        }
    }
}

impl FromStr for ActorKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::User, Self::Admin, Self::ApiKey, Self::System]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(())
    }
}

/// What something was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its kind: `user`, `session`, `api_key`, …
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// Whether an action succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did.
    Success,
    /// It was refused or failed.
    Failure,
}

impl Outcome {
    /// The word used in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
        }
    }
}

impl FromStr for Outcome {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Success, Self::Failure]
            .into_iter()
            .find(|o| o.as_str() == text)
            .ok_or(())
    }
}
