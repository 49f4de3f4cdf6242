use async_trait::async_trait;

use crate::{id::UserId, secret::SecretHash, store::StoreError, time::Timestamp};

/// The backup codes of one tenant's users.
#[async_trait]
pub trait BackupCodeStore: Send {
    /// Forgets a user's codes and keeps these instead.
    async fn replace_backup_codes(
        &mut self,
        user: UserId,
        codes: &[SecretHash],
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Uses a code up: one statement, which finds it only if it was not used (R132).
    async fn use_backup_code(
        &mut self,
        user: UserId,
        code: &SecretHash,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// How many codes a user has left.
    async fn count_backup_codes(&mut self, user: UserId) -> Result<u64, StoreError>;
}
