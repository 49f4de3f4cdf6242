//! bcrypt hashes in the modular crypt format.

use zeroize::Zeroizing;

use crate::secret::same;

/// More doubles the work of one check beyond about a second (R194).
const MAX_COST: u32 = 14;
const MIN_COST: u32 = 4;
/// bcrypt reads no more of a password; what was hashed elsewhere was hashed so.
const KEY_LENGTH: usize = 72;
const ALPHABET: &[u8; 64] = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// One bcrypt hash taken apart.
pub(crate) struct BcryptHash {
    cost: u32,
    salt: [u8; 16],
    tag: [u8; 23],
}

impl BcryptHash {
    /// Reads what follows `$2b$`: two digits of cost, 22 characters of salt, 31 of hash.
    pub(super) fn parse(rest: &str) -> Option<Self> {
        let (cost, rest) = rest.split_once('$')?;
        if cost.len() != 2 || rest.len() != 53 || !cost.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let cost = cost
            .parse()
            .ok()
            .filter(|cost| (MIN_COST..=MAX_COST).contains(cost))?;
        let (salt, tag) = rest.split_at_checked(22)?;
        Some(Self {
            cost,
            salt: decode(salt)?,
            tag: decode(tag)?,
        })
    }

    /// Checks the password with its terminating NUL; one inside it is a byte like any other.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let mut key = Zeroizing::new([0; KEY_LENGTH]);
        for (slot, byte) in key.iter_mut().zip(password) {
            *slot = *byte;
        }
        let used = KEY_LENGTH.min(password.len() + 1);
        let computed = bcrypt::bcrypt(self.cost, self.salt, key.get(..used).unwrap_or_default());
        computed
            .get(..self.tag.len())
            .is_some_and(|computed| same(computed, &self.tag))
    }
}

/// Reads bcrypt's own base64; spare bits of the last character are ignored, as other readers do.
fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = Vec::with_capacity(N + 1);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for symbol in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == symbol)?;
        bits = (bits << 6 | u32::try_from(value).ok()?) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    bytes.try_into().ok()
}
