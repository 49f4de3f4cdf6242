use async_trait::async_trait;

use crate::{mail::Message, store::StoreError};

/// Messages of one tenant that wait to be sent, and what became of them.
#[async_trait]
pub trait MessageStore: Send {
    /// Queues a message.
    async fn insert_message(&mut self, message: &Message) -> Result<(), StoreError>;
}
