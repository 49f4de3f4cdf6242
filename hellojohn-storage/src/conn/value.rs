//! Values on their way into a statement.

use hellojohn_core::{store::StoreError, time::Timestamp};
use sea_query::{Expr, Iden, InsertStatement, Query, Value};
use sea_query_sqlx::SqlxValues;
use serde_json::Map;
use time::OffsetDateTime;

use crate::error::Misuse;

/// 0001-01-01 and 9999-12-31T23:59:59.999999Z: both databases keep every time between, in order.
const FIRST: i64 = -62_135_596_800_000_000;
const LAST: i64 = 253_402_300_799_999_999;

/// A time.
pub(crate) fn at(at: Timestamp) -> Value {
    opt_at(Some(at))
}

/// A time or nothing.
pub(crate) fn opt_at(at: Option<Timestamp>) -> Value {
    Value::TimeDateTimeWithTimeZone(at.map(|at| {
        let micros = at.as_micros().clamp(FIRST, LAST);
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }))
}

/// Text.
pub(crate) fn text(text: impl Into<String>) -> Value {
    Value::String(Some(text.into()))
}

/// Text or nothing.
pub(crate) fn opt_text(text: Option<&str>) -> Value {
    Value::String(text.map(str::to_owned))
}

/// Bytes.
pub(crate) fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(Some(bytes.to_vec()))
}

/// A JSON object.
pub(crate) fn json(object: &Map<String, serde_json::Value>) -> Value {
    json_of(serde_json::Value::Object(object.clone()))
}

/// Any JSON.
pub(crate) fn json_of(value: serde_json::Value) -> Value {
    Value::Json(Some(Box::new(value)))
}

/// A number of rows both databases understand.
pub(crate) fn limit(rows: u32) -> u64 {
    u64::from(rows)
}

/// One row for a table, each value beside its column.
pub(crate) fn insert<C: Iden + Copy + 'static>(
    table: C,
    row: impl IntoIterator<Item = (C, Value)>,
) -> Result<InsertStatement, StoreError> {
    let (columns, values): (Vec<C>, Vec<Expr>) = row
        .into_iter()
        .map(|(column, value)| (column, Expr::value(value)))
        .unzip();
    let mut statement = Query::insert();
    statement
        .into_table(table)
        .columns(columns)
        .values(values)
        .map_err(|error| Misuse::Statement(error.to_string()))?;
    Ok(statement)
}

/// Refuses what only one database would.
#[cfg(feature = "postgres")]
pub(super) fn for_postgres(values: SqlxValues) -> Result<SqlxValues, StoreError> {
    refuse_nul(&values)?;
    Ok(values)
}

/// Refuses what only one database would, and writes times as microseconds.
#[cfg(feature = "sqlite")]
pub(super) fn for_sqlite(values: SqlxValues) -> Result<SqlxValues, StoreError> {
    refuse_nul(&values)?;
    let values = values.0.0.into_iter().map(|value| match value {
        Value::TimeDateTimeWithTimeZone(at) => Value::BigInt(at.map(micros)),
        other => other,
    });
    Ok(SqlxValues(sea_query::Values(values.collect())))
}

/// Microseconds since the Unix epoch.
pub(super) fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000)).unwrap_or(LAST)
}

/// PostgreSQL keeps no NUL in text or JSON; SQLite would.
fn refuse_nul(values: &SqlxValues) -> Result<(), StoreError> {
    let has_nul = values.0.iter().any(|value| match value {
        Value::String(Some(text)) => text.contains('\0'),
        Value::Json(Some(json)) => json_has_nul(json),
        _ => false,
    });
    if has_nul {
        return Err(Misuse::Nul.into());
    }
    Ok(())
}

fn json_has_nul(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => text.contains('\0'),
        serde_json::Value::Array(items) => items.iter().any(json_has_nul),
        serde_json::Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || json_has_nul(value)),
        _ => false,
    }
}
