use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Ceremony, Flaw, Passkey, PasskeyError,
    answer::{Answer, decode},
    authenticator_data::AuthenticatorData,
    client_data,
    ed25519::Ed25519Key,
    signature,
};
use crate::secret;

/// A passkey that was proven in a ceremony. Only [`Ceremony::assertion`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct Assertion {
    sign_count: u32,
    user_verified: bool,
    backup_state: bool,
}

impl Assertion {
    /// The counter of the authenticator; whether it went forward is decided where it is written.
    pub const fn sign_count(&self) -> u32 {
        self.sign_count
    }

    /// Whether the authenticator verified its user.
    pub const fn user_verified(&self) -> bool {
        self.user_verified
    }

    /// Whether the passkey is copied to other devices now.
    pub const fn backup_state(&self) -> bool {
        self.backup_state
    }
}

/// Whether the authenticator must name its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identified {
    /// The user was known before the ceremony.
    Before,
    /// Only the authenticator says who the user is.
    ByAuthenticator,
}

#[derive(Debug, Deserialize)]
struct AssertionResponse {
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    #[serde(rename = "authenticatorData")]
    authenticator_data: String,
    signature: String,
    #[serde(rename = "userHandle")]
    user_handle: Option<String>,
}

/// The id of the credential an answer was made with, by which it is looked up.
pub(crate) fn credential_id(answer: &Value) -> Result<Vec<u8>, PasskeyError> {
    Answer::<AssertionResponse>::read(answer)?.credential_id()
}

impl Ceremony<'_> {
    /// Checks that an answer was made with this passkey (WebAuthn L3 §7.2), but for its counter,
    /// which only the statement that keeps it can compare (R139).
    pub fn assertion(
        &self,
        answer: &Value,
        passkey: &Passkey,
        identified: Identified,
    ) -> Result<Assertion, PasskeyError> {
        let refuse = |flaw| Err(PasskeyError::Invalid(flaw));
        let answer = Answer::<AssertionResponse>::read(answer)?;
        let credential_id = answer.credential_id()?;
        if credential_id != passkey.credential_id {
            return refuse(Flaw::Credential);
        }
        let response = &answer.response;
        match &response.user_handle {
            Some(handle) if !secret::same(&decode(handle)?, &passkey.user_handle) => {
                return refuse(Flaw::UserHandle);
            }
            None if identified == Identified::ByAuthenticator => {
                return refuse(Flaw::UserHandle);
            }
            _ => {}
        }
        let client_data = decode(&response.client_data_json)?;
        client_data::check(self, client_data::GET, &client_data)?;
        let bytes = decode(&response.authenticator_data)?;
        let data = AuthenticatorData::read(&bytes)?;
        data.check(self)?;
        if !data.ends_like_an_assertion() {
            return refuse(Flaw::Malformed);
        }
        if data.backup_eligible() != passkey.backup_eligible {
            return refuse(Flaw::BackupFlags);
        }
        if let Some(key) = Ed25519Key::of_stored(&passkey.key) {
            let signed = signature::message(&bytes, &client_data);
            key.verify(&signed, &decode(&response.signature)?)?;
        } else {
            let answer = json!({
                "id": answer.id,
                "rawId": answer.id,
                "type": "public-key",
                "response": {
                    "clientDataJSON": response.client_data_json,
                    "authenticatorData": response.authenticator_data,
                    "signature": response.signature,
                    "userHandle": null,
                },
            });
            signature::verify(self, answer, &passkey.key)?;
        }
        Ok(Assertion {
            sign_count: data.sign_count,
            user_verified: data.user_verified(),
            backup_state: data.backup_state(),
        })
    }
}
