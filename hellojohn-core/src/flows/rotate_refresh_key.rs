use data_encoding::BASE64URL_NOPAD;
use zeroize::Zeroizing;

use crate::{
    Engine, Error,
    access::Operator,
    signing_key::{KeyPurpose, SigningKey},
    store::{Access, ControlUnit},
    time::Timestamp,
    trail::Entry,
};

/// What happens to refresh tokens made with the former keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormerTokens {
    /// They work on, and are replaced by tokens of the new key at their next use.
    Accept,
    /// They are refused from now on: the key has leaked. Everybody signs in again.
    Refuse,
}

impl Engine {
    /// Makes a new key that authenticates refresh tokens, and says its id.
    ///
    /// Other instances know it within a second, or as soon as they are shown one of its tokens.
    pub async fn rotate_refresh_key(
        &self,
        operator: &Operator,
        former: FormerTokens,
    ) -> Result<String, Error> {
        operator.require("keys:write")?;
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.lock_signing_keys().await?;
        let key = self
            .replace_refresh_key(&mut *unit, operator, former)
            .await?;
        unit.commit().await?;
        self.reload_keys().await?;
        Ok(key.id)
    }

    /// The same in a unit that holds the lock of the signing keys.
    pub(crate) async fn replace_refresh_key(
        &self,
        unit: &mut dyn ControlUnit,
        operator: &Operator,
        former: FormerTokens,
    ) -> Result<SigningKey, Error> {
        let now = self.now();
        if former == FormerTokens::Refuse {
            let keys = unit.signing_keys().await?;
            for key in keys
                .iter()
                .filter(|key| key.purpose == KeyPurpose::RefreshToken)
            {
                if unit.retire_signing_key(&key.id, now).await? {
                    let entry = Entry::new("key.retired")
                        .on("signing_key", &key.id)
                        .with("forced", true);
                    self.record_control(unit, operator, None, entry).await?;
                }
            }
        }
        let key = self.make_refresh_key(now)?;
        self.insert_key(unit, operator, &key).await?;
        Ok(key)
    }

    pub(crate) fn make_refresh_key(&self, now: Timestamp) -> Result<SigningKey, Error> {
        let name: [u8; 16] = self.random();
        let id = format!("kid_{}", BASE64URL_NOPAD.encode(&name));
        let secret: Zeroizing<[u8; 32]> = Zeroizing::new(self.random());
        Ok(SigningKey {
            sealed: self.seal_key(&id, &secret)?,
            id,
            purpose: KeyPurpose::RefreshToken,
            public_key: None,
            created_at: now,
            active_from: Some(now),
            retired_at: None,
        })
    }
}
