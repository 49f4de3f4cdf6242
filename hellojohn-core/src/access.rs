//! Who is asking, and in which tenant.
//!
//! A [`Caller`] is proof that a credential was checked and that it belongs to the tenant;
//! an [`Operator`] is the same for the control plane. Every flow takes one of the two.

use std::sync::Arc;

use crate::{
    api_key::KeyScopes,
    audit::{Actor, ActorKind},
    error::Error,
    id::{ApiKeyId, RequestId, SessionId, TenantId, UserId},
    mfa::policy::Restriction,
    session::{ClientInfo, Session},
    tenant::Tenant,
    time::Timestamp,
    user::User,
};

/// Somebody who was let in, in one tenant.
#[derive(Clone, Debug)]
pub struct Caller {
    tenant: Arc<Tenant>,
    principal: Principal,
    origin: RequestOrigin,
}

/// From which request a call comes; empty for calls of an embedding application.
#[derive(Clone, Debug, Default)]
pub struct RequestOrigin {
    /// The network side.
    pub client: ClientInfo,
    /// The request's id.
    pub request_id: Option<RequestId>,
}

/// What kind of credential the caller showed.
#[derive(Clone, Debug)]
pub enum Principal {
    /// The embedding application or the operator's command line: may do everything in the tenant.
    Application,
    /// Nobody in particular: only the tenant is known.
    Anonymous,
    /// A browser with a publishable key.
    Publishable(ApiKeyId),
    /// A server with a secret key.
    Secret {
        /// Which key.
        id: ApiKeyId,
        /// What it may do.
        scopes: KeyScopes,
        /// When it stops working.
        expires_at: Option<Timestamp>,
    },
    /// A signed-in user.
    User(Box<SignedInUser>),
}

/// A user and the session their access token belongs to, both read for this request.
#[derive(Clone, Debug)]
pub struct SignedInUser {
    /// The user.
    pub user: User,
    /// The session.
    pub session: Session,
    /// What it lacks, if the user must have a second factor and it has not shown one.
    pub restriction: Option<Restriction>,
}

impl Caller {
    pub(crate) const fn new(
        tenant: Arc<Tenant>,
        principal: Principal,
        origin: RequestOrigin,
    ) -> Self {
        Self {
            tenant,
            principal,
            origin,
        }
    }

    /// The tenant all of this happens in.
    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// The tenant's id.
    pub fn tenant_id(&self) -> TenantId {
        self.tenant.id
    }

    /// What kind of credential was shown.
    pub const fn principal(&self) -> &Principal {
        &self.principal
    }

    /// From which request the call comes.
    pub const fn origin(&self) -> &RequestOrigin {
        &self.origin
    }

    /// The signed-in user, if the caller is one.
    pub const fn user(&self) -> Option<&SignedInUser> {
        match &self.principal {
            Principal::User(signed_in) => Some(signed_in),
            _ => None,
        }
    }

    /// The signed-in user, or `missing_token`.
    pub(crate) fn require_user(&self) -> Result<&SignedInUser, Error> {
        self.user().ok_or_else(|| AccessError::MissingToken.into())
    }

    /// Refuses everybody but the tenant's own servers, and of those every key without this scope (R152).
    pub(crate) fn require(&self, scope: &str) -> Result<(), AccessError> {
        match &self.principal {
            Principal::Application => Ok(()),
            Principal::Secret { scopes, .. } if scopes.cover(scope) => Ok(()),
            Principal::Anonymous => Err(AccessError::MissingToken),
            Principal::Secret { .. } | Principal::Publishable(_) | Principal::User(_) => {
                Err(AccessError::InsufficientPermissions)
            }
        }
    }

    /// The same, but lets signed-in users pass: the flow then shows them their own only.
    pub(crate) fn require_user_or(&self, scope: &str) -> Result<(), AccessError> {
        match &self.principal {
            Principal::User(_) => Ok(()),
            _ => self.require(scope),
        }
    }

