use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use super::{
    Ceremony, Passkey,
    signature::{OFFERED, TIMEOUT},
};
use crate::user::User;

/// A credential as it is named to a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Descriptor {
    pub(crate) id: Vec<u8>,
    pub(crate) transports: Vec<String>,
}

impl From<Passkey> for Descriptor {
    fn from(passkey: Passkey) -> Self {
        Self {
            id: passkey.credential_id,
            transports: passkey.transports,
        }
    }
}

impl Descriptor {
    fn to_json(&self) -> Value {
        let mut json = json!({ "type": "public-key", "id": BASE64URL_NOPAD.encode(&self.id) });
        if let (Value::Object(fields), false) = (&mut json, self.transports.is_empty()) {
            fields.insert("transports".to_owned(), self.transports.clone().into());
        }
        json
    }
}

/// What kind of authenticator is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// Part of the device.
    Platform,
    /// One that is carried from device to device.
    CrossPlatform,
}

impl Attachment {
    /// The word browsers know.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::CrossPlatform => "cross-platform",
        }
    }
}

impl std::str::FromStr for Attachment {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = [Self::Platform, Self::CrossPlatform].into_iter();
        all.find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// For whom a credential is made.
#[derive(Debug)]
pub(crate) struct Holder<'a> {
    pub(crate) user: &'a User,
    pub(crate) handle: &'a [u8],
    pub(crate) attachment: Option<Attachment>,
}

/// What `PublicKeyCredential.parseCreationOptionsFromJSON` takes (WebAuthn L3 §5.1.8).
pub(crate) fn creation_options(
    ceremony: &Ceremony<'_>,
    holder: &Holder<'_>,
    excluded: &[Descriptor],
) -> Value {
    let name = holder.user.email.as_str();
    let shown = holder.user.name.as_deref().filter(|name| !name.is_empty());
    let mut selection = json!({
        "residentKey": "preferred",
        "requireResidentKey": false,
        "userVerification": ceremony.user_verification.as_str(),
    });
    if let (Value::Object(fields), Some(kind)) = (&mut selection, holder.attachment) {
        fields.insert("authenticatorAttachment".to_owned(), kind.as_str().into());
    }
    let offered = OFFERED.map(|alg| json!({ "type": "public-key", "alg": alg }));
    json!({
        "rp": { "id": ceremony.party.id(), "name": ceremony.party.name() },
        "user": {
            "id": BASE64URL_NOPAD.encode(holder.handle),
            "name": name,
            "displayName": shown.unwrap_or(name),
        },
        "challenge": BASE64URL_NOPAD.encode(ceremony.challenge),
        "pubKeyCredParams": offered,
        "timeout": timeout(),
        "excludeCredentials": all(excluded),
        "authenticatorSelection": selection,
        "attestation": "none",
    })
}

/// What `PublicKeyCredential.parseRequestOptionsFromJSON` takes (WebAuthn L3 §5.1.9).
pub(crate) fn request_options(ceremony: &Ceremony<'_>, allowed: &[Descriptor]) -> Value {
    json!({
        "challenge": BASE64URL_NOPAD.encode(ceremony.challenge),
        "rpId": ceremony.party.id(),
        "allowCredentials": all(allowed),
        "timeout": timeout(),
        "userVerification": ceremony.user_verification.as_str(),
    })
}

fn timeout() -> u64 {
    u64::try_from(TIMEOUT.as_millis()).unwrap_or(u64::MAX)
}

fn all(descriptors: &[Descriptor]) -> Vec<Value> {
    descriptors.iter().map(Descriptor::to_json).collect()
}
