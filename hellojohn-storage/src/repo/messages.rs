use async_trait::async_trait;
use hellojohn_core::{
    mail::{Channel, Message, MessageStatus},
    store::{MessageStore, SendOutcome, Settled, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, LockType, Order, Query, Value};

use super::counting;
use crate::{
    conn::{self, Row},
    tables::{CpTenant as T, HjMessage as C},
    unit::SqlUnit,
};

pub(super) const COLUMNS: [C; 14] = [
    C::TenantId,
    C::Id,
    C::Channel,
    C::Template,
    C::Recipient,
    C::UserId,
    C::Sealed,
    C::Status,
    C::Attempts,
    C::NextAttemptAt,
    C::ClaimedUntil,
    C::LastError,
    C::CreatedAt,
    C::SentAt,
];

/// A message of [`COLUMNS`], after its tenant.
pub(super) fn read(row: &mut conn::Columns<'_>) -> Result<Message, StoreError> {
    Ok(Message {
        id: row.parse()?,
        channel: read_word(row)?,
        template: read_word(row)?,
        recipient: row.text()?,
        user_id: row.opt_parse()?,
        sealed: row.opt_text()?,
        status: read_word(row)?,
        attempts: u32::try_from(row.int()?).unwrap_or(u32::MAX),
        next_attempt_at: row.at()?,
        claimed_until: row.opt_at()?,
        last_error: row.opt_text()?,
        created_at: row.at()?,
        sent_at: row.opt_at()?,
    })
}

fn read_word<T: std::str::FromStr>(row: &mut conn::Columns<'_>) -> Result<T, StoreError> {
    row.parse()
}

#[async_trait]
impl MessageStore for SqlUnit {
    async fn insert_message(&mut self, message: &Message) -> Result<(), StoreError> {
        let user = message.user_id.map(|id| id.to_string());
        let insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Id, conn::text(message.id.to_string())),
                (C::Channel, conn::text(message.channel.as_str())),
                (C::Template, conn::text(message.template.as_str())),
                (C::Recipient, conn::text(&message.recipient)),
                (C::UserId, conn::opt_text(user.as_deref())),
                (C::Sealed, Value::String(message.sealed.clone())),
                (C::Status, conn::text(message.status.as_str())),
                (C::Attempts, i64::from(message.attempts).into()),
                (C::NextAttemptAt, conn::at(message.next_attempt_at)),
                (C::ClaimedUntil, conn::opt_at(message.claimed_until)),
                (C::LastError, Value::String(message.last_error.clone())),
                (C::CreatedAt, conn::at(message.created_at)),
                (C::SentAt, conn::opt_at(message.sent_at)),
            ],
        )?;
        self.tx.write(&insert).await.map(drop)
    }

    async fn sms_queued_since(&mut self, since: Timestamp) -> Result<u64, StoreError> {
        let mut turn = Query::select();
        turn.column(T::Id)
            .from(T::Table)
            .and_where(Expr::col(T::Id).eq(self.key()))
            // Does not stand in the way of rows that refer to the tenant.
            .lock(LockType::NoKeyUpdate);
        self.tx.write_returning(&turn).await?;
        let mut query = counting(C::Table, C::Id);
        query
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Channel).eq(Channel::Sms.as_str()))
            .and_where(Expr::col(C::CreatedAt).gt(conn::at(since)));
        self.count(&query).await
    }

    async fn settle_message(&mut self, settled: &Settled) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::ClaimedUntil, conn::opt_at(None))
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).eq(settled.id.to_string()))
            .and_where(Expr::col(C::Status).eq(MessageStatus::Pending.as_str()))
            .and_where(Expr::col(C::ClaimedUntil).eq(conn::at(settled.claimed_until)));
        match &settled.outcome {
            SendOutcome::Sent(at) => update
                .value(C::Status, MessageStatus::Sent.as_str())
                .value(C::SentAt, conn::at(*at))
                .value(C::Sealed, Value::String(None))
                .value(C::LastError, Value::String(None)),
            SendOutcome::Retry { at, error } => update
                .value(C::NextAttemptAt, conn::at(*at))
                .value(C::LastError, conn::text(error)),
            SendOutcome::Unsent { at, error } => update
                .value(C::Attempts, Expr::col(C::Attempts).sub(1_i64))
                .value(C::NextAttemptAt, conn::at(*at))
                .value(C::LastError, conn::text(error)),
            SendOutcome::Dead { error } => update
                .value(C::Status, MessageStatus::Dead.as_str())
                .value(C::LastError, conn::text(error)),
        };
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn purge_messages(
        &mut self,
        sent_before: Timestamp,
        dead_before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let sent = Expr::col(C::Status)
            .eq(MessageStatus::Sent.as_str())
            .and(Expr::col(C::SentAt).lt(conn::at(sent_before)));
        let dead = Expr::col(C::Status)
            .eq(MessageStatus::Dead.as_str())
            .and(Expr::col(C::CreatedAt).lt(conn::at(dead_before)));
        let mut old = Query::select();
        old.column(C::Id)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(sent.or(dead))
            .order_by(C::CreatedAt, Order::Asc)
            .limit(conn::limit(limit));
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).in_subquery(old));
        self.tx.write(&delete).await
    }
}

/// A message and its tenant.
pub(super) fn read_queued(row: &Row) -> Result<hellojohn_core::store::QueuedMessage, StoreError> {
    let mut row = row.columns();
    Ok(hellojohn_core::store::QueuedMessage {
        tenant: row.parse()?,
        message: read(&mut row)?,
    })
}
