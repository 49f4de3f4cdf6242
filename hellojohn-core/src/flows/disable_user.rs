use crate::{
    Engine, Error,
    access::Caller,
    id::UserId,
    input::{self, InputError},
    session::RevocationReason,
    store::Access,
    trail::{self, Entry},
    user::{User, UserError, UserStatus},
};

/// How to disable a user.
#[derive(Clone, Debug, Default)]
pub struct Disable {
    /// Why, for people.
    pub reason: Option<String>,
    /// Leaves the sessions in place; they do nothing until the user is enabled again.
    pub keep_sessions: KeepSessions,
}

/// What happens to a user's sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeepSessions {
    /// They end.
    #[default]
    No,
    /// They stay.
    Yes,
}

impl Engine {
    /// Keeps a user from signing in, and ends their sessions in the same transaction (R046).
    pub async fn disable_user(
        &self,
        caller: &Caller,
        id: UserId,
        disable: Disable,
    ) -> Result<User, Error> {
        let reason = why(disable.reason.as_deref())?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let mut user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        user.status = UserStatus::Disabled;
        user.status_reason = reason;
        user.banned_until = None;
        user.updated_at = self.now();
        unit.update_user(&user).await?;
        if disable.keep_sessions == KeepSessions::No {
            self.end_sessions(&mut *unit, id, None, RevocationReason::UserDisabled)
                .await?;
        }
        self.record(&mut *unit, caller, Entry::new("user.disabled").user(id))
            .await?;
        self.emit(&mut *unit, "user.disabled", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user)
    }

    /// Lets a disabled or banned user sign in again.
    pub async fn enable_user(&self, caller: &Caller, id: UserId) -> Result<User, Error> {
        self.reactivate(caller, id, "user.enabled").await
    }

    pub(crate) async fn reactivate(
        &self,
        caller: &Caller,
        id: UserId,
        kind: &'static str,
    ) -> Result<User, Error> {
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let mut user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        user.status = UserStatus::Active;
        user.status_reason = None;
        user.banned_until = None;
        user.updated_at = self.now();
        unit.update_user(&user).await?;
        self.record(&mut *unit, caller, Entry::new(kind).user(id))
            .await?;
        self.emit(&mut *unit, "user.enabled", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user)
    }
}

/// Why a user is disabled or banned, as people wrote it.
pub(crate) fn why(reason: Option<&str>) -> Result<Option<String>, InputError> {
    reason
        .map(|text| input::display_text("reason", text))
        .transpose()
        .map_err(|error| InputError::Fields(vec![error]))
}
