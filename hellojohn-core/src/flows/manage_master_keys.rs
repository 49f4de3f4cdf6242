use crate::{
    Engine, Error,
    access::Operator,
    api_key::{ApiKey, ApiKeyError, KeyKind},
    flows::{CreatedApiKey, NewApiKey},
    id::ApiKeyId,
    input::InputError,
    store::Access,
    trail::Entry,
};

impl Engine {
    /// Makes a master key, which is bound to no tenant.
    pub async fn create_master_key(
        &self,
        operator: &Operator,
        new: NewApiKey,
    ) -> Result<CreatedApiKey, Error> {
        operator.require("keys:write")?;
        if new.kind != KeyKind::Master {
            return Err(InputError::field("type", "invalid_value").into());
        }
        let created = self.make_api_key(None, &new)?;
        if let Some((_, scopes)) = &operator.key
            && !scopes.cover_all(&created.record.scopes)
        {
            return Err(ApiKeyError::BeyondOwnScopes.into());
        }
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.insert_master_key(&created.record).await?;
        let entry = Entry::new("api_key.created")
            .on("api_key", created.record.id)
            .with("type", "master");
        self.record_control(&mut *unit, operator, None, entry)
            .await?;
        unit.commit().await?;
        Ok(created)
    }

    /// Every master key, oldest first.
    pub async fn master_keys(&self, operator: &Operator) -> Result<Vec<ApiKey>, Error> {
        operator.require("keys:read")?;
        let mut unit = self.store().begin_control(Access::Read).await?;
        Ok(unit.master_keys().await?)
    }

    /// Ends a master key at once.
    pub async fn revoke_master_key(&self, operator: &Operator, id: ApiKeyId) -> Result<(), Error> {
        operator.require("keys:write")?;
        let mut unit = self.store().begin_control(Access::Write).await?;
        if !unit.master_keys().await?.iter().any(|key| key.id == id) {
            return Err(ApiKeyError::NotFound.into());
        }
        if unit.end_master_key(id, self.now()).await? {
            let entry = Entry::new("api_key.revoked").on("api_key", id);
            self.record_control(&mut *unit, operator, None, entry)
                .await?;
        }
        Ok(unit.commit().await?)
    }
}
