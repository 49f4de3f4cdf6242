//! A look at a database from outside, past the store.

use std::time::Duration;

use hellojohn_storage::sqlx::{
    self, AssertSqlSafe, ConnectOptions as _, Executor as _, PgConnection, Row as _,
    SqliteConnection, postgres::PgConnectOptions, query_scalar, sqlite::SqliteConnectOptions,
};

use crate::databases::Database;

/// A connection of the test's own.
pub(crate) enum Raw {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

impl Raw {
    pub(crate) async fn open(db: &Database) -> Self {
        if is_sqlite(db) {
            let options: SqliteConnectOptions = db.url.parse().unwrap();
            Self::Sqlite(options.connect().await.unwrap())
        } else {
            let options: PgConnectOptions = db.url.parse().unwrap();
            Self::Postgres(options.connect().await.unwrap())
        }
    }

    pub(crate) async fn run(&mut self, sql: &str) {
        let ran = self.tried(sql).await;
        ran.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    /// Asks PostgreSQL again until there are rows, or none.
    pub(crate) async fn until(&mut self, sql: &str, expected: Rows) {
        for _ in 0..1_000 {
            if self.texts(sql, sql).await.is_empty() == (expected == Rows::None) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("never {expected:?}: {sql}");
    }

    /// The last column of what SQLite explains.
    pub(crate) async fn details(&mut self, sql: &str) -> Vec<String> {
        let Self::Sqlite(conn) = self else {
            return Vec::new();
        };
        let rows = conn.fetch_all(AssertSqlSafe(sql.to_owned())).await.unwrap();
        rows.iter().map(|row| row.get("detail")).collect()
    }

    /// Runs what fails.
    pub(crate) async fn fail(&mut self, sql: &str) {
        self.tried(sql).await.unwrap_err();
    }

    /// Runs what may fail.
    pub(crate) async fn tried(&mut self, sql: &str) -> sqlx::Result<()> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Postgres(conn) => conn.execute(sql).await.map(drop),
            Self::Sqlite(conn) => conn.execute(sql).await.map(drop),
        }
    }

    pub(crate) async fn texts(&mut self, postgres: &str, sqlite: &str) -> Vec<String> {
        match self {
            Self::Postgres(conn) => {
                query_scalar(AssertSqlSafe(postgres.to_owned()))
                    .fetch_all(conn)
                    .await
            }
            Self::Sqlite(conn) => {
                query_scalar(AssertSqlSafe(sqlite.to_owned()))
                    .fetch_all(conn)
                    .await
            }
        }
        .unwrap()
    }
}

/// What a query is to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    None,
    Some,
}

pub(crate) fn is_sqlite(db: &Database) -> bool {
    db.url.starts_with("sqlite")
}
