use async_trait::async_trait;

use crate::{id::UserId, mfa::CodeAttempts, store::StoreError, time::Timestamp};

/// When the codes of users were tried.
#[async_trait]
pub trait CodeAttemptStore: Send {
    /// A user's attempts; no one else reads or changes them through this until the unit ends.
    async fn code_attempts_for_update(
        &mut self,
        user: UserId,
        now: Timestamp,
    ) -> Result<CodeAttempts, StoreError>;

    /// Writes them back.
    async fn put_code_attempts(
        &mut self,
        user: UserId,
        attempts: &CodeAttempts,
        now: Timestamp,
    ) -> Result<(), StoreError>;
}
