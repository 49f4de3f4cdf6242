use async_trait::async_trait;
use hellojohn_core::{
    id::UserId,
    mfa::CodeAttempts,
    store::{CodeAttemptStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, LockType, OnConflict, Query};
use serde_json::{Map, Value, json};

use crate::{conn, tables::HjLockout as C, unit::SqlUnit};

/// The authenticator whose failures these are: codes of every kind together (R127, N22).
const CODES: &str = "otp";
/// From everywhere.
const ANY_NETWORK: &str = "";
/// The row is a list of moments, and never locks anything by itself.
const STAGE: &str = "open";

fn write(attempts: &CodeAttempts) -> Map<String, Value> {
    let times: Vec<i64> = attempts.times().iter().map(|at| at.as_micros()).collect();
    Map::from_iter([("at".to_owned(), json!(times))])
}

fn read(object: &Map<String, Value>) -> CodeAttempts {
    let times = object.get("at").and_then(Value::as_array);
    let times = times.into_iter().flatten().filter_map(Value::as_i64);
    CodeAttempts::new(times.map(Timestamp::from_micros).collect())
}

impl SqlUnit {
    fn codes_of(&self, user: UserId) -> Expr {
        self.of_tenant(C::TenantId)
            .and(Expr::col(C::Subject).eq(user.to_string()))
            .and(Expr::col(C::Authenticator).eq(CODES))
            .and(Expr::col(C::Network).eq(ANY_NETWORK))
    }
}

#[async_trait]
impl CodeAttemptStore for SqlUnit {
    async fn code_attempts_for_update(
        &mut self,
        user: UserId,
        now: Timestamp,
    ) -> Result<CodeAttempts, StoreError> {
        // A row that is not there cannot be locked.
        let mut insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Subject, conn::text(user.to_string())),
                (C::Authenticator, conn::text(CODES)),
                (C::Network, conn::text(ANY_NETWORK)),
                (C::Failures, conn::json(&write(&CodeAttempts::default()))),
                (C::Stage, conn::text(STAGE)),
                (C::UpdatedAt, conn::at(now)),
            ],
        )?;
        let key = [C::TenantId, C::Subject, C::Authenticator, C::Network];
        insert.on_conflict(OnConflict::columns(key).do_nothing().to_owned());
        self.tx.write(&insert).await?;
        let mut query = Query::select();
        query
            .column(C::Failures)
            .from(C::Table)
            .and_where(self.codes_of(user))
            .lock(LockType::Update);
        let rows = self.tx.write_returning(&query).await?;
        let stored = rows.first().map(|row| row.columns().object()).transpose()?;
        Ok(read(&stored.unwrap_or_default()))
    }

    async fn put_code_attempts(
        &mut self,
        user: UserId,
        attempts: &CodeAttempts,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Failures, conn::json(&write(attempts)))
            .value(C::UpdatedAt, conn::at(now))
            .and_where(self.codes_of(user));
        self.tx.write(&update).await.map(drop)
    }
}
