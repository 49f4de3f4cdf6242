//! Why a new password is refused.

/// The first reason found; `code` and message may be shown to the user (R004).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Weakness {
    /// Fewer characters than the policy asks for.
    #[error("the password must have at least {min} characters")]
    TooShort {
        /// The least number of code points.
        min: u32,
    },
    /// More characters than the policy allows, or more than 1,024 bytes.
    #[error("the password must have at most {max} characters")]
    TooLong {
        /// The greatest number of code points.
        max: u32,
    },
    /// No upper-case letter.
    #[error("the password must contain an upper-case letter")]
    MissingUppercase,
    /// No lower-case letter.
    #[error("the password must contain a lower-case letter")]
    MissingLowercase,
    /// No digit.
    #[error("the password must contain a number")]
    MissingNumber,
    /// Nothing but letters and digits.
    #[error("the password must contain a symbol")]
    MissingSymbol,
    /// One of the shipped list of common passwords.
    #[error("the password is one of the most common ones")]
    Common,
    /// The user's or the tenant's own name or address.
    #[error("the password is a name or address that belongs to this account")]
    Personal,
    /// Seen in a known breach.
    #[error("the password appeared in a data breach")]
    Breached,
    /// One of the user's former passwords.
    #[error("the password was used before")]
    Reused,
    /// The strength estimate is below the policy's score.
    #[error("the password is too easy to guess")]
    TooGuessable,
}

impl Weakness {
    /// The stable name of this reason.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::MissingUppercase => "missing_uppercase",
            Self::MissingLowercase => "missing_lowercase",
            Self::MissingNumber => "missing_number",
            Self::MissingSymbol => "missing_symbol",
            Self::Common => "too_common",
            Self::Personal => "too_personal",
            Self::Breached => "breached",
            Self::Reused => "reused",
            Self::TooGuessable => "too_guessable",
        }
    }
}
