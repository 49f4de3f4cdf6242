//! The seam: the only code that knows which database the URL named.
//!
//! Statements arrive unrendered; each arm renders with its own dialect and runs on its own
//! driver. Only text, bytes, truth values, `i64`, times and JSON cross it. Adding a database
//! is one arm in each file of this folder and one migrations folder.

mod direct;
mod pool;
pub(crate) mod quote;
mod row;
mod target;
mod tx;
mod value;

pub(crate) use direct::{Direct, Lock, is_busy, is_changed, is_duplicate, is_stopped};
pub(crate) use pool::Pool;
pub(crate) use row::{Columns, Row};
pub(crate) use target::Target;
pub(crate) use tx::{Conn, Tx};
pub(crate) use value::{at, bytes, insert, json, json_of, limit, opt_at, opt_text, text};

use hellojohn_core::store::StoreError;
#[cfg(feature = "postgres")]
use sea_query::PostgresQueryBuilder;
#[cfg(feature = "sqlite")]
use sea_query::SqliteQueryBuilder;
use sea_query::{Expr, Query, SelectStatement};
use sea_query_sqlx::SqlxBinder;
use sqlx::AssertSqlSafe;

use crate::error::driver;

/// Whether a connection keeps a statement prepared under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// For the next time.
    Prepared,
    /// Not: the next statement may reach another server connection (PgBouncer, transaction mode).
    Nothing,
}

/// A borrowed connection, for the statements of an embedding application inside a unit of work.
#[derive(Debug)]
#[non_exhaustive]
pub enum Connection<'c> {
    /// To PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(&'c mut sqlx::PgConnection),
    /// To SQLite.
    #[cfg(feature = "sqlite")]
    Sqlite(&'c mut sqlx::SqliteConnection),
}

impl Connection<'_> {
    /// The question whether a table is there.
    pub(crate) fn has_table(&self, table: &'static str) -> SelectStatement {
        let test = match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => format!("to_regclass('{table}') IS NOT NULL"),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => format!(
                "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{table}')"
            ),
        };
        Query::select().expr(Expr::cust(test)).take()
    }

    /// Runs a statement and says how many rows it touched.
    pub(crate) async fn execute(
        self,
        statement: &impl SqlxBinder,
        keep: Keep,
    ) -> Result<u64, StoreError> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => {
                let (sql, values) = statement.build_sqlx(PostgresQueryBuilder);
                let values = value::for_postgres(values)?;
                sqlx::query_with(AssertSqlSafe(sql), values)
                    .persistent(keep == Keep::Prepared)
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
            }
            #[cfg(feature = "sqlite")]
            Self::Sqlite(conn) => {
                let (sql, values) = statement.build_sqlx(SqliteQueryBuilder);
                let values = value::for_sqlite(values)?;
                sqlx::query_with(AssertSqlSafe(sql), values)
                    .persistent(keep == Keep::Prepared)
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
            }
        }
        .map_err(driver)
    }

    /// Runs a statement to its very end and answers its rows.
    ///
    /// Never stops at the first row: a change with `RETURNING` is committed only after the last.
    pub(crate) async fn rows(
        self,
        statement: &impl SqlxBinder,
        keep: Keep,
    ) -> Result<Vec<Row>, StoreError> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => {
                let (sql, values) = statement.build_sqlx(PostgresQueryBuilder);
                let values = value::for_postgres(values)?;
                sqlx::query_with(AssertSqlSafe(sql), values)
                    .persistent(keep == Keep::Prepared)
                    .fetch_all(conn)
                    .await
                    .map(|rows| rows.into_iter().map(Row::Postgres).collect())
            }
            #[cfg(feature = "sqlite")]
            Self::Sqlite(conn) => {
                let (sql, values) = statement.build_sqlx(SqliteQueryBuilder);
                let values = value::for_sqlite(values)?;
                sqlx::query_with(AssertSqlSafe(sql), values)
                    .persistent(keep == Keep::Prepared)
                    .fetch_all(conn)
                    .await
                    .map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
        }
        .map_err(driver)
    }

    /// Runs one statement that is text and says how many rows it touched.
    pub(crate) async fn change(self, sql: &str) -> Result<u64, StoreError> {
        let script = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => script.execute(conn).await.map(|done| done.rows_affected()),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(conn) => script.execute(conn).await.map(|done| done.rows_affected()),
        }
        .map_err(driver)
    }

    /// Answers the rows of one query that is text.
    pub(crate) async fn ask(self, sql: &str) -> Result<Vec<Row>, StoreError> {
        let script = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => script
                .fetch_all(conn)
                .await
                .map(|rows| rows.into_iter().map(Row::Postgres).collect()),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(conn) => script
                .fetch_all(conn)
                .await
                .map(|rows| rows.into_iter().map(Row::Sqlite).collect()),
        }
        .map_err(driver)
    }

    /// Runs plain SQL, any number of statements.
    pub(crate) async fn script(self, sql: &str) -> Result<(), StoreError> {
        let script = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => script.execute(conn).await.map(drop),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(conn) => script.execute(conn).await.map(drop),
        }
        .map_err(driver)
    }
}
