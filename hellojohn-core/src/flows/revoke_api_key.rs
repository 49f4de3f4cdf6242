use crate::{
    Engine, Error, access::Caller, api_key::ApiKeyError, flows::create_api_key::api_key_data,
    id::ApiKeyId, store::Access, trail::Entry,
};

impl Engine {
    /// Ends an API key at once. Ending it twice is no error.
    pub async fn revoke_api_key(&self, caller: &Caller, id: ApiKeyId) -> Result<(), Error> {
        caller.require("api_keys:write")?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let key = unit.api_key(id).await?.ok_or(ApiKeyError::NotFound)?;
        if unit.end_api_key(id, self.now()).await? {
            self.record(
                &mut *unit,
                caller,
                Entry::new("api_key.revoked").on("api_key", id),
            )
            .await?;
            self.emit(&mut *unit, "api_key.revoked", api_key_data(&key))
                .await?;
        }
        Ok(unit.commit().await?)
    }
}
