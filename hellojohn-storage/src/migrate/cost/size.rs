use std::{fmt, time::Duration};

use hellojohn_core::store::StoreError;

use crate::{
    conn::{Direct, Row, quote},
    migrate::Threshold,
};

/// How large a table is now, as far as it could be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) rows: Option<u64>,
    pub(super) bytes: Option<u64>,
}

/// Up to here rows are counted; above, the statistics say about how many there are.
const COUNTED: i64 = 16 << 20;

impl Size {
    pub(super) const EMPTY: Self = Self {
        rows: Some(0),
        bytes: Some(0),
    };

    const UNKNOWN: Self = Self {
        rows: None,
        bytes: None,
    };

    pub(super) fn is_above(self, threshold: Threshold) -> bool {
        self.rows.is_some_and(|rows| rows > threshold.rows)
            || self.bytes.is_some_and(|bytes| bytes > threshold.bytes)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.rows, self.bytes) {
            (Some(rows), Some(bytes)) => write!(f, "{rows} rows, {} MB", bytes / 1_000_000),
            (Some(rows), None) => write!(f, "{rows} rows"),
            (None, Some(bytes)) => write!(f, "{} MB", bytes / 1_000_000),
            (None, None) => f.write_str("of unknown size"),
        }
    }
}

/// Measures a table; one that is not there yet is empty.
pub(super) async fn measure(conn: &mut Direct, table: &str) -> Size {
    if conn.has_sessions() {
        on_postgres(conn, table).await
    } else {
        on_sqlite(conn, table).await
    }
}

/// Looking takes a lock too, if a weak one; behind a strong one the statistics have to do.
async fn on_postgres(conn: &mut Direct, table: &str) -> Size {
    let exact = numbers(
        conn,
        "reltuples::bigint, pg_total_relation_size(oid)::bigint",
        table,
    );
    let mut found = exact.await;
    if found.is_err() {
        found = numbers(conn, "reltuples::bigint, relpages::bigint * 8192", table).await;
    }
    let Ok(rows) = found else {
        return Size::UNKNOWN;
    };
    let Some(row) = rows.first() else {
        return Size::EMPTY;
    };
    let mut row = row.columns();
    let (tuples, bytes) = (row.int().unwrap_or(-1), row.int().unwrap_or(0));
    let mut rows = u64::try_from(tuples).ok();
    if bytes <= COUNTED {
        let counted = briefly(
            conn,
            &format!("SELECT count(*) FROM {}", quote::name(table)),
        )
        .await;
        let counted = counted.ok().and_then(|answer| first_number(&answer));
        rows = counted.or(rows);
    }
    let bytes = u64::try_from(bytes).ok();
    Size { rows, bytes }
}

async fn numbers(conn: &mut Direct, what: &str, table: &str) -> Result<Vec<Row>, StoreError> {
    let table = quote::regclass(table);
    let sql = format!("SELECT {what} FROM pg_class WHERE oid = to_regclass({table})");
    briefly(conn, &sql).await
}

/// Asks in a transaction that does not wait long.
async fn briefly(conn: &mut Direct, sql: &str) -> Result<Vec<Row>, StoreError> {
    conn.begin_step(Duration::from_millis(500), Duration::from_secs(5))
        .await?;
    let answer = conn.ask(sql).await;
    conn.undo_step().await?;
    answer
}

async fn on_sqlite(conn: &mut Direct, table: &str) -> Size {
    let there = format!(
        "SELECT count(*) FROM sqlite_master WHERE name = {}",
        quote::literal(table)
    );
    if number(conn, &there).await == Some(0) {
        return Size::EMPTY;
    }
    let pages = format!(
        "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = TRUE AND name IN \
         (SELECT name FROM sqlite_master WHERE tbl_name = {})",
        quote::literal(table)
    );
    Size {
        rows: number(
            conn,
            &format!("SELECT count(*) FROM {}", quote::name(table)),
        )
        .await,
        bytes: number(conn, &pages).await,
    }
}

/// The table an index belongs to.
pub(super) async fn table_of(conn: &mut Direct, index: &str) -> Option<String> {
    let sql = if conn.has_sessions() {
        format!(
            "SELECT relname::text FROM pg_class JOIN pg_index ON indrelid = oid \
             WHERE indexrelid = to_regclass({})",
            quote::regclass(index)
        )
    } else {
        format!(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND name = {}",
            quote::literal(index)
        )
    };
    first_text(conn, &sql).await
}

/// The largest table of the schema we work in.
pub(super) async fn largest_table(conn: &mut Direct) -> Option<String> {
    if !conn.has_sessions() {
        return None;
    }
    let sql = "SELECT relname::text FROM pg_class WHERE relkind = 'r' \
               AND relnamespace = current_schema()::regnamespace ORDER BY relpages DESC, reltuples DESC LIMIT 1";
    first_text(conn, sql).await
}

async fn first_text(conn: &mut Direct, sql: &str) -> Option<String> {
    let rows = conn.ask(sql).await.ok()?;
    rows.first()?.columns().text().ok()
}

async fn number(conn: &mut Direct, sql: &str) -> Option<u64> {
    first_number(&conn.ask(sql).await.ok()?)
}

fn first_number(rows: &[Row]) -> Option<u64> {
    u64::try_from(rows.first()?.columns().int().ok()?).ok()
}
