use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_cbor_2::Value as Cbor;
use serde_json::{Map, Value};

use super::{Flaw, PasskeyError, attested::AttestationObject};

/// An Ed25519 key of an authenticator: the one kind of key `webauthn-rs` does not verify.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ed25519Key(VerifyingKey);

/// Its name among what is stored of a passkey.
const STORED: &str = "ed25519";

impl Ed25519Key {
    /// Reads a COSE key (RFC 9053 §7.2); `None` if it is of another algorithm.
    pub(super) fn of_cose(key: &Cbor) -> Option<Result<Self, PasskeyError>> {
        let Cbor::Map(parameters) = key else {
            return None;
        };
        let at = |label: i128| parameters.get(&Cbor::Integer(label));
        if at(3) != Some(&Cbor::Integer(-8)) {
            return None;
        }
        let fits = at(1) == Some(&Cbor::Integer(1)) && at(-1) == Some(&Cbor::Integer(6));
        let key = match at(-2) {
            Some(Cbor::Bytes(x)) if fits => Self::of_bytes(x),
            _ => None,
        };
        Some(key.ok_or(PasskeyError::Invalid(Flaw::Algorithm)))
    }

    /// Reads what [`Self::stored`] made; `None` if the passkey's key is of another algorithm.
    pub(super) fn of_stored(key: &Map<String, Value>) -> Option<Self> {
        let text = key.get(STORED)?.as_str()?;
        Self::of_bytes(&BASE64URL_NOPAD.decode(text.as_bytes()).ok()?)
    }

    pub(super) fn stored(self) -> Map<String, Value> {
        let text = BASE64URL_NOPAD.encode(self.0.as_bytes());
        Map::from_iter([(STORED.to_owned(), Value::String(text))])
    }

    /// Verifies strictly (RFC 8032 §5.1.7, small-order points refused).
    pub(super) fn verify(self, message: &[u8], signature: &[u8]) -> Result<(), PasskeyError> {
        let verified = Signature::from_slice(signature)
            .and_then(|signature| self.0.verify_strict(message, &signature));
        verified.map_err(|_| PasskeyError::Invalid(Flaw::Signature))
    }

    /// Verifies the attestation of a new credential: none, or the key's own (§8.2 and §8.7). The
    /// certificates of a maker are not read, because nobody asks for them (R142).
    pub(super) fn verify_attestation(
        self,
        object: &AttestationObject,
        message: &[u8],
    ) -> Result<(), PasskeyError> {
        let refused = Err(PasskeyError::Invalid(Flaw::Signature));
        let Cbor::Map(statement) = &object.statement else {
            return refused;
        };
        let part = |name: &str| statement.get(&Cbor::Text(name.to_owned()));
        match (object.format.as_str(), part("alg"), part("sig")) {
            ("none", _, _) if statement.is_empty() => Ok(()),
            ("packed", Some(Cbor::Integer(-8)), Some(Cbor::Bytes(signature)))
                if statement.len() == 2 =>
            {
                self.verify(message, signature)
            }
            _ => refused,
        }
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let key = VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()?;
        (!key.is_weak()).then_some(Self(key))
    }
}
