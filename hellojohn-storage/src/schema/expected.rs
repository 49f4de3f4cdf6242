//! The schema this build expects.

use std::sync::LazyLock;

use hellojohn_core::store::StoreError;

use super::Schema;
use crate::conn::Target;

/// What the migrations of PostgreSQL make.
static POSTGRES: LazyLock<Result<Schema, serde_json::Error>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../migrations/postgres/schema.json")));

/// What the migrations of SQLite make.
#[cfg(feature = "sqlite")]
static SQLITE: LazyLock<Result<Schema, serde_json::Error>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../migrations/sqlite/schema.json")));

/// The schema this build expects of a database.
pub(crate) fn expected(target: &Target) -> Result<&'static Schema, StoreError> {
    read(match target {
        #[cfg(feature = "postgres")]
        Target::Postgres { .. } => &POSTGRES,
        #[cfg(feature = "sqlite")]
        Target::Sqlite(_) => &SQLITE,
    })
}

/// Where the kinds of columns are known from: SQLite's types do not tell a time from a number.
pub(super) fn kinds() -> Result<&'static Schema, StoreError> {
    read(&POSTGRES)
}

/// Without an expectation everything of ours would seem to be unexpected.
fn read(embedded: &LazyLock<Result<Schema, serde_json::Error>>) -> Result<&Schema, StoreError> {
    let unreadable = |error| StoreError::Corrupt(format!("the schema this build expects: {error}"));
    embedded.as_ref().map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_can_be_read() {
        assert!(read(&POSTGRES).unwrap().table("hj_user").is_some());
        #[cfg(feature = "sqlite")]
        assert!(read(&SQLITE).unwrap().table("hj_user").is_some());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_no_empty_schema() {
        let broken: LazyLock<Result<Schema, serde_json::Error>> =
            LazyLock::new(|| serde_json::from_str("{"));
        assert!(matches!(read(&broken), Err(StoreError::Corrupt(_))));
    }
}
