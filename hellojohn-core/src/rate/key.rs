use std::fmt;

use crate::secret;

/// The name of one budget: a keyed hash of what it is about.
///
/// It shows neither the address nor the account it stands for to whoever reads the shared
/// store, and no two lists of parts have the same name, whatever is in them (N91).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RateKey([u8; 16]);

const PURPOSE: &[u8] = b"hellojohn rate limits v1";

impl RateKey {
    /// Names the budget of these parts.
    pub fn new(secret: &[u8; 32], parts: &[&[u8]]) -> Self {
        let mut all = Vec::with_capacity(parts.len().saturating_add(1));
        all.push(PURPOSE);
        all.extend_from_slice(parts);
        let mac = secret::mac(secret, &all);
        let (short, _) = mac.split_at(16);
        Self(short.try_into().unwrap_or_default())
    }

    /// The name as bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for RateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RateKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_delimiter_makes_two_budgets_one() {
        let of = |parts: &[&str]| {
            let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
            RateKey::new(&[7; 32], &parts)
        };
        let all = [
            of(&["a", "b"]),
            of(&["ab"]),
            of(&["ab", ""]),
            of(&["", "ab"]),
            of(&["a:b"]),
            of(&["a:", "b"]),
            of(&["a", ":b"]),
            of(&["a\0b"]),
        ];
        for (i, one) in all.iter().enumerate() {
            for other in &all[i + 1..] {
                assert_ne!(one.as_bytes(), other.as_bytes());
            }
        }
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
    }

    #[test]
    fn another_instance_secret_gives_other_names() {
        assert_ne!(
            RateKey::new(&[1; 32], &[b"192.0.2.1"]),
            RateKey::new(&[2; 32], &[b"192.0.2.1"])
        );
    }
}
