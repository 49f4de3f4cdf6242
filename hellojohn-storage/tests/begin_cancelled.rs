//! A `begin()` nobody waits for any more leaves no connection inside a transaction.
//!
//! sqlx 0.9.0 hands such a connection back to its pool with the transaction open: the next
//! borrower works inside it, its writes vanish and its locks stay. That is why nothing but
//! `Pool::begin` in src/conn/pool.rs may call the driver's `begin()`. The driver's fault shows
//! by chance only, so no test waits for it; these hold ours to its promise.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

#[path = "support/databases.rs"]
mod databases;
#[path = "support/migrated.rs"]
mod migrated;

use std::{future::Future, pin::pin, task::Poll, time::Duration};

use hellojohn_core::{
    id::TenantId,
    store::{Access, Store as _},
    time::Timestamp,
};
use hellojohn_storage::{
    SqlStore,
    sqlx::{Connection as _, query_scalar},
};

const CANCELLED: u32 = 400;

/// How many sessions of this database sit in a transaction although all is over.
async fn left_open(url: &str) -> i64 {
    // What is being rolled back just now does not count.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut conn = hellojohn_storage::sqlx::PgConnection::connect(url)
        .await
        .unwrap();
    query_scalar(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
         AND state LIKE 'idle in transaction%'",
    )
    .fetch_one(&mut conn)
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_cancelled_begin_leaves_nothing_open() {
    let db = migrated::postgres().await;
    cancel_many(&db.store).await;
    assert_eq!(left_open(&db.url).await, 0);
    let mut unit = db.store.begin_control(Access::Write).await.unwrap();
    assert!(unit.tenant(tenant()).await.unwrap().is_none());
    unit.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_cancelled_begin_does_not_keep_sqlites_writer() {
    let db = migrated::sqlite().await;
    cancel_many(&db.store).await;
    let mut unit = db.store.begin_control(Access::Write).await.unwrap();
    assert!(unit.tenant(tenant()).await.unwrap().is_none());
    unit.commit().await.unwrap();
}

fn tenant() -> TenantId {
    TenantId::new(Timestamp::from_seconds(1), [1; 10])
}

async fn cancel_many(store: &SqlStore) {
    let mut cancelled = 0;
    for round in 0..CANCELLED {
        let begin = store.begin(tenant(), Access::Write);
        if polled(round % 20, begin).await.is_none() {
            cancelled += 1;
        }
    }
    assert!(
        cancelled > CANCELLED / 10,
        "only {cancelled} were cancelled"
    );
}

/// Polls some work a number of times and then gives up: timers are too coarse for this.
async fn polled<T>(times: u32, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = times;
    std::future::poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await
}
