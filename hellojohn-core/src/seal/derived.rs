//! Keys for single purposes that stay when the encryption key changes.

use zeroize::Zeroizing;

use super::EncryptionKey;

/// What authenticates cursors and fingerprints repeated requests.
///
/// Derived once from the first encryption key and kept sealed from then on: a change of the
/// encryption key neither ends cursors nor lets a repeated request run twice.
pub(crate) struct DerivedKeys {
    cursors: Zeroizing<[u8; 32]>,
    fingerprints: Zeroizing<[u8; 32]>,
}

impl DerivedKeys {
    /// The keys of an instance that has none yet.
    pub(crate) fn of(key: &EncryptionKey) -> Self {
        Self {
            cursors: key.derive("hellojohn cursors v1"),
            fingerprints: key.derive("hellojohn idempotency v1"),
        }
    }

    /// Reads what [`Self::to_bytes`] wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (cursors, fingerprints) = bytes.split_at_checked(32)?;
        Some(Self {
            cursors: Zeroizing::new(cursors.try_into().ok()?),
            fingerprints: Zeroizing::new(fingerprints.try_into().ok()?),
        })
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
        assert_ne!(read.cursors(), read.fingerprints());
        for length in [0, 31, 32, 63, 65] {
            assert!(DerivedKeys::from_bytes(&vec![1; length]).is_none());
        }
    }
}
