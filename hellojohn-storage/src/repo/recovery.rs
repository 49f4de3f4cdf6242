use async_trait::async_trait;
use hellojohn_core::{
    id::{RecoveryId, UserId},
    page::Window,
    recovery::{RecoveryRequest, RecoveryStatus},
    store::{RecoveryStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement, Value};

use super::{Kind, Sort, counting, cut};
use crate::{
    conn::{self, Row},
    tables::{HjBackupCode, HjLockout, HjMfaChallenge, HjMfaFactor, HjRecoveryRequest as C},
    unit::SqlUnit,
};

const COLUMNS: [C; 10] = [
    C::Id,
    C::UserId,
    C::Email,
    C::Status,
    C::Reason,
    C::CreatedAt,
    C::ExpiresAt,
    C::ProvenAt,
    C::DecidedAt,
    C::DecidedBy,
];

fn read(row: &Row) -> Result<RecoveryRequest, StoreError> {
    let mut row = row.columns();
    Ok(RecoveryRequest {
        id: row.parse()?,
        user_id: row.parse()?,
        email: row.parse()?,
        status: row.parse()?,
        reason: row.opt_text()?,
        created_at: row.at()?,
        expires_at: row.at()?,
        proven_at: row.opt_at()?,
        decided_at: row.opt_at()?,
        decided_by: row.opt_text()?,
    })
}

impl SqlUnit {
    fn select_recoveries(&self) -> SelectStatement {
        let mut select = Query::select();
        select
            .columns(COLUMNS)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId));
        select
    }

    fn of_recovery(&self, id: RecoveryId) -> Expr {
        self.of_tenant(C::TenantId)
            .and(Expr::col(C::Id).eq(id.to_string()))
    }
}

fn in_status(status: Option<RecoveryStatus>) -> Option<Expr> {
    status.map(|status| Expr::col(C::Status).eq(status.as_str()))
}

#[async_trait]
impl RecoveryStore for SqlUnit {
    async fn insert_recovery(&mut self, request: &RecoveryRequest) -> Result<(), StoreError> {
        let insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Id, conn::text(request.id.to_string())),
                (C::UserId, conn::text(request.user_id.to_string())),
                (C::Email, conn::text(request.email.as_str())),
                (C::Status, conn::text(request.status.as_str())),
                (C::Reason, Value::String(request.reason.clone())),
                (C::CreatedAt, conn::at(request.created_at)),
                (C::ExpiresAt, conn::at(request.expires_at)),
                (C::ProvenAt, conn::opt_at(request.proven_at)),
                (C::DecidedAt, conn::opt_at(request.decided_at)),
                (C::DecidedBy, Value::String(request.decided_by.clone())),
            ],
        )?;
        self.tx.write(&insert).await.map(drop)
    }

    async fn recovery(&mut self, id: RecoveryId) -> Result<Option<RecoveryRequest>, StoreError> {
        let mut query = self.select_recoveries();
        query.and_where(Expr::col(C::Id).eq(id.to_string()));
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read).transpose()
    }

    async fn open_recoveries_of(
        &mut self,
        user: UserId,
        now: Timestamp,
    ) -> Result<Vec<RecoveryRequest>, StoreError> {
        let open = [RecoveryStatus::Requested, RecoveryStatus::Proven];
        let mut query = self.select_recoveries();
        query
            .and_where(Expr::col(C::UserId).eq(user.to_string()))
            .and_where(Expr::col(C::Status).is_in(open.map(RecoveryStatus::as_str)))
            .and_where(Expr::col(C::ExpiresAt).gt(conn::at(now)))
            .order_by(C::CreatedAt, Order::Desc);
        let rows = self.tx.read(&query).await?;
        rows.iter().map(read).collect()
    }

    async fn move_recovery(
        &mut self,
        moved: &RecoveryRequest,
        from: RecoveryStatus,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Status, moved.status.as_str())
            .value(C::Reason, Value::String(moved.reason.clone()))
            .value(C::ProvenAt, conn::opt_at(moved.proven_at))
            .value(C::DecidedAt, conn::opt_at(moved.decided_at))
            .value(C::DecidedBy, Value::String(moved.decided_by.clone()))
            .and_where(self.of_recovery(moved.id))
            .and_where(Expr::col(C::Status).eq(from.as_str()))
            .and_where(Expr::col(C::ExpiresAt).gt(conn::at(now)));
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn delete_recovery(&mut self, id: RecoveryId) -> Result<bool, StoreError> {
        let mut delete = Query::delete();
        delete.from_table(C::Table).and_where(self.of_recovery(id));
        Ok(self.tx.write(&delete).await? == 1)
    }

    async fn recoveries(
        &mut self,
        status: Option<RecoveryStatus>,
        window: &Window,
    ) -> Result<Vec<RecoveryRequest>, StoreError> {
        let mut query = self.select_recoveries();
        query.and_where_option(in_status(status));
        let sort = Sort {
            key: Expr::col(C::CreatedAt),
            id: Expr::col(C::Id),
            kind: Kind::Time,
        };
        cut(&mut query, sort, window)?;
        let rows = self.tx.read(&query).await?;
        rows.iter().map(read).collect()
    }

    async fn count_recoveries(
        &mut self,
        status: Option<RecoveryStatus>,
    ) -> Result<u64, StoreError> {
        let mut query = counting(C::Table, C::Id);
        query
            .and_where(self.of_tenant(C::TenantId))
            .and_where_option(in_status(status));
        self.count(&query).await
    }

    async fn erase_second_factors(&mut self, user: UserId) -> Result<u64, StoreError> {
        let user = user.to_string();
        let mut codes = Query::delete();
        codes
            .from_table(HjBackupCode::Table)
            .and_where(self.of_tenant(HjBackupCode::TenantId))
            .and_where(Expr::col(HjBackupCode::UserId).eq(user.as_str()));
        self.tx.write(&codes).await?;
        let mut challenges = Query::delete();
        challenges
            .from_table(HjMfaChallenge::Table)
            .and_where(self.of_tenant(HjMfaChallenge::TenantId))
            .and_where(Expr::col(HjMfaChallenge::UserId).eq(user.as_str()));
        self.tx.write(&challenges).await?;
        let mut counted = Query::delete();
        counted
            .from_table(HjLockout::Table)
            .and_where(self.of_tenant(HjLockout::TenantId))
            .and_where(Expr::col(HjLockout::Subject).eq(user.as_str()))
            .and_where(Expr::col(HjLockout::Authenticator).eq("otp"));
        self.tx.write(&counted).await?;
        // Sent codes and passkeys go with their factor.
        let mut factors = Query::delete();
        factors
            .from_table(HjMfaFactor::Table)
            .and_where(self.of_tenant(HjMfaFactor::TenantId))
            .and_where(Expr::col(HjMfaFactor::UserId).eq(user.as_str()));
        self.tx.write(&factors).await
    }

    async fn purge_recoveries(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut old = Query::select();
        old.column(C::Id)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
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
