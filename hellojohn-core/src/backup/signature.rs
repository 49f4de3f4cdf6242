//! Who made a backup: a signature by a key that only holders of the encryption key can derive.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::{BackupError, Hash};
use crate::seal::{EncryptionKey, Sealer};

/// The one purpose of the signing key (R078).
const PURPOSE: &str = "hellojohn backup signature v1";

/// The last line of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    /// The id of the encryption key the signing key was derived from.
    key: String,
    public_key: String,
    signature: String,
}

/// What a signature tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Judged {
    /// Signed by a key of the given ring.
    Ours,
    /// Sound, but by whom cannot be told without the key of this id.
    Somebodys(String),
    /// Not a signature of this manifest.
    Bad,
}

const WORD: &str = "signature ";

impl Signed {
    pub(super) fn over(manifest: Hash, key: &EncryptionKey) -> Self {
        let signer = signer(key);
        let public_key = BASE64URL_NOPAD.encode(signer.verifying_key().as_bytes());
        let message = message(manifest, key.id(), &public_key);
        let signature = signer.sign(message.as_bytes());
        Self {
            key: key.id().to_owned(),
            public_key,
            signature: BASE64URL_NOPAD.encode(&signature.to_bytes()),
        }
    }

    pub(super) fn to_line(&self) -> Result<String, BackupError> {
        let text = serde_json::to_string(self).map_err(|error| BackupError::Io(error.into()))?;
        Ok(format!("{WORD}{text}"))
    }

    pub(super) fn from_line(line: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?.strip_prefix(WORD)?;
        let signed: Self = serde_json::from_str(text).ok()?;
        (signed.to_line().ok()?.as_bytes() == line).then_some(signed)
    }

    pub(super) fn judge(&self, manifest: Hash, ring: Option<&Sealer>) -> Judged {
        if self.check(manifest).is_none() {
            return Judged::Bad;
        }
        let ours = ring.and_then(|ring| ring.keys().find(|key| key.id() == self.key));
        match ours {
            None => Judged::Somebodys(self.key.clone()),
            Some(key) => {
                let expected = signer(key).verifying_key();
                if BASE64URL_NOPAD.encode(expected.as_bytes()) == self.public_key {
                    Judged::Ours
                } else {
                    Judged::Bad
                }
            }
        }
    }

    fn check(&self, manifest: Hash) -> Option<()> {
        let bytes = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).ok();
        let public_key =
            VerifyingKey::from_bytes(&bytes(&self.public_key)?.try_into().ok()?).ok()?;
        let signature = Signature::from_bytes(&bytes(&self.signature)?.try_into().ok()?);
        let message = message(manifest, &self.key, &self.public_key);
        public_key
            .verify_strict(message.as_bytes(), &signature)
            .ok()
    }
}

fn signer(key: &EncryptionKey) -> SigningKey {
    SigningKey::from_bytes(&key.derive(PURPOSE))
}

fn message(manifest: Hash, key: &str, public_key: &str) -> Hash {
    Hash::of(
        PURPOSE,
        &[manifest.as_bytes(), key.as_bytes(), public_key.as_bytes()],
    )
}
