use async_trait::async_trait;
use hellojohn_core::{
    id::TenantId,
    store::{StoreError, TenantStore},
    tenant::{Tenant, TenantConfig},
};
use sea_query::{Expr, ExprTrait as _, LockType, Order, Query, SelectStatement, Value};

use crate::{
    conn::{self, Columns, Row},
    error::Misuse,
    tables::CpTenant as C,
    unit::ControlSqlUnit,
};

/// What [`read`] reads, in its order.
pub(super) const COLUMNS: [C; 10] = [
    C::Id,
    C::Name,
    C::Slug,
    C::Status,
    C::Plan,
    C::Config,
    C::PublicMetadata,
    C::PrivateMetadata,
    C::CreatedAt,
    C::UpdatedAt,
];

/// A tenant from the next ten columns.
pub(super) fn read(row: &mut Columns<'_>) -> Result<Tenant, StoreError> {
    Ok(Tenant {
        id: row.parse()?,
        name: row.text()?,
        slug: row.text()?,
        status: row
            .text()?
            .parse()
            .map_err(|()| row.corrupt("no known status"))?,
        plan: row.text()?,
        config: config(row)?,
        public_metadata: row.metadata()?,
        private_metadata: row.metadata()?,
        created_at: row.at()?,
        updated_at: row.at()?,
    })
}

fn config(row: &mut Columns<'_>) -> Result<TenantConfig, StoreError> {
    serde_json::from_str(&row.json()?).map_err(|_| row.corrupt("not a tenant's settings"))
}

fn read_row(row: &Row) -> Result<Tenant, StoreError> {
    read(&mut row.columns())
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns(COLUMNS).from(C::Table);
    select
}

fn changeable(tenant: &Tenant) -> Result<[(C, Value); 8], StoreError> {
    let config = serde_json::to_value(&tenant.config)
        .map_err(|error| Misuse::Statement(error.to_string()))?;
    Ok([
        (C::Name, conn::text(&tenant.name)),
        (C::Slug, conn::text(&tenant.slug)),
        (C::Status, conn::text(tenant.status.as_str())),
        (C::Plan, conn::text(&tenant.plan)),
        (C::Config, conn::json_of(config)),
        (
            C::PublicMetadata,
            conn::json(tenant.public_metadata.as_object()),
        ),
        (
            C::PrivateMetadata,
            conn::json(tenant.private_metadata.as_object()),
        ),
        (C::UpdatedAt, conn::at(tenant.updated_at)),
    ])
}

#[async_trait]
impl TenantStore for ControlSqlUnit {
    async fn tenant(&mut self, id: TenantId) -> Result<Option<Tenant>, StoreError> {
        let mut query = select();
        query.and_where(Expr::col(C::Id).eq(id.to_string()));
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read_row).transpose()
    }

    async fn tenant_for_update(&mut self, id: TenantId) -> Result<Option<Tenant>, StoreError> {
        let mut query = select();
        query
            .and_where(Expr::col(C::Id).eq(id.to_string()))
            .lock(LockType::Update);
        let rows = self.tx.write_returning(&query).await?;
        rows.first().map(read_row).transpose()
    }

    async fn tenant_by_slug(&mut self, slug: &str) -> Result<Option<Tenant>, StoreError> {
        let mut query = select();
        query.and_where(Expr::col(C::Slug).eq(slug));
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read_row).transpose()
    }

    async fn tenants(
        &mut self,
        after: Option<TenantId>,
        limit: u32,
    ) -> Result<Vec<Tenant>, StoreError> {
        let mut query = select();
        query
            .and_where_option(after.map(|id| Expr::col(C::Id).gt(id.to_string())))
            .order_by(C::Id, Order::Asc)
            .limit(conn::limit(limit));
        self.tx.read(&query).await?.iter().map(read_row).collect()
    }

    async fn insert_tenant(&mut self, tenant: &Tenant) -> Result<(), StoreError> {
        let fixed = [
            (C::Id, conn::text(tenant.id.to_string())),
            (C::CreatedAt, conn::at(tenant.created_at)),
        ];
        let row = changeable(tenant)?.into_iter().chain(fixed);
        self.tx.write(&conn::insert(C::Table, row)?).await.map(drop)
    }

    async fn update_tenant(&mut self, tenant: &Tenant) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .values(changeable(tenant)?.map(|(column, value)| (column, Expr::value(value))))
            .and_where(Expr::col(C::Id).eq(tenant.id.to_string()));
        Ok(self.tx.write(&update).await? > 0)
    }
}
