use async_trait::async_trait;

use crate::{store::StoreError, time::Timestamp};

/// Small facts of the instance, by name.
#[async_trait]
pub trait SettingStore: Send {
    /// The value of a setting, if it has one.
    async fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError>;

    /// Sets a value unless there is one; answers the value that is there now.
    async fn init_setting(
        &mut self,
        name: &str,
        value: &str,
        now: Timestamp,
    ) -> Result<String, StoreError>;

    /// Sets a value, whatever was there.
    async fn put_setting(
        &mut self,
        name: &str,
        value: &str,
        now: Timestamp,
    ) -> Result<(), StoreError>;
}
