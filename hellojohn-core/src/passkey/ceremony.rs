use super::RelyingParty;

/// What an answer of an authenticator is held against.
#[derive(Clone, Copy, Debug)]
pub struct Ceremony<'a> {
    /// Whom it is for.
    pub party: &'a RelyingParty,
    /// What was to be signed.
    pub challenge: &'a [u8],
    /// Whether the authenticator has to verify its user.
    pub user_verification: UserVerification,
}

/// Whether an authenticator verifies its user by PIN, fingerprint or face (R140).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserVerification {
    /// The passkey is the only factor.
    Required,
    /// The passkey stands behind another factor.
    Preferred,
}

impl UserVerification {
    /// The word browsers know.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Preferred => "preferred",
        }
    }
}
