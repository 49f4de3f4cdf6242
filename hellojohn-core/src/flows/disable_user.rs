use crate::{
    Engine, Error,
    access::Caller,
    id::UserId,
    input::{self, InputError},
    lockout::Authenticator,
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
        caller.require("users:write")?;
        let reason = why(disable.reason.as_deref())?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let mut user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        user.set_status(UserStatus::Disabled, reason, self.now());
        unit.update_user(&user).await?;
        self.void_links(&mut *unit, id).await?;
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

    /// Lets a disabled, banned or locked user sign in again.
    pub async fn enable_user(&self, caller: &Caller, id: UserId) -> Result<User, Error> {
        caller.require("users:write")?;
        self.reactivate(caller, id, Lifted::Any).await
    }

    pub(crate) async fn reactivate(
        &self,
        caller: &Caller,
        id: UserId,
        lifted: Lifted,
    ) -> Result<User, Error> {
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let mut user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        if lifted == Lifted::Ban && user.status != UserStatus::Banned {
            return Ok(user);
        }
        user.set_status(UserStatus::Active, None, self.now());
        unit.update_user(&user).await?;
        if lifted == Lifted::Any {
            self.clear_lockouts(&mut *unit, caller, id, Authenticator::ALL)
                .await?;
        }
        let kind = match lifted {
            Lifted::Any => "user.enabled",
            Lifted::Ban => "user.unbanned",
        };
        self.record(&mut *unit, caller, Entry::new(kind).user(id))
            .await?;
        self.emit(&mut *unit, "user.enabled", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user)
    }
}

/// What is lifted when a user is let in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lifted {
    /// Whatever keeps them out.
    Any,
    /// A ban, and nothing else.
    Ban,
}

/// Why a user is disabled or banned, as people wrote it.
pub(crate) fn why(reason: Option<&str>) -> Result<Option<String>, InputError> {
    reason
        .map(|text| input::display_text("reason", text))
        .transpose()
        .map_err(|error| InputError::Fields(vec![error]))
}
