//! Passkeys: WebAuthn credentials that sign in alone or stand behind a password (R135–R143).
//!
//! Everything here is a decision about values. What holds of a ceremony (type, challenge, origin,
//! relying party, flags, ids) is checked here, signatures by `webauthn-rs` and, for Ed25519, which
//! it does not verify, by `ed25519-dalek`.

use serde_json::{Map, Value};

use crate::{
    id::{FactorId, PasskeyId, UserId},
    time::Timestamp,
};

mod answer;
mod assertion;
mod attested;
mod authenticator_data;
mod ceremony;
mod client_data;
mod decoy;
mod ed25519;
mod options;
mod registration;
mod relying_party;
mod signature;

pub(crate) use assertion::credential_id;
pub use assertion::{Assertion, Identified};
pub use ceremony::{Ceremony, UserVerification};
pub(crate) use decoy::decoys;
pub use options::Attachment;
pub(crate) use options::{Descriptor, Holder, creation_options, request_options};
pub(crate) use registration::answered_challenge;
pub use registration::{PasskeyOwner, Registered};
pub(crate) use relying_party::check as check_relying_party;
pub use relying_party::{RelyingParty, RelyingPartySettings};

/// A credential of one user.
#[derive(Clone, Debug, PartialEq)]
pub struct Passkey {
    /// Never changes.
    pub id: PasskeyId,
    /// Whose it is.
    pub user_id: UserId,
    /// The factor that carries its name and state.
    pub factor_id: FactorId,
    /// What the authenticator calls it.
    pub credential_id: Vec<u8>,
    /// What the authenticator calls the user: opaque, the same for all passkeys of a user.
    pub user_handle: Vec<u8>,
    /// The public key as it was registered, in the form the verifier keeps.
    pub key: Map<String, Value>,
    /// The highest signature counter seen; 0 for authenticators that do not count.
    pub sign_count: u32,
    /// The model of the authenticator, where it tells.
    pub aaguid: Option<String>,
    /// How the authenticator is reached: `usb`, `nfc`, `ble`, `internal`, `hybrid`.
    pub transports: Vec<String>,
    /// Whether it may be copied to other devices.
    pub backup_eligible: bool,
    /// Whether it was copied, as of its last use.
    pub backup_state: bool,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// A use of a passkey, to be written down only if its counter went forward.
#[derive(Clone, Copy, Debug)]
pub struct PasskeyUse {
    /// Which passkey.
    pub id: PasskeyId,
    /// The counter the authenticator told.
    pub sign_count: u32,
    /// Whether it is copied to other devices now.
    pub backup_state: bool,
    /// When.
    pub at: Timestamp,
}

/// What is wrong with an answer of an authenticator. Callers are never told which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// It cannot be read.
    Malformed,
    /// It is of another kind of ceremony.
    Type,
    /// It answers another challenge.
    Challenge,
    /// It comes from a page of another origin (R136).
    Origin,
    /// It comes from a frame inside a page of another origin (R137).
    CrossOrigin,
    /// It was made for another relying party.
    RelyingParty,
    /// Nobody was there.
    UserPresence,
    /// The backup flags contradict each other or what was registered.
    BackupFlags,
    /// The algorithm was not offered.
    Algorithm,
    /// It was made with another credential than it says, or with one nobody has.
    Credential,
    /// Its user has this credential already.
    Registered,
    /// It names another user.
    UserHandle,
    /// The attestation or signature does not verify.
    Signature,
    /// The counter went backwards: there may be a copy of the authenticator (R139).
    Counter,
}

impl Flaw {
    /// The word in the audit log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Type => "type",
            Self::Challenge => "challenge",
            Self::Origin => "origin",
            Self::CrossOrigin => "cross_origin",
            Self::RelyingParty => "relying_party",
            Self::UserPresence => "user_presence",
            Self::BackupFlags => "backup_flags",
            Self::Algorithm => "algorithm",
            Self::Credential => "credential",
            Self::Registered => "registered",
            Self::UserHandle => "user_handle",
            Self::Signature => "signature",
            Self::Counter => "counter",
        }
    }
}

/// Why something about a passkey was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasskeyError {
    /// The answer of the authenticator does not hold.
    #[error("the passkey was not accepted")]
    Invalid(Flaw),
    /// The authenticator did not verify its user where that is needed (R140).
    #[error("the authenticator has to verify its user")]
    UserVerificationRequired,
    /// The ceremony is unknown, over, or was answered before (N05, R143).
    #[error("this passkey challenge is over; ask for a new one")]
    ChallengeOver,
    /// The credential is registered already.
    #[error("this passkey is registered already")]
    AlreadyRegistered,
    /// The instance has no host name that passkeys can be bound to.
    #[error("passkeys need a host name; set `WEBAUTHN_RP_ID` and `WEBAUTHN_ORIGINS`")]
    NotConfigured,
}

impl PasskeyError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "passkey_invalid",
            Self::UserVerificationRequired => "user_verification_required",
            Self::ChallengeOver => "passkey_challenge_expired",
            Self::AlreadyRegistered => "passkey_already_registered",
            Self::NotConfigured => "passkeys_not_configured",
        }
    }

    /// The word in the audit log: more than the caller is told.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Invalid(flaw) => flaw.as_str(),
            other => other.code(),
        }
    }
}
