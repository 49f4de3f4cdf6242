use async_trait::async_trait;
use hellojohn_core::{
    mail::{Message, Template},
    store::{MessageStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Order, Query, Value};

use crate::{conn, tables::HjMessage as C, unit::SqlUnit};

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

    async fn messages_to(
        &mut self,
        recipient: &str,
        template: Template,
        after: Timestamp,
        limit: u32,
    ) -> Result<Vec<Timestamp>, StoreError> {
        let mut query = Query::select();
        query
            .column(C::CreatedAt)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Recipient).eq(recipient))
            .and_where(Expr::col(C::Template).eq(template.as_str()))
            .and_where(Expr::col(C::CreatedAt).gt(conn::at(after)))
            .order_by(C::CreatedAt, Order::Desc)
            .limit(conn::limit(limit));
        let rows = self.tx.read(&query).await?;
        rows.iter().map(|row| row.columns().at()).collect()
    }
}
