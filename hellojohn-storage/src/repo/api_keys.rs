use async_trait::async_trait;
use hellojohn_core::{
    api_key::{ApiKey, ApiKeyFilter, KeyScopes},
    id::{ApiKeyId, TenantId},
    page::Window,
    secret::SecretHash,
    store::{ApiKeyStore, MasterKeyStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement, Value};

use super::{Kind, Sort, counting, cut};
use crate::{
    conn::{self, Columns, Row},
    tables::{CpApiKey as C, CpMasterKey as M},
    unit::{ControlSqlUnit, SqlUnit},
};

/// What [`read`] reads, in its order.
pub(super) const COLUMNS: [C; 11] = [
    C::Id,
    C::Name,
    C::Kind,
    C::Environment,
    C::LastFour,
    C::Hash,
    C::Scopes,
    C::CreatedAt,
    C::LastUsedAt,
    C::ExpiresAt,
    C::RevokedAt,
];

/// The same of a master key.
pub(super) const MASTER_COLUMNS: [M; 11] = [
    M::Id,
    M::Name,
    M::Kind,
    M::Environment,
    M::LastFour,
    M::Hash,
    M::Scopes,
    M::CreatedAt,
    M::LastUsedAt,
    M::ExpiresAt,
    M::RevokedAt,
];

/// A key from the next eleven columns.
pub(super) fn read(
    row: &mut Columns<'_>,
    tenant_id: Option<TenantId>,
) -> Result<ApiKey, StoreError> {
    Ok(ApiKey {
        tenant_id,
        id: row.parse()?,
        name: row.text()?,
        kind: row.parse()?,
        environment: row.parse()?,
        last_four: row.text()?,
        hash: SecretHash::from_bytes(row.bytes()?),
        scopes: KeyScopes::from_text(&row.text()?),
        created_at: row.at()?,
        last_used_at: row.opt_at()?,
        expires_at: row.opt_at()?,
        revoked_at: row.opt_at()?,
    })
}

/// The values of a key, in the order of the columns.
fn values(key: &ApiKey) -> [Value; 11] {
    [
        conn::text(key.id.to_string()),
        conn::text(&key.name),
        conn::text(key.kind.as_str()),
        conn::text(key.environment.as_str()),
        conn::text(&key.last_four),
        conn::bytes(key.hash.as_bytes()),
        conn::text(key.scopes.to_text()),
        conn::at(key.created_at),
        conn::opt_at(key.last_used_at),
        conn::opt_at(key.expires_at),
        conn::opt_at(key.revoked_at),
    ]
}

impl SqlUnit {
    fn select_api_keys(&self) -> SelectStatement {
        let mut select = Query::select();
        select
            .columns(COLUMNS)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId));
        select
    }

    fn read_api_key(&self, row: &Row) -> Result<ApiKey, StoreError> {
        use hellojohn_core::store::UnitOfWork as _;
        read(&mut row.columns(), Some(self.tenant()))
    }
}

fn narrow(select: &mut SelectStatement, filter: ApiKeyFilter) {
    let revoked = |(revoked, now)| {
        if revoked {
            Expr::col(C::RevokedAt).lte(conn::at(now))
        } else {
            later_than(C::RevokedAt, now)
        }
    };
    select
        .and_where_option(filter.kind.map(|kind| Expr::col(C::Kind).eq(kind.as_str())))
        .and_where_option(filter.revoked.map(revoked));
}

#[async_trait]
impl ApiKeyStore for SqlUnit {
    async fn api_key(&mut self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError> {
        let mut query = self.select_api_keys();
        query.and_where(Expr::col(C::Id).eq(id.to_string()));
        let row = self.tx.read_one(&query).await?;
        row.map(|row| self.read_api_key(&row)).transpose()
    }

    async fn api_keys(
        &mut self,
        filter: ApiKeyFilter,
        window: &Window,
    ) -> Result<Vec<ApiKey>, StoreError> {
        let mut query = self.select_api_keys();
        narrow(&mut query, filter);
        let sort = Sort {
            key: Expr::col(C::CreatedAt),
            id: Expr::col(C::Id),
            kind: Kind::Time,
        };
        cut(&mut query, sort, window)?;
        let rows = self.tx.read(&query).await?;
        rows.iter().map(|row| self.read_api_key(row)).collect()
    }

    async fn count_api_keys(&mut self, filter: ApiKeyFilter) -> Result<u64, StoreError> {
        let mut query = counting(C::Table, C::Id);
        query.and_where(self.of_tenant(C::TenantId));
        narrow(&mut query, filter);
        self.count(&query).await
    }

    async fn insert_api_key(&mut self, key: &ApiKey) -> Result<(), StoreError> {
        match key.tenant_id {
            Some(tenant) => self.own(tenant)?,
            None => return self.tx.note(Err(crate::error::Misuse::OtherTenant.into())),
        }
        let tenant = (C::TenantId, conn::text(self.key()));
        let row = COLUMNS.into_iter().zip(values(key)).chain([tenant]);
        self.tx.write(&conn::insert(C::Table, row)?).await.map(drop)
    }

    async fn end_api_key(&mut self, id: ApiKeyId, at: Timestamp) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::RevokedAt, conn::at(at))
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).eq(id.to_string()))
            .and_where(later_than(C::RevokedAt, at))
            .and_where(later_than(C::ExpiresAt, at));
        Ok(self.tx.write(&update).await? > 0)
    }

    async fn touch_api_key(&mut self, id: ApiKeyId, at: Timestamp) -> Result<(), StoreError> {
        let used = Expr::col(C::LastUsedAt);
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::LastUsedAt, conn::at(at))
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).eq(id.to_string()))
            .and_where(used.clone().is_null().or(used.lt(conn::at(at))));
        self.tx.write(&update).await.map(drop)
    }
}

/// Whether an end is unset or after a moment.
fn later_than(end: impl sea_query::IntoColumnRef, at: Timestamp) -> Expr {
    let end = Expr::col(end);
    end.clone().is_null().or(end.gt(conn::at(at)))
}

#[async_trait]
impl MasterKeyStore for ControlSqlUnit {
    async fn master_keys(&mut self) -> Result<Vec<ApiKey>, StoreError> {
        let mut query = Query::select();
        query
            .columns(MASTER_COLUMNS)
            .from(M::Table)
            .order_by(M::CreatedAt, Order::Asc)
            .order_by(M::Id, Order::Asc);
        let rows = self.tx.read(&query).await?;
        rows.iter()
            .map(|row| read(&mut row.columns(), None))
            .collect()
    }

    async fn insert_master_key(&mut self, key: &ApiKey) -> Result<(), StoreError> {
        if key.tenant_id.is_some() {
            return self.tx.note(Err(crate::error::Misuse::OtherTenant.into()));
        }
        let row = MASTER_COLUMNS.into_iter().zip(values(key));
        self.tx.write(&conn::insert(M::Table, row)?).await.map(drop)
    }

    async fn end_master_key(&mut self, id: ApiKeyId, at: Timestamp) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(M::Table)
            .value(M::RevokedAt, conn::at(at))
            .and_where(Expr::col(M::Id).eq(id.to_string()))
            .and_where(later_than(M::RevokedAt, at))
            .and_where(later_than(M::ExpiresAt, at));
        Ok(self.tx.write(&update).await? > 0)
    }
}
