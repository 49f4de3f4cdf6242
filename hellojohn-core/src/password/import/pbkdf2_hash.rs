//! PBKDF2 hashes, as PHC strings and as passlib writes them.

use pbkdf2::pbkdf2_hmac;
use sha2::{Sha256, Sha512};

use super::{
    Scheme,
    base64::{decimal, decode},
};
use crate::secret::same;

/// Caps on the HMAC computations of one check, whatever the length of the output (R194):
/// about a second of work, so that one tenant's import does not starve the others' sign-ins.
const MAX_ROUNDS_SHA256: u32 = 3_000_000;
const MAX_ROUNDS_SHA512: u32 = 1_500_000;

/// One PBKDF2 hash taken apart.
pub(crate) struct Pbkdf2Hash {
    scheme: Scheme,
    rounds: u32,
    salt: Vec<u8>,
    tag: Vec<u8>,
}

impl Pbkdf2Hash {
    /// Reads what follows the scheme: `i=…,l=…$salt$hash`, or passlib's `rounds$salt$hash`.
    pub(super) fn parse(scheme: Scheme, rest: &str) -> Option<Self> {
        let mut fields = rest.split('$');
        let (rounds, length) = params(fields.next()?)?;
        let salt = decode(fields.next()?)?;
        let tag = decode(fields.next()?)?;
        let sound = salt.len() <= 256 && (16..=128).contains(&tag.len());
        if !sound || fields.next().is_some() || length.is_some_and(|length| length != tag.len()) {
            return None;
        }
        let (block, most) = if scheme == Scheme::Pbkdf2Sha512 {
            (64, MAX_ROUNDS_SHA512)
        } else {
            (32, MAX_ROUNDS_SHA256)
        };
        let blocks = u32::try_from(tag.len().div_ceil(block)).ok()?;
        let work = rounds.checked_mul(blocks).filter(|work| *work <= most);
        (work? > 0).then_some(Self {
            scheme,
            rounds,
            salt,
            tag,
        })
    }

    pub(super) const fn scheme(&self) -> Scheme {
        self.scheme
    }

    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let mut tag = vec![0; self.tag.len()];
        if self.scheme == Scheme::Pbkdf2Sha512 {
            pbkdf2_hmac::<Sha512>(password, &self.salt, self.rounds, &mut tag);
        } else {
            pbkdf2_hmac::<Sha256>(password, &self.salt, self.rounds, &mut tag);
        }
        same(&tag, &self.tag)
    }
}

fn params(text: &str) -> Option<(u32, Option<usize>)> {
    let Some(text) = text.strip_prefix("i=") else {
        return Some((decimal(text)?, None));
    };
    let Some((rounds, length)) = text.split_once(',') else {
        return Some((decimal(text)?, None));
    };
    let length = decimal(length.strip_prefix("l=")?)?;
    Some((decimal(rounds)?, Some(usize::try_from(length).ok()?)))
}
