//! One connection outside the pool, whose transactions the migrations manage themselves.

use std::time::{Duration, Instant};

use hellojohn_core::{backup::DatabaseKind, store::StoreError};
use sea_query_sqlx::SqlxBinder;
use sqlx::ConnectOptions as _;

use super::{Connection, Keep, Row, Target};
use crate::error::driver;

/// A connection of one's own. Dropping it ends whatever was open on it.
pub(crate) enum Direct {
    #[cfg(feature = "postgres")]
    Postgres(sqlx::PgConnection),
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::SqliteConnection),
}

/// Whether a lock was to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lock {
    Taken,
    Busy,
}

/// The key of the advisory lock under which schemas change.
const LOCK_KEY: i64 = 0x4865_6C6C_6F4A_6F68;

impl Direct {
    /// Connects. Statements here may well be slow, and are not told in the log for that.
    pub(crate) async fn open(target: &Target) -> Result<Self, StoreError> {
        let conn = match target {
            #[cfg(feature = "postgres")]
            Target::Postgres { options, .. } => options
                .clone()
                .disable_statement_logging()
                .connect()
                .await
                .map(Self::Postgres),
            #[cfg(feature = "sqlite")]
            Target::Sqlite(options) => options
                .clone()
                .busy_timeout(Duration::from_millis(20))
                .disable_statement_logging()
                .connect()
                .await
                .map(Self::Sqlite),
        };
        let mut conn = conn.map_err(driver)?;
        if conn.has_sessions() && !target.is_pooled() {
            // A killed program shall not leave a statement running there. Some servers cannot
            // look whether the client is gone; then it ends when it is done.
            let _ = conn
                .script("SET client_connection_check_interval = 500")
                .await;
        }
        Ok(conn)
    }

