use async_trait::async_trait;

use crate::{
    id::UserId,
    input::Email,
    page::Window,
    store::StoreError,
    time::Timestamp,
    user::{PasswordHash, User, UserFilter, UserSort},
};

/// The users of one tenant.
#[async_trait]
pub trait UserStore: Send {
    /// The user with this id, if any.
    async fn user(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The same, and no one else changes the row until the unit ends.
    async fn user_for_update(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The user with this address, if any.
    async fn user_by_email(&mut self, email: &Email) -> Result<Option<User>, StoreError>;

    /// The user with this user name (lower case), if any.
    async fn user_by_username(&mut self, username: &str) -> Result<Option<User>, StoreError>;

    /// The user with this telephone number (E.164), proven or not, if any.
    async fn user_by_phone(&mut self, phone: &str) -> Result<Option<User>, StoreError>;

    /// Users that match, in order, after the window's position.
    async fn users(
        &mut self,
        filter: &UserFilter,
        sort: UserSort,
        window: &Window,
    ) -> Result<Vec<User>, StoreError>;

    /// How many users match.
    async fn count_users(&mut self, filter: &UserFilter) -> Result<u64, StoreError>;

    /// Adds a user. `Conflict` names `user_email`, `user_username`, `user_phone` or `user_external_id`.
    async fn insert_user(&mut self, user: &User) -> Result<(), StoreError>;

    /// Writes every changeable field of an existing user but the sign-in times; says whether it exists. Conflicts as above.
    async fn update_user(&mut self, user: &User) -> Result<bool, StoreError>;

    /// Notes a sign-in; replaces the password hash if one is given. Touches nothing else.
    async fn note_sign_in(
        &mut self,
        id: UserId,
        at: Timestamp,
        rehashed: Option<&PasswordHash>,
    ) -> Result<(), StoreError>;

    /// Removes a user with their sessions and password history; says whether they existed.
    async fn delete_user(&mut self, id: UserId) -> Result<bool, StoreError>;

    /// The newest former password hashes, newest first.
    async fn former_passwords(
        &mut self,
        id: UserId,
        limit: u32,
    ) -> Result<Vec<PasswordHash>, StoreError>;

    /// Remembers a password hash that is being replaced and forgets all but the newest `keep`.
    async fn remember_password(
        &mut self,
        id: UserId,
        hash: &PasswordHash,
        at: Timestamp,
        keep: u32,
    ) -> Result<(), StoreError>;
}
