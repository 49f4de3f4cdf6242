use crate::{
    Engine, Error,
    access::Operator,
    id::{MessageId, TenantId},
    mail::EmailError,
    store::{Access, MessageCounts, MessageFilter, QueuedMessage},
    trail::Entry,
};

impl Engine {
    /// Messages in the order in which they were queued, without what they say.
    pub async fn messages(
        &self,
        operator: &Operator,
        filter: &MessageFilter,
    ) -> Result<Vec<QueuedMessage>, Error> {
        operator.require("email:read")?;
        let mut unit = self.store().begin_control(Access::Read).await?;
        let mut messages = unit.messages(filter).await?;
        for queued in &mut messages {
            queued.message.sealed = None;
        }
        Ok(messages)
    }

    /// How many messages wait, and how many were given up.
    pub async fn message_counts(&self, operator: &Operator) -> Result<MessageCounts, Error> {
        operator.require("email:read")?;
        let mut unit = self.store().begin_control(Access::Read).await?;
        Ok(unit.count_messages().await?)
    }

    /// Lets a message that was not sent be tried again at once, as if it never was before.
    pub async fn retry_message(&self, operator: &Operator, id: MessageId) -> Result<(), Error> {
        operator.require("email:write")?;
        let mut unit = self.store().begin_control(Access::Write).await?;
        let tenant = unit
            .requeue_message(id, self.now())
            .await?
            .ok_or(EmailError::MessageNotFound)?;
        let entry = Entry::new("message.retried").on("message", id);
        self.record_control(&mut *unit, operator, Some(tenant), entry)
            .await?;
        Ok(unit.commit().await?)
    }

    /// The same for every message that was given up, of one tenant or of all; says how many.
    pub async fn retry_dead_messages(
        &self,
        operator: &Operator,
        tenant: Option<TenantId>,
    ) -> Result<u64, Error> {
        operator.require("email:write")?;
        let mut unit = self.store().begin_control(Access::Write).await?;
        let retried = unit.requeue_dead_messages(tenant, self.now()).await?;
        let entry = Entry::new("message.retried").with("messages", retried);
        self.record_control(&mut *unit, operator, tenant, entry)
            .await?;
        unit.commit().await?;
        Ok(retried)
    }
}
