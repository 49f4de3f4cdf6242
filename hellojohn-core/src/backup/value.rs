use std::cmp::Ordering;

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value as Json;
use time::OffsetDateTime;

use super::{Kind, Table, json};
use crate::time::Timestamp;

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value {
    /// Nothing.
    Null,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A truth value.
    Boolean(bool),
    /// A point in time.
    Time(Timestamp),
    /// Bytes.
    Bytes(Vec<u8>),
    /// JSON text, made by [`canonical_json`](super::canonical_json).
    Json(String),
}

/// A value that is none of its column's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Misfit {
    /// A row has more or fewer values than its table has columns.
    #[error("a row has {found} values instead of {expected}")]
    Count {
        /// How many columns there are.
        expected: usize,
        /// How many values there are.
        found: usize,
    },
    /// The value is of another kind, or not written in the one form there is.
    #[error("column {column} holds something that is not {kind:?}")]
    Kind {
        /// The column.
        column: String,
        /// What it should hold.
        kind: Kind,
    },
    /// Text with a NUL character, which PostgreSQL cannot keep.
    #[error("column {column} holds a NUL character, which not every database can keep")]
    Nul {
        /// The column.
        column: String,
    },
    /// A time outside of the years 1 to 9999.
    #[error("column {column} holds a time outside of the years 1 to 9999")]
    Time {
        /// The column.
        column: String,
    },
    /// The line is no list of values.
    #[error("a row is not a list of values")]
    Unreadable,
}

/// 0001-01-01 and the last microsecond of 9999, as in the databases.
const FIRST: i64 = -62_135_596_800_000_000;
const LAST: i64 = 253_402_300_799_999_999;

/// The one text of a row.
pub(super) fn encode(table: &Table, row: &[Value]) -> Result<String, Misfit> {
    if row.len() != table.columns.len() {
        return Err(Misfit::Count {
            expected: table.columns.len(),
            found: row.len(),
        });
    }
    let mut items = Vec::with_capacity(row.len());
    for (column, value) in table.columns.iter().zip(row) {
        let name = || column.name.clone();
        let item = match (column.kind, value) {
            (_, Value::Null) => Json::Null,
            (Kind::Text, Value::Text(text)) | (Kind::Json, Value::Json(text)) => {
                if text.contains('\0') {
                    return Err(Misfit::Nul { column: name() });
                }
                text.as_str().into()
            }
            (Kind::Integer, Value::Integer(number)) => (*number).into(),
            (Kind::Boolean, Value::Boolean(flag)) => (*flag).into(),
            (Kind::Time, Value::Time(at)) => written(*at)
                .ok_or_else(|| Misfit::Time { column: name() })?
                .into(),
            (Kind::Bytes, Value::Bytes(bytes)) => BASE64URL_NOPAD.encode(bytes).into(),
            (kind, _) => {
                return Err(Misfit::Kind {
                    column: name(),
                    kind,
                });
            }
        };
        items.push(item);
    }
    Ok(Json::Array(items).to_string())
}

/// Reads what `encode` wrote, and nothing else.
pub(super) fn decode(table: &Table, text: &str) -> Result<Vec<Value>, Misfit> {
    let items: Vec<Json> = serde_json::from_str(text).map_err(|_| Misfit::Unreadable)?;
    if items.len() != table.columns.len() {
        return Err(Misfit::Count {
            expected: table.columns.len(),
            found: items.len(),
        });
    }
    let mut row = Vec::with_capacity(items.len());
    for (column, item) in table.columns.iter().zip(items) {
        let value = read(column.kind, item).ok_or_else(|| Misfit::Kind {
            column: column.name.clone(),
            kind: column.kind,
        })?;
        row.push(value);
    }
    if encode(table, &row)? == text {
        Ok(row)
    } else {
        Err(Misfit::Unreadable)
    }
}

fn read(kind: Kind, item: Json) -> Option<Value> {
    Some(match (kind, item) {
        (_, Json::Null) => Value::Null,
        (Kind::Text, Json::String(text)) => Value::Text(text),
        (Kind::Integer, Json::Number(number)) => Value::Integer(number.as_i64()?),
        (Kind::Boolean, Json::Bool(flag)) => Value::Boolean(flag),
        (Kind::Time, Json::String(text)) => Value::Time(text.parse().ok()?),
        (Kind::Bytes, Json::String(text)) => {
            Value::Bytes(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?)
        }
        (Kind::Json, Json::String(text)) => {
            Value::Json(json::canonical(&text).ok().filter(|one| *one == text)?)
        }
        _ => return None,
    })
}

