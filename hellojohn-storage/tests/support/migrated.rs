//! Databases with the schema in place.
//!
//! With `TEST_MIGRATED_BY=<path of a hellojohn program>` that program makes the schema instead of
//! this one: so the tests of a release are run on the schema of a later one (R203).

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, Weak},
};

use crate::databases::{Database, create_postgres, empty_postgres, empty_sqlite};

/// A migrated SQLite database.
pub(crate) async fn sqlite() -> Database {
    let database = empty_sqlite().await;
    bring_forward(&database).await;
    database
}

/// A copy of a migrated PostgreSQL database.
pub(crate) async fn postgres() -> Database {
    let template = template().await;
    let (_, name) = template.url.rsplit_once('/').unwrap();
    let (name, _) = name.split_once('?').unwrap_or((name, ""));
    create_postgres(&format!("TEMPLATE {name}")).await
}

/// The migrated database others are copied from; it lives as long as a test needs it.
async fn template() -> Arc<Database> {
    static TEMPLATE: tokio::sync::Mutex<Weak<Database>> =
        tokio::sync::Mutex::const_new(Weak::new());
    let mut kept = TEMPLATE.lock().await;
    if let Some(template) = kept.upgrade() {
        return template;
    }
    let made = Arc::new(empty_postgres().await);
    bring_forward(&made).await;
    // Nobody may be connected to what is copied.
    made.store.close().await;
    *kept = Arc::downgrade(&made);
    made
}

async fn bring_forward(database: &Database) {
    let Some(program) = other_program() else {
        database.store.migrate().await.unwrap();
        return;
    };
    let done = Command::new(program)
        .args(["migrations", "run", "--database-url", &database.url])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(done.success(), "the other program did not migrate: {done}");
}

fn other_program() -> Option<PathBuf> {
    std::env::var_os("TEST_MIGRATED_BY").map(PathBuf::from)
}
