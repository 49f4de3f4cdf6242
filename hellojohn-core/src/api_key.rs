//! API keys: what they look like, what they may do, and how they are found again.

use std::{fmt, str::FromStr};

use data_encoding::BASE32_NOPAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::{
    id::{ApiKeyId, TenantId},
    secret::SecretHash,
    time::Timestamp,
};

/// The record of an API key; the key itself is shown once and not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Never changes.
    pub id: ApiKeyId,
    /// The tenant it is bound to; none for master keys.
    pub tenant_id: Option<TenantId>,
    /// For people.
    pub name: String,
    /// What it is for.
    pub kind: KeyKind,
    /// A label that is part of the key's text.
    pub environment: Environment,
    /// The last four characters, so that people recognise it.
    pub last_four: String,
    /// By which a presented key is found.
    pub hash: SecretHash,
    /// What it may do.
    pub scopes: KeyScopes,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it stops working.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl ApiKey {
    /// Whether the key works at a moment.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none_or(|at| at > now) && self.expires_at.is_none_or(|at| at > now)
    }

    /// What the key's text begins with, such as `sk_live_`.
    pub fn prefix(&self) -> String {
        prefix(self.kind, self.environment)
    }
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// `pk_`: safe in a browser; may only reach the routes where users sign up and in.
    Publishable,
    /// `sk_`: server to server, within its scopes.
    Secret,
    /// `mk_`: the whole instance; bound to no tenant.
    Master,
}

impl KeyKind {
    /// The word used in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publishable => "publishable",
            Self::Secret => "secret",
            Self::Master => "master",
        }
    }

    const fn short(self) -> &'static str {
        match self {
            Self::Publishable => "pk",
            Self::Secret => "sk",
            Self::Master => "mk",
        }
    }
}

impl FromStr for KeyKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Publishable, Self::Secret, Self::Master]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(())
    }
}

/// Whether a key is meant for production or for tests: a label only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Environment {
    /// `live`.
    #[default]
    Live,
    /// `test`.
    Test,
}

impl Environment {
    /// The word in the key and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Test => "test",
        }
    }
}

impl FromStr for Environment {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Live, Self::Test]
            .into_iter()
            .find(|e| e.as_str() == text)
            .ok_or(())
    }
}

fn prefix(kind: KeyKind, environment: Environment) -> String {
    format!("{}_{}_", kind.short(), environment.as_str())
}

/// Writes a new key: its prefix, 256 random bits in base 32, and four characters that catch typing errors.
pub fn mint(kind: KeyKind, environment: Environment, random: [u8; 32]) -> SecretString {
    let body = BASE32_NOPAD.encode(&random).to_ascii_lowercase();
    let prefix = prefix(kind, environment);
    let check = check(&prefix, &body);
    SecretString::from(format!("{prefix}{body}{check}"))
}

/// Recognises a key by its form and hashes it for the look-up; `None` if it cannot be one of ours.
pub fn recognise(text: &SecretString) -> Option<(KeyKind, SecretHash)> {
    let text = text.expose_secret();
    let kinds = [KeyKind::Publishable, KeyKind::Secret, KeyKind::Master];
    let environments = [Environment::Live, Environment::Test];
    let forms = kinds
        .into_iter()
        .flat_map(|kind| environments.map(|environment| (kind, environment)));
    let (kind, prefix, rest) = forms.into_iter().find_map(|(kind, environment)| {
        let prefix = prefix(kind, environment);
        let rest = text.strip_prefix(prefix.as_str())?;
        Some((kind, prefix, rest))
    })?;
    let (body, given) = rest.split_at_checked(BODY)?;
    (check(&prefix, body) == given).then(|| (kind, SecretHash::of(text.as_bytes())))
}

/// 32 bytes in base 32 without padding.
const BODY: usize = 52;

fn check(prefix: &str, body: &str) -> String {
    let digest = Sha256::new()
        .chain_update(prefix)
        .chain_update(body)
        .finalize();
    let mut text = BASE32_NOPAD.encode(digest.as_slice()).to_ascii_lowercase();
    text.truncate(4);
    text
}

/// The last four characters of a key, for display.
pub fn last_four(key: &SecretString) -> String {
    let text = key.expose_secret();
    text.get(text.len().saturating_sub(4)..)
        .unwrap_or_default()
        .to_owned()
}

/// Everything a tenant's key may be allowed: `<resource>:read` and `<resource>:write`.
const RESOURCES: [&str; 11] = [
    "users",
    "sessions",
    "mfa",
    "organizations",
    "roles",
    "clients",
    "webhooks",
    "api_keys",
    "audit_logs",
    "email",
    "config",
];

/// What a key may do: `*`, `users:read`, `users:*`, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyScopes(Vec<String>);

