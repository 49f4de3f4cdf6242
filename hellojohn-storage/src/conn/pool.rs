//! Connections kept open, and the one way to begin a transaction on one of them.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use ::metrics::Histogram;
use hellojohn_core::store::{Access, StoreError};
use sea_query_sqlx::SqlxBinder;

use super::{Conn, Connection, Keep, Row, Target, Tx};
use crate::{
    error::{ConnectError, TooSlow, driver, is_broken},
    metrics::{self, Connections},
    options::SqlStoreOptions,
};

/// The connections to one database.
#[derive(Clone)]
pub(crate) struct Pool {
    kind: Kind,
    options: SqlStoreOptions,
    waits: Histogram,
}

#[derive(Clone)]
enum Kind {
    #[cfg(feature = "postgres")]
    Postgres { pool: sqlx::PgPool, pooled: bool },
    /// One writer, because SQLite has one: waiting here is fair and bounded, waiting there is neither.
    #[cfg(feature = "sqlite")]
    Sqlite {
        writer: sqlx::SqlitePool,
        readers: sqlx::SqlitePool,
    },
}

impl Pool {
    /// Connects, and fails at once if that is not possible.
    pub(crate) async fn connect(
        target: &Target,
        options: SqlStoreOptions,
    ) -> Result<Self, ConnectError> {
        let refused = |source: sqlx::Error| ConnectError::Refused {
            scheme: target.scheme().to_owned(),
            source: match source {
                // Without the line of the server's source code that its display adds.
                sqlx::Error::Database(said) => said.message().into(),
                other => Box::new(other),
            },
        };
        let kind = match target {
            #[cfg(feature = "postgres")]
            Target::Postgres {
                options: to,
                pooled,
            } => Kind::Postgres {
                pool: postgres(to.clone(), &options).await.map_err(refused)?,
                pooled: *pooled,
            },
            #[cfg(feature = "sqlite")]
            Target::Sqlite(to) => {
                super::target::create_file(to.get_filename())?;
                sqlite(to, &options).await.map_err(refused)?
            }
        };
        Ok(Self {
            kind,
            options,
            waits: metrics::waits(),
        })
    }

    /// Begins a transaction.
    ///
    /// The only place that may: a `begin()` of sqlx 0.9.0 that is cancelled half-way gives its
    /// connection back inside a live transaction. A task of its own is not cancelled with us,
    /// and a transaction nobody waits for any more is dropped whole, which rolls it back.
    pub(crate) async fn begin(&self, access: Access) -> Result<Tx, StoreError> {
        let pool = self.clone();
        tokio::spawn(async move { pool.begin_uncancelled(access).await })
            .await
            .map_err(|stopped| StoreError::Unavailable(Box::new(stopped)))?
    }

    async fn begin_uncancelled(&self, access: Access) -> Result<Tx, StoreError> {
        let started = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            match self.begin_once(access).await {
                Ok(conn) => {
                    self.waits.record(started.elapsed().as_secs_f64());
                    return Ok(Tx::new(conn, access, self.patience(), self.keep()));
                }
                // Connections from before a restart of the database; nothing was done on them yet.
                Err(error)
                    if is_broken(&error) && started.elapsed() < self.options.acquire_timeout =>
                {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_millis(100));
                }
                Err(error) => return Err(driver(error)),
            }
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "called by `begin` alone, in its own task"
    )]
    async fn begin_once(&self, access: Access) -> Result<Conn, sqlx::Error> {
        match &self.kind {
            #[cfg(feature = "postgres")]
            Kind::Postgres { pool, .. } => {
                let begin = begin_postgres(access, self.options.statement_timeout);
                let begin = pool.begin_with(sqlx::AssertSqlSafe(begin));
                let limit = self.options.acquire_timeout + self.options.statement_timeout;
                tokio::time::timeout(limit, begin)
                    .await
                    .unwrap_or(Err(sqlx::Error::PoolTimedOut))
                    .map(Conn::Postgres)
            }
            #[cfg(feature = "sqlite")]
            Kind::Sqlite { writer, readers } => match access {
                Access::Read => readers.begin().await,
                Access::Write => writer.begin_with("BEGIN IMMEDIATE").await,
            }
            .map(Conn::Sqlite),
        }
    }

    /// Runs one reading statement on its own, in one round trip.
    pub(crate) async fn read(&self, statement: &impl SqlxBinder) -> Result<Vec<Row>, StoreError> {
        match self.single(statement, Access::Read).await {
            // The connection may have been from before a restart; reading twice harms nobody.
            Err(StoreError::Unavailable(error)) if was_broken(&*error) => {
                self.single(statement, Access::Read).await
            }
            done => done,
        }
    }

    /// Runs one changing statement on its own, in one round trip; durable when it answers.
    pub(crate) async fn write(&self, statement: &impl SqlxBinder) -> Result<Vec<Row>, StoreError> {
        self.single(statement, Access::Write).await
    }

    async fn single(
        &self,
        statement: &impl SqlxBinder,
        access: Access,
    ) -> Result<Vec<Row>, StoreError> {
        match &self.kind {
            #[cfg(feature = "postgres")]
            Kind::Postgres { pooled: true, .. } => {
                let mut tx = self.begin(access).await?;
                let rows = match access {
                    Access::Read => tx.read(statement).await?,
                    Access::Write => tx.write_returning(statement).await?,
                };
                tx.commit().await?;
                Ok(rows)
            }
            #[cfg(feature = "postgres")]
            Kind::Postgres { pool, .. } => {
                let mut conn = self.waiting(pool.acquire()).await?;
                let rows = Connection::Postgres(&mut conn).rows(statement, self.keep());
                let Ok(rows) = tokio::time::timeout(self.options.statement_timeout, rows).await
                else {
                    // It may still be at work for us: nobody else shall wait behind that.
                    conn.close_on_drop();
                    return Err(TooSlow.into());
                };
                rows
            }
            #[cfg(feature = "sqlite")]
            Kind::Sqlite { writer, readers } => {
                let pool = match access {
                    Access::Read => readers,
                    Access::Write => writer,
                };
                let mut conn = self.waiting(pool.acquire()).await?;
                let rows = Connection::Sqlite(&mut conn).rows(statement, self.keep());
                within(self.patience(), rows).await
            }
        }
    }

    /// Waits for a connection, and notes for how long.
    async fn waiting<C>(
        &self,
        acquire: impl Future<Output = Result<C, sqlx::Error>>,
    ) -> Result<C, StoreError> {
        let started = Instant::now();
        let conn = acquire.await.map_err(driver)?;
        self.waits.record(started.elapsed().as_secs_f64());
        Ok(conn)
    }

    /// How many connections there are; a SQLite database has its writer beside the readers.
    pub(crate) fn connections(&self) -> Connections {
        match &self.kind {
            #[cfg(feature = "postgres")]
            Kind::Postgres { pool, .. } => counted(pool),
            #[cfg(feature = "sqlite")]
            Kind::Sqlite { writer, readers } => {
                let (writer, readers) = (counted(writer), counted(readers));
                Connections {
                    open: writer.open + readers.open,
                    idle: writer.idle + readers.idle,
                    most: writer.most + readers.most,
                }
            }
        }
    }

    /// Closes every connection, after what is under way on it.
    pub(crate) async fn close(&self) {
        match &self.kind {
            #[cfg(feature = "postgres")]
            Kind::Postgres { pool, .. } => pool.close().await,
            #[cfg(feature = "sqlite")]
            Kind::Sqlite { writer, readers } => {
                // The last one to leave folds the write-ahead log into the file; a reader cannot.
                readers.close().await;
                writer.close().await;
            }
        }
    }

    const fn keep(&self) -> Keep {
        match &self.kind {
            #[cfg(feature = "postgres")]
            Kind::Postgres { pooled: true, .. } => Keep::Nothing,
            _ => Keep::Prepared,
        }
    }

    /// PostgreSQL ends a statement of a transaction itself; this is for when it cannot even say so.
    fn patience(&self) -> Duration {
        self.options.statement_timeout + Duration::from_secs(1)
    }
}

