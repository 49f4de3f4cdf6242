use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Ceremony, Flaw, Passkey, PasskeyError,
    answer::{Answer, decode},
    authenticator_data::AuthenticatorData,
    client_data,
    signature::{self, OFFERED},
};
use crate::{
    id::{FactorId, PasskeyId, UserId},
    time::Timestamp,
};

/// A credential that was made in a ceremony and belongs to nobody yet.
#[derive(Clone, Debug)]
pub struct Registered {
    credential_id: Vec<u8>,
    key: Map<String, Value>,
    sign_count: u32,
    aaguid: Option<String>,
    transports: Vec<String>,
    backup_eligible: bool,
    backup_state: bool,
}

/// To whom a new credential belongs.
#[derive(Clone, Debug)]
pub struct PasskeyOwner {
    /// The passkey's own id.
    pub id: PasskeyId,
    /// Whose it is.
    pub user_id: UserId,
    /// The factor that carries its name and state.
    pub factor_id: FactorId,
    /// What the authenticator calls the user.
    pub user_handle: Vec<u8>,
    /// When it was registered.
    pub at: Timestamp,
}

impl Registered {
    /// The credential as its owner's passkey.
    pub fn belonging_to(self, owner: PasskeyOwner) -> Passkey {
        Passkey {
            id: owner.id,
            user_id: owner.user_id,
            factor_id: owner.factor_id,
            credential_id: self.credential_id,
            user_handle: owner.user_handle,
            key: self.key,
            sign_count: self.sign_count,
            aaguid: self.aaguid,
            transports: self.transports,
            backup_eligible: self.backup_eligible,
            backup_state: self.backup_state,
            created_at: owner.at,
            last_used_at: None,
        }
    }
}

#[derive(Debug, Deserialize)]
struct AttestationResponse {
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    #[serde(rename = "attestationObject")]
    attestation_object: String,
    #[serde(default)]
    transports: Vec<String>,
}

/// How an authenticator may be reached, as far as we pass it on.
const TRANSPORTS: [&str; 6] = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal"];

impl Ceremony<'_> {
    /// Checks a new credential (WebAuthn L3 §7.1); `excluded` are those its user has already.
    pub fn registration(
        &self,
        answer: &Value,
        excluded: &[Vec<u8>],
    ) -> Result<Registered, PasskeyError> {
        let answer = Answer::<AttestationResponse>::read(answer)?;
        let credential_id = answer.credential_id()?;
        let response = &answer.response;
        client_data::check(self, client_data::CREATE, &decode(&response.client_data_json)?)?;
        let bytes = authenticator_data(&decode(&response.attestation_object)?)
            .ok_or(PasskeyError::Invalid(Flaw::Malformed))?;
        let data = AuthenticatorData::read(&bytes)?;
        data.check(self)?;

        let registered = signature::register(
            self,
            &json!({
                "id": BASE64URL_NOPAD.encode(&credential_id),
                "rawId": BASE64URL_NOPAD.encode(&credential_id),
                "type": "public-key",
                "response": {
                    "clientDataJSON": response.client_data_json,
                    "attestationObject": response.attestation_object,
                },
            }),
        )?;
        let known = excluded.contains(&credential_id);
        if registered.cred_id() != &credential_id || known {
            return Err(PasskeyError::Invalid(Flaw::Credential));
        }
        if !OFFERED.contains(&(*registered.cred_algorithm() as i64)) {
            return Err(PasskeyError::Invalid(Flaw::Algorithm));
        }
        let Ok(Value::Object(key)) = serde_json::to_value(&registered) else {
            return Err(PasskeyError::Invalid(Flaw::Malformed));
        };
        Ok(Registered {
            credential_id,
            key,
            sign_count: data.sign_count,
            aaguid: aaguid(data.rest),
            transports: transports(&response.transports),
            backup_eligible: data.backup_eligible(),
            backup_state: data.backup_state(),
        })
    }
}

/// `authData` out of an attestation object (WebAuthn L3 §6.5.4).
fn authenticator_data(attestation_object: &[u8]) -> Option<Vec<u8>> {
    use serde_cbor_2::Value as Cbor;
    let object = serde_cbor_2::from_slice(attestation_object).ok()?;
    let Cbor::Map(mut parts) = object else {
        return None;
    };
    match parts.remove(&Cbor::Text("authData".to_owned()))? {
        Cbor::Bytes(bytes) => Some(bytes),
        _ => None,
    }
}

/// The model of an authenticator; zeros where it does not tell.
fn aaguid(attested: &[u8]) -> Option<String> {
    let (bytes, _) = attested.split_first_chunk::<16>()?;
    (bytes != &[0; 16]).then(|| HEXLOWER.encode(bytes))
}

fn transports(told: &[String]) -> Vec<String> {
    let known = TRANSPORTS.iter();
    known
        .filter(|known| told.iter().any(|told| told == *known))
        .map(|&known| known.to_owned())
        .collect()
}
