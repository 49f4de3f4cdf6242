//! What a handler is given of a request.

use std::{net::IpAddr, str::FromStr, sync::Arc};

use bytes::Bytes;
use hellojohn_core::{
    Engine, Error,
    access::{AccessError, Caller, Operator, RequestOrigin},
    api_key::ApiKeyError,
    id::{ApiKeyId, FactorId, SessionId, TenantId, UserId},
    input::Email,
    mfa::MfaError,
    secret::SecretString,
    session::SessionError,
    tenant::TenantError,
    user::UserError,
};
use http::HeaderMap;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    parse,
    problem::Problem,
    route::RateClass,
    service::{Gate, Shared},
};

/// A request that was let in.
pub(crate) struct Call {
    pub(crate) shared: Arc<Shared>,
    /// What it draws from the budgets of its class.
    pub(crate) gate: Gate,
    pub(crate) who: Who,
    pub(crate) headers: HeaderMap,
    /// The other end of the connection, proxy or not.
    pub(crate) peer: Option<IpAddr>,
    pub(crate) parameters: Vec<String>,
    /// Where the request comes from.
    pub(crate) origin: RequestOrigin,
    pub(crate) query: Option<String>,
    pub(crate) body: Bytes,
}

/// Who was let in.
#[derive(Clone, Debug)]
pub(crate) enum Who {
    /// Anybody, on a public route.
    Anybody,
    /// Somebody in a tenant.
    Tenant(Caller),
    /// An operator of the instance.
    Instance(Operator),
}

impl Who {
    pub(crate) const fn caller(&self) -> Option<&Caller> {
        match self {
            Self::Tenant(caller) => Some(caller),
            _ => None,
        }
    }
}

impl Call {
    pub(crate) fn engine(&self) -> &Engine {
        &self.shared.engine
    }

    /// The caller, on a route of a tenant.
    pub(crate) fn caller(&self) -> Result<&Caller, Problem> {
        self.who
            .caller()
            .ok_or_else(|| Error::from(AccessError::MissingToken).into())
    }

    /// The operator, on a route of the instance.
    pub(crate) fn operator(&self) -> Result<&Operator, Problem> {
        match &self.who {
            Who::Instance(operator) => Ok(operator),
            _ => Err(Error::from(AccessError::MissingToken).into()),
        }
    }

    /// Draws from the budget of whom the request is about: a session, a user, or an e-mail
    /// address, however it is spelt.
    ///
    /// Before the work, and whether or not there is such a thing: the answer must not tell (R018).
    pub(crate) async fn limit(&self, class: RateClass, subject: &str) -> Result<(), Problem> {
        let email = Email::parse(subject);
        let subject = email.as_ref().map_or(subject, Email::as_str);
        self.gate.limit(class, self.who.caller(), subject).await
    }

    /// The body as one of our types.
    pub(crate) fn body<T: DeserializeOwned + JsonSchema>(&self) -> Result<T, Problem> {
        parse::body(&self.body)
    }

    /// The body as it is.
    pub(crate) fn object(&self) -> Result<Map<String, Value>, Problem> {
        parse::object(&self.body)
    }

    /// The query as one of our types.
    pub(crate) fn query<T: DeserializeOwned + JsonSchema>(&self) -> Result<T, Problem> {
        parse::query(self.query.as_deref())
    }

    /// The tenant of a one-time secret, on a route that asks for nothing else; whoever shows a
    /// credential beside it must show one of the same tenant.
    pub(crate) async fn holder_of(&self, secret: &SecretString) -> Result<Caller, Problem> {
        let origin = self.origin.clone();
        let holder = self.engine().caller_by_handle(secret, origin).await?;
        match self.who.caller() {
            Some(shown) if shown.tenant_id() != holder.tenant_id() => {
                Err(Error::from(AccessError::TenantMismatch).into())
            }
            _ => Ok(holder),
        }
    }

    /// The id in the path. One that cannot be an id is like one that does not exist.
    pub(crate) fn id<T: PathId>(&self) -> Result<T, Problem> {
        self.text().parse().map_err(|_| T::unknown().into())
    }

    /// The second id in the path.
    pub(crate) fn nested_id<T: PathId>(&self) -> Result<T, Problem> {
        let text = self.parameters.get(1).map_or("", String::as_str);
        text.parse().map_err(|_| T::unknown().into())
    }

    /// The first parameter in the path.
    pub(crate) fn text(&self) -> &str {
        self.parameters.first().map_or("", String::as_str)
    }
}

/// An id that stands in paths.
pub(crate) trait PathId: FromStr {
    /// What is answered when nothing has this id.
    fn unknown() -> Error;
}

impl PathId for UserId {
    fn unknown() -> Error {
        UserError::NotFound.into()
    }
}

impl PathId for SessionId {
    fn unknown() -> Error {
        SessionError::NotFound.into()
    }
}

impl PathId for FactorId {
    fn unknown() -> Error {
        MfaError::FactorNotFound.into()
    }
}

impl PathId for ApiKeyId {
    fn unknown() -> Error {
        ApiKeyError::NotFound.into()
    }
}

impl PathId for TenantId {
    fn unknown() -> Error {
        TenantError::NotFound.into()
    }
}
