use std::time::Duration;

use hellojohn_storage::{
    Left, Migration, MigrationError, MigrationOptions, Migrations, SqlStore, Stop,
    sqlx::postgres::PgConnectOptions,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::{
    databases::{Database, empty_postgres, empty_sqlite},
    raw::{Raw, Rows},
    world::{DROP_TWO, ledger, options, others, run, schema, with},
};

stamp!(
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    waiting_for_another_runner_ends,
    a_statement_that_takes_too_long_is_ended,
    asking_to_stop_undoes_what_is_under_way_and_keeps_what_came_before,
);

fn within(timeout: Duration) -> MigrationOptions {
    MigrationOptions {
        timeout,
        ..options()
    }
}

async fn waiting_for_another_runner_ends(db: Database) {
    let mut raw = Raw::open(&db).await;
    match &mut raw {
        // The key under which every version of this program locks; it must never change.
        Raw::Postgres(_) => {
            raw.run("SELECT pg_advisory_lock(5216694956358004584)")
                .await;
        }
        Raw::Sqlite(_) => raw.run("BEGIN IMMEDIATE").await,
    }
    let short = within(Duration::from_millis(300));
    let migrations = with(&db.store, others(DROP_TWO));
    let error = migrations.run(&short).await.unwrap_err();
    assert!(matches!(error, MigrationError::Locked { .. }), "{error:?}");
    match &mut raw {
        Raw::Postgres(_) => {
            let queries: Vec<_> = error.blockers().iter().map(|b| b.query.as_str()).collect();
            assert_eq!(queries, ["SELECT pg_advisory_lock(5216694956358004584)"]);
            raw.run("SELECT pg_advisory_unlock_all()").await;
        }
        Raw::Sqlite(_) => raw.run("ROLLBACK").await,
    }
    assert_eq!(migrations.run(&short).await.unwrap().len(), 3);
}

/// A statement that takes minutes on any machine; on SQLite after one that others can see, see [`working`].
fn slow(db: &Database) -> &'static str {
    if db.url.starts_with("sqlite") {
        "CREATE TABLE bulk AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
         WHERE i < 4000) SELECT randomblob(4000) AS b FROM n;
         CREATE TABLE four AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
         WHERE i < 4000000000) SELECT count(*) AS c FROM n"
    } else {
        "CREATE TABLE four AS SELECT pg_sleep(600)::text AS slept"
    }
}

/// Three migrations, and a fourth that does not end.
fn endless(db: &Database) -> Migrations {
    let mut catalog = others(DROP_TWO);
    catalog.push(Migration::new("20270103001_four", slow(db), None).unwrap());
    with(&db.store, catalog)
}

async fn a_statement_that_takes_too_long_is_ended(db: Database) {
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let before = schema(&db).await;
    let error = endless(&db)
        .run(&within(Duration::from_millis(400)))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, MigrationError::TimedOut { name, left: Left::Nothing, .. } if name == "20270103_001_four"),
        "{error:?}"
    );
    assert_eq!(schema(&db).await, before);
    nobody_works(&db).await;
}

async fn asking_to_stop_undoes_what_is_under_way_and_keeps_what_came_before(db: Database) {
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let before = schema(&db).await;
    let stop = Stop::default();
    let asked = MigrationOptions {
        stop: stop.clone(),
        ..options()
    };
    let migrations = endless(&db);
    let running = tokio::spawn(async move { migrations.run(&asked).await });
    working(&db).await;
    stop.request();
    let error = running.await.unwrap().unwrap_err();
    assert!(
        matches!(&error, MigrationError::Stopped { during: Some(name), .. } if name == "20270103_001_four"),
        "{error:?}"
    );
    assert_eq!(schema(&db).await, before);
    nobody_works(&db).await;
    // Whoever has asked before it begins gets nothing done.
    let asked = MigrationOptions { stop, ..options() };
    let error = endless(&db).run(&asked).await.unwrap_err();
    assert!(
        matches!(&error, MigrationError::Stopped { during: None, .. }),
        "{error:?}"
    );
}

