//! Secrets: wrapped while they live, hashed when they are looked up, compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
pub use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

/// The SHA-256 of a machine-made secret, by which it is stored and found.
///
/// Only for secrets of 128 random bits and more; passwords go through
/// [`Passwords`](crate::ports::Passwords).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// Hashes a secret.
    pub fn of(secret: &[u8]) -> Self {
        Self(Sha256::digest(secret).into())
    }

    /// The stored form.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads the stored form.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl std::fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

/// HMAC-SHA-256 (RFC 2104) over parts, each preceded by its length so that no
/// two lists of parts can collide.
pub fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed(key);
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Whether two byte strings are equal, in time that depends only on their lengths.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    // RFC 2104 §2 pads a short key with zeros to the 64-byte block; doing it here has no error to handle.
    let mut block = [0_u8; 64];
    let (head, _) = block.split_at_mut(key.len());
    head.copy_from_slice(key);
    <Hmac<Sha256> as KeyInit>::new(&block.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_boundary_between_parts_changes_the_mac() {
        let key = [1; 32];
        assert_ne!(mac(&key, &[b"ab", b"c"]), mac(&key, &[b"a", b"bc"]));
        assert_eq!(mac(&key, &[b"ab", b"c"]), mac(&key, &[b"ab", b"c"]));
    }

    #[test]
    fn debug_shows_no_hash() {
        assert_eq!(format!("{:?}", SecretHash::of(b"x")), "SecretHash(…)");
    }
}
