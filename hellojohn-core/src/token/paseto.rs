//! Access tokens as PASETO `v4.public`.
//!
//! The payload is the claims of the JWT with `iat`, `nbf` and `exp` as RFC 3339 text, the
//! footer is `{"kid":"kid_…"}`, and the implicit assertion is the text of the tenant id,
//! `tnt_…`: it is signed but not sent, so a token of one tenant cannot even be
//! authenticated in the name of another (R068).

use std::borrow::Cow;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    ports::Signer,
    time::Timestamp,
    token::{
        AccessClaims, IssueError, KeyId, KeySet, PublicKey, SigningKey, TokenError, base64url,
        strict_json,
        wire::{IdTexts, Wire},
    },
};

/// What every token of this kind begins with.
pub(crate) const HEADER: &str = "v4.public.";

/// Bounds the footer before it is parsed, as the PASETO specification asks.
const MAX_FOOTER_BYTES: usize = 256;

const SIGNATURE_BYTES: usize = 64;

/// Writes and signs one.
pub(crate) fn issue(claims: &AccessClaims, key: &SigningKey) -> Result<String, IssueError> {
    let texts = IdTexts::of(claims);
    let mut message = Message::new();
    serde_json::to_writer(&mut message.bytes, &Wire::<Rfc3339>::of(claims, &texts))
        .map_err(|_| IssueError::NotJson)?;
    Ok(message.sign(key.paseto_footer(), texts.tenant.as_bytes(), key.signer()))
}

/// The payload of a token that one of `keys` signed for this tenant.
pub(crate) fn open(token: &str, keys: &KeySet, tenant: &str) -> Result<Vec<u8>, TokenError> {
    let (message, footer) = token
        .strip_prefix(HEADER)
        .and_then(|rest| rest.split_once('.'))
        .ok_or(TokenError::Malformed)?;
    let mut buffer = [0; MAX_FOOTER_BYTES];
    let footer = base64url::decode_into(footer, &mut buffer).ok_or(TokenError::Malformed)?;
    let kid = key_id(footer)?;
    let key = keys.find(kid).ok_or(TokenError::UnknownKey { kid })?;
    verify(message, footer, tenant.as_bytes(), key)
}

/// A point in time as RFC 3339 text in whole seconds, UTC: `2026-01-01T00:00:00Z`.
pub(crate) struct Rfc3339(i64);

impl From<i64> for Rfc3339 {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl From<Rfc3339> for i64 {
    fn from(date: Rfc3339) -> Self {
        date.0
    }
}

impl Serialize for Rfc3339 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Timestamp::from_seconds(self.0))
    }
}

impl<'de> Deserialize<'de> for Rfc3339 {
    // Only the form that is written: one moment has one text.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let at: Option<Timestamp> = text.parse().ok();
        at.filter(|_| text.len() == 20 && text.ends_with('Z') && text.get(10..11) == Some("T"))
            .map(Timestamp::as_seconds)
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("not an RFC 3339 date in whole seconds"))
    }
}

/// The only member a footer may have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Footer<'a> {
    #[serde(borrow)]
    kid: Cow<'a, str>,
}

