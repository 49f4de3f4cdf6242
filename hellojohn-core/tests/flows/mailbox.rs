//! What a user finds in their mailbox: messages as they are queued, opened with the test's key.

use hellojohn_core::{
    seal::{Sealer, places::MESSAGES},
    secret::SecretString,
};
use serde_json::Value;

use crate::world::{KEY, World, key};

/// A message on its way.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) template: String,
    pub(crate) to: String,
    pub(crate) variables: Value,
}

impl Letter {
    pub(crate) fn link(&self) -> &str {
        self.variables["link"].as_str().unwrap()
    }

    /// The secret of its link.
    pub(crate) fn token(&self) -> SecretString {
        let (_, token) = self.link().split_once("token=").unwrap();
        SecretString::from(token)
    }
}

impl World {
    /// Every message that waits to be sent, the oldest first.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let column = |name: &str| {
            format!("SELECT {name} FROM hj_message WHERE status = 'pending' ORDER BY rowid")
        };
        let ids = self.texts(column("id")).await;
        let templates = self.texts(column("template")).await;
        let recipients = self.texts(column("recipient")).await;
        let contents = self.texts(column("sealed")).await;
        let sealer = Sealer::new(key(KEY), None);
        let rows = ids.iter().zip(templates).zip(recipients).zip(contents);
        rows.map(|(((id, template), to), sealed)| {
            let opened = sealer.open(MESSAGES.place(id), &sealed).unwrap();
            Letter {
                template,
                to,
                variables: serde_json::from_slice(&opened).unwrap(),
            }
        })
        .collect()
    }

    /// The newest message of a template to an address.
    pub(crate) async fn letter(&self, template: &str, to: &str) -> Letter {
        let letters = self.letters().await;
        let found = letters
            .iter()
            .rev()
            .find(|letter| letter.template == template && letter.to == to);
        found
            .unwrap_or_else(|| panic!("no {template} to {to} among {letters:?}"))
            .clone()
    }

    /// How many messages of a template wait to be sent.
    pub(crate) async fn letters_of(&self, template: &str) -> usize {
        let letters = self.letters().await;
        letters.iter().filter(|l| l.template == template).count()
    }
}