/// Waits until the fourth migration is under way.
async fn working(db: &Database) {
    let Some(path) = db.url.strip_prefix("sqlite://") else {
        let asleep = "SELECT query FROM pg_stat_activity WHERE datname = current_database() \
                      AND wait_event = 'PgSleep'";
        return Raw::open(db).await.until(asleep, Rows::Some).await;
    };
    // More than fits into memory goes into the write-ahead log before it is committed.
    let log = format!("{path}-wal");
    for _ in 0..1_000 {
        if std::fs::metadata(&log).is_ok_and(|log| log.len() > 4_000_000) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the log never grew");
}

/// What was given up does not go on in the database.
async fn nobody_works(db: &Database) {
    let mut raw = Raw::open(db).await;
    if let Raw::Sqlite(_) = raw {
        return raw.run("BEGIN IMMEDIATE; ROLLBACK").await;
    }
    let sql = "SELECT query FROM pg_stat_activity WHERE datname = current_database() \
               AND state = 'active' AND pid <> pg_backend_pid()";
    assert_eq!(raw.texts(sql, sql).await, Vec::<String>::new());
}

/// A table in use: the migration gives up in time, keeps nothing, says who was in the way, and does better later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_held_table_lets_a_migration_time_out() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut catalog = others(DROP_TWO);
    let four = "ALTER TABLE one ADD COLUMN note TEXT";
    catalog.push(Migration::new("20270103001_four", four, None).unwrap());
    let migrations = with(&db.store, catalog);
    let mut raw = Raw::open(&db).await;
    raw.run("BEGIN").await;
    raw.run("SELECT  id,\n 'hunter2' FROM one").await;
    let short = within(Duration::from_millis(600));
    let error = migrations.run(&short).await.unwrap_err();
    let MigrationError::TimedOut {
        name,
        left,
        blockers,
        ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert_eq!((name.as_str(), left), ("20270103_001_four", &Left::Nothing));
    assert_eq!(blockers.len(), 1, "{blockers:?}");
    assert_eq!(blockers[0].query, "SELECT id, '…' FROM one");
    assert_eq!(blockers[0].state.as_deref(), Some("idle in transaction"));
    assert!(blockers[0].query_start.is_some() && blockers[0].age.is_some());
    let own = "SELECT pg_backend_pid()::text";
    assert_eq!(raw.texts(own, own).await, [blockers[0].pid.to_string()]);
    assert_eq!(ledger(&db).await.len(), 3);
    raw.run("ROLLBACK").await;
    assert_eq!(migrations.run(&short).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_that_is_free_again_in_time_delays_a_migration_only() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let mut catalog = others(DROP_TWO);
    let four = "ALTER TABLE one ADD COLUMN note TEXT";
    catalog.push(Migration::new("20270103001_four", four, None).unwrap());
    let migrations = with(&db.store, catalog);
    let mut raw = Raw::open(&db).await;
    raw.run("BEGIN; LOCK TABLE one IN ACCESS SHARE MODE").await;
    let running = tokio::spawn(async move { run(&migrations).await });
    let waiting = "SELECT query FROM pg_stat_activity WHERE datname = current_database() \
                   AND wait_event_type = 'Lock'";
    Raw::open(&db).await.until(waiting, Rows::Some).await;
    raw.run("ROLLBACK").await;
    assert_eq!(running.await.unwrap().unwrap(), ["20270103_001_four"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_statement_is_told_from_one_that_took_too_long() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let migrations = endless(&db);
    let running = tokio::spawn(async move { run(&migrations).await });
    let mut raw = Raw::open(&db).await;
    let cancel = "SELECT pg_cancel_backend(pid)::text FROM pg_stat_activity \
                  WHERE datname = current_database() AND wait_event = 'PgSleep'";
    raw.until(cancel, Rows::Some).await;
    let error = running.await.unwrap().unwrap_err();
    assert!(
        matches!(&error, MigrationError::Cancelled { name, left: Left::Nothing } if name == "20270103_001_four"),
        "{error:?}"
    );
    assert_eq!(ledger(&db).await.len(), 3);
}

/// A killed program closes its connections, and the server must not go on for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_dropped_leaves_nothing_running() {
    let db = empty_postgres().await;
    let migrations = endless(&db);
    let running = tokio::spawn(async move { run(&migrations).await });
    let mut raw = Raw::open(&db).await;
    let asleep = "SELECT query FROM pg_stat_activity WHERE datname = current_database() \
                  AND wait_event = 'PgSleep'";
    raw.until(asleep, Rows::Some).await;
    running.abort();
    raw.until(asleep, Rows::None).await;
    assert_eq!(ledger(&db).await.len(), 3);
}

/// On SQLite a stopped statement takes the whole run with it, and nobody is told otherwise.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite_what_is_told_as_done_is_there() {
    let db = empty_sqlite().await;
    let told = std::sync::Arc::new(crate::world::Told::default());
    let short = MigrationOptions {
        watcher: told.clone(),
        ..within(Duration::from_millis(400))
    };
    let error = endless(&db).run(&short).await.unwrap_err();
    assert!(
        matches!(error, MigrationError::TimedOut { .. }),
        "{error:?}"
    );
    let kept = if schema(&db).await.is_empty() {
        Vec::new()
    } else {
        ledger(&db).await
    };
    let names: Vec<_> = kept
        .iter()
        .map(|line| line.trim_end_matches(" 1").to_owned())
        .collect();
    assert_eq!(told.done(), names);
}

/// The connection that only looks must not keep the run from ending when the network swallows what it asks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_that_is_never_answered_holds_nothing_up() {
    let db = empty_postgres().await;
    run(&with(&db.store, others(DROP_TWO))).await.unwrap();
    let sieved = through_a_sieve(&db.url).await;
    let store = SqlStore::connect(&sieved, crate::databases::options());
    let store = store.await.unwrap();
    let mut catalog = others(DROP_TWO);
    catalog.push(Migration::new("20270103001_four", slow(&db), None).unwrap());
    let short = within(Duration::from_millis(700));
    let migrations = with(&store, catalog);
    let ended = tokio::time::timeout(Duration::from_mins(1), migrations.run(&short));
    let error = ended.await.expect("it never ends").unwrap_err();
    assert!(
        matches!(
            &error,
            MigrationError::TimedOut {
                left: Left::Nothing,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(ledger(&db).await.len(), 3);
}

/// The URL of the same server through a listener that swallows what asks for other sessions.
async fn through_a_sieve(url: &str) -> String {
    let options: PgConnectOptions = url.parse().unwrap();
    let server = (options.get_host().to_owned(), options.get_port());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let sieved = url.replacen(
        &format!("{}:{}", server.0, server.1),
        &format!("127.0.0.1:{port}"),
        1,
    );
    assert_ne!(sieved, url);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(server.clone()).await.unwrap();
            tokio::spawn(sieve(client, server));
        }
    });
    sieved
}

async fn sieve(client: TcpStream, server: TcpStream) {
    let (mut questions, mut to_client) = client.into_split();
    let (mut answers, mut to_server) = server.into_split();
    let answering = tokio::spawn(async move {
        let _ = tokio::io::copy(&mut answers, &mut to_client).await;
    });
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = questions.read(&mut buffer).await {
        let asked = String::from_utf8_lossy(&buffer[..read]);
        if asked.contains("pg_blocking_pids") || asked.contains("pg_cancel_backend") {
            continue;
        }
        if to_server.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
    answering.abort();
}
