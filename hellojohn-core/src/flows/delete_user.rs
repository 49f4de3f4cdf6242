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
    /// Removes a user and everything of theirs. Audit entries stay; they name the id only.
    pub async fn delete_user(&self, caller: &Caller, id: UserId) -> Result<(), Error> {
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
        self.emit(&mut *unit, "user.deleted", trail::user_data(&user))
            .await?;
        Ok(unit.commit().await?)
    }
}
