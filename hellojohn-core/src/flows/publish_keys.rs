use std::time::Duration;

use crate::{Engine, Error, token::jwks};

/// A public document about our keys.
#[derive(Clone, Debug)]
pub struct KeyDocument {
    /// Its JSON.
    pub body: String,
    /// How long it may be cached.
    pub max_age: Duration,
}

impl Engine {
    /// The JWKS (RFC 7517): every key whose tokens are accepted. Served even while the database is away.
    pub async fn jwks(&self) -> Result<KeyDocument, Error> {
        let keys = self.keys().await?;
        Ok(self.document(jwks::render(&keys.published)))
    }

    /// The same keys as PASERK `k4.public`.
    #[cfg(feature = "paseto")]
    pub async fn paserk(&self) -> Result<KeyDocument, Error> {
        let keys = self.keys().await?;
        Ok(self.document(jwks::render_paserk(&keys.published)))
    }

    fn document(&self, body: String) -> KeyDocument {
        KeyDocument {
            body,
            max_age: self.settings().jwks_max_age,
        }
    }
}
