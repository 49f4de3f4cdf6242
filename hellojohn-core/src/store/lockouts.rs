use async_trait::async_trait;

use crate::{
    id::UserId,
    lockout::{Authenticator, Tally, Tried},
    store::StoreError,
    time::Timestamp,
};

/// Failed attempts of one tenant.
#[async_trait]
pub trait LockoutStore: Send {
    /// The tallies of what is tried in these networks, made where they are missing, and locked
    /// until the unit ends; in the order of the networks' names (R020).
    async fn tallies_for_update(
        &mut self,
        tried: &Tried,
        networks: &[&str],
        now: Timestamp,
    ) -> Result<Vec<Tally>, StoreError>;

    /// Every tally of what is tried, locked until the unit ends.
    async fn every_tally_for_update(&mut self, tried: &Tried) -> Result<Vec<Tally>, StoreError>;

    /// Writes tallies.
    async fn put_tallies(
        &mut self,
        tried: &Tried,
        tallies: &[Tally],
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// When the last hard lock of a user began, lifted or not; what was begun before is void (R023, N24).
    async fn locked_since(&mut self, user: UserId) -> Result<Option<Timestamp>, StoreError>;

    /// Forgets what a user failed at and lifts every lock of these authenticators; when they were
    /// locked stays known. Says how many were locked.
    async fn clear_lockouts(
        &mut self,
        user: UserId,
        authenticators: &[Authenticator],
        now: Timestamp,
    ) -> Result<u64, StoreError>;

    /// Addresses of the user's sessions begun since a moment, newest first, and the networks of
    /// the devices seen since then; at most `limit` of each.
    async fn places_of(
        &mut self,
        user: UserId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<String>, StoreError>;

    /// Removes tallies nobody added to: open ones since `open`, locked ones since `locked`; at most `limit`.
    async fn purge_lockouts(
        &mut self,
        open: Timestamp,
        locked: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError>;
}
