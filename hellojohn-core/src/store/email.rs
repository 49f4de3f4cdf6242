use async_trait::async_trait;

use crate::{
    mail::{CustomTemplate, EmailConfig, Template},
    store::StoreError,
};

/// How one tenant sends mail, and what its mails say.
#[async_trait]
pub trait EmailStore: Send {
    /// How it sends mail; none if it never said.
    async fn email_config(&mut self) -> Result<Option<EmailConfig>, StoreError>;

    /// Replaces that.
    async fn put_email_config(&mut self, config: &EmailConfig) -> Result<(), StoreError>;

    /// Every template of its own, by name and locale.
    async fn email_templates(&mut self) -> Result<Vec<CustomTemplate>, StoreError>;

    /// Its own versions of one template, by locale.
    async fn email_template(
        &mut self,
        template: Template,
    ) -> Result<Vec<CustomTemplate>, StoreError>;

    /// Adds or replaces a template.
    async fn put_email_template(&mut self, template: &CustomTemplate) -> Result<(), StoreError>;

    /// Removes a template; says whether there was one.
    async fn delete_email_template(
        &mut self,
        template: Template,
        locale: &str,
    ) -> Result<bool, StoreError>;
}
