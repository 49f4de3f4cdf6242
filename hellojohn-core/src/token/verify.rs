//! Accepting an access token, or saying why not.

use std::time::Duration;

use crate::{
    id::TenantId,
    time::Timestamp,
    token::{AccessClaims, KeyId, KeySet, MAX_TOKEN_BYTES, jwt, strict_json, wire::Wire},
};

/// No clock is forgiven more than this (R064).
pub const MAX_LEEWAY: Duration = Duration::from_mins(1);

/// The longest life of a token that is accepted unless the caller says otherwise.
pub const DEFAULT_MAX_LIFETIME: Duration = Duration::from_hours(24);

/// What a token must say to be accepted here and now.
///
/// It cannot be made without an issuer and a tenant (R072):
///
/// ```
/// use hellojohn_core::{id::TenantId, time::Timestamp, token::Expected};
///
/// let tenant = TenantId::from_bytes([1; 16]);
/// let now = Timestamp::from_seconds(1_700_000_000);
/// let expected = Expected::new("https://auth.example.com", tenant, now);
/// ```
///
/// ```compile_fail
/// use hellojohn_core::{time::Timestamp, token::Expected};
///
/// let now = Timestamp::from_seconds(1_700_000_000);
/// let expected = Expected { now, ..Expected::default() };
/// ```
#[derive(Clone, Debug)]
pub struct Expected<'a> {
    issuer: &'a str,
    tenant: TenantId,
    now: Timestamp,
    leeway: Duration,
    max_lifetime: Duration,
}

impl<'a> Expected<'a> {
    /// A token of this issuer and tenant, valid now give or take 30 seconds.
    pub const fn new(issuer: &'a str, tenant: TenantId, now: Timestamp) -> Self {
        Self {
            issuer,
            tenant,
            now,
            leeway: Duration::from_secs(30),
            max_lifetime: DEFAULT_MAX_LIFETIME,
        }
    }

    /// Forgives clocks this much, at most [`MAX_LEEWAY`].
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway.min(MAX_LEEWAY);
        self
    }

    /// Refuses tokens made to live longer than this, whoever signed them.
    #[must_use]
    pub const fn max_lifetime(mut self, max_lifetime: Duration) -> Self {
        self.max_lifetime = max_lifetime;
        self
    }
}

/// Why a token was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// Too large, not base64url, or not of the shape of a token.
    #[error("malformed token")]
    Malformed,
    /// The header or footer asks for anything but our one algorithm and type.
    #[error("token header not allowed")]
    Header,
    /// Signed by a key we do not have: a caller may load its keys anew, once, and try again.
    #[error("token signed by unknown key {kid}")]
    UnknownKey {
        /// The key the token names.
        kid: KeyId,
    },
    /// The signature is not that of the named key over this token.
    #[error("wrong token signature")]
    BadSignature,
    /// A claim is missing, of the wrong type, out of range, or at odds with another.
    #[error("malformed token claims")]
    Claims,
    /// Its time has passed.
    #[error("token has expired")]
    Expired,
    /// Its time has not come: `nbf` or `iat` is in the future.
    #[error("token is not yet valid")]
    NotYetValid,
    /// It was made to live longer than we accept.
    #[error("token lifetime is too long")]
    LifetimeTooLong,
    /// Another issuer's.
    #[error("wrong token issuer")]
    WrongIssuer,
    /// Meant for somebody else.
    #[error("wrong token audience")]
    WrongAudience,
    /// Another tenant's.
    #[error("wrong token tenant")]
    WrongTenant,
}

impl TokenError {
    /// The stable name clients see: expiry is the only difference that helps an honest one.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Expired => "token_expired",
            _ => "invalid_token",
        }
    }
}

