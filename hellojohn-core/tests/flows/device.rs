//! A browser with an authenticator that holds one passkey, in software.

use async_trait::async_trait;
use data_encoding::BASE64URL_NOPAD;
use passkey::{
    authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod},
    client::{Client, DefaultClientData},
    crypto::{AvailableBackend, iana::Algorithm},
    types::{
        Passkey,
        ctap2::{Aaguid, Ctap2Error},
        webauthn::{CredentialCreationOptions, CredentialRequestOptions},
    },
};
use serde_json::{Value, json};
use url::Url;

pub(crate) const ORIGIN: &str = "https://auth.example.com";

/// Who holds the device.
pub(crate) struct Person {
    verifies: bool,
}

#[async_trait]
impl UserValidationMethod for Person {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _: UiHint<'a, Passkey>,
        _: bool,
        verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck {
            presence: true,
            verification: verification && self.verifies,
        })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        self.verifies.then_some(true)
    }
}

pub(crate) struct Device {
    passkey: Option<Passkey>,
    verifies: bool,
    algorithms: Vec<Algorithm>,
}

impl Device {
    /// Verifies its user and counts its uses.
    pub(crate) fn new() -> Self {
        Self::speaking(Algorithm::ES256)
    }

    /// Knows only whether somebody is there.
    pub(crate) fn without_verification() -> Self {
        Self {
            verifies: false,
            ..Self::new()
        }
    }

    pub(crate) fn speaking(algorithm: Algorithm) -> Self {
        Self {
            passkey: None,
            verifies: true,
            algorithms: vec![algorithm],
        }
    }

    fn authenticator(&self) -> Authenticator<Option<Passkey>, Person, AvailableBackend> {
        let person = Person {
            verifies: self.verifies,
        };
        let passkey = self.passkey.clone();
        let mut authenticator =
            Authenticator::new(Aaguid::new_empty(), passkey, person, AvailableBackend);
        authenticator.set_make_credentials_with_signature_counter(true);
        authenticator.set_algorithms(&self.algorithms).unwrap();
        authenticator
    }

    /// What is in the device.
    pub(crate) fn passkey(&mut self) -> &mut Passkey {
        self.passkey.as_mut().unwrap()
    }

    /// `navigator.credentials.create`, and the answer as JSON.
    pub(crate) async fn create(&mut self, options: &Value) -> Value {
        let asked = json!({ "publicKey": options });
        let asked: CredentialCreationOptions = serde_json::from_value(asked).unwrap();
        let origin = Url::parse(ORIGIN).unwrap();
        let mut client =
            Client::new(self.authenticator()).user_verification_when_preferred(self.verifies);
        let made = client.register(&origin, asked, DefaultClientData).await;
        let made = made.unwrap();
        self.passkey.clone_from(client.authenticator().store());
        let text = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        json!({
            "id": text(&made.raw_id),
            "rawId": text(&made.raw_id),
            "type": "public-key",
            "response": {
                "clientDataJSON": text(&made.response.client_data_json),
                "attestationObject": text(&made.response.attestation_object),
                "transports": ["internal"],
            },
            "clientExtensionResults": {},
        })
    }

    /// `navigator.credentials.get`, and the answer as JSON.
    pub(crate) async fn get(&mut self, options: &Value) -> Value {
        self.try_get(options).await.unwrap()
    }

    /// The same, for options a browser may refuse.
    pub(crate) async fn try_get(&mut self, options: &Value) -> Option<Value> {
        let mut asked = json!({ "publicKey": options });
        // A browser takes an empty list for none.
        if asked["publicKey"]["allowCredentials"] == json!([]) {
            asked["publicKey"]["allowCredentials"] = Value::Null;
        }
        let asked: CredentialRequestOptions = serde_json::from_value(asked).unwrap();
        let origin = Url::parse(ORIGIN).unwrap();
        let mut client =
            Client::new(self.authenticator()).user_verification_when_preferred(self.verifies);
        let signed = client.authenticate(&origin, asked, DefaultClientData).await;
        let signed = signed.ok()?;
        self.passkey.clone_from(client.authenticator().store());
        let text = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        Some(json!({
            "id": text(&signed.raw_id),
            "rawId": text(&signed.raw_id),
            "type": "public-key",
            "response": {
                "clientDataJSON": text(&signed.response.client_data_json),
                "authenticatorData": text(&signed.response.authenticator_data),
                "signature": text(&signed.response.signature),
                "userHandle": signed.response.user_handle.as_ref().map(|handle| text(handle)),
            },
            "clientExtensionResults": {},
        }))
    }
}
