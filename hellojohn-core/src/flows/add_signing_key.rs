use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::{
    Engine, Error,
    access::Operator,
    cache,
    flows::Activation,
    signing_key::{KeyPurpose, KeyStanding, SigningKey, SigningKeyError},
    store::Access,
    time::Timestamp,
    token::{Seed, pem},
};

/// A signing key to add.
#[derive(Clone, Debug)]
pub struct NewSigningKey {
    /// Where its private half comes from.
    pub material: KeyMaterial,
    /// The public half in SPKI PEM, when the caller wants it checked.
    pub public_key: Option<String>,
    /// Whether and when it takes over signing; `None` leaves it in standby.
    pub activation: Option<Activation>,
}

/// Where a private key comes from.
#[derive(Clone, Debug)]
pub enum KeyMaterial {
    /// The engine makes it.
    Generate,
    /// PKCS#8 PEM (RFC 8410), as `openssl genpkey -algorithm ed25519` writes it.
    Pem(SecretString),
}

impl NewSigningKey {
    /// A key that is published and waits.
    pub const fn standby(material: KeyMaterial) -> Self {
        Self {
            material,
            public_key: None,
            activation: None,
        }
    }
}

impl Engine {
    /// Adds a signing key: it is in the JWKS at once, and signs when `activation` says so.
    /// A key that is there already is left as it is.
    pub async fn add_signing_key(
        &self,
        operator: &Operator,
        new: NewSigningKey,
    ) -> Result<KeyStanding, Error> {
        operator.require("keys:write")?;
        let now = self.now();
        let mut key = self.make_key(&new, now)?;
        key.active_from = new
            .activation
            .map(|activation| activation.begin(&key, now, self.settings().jwks_max_age));
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.lock_signing_keys().await?;
        self.insert_key(&mut *unit, operator, &key).await?;
        unit.commit().await?;
        self.reload_keys().await?;
        self.standing_of(&key.id).await
    }

    pub(crate) fn make_key(
        &self,
        new: &NewSigningKey,
        now: Timestamp,
    ) -> Result<SigningKey, Error> {
        let invalid = |_| SigningKeyError::InvalidKey;
        let seed = match &new.material {
            KeyMaterial::Generate => Seed::new(self.random()),
            KeyMaterial::Pem(text) => {
                pem::read_private(text).map_err(|_| SigningKeyError::InvalidKey)?
            }
        };
        let public = seed.public_key().map_err(invalid)?;
        if let Some(text) = &new.public_key {
            let given = pem::read_public(text).map_err(|_| SigningKeyError::InvalidKey)?;
            if given.as_bytes() != public.as_bytes() {
                return Err(SigningKeyError::InvalidKey.into());
            }
        }
        let id = public.id().to_string();
        let secret = Zeroizing::new(*seed.expose());
        Ok(SigningKey {
            sealed: self.seal_key(&id, &secret)?,
            id,
            purpose: KeyPurpose::AccessToken,
            public_key: Some(*public.as_bytes()),
            created_at: now,
            active_from: None,
            retired_at: None,
        })
    }

    pub(crate) fn seal_key(&self, id: &str, secret: &[u8; 32]) -> Result<String, Error> {
        let inner = self.inner();
        Ok(inner
            .sealer
            .seal(cache::place(id), secret, &*inner.ports.random)?)
    }
}
