use sha2::{Digest as _, Sha256};

use super::{Ceremony, Flaw, PasskeyError, UserVerification};

/// What an authenticator says about a ceremony (WebAuthn L3 §6.1), as far as all of them have it.
#[derive(Clone, Copy, Debug)]
pub(super) struct AuthenticatorData<'a> {
    rp_id_hash: &'a [u8],
    flags: u8,
    pub(super) sign_count: u32,
    /// Attested credential data and extensions.
    pub(super) rest: &'a [u8],
}

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKUP_STATE: u8 = 1 << 4;
const ATTESTED: u8 = 1 << 6;
const EXTENSIONS: u8 = 1 << 7;

impl<'a> AuthenticatorData<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PasskeyError> {
        let parts = || {
            let (rp_id_hash, rest) = bytes.split_at_checked(32)?;
            let (&flags, rest) = rest.split_first()?;
            let (&sign_count, rest) = rest.split_first_chunk()?;
            Some(Self {
                rp_id_hash,
                flags,
                sign_count: u32::from_be_bytes(sign_count),
                rest,
            })
        };
        parts().ok_or(PasskeyError::Invalid(Flaw::Malformed))
    }

    /// The steps on `authData` that both ceremonies have (§7.1 and §7.2).
    pub(super) fn check(&self, ceremony: &Ceremony<'_>) -> Result<(), PasskeyError> {
        let refuse = |flaw| Err(PasskeyError::Invalid(flaw));
        let expected = Sha256::digest(ceremony.party.id().as_bytes());
        if self.rp_id_hash != expected.as_slice() {
            return refuse(Flaw::RelyingParty);
        }
        if !self.has(USER_PRESENT) {
            return refuse(Flaw::UserPresence);
        }
        if self.backup_state() && !self.backup_eligible() {
            return refuse(Flaw::BackupFlags);
        }
        let verified =
            ceremony.user_verification == UserVerification::Preferred || self.user_verified();
        if !verified {
            return Err(PasskeyError::UserVerificationRequired);
        }
        Ok(())
    }

    /// Whether what follows the fixed part is exactly what the flags announce of an assertion:
    /// nothing, or the outputs of extensions.
    pub(super) fn ends_like_an_assertion(&self) -> bool {
        let follows = if self.has(EXTENSIONS) {
            let outputs = serde_cbor_2::from_slice(self.rest);
            matches!(outputs, Ok(serde_cbor_2::Value::Map(_)))
        } else {
            self.rest.is_empty()
        };
        follows && !self.has(ATTESTED)
    }

    pub(super) const fn announces_a_credential(&self) -> bool {
        self.has(ATTESTED)
    }

    pub(super) const fn announces_extensions(&self) -> bool {
        self.has(EXTENSIONS)
    }

    pub(super) const fn user_verified(&self) -> bool {
        self.has(USER_VERIFIED)
    }

    pub(super) const fn backup_eligible(&self) -> bool {
        self.has(BACKUP_ELIGIBLE)
    }

    pub(super) const fn backup_state(&self) -> bool {
        self.has(BACKUP_STATE)
    }

    const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}
