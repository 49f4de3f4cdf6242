//! Rows on their way out of a statement.

use std::str::FromStr;

use hellojohn_core::{input::Metadata, store::StoreError, time::Timestamp};
use serde_json::Map;
use sqlx::Row as _;

use crate::error::driver;

/// One row of an answer.
pub(crate) enum Row {
    #[cfg(feature = "postgres")]
    Postgres(sqlx::postgres::PgRow),
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::sqlite::SqliteRow),
}

impl Row {
    /// Reads the row's columns from left to right.
    pub(crate) const fn columns(&self) -> Columns<'_> {
        Columns { row: self, next: 0 }
    }
}

/// The columns of a row, read in the order they were selected.
pub(crate) struct Columns<'r> {
    row: &'r Row,
    next: usize,
}

/// Reads the next column as a type both drivers know.
macro_rules! next {
    ($self:ident, $type:ty) => {{
        let at = $self.advance();
        match $self.row {
            #[cfg(feature = "postgres")]
            Row::Postgres(row) => row.try_get::<$type, _>(at),
            #[cfg(feature = "sqlite")]
            Row::Sqlite(row) => row.try_get::<$type, _>(at),
        }
        .map_err(driver)
    }};
}

impl Columns<'_> {
    pub(crate) fn text(&mut self) -> Result<String, StoreError> {
        next!(self, String)
    }

    pub(crate) fn opt_text(&mut self) -> Result<Option<String>, StoreError> {
        next!(self, Option<String>)
    }

    pub(crate) fn flag(&mut self) -> Result<bool, StoreError> {
        next!(self, bool)
    }

    pub(crate) fn int(&mut self) -> Result<i64, StoreError> {
        next!(self, i64)
    }

    pub(crate) fn opt_int(&mut self) -> Result<Option<i64>, StoreError> {
        next!(self, Option<i64>)
    }

    pub(crate) fn opt_flag(&mut self) -> Result<Option<bool>, StoreError> {
        next!(self, Option<bool>)
    }

    /// Bytes of any length.
    pub(crate) fn blob(&mut self) -> Result<Vec<u8>, StoreError> {
        let bytes = self.opt_blob()?;
        bytes.ok_or_else(|| self.corrupt("no bytes"))
    }

    /// Bytes of any length, or nothing.
    pub(crate) fn opt_blob(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        next!(self, Option<Vec<u8>>)
    }

    pub(crate) fn opt_bytes<const N: usize>(&mut self) -> Result<Option<[u8; N]>, StoreError> {
        self.opt_blob()?
            .map(|bytes| {
                <[u8; N]>::try_from(bytes)
                    .map_err(|bytes| self.corrupt(&format!("{} bytes instead of {N}", bytes.len())))
            })
            .transpose()
    }

    pub(crate) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let bytes = self.opt_bytes()?;
        bytes.ok_or_else(|| self.corrupt("no bytes"))
    }

    pub(crate) fn opt_at(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let at = self.advance();
        match self.row {
            #[cfg(feature = "postgres")]
            Row::Postgres(row) => row
                .try_get::<Option<time::OffsetDateTime>, _>(at)
                .map(|time| time.map(super::value::micros)),
            #[cfg(feature = "sqlite")]
            Row::Sqlite(row) => row.try_get::<Option<i64>, _>(at),
        }
        .map(|micros| micros.map(Timestamp::from_micros))
        .map_err(driver)
    }

    pub(crate) fn at(&mut self) -> Result<Timestamp, StoreError> {
        let at = self.opt_at()?;
        at.ok_or_else(|| self.corrupt("no time"))
    }

    /// The text of a JSON column.
    pub(crate) fn json(&mut self) -> Result<String, StoreError> {
        let text = self.opt_json()?;
        text.ok_or_else(|| self.corrupt("no JSON"))
    }

    /// The text of a JSON column that may be empty.
    pub(crate) fn opt_json(&mut self) -> Result<Option<String>, StoreError> {
        let at = self.advance();
        match self.row {
            #[cfg(feature = "postgres")]
            Row::Postgres(row) => {
                use sqlx::{ValueRef as _, postgres::PgValueFormat};
                let value = row.try_get_raw(at).map_err(driver)?;
                if value.is_null() {
                    return Ok(None);
                }
                let bytes = value
                    .as_bytes()
                    .map_err(|error| self.corrupt(&error.to_string()))?;
                // The binary form of JSONB is a version byte and the text.
                let text = match value.format() {
                    PgValueFormat::Binary => bytes.strip_prefix(&[1]).unwrap_or(bytes),
                    PgValueFormat::Text => bytes,
                };
                String::from_utf8(text.to_vec())
                    .map(Some)
                    .map_err(|error| self.corrupt(&error.to_string()))
            }
            #[cfg(feature = "sqlite")]
            Row::Sqlite(row) => row.try_get::<Option<String>, _>(at).map_err(driver),
        }
    }

    pub(crate) fn metadata(&mut self) -> Result<Metadata, StoreError> {
        let text = self.json()?;
        Metadata::from_json(&text).ok_or_else(|| self.corrupt("not a JSON object"))
    }

    /// A JSON object.
    pub(crate) fn object(&mut self) -> Result<Map<String, serde_json::Value>, StoreError> {
        let text = self.json()?;
        serde_json::from_str(&text).map_err(|_| self.corrupt("not a JSON object"))
    }

    /// Text that is one of our words, ids or addresses.
    pub(crate) fn parse<T: FromStr>(&mut self) -> Result<T, StoreError> {
        let text = self.text()?;
        text.parse()
            .map_err(|_| self.corrupt(&format!("unexpected text of {} bytes", text.len())))
    }

    /// The same, or nothing.
    pub(crate) fn opt_parse<T: FromStr>(&mut self) -> Result<Option<T>, StoreError> {
        self.opt_text()?
            .map(|text| {
                text.parse()
                    .map_err(|_| self.corrupt(&format!("unexpected text of {} bytes", text.len())))
            })
            .transpose()
    }

    /// Says which column is not readable, without repeating what it holds.
    pub(crate) fn corrupt(&self, what: &str) -> StoreError {
        use sqlx::Column as _;
        let at = self.next.saturating_sub(1);
        let name = match self.row {
            #[cfg(feature = "postgres")]
            Row::Postgres(row) => row.columns().get(at).map(|column| column.name().to_owned()),
            #[cfg(feature = "sqlite")]
            Row::Sqlite(row) => row.columns().get(at).map(|column| column.name().to_owned()),
        };
        StoreError::Corrupt(format!("{}: {what}", name.unwrap_or_default()))
    }

    const fn advance(&mut self) -> usize {
        let at = self.next;
        self.next += 1;
        at
    }
}
