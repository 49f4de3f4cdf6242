use async_trait::async_trait;

use crate::{seal::places::SealedColumn, store::StoreError};

/// Sealed text of every table, to be sealed anew with another key.
#[async_trait]
pub trait ResealStore: Send {
    /// Rows of a sealed column that do not carry this key's id, by primary key, after `after`.
    async fn sealed_otherwise(
        &mut self,
        column: &SealedColumn,
        key_id: &str,
        after: Option<&RowKey>,
        limit: u32,
    ) -> Result<Vec<SealedRow>, StoreError>;

    /// Replaces the sealed text of a row if it is still what was read, and answers what is there then;
    /// nothing if somebody else has changed the row.
    async fn replace_sealed(
        &mut self,
        column: &SealedColumn,
        row: &SealedRow,
        sealed: &str,
    ) -> Result<Option<String>, StoreError>;

    /// How many values of a column are sealed with which key, by the key's id.
    async fn count_sealed(&mut self, column: &SealedColumn)
    -> Result<Vec<SealedCount>, StoreError>;
}

/// The values of a primary key, in the order of [`SealedColumn::primary_key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowKey(pub Vec<KeyPart>);

/// One value of a primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPart {
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A sealed value and where it is.
#[derive(Clone, Debug)]
pub struct SealedRow {
    /// Its primary key.
    pub key: RowKey,
    /// Its name in [`Place::row`](crate::seal::Place::row).
    pub name: String,
    /// The sealed text.
    pub sealed: String,
}

/// How many values one key seals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedCount {
    /// The key's id; something else where the value is not sealed text.
    pub key_id: String,
    /// How many.
    pub values: u64,
}
