//! Merkle trees over rows, as in RFC 6962 §2.1: a leaf can never pass for a node.

use std::{fmt, str::FromStr};

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// Hashes bytes for one purpose, which is hashed too.
    pub(super) fn of(purpose: &str, parts: &[&[u8]]) -> Self {
        let mut digest = Sha256::new();
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            digest.update(part);
        }
        Self(digest.finalize().into())
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// From the 32 bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64URL_NOPAD.encode(&self.0))
    }
}

/// The text is not 32 bytes in base64url without padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a hash")]
pub struct InvalidHash;

impl FromStr for Hash {
    type Err = InvalidHash;

    fn from_str(text: &str) -> Result<Self, InvalidHash> {
        let bytes = BASE64URL_NOPAD
            .decode(text.as_bytes())
            .map_err(|_| InvalidHash)?;
        bytes.try_into().map(Self).map_err(|_| InvalidHash)
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The leaf of a row: its table, its place in the table from 1, and its text.
pub fn leaf(table: &str, ordinal: u64, text: &str) -> Hash {
    let mut digest = Sha256::new();
    digest.update([0]);
    for part in [table.as_bytes(), &ordinal.to_be_bytes(), text.as_bytes()] {
        digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        digest.update(part);
    }
    Hash(digest.finalize().into())
}

/// A tree that grows leaf by leaf and keeps one hash for each of its levels.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Whole subtrees from the largest to the smallest, each with the number of its leaves.
    subtrees: Vec<(u64, Hash)>,
}

impl Tree {
    /// Adds a leaf at the end.
    pub fn push(&mut self, leaf: Hash) {
        let mut grown = (1, leaf);
        while let Some((size, left)) = self.subtrees.pop_if(|(size, _)| *size == grown.0) {
            grown = (size * 2, node(left, grown.1));
        }
        self.subtrees.push(grown);
    }

    /// How many leaves there are.
    pub fn len(&self) -> u64 {
        self.subtrees.iter().map(|(size, _)| size).sum()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.subtrees.is_empty()
    }

    /// The hash over all leaves.
    pub fn root(&self) -> Hash {
        let mut subtrees = self.subtrees.iter().rev().map(|(_, hash)| *hash);
        match subtrees.next() {
            None => Hash(Sha256::digest([]).into()),
            Some(smallest) => subtrees.fold(smallest, |right, left| node(left, right)),
        }
    }
}

fn node(left: Hash, right: Hash) -> Hash {
    let mut digest = Sha256::new();
    digest.update([1]);
    digest.update(left.0);
    digest.update(right.0);
    Hash(digest.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6962 §2.1, word for word.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Hash(Sha256::digest([]).into()),
            [leaf] => *leaf,
            leaves => {
                let split = leaves.len().next_power_of_two() / 2;
                let (left, right) = leaves.split_at(split);
                node(by_definition(left), by_definition(right))
            }
        }
    }

    #[test]
    fn a_growing_tree_is_the_one_of_the_definition() {
        let mut tree = Tree::default();
        let mut leaves = Vec::new();
        for ordinal in 1..70 {
            assert_eq!(tree.root(), by_definition(&leaves), "{}", leaves.len());
            assert_eq!(tree.len(), leaves.len() as u64);
            let leaf = leaf("t", ordinal, "[]");
            leaves.push(leaf);
            tree.push(leaf);
        }
    }

    #[test]
    fn a_leaf_depends_on_everything_and_on_where_parts_begin() {
        let one = leaf("ab", 1, "c");
        for other in [leaf("a", 1, "bc"), leaf("ab", 2, "c"), leaf("ab", 1, "d")] {
            assert_ne!(one, other);
        }
        assert_eq!(one.to_string().parse(), Ok(one));
    }
}
