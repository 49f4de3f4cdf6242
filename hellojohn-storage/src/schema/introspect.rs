//! Reading the schema of a live database.

use hellojohn_core::{backup::DatabaseKind, store::StoreError};
use sea_query::{Expr, Query};

use super::{Schema, expected::kinds, sqlite};
use crate::conn::Direct;

const POSTGRES: &str = include_str!("postgres.sql");
const SQLITE: &str = include_str!("sqlite.sql");

/// The schema as the transaction of this connection sees it. Changes nothing.
pub(crate) async fn introspect(conn: &mut Direct) -> Result<Schema, StoreError> {
    let mut query = Query::select();
    query.expr(Expr::cust(conn.choose(POSTGRES, SQLITE)));
    let rows = conn.rows(&query).await?;
    let text = rows
        .first()
        .map(|row| row.columns().text())
        .transpose()?
        .unwrap_or_default();
    let unreadable = |error| StoreError::Corrupt(format!("the catalogue of the database: {error}"));
    let mut schema = match conn.kind() {
        DatabaseKind::Sqlite => sqlite::schema(&text)
            .map_err(unreadable)?
            .with_kinds_of(kinds()?),
        DatabaseKind::Postgres => serde_json::from_str(&text).map_err(unreadable)?,
    };
    schema.sort();
    Ok(schema)
}
