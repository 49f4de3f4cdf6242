//! Storage ports: what the engine asks of a database.
//!
//! A [`UnitOfWork`] is one transaction inside one tenant. None of its methods takes a
//! tenant: the unit was opened for one, and nothing tenant-owned can be reached without it.
//!
//! ```
//! # use hellojohn_core::{id::TenantId, input::Email, store::{Access, Store, StoreError}, user::User};
//! async fn find(store: &dyn Store, tenant: TenantId, email: &Email) -> Result<Option<User>, StoreError> {
//!     let mut unit = store.begin(tenant, Access::Read).await?;
//!     unit.user_by_email(email).await
//! }
//! ```
//!
//! ```compile_fail,E0599
//! # async fn f(store: &dyn hellojohn_core::store::Store, email: &hellojohn_core::input::Email) {
//! // There is no way to a user but through a unit of work, which names its tenant.
//! store.user_by_email(email).await;
//! # }
//! ```
//!
//! ```compile_fail,E0308
//! # use hellojohn_core::store::{ControlUnit, UserStore};
//! // Nor can the control plane be taken for a tenant.
//! fn users(control: &mut dyn ControlUnit) -> &mut dyn UserStore { control }
//! ```

use std::any::Any;

use async_trait::async_trait;

use crate::{
    api_key::ApiKey,
    id::{SessionId, TenantId},
    secret::SecretHash,
    session::{Amr, Presented, Session},
    tenant::Tenant,
    time::Timestamp,
    user::{Profile, User},
};

mod api_keys;
mod audit;
mod backup_codes;
mod code_attempts;
mod devices;
mod email;
mod factors;
mod idempotency;
mod lockouts;
mod messages;
mod mfa_challenges;
mod one_time;
mod otp_codes;
mod outbox;
mod passkeys;
mod recovery;
mod reseal;
mod restore;
mod sessions;
mod settings;
mod signing_keys;
mod tenants;
mod users;

pub use api_keys::{ApiKeyStore, MasterKeyStore};
pub use audit::{AuditStore, ControlAuditStore};
pub use backup_codes::BackupCodeStore;
pub use code_attempts::CodeAttemptStore;
pub use devices::DeviceStore;
pub use email::EmailStore;
pub use factors::FactorStore;
pub use idempotency::{IdempotencyStore, KeptAnswer};
pub use lockouts::LockoutStore;
pub use messages::{
    MessageClaim, MessageCounts, MessageFilter, MessageQueueStore, MessageStore, QueuedMessage,
    SendOutcome, Settled,
};
pub use mfa_challenges::MfaChallengeStore;
pub use one_time::OneTimeStore;
pub use otp_codes::OtpCodeStore;
pub use outbox::OutboxStore;
pub use passkeys::PasskeyStore;
pub use recovery::RecoveryStore;
pub use reseal::{KeyPart, ResealStore, RowKey, SealedCount, SealedRow};
pub use restore::{MadeBefore, RestoreStore, Unfinished};
pub use sessions::SessionStore;
pub use settings::SettingStore;
pub use signing_keys::SigningKeyStore;
pub use tenants::TenantStore;
pub use users::UserStore;

/// A database.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Begins a unit of work inside one tenant; dropping it rolls it back.
    async fn begin(
        &self,
        tenant: TenantId,
        access: Access,
    ) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Begins a unit of work in the control plane; dropping it rolls it back.
    async fn begin_control(&self, access: Access) -> Result<Box<dyn ControlUnit>, StoreError>;

    /// Moves a session to its next generation: one statement, one round trip, durable when it returns (R052).
    ///
    /// Answers `None`, and changes nothing, unless generation and salt are the live ones,
    /// the session is neither revoked nor over, and its user and tenant are active.
    async fn rotate(
        &self,
        tenant: TenantId,
        rotation: &Rotation,
    ) -> Result<Option<Rotated>, StoreError>;

    /// The session behind a bearer token with its user, read from the primary in one statement.
    async fn session_with_user(
        &self,
        tenant: TenantId,
        session: SessionId,
    ) -> Result<Option<SessionWithUser>, StoreError>;

    /// The key with this hash and the tenant it is bound to, in one statement; master keys have no tenant.
    async fn key_by_hash(&self, hash: &SecretHash) -> Result<Option<KeyWithTenant>, StoreError>;

    /// Whether the database answers and has our tables.
    async fn ping(&self) -> Result<(), StoreError>;
}

