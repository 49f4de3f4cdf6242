//! How many connections, and how long anything may take.

use std::time::Duration;

/// Limits of a [`SqlStore`](crate::SqlStore).
#[derive(Clone, Debug)]
pub struct SqlStoreOptions {
    /// Most connections to PostgreSQL; for SQLite the readers beside its one writer, at most 8.
    pub max_connections: u32,
    /// Connections kept open when nothing happens.
    pub min_connections: u32,
    /// How long to wait for a free connection.
    pub acquire_timeout: Duration,
    /// How long one statement may take.
    pub statement_timeout: Duration,
}

impl Default for SqlStoreOptions {
    fn default() -> Self {
        Self {
            max_connections: 20,
            min_connections: 0,
            acquire_timeout: Duration::from_secs(2),
            statement_timeout: Duration::from_secs(5),
        }
    }
}
