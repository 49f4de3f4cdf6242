use std::time::Duration;

use crate::{
    Engine, Error,
    access::Operator,
    signing_key::{KeyStanding, KeyState, SigningKey, SigningKeyError, may_sign_from},
    store::Access,
    time::Timestamp,
    trail::Entry,
};

/// When a key takes over signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// As soon as verifiers that cache the JWKS have had time to see it (R074).
    WhenPublished,
    /// At once. Verifiers with a cached JWKS that do not refetch on an unknown `kid` refuse its tokens for a while.
    Now,
}

impl Activation {
    pub(crate) fn begin(
        self,
        key: &SigningKey,
        now: Timestamp,
        jwks_max_age: Duration,
    ) -> Timestamp {
        match self {
            Self::WhenPublished => may_sign_from(key.created_at, now, jwks_max_age),
            Self::Now => now,
        }
    }
}

impl Engine {
    /// Lets a standby or retiring key take over signing.
    pub async fn activate_signing_key(
        &self,
        operator: &Operator,
        id: &str,
        activation: Activation,
    ) -> Result<KeyStanding, Error> {
        operator.require("keys:write")?;
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.lock_signing_keys().await?;
        let now = self.now();
        let standing = self.find_standing(&unit.signing_keys().await?, id, now)?;
        match standing.state {
            KeyState::Retired => return Err(SigningKeyError::Retired.into()),
            KeyState::Active => return Ok(standing),
            KeyState::Standby | KeyState::Retiring => {}
        }
        let from = activation.begin(&standing.key, now, self.settings().jwks_max_age);
        unit.activate_signing_key(id, from).await?;
        let entry = Entry::new("key.activated")
            .on("signing_key", id)
            .with("signs_from", from.to_string());
        self.record_control(&mut *unit, operator, None, entry)
            .await?;
        unit.commit().await?;
        self.reload_keys().await?;
        self.standing_of(id).await
    }
}
