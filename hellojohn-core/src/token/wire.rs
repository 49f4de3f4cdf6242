//! The claims as they are written, once for both encodings and both directions.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::{
    id::{TokenId, UserId},
    token::AccessClaims,
};

/// The claims as JSON; `D` is how `iat`, `nbf` and `exp` are written.
///
/// Read claims own what the caller will own anyway and borrow the rest.
#[derive(Serialize, Deserialize)]
pub(crate) struct Wire<'a, D> {
    #[serde(borrow)]
    pub(crate) iss: Cow<'a, str>,
    pub(crate) sub: UserId,
    #[serde(borrow)]
    pub(crate) aud: Cow<'a, str>,
    pub(crate) iat: D,
    pub(crate) nbf: D,
    pub(crate) exp: D,
    pub(crate) jti: TokenId,
    #[serde(borrow)]
    pub(crate) tenant_id: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) session_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) sid: Cow<'a, str>,
    pub(crate) email: Option<Cow<'a, str>>,
    pub(crate) email_verified: bool,
    pub(crate) name: Option<Cow<'a, str>>,
    pub(crate) org_id: Option<Cow<'a, str>>,
    pub(crate) role: Option<Cow<'a, str>>,
    pub(crate) org_role: Option<Cow<'a, str>>,
    pub(crate) roles: Cow<'a, [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) permissions: Option<Cow<'a, [String]>>,
    pub(crate) mfa_verified: bool,
    pub(crate) amr: Cow<'a, [String]>,
    pub(crate) auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mfa_at: Option<i64>,
    pub(crate) public_metadata: Cow<'a, Map<String, Value>>,
    pub(crate) custom: Cow<'a, Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) act: Option<Cow<'a, Map<String, Value>>>,
}

/// The ids that are written or used more than once, formatted once.
pub(crate) struct IdTexts {
    pub(crate) tenant: String,
    session: String,
}

impl IdTexts {
    pub(crate) fn of(claims: &AccessClaims) -> Self {
        Self {
            tenant: claims.tenant_id.to_string(),
            session: claims.session_id.to_string(),
        }
    }
}

impl<'a, D: From<i64>> Wire<'a, D> {
    /// The claims to be written, with the texts of their ids.
    pub(crate) fn of(claims: &'a AccessClaims, texts: &'a IdTexts) -> Self {
        Self {
            iss: Cow::Borrowed(&claims.issuer),
            sub: claims.subject,
            aud: Cow::Borrowed(&claims.audience),
            iat: claims.issued_at.into(),
            nbf: claims.not_before.into(),
            exp: claims.expires_at.into(),
            jti: claims.token_id,
            tenant_id: Cow::Borrowed(&texts.tenant),
            client_id: claims.client_id.as_deref().map(Cow::Borrowed),
            session_id: Cow::Borrowed(&texts.session),
            sid: Cow::Borrowed(&texts.session),
            email: claims.email.as_deref().map(Cow::Borrowed),
            email_verified: claims.email_verified,
            name: claims.name.as_deref().map(Cow::Borrowed),
            org_id: claims.org_id.as_deref().map(Cow::Borrowed),
            role: claims.role.as_deref().map(Cow::Borrowed),
            org_role: claims.org_role.as_deref().map(Cow::Borrowed),
            roles: Cow::Borrowed(&claims.roles),
            permissions: claims.permissions.as_deref().map(Cow::Borrowed),
            mfa_verified: claims.mfa_verified,
            amr: Cow::Borrowed(&claims.amr),
            auth_time: claims.auth_time,
            mfa_at: claims.mfa_at,
            public_metadata: Cow::Borrowed(&claims.public_metadata),
            custom: Cow::Borrowed(&claims.custom),
            act: claims.act.as_ref().map(Cow::Borrowed),
        }
    }
}

/// As in a JWT: `iat`, `nbf` and `exp` in seconds since the Unix epoch.
impl Serialize for AccessClaims {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire::<i64>::of(self, &IdTexts::of(self)).serialize(serializer)
    }
}
