use async_trait::async_trait;
use hellojohn_core::{
    secret::SecretHash,
    store::{IdempotencyStore, KeptAnswer, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, OnConflict, Order, Query, Value};

use crate::{
    conn::{self, Row},
    tables::HjIdempotency as C,
    unit::SqlUnit,
};

fn read(row: &Row) -> Result<KeptAnswer, StoreError> {
    let mut row = row.columns();
    Ok(KeptAnswer {
        key: SecretHash::from_bytes(row.bytes()?),
        fingerprint: SecretHash::from_bytes(row.bytes()?),
        answer: row.opt_text()?,
        created_at: row.at()?,
        expires_at: row.at()?,
    })
}

impl SqlUnit {
    fn of_key(&self, key: &SecretHash) -> Expr {
        self.of_tenant((C::Table, C::TenantId))
            .and(Expr::col((C::Table, C::KeyHash)).eq(conn::bytes(key.as_bytes())))
    }

    async fn kept(&mut self, key: &SecretHash) -> Result<Option<KeptAnswer>, StoreError> {
        let mut query = Query::select();
        query
            .columns([
                C::KeyHash,
                C::Fingerprint,
                C::Answer,
                C::CreatedAt,
                C::ExpiresAt,
            ])
            .from(C::Table)
            .and_where(self.of_key(key));
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read).transpose()
    }

    /// One statement decides: whoever gets a row back has the key, whatever else runs.
    async fn try_claim(
        &mut self,
        kept: &KeptAnswer,
        stale_before: Timestamp,
    ) -> Result<bool, StoreError> {
        let over = Expr::col((C::Table, C::ExpiresAt)).lte(conn::at(kept.created_at));
        let abandoned = Expr::col((C::Table, C::Answer))
            .is_null()
            .and(Expr::col((C::Table, C::CreatedAt)).lt(conn::at(stale_before)));
        let mut insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::KeyHash, conn::bytes(kept.key.as_bytes())),
                (C::Fingerprint, conn::bytes(kept.fingerprint.as_bytes())),
                (C::Answer, Value::String(kept.answer.clone())),
                (C::CreatedAt, conn::at(kept.created_at)),
                (C::ExpiresAt, conn::at(kept.expires_at)),
            ],
        )?;
        insert
            .on_conflict(
                OnConflict::columns([C::TenantId, C::KeyHash])
                    .update_columns([C::Fingerprint, C::Answer, C::CreatedAt, C::ExpiresAt])
                    .action_and_where(over.or(abandoned))
                    .to_owned(),
            )
            .returning_col(C::KeyHash);
        Ok(!self.tx.write_returning(&insert).await?.is_empty())
    }
}

#[async_trait]
impl IdempotencyStore for SqlUnit {
    async fn claim(
        &mut self,
        kept: &KeptAnswer,
        stale_before: Timestamp,
    ) -> Result<Option<KeptAnswer>, StoreError> {
        loop {
            if self.try_claim(kept, stale_before).await? {
                return Ok(None);
            }
            // Gone again between the two statements: released or purged, so it can be claimed.
            if let Some(there) = self.kept(&kept.key).await? {
                return Ok(Some(there));
            }
        }
    }

    async fn settle(
        &mut self,
        key: &SecretHash,
        claimed_at: Timestamp,
        answer: &str,
    ) -> Result<(), StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Answer, answer)
            .and_where(self.of_key(key))
            .and_where(Expr::col(C::CreatedAt).eq(conn::at(claimed_at)));
        self.tx.write(&update).await.map(drop)
    }

    async fn release(&mut self, key: &SecretHash, claimed_at: Timestamp) -> Result<(), StoreError> {
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_key(key))
            .and_where(Expr::col(C::CreatedAt).eq(conn::at(claimed_at)))
            .and_where(Expr::col(C::Answer).is_null());
        self.tx.write(&delete).await.map(drop)
    }

    async fn purge_answers(&mut self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut old = Query::select();
        old.column(C::KeyHash)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::ExpiresAt).lte(conn::at(now)))
            .order_by(C::ExpiresAt, Order::Asc)
            .limit(conn::limit(limit));
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::KeyHash).in_subquery(old));
        self.tx.write(&delete).await
    }
}
