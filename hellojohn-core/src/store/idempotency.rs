use async_trait::async_trait;

use crate::{secret::SecretHash, store::StoreError, time::Timestamp};

/// What is kept of a request that carried an `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Hash of caller and key.
    pub key: SecretHash,
    /// Keyed hash of method, path and body: the same key with another request is a conflict.
    pub fingerprint: SecretHash,
    /// The answer, sealed; none while the request is being worked on.
    pub answer: Option<String>,
    /// When the request came.
    pub created_at: Timestamp,
    /// Until when it is kept.
    pub expires_at: Timestamp,
}

/// Answers kept so that a repeated request is not done twice.
#[async_trait]
pub trait IdempotencyStore: Send {
    /// Claims a key: inserts `kept` and answers `None`, or answers what is there already.
    ///
    /// Takes over a row that is past its end, or has no answer and is older than `stale_before`.
    async fn claim(
        &mut self,
        kept: &KeptAnswer,
        stale_before: Timestamp,
    ) -> Result<Option<KeptAnswer>, StoreError>;

    /// Writes the answer of a key claimed at that moment; nothing if it was taken over since.
    async fn settle(
        &mut self,
        key: &SecretHash,
        claimed_at: Timestamp,
        answer: &str,
    ) -> Result<(), StoreError>;

    /// Gives a key claimed at that moment back without an answer; nothing if it was taken over since.
    async fn release(&mut self, key: &SecretHash, claimed_at: Timestamp) -> Result<(), StoreError>;

    /// Removes what is past its end, at most `limit`; says how many.
    async fn purge_answers(&mut self, now: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
