//! The documents in which public keys are published, and how verifiers read them.

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::jwk::{
    AlgorithmParameters, CommonParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm,
    OctetKeyPairParameters, OctetKeyPairType, PublicKeyUse,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::token::{KeyError, KeyId, PublicKey, strict_json};

/// Why a JWK set cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JwksError {
    /// Not a JSON object with a `keys` array of objects.
    #[error("not a JWK set")]
    Malformed,
    /// A key in it has a private member: whoever published it leaked a secret (R076).
    #[error("the JWK set holds private key material")]
    PrivateKey,
    /// Two keys have one name.
    #[error("the JWK set names two keys alike")]
    DuplicateKey,
    /// An Ed25519 key is not named by its thumbprint.
    #[error("a key in the JWK set is not named by its thumbprint")]
    WrongKeyId,
    /// An Ed25519 key that must not be used.
    #[error("unusable key in the JWK set")]
    Key(#[from] KeyError),
}

/// Larger than any set this engine publishes, small enough to read without care.
const MAX_JWKS_BYTES: usize = 256 * 1024;

/// The private members of every key type (RFC 7518 §6, RFC 8037 §2).
const PRIVATE_MEMBERS: [&str; 9] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/// The JWK set (RFC 7517 §5, RFC 8037 §2) of these keys, in their order.
pub fn render(keys: &[PublicKey]) -> String {
    let set = JwkSet {
        keys: keys.iter().map(to_jwk).collect(),
    };
    serde_json::json!(set).to_string()
}

/// The PASERK counterpart: `{"keys":[{"kid":"kid_…","paserk":"k4.public.…"}]}`.
#[cfg(feature = "paseto")]
pub fn render_paserk(keys: &[PublicKey]) -> String {
    let keys: Vec<Value> = keys
        .iter()
        .map(|key| serde_json::json!({ "kid": key.id(), "paserk": paserk(key.as_bytes()) }))
        .collect();
    serde_json::json!({ "keys": keys }).to_string()
}

/// The keys of a set that can verify access tokens; see [`KeySet::from_jwks`](super::KeySet::from_jwks).
pub(crate) fn read(json: &str) -> Result<Vec<PublicKey>, JwksError> {
    #[derive(Deserialize)]
    struct Document {
        keys: Vec<Map<String, Value>>,
    }
    let document: Document =
        strict_json::parse(json.as_bytes(), MAX_JWKS_BYTES).map_err(|_| JwksError::Malformed)?;
    if document.keys.iter().any(is_private) {
        return Err(JwksError::PrivateKey);
    }
    document
        .keys
        .into_iter()
        .filter_map(|members| serde_json::from_value(Value::Object(members)).ok())
        .filter_map(|jwk: Jwk| signature_key(jwk).transpose())
        .collect()
}

fn to_jwk(key: &PublicKey) -> Jwk {
    Jwk {
        common: CommonParameters {
            public_key_use: Some(PublicKeyUse::Signature),
            key_algorithm: Some(KeyAlgorithm::EdDSA),
            key_id: Some(key.id().to_string()),
            ..CommonParameters::default()
        },
        algorithm: AlgorithmParameters::OctetKeyPair(OctetKeyPairParameters {
            key_type: OctetKeyPairType::OctetKeyPair,
            curve: EllipticCurve::Ed25519,
            x: BASE64URL_NOPAD.encode(key.as_bytes()),
        }),
    }
}

/// `k4.public.` and the key (PASERK, types/public).
#[cfg(feature = "paseto")]
fn paserk(key: &[u8]) -> Option<String> {
    use pasetors::{keys::AsymmetricPublicKey, paserk::FormatAsPaserk as _, version4::V4};

    let mut text = String::new();
    AsymmetricPublicKey::<V4>::from(key)
        .ok()?
        .fmt(&mut text)
        .ok()?;
    Some(text)
}

fn is_private(members: &Map<String, Value>) -> bool {
    PRIVATE_MEMBERS
        .iter()
        .any(|name| members.contains_key(*name))
}

/// The key, if it is one that signs with Ed25519.
fn signature_key(jwk: Jwk) -> Result<Option<PublicKey>, JwksError> {
    let AlgorithmParameters::OctetKeyPair(OctetKeyPairParameters {
        curve: EllipticCurve::Ed25519,
        x,
        ..
    }) = jwk.algorithm
    else {
        return Ok(None);
    };
    let CommonParameters {
        public_key_use,
        key_operations,
        key_algorithm,
        key_id,
        ..
    } = jwk.common;
    let for_signatures = matches!(public_key_use, None | Some(PublicKeyUse::Signature))
        && matches!(key_algorithm, None | Some(KeyAlgorithm::EdDSA))
        && key_operations.is_none();
    if !for_signatures {
        return Ok(None);
    }
    let bytes = BASE64URL_NOPAD
        .decode(x.as_bytes())
        .ok()
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .ok_or(KeyError::NotAPoint)?;
    let key = PublicKey::from_bytes(&bytes)?;
    match key_id.map(|id| id.parse::<KeyId>()) {
        Some(Ok(id)) if id == key.id() => Ok(Some(key)),
        _ => Err(JwksError::WrongKeyId),
    }
}

#[cfg(all(test, feature = "paseto"))]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    #[test]
    fn the_k4_public_vectors_of_paserk_hold() {
        let file = include_str!("../../tests/vectors/paserk_k4.public.json");
        let file: Value = serde_json::from_str(file).unwrap();
        let tests = file["tests"].as_array().unwrap();
        assert_eq!(tests.len(), 4);
        for test in tests {
            let key = HEXLOWER.decode(test["key"].as_str().unwrap().as_bytes());
            let text = paserk(&key.unwrap());
            assert_eq!(text.as_deref(), test["paserk"].as_str(), "{}", test["name"]);
        }
    }
}
