use crate::{
    Engine, Error,
    access::Operator,
    signing_key::{KeyState, SigningKeyError},
    store::Access,
    trail::Entry,
};

/// How careful to be when a key is retired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retirement {
    /// Only when no token of it can be alive.
    WhenFree,
    /// At once: the key is compromised. Its live tokens are refused from now on (R075).
    Now,
}

impl Engine {
    /// Takes a key out of the JWKS for ever. The key that signs is never retired.
    pub async fn retire_signing_key(
        &self,
        operator: &Operator,
        id: &str,
        retirement: Retirement,
    ) -> Result<(), Error> {
        operator.require("keys:write")?;
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.lock_signing_keys().await?;
        let now = self.now();
        let standing = self.find_standing(&unit.signing_keys().await?, id, now)?;
        match (standing.state, retirement, standing.free_from) {
            (KeyState::Retired, _, _) if standing.key.retired_at.is_some() => {
                return Err(SigningKeyError::Retired.into());
            }
            (KeyState::Active, _, _) => return Err(SigningKeyError::Active.into()),
            (KeyState::Retiring, Retirement::WhenFree, Some(free)) => {
                return Err(SigningKeyError::InUse(free).into());
            }
            _ => {}
        }
        unit.retire_signing_key(id, now).await?;
        let entry = Entry::new("key.retired")
            .on("signing_key", id)
            .with("forced", retirement == Retirement::Now);
        self.record_control(&mut *unit, operator, None, entry)
            .await?;
        unit.commit().await?;
        self.reload_keys().await?;
        Ok(())
    }
}
