use std::time::Duration;

use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::{Caller, Principal},
    api_key::{self, ApiKey, ApiKeyError, Environment, KeyKind, KeyScopes},
    id::{ApiKeyId, TenantId},
    input::{self, InputError},
    secret::{ExposeSecret, SecretHash},
    store::Access,
    trail::Entry,
};

/// A key to make.
#[derive(Clone, Debug)]
pub struct NewApiKey {
    /// For people.
    pub name: String,
    /// What for.
    pub kind: KeyKind,
    /// A label in the key's text.
    pub environment: Environment,
    /// What it may do, `*` if empty; publishable keys have none.
    pub scopes: Vec<String>,
    /// After how long it stops working; never if unset.
    pub expires_in: Option<Duration>,
}

impl NewApiKey {
    /// A live key that may do everything its kind may.
    pub fn named(name: impl Into<String>, kind: KeyKind) -> Self {
        Self {
            name: name.into(),
            kind,
            environment: Environment::Live,
            scopes: Vec::new(),
            expires_in: None,
        }
    }
}

/// A new key: its record, and the key itself, which is not kept.
#[derive(Clone, Debug)]
pub struct CreatedApiKey {
    /// The record.
    pub record: ApiKey,
    /// The key. Show it once.
    pub key: SecretString,
}

impl Engine {
    /// Makes an API key of the tenant. A key never makes one that may do more than itself (R163).
    pub async fn create_api_key(
        &self,
        caller: &Caller,
        new: NewApiKey,
    ) -> Result<CreatedApiKey, Error> {
        caller.require("api_keys:write")?;
        if new.kind == KeyKind::Master {
            return Err(InputError::field("type", "invalid_value").into());
        }
        let mut created = self.make_api_key(Some(caller.tenant_id()), &new)?;
        require_cover(caller, &created.record.scopes)?;
        if let Principal::Secret {
            expires_at: Some(end),
            ..
        } = caller.principal()
        {
            // Nor one that outlives it: a short-lived key would otherwise live for ever.
            created.record.expires_at =
                Some(created.record.expires_at.map_or(*end, |at| at.min(*end)));
        }
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        unit.insert_api_key(&created.record).await?;
        let entry = Entry::new("api_key.created")
            .on("api_key", created.record.id)
            .with("type", new.kind.as_str());
        self.record(&mut *unit, caller, entry).await?;
        self.emit(&mut *unit, "api_key.created", api_key_data(&created.record))
            .await?;
        unit.commit().await?;
        Ok(created)
    }

    pub(crate) fn make_api_key(
        &self,
        tenant_id: Option<TenantId>,
        new: &NewApiKey,
    ) -> Result<CreatedApiKey, Error> {
        let wrong = |error| InputError::Fields(vec![error]);
        let name = input::display_text("name", &new.name).map_err(wrong)?;
        let scopes = match (new.kind, new.scopes.is_empty()) {
            (KeyKind::Publishable, true) => KeyScopes::from_text(""),
            (_, true) => KeyScopes::all(),
            (kind, false) => KeyScopes::parse(kind, &new.scopes)
                .ok_or_else(|| InputError::field("scopes", "invalid_value"))?,
        };
        if new.expires_in.is_some_and(|life| life.is_zero()) {
            return Err(InputError::field("expires_in", "out_of_range").into());
        }
        let now = self.now();
        let key = api_key::mint(new.kind, new.environment, self.random());
        let record = ApiKey {
            id: ApiKeyId::new(now, self.random()),
            tenant_id,
            name,
            kind: new.kind,
            environment: new.environment,
            last_four: api_key::last_four(&key),
            hash: SecretHash::of(key.expose_secret().as_bytes()),
            scopes,
            created_at: now,
            last_used_at: None,
            expires_at: new.expires_in.map(|life| now + life),
            revoked_at: None,
        };
        Ok(CreatedApiKey { record, key })
    }
}

/// A key never makes one that may do more than itself (R163).
pub(crate) fn require_cover(caller: &Caller, wanted: &KeyScopes) -> Result<(), ApiKeyError> {
    match caller.principal() {
        Principal::Secret { scopes, .. } if !scopes.cover_all(wanted) => {
            Err(ApiKeyError::BeyondOwnScopes)
        }
        _ => Ok(()),
    }
}

/// The `data` of events about an API key.
pub(crate) fn api_key_data(key: &ApiKey) -> serde_json::Map<String, serde_json::Value> {
    let about = serde_json::json!({
        "id": key.id,
        "name": key.name,
        "type": key.kind.as_str(),
        "last_four": key.last_four,
    });
    [("api_key".to_owned(), about)].into_iter().collect()
}
