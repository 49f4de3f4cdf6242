//! Plain SQL past the store.

use hellojohn_storage::sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, postgres::PgConnectOptions,
    raw_sql, sqlite::SqliteConnectOptions,
};

/// Runs any number of statements on a connection of their own.
pub(crate) async fn run_script(url: &str, sql: &str) {
    let script = raw_sql(AssertSqlSafe(sql.to_owned()));
    if url.starts_with("sqlite") {
        let options: SqliteConnectOptions = url.parse().unwrap();
        let mut conn = options.connect().await.unwrap();
        conn.execute(script).await.unwrap();
        conn.close().await.unwrap();
    } else {
        let options: PgConnectOptions = url.parse().unwrap();
        let mut conn = options.connect().await.unwrap();
        conn.execute(script).await.unwrap();
        conn.close().await.unwrap();
    }
}
