use async_trait::async_trait;

use crate::{
    id::{MessageId, TenantId},
    mail::{Message, MessageStatus},
    store::StoreError,
    time::Timestamp,
};

/// Messages of one tenant that wait to be sent, and what became of them.
#[async_trait]
pub trait MessageStore: Send {
    /// Queues a message.
    async fn insert_message(&mut self, message: &Message) -> Result<(), StoreError>;

    /// How many text messages the tenant has queued since a moment. Whoever asks next waits for
    /// the end of this unit of work, so that a limit is kept exactly.
    async fn sms_queued_since(&mut self, since: Timestamp) -> Result<u64, StoreError>;

    /// Says what became of a message; changes nothing, and answers `false`, unless the worker
    /// that says it still holds it.
    async fn settle_message(&mut self, settled: &Settled) -> Result<bool, StoreError>;

    /// Removes messages sent before a moment, and dead ones queued before another, at most
    /// `limit`; says how many.
    async fn purge_messages(
        &mut self,
        sent_before: Timestamp,
        dead_before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError>;
}

/// The messages of all tenants, for those who send them and for operators.
#[async_trait]
pub trait MessageQueueStore: Send {
    /// Whether a message may be taken at a moment.
    async fn is_message_due(&mut self, now: Timestamp) -> Result<bool, StoreError>;

    /// Takes the message that has been due for the longest and counts the attempt; nobody else
    /// gets it until the claim is over. Waits for no other worker. Passes over these tenants.
    async fn claim_message(
        &mut self,
        claim: MessageClaim,
        without: &[TenantId],
    ) -> Result<Option<QueuedMessage>, StoreError>;

    /// Messages in the order in which they were queued.
    async fn messages(&mut self, filter: &MessageFilter) -> Result<Vec<QueuedMessage>, StoreError>;

    /// Lets a message that is not sent be tried at once, as if it never was before; `None` if
    /// there is none.
    async fn requeue_message(
        &mut self,
        id: MessageId,
        now: Timestamp,
    ) -> Result<Option<TenantId>, StoreError>;

    /// The same for every dead message, of one tenant or of all; says how many.
    async fn requeue_dead_messages(
        &mut self,
        tenant: Option<TenantId>,
        now: Timestamp,
    ) -> Result<u64, StoreError>;

    /// How many wait, and how many are dead.
    async fn count_messages(&mut self) -> Result<MessageCounts, StoreError>;
}

/// A message in the hand of one worker.
#[derive(Clone, Copy, Debug)]
pub struct MessageClaim {
    /// Now.
    pub now: Timestamp,
    /// Until when nobody else gets it.
    pub until: Timestamp,
}

/// A message and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedMessage {
    /// The tenant.
    pub tenant: TenantId,
    /// The message.
    pub message: Message,
}

/// What became of a claimed message.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Which message.
    pub id: MessageId,
    /// The end of the claim, by which the worker's hold on it is known.
    pub claimed_until: Timestamp,
    /// The outcome.
    pub outcome: SendOutcome,
}

/// How an attempt to send a message ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// It was handed over; what it said is forgotten.
    Sent(Timestamp),
    /// It is tried again.
    Retry {
        /// When.
        at: Timestamp,
        /// Why it failed.
        error: String,
    },
    /// There was nobody to hand it to, so it was no attempt.
    Unsent {
        /// When to look again.
        at: Timestamp,
        /// Why.
        error: String,
    },
    /// It is not tried again.
    Dead {
        /// Why it failed.
        error: String,
    },
}

/// Which messages to list.
#[derive(Clone, Debug, Default)]
pub struct MessageFilter {
    /// Only this tenant's.
    pub tenant: Option<TenantId>,
    /// Only with this status.
    pub status: Option<MessageStatus>,
    /// Those after this one.
    pub after: Option<MessageId>,
    /// At most so many.
    pub limit: u32,
}

/// How many messages there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageCounts {
    /// They wait.
    pub pending: u64,
    /// They were given up.
    pub dead: u64,
}
