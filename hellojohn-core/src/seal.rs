//! Encryption of secrets at rest, and keys derived for single purposes.
//!
//! A sealed value is text: `v1:<key id>:<nonce>:<ciphertext>`, XChaCha20-Poly1305 with a
//! random 24-byte nonce. Its associated data names the table, column and row, so a
//! ciphertext moved elsewhere does not open (R195).

use std::sync::Arc;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::BASE64URL_NOPAD;
use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::ports::Random;

pub(crate) mod derived;
pub mod places;

/// The instance's encryption key: at least 32 characters of secret text.
#[derive(Clone)]
pub struct EncryptionKey {
    id: String,
    master: Arc<Zeroizing<[u8; 32]>>,
}

/// The encryption key is too short to be one.
#[derive(Debug, thiserror::Error)]
#[error(
    "the encryption key must have at least 32 characters of random text, such as `openssl rand -base64 32` prints"
)]
pub struct WeakEncryptionKey;

impl EncryptionKey {
    /// Takes a key as configured: 32 to 1,024 characters, surrounding white space ignored.
    ///
    /// A text with fewer than ten different characters is refused: it is a default or a placeholder.
    pub fn parse(text: &SecretString) -> Result<Self, WeakEncryptionKey> {
        let text = text.expose_secret().trim();
        let mut seen = text.bytes().collect::<Vec<_>>();
        seen.sort_unstable();
        seen.dedup();
        if !(32..=1_024).contains(&text.len()) || seen.len() < 10 {
            return Err(WeakEncryptionKey);
        }
        let digest = Sha256::new()
            .chain_update(b"hellojohn encryption key id")
            .chain_update(text)
            .finalize();
        let id = BASE64URL_NOPAD.encode(digest.as_slice().get(..6).unwrap_or_default());
        let mut master = Zeroizing::new([0; 32]);
        expand(text.as_bytes(), b"hellojohn master v1", &mut master);
        Ok(Self {
            id,
            master: Arc::new(master),
        })
    }

    /// A short public name of the key, derived from it; it is written into every ciphertext.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// A key for one purpose that tells nothing about the others (RFC 5869).
    pub fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        expand(self.master.as_slice(), purpose.as_bytes(), &mut key);
        key
    }
}

impl std::fmt::Debug for EncryptionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EncryptionKey({})", self.id)
    }
}

fn expand(secret: &[u8], info: &[u8], out: &mut [u8; 32]) {
    // 32 bytes are always within HKDF-SHA-256's limit of 8,160.
    if Hkdf::<Sha256>::new(None, secret).expand(info, out).is_err() {
        *out = [0; 32];
    }
}

/// Where a sealed value lives: table, column and row.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's id.
    pub row: &'a str,
}

impl Place<'_> {
    fn associated_data(self, key_id: &str) -> Vec<u8> {
        let mut data = Vec::new();
        for part in [self.table, self.column, self.row, key_id] {
            data.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            data.extend_from_slice(part.as_bytes());
        }
        data
    }
}

/// Why a sealed value does not open.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// Not a sealed value.
    #[error("not a sealed value")]
    Malformed,
    /// Sealed with a key that is not configured; names its id.
    #[error("sealed with encryption key `{0}`, which is not configured")]
    UnknownKey(String),
    /// The database is sealed with another key than the configured ones.
    #[error(
        "the database is sealed with encryption key `{missing}`, which is not configured; configured is {configured}"
    )]
    OtherKey {
        /// The id of the key that is missing.
        missing: String,
        /// The ids of the keys that are configured.
        configured: String,
    },
    /// Altered, moved from another row, or sealed with another key of the same id.
    #[error("a sealed value does not open: it was altered or moved")]
    Altered,
}

/// The id of the key a value is sealed with; none if it is not a sealed value.
pub fn key_id_of(sealed: &str) -> Option<&str> {
    let (key_id, rest) = sealed.strip_prefix("v1:")?.split_once(':')?;
    (!key_id.is_empty() && rest.split(':').count() == 2).then_some(key_id)
}

/// Seals with the current key, opens with the current or the previous one.
#[derive(Clone, Debug)]
pub struct Sealer {
    current: EncryptionKey,
    previous: Option<EncryptionKey>,
}

impl Sealer {
    /// Uses these keys.
    pub const fn new(current: EncryptionKey, previous: Option<EncryptionKey>) -> Self {
        Self { current, previous }
    }

    /// The key that seals.
    pub const fn current(&self) -> &EncryptionKey {
        &self.current
    }

    /// The configured key with this id.
    pub fn key(&self, id: &str) -> Option<&EncryptionKey> {
        self.keys().find(|key| key.id() == id)
    }

    /// The ids of the configured keys, for people.
    pub fn key_ids(&self) -> String {
        let ids: Vec<String> = self.keys().map(|key| format!("`{}`", key.id())).collect();
        ids.join(" and ")
    }