/// RFC 3339 in UTC with all six decimal places.
fn written(at: Timestamp) -> Option<String> {
    let micros = at.as_micros();
    if !(FIRST..=LAST).contains(&micros) {
        return None;
    }
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).ok()?;
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.microsecond()
    ))
}

impl Value {
    /// A value as it may be told to people; secrets are never part of a primary key.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Text(text) | Self::Json(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Boolean(flag) => flag.to_string(),
            Self::Time(at) => at.to_string(),
            Self::Bytes(bytes) => BASE64URL_NOPAD.encode(bytes),
        }
    }
}

/// The order of primary keys: text and bytes byte by byte, as both databases are asked for it.
pub(super) fn compare(left: &[Value], right: &[Value]) -> Ordering {
    left.iter()
        .zip(right)
        .map(|(left, right)| compare_one(left, right))
        .find(|order| order.is_ne())
        .unwrap_or_else(|| left.len().cmp(&right.len()))
}

fn compare_one(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) | (Value::Json(left), Value::Json(right)) => {
            left.as_bytes().cmp(right.as_bytes())
        }
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        (Value::Time(left), Value::Time(right)) => left.cmp(right),
        (Value::Bytes(left), Value::Bytes(right)) => left.cmp(right),
        (left, right) => rank(left).cmp(&rank(right)),
    }
}

const fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Boolean(_) => 1,
        Value::Integer(_) => 2,
        Value::Time(_) => 3,
        Value::Text(_) => 4,
        Value::Bytes(_) => 5,
        Value::Json(_) => 6,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::backup::Column;

    fn table() -> Table {
        let kinds = [
            Kind::Text,
            Kind::Integer,
            Kind::Boolean,
            Kind::Time,
            Kind::Bytes,
            Kind::Json,
        ];
        Table {
            name: "hj_all".to_owned(),
            columns: kinds
                .into_iter()
                .enumerate()
                .map(|(at, kind)| Column {
                    name: format!("c{at}"),
                    kind,
                })
                .collect(),
            primary_key: Vec::new(),
            references: Vec::new(),
        }
    }

    fn row(text: &str, number: i64, micros: i64, bytes: &[u8]) -> Vec<Value> {
        vec![
            Value::Text(text.to_owned()),
            Value::Integer(number),
            Value::Boolean(number % 2 == 0),
            Value::Time(Timestamp::from_micros(micros)),
            Value::Bytes(bytes.to_vec()),
            Value::Json(format!("{{\"n\":{number}}}")),
        ]
    }

    proptest! {
        #[test]
        fn a_row_reads_back(
            text in "[^\0]*",
            number: i64,
            micros in FIRST..=LAST,
            bytes: Vec<u8>,
        ) {
            let row = row(&text, number, micros, &bytes);
            let line = encode(&table(), &row).unwrap();
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(decode(&table(), &line).unwrap(), row);
        }
    }

    #[test]
    fn nothing_is_not_the_empty_text() {
        let nothing = vec![Value::Null; 6];
        let empty = row("", 0, FIRST, b"");
        let line = encode(&table(), &nothing).unwrap();
        assert_eq!(line, "[null,null,null,null,null,null]");
        assert_eq!(decode(&table(), &line).unwrap(), nothing);
        let line = encode(&table(), &empty).unwrap();
        assert_eq!(
            line,
            r#"["",0,true,"0001-01-01T00:00:00.000000Z","","{\"n\":0}"]"#
        );
        assert_eq!(decode(&table(), &line).unwrap(), empty);
    }

    #[test]
    fn what_not_every_database_keeps_is_refused() {
        let refused = |row: Vec<Value>| encode(&table(), &row).unwrap_err();
        assert!(matches!(
            refused(row("a\0b", 0, 0, b"")),
            Misfit::Nul { .. }
        ));
        assert!(matches!(
            refused(row("", 0, LAST + 1, b"")),
            Misfit::Time { .. }
        ));
        assert!(matches!(refused(vec![]), Misfit::Count { .. }));
    }

    #[test]
    fn only_one_text_stands_for_a_row() {
        let line = encode(&table(), &row("é", 1, 0, b"x")).unwrap();
        for other in [
            line.replace("é", "\\u00e9"),
            line.replace(",1,", ", 1,"),
            line.replace(",1,", ",1.0,"),
            line.replace(".000000Z", "Z"),
            line.replace("{\\\"n\\\":1}", "{\\\"n\\\": 1}"),
            line.replace("false", "0"),
        ] {
            assert_ne!(other, line);
            assert!(decode(&table(), &other).is_err(), "{other}");
        }
    }
}
