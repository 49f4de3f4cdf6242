//! Argon2 hashes as PHC strings.

use argon2::{Algorithm, Argon2, Params, Version};

use super::{
    Scheme,
    base64::{decimal, decode, encode},
};
use crate::{
    password::{
        arena::Arena,
        params::{Argon2Params, within_caps},
    },
    ports::{PasswordsError, Random},
    secret::same,
};

const SALT_LENGTH: usize = 16;
const TAG_LENGTH: usize = 32;

/// One Argon2 hash taken apart.
pub(crate) struct Argon2Hash {
    algorithm: Algorithm,
    version: Version,
    params: Params,
    salt: Vec<u8>,
    tag: Vec<u8>,
}

impl Argon2Hash {
    /// Reads what follows `$argon2id$` or `$argon2i$`; without `v=` it is version 16, as in the reference code.
    pub(super) fn parse(algorithm: Algorithm, rest: &str) -> Option<Self> {
        let (version, rest) = match rest.strip_prefix("v=") {
            Some(rest) => rest.split_once('$')?,
            None => ("16", rest),
        };
        let version = match version {
            "16" => Version::V0x10,
            "19" => Version::V0x13,
            _ => return None,
        };
        let mut fields = rest.split('$');
        let params = params(fields.next()?)?;
        let salt = decode(fields.next()?)?;
        let tag = decode(fields.next()?)?;
        let sound = (8..=64).contains(&salt.len()) && (16..=64).contains(&tag.len());
        (sound && fields.next().is_none()).then_some(Self {
            algorithm,
            version,
            params,
            salt,
            tag,
        })
    }

    /// Hashes a password as we do today (R006) and writes the PHC string.
    pub(crate) fn create(
        password: &[u8],
        params: Argon2Params,
        random: &dyn Random,
        arena: &mut Arena,
    ) -> Result<String, PasswordsError> {
        let mut salt = [0; SALT_LENGTH];
        random.fill(&mut salt);
        let mut tag = [0; TAG_LENGTH];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.for_library()?);
        arena.derive(&argon2, password, &salt, &mut tag)?;
        let (m, t, p) = (
            params.memory_kib(),
            params.iterations(),
            params.parallelism(),
        );
        let (salt, tag) = (encode(&salt), encode(&tag));
        Ok(format!("$argon2id$v=19$m={m},t={t},p={p}${salt}${tag}"))
    }

    /// A hash of no password, to be checked where there is no account (R013).
    pub(crate) fn decoy(params: Argon2Params) -> Result<Self, PasswordsError> {
        Ok(Self {
            algorithm: Algorithm::Argon2id,
            version: Version::V0x13,
            params: params.for_library()?,
            salt: vec![0; SALT_LENGTH],
            tag: vec![0; TAG_LENGTH],
        })
    }

    /// Whether today's hash of the same password would look like this one.
    pub(crate) fn is_current(&self, params: Argon2Params) -> bool {
        self.algorithm == Algorithm::Argon2id
            && self.version == Version::V0x13
            && self.params.m_cost() == params.memory_kib()
            && self.params.t_cost() == params.iterations()
            && self.params.p_cost() == params.parallelism()
            && self.salt.len() >= SALT_LENGTH
            && self.tag.len() == TAG_LENGTH
    }

    pub(super) fn scheme(&self) -> Scheme {
        match self.algorithm {
            Algorithm::Argon2i => Scheme::Argon2i,
            _ => Scheme::Argon2id,
        }
    }

    pub(crate) fn matches(
        &self,
        password: &[u8],
        arena: &mut Arena,
    ) -> Result<bool, PasswordsError> {
        let argon2 = Argon2::new(self.algorithm, self.version, self.params.clone());
        let mut tag = vec![0; self.tag.len()];
        arena.derive(&argon2, password, &self.salt, &mut tag)?;
        Ok(same(&tag, &self.tag))
    }
}

/// Reads `m=…,t=…,p=…`; a key id or associated data would need a secret we do not have.
fn params(text: &str) -> Option<Params> {
    let mut fields = text.split(',');
    let memory = decimal(fields.next()?.strip_prefix("m=")?)?;
    let iterations = decimal(fields.next()?.strip_prefix("t=")?)?;
    let parallelism = decimal(fields.next()?.strip_prefix("p=")?)?;
    if !within_caps(memory, iterations, parallelism) || fields.next().is_some() {
        return None;
    }
    Params::new(memory, iterations, parallelism, None).ok()
}
