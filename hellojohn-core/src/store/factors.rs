use async_trait::async_trait;

use crate::{
    factor::{Factor, FactorKind},
    id::{FactorId, UserId},
    store::StoreError,
    time::Timestamp,
};

/// The second factors of one tenant's users.
#[async_trait]
pub trait FactorStore: Send {
    /// Adds one.
    async fn insert_factor(&mut self, factor: &Factor) -> Result<(), StoreError>;

    /// The factor with this id, if any.
    async fn factor(&mut self, id: FactorId) -> Result<Option<Factor>, StoreError>;

    /// Every factor of a user, the oldest first.
    async fn factors_of(&mut self, user: UserId) -> Result<Vec<Factor>, StoreError>;

    /// Makes a pending factor count, with the step of the code that confirmed it; says whether it
    /// was pending.
    async fn activate_factor(
        &mut self,
        id: FactorId,
        step: Option<i64>,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Accepts a TOTP step: one statement, which refuses that step and all older ones from then on (R125).
    async fn accept_step(
        &mut self,
        id: FactorId,
        step: i64,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Notes the use of an active factor; says whether it is one.
    async fn touch_factor(&mut self, id: FactorId, now: Timestamp) -> Result<bool, StoreError>;

    /// Changes what the user calls it; says whether it exists.
    async fn rename_factor(&mut self, id: FactorId, name: Option<&str>)
    -> Result<bool, StoreError>;

    /// Removes one with the codes that were sent for it; says whether it existed.
    async fn delete_factor(&mut self, id: FactorId) -> Result<bool, StoreError>;

    /// Forgets a user's unconfirmed factors of a kind; says how many.
    async fn delete_pending_factors(
        &mut self,
        user: UserId,
        kind: FactorKind,
    ) -> Result<u64, StoreError>;

    /// Removes unconfirmed factors whose time was over before a moment, at most `limit`; says how many.
    async fn purge_factors(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
