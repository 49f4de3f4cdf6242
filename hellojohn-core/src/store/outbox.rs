use async_trait::async_trait;

use crate::{event::Event, store::StoreError, time::Timestamp};

/// The events of one tenant that wait to be delivered.
#[async_trait]
pub trait OutboxStore: Send {
    /// Adds an event.
    async fn append_event(&mut self, event: &Event) -> Result<(), StoreError>;

    /// Removes events older than a moment, at most `limit`; says how many.
    async fn purge_events(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
