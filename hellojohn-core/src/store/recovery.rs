use async_trait::async_trait;

use crate::{
    id::{RecoveryId, UserId},
    page::Window,
    recovery::{RecoveryRequest, RecoveryStatus},
    store::StoreError,
    time::Timestamp,
};

/// Requests of one tenant's users who lost their second factor.
#[async_trait]
pub trait RecoveryStore: Send {
    /// Adds one.
    async fn insert_recovery(&mut self, request: &RecoveryRequest) -> Result<(), StoreError>;

    /// The one with this id, whatever its state.
    async fn recovery(&mut self, id: RecoveryId) -> Result<Option<RecoveryRequest>, StoreError>;

    /// A user's requests of these states that are not over, latest first.
    async fn open_recoveries_of(
        &mut self,
        user: UserId,
        now: Timestamp,
    ) -> Result<Vec<RecoveryRequest>, StoreError>;

    /// Moves one on from the state it must be in, unless it is over: one statement; says whether
    /// it was in that state. What `moved` says of proof and decision is kept.
    async fn move_recovery(
        &mut self,
        moved: &RecoveryRequest,
        from: RecoveryStatus,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Removes one.
    async fn delete_recovery(&mut self, id: RecoveryId) -> Result<bool, StoreError>;

    /// Requests in a state or all, newest first.
    async fn recoveries(
        &mut self,
        status: Option<RecoveryStatus>,
        window: &Window,
    ) -> Result<Vec<RecoveryRequest>, StoreError>;

    /// How many [`recoveries`](Self::recoveries) there are.
    async fn count_recoveries(&mut self, status: Option<RecoveryStatus>)
    -> Result<u64, StoreError>;

    /// Removes every second factor of a user with all that belongs to it: passkeys, codes, backup
    /// codes, challenges and the count of wrong codes. Says how many factors there were.
    async fn erase_second_factors(&mut self, user: UserId) -> Result<u64, StoreError>;

    /// Removes those that were over before a moment, at most `limit`; says how many.
    async fn purge_recoveries(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
