use async_trait::async_trait;
use hellojohn_core::{
    id::UserId,
    secret::SecretHash,
    store::{BackupCodeStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Query};

use super::counting;
use crate::{conn, tables::HjBackupCode as C, unit::SqlUnit};

impl SqlUnit {
    fn backup_codes_of(&self, user: UserId) -> Expr {
        self.of_tenant(C::TenantId)
            .and(Expr::col(C::UserId).eq(user.to_string()))
    }
}

#[async_trait]
impl BackupCodeStore for SqlUnit {
    async fn replace_backup_codes(
        &mut self,
        user: UserId,
        codes: &[SecretHash],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.backup_codes_of(user));
        self.tx.write(&delete).await?;
        for code in codes {
            let insert = conn::insert(
                C::Table,
                [
                    (C::TenantId, conn::text(self.key())),
                    (C::UserId, conn::text(user.to_string())),
                    (C::Hash, conn::bytes(code.as_bytes())),
                    (C::CreatedAt, conn::at(now)),
                    (C::UsedAt, conn::opt_at(None)),
                ],
            )?;
            self.tx.write(&insert).await?;
        }
        Ok(())
    }

    async fn use_backup_code(
        &mut self,
        user: UserId,
        code: &SecretHash,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::UsedAt, conn::at(now))
            .and_where(self.backup_codes_of(user))
            .and_where(Expr::col(C::Hash).eq(conn::bytes(code.as_bytes())))
            .and_where(Expr::col(C::UsedAt).is_null());
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn count_backup_codes(&mut self, user: UserId) -> Result<u64, StoreError> {
        let mut query = counting(C::Table, C::UserId);
        query
            .and_where(self.backup_codes_of(user))
            .and_where(Expr::col(C::UsedAt).is_null());
        self.count(&query).await
    }
}