fn counted<D: sqlx::Database>(pool: &sqlx::Pool<D>) -> Connections {
    Connections {
        open: pool.size(),
        idle: u32::try_from(pool.num_idle()).unwrap_or(u32::MAX),
        most: pool.options().get_max_connections(),
    }
}

/// Gives up on a database that does not answer.
pub(super) async fn within<T>(
    patience: Duration,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    tokio::time::timeout(patience, work)
        .await
        .unwrap_or_else(|_| Err(TooSlow.into()))
}

fn was_broken(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    error.downcast_ref::<sqlx::Error>().is_some_and(is_broken)
}

/// One message: the limit costs no round trip of its own and holds behind PgBouncer too.
#[cfg(feature = "postgres")]
fn begin_postgres(access: Access, statement_timeout: Duration) -> String {
    let mode = match access {
        // One snapshot for the whole unit, as SQLite gives it: a list and its count agree.
        Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        Access::Write => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    };
    let millis = statement_timeout.as_millis();
    format!("{mode}; SET LOCAL statement_timeout = {millis}")
}

#[cfg(feature = "postgres")]
async fn postgres(
    to: sqlx::postgres::PgConnectOptions,
    options: &SqlStoreOptions,
) -> sqlx::Result<sqlx::PgPool> {
    use sqlx::Connection as _;
    // The pool keeps a refused connection to itself and tries until its time is over; the caller
    // decides about that, and says why.
    sqlx::PgConnection::connect_with(&to).await?.close().await?;
    sqlx::postgres::PgPoolOptions::new()
        .max_connections(options.max_connections.max(1))
        .min_connections(options.min_connections)
        .acquire_timeout(options.acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move {
                if meta.idle_for > Duration::from_secs(1) {
                    // An error discards the connection and takes another one.
                    tokio::time::timeout(Duration::from_millis(500), conn.ping())
                        .await
                        .map_err(|_| sqlx::Error::PoolTimedOut)??;
                }
                Ok(true)
            })
        })
        .connect_with(to)
        .await
}

#[cfg(feature = "sqlite")]
async fn sqlite(
    to: &sqlx::sqlite::SqliteConnectOptions,
    options: &SqlStoreOptions,
) -> sqlx::Result<Kind> {
    // The writer first: it turns the write-ahead log on, without which readers cannot begin.
    let writer = sqlx::sqlite::SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .acquire_timeout(options.acquire_timeout)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(to.clone())
        .await?;
    let readers = sqlx::sqlite::SqlitePoolOptions::new()
        .max_connections(options.max_connections.clamp(1, 8))
        .min_connections(options.min_connections.min(8))
        .acquire_timeout(options.acquire_timeout)
        .test_before_acquire(false)
        .connect_with(to.clone().pragma("query_only", "ON"))
        .await?;
    Ok(Kind::Sqlite { writer, readers })
}
