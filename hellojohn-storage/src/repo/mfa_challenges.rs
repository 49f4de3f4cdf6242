use async_trait::async_trait;
use hellojohn_core::{
    id::UserId,
    mfa::{ChallengeData, MfaChallenge},
    secret::SecretHash,
    store::{MfaChallengeStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Order, Query};

use crate::{
    conn::{self, Row},
    tables::HjMfaChallenge as C,
    unit::SqlUnit,
};

const COLUMNS: [C; 9] = [
    C::Hash,
    C::UserId,
    C::Kind,
    C::SessionId,
    C::Attempts,
    C::Data,
    C::CreatedAt,
    C::ExpiresAt,
    C::ConsumedAt,
];

fn read(row: &Row) -> Result<MfaChallenge, StoreError> {
    let mut row = row.columns();
    Ok(MfaChallenge {
        hash: SecretHash::from_bytes(row.bytes()?),
        user_id: row.parse()?,
        kind: row.parse()?,
        session_id: row.opt_parse()?,
        attempts: u32::try_from(row.int()?).map_err(|_| row.corrupt("out of range"))?,
        data: ChallengeData::from_object(row.object()?)
            .ok_or_else(|| row.corrupt("not what a challenge knows"))?,
        created_at: row.at()?,
        expires_at: row.at()?,
        consumed_at: row.opt_at()?,
    })
}

impl SqlUnit {
    fn this_challenge(&self, hash: &SecretHash) -> Expr {
        self.of_tenant(C::TenantId)
            .and(Expr::col(C::Hash).eq(conn::bytes(hash.as_bytes())))
    }
}

fn is_open(now: Timestamp) -> Expr {
    Expr::col(C::ConsumedAt)
        .is_null()
        .and(Expr::col(C::ExpiresAt).gt(conn::at(now)))
}

#[async_trait]
impl MfaChallengeStore for SqlUnit {
    async fn insert_challenge(&mut self, challenge: &MfaChallenge) -> Result<(), StoreError> {
        let session = challenge.session_id.map(|id| id.to_string());
        let insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Hash, conn::bytes(challenge.hash.as_bytes())),
                (C::UserId, conn::text(challenge.user_id.to_string())),
                (C::Kind, conn::text(challenge.kind.as_str())),
                (C::SessionId, conn::opt_text(session.as_deref())),
                (C::Attempts, i64::from(challenge.attempts).into()),
                (C::Data, conn::json(&challenge.data.to_object())),
                (C::CreatedAt, conn::at(challenge.created_at)),
                (C::ExpiresAt, conn::at(challenge.expires_at)),
                (C::ConsumedAt, conn::opt_at(challenge.consumed_at)),
            ],
        )?;
        self.tx.write(&insert).await.map(drop)
    }

    async fn challenge(&mut self, hash: &SecretHash) -> Result<Option<MfaChallenge>, StoreError> {
        let mut query = Query::select();
        query
            .columns(COLUMNS)
            .from(C::Table)
            .and_where(self.this_challenge(hash));
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read).transpose()
    }

    async fn reserve_challenge_attempt(
        &mut self,
        hash: &SecretHash,
        most: u32,
        now: Timestamp,
    ) -> Result<Option<MfaChallenge>, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Attempts, Expr::col(C::Attempts).add(1_i64))
            .and_where(self.this_challenge(hash))
            .and_where(Expr::col(C::Attempts).lt(i64::from(most)))
            .and_where(is_open(now))
            .returning(Query::returning().columns(COLUMNS));
        let rows = self.tx.write_returning(&update).await?;
        rows.first().map(read).transpose()
    }

    async fn put_challenge_data(
        &mut self,
        hash: &SecretHash,
        data: &ChallengeData,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Data, conn::json(&data.to_object()))
            .and_where(self.this_challenge(hash))
            .and_where(is_open(now));
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn consume_challenge(
        &mut self,
        hash: &SecretHash,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::ConsumedAt, conn::at(now))
            .and_where(self.this_challenge(hash))
            .and_where(is_open(now));
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn void_challenges_of(
        &mut self,
        user: UserId,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::ConsumedAt, conn::at(now))
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::UserId).eq(user.to_string()))
            .and_where(is_open(now));
        self.tx.write(&update).await
    }

    async fn purge_challenges(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut old = Query::select();
        old.column(C::Hash)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::ExpiresAt).lt(conn::at(before)))
            .order_by(C::ExpiresAt, Order::Asc)
            .limit(conn::limit(limit));
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Hash).in_subquery(old));
        self.tx.write(&delete).await
    }
}
