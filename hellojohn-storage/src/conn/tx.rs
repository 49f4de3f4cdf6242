//! One open transaction.

use std::time::Duration;

use hellojohn_core::store::{Access, StoreError};
use sea_query_sqlx::SqlxBinder;

use super::{Connection, Keep, Row, pool::within};
use crate::error::driver;

/// A transaction that is spent after its first error: `commit` then refuses, so that
/// PostgreSQL (which would silently roll back) and SQLite (which would not) agree.
pub(crate) struct Tx {
    conn: Conn,
    access: Access,
    spent: bool,
    patience: Duration,
    keep: Keep,
}

pub(crate) enum Conn {
    #[cfg(feature = "postgres")]
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
}

impl Tx {
    pub(super) const fn new(conn: Conn, access: Access, patience: Duration, keep: Keep) -> Self {
        Self {
            conn,
            access,
            spent: false,
            patience,
            keep,
        }
    }

    /// Every row of a question.
    pub(crate) async fn read(
        &mut self,
        statement: &impl SqlxBinder,
    ) -> Result<Vec<Row>, StoreError> {
        self.open()?;
        let keep = self.keep;
        let rows = within(self.patience, self.connection().rows(statement, keep)).await;
        self.note(rows)
    }

    /// The first row of a question.
    pub(crate) async fn read_one(
        &mut self,
        statement: &impl SqlxBinder,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.read(statement).await?.into_iter().next())
    }

    /// Runs a change and says how many rows it touched.
    pub(crate) async fn write(&mut self, statement: &impl SqlxBinder) -> Result<u64, StoreError> {
        self.open_for_writing()?;
        let keep = self.keep;
        let touched = within(self.patience, self.connection().execute(statement, keep)).await;
        self.note(touched)
    }

    /// Runs a change, or a question that locks, and answers the rows it returns.
    pub(crate) async fn write_returning(
        &mut self,
        statement: &impl SqlxBinder,
    ) -> Result<Vec<Row>, StoreError> {
        self.open_for_writing()?;
        let keep = self.keep;
        let rows = within(self.patience, self.connection().rows(statement, keep)).await;
        self.note(rows)
    }

    /// Locks a table against other writers until the end; SQLite's writers are alone anyway.
    pub(crate) async fn lock_table(&mut self, table: &'static str) -> Result<(), StoreError> {
        self.open_for_writing()?;
        let lock = match &self.conn {
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"),
            #[cfg(feature = "sqlite")]
            Conn::Sqlite(_) => {
                let _ = table;
                String::new()
            }
        };
        let locked = within(self.patience, self.connection().script(&lock)).await;
        self.note(locked)
    }

    /// Whether a table is there.
    pub(crate) async fn has_table(&mut self, table: &'static str) -> Result<bool, StoreError> {
        let query = self.connection().has_table(table);
        let row = self.read_one(&query).await?;
        row.map_or(Ok(false), |row| row.columns().flag())
    }

    /// Drops a table if it is there.
    pub(crate) async fn drop_table(&mut self, table: &'static str) -> Result<(), StoreError> {
        self.open_for_writing()?;
        let sql = format!("DROP TABLE IF EXISTS {table}");
        let dropped = within(self.patience, self.connection().script(&sql)).await;
        self.note(dropped)
    }

    /// Makes everything durable.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        if self.spent {
            return Err(StoreError::Spent);
        }
        let committed = async {
            match self.conn {
                #[cfg(feature = "postgres")]
                Conn::Postgres(tx) => tx.commit().await,
                #[cfg(feature = "sqlite")]
                Conn::Sqlite(tx) => tx.commit().await,
            }
            .map_err(driver)
        };
        within(self.patience, committed).await
    }

    /// The connection itself.
    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match &mut self.conn {
            #[cfg(feature = "postgres")]
            Conn::Postgres(tx) => Connection::Postgres(tx),
            #[cfg(feature = "sqlite")]
            Conn::Sqlite(tx) => Connection::Sqlite(tx),
        }
    }

    /// Passes a result on; an error spends the transaction.
    pub(crate) fn note<T>(&mut self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        self.spent = outcome.is_err();
        outcome
    }

    /// Refuses to go on after an error, and counts as failed until the statement has answered:
    /// a caller who stops waiting cannot know what it did.
    fn open(&mut self) -> Result<(), StoreError> {
        if self.spent {
            return Err(StoreError::Spent);
        }
        self.spent = true;
        Ok(())
    }

    fn open_for_writing(&mut self) -> Result<(), StoreError> {
        self.open()?;
        match self.access {
            Access::Write => Ok(()),
            Access::Read => Err(StoreError::ReadOnly),
        }
    }
}
