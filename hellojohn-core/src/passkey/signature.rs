use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use webauthn_rs::prelude::{
    COSEKeyType, EDDSACurve, Passkey as Key, PasskeyAuthentication, PasskeyRegistration, Webauthn,
    WebauthnBuilder, WebauthnError,
};

use super::{Ceremony, Flaw, PasskeyError};

/// The algorithms offered, best first: `EdDSA` (Ed25519), `ES256`, `RS256` (RFC 9053).
pub(super) const OFFERED: [i64; 3] = [-8, -7, -257];
const NAMES: [&str; 3] = ["EDDSA", "ES256", "RS256"];

/// How long a browser waits for its user.
pub(super) const TIMEOUT: Duration = Duration::from_mins(1);

const INVALID: PasskeyError = PasskeyError::Invalid(Flaw::Signature);

/// Reads and verifies a new credential. Attestation that is there must hold, but nobody's is asked for (R142).
pub(super) fn register(ceremony: &Ceremony<'_>, answer: &Value) -> Result<Key, PasskeyError> {
    let state: PasskeyRegistration = read(json!({ "rs": {
        "policy": ceremony.user_verification.as_str(),
        "exclude_credentials": [],
        "challenge": BASE64URL_NOPAD.encode(ceremony.challenge),
        "credential_algorithms": NAMES,
        "require_resident_key": false,
        "authenticator_attachment": null,
        "extensions": {},
        "allow_synchronised_authenticators": true,
    }}))?;
    let answer = read(answer.clone())?;
    verifier(ceremony)?
        .finish_passkey_registration(&answer, &state)
        .map_err(|error| match error {
            WebauthnError::CredentialAlteredAlgFromRequest => {
                PasskeyError::Invalid(Flaw::Algorithm)
            }
            _ => INVALID,
        })
}

/// What an authenticator signed, and how it was told.
#[derive(Debug)]
pub(super) struct Signed<'a> {
    pub(super) answer: Value,
    pub(super) authenticator_data: &'a [u8],
    pub(super) client_data: &'a [u8],
    pub(super) signature: &'a [u8],
}

impl Signed<'_> {
    /// Verifies the signature; everything else about the ceremony was checked before.
    pub(super) fn verify(
        &self,
        ceremony: &Ceremony<'_>,
        key: &Map<String, Value>,
    ) -> Result<(), PasskeyError> {
        let mut key = key.clone();
        if let Some(Value::Object(credential)) = key.get_mut("cred") {
            // The counter is compared where it is written, and whether the user must be verified
            // is this ceremony's to say, not the registration's.
            credential.insert("counter".to_owned(), 0.into());
            credential.insert("user_verified".to_owned(), false.into());
            credential.insert("registration_policy".to_owned(), "preferred".into());
        }
        let parsed: Key = read(Value::Object(key.clone()))?;
        if let COSEKeyType::EC_OKP(okp) = &parsed.get_public_key().key {
            return match okp.curve {
                EDDSACurve::ED25519 => self.verify_ed25519(&okp.x),
                EDDSACurve::ED448 => Err(INVALID),
            };
        }
        let state: PasskeyAuthentication = read(json!({ "ast": {
            "credentials": [key.get("cred")],
            "policy": ceremony.user_verification.as_str(),
            "challenge": BASE64URL_NOPAD.encode(ceremony.challenge),
            "appid": null,
            "allow_backup_eligible_upgrade": false,
        }}))?;
        let answer = read(self.answer.clone())?;
        verifier(ceremony)?
            .finish_passkey_authentication(&answer, &state)
            .map(drop)
            .map_err(|_| INVALID)
    }

    /// Strict verification (RFC 8032 §5.1.7, with small-order points refused).
    fn verify_ed25519(&self, public: &[u8]) -> Result<(), PasskeyError> {
        let verified = || {
            let key = VerifyingKey::from_bytes(public.try_into().ok()?).ok()?;
            let signature = Signature::from_slice(self.signature).ok()?;
            let mut message = self.authenticator_data.to_vec();
            message.extend_from_slice(&Sha256::digest(self.client_data));
            key.verify_strict(&message, &signature).ok()
        };
        verified().ok_or(INVALID)
    }
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
