use async_trait::async_trait;
use hellojohn_core::{
    id::UserId,
    one_time::{OneTime, Owner, Purpose},
    secret::SecretHash,
    store::{OneTimeStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Order, Query};

use crate::{
    conn::{self, Row},
    tables::HjOneTime as C,
    unit::SqlUnit,
};

const COLUMNS: [C; 8] = [
    C::Purpose,
    C::Hash,
    C::UserId,
    C::Email,
    C::Data,
    C::CreatedAt,
    C::ExpiresAt,
    C::ConsumedAt,
];

fn read(row: &Row) -> Result<OneTime, StoreError> {
    let mut row = row.columns();
    Ok(OneTime {
        purpose: row.parse()?,
        hash: SecretHash::from_bytes(row.bytes()?),
        user_id: row.opt_parse()?,
        email: row.opt_parse()?,
        data: row.object()?,
        created_at: row.at()?,
        expires_at: row.at()?,
        consumed_at: row.opt_at()?,
    })
}

impl SqlUnit {
    fn of_secret(&self, purpose: Purpose, hash: &SecretHash) -> Expr {
        self.of_tenant(C::TenantId)
            .and(Expr::col(C::Purpose).eq(purpose.as_str()))
            .and(Expr::col(C::Hash).eq(conn::bytes(hash.as_bytes())))
    }
}

#[async_trait]
impl OneTimeStore for SqlUnit {
    async fn insert_one_time(&mut self, one_time: &OneTime) -> Result<(), StoreError> {
        let user = one_time.user_id.map(|id| id.to_string());
        let email = one_time.email.as_ref();
        let insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Purpose, conn::text(one_time.purpose.as_str())),
                (C::Hash, conn::bytes(one_time.hash.as_bytes())),
                (C::UserId, conn::opt_text(user.as_deref())),
                (
                    C::Email,
                    conn::opt_text(email.map(hellojohn_core::input::Email::as_str)),
                ),
                (C::Data, conn::json(&one_time.data)),
                (C::CreatedAt, conn::at(one_time.created_at)),
                (C::ExpiresAt, conn::at(one_time.expires_at)),
                (C::ConsumedAt, conn::opt_at(one_time.consumed_at)),
            ],
        )?;
        self.tx.write(&insert).await.map(drop)
    }

    async fn one_time(
        &mut self,
        purpose: Purpose,
        hash: &SecretHash,
    ) -> Result<Option<OneTime>, StoreError> {
        let mut query = Query::select();
        query
            .columns(COLUMNS)
            .from(C::Table)
            .and_where(self.of_secret(purpose, hash));
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read).transpose()
    }

    async fn consume_one_time(
        &mut self,
        purpose: Purpose,
        hash: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<OneTime>, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::ConsumedAt, conn::at(now))
            .and_where(self.of_secret(purpose, hash))
            .and_where(Expr::col(C::ConsumedAt).is_null())
            .and_where(Expr::col(C::ExpiresAt).gt(conn::at(now)))
            .returning(Query::returning().columns(COLUMNS));
        let rows = self.tx.write_returning(&update).await?;
        rows.first().map(read).transpose()
    }

    async fn void_one_time(
        &mut self,
        owner: Owner<'_>,
        purposes: &[Purpose],
    ) -> Result<u64, StoreError> {
        let of_owner = match owner {
            Owner::User(id) => Expr::col(C::UserId).eq(id.to_string()),
            Owner::Mailbox(email) => Expr::col(C::Email).eq(email.as_str()),
        };
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(of_owner)
            .and_where(Expr::col(C::Purpose).is_in(purposes.iter().map(|p| p.as_str())))
            .and_where(Expr::col(C::ConsumedAt).is_null());
        self.tx.write(&delete).await
    }

    async fn void_one_time_since(
        &mut self,
        user: UserId,
        purpose: Purpose,
        since: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::UserId).eq(user.to_string()))
            .and_where(Expr::col(C::Purpose).eq(purpose.as_str()))
            .and_where(Expr::col(C::CreatedAt).gte(conn::at(since)))
            .and_where(Expr::col(C::ConsumedAt).is_null());
        self.tx.write(&delete).await
    }

    async fn purge_one_time(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
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
