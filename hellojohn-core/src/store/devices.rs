use async_trait::async_trait;

use crate::{device::Device, id::UserId, store::StoreError, time::Timestamp};

/// Devices and networks the users of one tenant have signed in from.
#[async_trait]
pub trait DeviceStore: Send {
    /// Those of a user that were seen at or after a moment, latest first, at most 500.
    async fn devices_of(
        &mut self,
        user: UserId,
        seen_since: Timestamp,
    ) -> Result<Vec<Device>, StoreError>;

    /// Adds one, or moves the last time it was seen.
    async fn remember_device(&mut self, device: &Device) -> Result<(), StoreError>;

    /// How many failed attempts are still counted against the worst of an account's authenticators.
    async fn failures_of(&mut self, user: UserId) -> Result<u32, StoreError>;

    /// Removes those last seen before a moment, at most `limit`; says how many.
    async fn purge_devices(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
