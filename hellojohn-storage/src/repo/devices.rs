use async_trait::async_trait;
use hellojohn_core::{
    device::Device,
    id::UserId,
    secret::SecretHash,
    store::{DeviceStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, OnConflict, Order, Query, Value};

use crate::{
    conn::{self, Row},
    tables::{HjDevice as C, HjLockout as L},
    unit::SqlUnit,
};

fn read(row: &Row) -> Result<Device, StoreError> {
    let mut row = row.columns();
    Ok(Device {
        user_id: row.parse()?,
        fingerprint: SecretHash::from_bytes(row.bytes()?),
        network: row.opt_text()?,
        label: row.opt_text()?,
        created_at: row.at()?,
        last_seen_at: row.at()?,
    })
}

/// How many moments a tally lists, alone or beside its other members.
fn moments(tally: &serde_json::Value) -> usize {
    match tally {
        serde_json::Value::Array(list) => list.len(),
        serde_json::Value::Object(members) => {
            let lists = members.values().filter_map(serde_json::Value::as_array);
            lists.map(Vec::len).max().unwrap_or_default()
        }
        _ => 0,
    }
}

#[async_trait]
impl DeviceStore for SqlUnit {
    async fn devices_of(
        &mut self,
        user: UserId,
        seen_since: Timestamp,
    ) -> Result<Vec<Device>, StoreError> {
        let mut query = Query::select();
        query
            .columns([
                C::UserId,
                C::Fingerprint,
                C::Network,
                C::Label,
                C::CreatedAt,
                C::LastSeenAt,
            ])
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::UserId).eq(user.to_string()))
            .and_where(Expr::col(C::LastSeenAt).gte(conn::at(seen_since)))
            .order_by(C::LastSeenAt, Order::Desc)
            .limit(500);
        let rows = self.tx.read(&query).await?;
        rows.iter().map(read).collect()
    }

    async fn remember_device(&mut self, device: &Device) -> Result<(), StoreError> {
        let optional = |text: &Option<String>| Value::String(text.clone());
        let mut insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::UserId, conn::text(device.user_id.to_string())),
                (C::Fingerprint, conn::bytes(device.fingerprint.as_bytes())),
                (C::Network, optional(&device.network)),
                (C::Label, optional(&device.label)),
                (C::CreatedAt, conn::at(device.created_at)),
                (C::LastSeenAt, conn::at(device.last_seen_at)),
            ],
        )?;
        insert.on_conflict(
            OnConflict::columns([C::TenantId, C::UserId, C::Fingerprint])
                .update_columns([C::LastSeenAt, C::Label])
                .to_owned(),
        );
        self.tx.write(&insert).await.map(drop)
    }

    async fn failures_of(&mut self, user: UserId) -> Result<u32, StoreError> {
        let mut query = Query::select();
        query
            .column(L::Failures)
            .from(L::Table)
            .and_where(self.of_tenant(L::TenantId))
            .and_where(Expr::col(L::Subject).eq(user.to_string()));
        let rows = self.tx.read(&query).await?;
        let mut tallies = Vec::new();
        for row in &rows {
            let mut row = row.columns();
            let counted = row.json()?;
            let counted: serde_json::Value =
                serde_json::from_str(&counted).map_err(|_| row.corrupt("not JSON"))?;
            tallies.push(moments(&counted));
        }
        Ok(u32::try_from(tallies.into_iter().max().unwrap_or(0)).unwrap_or(u32::MAX))
    }

    async fn purge_devices(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut old = Query::select();
        old.column(C::Fingerprint)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::LastSeenAt).lt(conn::at(before)))
            .limit(conn::limit(limit));
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Fingerprint).in_subquery(old))
            .and_where(Expr::col(C::LastSeenAt).lt(conn::at(before)));
        self.tx.write(&delete).await
    }
}
