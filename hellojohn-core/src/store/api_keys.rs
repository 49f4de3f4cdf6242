use async_trait::async_trait;

use crate::{
    api_key::{ApiKey, ApiKeyFilter},
    id::ApiKeyId,
    page::Window,
    store::StoreError,
    time::Timestamp,
};

/// The API keys of one tenant.
#[async_trait]
pub trait ApiKeyStore: Send {
    /// The key with this id, if any.
    async fn api_key(&mut self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError>;

    /// The same, and no one else changes the row until the unit ends.
    async fn api_key_for_update(&mut self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError>;

    /// Keys that match, by creation time, after the window's position.
    async fn api_keys(
        &mut self,
        filter: ApiKeyFilter,
        window: &Window,
    ) -> Result<Vec<ApiKey>, StoreError>;

    /// How many keys match.
    async fn count_api_keys(&mut self, filter: ApiKeyFilter) -> Result<u64, StoreError>;

    /// Adds a key.
    async fn insert_api_key(&mut self, key: &ApiKey) -> Result<(), StoreError>;

    /// Lets a key work no longer than `at`; says whether it would have.
    async fn end_api_key(&mut self, id: ApiKeyId, at: Timestamp) -> Result<bool, StoreError>;

    /// Notes that a key was used.
    async fn touch_api_key(&mut self, id: ApiKeyId, at: Timestamp) -> Result<(), StoreError>;
}

/// The keys of the instance, bound to no tenant.
#[async_trait]
pub trait MasterKeyStore: Send {
    /// Every master key, oldest first.
    async fn master_keys(&mut self) -> Result<Vec<ApiKey>, StoreError>;

    /// Adds a master key.
    async fn insert_master_key(&mut self, key: &ApiKey) -> Result<(), StoreError>;

    /// Lets a master key work no longer than `at`; says whether it would have.
    async fn end_master_key(&mut self, id: ApiKeyId, at: Timestamp) -> Result<bool, StoreError>;
}