    /// Begins a transaction and tries for the lock of the migrations; rolls back if it is taken.
    pub(crate) async fn try_begin_locked(&mut self) -> Result<Lock, StoreError> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => {
                // It stays idle while others work; no server setting shall end it for that.
                self.script(
                    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; \
                     SET LOCAL idle_in_transaction_session_timeout = 0",
                )
                .await?;
                let mut query = sea_query::Query::select();
                query.expr(sea_query::Expr::cust(format!(
                    "pg_try_advisory_xact_lock({LOCK_KEY})"
                )));
                let rows = self.rows(&query).await?;
                let taken = rows
                    .first()
                    .map(|row| row.columns().flag())
                    .transpose()?
                    .unwrap_or(false);
                if taken {
                    return Ok(Lock::Taken);
                }
                self.script("ROLLBACK").await?;
                Ok(Lock::Busy)
            }
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => match self.script("BEGIN IMMEDIATE").await {
                Ok(()) => Ok(Lock::Taken),
                Err(error) if is_busy(&error) => Ok(Lock::Busy),
                Err(error) => Err(error),
            },
        }
    }

    /// Begins one step whose statements wait no longer than `lock` for locks and take no longer than `statement`.
    ///
    /// On SQLite the lock is the transaction, so steps are savepoints within it.
    pub(crate) async fn begin_step(
        &mut self,
        lock: Duration,
        statement: Duration,
    ) -> Result<(), StoreError> {
        let (lock, statement) = (millis(lock), millis(statement));
        let begin = match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => format!(
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; \
                 SET LOCAL lock_timeout = {lock}; SET LOCAL statement_timeout = {statement}"
            ),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => {
                // Its only lock is held already; see `interruptible` for the time.
                let _ = (lock, statement);
                "SAVEPOINT step".to_owned()
            }
        };
        self.script(&begin).await
    }

    /// The same limits for statements outside every transaction, until [`Self::unlimited`].
    pub(crate) async fn limited(
        &mut self,
        lock: Duration,
        statement: Duration,
    ) -> Result<(), StoreError> {
        let (lock, statement) = (millis(lock), millis(statement));
        self.script(&format!(
            "SET lock_timeout = {lock}; SET statement_timeout = {statement}"
        ))
        .await
    }

    /// Takes the limits of [`Self::limited`] back.
    pub(crate) async fn unlimited(&mut self) -> Result<(), StoreError> {
        self.script("RESET lock_timeout; RESET statement_timeout")
            .await
    }

    /// On SQLite, lets statements end when a moment has come or somebody asks. PostgreSQL does it itself.
    pub(crate) async fn interruptible(
        &mut self,
        until: Instant,
        asked: impl Fn() -> bool + Send + 'static,
    ) -> Result<(), StoreError> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => {
                let _ = (until, asked);
            }
            #[cfg(feature = "sqlite")]
            Self::Sqlite(conn) => {
                let mut handle = conn.lock_handle().await.map_err(driver)?;
                handle.set_progress_handler(10_000, move || Instant::now() < until && !asked());
            }
        }
        Ok(())
    }

    /// Ends [`Self::interruptible`].
    pub(crate) async fn uninterruptible(&mut self) -> Result<(), StoreError> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => {}
            #[cfg(feature = "sqlite")]
            Self::Sqlite(conn) => conn
                .lock_handle()
                .await
                .map_err(driver)?
                .remove_progress_handler(),
        }
        Ok(())
    }

    /// Keeps what the step did.
    pub(crate) async fn keep_step(&mut self) -> Result<(), StoreError> {
        let sql = self.choose("COMMIT", "RELEASE step");
        self.script(sql).await
    }

    /// Undoes what the step did.
    pub(crate) async fn undo_step(&mut self) -> Result<(), StoreError> {
        let sql = self.choose("ROLLBACK", "ROLLBACK TO step; RELEASE step");
        self.script(sql).await
    }

    /// Makes everything durable and gives the lock back.
    pub(crate) async fn unlock(&mut self) -> Result<(), StoreError> {
        self.script("COMMIT").await
    }

    /// Begins a transaction that sees one moment and changes nothing, for as long as it takes.
    ///
    /// The tables are locked before it sees anything, so that no migration gets between.
    pub(crate) async fn begin_snapshot(&mut self, tables: &[String]) -> Result<(), StoreError> {
        let begin = match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => {
                let lock = if tables.is_empty() {
                    String::new()
                } else {
                    format!("LOCK TABLE {} IN ACCESS SHARE MODE;", tables.join(", "))
                };
                format!(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
                     SET LOCAL lock_timeout = '30s'; SET LOCAL statement_timeout = 0; \
                     SET LOCAL idle_in_transaction_session_timeout = 0; {lock}"
                )
            }
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => {
                let _ = tables;
                "BEGIN".to_owned()
            }
        };
        self.script(&begin).await
    }

    /// Runs a changing statement and says how many rows it touched.
    pub(crate) async fn execute(&mut self, statement: &impl SqlxBinder) -> Result<u64, StoreError> {
        self.connection().execute(statement, Keep::Prepared).await
    }

    /// Ends the connection, after what is under way on it.
    pub(crate) async fn close(self) -> Result<(), StoreError> {
        use sqlx::Connection as _;
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => conn.close().await,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(conn) => conn.close().await,
        }
        .map_err(driver)
    }

    /// Which database it is.
    pub(crate) const fn kind(&self) -> DatabaseKind {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => DatabaseKind::Postgres,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => DatabaseKind::Sqlite,
        }
    }

    /// Whether the lock needs a second connection, because work goes on in other transactions.
    pub(crate) const fn locks_beside_work(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => true,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => false,
        }
    }

    /// Whether there are other sessions to look at.
    pub(crate) const fn has_sessions(&self) -> bool {
        self.locks_beside_work()
    }

    /// The process of the server that works for this connection, where there is one.
    pub(crate) async fn process(&mut self) -> Result<Option<i64>, StoreError> {
        if !self.has_sessions() {
            return Ok(None);
        }
        let rows = self.ask("SELECT pg_backend_pid()::bigint").await?;
        rows.first().map(|row| row.columns().int()).transpose()
    }

    /// A query for the processes that hold the lock of the migrations in this database.
    pub(crate) fn holders_of_lock() -> String {
        format!(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted \
             AND ((classid::bigint << 32) | objid::bigint) = {LOCK_KEY} \
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
    }

    /// Whether a table is there.
    pub(crate) async fn has_table(&mut self, table: &'static str) -> Result<bool, StoreError> {
        let test = match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => format!("to_regclass('{table}') IS NOT NULL"),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => format!(
                "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{table}')"
            ),
        };
        let rows = self.ask(&format!("SELECT {test}")).await?;
        rows.first().map_or(Ok(false), |row| row.columns().flag())
    }

    /// The SQL of this database.
    pub(crate) const fn choose(
        &self,
        postgres: &'static str,
        sqlite: &'static str,
    ) -> &'static str {
        let _ = (postgres, sqlite);
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => postgres,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => sqlite,
        }
    }

    /// The same for SQL that is put together.
    pub(crate) fn choose_owned(
        &self,
        postgres: impl FnOnce() -> String,
        sqlite: impl FnOnce() -> String,
    ) -> String {
        let _ = (&postgres, &sqlite);
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => postgres(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => sqlite(),
        }
    }

    /// Runs plain SQL.
    pub(crate) async fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.connection().script(sql).await
    }

    /// Runs one statement of a script and says how many rows it changed.
    pub(crate) async fn change(&mut self, sql: &str) -> Result<u64, StoreError> {
        self.connection().change(sql).await
    }

    /// Answers the rows of a query that is text.
    pub(crate) async fn ask(&mut self, sql: &str) -> Result<Vec<Row>, StoreError> {
        self.connection().ask(sql).await
    }

    /// Runs a statement and answers its rows.
    ///
    /// On PostgreSQL in several messages: outside a transaction a pooler may send them to several
    /// servers, and one of them answers what somebody else asked. There, use [`Self::ask`].
    pub(crate) async fn rows(
        &mut self,
        statement: &impl SqlxBinder,
    ) -> Result<Vec<Row>, StoreError> {
        self.connection().rows(statement, Keep::Nothing).await
    }

    fn connection(&mut self) -> Connection<'_> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => Connection::Postgres(conn),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(conn) => Connection::Sqlite(conn),
        }
    }
}

