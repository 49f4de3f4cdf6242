//! Keys that sign and verify tokens, and the names they go by.

use std::{
    collections::{HashMap, hash_map::Entry},
    fmt,
    str::FromStr,
    sync::Arc,
};

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::{
    ports::{Keystore, Signer},
    secret::{ExposeSecret as _, SecretBox},
    token::{
        TokenError, base64url,
        jwks::{self, JwksError},
    },
};

/// The name of a signing key: `kid_` and the RFC 7638 thumbprint of its public half (R073).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 32]);

/// The text is not a key id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid `kid_` identifier")]
pub struct InvalidKeyId;

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The bytes are no point of the curve, or not its canonical form (RFC 8032 §5.1.3).
    #[error("not a canonical Ed25519 public key")]
    NotAPoint,
    /// The point has small order: signatures under it prove nothing.
    #[error("weak Ed25519 public key")]
    Weak,
    /// The key store's signer does not sign with the private key it was given.
    #[error("the signer does not match the key")]
    SignerMismatch,
}

impl KeyId {
    /// The id of the key with this public half.
    pub fn of(public: &[u8; 32]) -> Self {
        // RFC 7638 §3.2 and RFC 8037 §2: the required members in lexicographic order.
        let mut hash = Sha256::new();
        hash.update(br#"{"crv":"Ed25519","kty":"OKP","x":""#);
        hash.update(BASE64URL_NOPAD.encode(public));
        hash.update(br#""}"#);
        Self(hash.finalize().into())
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 43];
        f.write_str("kid_")?;
        f.write_str(BASE64URL_NOPAD.encode_mut_str(&self.0, &mut text))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for KeyId {
    type Err = InvalidKeyId;

    // Canonical base64url is one-to-one, so equal ids mean equal texts (R065).
    fn from_str(text: &str) -> Result<Self, InvalidKeyId> {
        let digits = text
            .strip_prefix("kid_")
            .filter(|digits| digits.len() == 43)
            .ok_or(InvalidKeyId)?;
        let mut thumbprint = [0; 32];
        base64url::decode_into(digits, &mut thumbprint).ok_or(InvalidKeyId)?;
        Ok(Self(thumbprint))
    }
}

impl Serialize for KeyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KeyId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The 32 bytes from which an Ed25519 key is made (RFC 8032 §5.1.5), overwritten when dropped.
pub struct Seed(SecretBox<[u8; 32]>);

impl Seed {
    /// Wraps 32 random bytes; the caller's copy stays the caller's to erase.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    /// The bytes, for sealing, signing and writing; never for logging.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }

    /// The public half of the key.
    pub fn public_key(&self) -> Result<PublicKey, KeyError> {
        let private = ed25519_dalek::SigningKey::from_bytes(self.expose());
        PublicKey::from_bytes(private.verifying_key().as_bytes())
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}

/// A key that verifies, decompressed once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    id: KeyId,
    key: VerifyingKey,
}

impl PublicKey {
    /// Reads a public key; refuses non-canonical and small-order points (N80).
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotAPoint)?;
        if key.to_edwards().compress().as_bytes() != bytes {
            return Err(KeyError::NotAPoint);
        }
        if key.is_weak() {
            return Err(KeyError::Weak);
        }
        let id = KeyId::of(bytes);
        Ok(Self { id, key })
    }

    /// Its name.
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// Its 32 bytes (RFC 8032 §5.1.2).
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Checks a signature by the strict rules, which leave no room for two
    /// verifiers to disagree (R067).
    pub(crate) fn check(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), TokenError> {
        self.key
            .verify_strict(message, &Signature::from_bytes(signature))
            .map_err(|_| TokenError::BadSignature)
    }
}

/// A key that signs, with everything about it that goes into every token.
#[derive(Clone)]
pub struct SigningKey {
    public: PublicKey,
    signer: Arc<dyn Signer>,
    jwt_header: String,
    #[cfg(feature = "paseto")]
    paseto_footer: String,
}

impl SigningKey {
    /// A signing key from its private half, signing through `keystore`.
    ///
    /// One signature is made and checked, so that a key store that signs with another
    /// key, or signs wrongly, is found here and not by every verifier.
    pub fn from_seed(seed: &Seed, keystore: &dyn Keystore) -> Result<Self, KeyError> {
        let public = seed.public_key()?;
        let signer = keystore.signer(seed.expose());
        let probe = b"hellojohn signer probe";
        public
            .check(probe, &signer.sign(probe))
            .map_err(|_| KeyError::SignerMismatch)?;
        let id = public.id();
        let header = format!(r#"{{"alg":"EdDSA","kid":"{id}","typ":"JWT"}}"#);
        Ok(Self {
            jwt_header: BASE64URL_NOPAD.encode(header.as_bytes()),
            #[cfg(feature = "paseto")]
            paseto_footer: format!(r#"{{"kid":"{id}"}}"#),
            public,
            signer,
        })
    }

    /// Its name.
    pub const fn id(&self) -> KeyId {
        self.public.id()
    }

    /// Its public half.
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The encoded header of every JWT it signs.
    pub(crate) fn jwt_header(&self) -> &str {
        &self.jwt_header
    }

    /// The footer of every PASETO it signs, not encoded.
    #[cfg(feature = "paseto")]
    pub(crate) fn paseto_footer(&self) -> &str {
        &self.paseto_footer
    }

    pub(crate) fn signer(&self) -> &dyn Signer {
        &*self.signer
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}

/// The keys whose tokens are accepted, found by their exact id (R065).
#[derive(Clone, Debug, Default)]
pub struct KeySet(HashMap<KeyId, PublicKey>);

impl KeySet {
    /// Reads a JWK set (RFC 7517 §5) published by an instance.
    ///
    /// Takes Ed25519 signature keys, ignores keys of other kinds, and refuses the whole
    /// set if a key has a private member, a name that is not its thumbprint, or the
    /// name of another.
    pub fn from_jwks(json: &str) -> Result<Self, JwksError> {
        let mut set = Self::default();
        for key in jwks::read(json)? {
            match set.0.entry(key.id()) {
                Entry::Occupied(_) => return Err(JwksError::DuplicateKey),
                Entry::Vacant(place) => place.insert(key),
            };
        }
        Ok(set)
    }

    /// Adds a key; adding one again changes nothing.
    pub fn insert(&mut self, key: PublicKey) {
        self.0.insert(key.id(), key);
    }

    /// The key with this id.
    pub fn find(&self, id: KeyId) -> Option<&PublicKey> {
        self.0.get(&id)
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no token at all would be accepted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<PublicKey> for KeySet {
    fn from_iter<I: IntoIterator<Item = PublicKey>>(keys: I) -> Self {
        Self(keys.into_iter().map(|key| (key.id(), key)).collect())
    }
}