/// The claims of an access token that is genuine, for this tenant, and valid now.
///
/// Takes JWT and PASETO alike. Claims it does not know are ignored (RFC 7519 §4);
/// everything else follows R061 to R069.
pub fn verify_access_token(
    token: &str,
    keys: &KeySet,
    expected: &Expected<'_>,
) -> Result<AccessClaims, TokenError> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(TokenError::Malformed);
    }
    let tenant = expected.tenant.to_string();
    #[cfg(feature = "paseto")]
    if token.starts_with(super::paseto::HEADER) {
        let payload = super::paseto::open(token, keys, &tenant)?;
        return claims::<super::paseto::Rfc3339>(&payload, &tenant, expected);
    }
    let payload = jwt::open(token, keys)?;
    claims::<i64>(&payload, &tenant, expected)
}

/// Reads the payload and holds it against what is expected.
fn claims<'a, D>(
    payload: &'a [u8],
    tenant: &str,
    expected: &Expected<'_>,
) -> Result<AccessClaims, TokenError>
where
    D: serde::Deserialize<'a> + Into<i64>,
{
    let wire: Wire<'a, D> =
        strict_json::parse(payload, MAX_TOKEN_BYTES).map_err(|_| TokenError::Claims)?;
    if wire.iss != expected.issuer {
        return Err(TokenError::WrongIssuer);
    }
    if wire.aud != tenant {
        return Err(TokenError::WrongAudience);
    }
    if wire.tenant_id != tenant {
        return Err(TokenError::WrongTenant);
    }
    let claims = own(wire, expected.tenant)?;
    check_dates(&claims, expected)?;
    Ok(claims)
}

/// The typed claims, after the tenant was found to be `tenant`.
fn own<D: Into<i64>>(wire: Wire<'_, D>, tenant_id: TenantId) -> Result<AccessClaims, TokenError> {
    if wire.sid != wire.session_id {
        return Err(TokenError::Claims);
    }
    let session_id = wire.session_id.parse().map_err(|_| TokenError::Claims)?;
    let owned = |text: std::borrow::Cow<'_, str>| text.into_owned();
    Ok(AccessClaims {
        issuer: wire.iss.into_owned(),
        subject: wire.sub,
        audience: wire.aud.into_owned(),
        issued_at: wire.iat.into(),
        not_before: wire.nbf.into(),
        expires_at: wire.exp.into(),
        token_id: wire.jti,
        tenant_id,
        client_id: wire.client_id.map(owned),
        session_id,
        email: wire.email.map(owned),
        email_verified: wire.email_verified,
        name: wire.name.map(owned),
        org_id: wire.org_id.map(owned),
        role: wire.role.map(owned),
        org_role: wire.org_role.map(owned),
        roles: wire.roles.into_owned(),
        permissions: wire.permissions.map(std::borrow::Cow::into_owned),
        mfa_verified: wire.mfa_verified,
        amr: wire.amr.into_owned(),
        auth_time: wire.auth_time,
        mfa_at: wire.mfa_at,
        public_metadata: wire.public_metadata.into_owned(),
        custom: wire.custom.into_owned(),
        act: wire.act.map(std::borrow::Cow::into_owned),
    })
}

/// The largest integer every JSON reader holds exactly (RFC 8259 §6).
const MAX_NUMERIC_DATE: i64 = 1 << 53;

fn check_dates(claims: &AccessClaims, expected: &Expected<'_>) -> Result<(), TokenError> {
    let dates = [
        claims.issued_at,
        claims.not_before,
        claims.expires_at,
        claims.auth_time,
        claims.mfa_at.unwrap_or(0),
    ];
    if dates
        .iter()
        .any(|date| !(0..=MAX_NUMERIC_DATE).contains(date))
        || claims.expires_at < claims.issued_at
    {
        return Err(TokenError::Claims);
    }
    let at = Timestamp::from_seconds;
    if at(claims.expires_at) + expected.leeway <= expected.now {
        return Err(TokenError::Expired);
    }
    let latest_start = expected.now + expected.leeway;
    if at(claims.not_before) > latest_start || at(claims.issued_at) > latest_start {
        return Err(TokenError::NotYetValid);
    }
    if at(claims.expires_at).since(at(claims.issued_at)) > expected.max_lifetime {
        return Err(TokenError::LifetimeTooLong);
    }
    Ok(())
}