    /// Whether the caller acts for the tenant's own servers.
    pub const fn is_server(&self) -> bool {
        matches!(
            self.principal,
            Principal::Application | Principal::Secret { .. }
        )
    }

    /// Whether the caller may see and change what belongs to a user: the user, or a server.
    pub(crate) fn may_act_for(&self, user: UserId) -> bool {
        self.is_server()
            || self
                .user()
                .is_some_and(|signed_in| signed_in.user.id == user)
    }

    /// The caller's own session, if it has one.
    pub(crate) fn session_id(&self) -> Option<SessionId> {
        self.user().map(|signed_in| signed_in.session.id)
    }

    /// The caller as the audit log names it.
    pub(crate) fn actor(&self) -> Actor {
        match &self.principal {
            Principal::Application | Principal::Anonymous => Actor::SYSTEM,
            Principal::Publishable(id) | Principal::Secret { id, .. } => Actor {
                kind: ActorKind::ApiKey,
                id: Some(id.to_string()),
                email: None,
            },
            Principal::User(signed_in) => user_actor(&signed_in.user),
        }
    }
}

pub(crate) fn user_actor(user: &User) -> Actor {
    Actor {
        kind: ActorKind::User,
        id: Some(user.id.to_string()),
        email: Some(user.email.to_string()),
    }
}

/// Somebody who was let into the control plane.
#[derive(Clone, Debug)]
pub struct Operator {
    pub(crate) key: Option<(ApiKeyId, KeyScopes)>,
    pub(crate) origin: RequestOrigin,
}

impl Operator {
    /// The operator's own command line or the embedding application: whoever holds the
    /// database and the encryption key may do everything.
    pub fn local() -> Self {
        Self {
            key: None,
            origin: RequestOrigin::default(),
        }
    }

    /// Whether the operator may do something.
    pub fn may(&self, scope: &str) -> bool {
        self.key
            .as_ref()
            .is_none_or(|(_, scopes)| scopes.cover(scope))
    }

    /// Refuses an operator whose key lacks this scope (R152).
    pub(crate) fn require(&self, scope: &str) -> Result<(), AccessError> {
        if self.may(scope) {
            Ok(())
        } else {
            Err(AccessError::InsufficientPermissions)
        }
    }

    /// The master key that was shown, if one was.
    pub fn key_id(&self) -> Option<ApiKeyId> {
        self.key.as_ref().map(|(id, _)| *id)
    }

    pub(crate) fn actor(&self) -> Actor {
        self.key_id().map_or(Actor::SYSTEM, |id| Actor {
            kind: ActorKind::ApiKey,
            id: Some(id.to_string()),
            email: None,
        })
    }
}

/// Why a request was not let in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// No credential where one is needed.
    #[error("this call needs an access token or API key")]
    MissingToken,
    /// The access token is not valid here.
    #[error("the access token is not valid")]
    InvalidToken,
    /// The access token has expired.
    #[error("the access token has expired")]
    TokenExpired,
    /// Not a live secret or master key.
    #[error("the API key is not valid")]
    InvalidApiKey,
    /// Not a live publishable key.
    #[error("the publishable key is not valid")]
    InvalidPublishableKey,
    /// The credential is good but does not allow this.
    #[error("this credential does not allow the call")]
    InsufficientPermissions,
    /// Credential and header name different tenants.
    #[error("the credential belongs to another tenant")]
    TenantMismatch,
    /// Nothing names a tenant.
    #[error("name the tenant in `X-Tenant-ID`")]
    TenantRequired,
}

impl AccessError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MissingToken => "missing_token",
            Self::InvalidToken => "invalid_token",
            Self::TokenExpired => "token_expired",
            Self::InvalidApiKey => "invalid_api_key",
            Self::InvalidPublishableKey => "invalid_publishable_key",
            Self::InsufficientPermissions => "insufficient_permissions",
            Self::TenantMismatch => "tenant_mismatch",
            Self::TenantRequired => "tenant_required",
        }
    }
}
