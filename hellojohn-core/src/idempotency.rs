//! Repeated requests: an `Idempotency-Key` makes the second one get the first one's answer.

use std::time::Duration;

/// How long an answer is kept.
pub const KEPT_FOR: Duration = Duration::from_hours(24);

/// After how long a request without an answer is taken for dead, and may be repeated.
pub const STALE_AFTER: Duration = Duration::from_mins(1);

/// Why a repeated request is refused.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IdempotencyError {
    /// The key was used with another request.
    #[error("this idempotency key was used with a different request")]
    OtherRequest,
    /// The first request with the key is still being worked on.
    #[error("the first request with this idempotency key is not finished")]
    InProgress,
    /// The key is empty, longer than 255 characters or not printable ASCII.
    #[error("an idempotency key has 1 to 255 printable ASCII characters")]
    InvalidKey,
}

impl IdempotencyError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherRequest | Self::InProgress => "idempotency_conflict",
            Self::InvalidKey => "invalid_request",
        }
    }
}
