//! Keys for single purposes that stay when the encryption key changes.

use zeroize::Zeroizing;

use super::{EncryptionKey, expand};

/// What authenticates cursors, fingerprints repeated requests and hashes short codes.
///
/// Derived once from the first encryption key and kept sealed from then on: a change of the
/// encryption key neither ends cursors nor lets a repeated request run twice, and backup codes
/// stay good. Two keys are kept; further ones are derived from both (RFC 5869), so that what an
/// earlier version kept is enough.
pub(crate) struct DerivedKeys {
    cursors: Zeroizing<[u8; 32]>,
    fingerprints: Zeroizing<[u8; 32]>,
    backup_codes: Zeroizing<[u8; 32]>,
    sent_codes: Zeroizing<[u8; 32]>,
    passkeys: Zeroizing<[u8; 32]>,
}

impl DerivedKeys {
    /// The keys of an instance that has none yet.
    pub(crate) fn of(key: &EncryptionKey) -> Self {
        Self::over(
            key.derive("hellojohn cursors v1"),
            key.derive("hellojohn idempotency v1"),
        )
    }

    /// Reads what [`Self::to_bytes`] wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (cursors, fingerprints) = bytes.split_at_checked(32)?;
        Some(Self::over(
            Zeroizing::new(cursors.try_into().ok()?),
            Zeroizing::new(fingerprints.try_into().ok()?),
        ))
    }

    fn over(cursors: Zeroizing<[u8; 32]>, fingerprints: Zeroizing<[u8; 32]>) -> Self {
        let mut both = Zeroizing::new([0; 64]);
        let (left, right) = both.split_at_mut(32);
        left.copy_from_slice(&*cursors);
        right.copy_from_slice(&*fingerprints);
        let further = |purpose: &[u8]| {
            let mut key = Zeroizing::new([0; 32]);
            expand(&*both, purpose, &mut key);
            key
        };
        Self {
            backup_codes: further(b"hellojohn backup codes v1"),
            sent_codes: further(b"hellojohn sent codes v1"),
            passkeys: further(b"hellojohn passkeys v1"),
            cursors,
            fingerprints,
        }
    }

    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(64));
        bytes.extend_from_slice(&*self.cursors);
        bytes.extend_from_slice(&*self.fingerprints);
        bytes
    }

    /// Authenticates cursors.
    pub(crate) fn cursors(&self) -> &[u8; 32] {
        &self.cursors
    }

    /// Fingerprints repeated requests.
    pub(crate) fn fingerprints(&self) -> &[u8; 32] {
        &self.fingerprints
    }

    /// Hashes backup codes.
    pub(crate) fn backup_codes(&self) -> &[u8; 32] {
        &self.backup_codes
    }

    /// Hashes codes that are sent by mail and SMS.
    pub(crate) fn sent_codes(&self) -> &[u8; 32] {
        &self.sent_codes
    }

    /// Names users to authenticators, and makes decoys.
    pub(crate) fn passkeys(&self) -> &[u8; 32] {
        &self.passkeys
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    #[test]
    fn the_keys_are_read_as_they_were_written() {
        let text = SecretString::from("0123456789abcdefghijklmnopqrstuvwxyz");
        let keys = DerivedKeys::of(&EncryptionKey::parse(&text).unwrap());
        let read = DerivedKeys::from_bytes(&keys.to_bytes()).unwrap();
        assert_eq!(read.cursors(), keys.cursors());
        assert_eq!(read.fingerprints(), keys.fingerprints());
        assert_eq!(read.backup_codes(), keys.backup_codes());
        assert_eq!(read.sent_codes(), keys.sent_codes());
        let mut all = [
            read.cursors(),
            read.fingerprints(),
            read.backup_codes(),
            read.sent_codes(),
            read.passkeys(),
        ];
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
        for length in [0, 31, 32, 63, 65] {
            assert!(DerivedKeys::from_bytes(&vec![1; length]).is_none());
        }
    }
}
