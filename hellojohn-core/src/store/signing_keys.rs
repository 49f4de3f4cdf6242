use async_trait::async_trait;

use crate::{signing_key::SigningKey, store::StoreError, time::Timestamp};

/// The signing keys of the instance.
#[async_trait]
pub trait SigningKeyStore: Send {
    /// Every key of every purpose, oldest first.
    async fn signing_keys(&mut self) -> Result<Vec<SigningKey>, StoreError>;

    /// Adds a key unless one with its id is there; says whether it was added.
    async fn insert_signing_key(&mut self, key: &SigningKey) -> Result<bool, StoreError>;

    /// Plans from when a key signs; says whether it exists and is not retired.
    async fn activate_signing_key(&mut self, id: &str, from: Timestamp)
    -> Result<bool, StoreError>;

    /// Retires a key; says whether it exists and was not retired.
    async fn retire_signing_key(&mut self, id: &str, at: Timestamp) -> Result<bool, StoreError>;

    /// Takes the lock under which signing keys are added and changed, until the unit ends.
    async fn lock_signing_keys(&mut self) -> Result<(), StoreError>;
}
