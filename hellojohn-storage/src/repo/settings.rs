use async_trait::async_trait;
use hellojohn_core::{
    store::{SettingStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, InsertStatement, OnConflict, Query};

use crate::{conn, tables::CpSetting as C, unit::ControlSqlUnit};

fn row(name: &str, value: &str, now: Timestamp) -> Result<InsertStatement, StoreError> {
    conn::insert(
        C::Table,
        [
            (C::Name, conn::text(name)),
            (C::Value, conn::text(value)),
            (C::UpdatedAt, conn::at(now)),
        ],
    )
}

#[async_trait]
impl SettingStore for ControlSqlUnit {
    async fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        let mut query = Query::select();
        query
            .column(C::Value)
            .from(C::Table)
            .and_where(Expr::col(C::Name).eq(name));
        let row = self.tx.read_one(&query).await?;
        row.map(|row| row.columns().text()).transpose()
    }

    async fn init_setting(
        &mut self,
        name: &str,
        value: &str,
        now: Timestamp,
    ) -> Result<String, StoreError> {
        let mut insert = row(name, value, now)?;
        insert.on_conflict(OnConflict::column(C::Name).do_nothing().to_owned());
        self.tx.write(&insert).await?;
        Ok(self
            .setting(name)
            .await?
            .unwrap_or_else(|| value.to_owned()))
    }

    async fn put_setting(
        &mut self,
        name: &str,
        value: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut insert = row(name, value, now)?;
        insert.on_conflict(
            OnConflict::column(C::Name)
                .update_columns([C::Value, C::UpdatedAt])
                .to_owned(),
        );
        self.tx.write(&insert).await.map(drop)
    }
}
