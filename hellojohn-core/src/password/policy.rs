//! What a new password must be like.

use serde::{Deserialize, Serialize};

use super::{MAX_PASSWORD_BYTES, Weakness, blocklist, text::nfc};

/// The rules for new passwords, of the instance or of one tenant.
///
/// Lengths count Unicode code points after NFC (R001).
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a documented, independent setting of its own name"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordPolicy {
    /// The least number of code points. NIST SP 800-63B-4 asks for 15 where no second factor is enforced.
    pub min_length: u32,
    /// The greatest number of code points; at least 64 (R002).
    pub max_length: u32,
    /// Asks for an upper-case letter.
    pub require_uppercase: bool,
    /// Asks for a lower-case letter.
    pub require_lowercase: bool,
    /// Asks for a digit.
    #[serde(alias = "require_numbers")]
    pub require_number: bool,
    /// Asks for something that is neither letter nor digit.
    #[serde(alias = "require_symbols")]
    pub require_symbol: bool,
    /// Looks new passwords up in a list of breached ones.
    pub breach_check: bool,
    /// In how many breaches a password must have been seen to be refused.
    pub breach_threshold: u32,
    /// How many former passwords may not come back; 0 for none.
    pub history_count: u32,
    /// The least zxcvbn score, 1 to 4; 0 for no estimate. Needs the feature `strength`.
    pub zxcvbn_min_score: u8,
}

/// The most former passwords that are remembered.
const MAX_HISTORY: u32 = 24;

/// A policy that contradicts itself or this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPolicy {
    /// The minimum is zero or above the maximum.
    #[error("min_length must be between 1 and max_length")]
    MinLength,
    /// The maximum is out of range (R002).
    #[error("max_length must be between 64 and 1024")]
    MaxLength,
    /// Every password has been seen zero times.
    #[error("breach_threshold must be at least 1")]
    BreachThreshold,
    /// Each former password costs a hash at every change.
    #[error("history_count must be at most {MAX_HISTORY}")]
    HistoryCount,
    /// There are only four scores.
    #[error("zxcvbn_min_score must be between 0 and 4")]
    Score,
    /// The estimator is not compiled in.
    #[error("zxcvbn_min_score needs a build with the feature `strength`")]
    NoEstimator,
}

impl InvalidPolicy {
    /// The stable name of this error.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MinLength => "invalid_min_length",
            Self::MaxLength => "invalid_max_length",
            Self::BreachThreshold => "invalid_breach_threshold",
            Self::HistoryCount => "invalid_history_count",
            Self::Score => "invalid_zxcvbn_min_score",
            Self::NoEstimator => "zxcvbn_not_available",
        }
    }
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            min_length: 8,
            max_length: 128,
            require_uppercase: false,
            require_lowercase: false,
            require_number: false,
            require_symbol: false,
            breach_check: true,
            breach_threshold: 1,
            history_count: 0,
            zxcvbn_min_score: 0,
        }
    }
}

