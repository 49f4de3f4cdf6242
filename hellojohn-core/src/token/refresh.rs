//! Refresh tokens that carry their own proof.
//!
//! `rft_` and base64url of
//!
//! ```text
//! version 1 | key tag 4 | session id 16 | generation 4, big-endian | salt 16 | MAC 32
//! ```
//!
//! The MAC authenticates any generation ever issued, so a reuse of any age is recognised
//! without keeping old tokens, and the same successor can be made again for an honest
//! retry. Nothing stored reveals a token.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{
    id::{SessionId, TenantId},
    secret::{self, ExposeSecret as _, SecretBox, SecretString},
    token::base64url,
};

/// What every refresh token begins with.
pub const PREFIX: &str = "rft_";

const VERSION: u8 = 1;
const PURPOSE: &[u8] = b"hellojohn refresh v1";
const BYTES: usize = 1 + 4 + 16 + 4 + 16 + 32;
const CHARS: usize = 98;

/// The text is not a refresh token of this tenant. There is one error for every reason,
/// so that nothing can be learnt from it (R059).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid refresh token")]
pub struct RefreshTokenError;

impl RefreshTokenError {
    /// The stable name of this error (RFC 6749 §5.2).
    pub const fn code(&self) -> &'static str {
        "invalid_grant"
    }
}

/// A server key that authenticates refresh tokens; several may overlap while one replaces another.
pub struct RefreshKey {
    tag: [u8; 4],
    secret: SecretBox<[u8; 32]>,
}

impl RefreshKey {
    /// A key with the name it is known by.
    pub fn new(id: &str, secret: [u8; 32]) -> Self {
        let [a, b, c, d, ..]: [u8; 32] = Sha256::digest(id.as_bytes()).into();
        Self {
            tag: [a, b, c, d],
            secret: SecretBox::new(Box::new(secret)),
        }
    }

    /// What its tokens carry to find it by: the first four bytes of SHA-256 of its id.
    pub const fn tag(&self) -> [u8; 4] {
        self.tag
    }

    fn mac(&self, tenant: TenantId, claim: &RefreshClaim) -> [u8; 32] {
        let parts: [&[u8]; 5] = [
            PURPOSE,
            &tenant.to_bytes(),
            &claim.session.to_bytes(),
            &claim.generation.to_be_bytes(),
            &claim.salt,
        ];
        secret::mac(self.secret.expose_secret(), &parts)
    }
}

impl std::fmt::Debug for RefreshKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RefreshKey")
            .field("tag", &self.tag)
            .finish_non_exhaustive()
    }
}

/// What an authentic refresh token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshClaim {
    /// The session it continues.
    pub session: SessionId,
    /// How often that session had been refreshed when it was minted.
    pub generation: u32,
    /// The session's salt.
    pub salt: [u8; 16],
    /// The tag of the key that authenticates it.
    pub key_tag: [u8; 4],
}

/// Makes and reads refresh tokens.
#[derive(Clone, Copy, Debug)]
pub struct RefreshToken;

impl RefreshToken {
    /// The token of one generation of a session; the same every time it is made.
    pub fn mint(
        key: &RefreshKey,
        tenant: TenantId,
        session: SessionId,
        generation: u32,
        salt: [u8; 16],
    ) -> SecretString {
        let claim = RefreshClaim {
            session,
            generation,
            salt,
            key_tag: key.tag,
        };
        let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES));
        bytes.push(VERSION);
        bytes.extend_from_slice(&claim.key_tag);
        bytes.extend_from_slice(&claim.session.to_bytes());
        bytes.extend_from_slice(&claim.generation.to_be_bytes());
        bytes.extend_from_slice(&claim.salt);
        bytes.extend_from_slice(&key.mac(tenant, &claim));
        let mut text = String::with_capacity(PREFIX.len() + CHARS);
        text.push_str(PREFIX);
        BASE64URL_NOPAD.encode_append(&bytes, &mut text);
        SecretString::from(text)
    }

    /// Reads the shape of a token. Nothing in it may be believed before
    /// [`Presented::authenticate`].
    pub fn parse(text: &str) -> Result<Presented, RefreshTokenError> {
        let digits = text
            .strip_prefix(PREFIX)
            .filter(|digits| digits.len() == CHARS)
            .ok_or(RefreshTokenError)?;
        let mut bytes = Zeroizing::new([0; BYTES]);
        base64url::decode_into(digits, &mut *bytes).ok_or(RefreshTokenError)?;
        let mut rest: &[u8] = &*bytes;
        if take::<1>(&mut rest)? != [VERSION] {
            return Err(RefreshTokenError);
        }
        let key_tag = take(&mut rest)?;
        let session = SessionId::from_bytes(take(&mut rest)?);
        let generation = u32::from_be_bytes(take(&mut rest)?);
        let salt = take(&mut rest)?;
        Ok(Presented {
            claim: RefreshClaim {
                session,
                generation,
                salt,
                key_tag,
            },
            mac: Zeroizing::new(take(&mut rest)?),
        })
    }
}

/// A token somebody presented; it says nothing yet.
pub struct Presented {
    claim: RefreshClaim,
    mac: Zeroizing<[u8; 32]>,
}

impl Presented {
    /// What the token says, if one of `keys` made it for this tenant.
    pub fn authenticate(
        &self,
        keys: &[RefreshKey],
        tenant: TenantId,
    ) -> Result<RefreshClaim, RefreshTokenError> {
        // Every key with the tag is tried: two ids may share their first four bytes.
        keys.iter()
            .filter(|key| key.tag == self.claim.key_tag)
            .any(|key| secret::same(&key.mac(tenant, &self.claim), &*self.mac))
            .then_some(self.claim)
            .ok_or(RefreshTokenError)
    }
}

impl std::fmt::Debug for Presented {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Presented(…)")
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], RefreshTokenError> {
    let (head, tail) = rest.split_first_chunk().ok_or(RefreshTokenError)?;
    *rest = tail;
    Ok(*head)
}
