use async_trait::async_trait;
use hellojohn_core::{
    factor::{Factor, FactorKind, FactorStatus},
    id::{FactorId, UserId},
    store::{FactorStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement, UpdateStatement, Value};

use crate::{
    conn::{self, Row},
    tables::HjMfaFactor as C,
    unit::SqlUnit,
};

const COLUMNS: [C; 12] = [
    C::Id,
    C::UserId,
    C::Kind,
    C::Name,
    C::Status,
    C::Sealed,
    C::Target,
    C::LastStep,
    C::CreatedAt,
    C::ConfirmedAt,
    C::LastUsedAt,
    C::ExpiresAt,
];

fn read(row: &Row) -> Result<Factor, StoreError> {
    let mut row = row.columns();
    Ok(Factor {
        id: row.parse()?,
        user_id: row.parse()?,
        kind: row.parse()?,
        name: row.opt_text()?,
        status: row.parse()?,
        sealed: row.opt_text()?,
        target: row.opt_text()?,
        last_step: row.opt_int()?,
        created_at: row.at()?,
        confirmed_at: row.opt_at()?,
        last_used_at: row.opt_at()?,
        expires_at: row.opt_at()?,
    })
}

impl SqlUnit {
    fn select_factors(&self) -> SelectStatement {
        let mut select = Query::select();
        select
            .columns(COLUMNS)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId));
        select
    }

    fn this_factor(&self, id: FactorId) -> Expr {
        self.of_tenant(C::TenantId)
            .and(Expr::col(C::Id).eq(id.to_string()))
    }

    /// The use of an active factor, which the caller may narrow down further.
    fn used_factor(&self, id: FactorId, now: Timestamp) -> UpdateStatement {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::LastUsedAt, conn::at(now))
            .and_where(self.this_factor(id))
            .and_where(is(FactorStatus::Active));
        update
    }
}

fn is(status: FactorStatus) -> Expr {
    Expr::col(C::Status).eq(status.as_str())
}

#[async_trait]
impl FactorStore for SqlUnit {
    async fn insert_factor(&mut self, factor: &Factor) -> Result<(), StoreError> {
        let text = |text: &Option<String>| Value::String(text.clone());
        let insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Id, conn::text(factor.id.to_string())),
                (C::UserId, conn::text(factor.user_id.to_string())),
                (C::Kind, conn::text(factor.kind.as_str())),
                (C::Name, text(&factor.name)),
                (C::Status, conn::text(factor.status.as_str())),
                (C::Sealed, text(&factor.sealed)),
                (C::Target, text(&factor.target)),
                (C::LastStep, Value::BigInt(factor.last_step)),
                (C::CreatedAt, conn::at(factor.created_at)),
                (C::ConfirmedAt, conn::opt_at(factor.confirmed_at)),
                (C::LastUsedAt, conn::opt_at(factor.last_used_at)),
                (C::ExpiresAt, conn::opt_at(factor.expires_at)),
            ],
        )?;
        self.tx.write(&insert).await.map(drop)
    }

    async fn factor(&mut self, id: FactorId) -> Result<Option<Factor>, StoreError> {
        let mut query = self.select_factors();
        query.and_where(Expr::col(C::Id).eq(id.to_string()));
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read).transpose()
    }

    async fn factors_of(&mut self, user: UserId) -> Result<Vec<Factor>, StoreError> {
        let mut query = self.select_factors();
        query
            .and_where(Expr::col(C::UserId).eq(user.to_string()))
            .order_by(C::CreatedAt, Order::Asc)
            .order_by(C::Id, Order::Asc);
        let rows = self.tx.read(&query).await?;
        rows.iter().map(read).collect()
    }

    async fn activate_factor(
        &mut self,
        id: FactorId,
        step: Option<i64>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Status, FactorStatus::Active.as_str())
            .value(C::LastStep, Value::BigInt(step))
            .value(C::ConfirmedAt, conn::at(now))
            .value(C::LastUsedAt, conn::at(now))
            .value(C::ExpiresAt, conn::opt_at(None))
            .and_where(self.this_factor(id))
            .and_where(is(FactorStatus::Pending));
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn accept_step(
        &mut self,
        id: FactorId,
        step: i64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let last = Expr::col(C::LastStep);
        let mut update = self.used_factor(id, now);
        update
            .value(C::LastStep, step)
            .and_where(last.clone().is_null().or(last.lt(step)));
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn touch_factor(&mut self, id: FactorId, now: Timestamp) -> Result<bool, StoreError> {
        let update = self.used_factor(id, now);
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn rename_factor(
        &mut self,
        id: FactorId,
        name: Option<&str>,
    ) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Name, conn::opt_text(name))
            .and_where(self.this_factor(id));
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn delete_factor(&mut self, id: FactorId) -> Result<bool, StoreError> {
        let mut delete = Query::delete();
        delete.from_table(C::Table).and_where(self.this_factor(id));
        Ok(self.tx.write(&delete).await? == 1)
    }

    async fn delete_pending_factors(
        &mut self,
        user: UserId,
        kind: FactorKind,
    ) -> Result<u64, StoreError> {
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::UserId).eq(user.to_string()))
            .and_where(Expr::col(C::Kind).eq(kind.as_str()))
            .and_where(is(FactorStatus::Pending));
        self.tx.write(&delete).await
    }

    async fn purge_factors(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut old = Query::select();
        old.column(C::Id)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(is(FactorStatus::Pending))
            .and_where(Expr::col(C::ExpiresAt).lt(conn::at(before)))
            .limit(conn::limit(limit));
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).in_subquery(old));
        self.tx.write(&delete).await
    }
}
