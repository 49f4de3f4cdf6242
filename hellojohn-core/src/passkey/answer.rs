use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use serde_json::Value;

use super::{Flaw, PasskeyError};

/// The longest credential id (WebAuthn L3 §5.8.3), in bytes.
const LONGEST_ID: usize = 1023;
/// The shortest (§6.1: 16 bytes hold the 100 bits of entropy an id must have).
const SHORTEST_ID: usize = 16;

/// The parts of a `PublicKeyCredential` as a browser writes it that every ceremony has
/// (WebAuthn L3 §5.1.1). What we did not ask for (extension outputs) is left out.
#[derive(Debug, Deserialize)]
pub(super) struct Answer<R> {
    pub(super) id: String,
    #[serde(rename = "rawId")]
    raw_id: String,
    #[serde(rename = "type")]
    kind: String,
    pub(super) response: R,
}

impl<R: for<'de> Deserialize<'de>> Answer<R> {
    pub(super) fn read(value: &Value) -> Result<Self, PasskeyError> {
        Self::deserialize(value).map_err(|_| PasskeyError::Invalid(Flaw::Malformed))
    }

    /// The credential's id, which the answer gives twice.
    pub(super) fn credential_id(&self) -> Result<Vec<u8>, PasskeyError> {
        if self.kind != "public-key" || self.id != self.raw_id {
            return Err(PasskeyError::Invalid(Flaw::Malformed));
        }
        let id = decode(&self.id)?;
        (SHORTEST_ID..=LONGEST_ID)
            .contains(&id.len())
            .then_some(id)
            .ok_or(PasskeyError::Invalid(Flaw::Credential))
    }
}

/// Bytes as browsers write them: base64url without padding (WebAuthn L3 §3).
pub(super) fn decode(text: &str) -> Result<Vec<u8>, PasskeyError> {
    BASE64URL_NOPAD
        .decode(text.as_bytes())
        .map_err(|_| PasskeyError::Invalid(Flaw::Malformed))
}