    /// Every key that opens, the one that seals first.
    pub fn keys(&self) -> impl Iterator<Item = &EncryptionKey> {
        std::iter::once(&self.current).chain(&self.previous)
    }

    /// Seals a secret for one place.
    pub fn seal(
        &self,
        place: Place<'_>,
        secret: &[u8],
        random: &dyn Random,
    ) -> Result<String, SealError> {
        let mut nonce = [0; 24];
        random.fill(&mut nonce);
        let payload = Payload {
            msg: secret,
            aad: &place.associated_data(self.current.id()),
        };
        let sealed = cipher(&self.current)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SealError::Altered)?;
        let encode = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        Ok(format!(
            "v1:{}:{}:{}",
            self.current.id(),
            encode(&nonce),
            encode(&sealed)
        ))
    }

    /// Opens what was sealed for the same place.
    pub fn open(&self, place: Place<'_>, sealed: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let mut parts = sealed.split(':');
        let mut next = || parts.next().ok_or(SealError::Malformed);
        let (version, key_id, nonce, text) = (next()?, next()?, next()?, next()?);
        if version != "v1" || parts.next().is_some() {
            return Err(SealError::Malformed);
        }
        let key = self
            .key(key_id)
            .ok_or_else(|| SealError::UnknownKey(key_id.to_owned()))?;
        let decode = |text: &str| {
            BASE64URL_NOPAD
                .decode(text.as_bytes())
                .map_err(|_| SealError::Malformed)
        };
        let nonce: [u8; 24] = decode(nonce)?
            .try_into()
            .map_err(|_| SealError::Malformed)?;
        let payload = Payload {
            msg: &decode(text)?,
            aad: &place.associated_data(key.id()),
        };
        cipher(key)
            .decrypt(&XNonce::from(nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| SealError::Altered)
    }
}

fn cipher(key: &EncryptionKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*key.derive("hellojohn seal v1")).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::system::SystemRandom;

    fn key(text: &str) -> EncryptionKey {
        EncryptionKey::parse(&SecretString::from(text)).unwrap()
    }

    const FIRST: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
    const SECOND: &str = "zyxwvutsrqponmlkjihgfedcba9876543210";
    const HERE: Place<'static> = Place {
        table: "cp_signing_key",
        column: "sealed",
        row: "kid_1",
    };

    #[test]
    fn what_was_sealed_opens_in_its_place_only() {
        let sealer = Sealer::new(key(FIRST), None);
        let text = sealer
            .seal(HERE, b"secret", &SystemRandom::new().unwrap())
            .unwrap();
        assert_eq!(sealer.open(HERE, &text).unwrap().as_slice(), b"secret");
        let elsewhere = Place {
            row: "kid_2",
            ..HERE
        };
        assert!(matches!(
            sealer.open(elsewhere, &text),
            Err(SealError::Altered)
        ));
    }

    #[test]
    fn the_previous_key_still_opens_and_an_unknown_one_is_named() {
        let random = SystemRandom::new().unwrap();
        let old = Sealer::new(key(FIRST), None)
            .seal(HERE, b"secret", &random)
            .unwrap();
        let rotated = Sealer::new(key(SECOND), Some(key(FIRST)));
        assert_eq!(rotated.open(HERE, &old).unwrap().as_slice(), b"secret");
        let lost = Sealer::new(key(SECOND), None).open(HERE, &old).unwrap_err();
        assert!(matches!(lost, SealError::UnknownKey(id) if id == key(FIRST).id()));
    }

    #[test]
    fn a_sealed_value_tells_its_key() {
        let sealer = Sealer::new(key(FIRST), None);
        let text = sealer
            .seal(HERE, b"secret", &SystemRandom::new().unwrap())
            .unwrap();
        assert_eq!(key_id_of(&text), Some(key(FIRST).id()));
        for other in [
            "",
            "v1:",
            "v1::a:b",
            "v1:key:a",
            "v1:key:a:b:c",
            "v2:key:a:b",
        ] {
            assert_eq!(key_id_of(other), None, "{other}");
        }
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let sealer = Sealer::new(key(FIRST), None);
        let text = sealer
            .seal(HERE, b"secret", &SystemRandom::new().unwrap())
            .unwrap();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            assert!(
                sealer
                    .open(HERE, &String::from_utf8(bytes).unwrap())
                    .is_err(),
                "byte {at}"
            );
        }
    }

    #[test]
    fn short_and_placeholder_keys_are_refused() {
        for weak in ["", "short", &"a".repeat(64), &"changeme".repeat(8)] {
            assert!(
                EncryptionKey::parse(&SecretString::from(weak)).is_err(),
                "{weak}"
            );
        }
    }
}
