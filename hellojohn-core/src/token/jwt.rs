//! Access tokens as JWT: compact JWS (RFC 7515 §3.1) with `EdDSA` (RFC 8037 §3.1).

use std::borrow::Cow;

use serde::Deserialize;

use crate::token::{
    AccessClaims, IssueError, KeyId, KeySet, SigningKey, TokenError, base64url, strict_json,
    wire::{IdTexts, Wire},
};

/// A signature in base64url.
const SIGNATURE_CHARS: usize = 86;

/// More than the header of any token of ours, by far.
const MAX_HEADER_BYTES: usize = 384;

/// Writes and signs one; the header was encoded once, with the key.
pub(crate) fn issue(claims: &AccessClaims, key: &SigningKey) -> Result<String, IssueError> {
    let texts = IdTexts::of(claims);
    let mut json = Vec::with_capacity(1024);
    serde_json::to_writer(&mut json, &Wire::<i64>::of(claims, &texts))
        .map_err(|_| IssueError::NotJson)?;
    let header = key.jwt_header();
    let payload = json.len().div_ceil(3) * 4;
    let mut token = String::with_capacity(header.len() + payload + SIGNATURE_CHARS + 2);
    token.push_str(header);
    token.push('.');
    base64url::encode_onto(&json, &mut token);
    let signature = key.signer().sign(token.as_bytes());
    token.push('.');
    base64url::encode_onto(&signature, &mut token);
    Ok(token)
}

/// The payload of a token that one of `keys` signed.
pub(crate) fn open(token: &str, keys: &KeySet) -> Result<Vec<u8>, TokenError> {
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
    // A further dot would stay in the payload, where it is no base64url.
    let (header, payload) = signed.split_once('.').ok_or(TokenError::Malformed)?;
    let kid = key_id(header)?;
    let key = keys.find(kid).ok_or(TokenError::UnknownKey { kid })?;
    if signature.len() != SIGNATURE_CHARS {
        return Err(TokenError::Malformed);
    }
    let mut bytes = [0; 64];
    base64url::decode_into(signature, &mut bytes).ok_or(TokenError::Malformed)?;
    key.check(signed.as_bytes(), &bytes)?;
    base64url::decode(payload).ok_or(TokenError::Malformed)
}

/// The only members a header may have (R062), all of them required.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header<'a> {
    #[serde(borrow)]
    alg: Cow<'a, str>,
    #[serde(borrow)]
    kid: Cow<'a, str>,
    #[serde(borrow)]
    typ: Cow<'a, str>,
}

/// Who signed, according to a header that asks for nothing we do not do.
fn key_id(encoded: &str) -> Result<KeyId, TokenError> {
    let mut buffer = [0; MAX_HEADER_BYTES];
    let header = base64url::decode_into(encoded, &mut buffer).ok_or(TokenError::Malformed)?;
    if let Some(kid) = kid_of_our_header(header) {
        return Ok(kid);
    }
    let header: Header<'_> =
        strict_json::parse(header, MAX_HEADER_BYTES).map_err(|_| TokenError::Header)?;
    if header.alg != "EdDSA" || header.typ != "JWT" {
        return Err(TokenError::Header);
    }
    header.kid.parse().map_err(|_| TokenError::Header)
}

/// The common case without a JSON parser: the header has the very bytes we write.
fn kid_of_our_header(header: &[u8]) -> Option<KeyId> {
    let kid = header
        .strip_prefix(br#"{"alg":"EdDSA","kid":""#)?
        .strip_suffix(br#"","typ":"JWT"}"#)?;
    std::str::from_utf8(kid).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64URL_NOPAD;

    use super::*;

    fn read(header: &str) -> Result<KeyId, TokenError> {
        key_id(&BASE64URL_NOPAD.encode(header.as_bytes()))
    }

    #[test]
    fn both_ways_of_reading_a_header_find_the_same_key() {
        let kid = KeyId::of(&[1; 32]);
        let ours = format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"JWT"}}"#);
        let other = format!(r#"{{ "typ": "JWT", "kid": "{kid}", "alg": "EdDSA" }}"#);
        assert_eq!(kid_of_our_header(ours.as_bytes()), Some(kid));
        assert_eq!(kid_of_our_header(other.as_bytes()), None);
        assert_eq!(read(&ours), Ok(kid));
        assert_eq!(read(&other), Ok(kid));
    }

    #[test]
    fn a_header_too_long_for_us_is_malformed() {
        let long = format!(
            r#"{{"alg":"EdDSA","kid":"{}"}}"#,
            "k".repeat(MAX_HEADER_BYTES)
        );
        assert_eq!(read(&long), Err(TokenError::Malformed));
    }
}
