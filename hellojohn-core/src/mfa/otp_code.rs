use std::time::Duration;

use crate::{id::FactorId, secret::SecretHash, time::Timestamp};

/// How long a sent code is good (R129).
pub(crate) const CODE_LIFE: Duration = Duration::from_mins(5);
/// How long until another one may be sent.
pub(crate) const RESEND_AFTER: Duration = Duration::from_secs(30);
/// How many are sent to one address or number in an hour (R129).
pub(crate) const SENDS_PER_HOUR: u64 = 5;
/// How many digits a sent code has.
pub(crate) const OTP_DIGITS: usize = 6;

/// A code that was sent by mail or SMS, bound to one challenge or enrolment and one factor (R129).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtpCode {
    /// For what it was sent: the hash of a challenge in hex, or the id of the factor being enrolled.
    pub subject: String,
    /// For which factor.
    pub factor_id: FactorId,
    /// Its keyed hash.
    pub hash: SecretHash,
    /// How many answers were taken while the factor was being enrolled.
    pub attempts: u32,
    /// When it was sent.
    pub created_at: Timestamp,
    /// From when on it is worth nothing.
    pub expires_at: Timestamp,
}
