//! An authenticator in a few lines, every byte of which a test may change before it is signed.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer as _, SigningKey};
use hellojohn_core::{
    id::{FactorId, PasskeyId, UserId},
    passkey::{Passkey, PasskeyOwner, Registered},
    time::Timestamp,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub(crate) const RP_ID: &str = "example.com";
pub(crate) const ORIGIN: &str = "https://app.example.com";
pub(crate) const CHALLENGE: [u8; 32] = [9; 32];
pub(crate) const HANDLE: [u8; 32] = [5; 32];
pub(crate) const UP: u8 = 1;
pub(crate) const UV: u8 = 4;
pub(crate) const AT: u8 = 64;

/// One answer in the making: what the browser says, what the authenticator says, and its envelope.
#[derive(Clone)]
pub(crate) struct Making {
    pub(crate) client: Value,
    pub(crate) rp_id: String,
    pub(crate) flags: u8,
    pub(crate) sign_count: u32,
    pub(crate) credential_id: Vec<u8>,
    /// The key as COSE, and the key that signs.
    pub(crate) cose: Vec<u8>,
    pub(crate) signer: SigningKey,
    pub(crate) format: &'static str,
    /// After the authenticator data.
    pub(crate) trailer: Vec<u8>,
    pub(crate) handle: Option<Vec<u8>>,
    /// The envelope, changed at the very end and signed by nobody.
    pub(crate) envelope: fn(&mut Value),
}

impl Making {
    pub(crate) fn new(kind: &str, flags: u8) -> Self {
        let signer = SigningKey::from_bytes(&[3; 32]);
        Self {
            client: json!({
                "type": kind,
                "challenge": BASE64URL_NOPAD.encode(&CHALLENGE),
                "origin": ORIGIN,
                "crossOrigin": false,
            }),
            rp_id: RP_ID.to_owned(),
            flags,
            sign_count: 7,
            credential_id: vec![8; 32],
            cose: cose(&signer),
            signer,
            format: "none",
            trailer: Vec::new(),
            handle: Some(HANDLE.to_vec()),
            envelope: |_| {},
        }
    }

    pub(crate) fn registration() -> Self {
        Self::new("webauthn.create", UP | UV | AT)
    }

    pub(crate) fn assertion() -> Self {
        Self::new("webauthn.get", UP | UV)
    }

    fn head(&self) -> Vec<u8> {
        let mut data = Sha256::digest(self.rp_id.as_bytes()).to_vec();
        data.push(self.flags);
        data.extend_from_slice(&self.sign_count.to_be_bytes());
        data
    }

    fn wrapped(&self, response: &Value) -> Value {
        let id = BASE64URL_NOPAD.encode(&self.credential_id);
        let mut answer = json!({
            "id": id, "rawId": id, "type": "public-key", "response": response,
            "clientExtensionResults": { "credProps": { "rk": true } },
            "authenticatorAttachment": "platform",
        });
        (self.envelope)(&mut answer);
        answer
    }

    /// The answer to `navigator.credentials.create`.
    pub(crate) fn created(&self) -> Value {
        let mut data = self.head();
        data.extend_from_slice(&[0xaa; 16]);
        let length = u16::try_from(self.credential_id.len()).unwrap();
        data.extend_from_slice(&length.to_be_bytes());
        data.extend_from_slice(&self.credential_id);
        data.extend_from_slice(&self.cose);
        data.extend_from_slice(&self.trailer);
        let mut object = vec![0xa3];
        object.extend(cbor_text("fmt"));
        object.extend(cbor_text(self.format));
        object.extend(cbor_text("attStmt"));
        object.push(0xa0);
        object.extend(cbor_text("authData"));
        object.push(0x59);
        object.extend_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        self.wrapped(&json!({
            "clientDataJSON": BASE64URL_NOPAD.encode(self.client.to_string().as_bytes()),
            "attestationObject": BASE64URL_NOPAD.encode(&object),
            "transports": ["internal", "hybrid", "carrier-pigeon"],
        }))
    }

    /// The answer to `navigator.credentials.get`.
    pub(crate) fn signed(&self) -> Value {
        let mut data = self.head();
        data.extend_from_slice(&self.trailer);
        let client = self.client.to_string();
        let mut message = data.clone();
        message.extend_from_slice(&Sha256::digest(client.as_bytes()));
        let signature = self.signer.sign(&message).to_bytes();
        let handle = self
            .handle
            .as_ref()
            .map(|handle| BASE64URL_NOPAD.encode(handle));
        self.wrapped(&json!({
            "clientDataJSON": BASE64URL_NOPAD.encode(client.as_bytes()),
            "authenticatorData": BASE64URL_NOPAD.encode(&data),
            "signature": BASE64URL_NOPAD.encode(&signature),
            "userHandle": handle,
        }))
    }
}

/// The passkey of somebody.
pub(crate) fn owned(registered: Registered) -> Passkey {
    let at = Timestamp::from_seconds(1_800_000_000);
    registered.belonging_to(PasskeyOwner {
        id: PasskeyId::new(at, [1; 10]),
        user_id: UserId::new(at, [1; 10]),
        factor_id: FactorId::new(at, [1; 10]),
        user_handle: HANDLE.to_vec(),
        at,
    })
}

/// An Ed25519 key as COSE (RFC 9053 §7.2): `{1: 1, 3: -8, -1: 6, -2: x}`.
pub(crate) fn cose(signer: &SigningKey) -> Vec<u8> {
    let mut cose = vec![0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20];
    cose.extend_from_slice(signer.verifying_key().as_bytes());
    cose
}

fn cbor_text(text: &str) -> Vec<u8> {
    let mut bytes = vec![0x60 + u8::try_from(text.len()).unwrap()];
    bytes.extend_from_slice(text.as_bytes());
    bytes
}
