use hellojohn_core::store::StoreError;
use sea_query::{Expr, Query};

use crate::{
    conn::{Direct, Target},
    store::SqlStore,
};

/// What is at the other end of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerInfo {
    /// `PostgreSQL` or `SQLite`.
    pub product: &'static str,
    /// Its version, as it tells it.
    pub version: String,
    /// The first number of the version.
    pub major: u32,
    /// Whether this connection is encrypted; of no meaning for SQLite.
    pub encrypted: Option<bool>,
    /// Whether we are its superuser, which is more than is needed; of no meaning for SQLite.
    pub superuser: Option<bool>,
}

impl SqlStore {
    /// Asks the database what it is, on a connection of its own.
    pub async fn server_info(&self) -> Result<ServerInfo, StoreError> {
        let mut conn = Direct::open(self.target()).await?;
        match self.target() {
            #[cfg(feature = "postgres")]
            Target::Postgres { .. } => postgres(&mut conn).await,
            #[cfg(feature = "sqlite")]
            Target::Sqlite(_) => sqlite(&mut conn).await,
        }
    }
}

#[cfg(feature = "postgres")]
async fn postgres(conn: &mut Direct) -> Result<ServerInfo, StoreError> {
    let version = text(conn, "current_setting('server_version')").await?;
    let number = text(conn, "current_setting('server_version_num')").await?;
    let encrypted = text(
        conn,
        "(SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid())",
    )
    .await?;
    let superuser = text(conn, "current_setting('is_superuser')").await?;
    Ok(ServerInfo {
        product: "PostgreSQL",
        version,
        major: number.parse::<u32>().unwrap_or(0) / 10_000,
        encrypted: Some(encrypted == "true"),
        superuser: Some(superuser == "on"),
    })
}

#[cfg(feature = "sqlite")]
async fn sqlite(conn: &mut Direct) -> Result<ServerInfo, StoreError> {
    let version = text(conn, "sqlite_version()").await?;
    let major = version.split('.').next().and_then(|n| n.parse().ok());
    Ok(ServerInfo {
        product: "SQLite",
        version,
        major: major.unwrap_or(0),
        encrypted: None,
        superuser: None,
    })
}

async fn text(conn: &mut Direct, expression: &'static str) -> Result<String, StoreError> {
    let mut query = Query::select();
    query.expr(Expr::cust(expression));
    let rows = conn.rows(&query).await?;
    let text = rows.first().map(|row| row.columns().opt_text()).transpose();
    Ok(text?.flatten().unwrap_or_default())
}
