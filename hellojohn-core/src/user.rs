//! Users: the account, its states, and what may be changed about it.

use std::{fmt, str::FromStr};

use crate::{
    id::{TenantId, UserId},
    input::{Email, Metadata},
    time::Timestamp,
};

/// An end user of one tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Never changes.
    pub id: UserId,
    /// The tenant the user belongs to.
    pub tenant_id: TenantId,
    /// Unique in the tenant.
    pub email: Email,
    /// The address the user wants instead, until its mailbox is proven (R038).
    pub pending_email: Option<Email>,
    /// Whether the owner of the mailbox proved `email`.
    pub email_verified: bool,
    /// Unique in the tenant when set.
    pub username: Option<String>,
    /// The display name.
    pub name: Option<String>,
    /// Given name, when kept apart.
    pub first_name: Option<String>,
    /// Family name, when kept apart.
    pub last_name: Option<String>,
    /// E.164, unique in the tenant when set.
    pub phone: Option<String>,
    /// Whether the holder of the number proved it.
    pub phone_verified: bool,
    /// A picture.
    pub avatar_url: Option<String>,
    /// The application's own id, unique in the tenant when set.
    pub external_id: Option<String>,
    /// The primary tenant role.
    pub role: String,
    /// Whether the user may sign in.
    pub status: UserStatus,
    /// Why the status is what it is, as the administrator wrote it.
    pub status_reason: Option<String>,
    /// When a ban ends by itself; never if unset.
    pub banned_until: Option<Timestamp>,
    /// The stored password hash; unset for accounts without a password.
    pub password_hash: Option<PasswordHash>,
    /// When the password was last set.
    pub password_changed_at: Option<Timestamp>,
    /// Whether a second factor is active.
    pub mfa_enabled: bool,
    /// Visible to the user and in tokens.
    pub public_metadata: Metadata,
    /// Visible to servers only.
    pub private_metadata: Metadata,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When anything about it last changed.
    pub updated_at: Timestamp,
    /// When the user last signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// When the user was last seen.
    pub last_active_at: Option<Timestamp>,
}

impl User {
    /// A new account with nothing but an address.
    pub fn new(id: UserId, tenant_id: TenantId, email: Email, now: Timestamp) -> Self {
        Self {
            id,
            tenant_id,
            email,
            pending_email: None,
            email_verified: false,
            username: None,
            name: None,
            first_name: None,
            last_name: None,
            phone: None,
            phone_verified: false,
            avatar_url: None,
            external_id: None,
            role: DEFAULT_ROLE.to_owned(),
            status: UserStatus::Active,
            status_reason: None,
            banned_until: None,
            password_hash: None,
            password_changed_at: None,
            mfa_enabled: false,
            public_metadata: Metadata::default(),
            private_metadata: Metadata::default(),
            created_at: now,
            updated_at: now,
            last_sign_in_at: None,
            last_active_at: None,
        }
    }

    /// The status at a moment: a ban with an end is over after it.
    pub fn status_at(&self, now: Timestamp) -> UserStatus {
        match (self.status, self.banned_until) {
            (UserStatus::Banned, Some(until)) if until <= now => UserStatus::Active,
            (status, _) => status,
        }
    }

    /// Moves the account to another state; what belonged to the state before is forgotten.
    pub fn set_status(&mut self, status: UserStatus, reason: Option<String>, now: Timestamp) {
        self.status = status;
        self.status_reason = reason;
        self.banned_until = None;
        self.updated_at = now;
    }

    /// Refuses an account that may not sign in or stay signed in (R023, R058).
    pub fn require_active(&self, now: Timestamp) -> Result<(), UserError> {
        match self.status_at(now) {
            UserStatus::Active => Ok(()),
            UserStatus::Disabled | UserStatus::Pending => Err(UserError::Disabled),
            UserStatus::Banned => Err(UserError::Banned),
        }
    }

    /// Derives the display name from its parts when only those were given.
    pub fn derive_name(&mut self) {
        let parts = [self.first_name.as_deref(), self.last_name.as_deref()];
        let joined = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if !joined.is_empty() {
            self.name = Some(joined);
        }
    }

    /// The lower-case text in which the list's `q` searches, the same on every database.
    pub fn search_text(&self) -> String {
        let parts = [
            Some(self.email.as_str()),
            self.name.as_deref(),
            self.username.as_deref(),
            self.phone.as_deref(),
        ];
        parts
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("\n")
            .to_lowercase()
    }
}

/// The tenant role of a user for whom none was chosen.
pub const DEFAULT_ROLE: &str = "member";

/// A stored password hash, kept out of logs.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Wraps a hash string.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The hash string.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Whether a user may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserStatus {
    /// Yes.
    Active,
    /// No, until an administrator enables the account again.
    Disabled,
    /// No: disabled with intent; the address cannot sign up again.
    Banned,
    /// Invited, not yet accepted.
    Pending,
}

impl UserStatus {
    /// The word used in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
            Self::Banned => "banned",
            Self::Pending => "pending",
        }
    }
}

impl FromStr for UserStatus {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Active, Self::Disabled, Self::Banned, Self::Pending]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(())
    }
}

