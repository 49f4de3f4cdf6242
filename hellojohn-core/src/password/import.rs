//! Stored password hashes: ours, and those brought along from elsewhere (R008, R194).

mod argon2_hash;
mod base64;
#[cfg(feature = "import-hashes")]
mod bcrypt_hash;
#[cfg(feature = "import-hashes")]
mod pbkdf2_hash;
#[cfg(feature = "import-hashes")]
mod scrypt_hash;

pub(super) use argon2_hash::Argon2Hash;

#[cfg(feature = "import-hashes")]
use self::{bcrypt_hash::BcryptHash, pbkdf2_hash::Pbkdf2Hash, scrypt_hash::ScryptHash};
use crate::{
    password::{arena::Arena, params::Argon2Params},
    ports::PasswordsError,
};

/// No scheme we read writes more; anything longer is refused unread.
const MAX_HASH_LENGTH: usize = 512;

/// What a stored password hash was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// Argon2id (RFC 9106), what we write ourselves.
    Argon2id,
    /// Argon2i (RFC 9106).
    Argon2i,
    /// bcrypt, `$2a$`, `$2b$` or `$2y$`.
    Bcrypt,
    /// scrypt (RFC 7914).
    Scrypt,
    /// PBKDF2 (RFC 8018) over HMAC-SHA-256.
    Pbkdf2Sha256,
    /// PBKDF2 (RFC 8018) over HMAC-SHA-512.
    Pbkdf2Sha512,
}

/// The text is no password hash we can check, or checking it would cost more than we allow (R194).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unsupported password hash")]
pub struct UnsupportedHash;

/// Tells whether a `password_hash` can be taken over, without doing any work for it (R194).
pub fn recognise(hash: &str) -> Result<Scheme, UnsupportedHash> {
    StoredHash::parse(hash).map(|stored| stored.scheme())
}

/// A stored hash, taken apart and within the caps.
pub(super) enum StoredHash {
    Argon2(Argon2Hash),
    #[cfg(feature = "import-hashes")]
    Bcrypt(BcryptHash),
    #[cfg(feature = "import-hashes")]
    Scrypt(ScryptHash),
    #[cfg(feature = "import-hashes")]
    Pbkdf2(Pbkdf2Hash),
}

impl StoredHash {
    pub(super) fn parse(hash: &str) -> Result<Self, UnsupportedHash> {
        Self::read(hash).ok_or(UnsupportedHash)
    }

    fn read(hash: &str) -> Option<Self> {
        if hash.len() > MAX_HASH_LENGTH {
            return None;
        }
        let (scheme, rest) = hash.strip_prefix('$')?.split_once('$')?;
        match scheme {
            "argon2id" => Argon2Hash::parse(argon2::Algorithm::Argon2id, rest).map(Self::Argon2),
            "argon2i" => Argon2Hash::parse(argon2::Algorithm::Argon2i, rest).map(Self::Argon2),
            #[cfg(feature = "import-hashes")]
            "2a" | "2b" | "2y" => BcryptHash::parse(rest).map(Self::Bcrypt),
            #[cfg(feature = "import-hashes")]
            "scrypt" => ScryptHash::parse(rest).map(Self::Scrypt),
            #[cfg(feature = "import-hashes")]
            "pbkdf2-sha256" => Pbkdf2Hash::parse(Scheme::Pbkdf2Sha256, rest).map(Self::Pbkdf2),
            #[cfg(feature = "import-hashes")]
            "pbkdf2-sha512" => Pbkdf2Hash::parse(Scheme::Pbkdf2Sha512, rest).map(Self::Pbkdf2),
            _ => None,
        }
    }

    fn scheme(&self) -> Scheme {
        match self {
            Self::Argon2(hash) => hash.scheme(),
            #[cfg(feature = "import-hashes")]
            Self::Bcrypt(_) => Scheme::Bcrypt,
            #[cfg(feature = "import-hashes")]
            Self::Scrypt(_) => Scheme::Scrypt,
            #[cfg(feature = "import-hashes")]
            Self::Pbkdf2(hash) => hash.scheme(),
        }
    }

    /// Whether today's hash of the same password would look like this one (R008).
    pub(super) fn is_current(&self, params: Argon2Params) -> bool {
        match self {
            Self::Argon2(hash) => hash.is_current(params),
            #[cfg(feature = "import-hashes")]
            Self::Bcrypt(_) | Self::Scrypt(_) | Self::Pbkdf2(_) => false,
        }
    }

    /// Whether this is the password; slow by design.
    pub(super) fn matches(
        &self,
        password: &[u8],
        arena: &mut Arena,
    ) -> Result<bool, PasswordsError> {
        match self {
            Self::Argon2(hash) => hash.matches(password, arena),
            #[cfg(feature = "import-hashes")]
            Self::Bcrypt(hash) => Ok(hash.matches(password)),
            #[cfg(feature = "import-hashes")]
            Self::Scrypt(hash) => hash.matches(password),
            #[cfg(feature = "import-hashes")]
            Self::Pbkdf2(hash) => Ok(hash.matches(password)),
        }
    }
}

#[cfg(test)]
mod tests;
