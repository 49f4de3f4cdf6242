use crate::{
    Engine, Error,
    access::Caller,
    id::UserId,
    session::RevocationReason,
    store::Access,
    trail::{self, Entry},
    user::UserError,
};

impl Engine {
    /// Removes a user and everything of theirs; the event names the id only. Audit entries stay.
    pub async fn delete_user(&self, caller: &Caller, id: UserId) -> Result<(), Error> {
        caller.require("users:write")?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        self.end_sessions(&mut *unit, id, None, RevocationReason::Revoked)
            .await?;
        unit.delete_user(id).await?;
        self.record(&mut *unit, caller, Entry::new("user.deleted").user(id))
            .await?;
        self.emit(&mut *unit, "user.deleted", trail::user_gone(user.id))
            .await?;
        Ok(unit.commit().await?)
    }
}
