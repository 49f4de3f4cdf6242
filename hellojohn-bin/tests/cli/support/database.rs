use std::sync::atomic::{AtomicU32, Ordering};

use hellojohn_storage::sqlx::{self, Connection as _, Executor as _, PgConnection};

/// A new, empty PostgreSQL database; dropped with this value. There is no test without a server.
pub(crate) struct Database {
    name: String,
}

impl Database {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("hj_cli_{}_{count}", std::process::id());
        execute(&base_url(), &format!("CREATE DATABASE {name}")).unwrap();
        Self { name }
    }

    pub(crate) fn url(&self) -> String {
        let base = base_url();
        let (start, query) = base.split_once('?').unwrap_or((&base, ""));
        let (server, _) = start.rsplit_once('/').unwrap();
        format!("{server}/{}?{query}", self.name)
    }
}

impl Database {
    /// Runs one statement in it.
    pub(crate) fn execute(&self, sql: &str) {
        execute(&self.url(), sql).unwrap();
    }

    /// Runs one statement as whoever the URL names, or says why not.
    pub(crate) fn try_execute(url: &str, sql: &str) -> Result<(), sqlx::Error> {
        execute(url, sql)
    }

    /// Ends every connection and lets nobody in until [`Self::come_back`].
    pub(crate) fn go_away(&self) {
        let name = &self.name;
        execute(
            &base_url(),
            &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"),
        )
        .unwrap();
        let end = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        );
        execute(&base_url(), &end).unwrap();
    }

    /// Lets everybody in again.
    pub(crate) fn come_back(&self) {
        let name = &self.name;
        execute(
            &base_url(),
            &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"),
        )
        .unwrap();
    }

    /// Runs a script of any number of statements, as `pg_dump` writes it.
    pub(crate) fn execute_all(&self, script: &str) {
        let (url, script) = (self.url(), script.to_owned());
        block_on(async move {
            let mut server = PgConnection::connect(&url).await?;
            let script = sqlx::raw_sql(sqlx::AssertSqlSafe(script));
            server.execute(script).await?;
            server.close().await
        })
        .unwrap();
    }

    /// A fingerprint of every row of every table, a line for each table.
    pub(crate) fn rows(&self) -> String {
        // A table has one text for each state, whatever the order of its rows.
        let each = "SELECT string_agg(relname || ' ' || (xpath('/row/rows/text()', query_to_xml(format(\
             'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) AS rows FROM %I t', relname), \
             true, true, '')))[1]::text, chr(10) ORDER BY relname) \
             FROM pg_stat_user_tables";
        let url = self.url();
        block_on(async move {
            let mut server = PgConnection::connect(&url).await?;
            let rows = sqlx::query_scalar(each).fetch_one(&mut server).await?;
            server.close().await?;
            Ok(rows)
        })
        .unwrap()
    }
}

impl Database {
    /// Runs statements in a session of its own, which stays open.
    pub(crate) fn hold(&self, sql: &str) -> Session {
        let runtime = runtime();
        let (url, sql) = (self.url(), sql.to_owned());
        let session = runtime.block_on(async move {
            let mut session = PgConnection::connect(&url).await.unwrap();
            session.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
            session
        });
        Session { session, runtime }
    }

    /// The rows of a query with one column of text.
    pub(crate) fn texts(&self, sql: &str) -> Vec<String> {
        let (url, sql) = (self.url(), sql.to_owned());
        runtime().block_on(async move {
            let mut server = PgConnection::connect(&url).await.unwrap();
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_all(&mut server)
                .await
                .unwrap()
        })
    }
}

/// A session that is open until it is dropped.
pub(crate) struct Session {
    // Before the runtime that it needs for its end.
    session: PgConnection,
    runtime: tokio::runtime::Runtime,
}

impl Session {
    /// Runs one more statement in it.
    pub(crate) fn execute(&mut self, sql: &'static str) {
        let done = self.runtime.block_on(self.session.execute(sql));
        done.unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        let _ = execute(&base_url(), &sql);
    }
}

fn execute(url: &str, sql: &str) -> Result<(), sqlx::Error> {
    let (url, sql) = (url.to_owned(), sql.to_owned());
    block_on(async move {
        let mut server = PgConnection::connect(&url).await?;
        server.execute(sqlx::AssertSqlSafe(sql)).await?;
        server.close().await
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn block_on<T>(work: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    runtime().block_on(work)
}

fn base_url() -> String {
    std::env::var_os("TEST_DATABASE_URL")
        .and_then(|url| url.into_string().ok())
        .expect("TEST_DATABASE_URL must name a PostgreSQL server whose user may create databases")
}