/// What the issuer needs to know of a user to write claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The `email` claim.
    pub email: Email,
    /// The `email_verified` claim.
    pub email_verified: bool,
    /// The `name` claim.
    pub name: Option<String>,
    /// The `role` claim.
    pub role: String,
    /// The `public_metadata` claim.
    pub public_metadata: Metadata,
}

impl From<&User> for Profile {
    fn from(user: &User) -> Self {
        Self {
            email: user.email.clone(),
            email_verified: user.email_verified,
            name: user.name.clone(),
            role: user.role.clone(),
            public_metadata: user.public_metadata.clone(),
        }
    }
}

/// Which users to list; an unset field does not filter.
#[derive(Clone, Debug)]
pub struct UserFilter {
    /// The moment at which `status` and `disabled` are judged; the list flow sets it.
    pub now: Timestamp,
    /// Part of name, address, user name or telephone number, lower case.
    pub q: Option<String>,
    /// Exactly this address.
    pub email: Option<Email>,
    /// Exactly this external id.
    pub external_id: Option<String>,
    /// In this state at `now`: a ban that has ended is none.
    pub status: Option<UserStatus>,
    /// With this role.
    pub role: Option<String>,
    /// With a proven address, or without.
    pub email_verified: Option<bool>,
    /// Disabled or banned at `now`, or neither.
    pub disabled: Option<bool>,
    /// Made after this moment.
    pub created_after: Option<Timestamp>,
    /// Made before this moment.
    pub created_before: Option<Timestamp>,
}

impl Default for UserFilter {
    fn default() -> Self {
        Self {
            now: Timestamp::from_micros(0),
            q: None,
            email: None,
            external_id: None,
            status: None,
            role: None,
            email_verified: None,
            disabled: None,
            created_after: None,
            created_before: None,
        }
    }
}

impl UserFilter {
    /// Names what the filter selects, for cursors. Without `now`: the next page is asked for later.
    pub(crate) fn list_name(&self) -> String {
        let Self {
            now: _,
            q,
            email,
            external_id,
            status,
            role,
            email_verified,
            disabled,
            created_after,
            created_before,
        } = self;
        format!(
            "{q:?} {email:?} {external_id:?} {status:?} {role:?} {email_verified:?} \
             {disabled:?} {created_after:?} {created_before:?}"
        )
    }
}

/// What the user list is ordered by; the id breaks ties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserSort {
    /// When the account was made.
    #[default]
    CreatedAt,
    /// When the user last signed in; never counts as the beginning of time.
    LastSignInAt,
    /// The address, by code point.
    Email,
}

impl UserSort {
    /// The word used in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::LastSignInAt => "last_sign_in_at",
            Self::Email => "email",
        }
    }
}

impl FromStr for UserSort {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::CreatedAt, Self::LastSignInAt, Self::Email]
            .into_iter()
            .find(|sort| sort.as_str() == text)
            .ok_or(())
    }
}

/// Why something about a user cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UserError {
    /// No such user in this tenant.
    #[error("there is no such user")]
    NotFound,
    /// The address belongs to another account.
    #[error("an account with this e-mail address exists already")]
    EmailTaken,
    /// The user name belongs to another account.
    #[error("this user name is taken")]
    UsernameTaken,
    /// The telephone number belongs to another account.
    #[error("an account with this telephone number exists already")]
    PhoneTaken,
    /// The external id belongs to another account.
    #[error("an account with this external id exists already")]
    ExternalIdTaken,
    /// The account is disabled.
    #[error("this account is disabled")]
    Disabled,
    /// The account is banned.
    #[error("this account is banned")]
    Banned,
}

impl UserError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "user_not_found",
            Self::EmailTaken => "email_already_exists",
            Self::UsernameTaken => "username_taken",
            Self::PhoneTaken => "phone_taken",
            Self::ExternalIdTaken => "external_id_taken",
            Self::Disabled => "user_disabled",
            Self::Banned => "user_banned",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> User {
        let now = Timestamp::from_seconds(1_000);
        let email = Email::parse("ada@example.com").unwrap();
        User::new(
            UserId::new(now, [1; 10]),
            TenantId::new(now, [2; 10]),
            email,
            now,
        )
    }

    #[test]
    fn a_ban_with_an_end_is_over_at_that_moment() {
        let mut user = user();
        user.status = UserStatus::Banned;
        user.banned_until = Some(Timestamp::from_seconds(2_000));
        assert!(user.require_active(Timestamp::from_seconds(1_999)).is_err());
        assert!(user.require_active(Timestamp::from_seconds(2_000)).is_ok());
        user.banned_until = None;
        assert!(user.require_active(Timestamp::from_seconds(9_999)).is_err());
    }

    #[test]
    fn only_an_active_user_may_go_on() {
        for (status, code) in [
            (UserStatus::Disabled, "user_disabled"),
            (UserStatus::Banned, "user_banned"),
            (UserStatus::Pending, "user_disabled"),
        ] {
            let mut user = user();
            user.status = status;
            assert_eq!(
                user.require_active(user.created_at).unwrap_err().code(),
                code
            );
        }
    }

    #[test]
    fn a_name_is_derived_from_its_parts() {
        let mut user = user();
        user.first_name = Some("Ada".to_owned());
        user.last_name = Some("Lovelace".to_owned());
        user.derive_name();
        assert_eq!(user.name.as_deref(), Some("Ada Lovelace"));
        assert!(user.search_text().contains("ada lovelace"));
    }
}
