use crate::{
    Engine, Error,
    access::Caller,
    credential::CredentialError,
    flows::{Patch, sign_up::taken, update_user::Changes},
    input::Email,
    store::Access,
    trail::{self, Entry},
    user::{User, UserError},
};

/// What a user may change about themselves.
#[derive(Clone, Debug, Default)]
pub struct MePatch {
    /// The display name.
    pub name: Patch<String>,
    /// A picture.
    pub avatar_url: Patch<String>,
    /// The telephone number; a new one is unproven.
    pub phone: Patch<String>,
    /// The address. A change needs a mail to the new address, which this version does not send.
    pub email: Patch<String>,
}

impl Engine {
    /// Changes the caller's own profile. Roles, flags and private data are not reachable from here (R151).
    pub async fn update_me(&self, caller: &Caller, patch: MePatch) -> Result<User, Error> {
        let id = caller.require_user()?.user.id;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let mut user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        if let Patch::Set(email) = &patch.email
            && Email::parse(email)? != user.email
        {
            return Err(CredentialError::NotAvailable(
                "changing the address needs mail, which this version does not send",
            )
            .into());
        }
        let mut changes = Changes::default();
        changes.name(&mut user, patch.name);
        changes.avatar_url(&mut user, patch.avatar_url);
        changes.phone(&mut user, patch.phone);
        changes.finish()?;
        user.updated_at = self.now();
        unit.update_user(&user).await.map_err(taken)?;
        self.record(&mut *unit, caller, Entry::new("user.updated").user(id))
            .await?;
        self.emit(&mut *unit, "user.updated", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user)
    }
}
