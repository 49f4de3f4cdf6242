//! What users find in their mailboxes: messages as they are queued, opened with the test's key.

use hellojohn_core::{
    seal::{EncryptionKey, Sealer, places::MESSAGES},
    store::{Access, Store as _},
};
use hellojohn_storage::{Connection, connection, sqlx};
use serde_json::Value;

use crate::world::{KEY, World};

/// The link of a message.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) url: String,
    pub(crate) token: String,
}

type Row = (String, String, String, String);

impl World {
    /// Links of a template mailed to an address of Acme, the oldest first.
    pub(crate) async fn links(&self, template: &str, to: &str) -> Vec<Link> {
        let rows = self.messages().await;
        let sealer = Sealer::new(EncryptionKey::parse(&KEY.to_owned().into()).unwrap(), None);
        let wanted = rows.iter().filter(|row| row.1 == template && row.2 == to);
        wanted
            .map(|(id, _, _, sealed)| {
                let opened = sealer.open(MESSAGES.place(id), sealed).unwrap();
                let variables: Value = serde_json::from_slice(&opened).unwrap();
                let url = variables["link"].as_str().unwrap_or_default().to_owned();
                let token = url.split("token=").nth(1).unwrap_or_default().to_owned();
                Link { url, token }
            })
            .collect()
    }

    /// The newest of them.
    pub(crate) async fn link(&self, template: &str, to: &str) -> Link {
        let mut links = self.links(template, to).await;
        links
            .pop()
            .unwrap_or_else(|| panic!("no {template} to {to}"))
    }

    async fn messages(&self) -> Vec<Row> {
        const SQL: &str = "SELECT id, template, recipient, sealed FROM hj_message \
             WHERE status = 'pending' AND tenant_id = $1 ORDER BY created_at, id";
        let tenant = self.acme.id.to_string();
        let store = self.store();
        let mut unit = store.begin(self.acme.id, Access::Read).await.unwrap();
        match connection(&mut *unit).unwrap() {
            Connection::Sqlite(connection) => {
                let query = sqlx::query_as(SQL).bind(tenant);
                query.fetch_all(connection).await.unwrap()
            }
            Connection::Postgres(connection) => {
                let query = sqlx::query_as(SQL).bind(tenant);
                query.fetch_all(connection).await.unwrap()
            }
            _ => panic!("another database"),
        }
    }
}
