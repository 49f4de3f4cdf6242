use std::time::Duration;

use crate::{
    Engine, Error,
    access::Caller,
    api_key::ApiKeyError,
    flows::{
        CreatedApiKey, NewApiKey,
        create_api_key::{api_key_data, require_cover},
    },
    id::ApiKeyId,
    input::InputError,
    store::Access,
    trail::Entry,
};

/// The shortest time both keys work side by side.
const SHORTEST_OVERLAP: Duration = Duration::from_mins(1);
/// The longest.
const LONGEST_OVERLAP: Duration = Duration::from_hours(24 * 30);

impl Engine {
    /// Makes a successor of a key with the same name, kind and scopes; the old one works for `overlap` more.
    pub async fn rotate_api_key(
        &self,
        caller: &Caller,
        id: ApiKeyId,
        overlap: Option<Duration>,
    ) -> Result<CreatedApiKey, Error> {
        caller.require("api_keys:write")?;
        let overlap = overlap.unwrap_or(SHORTEST_OVERLAP);
        if !(SHORTEST_OVERLAP..=LONGEST_OVERLAP).contains(&overlap) {
            return Err(InputError::field("overlap", "out_of_range").into());
        }
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let now = self.now();
        let old = unit
            .api_key(id)
            .await?
            .filter(|key| key.is_live(now))
            .ok_or(ApiKeyError::NotFound)?;
        require_cover(caller, &old.scopes)?;
        let new = NewApiKey {
            name: old.name.clone(),
            kind: old.kind,
            environment: old.environment,
            scopes: old.scopes.as_slice().to_vec(),
            expires_in: old.expires_at.map(|at| at.since(now)),
        };
        let created = self.make_api_key(old.tenant_id, &new)?;
        unit.insert_api_key(&created.record).await?;
        unit.end_api_key(id, now + overlap).await?;
        let entry = Entry::new("api_key.rotated")
            .on("api_key", id)
            .with("successor", created.record.id.to_string());
        self.record(&mut *unit, caller, entry).await?;
        self.emit(&mut *unit, "api_key.created", api_key_data(&created.record))
            .await?;
        unit.commit().await?;
        Ok(created)
    }
}
