use serde::Deserialize;
use serde_json::Value;

use super::{Ceremony, Flaw, PasskeyError, answer::decode};
use crate::secret;

/// What the browser says about a ceremony (WebAuthn L3 §5.8.1).
#[derive(Debug, Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin")]
    cross_origin: Option<bool>,
    #[serde(rename = "topOrigin")]
    top_origin: Option<Value>,
}

/// The `type` of a registration.
pub(super) const CREATE: &str = "webauthn.create";
/// The `type` of an assertion.
pub(super) const GET: &str = "webauthn.get";

/// The challenge the browser says it was given.
pub(super) fn challenge(client_data_json: &[u8]) -> Result<Vec<u8>, PasskeyError> {
    let data = serde_json::from_slice::<ClientData>(client_data_json);
    decode(
        &data
            .map_err(|_| PasskeyError::Invalid(Flaw::Malformed))?
            .challenge,
    )
}

/// Checks what the browser says: the steps on `C` of WebAuthn L3 §7.1 and §7.2.
pub(super) fn check(
    ceremony: &Ceremony<'_>,
    kind: &str,
    client_data_json: &[u8],
) -> Result<(), PasskeyError> {
    let refuse = |flaw| Err(PasskeyError::Invalid(flaw));
    let Ok(data) = serde_json::from_slice::<ClientData>(client_data_json) else {
        return refuse(Flaw::Malformed);
    };
    if data.kind != kind {
        return refuse(Flaw::Type);
    }
    let challenge = decode(&data.challenge)?;
    if !secret::same(&challenge, ceremony.challenge) {
        return refuse(Flaw::Challenge);
    }
    if !ceremony.party.allows(&data.origin) {
        return refuse(Flaw::Origin);
    }
    if data.cross_origin == Some(true) || data.top_origin.is_some() {
        return refuse(Flaw::CrossOrigin);
    }
    Ok(())
}
