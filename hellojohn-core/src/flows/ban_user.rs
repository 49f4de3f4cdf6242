use crate::{
    Engine, Error,
    access::Caller,
    flows::disable_user::{Lifted, why},
    id::UserId,
    input::InputError,
    session::RevocationReason,
    store::Access,
    time::Timestamp,
    trail::{self, Entry},
    user::{User, UserError, UserStatus},
};

/// How to ban a user.
#[derive(Clone, Debug, Default)]
pub struct Ban {
    /// Why, for people.
    pub reason: Option<String>,
    /// When the ban ends by itself.
    pub until: Option<Timestamp>,
}

impl Engine {
    /// Disables a user with intent: sessions end, and the address cannot sign up again.
    pub async fn ban_user(&self, caller: &Caller, id: UserId, ban: Ban) -> Result<User, Error> {
        caller.require("users:write")?;
        let now = self.now();
        if ban.until.is_some_and(|until| until <= now) {
            return Err(InputError::field("until", "out_of_range").into());
        }
        let reason = why(ban.reason.as_deref())?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let mut user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        user.set_status(UserStatus::Banned, reason, now);
        user.banned_until = ban.until;
        unit.update_user(&user).await?;
        self.void_links(&mut *unit, id).await?;
        self.end_sessions(&mut *unit, id, None, RevocationReason::UserBanned)
            .await?;
        self.record(&mut *unit, caller, Entry::new("user.banned").user(id))
            .await?;
        self.emit(&mut *unit, "user.banned", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user)
    }

    /// Lifts a ban; a user who is not banned stays as they are.
    pub async fn unban_user(&self, caller: &Caller, id: UserId) -> Result<User, Error> {
        caller.require("users:write")?;
        self.reactivate(caller, id, Lifted::Ban).await
    }
}
