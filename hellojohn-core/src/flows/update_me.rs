use crate::{
    Engine, Error,
    access::Caller,
    flows::{Patch, sign_up::taken, update_user::Changes},
    input::{Email, InputError},
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
    /// The address. It changes when the mailbox of the new one is proven (R038).
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
        let mut changes = Changes::default();
        changes.name(&mut user, patch.name);
        changes.avatar_url(&mut user, patch.avatar_url);
        changes.phone(&mut user, patch.phone);
        changes.finish()?;
        match patch.email {
            Patch::Keep => {}
            Patch::Clear => return Err(InputError::field("email", "required").into()),
            Patch::Set(email) => {
                let wanted = Email::parse(&email)?;
                self.begin_email_change(&mut *unit, caller, &mut user, wanted)
                    .await?;
            }
        }
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
