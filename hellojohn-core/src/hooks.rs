//! Hooks: the application's own code inside a flow's transaction.
//!
//! A hook runs in the same unit of work as the flow. What it writes through the unit's
//! connection is committed with the flow or not at all; what it refuses is rolled back.

use async_trait::async_trait;
use serde_json::{Map, Value};

use crate::{
    access::{Caller, RequestOrigin},
    session::Session,
    store::UnitOfWork,
    tenant::Tenant,
    time::Timestamp,
    user::{Profile, User},
};

/// What a hook may look at and write with.
pub struct HookContext<'a> {
    /// The tenant.
    pub tenant: &'a Tenant,
    /// The request.
    pub origin: &'a RequestOrigin,
    /// When the flow runs.
    pub now: Timestamp,
    /// The flow's transaction. The storage crate gives the underlying connection.
    pub unit: &'a mut dyn UnitOfWork,
}

impl<'a> HookContext<'a> {
    pub(crate) fn of(caller: &'a Caller, now: Timestamp, unit: &'a mut dyn UnitOfWork) -> Self {
        Self {
            tenant: caller.tenant(),
            origin: caller.origin(),
            now,
            unit,
        }
    }
}

/// The application's hooks. Everything does nothing unless you implement it.
#[async_trait]
pub trait Hooks: Send + Sync {
    /// Before an account is written; may change or refuse it.
    async fn before_sign_up(
        &self,
        _cx: &mut HookContext<'_>,
        _user: &mut User,
    ) -> Result<(), HookError> {
        Ok(())
    }

    /// After an account was written, in the same transaction.
    async fn after_sign_up(
        &self,
        _cx: &mut HookContext<'_>,
        _user: &User,
    ) -> Result<(), HookError> {
        Ok(())
    }

    /// After the credential was checked and before a session is made; may refuse.
    async fn before_sign_in(
        &self,
        _cx: &mut HookContext<'_>,
        _user: &User,
    ) -> Result<(), HookError> {
        Ok(())
    }

    /// After a session was written, in the same transaction.
    async fn after_sign_in(
        &self,
        _cx: &mut HookContext<'_>,
        _user: &User,
        _session: &Session,
    ) -> Result<(), HookError> {
        Ok(())
    }

    /// Adds claims under `custom`, at every issue of an access token. Reserved names are dropped (R070).
    async fn claims(
        &self,
        _tenant: &Tenant,
        _profile: &Profile,
        _session: &Session,
    ) -> Result<Map<String, Value>, HookError> {
        Ok(Map::new())
    }
}

/// Why a hook stopped a flow.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HookError {
    /// The application refuses; the message is shown to the caller.
    #[error("{0}")]
    Veto(String),
    /// The hook itself failed; the flow stops (N64).
    #[error("a hook failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl HookError {
    /// Refuses, with a message for the caller.
    pub fn veto(message: impl Into<String>) -> Self {
        Self::Veto(message.into())
    }

    /// Wraps what went wrong inside a hook.
    pub fn failed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Failed(cause.into())
    }

    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Veto(_) => "blocked_by_hook",
            Self::Failed(_) => "internal_error",
        }
    }
}
