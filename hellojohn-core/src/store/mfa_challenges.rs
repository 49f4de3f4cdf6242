use async_trait::async_trait;

use crate::{
    id::UserId,
    mfa::{ChallengeData, MfaChallenge},
    secret::SecretHash,
    store::StoreError,
    time::Timestamp,
};

/// What waits for a second factor in one tenant.
#[async_trait]
pub trait MfaChallengeStore: Send {
    /// Adds one.
    async fn insert_challenge(&mut self, challenge: &MfaChallenge) -> Result<(), StoreError>;

    /// The one with this hash, whatever its state.
    async fn challenge(&mut self, hash: &SecretHash) -> Result<Option<MfaChallenge>, StoreError>;

    /// Counts one more answer before it is checked: one statement, which finds the challenge only
    /// if it is open and has answers left (R020, R127).
    async fn reserve_challenge_attempt(
        &mut self,
        hash: &SecretHash,
        most: u32,
        now: Timestamp,
    ) -> Result<Option<MfaChallenge>, StoreError>;

    /// Writes what an open challenge knows; says whether it is open.
    async fn put_challenge_data(
        &mut self,
        hash: &SecretHash,
        data: &ChallengeData,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Ends an open challenge: one statement; says whether it was open.
    async fn consume_challenge(
        &mut self,
        hash: &SecretHash,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Ends every open challenge of a user (R133); says how many.
    async fn void_challenges_of(&mut self, user: UserId, now: Timestamp)
    -> Result<u64, StoreError>;

    /// Removes those that were over before a moment, at most `limit`; says how many.
    async fn purge_challenges(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
