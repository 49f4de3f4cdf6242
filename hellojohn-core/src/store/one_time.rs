use async_trait::async_trait;

use crate::{
    id::UserId,
    one_time::{OneTime, Owner, Purpose},
    secret::SecretHash,
    store::StoreError,
    time::Timestamp,
};

/// One-time secrets of one tenant.
#[async_trait]
pub trait OneTimeStore: Send {
    /// Adds one.
    async fn insert_one_time(&mut self, one_time: &OneTime) -> Result<(), StoreError>;

    /// The one with this hash, whatever its state. Using it up is [`Self::consume_one_time`]'s.
    async fn one_time(
        &mut self,
        purpose: Purpose,
        hash: &SecretHash,
    ) -> Result<Option<OneTime>, StoreError>;

    /// Uses one up: one statement, which finds it only if it is neither used nor over (R029, R031).
    async fn consume_one_time(
        &mut self,
        purpose: Purpose,
        hash: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<OneTime>, StoreError>;

    /// Forgets what an owner has not used of these purposes; says how many (R030, R032).
    async fn void_one_time(
        &mut self,
        owner: Owner<'_>,
        purposes: &[Purpose],
    ) -> Result<u64, StoreError>;

    /// Forgets what a user has not used of a purpose and was made since a moment; says how many.
    async fn void_one_time_since(
        &mut self,
        user: UserId,
        purpose: Purpose,
        since: Timestamp,
    ) -> Result<u64, StoreError>;

    /// Removes those that were over before a moment, at most `limit`; says how many.
    async fn purge_one_time(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
