use serde_json::{Map, Value};

use crate::{
    Engine, Error,
    access::Caller,
    id::UserId,
    input::InputError,
    store::Access,
    trail::{self, Entry},
    user::{User, UserError},
};

/// Changes to merge into a user's metadata; null removes a key.
#[derive(Clone, Debug, Default)]
pub struct MetadataPatch {
    /// Into what the user sees.
    pub public: Map<String, Value>,
    /// Into what servers see.
    pub private: Map<String, Value>,
}

impl Engine {
    /// Merges changes into a user's metadata, atomically: two merges of different keys both last.
    pub async fn merge_metadata(
        &self,
        caller: &Caller,
        id: UserId,
        patch: MetadataPatch,
    ) -> Result<User, Error> {
        caller.require("users:write")?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let mut user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        let wrong = |error| InputError::Fields(vec![error]);
        user.public_metadata = user
            .public_metadata
            .merged("public", patch.public)
            .map_err(wrong)?;
        user.private_metadata = user
            .private_metadata
            .merged("private", patch.private)
            .map_err(wrong)?;
        user.updated_at = self.now();
        unit.update_user(&user).await?;
        self.record(&mut *unit, caller, Entry::new("user.updated").user(id))
            .await?;
        self.emit(&mut *unit, "user.updated", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user)
    }
}