/// Every store of one tenant, over one transaction.
#[async_trait]
pub trait UnitOfWork:
    UserStore
    + SessionStore
    + ApiKeyStore
    + AuditStore
    + OutboxStore
    + MessageStore
    + DeviceStore
    + RecoveryStore
    + EmailStore
    + OneTimeStore
    + PasskeyStore
    + FactorStore
    + BackupCodeStore
    + MfaChallengeStore
    + OtpCodeStore
    + CodeAttemptStore
    + LockoutStore
    + IdempotencyStore
    + Any
    + Send
{
    /// The tenant the unit was opened for.
    fn tenant(&self) -> TenantId;

    /// Makes everything durable. Refuses with [`StoreError::Spent`] after any error before.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// The stores of the control plane, over one transaction.
#[async_trait]
pub trait ControlUnit:
    TenantStore
    + SigningKeyStore
    + MasterKeyStore
    + SettingStore
    + ControlAuditStore
    + MessageQueueStore
    + RestoreStore
    + ResealStore
    + Any
    + Send
{
    /// Makes everything durable. Refuses with [`StoreError::Spent`] after any error before.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// What a unit of work may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only look.
    Read,
    /// Look and change.
    Write,
}

/// One turn of a refresh token.
#[derive(Clone, Copy, Debug)]
pub struct Rotation {
    /// Of which session.
    pub session: SessionId,
    /// What the token claims is live.
    pub presented: Presented,
    /// When.
    pub now: Timestamp,
    /// The session's new idle end, if the tenant has an idle limit.
    pub idle_expires_at: Option<Timestamp>,
}

/// A jump of a session whose row a backup brought back behind what its client holds.
#[derive(Clone, Copy, Debug)]
pub struct Overtaking {
    /// Which session.
    pub session: SessionId,
    /// The generation of the row.
    pub from: u32,
    /// Its new generation.
    pub to: u32,
    /// The row must not have been rotated since.
    pub kept_at: Timestamp,
    /// When.
    pub now: Timestamp,
    /// The session's new idle end, if the tenant has an idle limit.
    pub idle_expires_at: Option<Timestamp>,
}

/// A session that proves its user anew.
#[derive(Clone, Debug)]
pub struct Elevation {
    /// Which session.
    pub session: SessionId,
    /// Everything it was proven with now.
    pub amr: Vec<Amr>,
    /// When.
    pub now: Timestamp,
    /// The random bytes of its next refresh tokens; every token before is dead then (R042).
    pub new_salt: Option<[u8; 16]>,
}

/// A session that was rotated, and what the next access token says of its user.
#[derive(Clone, Debug)]
pub struct Rotated {
    /// The session in its new generation.
    pub session: Session,
    /// The user as they are now (R058).
    pub profile: Profile,
}

/// A session and its user.
#[derive(Clone, Debug)]
pub struct SessionWithUser {
    /// The session, whatever its state.
    pub session: Session,
    /// Its user, whatever their state.
    pub user: User,
}

/// A key and its tenant.
#[derive(Clone, Debug)]
pub struct KeyWithTenant {
    /// The key, whatever its state.
    pub key: ApiKey,
    /// Its tenant, whatever its state; none for master keys.
    pub tenant: Option<Tenant>,
}

/// Why storage could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A value is taken or a reference is missing; the rule's name is the same on every database.
    #[error("the change conflicts with `{constraint}`")]
    Conflict {
        /// Our name of the rule, such as `user_email`.
        constraint: &'static str,
    },
    /// A row holds what this program cannot have written.
    #[error("a stored value is not readable: {0}")]
    Corrupt(String),
    /// A write in a unit opened for reading.
    #[error("this unit of work is read only")]
    ReadOnly,
    /// An earlier statement failed; nothing of the unit is kept.
    #[error("this unit of work failed before and cannot be committed")]
    Spent,
    /// The database does not answer, or not in time.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database refused a statement.
    #[error("the database refused a statement")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    /// Whether this is a conflict with the named rule.
    pub fn is_conflict(&self, name: &str) -> bool {
        matches!(self, Self::Conflict { constraint } if *constraint == name)
    }
}