fn key_id(footer: &[u8]) -> Result<KeyId, TokenError> {
    let ours = footer
        .strip_prefix(br#"{"kid":""#)
        .and_then(|rest| rest.strip_suffix(br#""}"#))
        .and_then(|kid| std::str::from_utf8(kid).ok())
        .and_then(|kid| kid.parse().ok());
    if let Some(kid) = ours {
        return Ok(kid);
    }
    let footer: Footer<'_> =
        strict_json::parse(footer, MAX_FOOTER_BYTES).map_err(|_| TokenError::Header)?;
    footer.kid.parse().map_err(|_| TokenError::Header)
}

/// A message inside its pre-authentication encoding, in one buffer:
/// `PAE([header, message, footer, implicit assertion])` (PASETO, Common Definitions).
struct Message {
    bytes: Vec<u8>,
}

impl Message {
    /// Where the length of the message stands, and where the message begins.
    const LENGTH_AT: usize = 8 + 8 + HEADER.len();
    const START: usize = Self::LENGTH_AT + 8;

    fn new() -> Self {
        let mut bytes = Vec::with_capacity(1024);
        bytes.extend_from_slice(&4_u64.to_le_bytes());
        push_part(&mut bytes, HEADER.as_bytes());
        bytes.extend_from_slice(&[0; 8]);
        Self { bytes }
    }

    /// Completes the encoding around the message; answers where the message ends.
    fn close(&mut self, footer: &[u8], implicit: &[u8]) -> usize {
        let end = self.bytes.len();
        if let Some(length) = self.bytes.get_mut(Self::LENGTH_AT..Self::START) {
            length.copy_from_slice(&le64(end - Self::START));
        }
        push_part(&mut self.bytes, footer);
        push_part(&mut self.bytes, implicit);
        end
    }

    fn sign(mut self, footer: &str, implicit: &[u8], signer: &dyn Signer) -> String {
        let end = self.close(footer.as_bytes(), implicit);
        let signature = signer.sign(&self.bytes);
        self.bytes.truncate(end);
        self.bytes.extend_from_slice(&signature);
        let body = self.bytes.get(Self::START..).unwrap_or_default();
        let length = BASE64URL_NOPAD.encode_len(body.len());
        let mut token = String::with_capacity(HEADER.len() + length + 1 + 2 * footer.len());
        token.push_str(HEADER);
        base64url::encode_onto(body, &mut token);
        if !footer.is_empty() {
            token.push('.');
            base64url::encode_onto(footer.as_bytes(), &mut token);
        }
        token
    }
}

/// The message under an encoded body, if `key` signed it with this footer and assertion.
fn verify(
    body: &str,
    footer: &[u8],
    implicit: &[u8],
    key: &PublicKey,
) -> Result<Vec<u8>, TokenError> {
    let mut message = Message::new();
    let length = BASE64URL_NOPAD
        .decode_len(body.len())
        .map_err(|_| TokenError::Malformed)?;
    message.bytes.resize(Message::START + length, 0);
    message
        .bytes
        .get_mut(Message::START..)
        .and_then(|place| base64url::decode_into(body, place))
        .ok_or(TokenError::Malformed)?;
    let signature: [u8; SIGNATURE_BYTES] = message
        .bytes
        .get(Message::START..)
        .and_then(<[u8]>::last_chunk)
        .copied()
        .ok_or(TokenError::Malformed)?;
    message
        .bytes
        .truncate(Message::START + length - SIGNATURE_BYTES);
    let end = message.close(footer, implicit);
    key.check(&message.bytes, &signature)?;
    message.bytes.truncate(end);
    message.bytes.drain(..Message::START);
    Ok(message.bytes)
}

fn push_part(bytes: &mut Vec<u8>, part: &[u8]) {
    bytes.extend_from_slice(&le64(part.len()));
    bytes.extend_from_slice(part);
}

/// LE64 of the specification: the top bit is always clear.
fn le64(length: usize) -> [u8; 8] {
    (u64::try_from(length).unwrap_or(u64::MAX) & (u64::MAX >> 1)).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;
    use serde_json::Value;

    use super::*;
    use crate::{
        ports::Keystore as _,
        token::{DalekKeystore, Seed},
    };

    fn text<'a>(test: &'a Value, field: &str) -> &'a str {
        test[field].as_str().unwrap()
    }

    fn seed(test: &Value) -> Seed {
        let bytes = HEXLOWER.decode(text(test, "secret-key-seed").as_bytes());
        Seed::new(bytes.unwrap().try_into().unwrap())
    }

    fn open_vector(test: &Value, token: &str) -> Result<Vec<u8>, TokenError> {
        let key = seed(test).public_key().unwrap();
        let rest = token.strip_prefix(HEADER).ok_or(TokenError::Malformed)?;
        let body = rest.split_once('.').map_or(rest, |(body, _)| body);
        let implicit = text(test, "implicit-assertion");
        verify(
            body,
            text(test, "footer").as_bytes(),
            implicit.as_bytes(),
            &key,
        )
    }

    #[test]
    fn the_public_vectors_of_paseto_hold() {
        let file: Value =
            serde_json::from_str(include_str!("../../tests/vectors/paseto_v4.json")).unwrap();
        let (mut accepted, mut refused) = (0, 0);
        for test in file["tests"].as_array().unwrap() {
            if test.get("secret-key-seed").is_none() {
                continue;
            }
            let token = text(test, "token");
            if test["expect-fail"] == true {
                assert!(open_vector(test, token).is_err(), "{}", test["name"]);
                refused += 1;
                continue;
            }
            let mut message = Message::new();
            message
                .bytes
                .extend_from_slice(text(test, "payload").as_bytes());
            let signer = DalekKeystore.signer(seed(test).expose());
            let implicit = text(test, "implicit-assertion").as_bytes();
            let ours = message.sign(text(test, "footer"), implicit, &*signer);
            assert_eq!(ours, token, "{}", test["name"]);
            let payload = open_vector(test, token).unwrap();
            assert_eq!(payload, text(test, "payload").as_bytes());
            accepted += 1;
        }
        assert_eq!((accepted, refused), (3, 1));
    }

    #[test]
    fn a_body_too_short_for_a_signature_is_malformed() {
        let key = Seed::new([1; 32]).public_key().unwrap();
        for length in 0..64 {
            let body = BASE64URL_NOPAD.encode(&vec![0; length]);
            assert_eq!(verify(&body, b"", b"", &key), Err(TokenError::Malformed));
        }
    }

    #[test]
    fn dates_have_one_form() {
        let read = |text: &str| {
            serde_json::from_value::<Rfc3339>(text.into())
                .map(i64::from)
                .ok()
        };
        assert_eq!(read("2023-11-14T22:13:20Z"), Some(1_700_000_000));
        for bad in [
            "2023-11-14T22:13:20+00:00",
            "2023-11-14T22:13:20.5Z",
            "2023-11-14T22:13:20z",
            "2023-11-14 22:13:20Z",
            "2023-13-14T22:13:20Z",
            "1700000000",
            "",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
