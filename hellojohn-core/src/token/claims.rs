//! What an access token says.

use std::fmt;

use serde_json::{Map, Value};

use crate::id::{SessionId, TenantId, TokenId, UserId};

/// The claims of an access token, the same in both encodings.
///
/// Points in time are whole seconds since the Unix epoch (`NumericDate`, RFC 7519 §2).
#[derive(Clone, PartialEq)]
pub struct AccessClaims {
    /// `iss`: who issued it.
    pub issuer: String,
    /// `sub`: the user it speaks for.
    pub subject: UserId,
    /// `aud`: who it is for; the tenant id for first-party sessions.
    pub audience: String,
    /// `iat`: when it was issued.
    pub issued_at: i64,
    /// `nbf`: when it becomes valid.
    pub not_before: i64,
    /// `exp`: when it stops being valid.
    pub expires_at: i64,
    /// `jti`: the id of this one token.
    pub token_id: TokenId,
    /// `tenant_id`: the tenant the user belongs to.
    pub tenant_id: TenantId,
    /// `client_id`: the client that was used; left out when none was.
    pub client_id: Option<String>,
    /// `session_id` and `sid`: the session behind it. Written under both names.
    pub session_id: SessionId,
    /// `email`: the user's address, null when withheld (R071).
    pub email: Option<String>,
    /// `email_verified`: whether that address was proven.
    pub email_verified: bool,
    /// `name`: the user's display name.
    pub name: Option<String>,
    /// `org_id`: the active organization, null when there is none.
    pub org_id: Option<String>,
    /// `role`: the effective role, that of the organization when one is active.
    pub role: Option<String>,
    /// `org_role`: the role in the active organization.
    pub org_role: Option<String>,
    /// `roles`: every tenant role.
    pub roles: Vec<String>,
    /// `permissions`: what the roles allow; left out unless the tenant asks for it.
    pub permissions: Option<Vec<String>>,
    /// `mfa_verified`: whether a second factor was checked in this session.
    pub mfa_verified: bool,
    /// `amr`: how the user authenticated (RFC 8176).
    pub amr: Vec<String>,
    /// `auth_time`: when the user last authenticated.
    pub auth_time: i64,
    /// `mfa_at`: when a second factor was last checked; left out when never.
    pub mfa_at: Option<i64>,
    /// `public_metadata`: what the application shows to its clients.
    pub public_metadata: Map<String, Value>,
    /// `custom`: what the application's hooks added.
    pub custom: Map<String, Value>,
    /// `act`: who really acts when a user is impersonated (RFC 8693 §4.1); left out when nobody else does.
    pub act: Option<Map<String, Value>>,
}

impl fmt::Debug for AccessClaims {
    // Ids only: claims end up in log lines, and addresses, names and metadata must not.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessClaims")
            .field("token_id", &self.token_id)
            .field("subject", &self.subject)
            .field("tenant_id", &self.tenant_id)
            .field("session_id", &self.session_id)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
