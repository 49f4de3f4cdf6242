//! The schema this build expects.

use std::sync::LazyLock;

use super::Schema;
use crate::conn::Target;

/// What the migrations of PostgreSQL make.
static POSTGRES: LazyLock<Schema> =
    LazyLock::new(|| read(include_str!("../../migrations/postgres/schema.json")));

/// What the migrations of SQLite make.
#[cfg(feature = "sqlite")]
static SQLITE: LazyLock<Schema> =
    LazyLock::new(|| read(include_str!("../../migrations/sqlite/schema.json")));

/// The schema this build expects of a database.
pub(crate) fn expected(target: &Target) -> &'static Schema {
    match target {
        #[cfg(feature = "postgres")]
        Target::Postgres { .. } => &POSTGRES,
        #[cfg(feature = "sqlite")]
        Target::Sqlite(_) => &SQLITE,
    }
}

/// Where the kinds of columns are known from: SQLite's types do not tell a time from a number.
pub(super) fn kinds() -> &'static Schema {
    &POSTGRES
}

/// Reads an embedded file; a test proves that both can be read.
fn read(json: &str) -> Schema {
    serde_json::from_str(json).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_can_be_read() {
        assert!(POSTGRES.table("hj_user").is_some());
        #[cfg(feature = "sqlite")]
        assert!(SQLITE.table("hj_user").is_some());
    }
}