impl PasswordPolicy {
    /// Refuses settings that no password could meet or that would silently not be applied.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        if !(64..=1_024).contains(&self.max_length) {
            return Err(InvalidPolicy::MaxLength);
        }
        if !(1..=self.max_length).contains(&self.min_length) {
            return Err(InvalidPolicy::MinLength);
        }
        if self.breach_threshold == 0 {
            return Err(InvalidPolicy::BreachThreshold);
        }
        if self.history_count > MAX_HISTORY {
            return Err(InvalidPolicy::HistoryCount);
        }
        match self.zxcvbn_min_score {
            0 => Ok(()),
            1..=4 if cfg!(feature = "strength") => Ok(()),
            1..=4 => Err(InvalidPolicy::NoEstimator),
            _ => Err(InvalidPolicy::Score),
        }
    }

    /// Checks what can be told from the password alone (R001–R004); breaches and history are asked elsewhere.
    ///
    /// `context_words` are the tenant's name and slug and the user's names and
    /// addresses; of an e-mail address the local part counts as well.
    pub fn check(&self, password: &str, context_words: &[&str]) -> Result<(), Weakness> {
        let too_long = Weakness::TooLong {
            max: self.max_length,
        };
        if password.len() > MAX_PASSWORD_BYTES {
            return Err(too_long);
        }
        let password = nfc(password);
        let length = u32::try_from(password.chars().count()).unwrap_or(u32::MAX);
        if length < self.min_length {
            return Err(Weakness::TooShort {
                min: self.min_length,
            });
        }
        if length > self.max_length {
            return Err(too_long);
        }
        self.check_composition(&password)?;
        blocklist::check(&password, context_words)?;
        self.check_strength(&password, context_words)
    }

    /// Of two policies, rule by rule, the stricter.
    #[must_use]
    pub fn strictest(&self, other: &Self) -> Self {
        let min_length = self.min_length.max(other.min_length);
        Self {
            min_length,
            max_length: self.max_length.min(other.max_length).max(min_length),
            require_uppercase: self.require_uppercase || other.require_uppercase,
            require_lowercase: self.require_lowercase || other.require_lowercase,
            require_number: self.require_number || other.require_number,
            require_symbol: self.require_symbol || other.require_symbol,
            breach_check: self.breach_check || other.breach_check,
            breach_threshold: self.breach_threshold.min(other.breach_threshold),
            history_count: self.history_count.max(other.history_count),
            zxcvbn_min_score: self.zxcvbn_min_score.max(other.zxcvbn_min_score),
        }
    }

    /// Whether this tenant policy loosens nothing of the instance's; names the first field that does.
    pub fn stricter_than(&self, instance: &Self) -> Result<(), &'static str> {
        let kept = |own: bool, theirs: bool| own || !theirs;
        [
            ("min_length", self.min_length >= instance.min_length),
            ("max_length", self.max_length <= instance.max_length),
            (
                "require_uppercase",
                kept(self.require_uppercase, instance.require_uppercase),
            ),
            (
                "require_lowercase",
                kept(self.require_lowercase, instance.require_lowercase),
            ),
            (
                "require_number",
                kept(self.require_number, instance.require_number),
            ),
            (
                "require_symbol",
                kept(self.require_symbol, instance.require_symbol),
            ),
            (
                "breach_check",
                kept(self.breach_check, instance.breach_check),
            ),
            (
                "breach_threshold",
                !instance.breach_check || self.breach_threshold <= instance.breach_threshold,
            ),
            (
                "history_count",
                self.history_count >= instance.history_count,
            ),
            (
                "zxcvbn_min_score",
                self.zxcvbn_min_score >= instance.zxcvbn_min_score,
            ),
        ]
        .into_iter()
        .find(|(_, holds)| !holds)
        .map_or(Ok(()), |(field, _)| Err(field))
    }

    fn check_composition(&self, password: &str) -> Result<(), Weakness> {
        let has = |kind: fn(char) -> bool| password.chars().any(kind);
        let symbol = |c: char| !c.is_alphanumeric() && !c.is_control();
        if self.require_uppercase && !has(char::is_uppercase) {
            return Err(Weakness::MissingUppercase);
        }
        if self.require_lowercase && !has(char::is_lowercase) {
            return Err(Weakness::MissingLowercase);
        }
        if self.require_number && !has(char::is_numeric) {
            return Err(Weakness::MissingNumber);
        }
        if self.require_symbol && !has(symbol) {
            return Err(Weakness::MissingSymbol);
        }
        Ok(())
    }

    #[cfg(feature = "strength")]
    fn check_strength(&self, password: &str, context_words: &[&str]) -> Result<(), Weakness> {
        if self.zxcvbn_min_score == 0 {
            return Ok(());
        }
        let score = u8::from(zxcvbn::zxcvbn(password, context_words).score());
        (score >= self.zxcvbn_min_score)
            .then_some(())
            .ok_or(Weakness::TooGuessable)
    }

    #[cfg(not(feature = "strength"))]
    fn check_strength(&self, _password: &str, _context_words: &[&str]) -> Result<(), Weakness> {
        // `validate` refuses a score in such a build; one that came in another way is not met.
        (self.zxcvbn_min_score == 0)
            .then_some(())
            .ok_or(Weakness::TooGuessable)
    }
}

#[cfg(test)]
mod tests;