/// Whether a lock was not to be had in time.
pub(crate) fn is_busy(error: &StoreError) -> bool {
    code_of(error).is_some_and(|code| {
        // lock_not_available, deadlock_detected, and SQLite's BUSY with its extensions
        code == "55P03"
            || code == "40P01"
            || (code.len() < 5 && code.parse::<u32>().is_ok_and(|number| number & 0xFF == 5))
    })
}

/// Whether what a statement makes or drops was made or dropped by another meanwhile.
pub(crate) fn is_changed(error: &StoreError) -> bool {
    // duplicate_table, undefined_object, undefined_table
    code_of(error).is_some_and(|code| matches!(code.as_str(), "42P07" | "42704" | "42P01"))
}

/// Whether a statement was stopped for taking too long.
pub(crate) fn is_stopped(error: &StoreError) -> bool {
    // query_canceled, SQLITE_INTERRUPT
    code_of(error).is_some_and(|code| code == "57014" || code == "9")
}

/// The databases count in milliseconds, and take none for no limit.
fn millis(limit: Duration) -> u128 {
    limit.as_millis().clamp(1, 2_147_483_647)
}

/// Whether there is a database of that name: `duplicate_database`, or the unique key behind it
/// when two are made at once.
pub(crate) fn is_duplicate(error: &StoreError) -> bool {
    matches!(error, StoreError::Conflict { .. })
        || code_of(error).is_some_and(|code| code == "42P04" || code == "23505")
}

fn code_of(error: &StoreError) -> Option<String> {
    let (StoreError::Unavailable(source) | StoreError::Failed(source)) = error else {
        return None;
    };
    source
        .downcast_ref::<sqlx::Error>()?
        .as_database_error()?
        .code()
        .map(std::borrow::Cow::into_owned)
}
