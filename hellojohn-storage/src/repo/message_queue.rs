use async_trait::async_trait;
use hellojohn_core::{
    id::{MessageId, TenantId},
    mail::MessageStatus,
    store::{
        MessageClaim, MessageCounts, MessageFilter, MessageQueueStore, QueuedMessage, StoreError,
    },
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, LockBehavior, LockType, Order, Query, SelectStatement};

use super::messages::{COLUMNS, read_queued};
use crate::{conn, tables::HjMessage as C, unit::ControlSqlUnit};

/// Written out, because a partial index is not used for a parameter.
fn is(status: MessageStatus) -> Expr {
    Expr::col(C::Status).eq(Expr::cust(match status {
        MessageStatus::Pending => "'pending'",
        MessageStatus::Sent => "'sent'",
        MessageStatus::Dead => "'dead'",
    }))
}

/// The message that has been due for the longest and that nobody has in hand.
fn due(now: Timestamp) -> SelectStatement {
    let free = Expr::col(C::ClaimedUntil)
        .is_null()
        .or(Expr::col(C::ClaimedUntil).lte(conn::at(now)));
    let mut query = Query::select();
    query
        .columns([C::TenantId, C::Id])
        .from(C::Table)
        .and_where(is(MessageStatus::Pending))
        .and_where(Expr::col(C::NextAttemptAt).lte(conn::at(now)))
        .and_where(free)
        .order_by(C::NextAttemptAt, Order::Asc)
        .limit(1);
    query
}

fn tried_anew(now: Timestamp) -> sea_query::UpdateStatement {
    let mut update = Query::update();
    update
        .table(C::Table)
        .value(C::Status, MessageStatus::Pending.as_str())
        .value(C::Attempts, 0_i64)
        .value(C::NextAttemptAt, conn::at(now));
    update
}

#[async_trait]
impl MessageQueueStore for ControlSqlUnit {
    async fn is_message_due(&mut self, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.tx.read_one(&due(now)).await?.is_some())
    }

    async fn claim_message(
        &mut self,
        claim: MessageClaim,
        without: &[TenantId],
    ) -> Result<Option<QueuedMessage>, StoreError> {
        let mut next = due(claim.now);
        if !without.is_empty() {
            let without = without.iter().map(TenantId::to_string);
            next.and_where(Expr::col(C::TenantId).is_not_in(without));
        }
        next.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        let Some(row) = self.tx.read_one(&next).await? else {
            return Ok(None);
        };
        let mut key = row.columns();
        let (tenant, id) = (key.text()?, key.text()?);
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::ClaimedUntil, conn::at(claim.until))
            .value(C::Attempts, Expr::col(C::Attempts).add(1_i64))
            .and_where(Expr::col(C::TenantId).eq(tenant))
            .and_where(Expr::col(C::Id).eq(id))
            .returning(Query::returning().columns(COLUMNS));
        let rows = self.tx.write_returning(&update).await?;
        rows.first().map(read_queued).transpose()
    }

    async fn messages(&mut self, filter: &MessageFilter) -> Result<Vec<QueuedMessage>, StoreError> {
        let tenant = filter.tenant.map(|id| id.to_string());
        let after = filter.after.map(|id| id.to_string());
        let mut query = Query::select();
        query
            .columns(COLUMNS)
            .from(C::Table)
            .and_where_option(tenant.map(|id| Expr::col(C::TenantId).eq(id)))
            .and_where_option(filter.status.map(is))
            .and_where_option(after.map(|id| Expr::col(C::Id).gt(id)))
            .order_by(C::Id, Order::Asc)
            .limit(conn::limit(filter.limit));
        let rows = self.tx.read(&query).await?;
        rows.iter().map(read_queued).collect()
    }

    async fn requeue_message(
        &mut self,
        id: MessageId,
        now: Timestamp,
    ) -> Result<Option<TenantId>, StoreError> {
        let mut update = tried_anew(now);
        update
            .and_where(Expr::col(C::Id).eq(id.to_string()))
            .and_where(is(MessageStatus::Sent).not())
            .returning_col(C::TenantId);
        let rows = self.tx.write_returning(&update).await?;
        rows.first().map(|row| row.columns().parse()).transpose()
    }

    async fn requeue_dead_messages(
        &mut self,
        tenant: Option<TenantId>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut update = tried_anew(now);
        update.and_where(is(MessageStatus::Dead));
        if let Some(tenant) = tenant {
            update.and_where(Expr::col(C::TenantId).eq(tenant.to_string()));
        }
        self.tx.write(&update).await
    }

    async fn count_messages(&mut self) -> Result<MessageCounts, StoreError> {
        let mut counts = MessageCounts::default();
        for status in [MessageStatus::Pending, MessageStatus::Dead] {
            let mut query = super::counting(C::Table, C::Id);
            query.and_where(is(status));
            let count = self.count(&query).await?;
            match status {
                MessageStatus::Pending => counts.pending = count,
                _ => counts.dead = count,
            }
        }
        Ok(counts)
    }
}
