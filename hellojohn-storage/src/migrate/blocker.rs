use std::time::Duration;

use hellojohn_core::{store::StoreError, time::Timestamp};

use super::statement::summary;
use crate::conn::{Direct, Row};

/// A session of the database that is in the way of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blocker {
    /// The process of the database server.
    pub pid: i64,
    /// How long ago its last query began.
    pub age: Option<Duration>,
    /// When its last query began.
    pub query_start: Option<Timestamp>,
    /// `active`, `idle in transaction`, …
    pub state: Option<String>,
    /// The beginning of its last query, without literals.
    pub query: String,
}

/// Who keeps a session waiting. `conn` is another one, and only looks.
pub(super) async fn blocking(conn: &mut Direct, pid: i64) -> Result<Vec<Blocker>, StoreError> {
    sessions(conn, &format!("pid = ANY (pg_blocking_pids({pid}))")).await
}

/// Who holds the lock of the migrations.
pub(super) async fn migrating(conn: &mut Direct) -> Result<Vec<Blocker>, StoreError> {
    let holders = Direct::holders_of_lock();
    sessions(
        conn,
        &format!("pid IN ({holders}) AND pid <> pg_backend_pid()"),
    )
    .await
}

async fn sessions(conn: &mut Direct, which: &str) -> Result<Vec<Blocker>, StoreError> {
    if !conn.has_sessions() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT pid::bigint, (extract(epoch FROM clock_timestamp() - query_start) * 1000)::bigint, \
         query_start, state, left(query, 2000) FROM pg_stat_activity WHERE {which} ORDER BY query_start"
    );
    conn.ask(&sql).await?.iter().map(blocker).collect()
}

fn blocker(row: &Row) -> Result<Blocker, StoreError> {
    let mut row = row.columns();
    Ok(Blocker {
        pid: row.int()?,
        age: row
            .opt_int()?
            .and_then(|millis| u64::try_from(millis).ok())
            .map(Duration::from_millis),
        query_start: row.opt_at()?,
        state: row.opt_text()?,
        query: summary(&row.opt_text()?.unwrap_or_default()),
    })
}
