use async_trait::async_trait;
use hellojohn_core::{
    id::TenantId,
    mail::MessageStatus,
    restore::PENDING_TABLE,
    store::{MadeBefore, RestoreStore, StoreError, Unfinished},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Iden, LockType, Order, Query, SelectStatement};

use super::{counting, sessions::is_live};
use crate::{
    conn,
    tables::{
        CpApiKey, CpMasterKey, HjIdempotency, HjMessage, HjMfaChallenge, HjOneTime, HjOtpCode,
        HjRecoveryRequest, HjSession as S,
    },
    unit::ControlSqlUnit,
};

impl ControlSqlUnit {
    pub(super) async fn count(&mut self, query: &SelectStatement) -> Result<u64, StoreError> {
        let row = self.tx.read_one(query).await?;
        let count = row.map_or(Ok(0), |row| row.columns().int())?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}

impl ControlSqlUnit {
    /// Removes rows, told apart by the table's key, at most `limit`.
    async fn forget<C: Iden + Copy + 'static, const N: usize>(
        &mut self,
        table: C,
        key: [C; N],
        which: Expr,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let mut some = Query::select();
        some.columns(key)
            .from(table)
            .and_where(which.clone())
            .limit(conn::limit(limit));
        let mut delete = Query::delete();
        delete
            .from_table(table)
            .and_where(which)
            .and_where(Expr::tuple(key.map(Expr::col)).in_subquery(some));
        self.tx.write(&delete).await
    }
}

#[async_trait]
impl RestoreStore for ControlSqlUnit {
    async fn is_restore_pending(&mut self) -> Result<bool, StoreError> {
        self.tx.has_table(PENDING_TABLE).await
    }

    async fn end_pending_restore(&mut self) -> Result<(), StoreError> {
        self.tx.drop_table(PENDING_TABLE).await
    }

    async fn revoke_sessions_made_before(
        &mut self,
        tenant: TenantId,
        before: MadeBefore,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let MadeBefore {
            moment,
            reason,
            now,
        } = before;
        let of_tenant = || Expr::col(S::TenantId).eq(tenant.to_string());
        // Two statements: as one, PostgreSQL chooses all of them again for each row that somebody
        // changed while it waited, and is not done in time.
        let mut some = Query::select();
        some.column(S::Id)
            .from(S::Table)
            .and_where(of_tenant())
            .and_where(is_live(now))
            .and_where(Expr::col(S::CreatedAt).lt(conn::at(moment)))
            .limit(conn::limit(limit))
            .lock(LockType::Update);
        let chosen = self.tx.read(&some).await?;
        let chosen: Result<Vec<String>, _> =
            chosen.iter().map(|row| row.columns().text()).collect();
        let mut update = Query::update();
        update
            .table(S::Table)
            .value(S::RevokedAt, conn::at(now))
            .value(S::RevokedReason, reason.as_str())
            .and_where(of_tenant())
            .and_where(Expr::col(S::Id).is_in(chosen?));
        self.tx.write(&update).await
    }

    async fn count_live_sessions(
        &mut self,
        tenant: TenantId,
        made_before: Timestamp,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut query = counting(S::Table, S::Id);
        query
            .and_where(Expr::col(S::TenantId).eq(tenant.to_string()))
            .and_where(Expr::col(S::CreatedAt).lt(conn::at(made_before)))
            .and_where(is_live(now));
        self.count(&query).await
    }

    async fn newest_session(&mut self, tenant: TenantId) -> Result<Option<Timestamp>, StoreError> {
        let mut query = Query::select();
        query
            .column(S::CreatedAt)
            .from(S::Table)
            .and_where(Expr::col(S::TenantId).eq(tenant.to_string()))
            .order_by(S::CreatedAt, Order::Desc)
            .limit(1);
        let row = self.tx.read_one(&query).await?;
        row.map(|row| row.columns().at()).transpose()
    }

    async fn forget_answers(&mut self, tenant: TenantId, limit: u32) -> Result<u64, StoreError> {
        use HjIdempotency as C;
        let of_tenant = || Expr::col(C::TenantId).eq(tenant.to_string());
        let mut some = Query::select();
        some.column(C::KeyHash)
            .from(C::Table)
            .and_where(of_tenant())
            .limit(conn::limit(limit));
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(of_tenant())
            .and_where(Expr::col(C::KeyHash).in_subquery(some));
        self.tx.write(&delete).await
    }

    async fn forget_unfinished(
        &mut self,
        tenant: TenantId,
        what: Unfinished,
        limit: u32,
    ) -> Result<u64, StoreError> {
        use {
            HjMessage as M, HjMfaChallenge as F, HjOneTime as O, HjOtpCode as P,
            HjRecoveryRequest as R,
        };
        let tenant = tenant.to_string();
        let of = |column: Expr| column.eq(tenant.as_str());
        match what {
            Unfinished::OneTime => {
                let which = of(Expr::col(O::TenantId)).and(Expr::col(O::ConsumedAt).is_null());
                let key = [O::TenantId, O::Purpose, O::Hash];
                self.forget(O::Table, key, which, limit).await
            }
            Unfinished::MfaChallenge => {
                let which = of(Expr::col(F::TenantId)).and(Expr::col(F::ConsumedAt).is_null());
                self.forget(F::Table, [F::TenantId, F::Hash], which, limit)
                    .await
            }
            Unfinished::OtpCode => {
                let which = of(Expr::col(P::TenantId));
                let key = [P::TenantId, P::Subject, P::FactorId];
                self.forget(P::Table, key, which, limit).await
            }
            Unfinished::Recovery => {
                let which = of(Expr::col(R::TenantId)).and(Expr::col(R::DecidedAt).is_null());
                self.forget(R::Table, [R::TenantId, R::Id], which, limit)
                    .await
            }
            Unfinished::Message => {
                let pending = Expr::col(M::Status).eq(MessageStatus::Pending.as_str());
                let which = of(Expr::col(M::TenantId)).and(pending);
                self.forget(M::Table, [M::TenantId, M::Id], which, limit)
                    .await
            }
        }
    }

    async fn count_live_keys(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        let later = |column: Expr| column.clone().is_null().or(column.gt(conn::at(now)));
        let mut of_tenants = counting(CpApiKey::Table, CpApiKey::Id);
        of_tenants
            .and_where(later(Expr::col(CpApiKey::RevokedAt)))
            .and_where(later(Expr::col(CpApiKey::ExpiresAt)));
        let mut of_instance = counting(CpMasterKey::Table, CpMasterKey::Id);
        of_instance
            .and_where(later(Expr::col(CpMasterKey::RevokedAt)))
            .and_where(later(Expr::col(CpMasterKey::ExpiresAt)));
        Ok(self.count(&of_tenants).await? + self.count(&of_instance).await?)
    }
}
