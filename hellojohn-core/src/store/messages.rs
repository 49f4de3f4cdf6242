use async_trait::async_trait;

use crate::{
    mail::{Message, Template},
    store::StoreError,
    time::Timestamp,
};

/// Messages of one tenant that wait to be sent, and what became of them.
#[async_trait]
pub trait MessageStore: Send {
    /// Queues a message.
    async fn insert_message(&mut self, message: &Message) -> Result<(), StoreError>;

    /// When messages of a template were queued for a recipient after a moment: the newest first,
    /// at most `limit` of them (R040).
    async fn messages_to(
        &mut self,
        recipient: &str,
        template: Template,
        after: Timestamp,
        limit: u32,
    ) -> Result<Vec<Timestamp>, StoreError>;
}
