//! Turning claims into a token.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::token::{AccessClaims, MAX_TOKEN_BYTES, SigningKey, jwt, strict_json::MAX_DEPTH};

/// How an access token is encoded; verifiers tell them apart by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenFormat {
    /// A compact JWS (RFC 7515, RFC 7519), signed with `EdDSA`.
    #[default]
    Jwt,
    /// PASETO `v4.public`, with the tenant id as its implicit assertion.
    #[cfg(feature = "paseto")]
    Paseto,
}

/// Why no token was made of the claims: every one issued must also be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IssueError {
    /// The token would exceed [`MAX_TOKEN_BYTES`].
    #[error("the claims are too large for a token")]
    TooLarge,
    /// Metadata, custom claims or actor are nested deeper than verifiers read.
    #[error("the claims are nested too deep for a token")]
    TooDeep,
    /// A point in time is before 1970 or after 9999.
    #[error("a claim is out of the range of dates")]
    DateOutOfRange,
    /// The claims could not be written as JSON.
    #[error("the claims cannot be written as JSON")]
    NotJson,
}

impl IssueError {
    /// The stable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "token_too_large",
            Self::TooDeep => "token_too_deep",
            Self::DateOutOfRange => "token_date_out_of_range",
            Self::NotJson => "token_not_encodable",
        }
    }
}

/// Signs an access token that says what `claims` say.
///
/// ```
/// use hellojohn_core::token::{DalekKeystore, Seed, SigningKey};
///
/// let key = SigningKey::from_seed(&Seed::new([7; 32]), &DalekKeystore)?;
/// assert!(key.id().to_string().starts_with("kid_"));
/// # Ok::<(), hellojohn_core::token::KeyError>(())
/// ```
pub fn issue_access_token(
    claims: &AccessClaims,
    key: &SigningKey,
    format: TokenFormat,
) -> Result<String, IssueError> {
    check(claims)?;
    let token = match format {
        TokenFormat::Jwt => jwt::issue(claims, key)?,
        #[cfg(feature = "paseto")]
        TokenFormat::Paseto => super::paseto::issue(claims, key)?,
    };
    if token.len() > MAX_TOKEN_BYTES {
        return Err(IssueError::TooLarge);
    }
    Ok(token)
}

/// 9999-12-31T23:59:59Z, the last second RFC 3339 can write.
const LAST_SECOND: i64 = 253_402_300_799;

fn check(claims: &AccessClaims) -> Result<(), IssueError> {
    let dates = [
        claims.issued_at,
        claims.not_before,
        claims.expires_at,
        claims.auth_time,
        claims.mfa_at.unwrap_or(0),
    ];
    if dates.iter().any(|date| !(0..=LAST_SECOND).contains(date)) {
        return Err(IssueError::DateOutOfRange);
    }
    let maps = [
        Some(&claims.public_metadata),
        Some(&claims.custom),
        claims.act.as_ref(),
    ];
    // The claims themselves are the first level.
    let levels = MAX_DEPTH - 1;
    if maps.into_iter().flatten().any(|map| !map_fits(map, levels)) {
        return Err(IssueError::TooDeep);
    }
    Ok(())
}

fn map_fits(map: &Map<String, Value>, levels: usize) -> bool {
    levels > 0 && map.values().all(|value| fits(value, levels - 1))
}

fn fits(value: &Value, levels: usize) -> bool {
    match value {
        Value::Object(map) => map_fits(map, levels),
        Value::Array(items) => levels > 0 && items.iter().all(|item| fits(item, levels - 1)),
        _ => true,
    }
}
