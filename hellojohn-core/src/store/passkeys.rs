use async_trait::async_trait;

use crate::{
    id::{FactorId, UserId},
    passkey::{Passkey, PasskeyUse},
    store::StoreError,
};

/// Passkeys of one tenant. They go with the factor that carries them.
#[async_trait]
pub trait PasskeyStore: Send {
    /// Adds one; conflicts with `passkey_credential_id` if anybody of the tenant has it (R135).
    async fn insert_passkey(&mut self, passkey: &Passkey) -> Result<(), StoreError>;

    /// The one the authenticator calls by this name.
    async fn passkey_by_credential(
        &mut self,
        credential_id: &[u8],
    ) -> Result<Option<Passkey>, StoreError>;

    /// The one this factor carries.
    async fn passkey_of_factor(&mut self, factor: FactorId) -> Result<Option<Passkey>, StoreError>;

    /// Those of a user, oldest first.
    async fn passkeys_of(&mut self, user: UserId) -> Result<Vec<Passkey>, StoreError>;

    /// Writes a use down, if the counter went forward or the authenticator does not count: one
    /// statement, so that of two uses with one counter only one holds (R139).
    async fn note_passkey_use(&mut self, used: &PasskeyUse) -> Result<bool, StoreError>;
}
