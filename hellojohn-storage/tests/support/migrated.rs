//! Databases with the schema in place.

use std::sync::{Arc, Weak};

use crate::databases::{Database, create_postgres, empty_postgres, empty_sqlite};

/// A migrated SQLite database.
pub(crate) async fn sqlite() -> Database {
    let database = empty_sqlite().await;
    database.store.migrate().await.unwrap();
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
    made.store.migrate().await.unwrap();
    // Nobody may be connected to what is copied.
    made.store.close().await;
    *kept = Arc::downgrade(&made);
    made
}
