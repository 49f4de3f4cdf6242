use async_trait::async_trait;
use hellojohn_core::{
    id::UserId,
    lockout::{Authenticator, Stage, Tally, Tried},
    store::{LockoutStore, StoreError},
    time::Timestamp,
};
use sea_query::{
    Expr, ExprTrait as _, LockType, OnConflict, Order, Query, SelectStatement, SimpleExpr,
};
use serde_json::json;

use crate::{
    conn::{self, Row},
    error::Misuse,
    tables::{HjDevice, HjLockout as C, HjSession},
    unit::SqlUnit,
};

const LOCKED: [Stage; 2] = [Stage::Hard, Stage::Disabled];
const KEY: [C; 4] = [C::TenantId, C::Subject, C::Authenticator, C::Network];

fn read(row: &Row) -> Result<Tally, StoreError> {
    let mut row = row.columns();
    let network = row.text()?;
    let failures = row.object()?;
    let micros = |value: &serde_json::Value| value.as_i64().map(Timestamp::from_micros);
    let at = failures.get("at").and_then(serde_json::Value::as_array);
    let consecutive = failures
        .get("consecutive")
        .and_then(serde_json::Value::as_u64);
    Ok(Tally {
        network,
        failures: at.into_iter().flatten().filter_map(micros).collect(),
        consecutive: u32::try_from(consecutive.unwrap_or_default()).unwrap_or(u32::MAX),
        lifted_at: failures.get("lifted_at").and_then(micros),
        stage: row.parse()?,
        wait_until: row.opt_at()?,
        locked_at: row.opt_at()?,
    })
}

fn failures(tally: &Tally) -> sea_query::Value {
    let at: Vec<i64> = tally.failures.iter().map(|at| at.as_micros()).collect();
    conn::json_of(json!({
        "at": at,
        "consecutive": tally.consecutive,
        "lifted_at": tally.lifted_at.map(Timestamp::as_micros),
    }))
}

impl SqlUnit {
    fn of_tried(&self, tried: &Tried) -> Expr {
        self.of_tenant(C::TenantId)
            .and(Expr::col(C::Subject).eq(tried.subject.as_str()))
            .and(Expr::col(C::Authenticator).eq(tried.authenticator.as_str()))
    }

    /// In one order everywhere, so that two attempts cannot wait for each other.
    fn tallies(&self, tried: &Tried) -> SelectStatement {
        let mut query = Query::select();
        query
            .columns([C::Network, C::Failures, C::Stage, C::WaitUntil, C::LockedAt])
            .from(C::Table)
            .and_where(self.of_tried(tried))
            .order_by(C::Network, Order::Asc)
            .lock(LockType::Update);
        query
    }

    fn row(&self, tried: &Tried, tally: &Tally, now: Timestamp) -> [SimpleExpr; 9] {
        [
            Expr::value(self.key()),
            Expr::value(tried.subject.as_str()),
            Expr::value(tried.authenticator.as_str()),
            Expr::value(tally.network.as_str()),
            Expr::value(failures(tally)),
            Expr::value(tally.stage.as_str()),
            Expr::value(conn::opt_at(tally.wait_until)),
            Expr::value(conn::opt_at(tally.locked_at)),
            Expr::value(conn::at(now)),
        ]
    }

    /// One statement for all rows, which says itself what becomes of those that are there.
    async fn upsert(
        &mut self,
        tried: &Tried,
        tallies: &[Tally],
        now: Timestamp,
        there: OnConflict,
    ) -> Result<(), StoreError> {
        let mut insert = Query::insert();
        insert.into_table(C::Table).columns([
            C::TenantId,
            C::Subject,
            C::Authenticator,
            C::Network,
            C::Failures,
            C::Stage,
            C::WaitUntil,
            C::LockedAt,
            C::UpdatedAt,
        ]);
        for tally in tallies {
            let row = self.row(tried, tally, now);
            insert
                .values(row)
                .map_err(|error| Misuse::Statement(error.to_string()))?;
        }
        insert.on_conflict(there);
        self.tx.write(&insert).await.map(drop)
    }
}

#[async_trait]
impl LockoutStore for SqlUnit {
    async fn tallies_for_update(
        &mut self,
        tried: &Tried,
        networks: &[&str],
        now: Timestamp,
    ) -> Result<Vec<Tally>, StoreError> {
        let mut networks = networks.to_vec();
        networks.sort_unstable();
        networks.dedup();
        let empty: Vec<Tally> = networks.iter().map(|name| Tally::empty(*name)).collect();
        let keep = OnConflict::columns(KEY).do_nothing().to_owned();
        self.upsert(tried, &empty, now, keep).await?;
        let mut query = self.tallies(tried);
        query.and_where(Expr::col(C::Network).is_in(networks));
        let rows = self.tx.write_returning(&query).await?;
        rows.iter().map(read).collect()
    }

