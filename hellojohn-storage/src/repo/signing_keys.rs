use async_trait::async_trait;
use hellojohn_core::{
    signing_key::SigningKey,
    store::{SigningKeyStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, OnConflict, Order, Query, Value};

use crate::{
    conn::{self, Row},
    tables::CpSigningKey as C,
    unit::ControlSqlUnit,
};

fn read(row: &Row) -> Result<SigningKey, StoreError> {
    let mut row = row.columns();
    Ok(SigningKey {
        id: row.text()?,
        purpose: row.parse()?,
        public_key: row.opt_bytes()?,
        sealed: row.text()?,
        created_at: row.at()?,
        active_from: row.opt_at()?,
        retired_at: row.opt_at()?,
    })
}

impl ControlSqlUnit {
    /// Sets one time of a key that is not retired; says whether there is such a key.
    async fn set_key_time(
        &mut self,
        id: &str,
        column: C,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(column, conn::at(at))
            .and_where(Expr::col(C::Id).eq(id))
            .and_where(Expr::col(C::RetiredAt).is_null());
        Ok(self.tx.write(&update).await? > 0)
    }
}

#[async_trait]
impl SigningKeyStore for ControlSqlUnit {
    async fn signing_keys(&mut self) -> Result<Vec<SigningKey>, StoreError> {
        let mut query = Query::select();
        query
            .columns([
                C::Id,
                C::Purpose,
                C::PublicKey,
                C::Sealed,
                C::CreatedAt,
                C::ActiveFrom,
                C::RetiredAt,
            ])
            .from(C::Table)
            .order_by(C::CreatedAt, Order::Asc)
            .order_by(C::Id, Order::Asc);
        self.tx.read(&query).await?.iter().map(read).collect()
    }

    async fn insert_signing_key(&mut self, key: &SigningKey) -> Result<bool, StoreError> {
        let public_key = key.public_key.map(|bytes| bytes.to_vec());
        let mut insert = conn::insert(
            C::Table,
            [
                (C::Id, conn::text(&key.id)),
                (C::Purpose, conn::text(key.purpose.as_str())),
                (C::PublicKey, Value::Bytes(public_key)),
                (C::Sealed, conn::text(&key.sealed)),
                (C::CreatedAt, conn::at(key.created_at)),
                (C::ActiveFrom, conn::opt_at(key.active_from)),
                (C::RetiredAt, conn::opt_at(key.retired_at)),
            ],
        )?;
        insert.on_conflict(OnConflict::column(C::Id).do_nothing().to_owned());
        Ok(self.tx.write(&insert).await? > 0)
    }

    async fn activate_signing_key(
        &mut self,
        id: &str,
        from: Timestamp,
    ) -> Result<bool, StoreError> {
        self.set_key_time(id, C::ActiveFrom, from).await
    }

    async fn retire_signing_key(&mut self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        self.set_key_time(id, C::RetiredAt, at).await
    }

    async fn lock_signing_keys(&mut self) -> Result<(), StoreError> {
        self.tx.lock_table("cp_signing_key").await
    }
}
