use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use webauthn_rs::prelude::{
    PasskeyAuthentication, PasskeyRegistration, Webauthn, WebauthnBuilder, WebauthnError,
};

use super::{Ceremony, Flaw, PasskeyError};

/// The algorithms offered, best first: `EdDSA` (Ed25519), `ES256`, `RS256` (RFC 9053, RFC 8812).
pub(super) const OFFERED: [i32; 3] = [-8, -7, -257];
/// Those of them that `webauthn-rs` verifies.
const VERIFIED_ELSEWHERE: [&str; 2] = ["ES256", "RS256"];

/// How long a browser waits for its user.
pub(super) const TIMEOUT: Duration = Duration::from_mins(1);

/// What an authenticator signs (WebAuthn L3 §6.3.3).
pub(super) fn message(authenticator_data: &[u8], client_data: &[u8]) -> Vec<u8> {
    let mut message = authenticator_data.to_vec();
    message.extend_from_slice(&Sha256::digest(client_data));
    message
}

/// Verifies a new credential; answers what is stored of its key. Attestation that is there must
/// hold, but nobody's is asked for (R142).
pub(super) fn register(
    ceremony: &Ceremony<'_>,
    answer: &Value,
) -> Result<Map<String, Value>, PasskeyError> {
    let state: PasskeyRegistration = read(json!({ "rs": {
        "policy": ceremony.user_verification.as_str(),
        "exclude_credentials": [],
        "challenge": BASE64URL_NOPAD.encode(ceremony.challenge),
        "credential_algorithms": VERIFIED_ELSEWHERE,
        "require_resident_key": false,
        "authenticator_attachment": null,
        "extensions": {},
        "allow_synchronised_authenticators": true,
    }}))?;
    let registered = verifier(ceremony)?
        .finish_passkey_registration(&read(answer.clone())?, &state)
        .map_err(|error| match error {
            WebauthnError::CredentialAlteredAlgFromRequest
            | WebauthnError::COSEKeyInvalidType
            | WebauthnError::COSEKeyInvalidAlgorithm => PasskeyError::Invalid(Flaw::Algorithm),
            _ => PasskeyError::Invalid(Flaw::Signature),
        })?;
    match serde_json::to_value(&registered) {
        Ok(Value::Object(key)) => Ok(key),
        _ => Err(PasskeyError::Invalid(Flaw::Malformed)),
    }
}

/// Verifies an assertion whose ceremony was checked before.
pub(super) fn verify(
    ceremony: &Ceremony<'_>,
    answer: Value,
    key: &Map<String, Value>,
) -> Result<(), PasskeyError> {
    let mut credential = key.get("cred").cloned().unwrap_or_default();
    if let Value::Object(credential) = &mut credential {
        // The counter is compared where it is written, and whether the user must be verified is
        // this ceremony's to say, not the registration's.
        credential.insert("counter".to_owned(), 0.into());
        credential.insert("user_verified".to_owned(), false.into());
        credential.insert("registration_policy".to_owned(), "preferred".into());
    }
    let state: PasskeyAuthentication = read(json!({ "ast": {
        "credentials": [credential],
        "policy": ceremony.user_verification.as_str(),
        "challenge": BASE64URL_NOPAD.encode(ceremony.challenge),
        "appid": null,
        "allow_backup_eligible_upgrade": false,
    }}))?;
    verifier(ceremony)?
        .finish_passkey_authentication(&read(answer)?, &state)
        .map(drop)
        .map_err(|_| PasskeyError::Invalid(Flaw::Signature))
}

fn verifier(ceremony: &Ceremony<'_>) -> Result<Webauthn, PasskeyError> {
    let build = || {
        let mut origins = ceremony.party.origins();
        let first = origins.next()?;
        let builder = WebauthnBuilder::new(ceremony.party.id(), &first).ok()?;
        let all = origins.fold(builder, |builder, origin| {
            builder.append_allowed_origin(&origin)
        });
        all.timeout(TIMEOUT).build().ok()
    };
    build().ok_or(PasskeyError::NotConfigured)
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, PasskeyError> {
    serde_json::from_value(value).map_err(|_| PasskeyError::Invalid(Flaw::Malformed))
}
