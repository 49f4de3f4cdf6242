use secrecy::SecretString;
use serde_json::json;

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    id::UserId,
    lockout::{Authenticator, LockoutError, Stage, Tried, Unlock},
    one_time::{LinkError, OneTimeToken, Purpose},
    store::{Access, UnitOfWork},
    trail::{self, Entry},
    user::{User, UserError},
};

impl Engine {
    /// Lifts the hard lock of an account with the secret of its unlock mail.
    ///
    /// Failures before it still count towards disabling. What an administrator has to lift stays,
    /// and the link stays good.
    pub async fn unlock(&self, caller: &Caller, token: &SecretString) -> Result<(), Error> {
        let parsed = OneTimeToken::parse(Purpose::Unlock, token).ok_or(LinkError::Invalid)?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        // The user's row before the link's: the order of the flow that locks and mails.
        let found = unit.one_time(Purpose::Unlock, &parsed.hash()).await?;
        let id = found.and_then(|found| found.user_id);
        let user = match id {
            Some(id) => unit.user_for_update(id).await?,
            None => None,
        };
        let link = self.redeem(&mut *unit, Purpose::Unlock, token).await?;
        let user = user
            .filter(|user| link.user_id == Some(user.id))
            .ok_or(LinkError::Invalid)?;
        let tried = Tried::of_user(user.id, Authenticator::Password);
        let mut tallies = unit.every_tally_for_update(&tried).await?;
        if tallies.iter().any(|tally| tally.stage == Stage::Disabled) {
            return Err(LockoutError::Locked(Unlock::Admin).into());
        }
        let now = self.now();
        for tally in &mut tallies {
            tally.lift(now);
        }
        unit.put_tallies(&tried, &tallies, now).await?;
        let entry = Entry::new("user.unlocked")
            .user(user.id)
            .by(user_actor(&user));
        self.record(&mut *unit, caller, entry.with("by", "email"))
            .await?;
        self.announce_unlock(&mut *unit, user.id, "email").await?;
        Ok(unit.commit().await?)
    }

    /// Lifts every lock of a user, and forgets what failed.
    pub async fn unlock_user(&self, caller: &Caller, id: UserId) -> Result<User, Error> {
        caller.require("users:write")?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        self.clear_lockouts(&mut *unit, caller, id, Authenticator::ALL)
            .await?;
        unit.commit().await?;
        Ok(user)
    }

    /// Lifts the locks of these authenticators in the unit of what makes them needless: an
    /// administrator's word, or a new password. The user's row is locked already.
    pub(crate) async fn clear_lockouts(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: UserId,
        authenticators: &[Authenticator],
    ) -> Result<(), Error> {
        let lifted = unit
            .clear_lockouts(user, authenticators, self.now())
            .await?;
        if lifted > 0 {
            let by = if caller.is_server() {
                "admin"
            } else {
                "password"
            };
            let entry = Entry::new("user.unlocked").user(user).with("by", by);
            self.record(unit, caller, entry).await?;
            self.announce_unlock(unit, user, by).await?;
        }
        Ok(())
    }

    async fn announce_unlock(
        &self,
        unit: &mut dyn UnitOfWork,
        user: UserId,
        by: &str,
    ) -> Result<(), Error> {
        let data = trail::object(json!({ "user": { "id": user }, "by": by }));
        self.emit(unit, "user.unlocked", data).await
    }
}
