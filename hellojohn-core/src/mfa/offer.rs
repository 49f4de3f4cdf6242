use std::str::FromStr;

use secrecy::SecretString;

use super::MfaError;
use crate::{
    factor::{Factor, FactorKind},
    id::FactorId,
    input::Email,
    session::Amr,
    time::Timestamp,
};

/// What stands for the set of backup codes where a factor's id is expected.
pub const BACKUP_CODES: &str = "backup_codes";

/// A challenge that was made, and how it can be answered.
#[derive(Clone, Debug)]
pub struct MfaRequired {
    /// Its id: a secret.
    pub challenge: SecretString,
    /// From when on it is worth nothing.
    pub expires_at: Timestamp,
    /// What answers it.
    pub factors: Vec<OfferedFactor>,
}

/// One way to answer a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedFactor {
    /// The factor.
    pub choice: FactorChoice,
    /// Its kind, or `backup_codes`.
    pub kind: &'static str,
    /// What the user calls it.
    pub name: Option<String>,
    /// By what the owner recognises it.
    pub hint: Option<String>,
}

/// Which factor a challenge is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorChoice {
    /// This one.
    Factor(FactorId),
    /// A backup code.
    BackupCodes,
}

impl FromStr for FactorChoice {
    type Err = MfaError;

    fn from_str(text: &str) -> Result<Self, MfaError> {
        if text == BACKUP_CODES {
            return Ok(Self::BackupCodes);
        }
        let id = text.parse().map_err(|_| MfaError::FactorNotFound)?;
        Ok(Self::Factor(id))
    }
}

impl std::fmt::Display for FactorChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Factor(id) => id.fmt(f),
            Self::BackupCodes => f.write_str(BACKUP_CODES),
        }
    }
}

/// Whether a kind of factor is a second one after what was proven first: a mailbox proven twice
/// is one factor (R131, N21).
pub(crate) fn is_second_to(first: &[Amr], kind: FactorKind) -> bool {
    kind != FactorKind::EmailOtp || !first.contains(&Amr::Email)
}

/// How a challenge can be answered.
pub(crate) fn offered(
    factors: &[Factor],
    first: &[Amr],
    email: &Email,
    backup_codes: u64,
) -> Vec<OfferedFactor> {
    let usable = factors
        .iter()
        .filter(|factor| factor.is_active() && is_second_to(first, factor.kind));
    let mut offered: Vec<OfferedFactor> = usable
        .map(|factor| OfferedFactor {
            choice: FactorChoice::Factor(factor.id),
            kind: factor.kind.as_str(),
            name: factor.name.clone(),
            hint: factor.hint(email),
        })
        .collect();
    if backup_codes > 0 {
        offered.push(OfferedFactor {
            choice: FactorChoice::BackupCodes,
            kind: BACKUP_CODES,
            name: None,
            hint: None,
        });
    }
    offered
}
