use data_encoding::HEXLOWER;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Ceremony, Flaw, Passkey, PasskeyError,
    answer::{Answer, decode},
    attested::{AttestationObject, Attested},
    authenticator_data::AuthenticatorData,
    client_data,
    ed25519::Ed25519Key,
    signature,
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

/// The challenge an answer says it answers, by which its ceremony is looked up.
pub(crate) fn answered_challenge(answer: &Value) -> Result<Vec<u8>, PasskeyError> {
    let answer = Answer::<AttestationResponse>::read(answer)?;
    client_data::challenge(&decode(&answer.response.client_data_json)?)
}

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
        let client_data = decode(&response.client_data_json)?;
        client_data::check(self, client_data::CREATE, &client_data)?;
        let object = AttestationObject::read(&decode(&response.attestation_object)?)?;
        let data = AuthenticatorData::read(&object.authenticator_data)?;
        data.check(self)?;
        let attested = Attested::read(&data)?;
        if attested.credential_id != credential_id {
            return Err(PasskeyError::Invalid(Flaw::Credential));
        }
        if excluded.contains(&credential_id) {
            return Err(PasskeyError::Invalid(Flaw::Registered));
        }
        let key = match Ed25519Key::of_cose(&attested.key) {
            Some(key) => {
                let key = key?;
                let signed = signature::message(&object.authenticator_data, &client_data);
                key.verify_attestation(&object, &signed)?;
                key.stored()
            }
            None => signature::register(
                self,
                &json!({
                    "id": answer.id,
                    "rawId": answer.id,
                    "type": "public-key",
                    "response": {
                        "clientDataJSON": response.client_data_json,
                        "attestationObject": response.attestation_object,
                    },
                }),
            )?,
        };
        Ok(Registered {
            credential_id,
            key,
            sign_count: data.sign_count,
            aaguid: aaguid(attested.aaguid),
            transports: transports(&response.transports),
            backup_eligible: data.backup_eligible(),
            backup_state: data.backup_state(),
        })
    }
}

/// The model of an authenticator; zeros where it does not tell.
fn aaguid(bytes: [u8; 16]) -> Option<String> {
    (bytes != [0; 16]).then(|| HEXLOWER.encode(&bytes))
}

fn transports(told: &[String]) -> Vec<String> {
    let known = TRANSPORTS.iter();
    known
        .filter(|known| told.iter().any(|told| told == *known))
        .map(|&known| known.to_owned())
        .collect()
}
