use async_trait::async_trait;
use hellojohn_core::{
    id::{FactorId, UserId},
    passkey::{Passkey, PasskeyUse},
    store::{PasskeyStore, StoreError},
};
use sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement};

use crate::{
    conn::{self, Row},
    tables::HjPasskeyCredential as C,
    unit::SqlUnit,
};

const COLUMNS: [C; 13] = [
    C::Id,
    C::UserId,
    C::FactorId,
    C::CredentialId,
    C::UserHandle,
    C::Passkey,
    C::SignCount,
    C::Aaguid,
    C::Transports,
    C::BackupEligible,
    C::BackupState,
    C::CreatedAt,
    C::LastUsedAt,
];

fn read(row: &Row) -> Result<Passkey, StoreError> {
    let mut row = row.columns();
    Ok(Passkey {
        id: row.parse()?,
        user_id: row.parse()?,
        factor_id: row.parse()?,
        credential_id: row.blob()?,
        user_handle: row.blob()?,
        key: row.object()?,
        sign_count: u32::try_from(row.int()?)
            .map_err(|_| StoreError::Corrupt("a counter of a passkey".to_owned()))?,
        aaguid: row.opt_text()?,
        transports: row.text()?.split_whitespace().map(str::to_owned).collect(),
        backup_eligible: row.flag()?,
        backup_state: row.flag()?,
        created_at: row.at()?,
        last_used_at: row.opt_at()?,
    })
}

impl SqlUnit {
    fn passkeys_where(&self, condition: Expr) -> SelectStatement {
        let mut query = Query::select();
        query
            .columns(COLUMNS)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(condition)
            .order_by(C::Id, Order::Asc);
        query
    }

    async fn one_passkey(&mut self, condition: Expr) -> Result<Option<Passkey>, StoreError> {
        let query = self.passkeys_where(condition);
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read).transpose()
    }
}

#[async_trait]
impl PasskeyStore for SqlUnit {
    async fn insert_passkey(&mut self, passkey: &Passkey) -> Result<(), StoreError> {
        let insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Id, conn::text(passkey.id.to_string())),
                (C::UserId, conn::text(passkey.user_id.to_string())),
                (C::FactorId, conn::text(passkey.factor_id.to_string())),
                (C::CredentialId, conn::bytes(&passkey.credential_id)),
                (C::UserHandle, conn::bytes(&passkey.user_handle)),
                (C::Passkey, conn::json(&passkey.key)),
                (C::SignCount, i64::from(passkey.sign_count).into()),
                (C::Aaguid, conn::opt_text(passkey.aaguid.as_deref())),
                (C::Transports, conn::text(passkey.transports.join(" "))),
                (C::BackupEligible, passkey.backup_eligible.into()),
                (C::BackupState, passkey.backup_state.into()),
                (C::CreatedAt, conn::at(passkey.created_at)),
                (C::LastUsedAt, conn::opt_at(passkey.last_used_at)),
            ],
        )?;
        self.tx.write(&insert).await.map(drop)
    }

    async fn passkey_by_credential(
        &mut self,
        credential_id: &[u8],
    ) -> Result<Option<Passkey>, StoreError> {
        self.one_passkey(Expr::col(C::CredentialId).eq(conn::bytes(credential_id)))
            .await
    }

    async fn passkey_of_factor(&mut self, factor: FactorId) -> Result<Option<Passkey>, StoreError> {
        self.one_passkey(Expr::col(C::FactorId).eq(factor.to_string()))
            .await
    }

    async fn passkeys_of(&mut self, user: UserId) -> Result<Vec<Passkey>, StoreError> {
        let query = self.passkeys_where(Expr::col(C::UserId).eq(user.to_string()));
        let rows = self.tx.read(&query).await?;
        rows.iter().map(read).collect()
    }

    async fn note_passkey_use(&mut self, used: &PasskeyUse) -> Result<bool, StoreError> {
        let forward = Expr::col(C::SignCount).lt(i64::from(used.sign_count));
        let uncounted = Expr::col(C::SignCount)
            .eq(0_i64)
            .and(Expr::value(i64::from(used.sign_count)).eq(0_i64));
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::SignCount, i64::from(used.sign_count))
            .value(C::BackupState, used.backup_state)
            .value(C::LastUsedAt, conn::at(used.at))
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).eq(used.id.to_string()))
            .and_where(forward.or(uncounted));
        Ok(self.tx.write(&update).await? == 1)
    }
}
