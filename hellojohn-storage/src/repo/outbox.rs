use async_trait::async_trait;
use hellojohn_core::{
    event::Event,
    store::{OutboxStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Order, Query};

use crate::{conn, tables::HjOutbox as C, unit::SqlUnit};

#[async_trait]
impl OutboxStore for SqlUnit {
    async fn append_event(&mut self, event: &Event) -> Result<(), StoreError> {
        let insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Id, conn::text(event.id.to_string())),
                (C::Kind, conn::text(&event.kind)),
                (C::Data, conn::json(&event.data)),
                (C::CreatedAt, conn::at(event.created_at)),
            ],
        )?;
        self.tx.write(&insert).await.map(drop)
    }

    async fn purge_events(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut old = Query::select();
        old.column(C::Id)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::CreatedAt).lt(conn::at(before)))
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
