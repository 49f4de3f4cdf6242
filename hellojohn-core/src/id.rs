//! Prefixed identifiers: a type-specific prefix and a ULID, `usr_01HZX…`.
//!
//! The 26 characters are Crockford base 32 over 48 bits of milliseconds and 80
//! random bits, so ids made later sort later. Time and randomness are given by
//! the caller; nothing here reads a clock.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::time::Timestamp;

/// The text is not an identifier of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid `{prefix}_` identifier")]
pub struct InvalidId {
    /// The prefix that was expected.
    pub prefix: &'static str,
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 26;

/// Puts the milliseconds of `now` in front of ten random bytes.
fn assemble(now: Timestamp, random: [u8; 10]) -> u128 {
    let millis = u128::try_from(now.as_millis()).unwrap_or(0) & 0xFFFF_FFFF_FFFF;
    let tail = random
        .iter()
        .fold(0_u128, |acc, byte| (acc << 8) | u128::from(*byte));
    (millis << 80) | tail
}

fn write(prefix: &str, value: u128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(prefix)?;
    f.write_str("_")?;
    let mut text = [0_u8; LENGTH];
    let mut rest = value;
    for slot in text.iter_mut().rev() {
        let digit = usize::try_from(rest & 31).unwrap_or(0);
        *slot = ALPHABET.get(digit).copied().unwrap_or(b'0');
        rest >>= 5;
    }
    f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
}

fn read(prefix: &'static str, text: &str) -> Result<u128, InvalidId> {
    let invalid = InvalidId { prefix };
    let digits = text
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .filter(|rest| rest.len() == LENGTH)
        .ok_or(invalid)?;
    digits
        .bytes()
        .enumerate()
        .try_fold(0_u128, |acc, (at, byte)| {
            let digit = ALPHABET.iter().position(|c| *c == byte).ok_or(invalid)?;
            // 26 × 5 = 130 bits: the first digit may only carry the top three.
            if at == 0 && digit > 7 {
                return Err(invalid);
            }
            Ok((acc << 5) | u128::try_from(digit).unwrap_or(0))
        })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// What every id of this kind begins with, before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// Makes an id from the time and ten random bytes.
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                Self(assemble(now, random))
            }

            /// The ULID as sixteen bytes, most significant first.
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.to_be_bytes()
            }

            /// The id whose ULID these bytes are.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(u128::from_be_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write($prefix, self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write($prefix, self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                read($prefix, text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A tenant, `tnt_…`.
    TenantId = "tnt";
    /// A user, `usr_…`.
    UserId = "usr";
    /// A session, `ses_…`; also the `session_id` and `sid` claims.
    SessionId = "ses";
    /// An API key record, `key_…` (never the key itself).
    ApiKeyId = "key";
    /// An audit entry, `evt_audit_…`.
    AuditId = "evt_audit";
    /// An event in the outbox, `evt_…`.
    EventId = "evt";
    /// One request, `req_…`.
    RequestId = "req";
    /// A second factor, `fac_…`.
    FactorId = "fac";
    /// A passkey, `pkc_…`.
    PasskeyId = "pkc";
    /// A message that waits to be sent, `msg_…`.
    MessageId = "msg";
    /// A request of somebody who lost their second factor, `rec_…`.
    RecoveryId = "rec";
    /// One issued token: its `jti`.
    TokenId = "tok";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_wrote() {
        let id = UserId::new(Timestamp::from_seconds(1_700_000_000), [7; 10]);
        assert_eq!(id.to_string(), "usr_01HF7YAT000W3GE1R70W3GE1R7");
        assert_eq!(id.to_string().parse::<UserId>(), Ok(id));
        assert_eq!(UserId::from_bytes(id.to_bytes()), id);
    }

    #[test]
    fn later_ids_sort_later_as_text() {
        let early = UserId::new(Timestamp::from_seconds(1), [255; 10]).to_string();
        let late = UserId::new(Timestamp::from_seconds(2), [0; 10]).to_string();
        assert!(early < late);
    }

    #[test]
    fn other_prefixes_lengths_and_digits_are_refused() {
        let good = UserId::new(Timestamp::from_seconds(1), [1; 10]).to_string();
        let lower = good.to_lowercase();
        let other = good.replace("usr_", "ses_");
        let overflow = good.replacen("_0", "_8", 1);
        for bad in ["", "usr_", &good[..29], &lower, &other, &overflow] {
            assert!(bad.parse::<UserId>().is_err(), "{bad}");
        }
    }
}