impl KeyScopes {
    /// Everything.
    pub fn all() -> Self {
        Self(vec!["*".to_owned()])
    }

    /// Reads scopes; `None` if one is not known for this kind of key.
    pub fn parse(kind: KeyKind, scopes: impl IntoIterator<Item = impl AsRef<str>>) -> Option<Self> {
        let mut list = Vec::new();
        for scope in scopes {
            let scope = scope.as_ref().trim();
            if !is_known(kind, scope) {
                return None;
            }
            if !list.iter().any(|known| known == scope) {
                list.push(scope.to_owned());
            }
        }
        (!list.is_empty()).then_some(Self(list))
    }

    /// Whether one scope is covered.
    pub fn cover(&self, wanted: &str) -> bool {
        self.0.iter().any(|held| {
            held == "*"
                || held == wanted
                || held
                    .strip_suffix('*')
                    .is_some_and(|stem| stem.ends_with(':') && wanted.starts_with(stem))
        })
    }

    /// Whether every scope of `other` is covered: a key never makes a key that may do more (R163).
    pub fn cover_all(&self, other: &Self) -> bool {
        other.0.iter().all(|scope| self.cover(scope))
    }

    /// The scopes as written.
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }

    /// One text for the database, separated by spaces.
    pub fn to_text(&self) -> String {
        self.0.join(" ")
    }

    /// Reads what [`to_text`](Self::to_text) wrote.
    pub fn from_text(text: &str) -> Self {
        Self(text.split_whitespace().map(str::to_owned).collect())
    }
}

impl fmt::Display for KeyScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

fn is_known(kind: KeyKind, scope: &str) -> bool {
    if scope == "*" {
        return true;
    }
    let Some((resource, action)) = scope.split_once(':') else {
        return false;
    };
    let known_action = matches!(action, "read" | "write" | "*");
    match kind {
        KeyKind::Publishable => false,
        KeyKind::Secret => {
            (RESOURCES.contains(&resource) && known_action)
                || scope == "users:impersonate"
                || scope == "tenants:read"
        }
        KeyKind::Master => matches!(resource, "tenants" | "keys" | "admins") && known_action,
    }
}

/// Which keys to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiKeyFilter {
    /// Of this kind.
    pub kind: Option<KeyKind>,
    /// Revoked ones at a moment, or the others; a key that will be revoked is not yet.
    pub revoked: Option<(bool, Timestamp)>,
}

impl ApiKeyFilter {
    /// Names what the filter selects, for cursors. Without the moment: the next page is asked for later.
    pub(crate) fn list_name(self) -> String {
        let revoked = self.revoked.map(|(revoked, _)| revoked);
        format!("{:?} {revoked:?}", self.kind)
    }
}

/// Why something about an API key cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiKeyError {
    /// No such key in this tenant.
    #[error("there is no such API key")]
    NotFound,
    /// The new key would be allowed more than the one that makes it.
    #[error("a key cannot give scopes it does not have")]
    BeyondOwnScopes,
}

impl ApiKeyError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "api_key_not_found",
            Self::BeyondOwnScopes => "insufficient_permissions",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minted_key_is_recognised_and_a_mistyped_one_is_not() {
        let key = mint(KeyKind::Secret, Environment::Live, [7; 32]);
        let text = key.expose_secret().to_owned();
        assert!(text.starts_with("sk_live_"));
        assert_eq!(recognise(&key).map(|(kind, _)| kind), Some(KeyKind::Secret));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'a' { b'b' } else { b'a' };
            let changed = SecretString::from(String::from_utf8(bytes).unwrap());
            assert!(recognise(&changed).is_none(), "byte {at}");
        }
        for end in 0..text.len() {
            assert!(recognise(&SecretString::from(&text[..end])).is_none());
        }
        assert!(recognise(&SecretString::from(format!("{text}x"))).is_none());
    }

    #[test]
    fn scopes_cover_by_name_resource_and_star() {
        let scopes = |list: &[&str]| KeyScopes::parse(KeyKind::Secret, list).unwrap();
        assert!(scopes(&["*"]).cover("users:write"));
        assert!(scopes(&["users:*"]).cover("users:write"));
        assert!(!scopes(&["users:read"]).cover("users:write"));
        assert!(!scopes(&["users:*"]).cover("sessions:read"));
        assert!(!scopes(&["users:read"]).cover_all(&scopes(&["*"])));
        assert!(scopes(&["users:*"]).cover_all(&scopes(&["users:read", "users:write"])));
        for unknown in ["", "users", "users:fly", "tenants:write", "us*"] {
            assert!(
                KeyScopes::parse(KeyKind::Secret, [unknown]).is_none(),
                "{unknown}"
            );
        }
        assert!(KeyScopes::parse(KeyKind::Publishable, ["users:read"]).is_none());
    }
}