    async fn every_tally_for_update(&mut self, tried: &Tried) -> Result<Vec<Tally>, StoreError> {
        let query = self.tallies(tried);
        let rows = self.tx.write_returning(&query).await?;
        rows.iter().map(read).collect()
    }

    async fn put_tallies(
        &mut self,
        tried: &Tried,
        tallies: &[Tally],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if tallies.is_empty() {
            return Ok(());
        }
        let replace = OnConflict::columns(KEY)
            .update_columns([
                C::Failures,
                C::Stage,
                C::WaitUntil,
                C::LockedAt,
                C::UpdatedAt,
            ])
            .to_owned();
        self.upsert(tried, tallies, now, replace).await
    }

    async fn locked_since(&mut self, user: UserId) -> Result<Option<Timestamp>, StoreError> {
        let mut query = Query::select();
        query
            .column(C::LockedAt)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Subject).eq(user.to_string()))
            .and_where(Expr::col(C::LockedAt).is_not_null())
            .order_by(C::LockedAt, Order::Desc)
            .limit(1);
        let row = self.tx.read_one(&query).await?;
        row.map_or(Ok(None), |row| row.columns().opt_at())
    }

    async fn clear_lockouts(
        &mut self,
        user: UserId,
        authenticators: &[Authenticator],
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let words: Vec<&str> = authenticators.iter().map(|one| one.as_str()).collect();
        let theirs = self
            .of_tenant(C::TenantId)
            .and(Expr::col(C::Subject).eq(user.to_string()))
            .and(Expr::col(C::Authenticator).is_in(words));
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(theirs.clone())
            .and_where(Expr::col(C::LockedAt).is_null());
        self.tx.write(&delete).await?;
        let was_locked = Expr::col(C::Stage).is_in(LOCKED.map(Stage::as_str));
        let mut count = super::counting(C::Table, C::Network);
        count.and_where(theirs.clone()).and_where(was_locked);
        let lifted = self.count(&count).await?;
        let mut open = Query::update();
        open.table(C::Table)
            .value(C::Failures, conn::json(&serde_json::Map::new()))
            .value(C::Stage, Stage::Open.as_str())
            .value(C::WaitUntil, conn::opt_at(None))
            .value(C::UpdatedAt, conn::at(now))
            .and_where(theirs);
        self.tx.write(&open).await?;
        Ok(lifted)
    }

    async fn places_of(
        &mut self,
        user: UserId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let mut sessions = Query::select();
        sessions
            .column(HjSession::IpAddress)
            .from(HjSession::Table)
            .and_where(self.of_tenant(HjSession::TenantId))
            .and_where(Expr::col(HjSession::UserId).eq(user.to_string()))
            .and_where(Expr::col(HjSession::CreatedAt).gt(conn::at(since)))
            .and_where(Expr::col(HjSession::IpAddress).is_not_null())
            .order_by(HjSession::CreatedAt, Order::Desc)
            .limit(conn::limit(limit));
        let mut devices = Query::select();
        devices
            .column(HjDevice::Network)
            .from(HjDevice::Table)
            .and_where(self.of_tenant(HjDevice::TenantId))
            .and_where(Expr::col(HjDevice::UserId).eq(user.to_string()))
            .and_where(Expr::col(HjDevice::LastSeenAt).gt(conn::at(since)))
            .and_where(Expr::col(HjDevice::Network).is_not_null())
            .order_by(HjDevice::LastSeenAt, Order::Desc)
            .limit(conn::limit(limit));
        let mut rows = self.tx.read(&sessions).await?;
        rows.extend(self.tx.read(&devices).await?);
        rows.iter().map(|row| row.columns().text()).collect()
    }

    async fn purge_lockouts(
        &mut self,
        open: Timestamp,
        locked: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let quiet = Expr::col(C::UpdatedAt).lt(conn::at(open));
        let unlocked = Expr::col(C::Stage).is_not_in(LOCKED.map(Stage::as_str));
        let long_quiet = Expr::col(C::UpdatedAt).lt(conn::at(locked));
        let mut old = Query::select();
        old.columns(KEY)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(quiet)
            .and_where(unlocked.or(long_quiet))
            .order_by(C::UpdatedAt, Order::Asc)
            .limit(conn::limit(limit));
        let key = Expr::tuple(KEY.map(Expr::col));
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(key.in_subquery(old));
        self.tx.write(&delete).await
    }
}
