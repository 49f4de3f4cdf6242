use async_trait::async_trait;

use crate::{id::TenantId, session::RevocationReason, store::StoreError, time::Timestamp};

/// What a restored backup is asked, over all tenants.
#[async_trait]
pub trait RestoreStore: Send {
    /// Whether rows of a backup arrived and its epoch was not opened yet.
    async fn is_restore_pending(&mut self) -> Result<bool, StoreError>;

    /// Takes the mark of a restore away, if it is there.
    async fn end_pending_restore(&mut self) -> Result<(), StoreError>;

    /// Revokes live sessions of a tenant made before a moment, at most `limit`; says how many.
    async fn revoke_sessions_made_before(
        &mut self,
        tenant: TenantId,
        before: MadeBefore,
        limit: u32,
    ) -> Result<u64, StoreError>;

    /// How many sessions of a tenant made before a moment are live.
    async fn count_live_sessions(
        &mut self,
        tenant: TenantId,
        made_before: Timestamp,
        now: Timestamp,
    ) -> Result<u64, StoreError>;

    /// When the newest session of a tenant was made, by the clock of whoever made it; none if
    /// there is no session.
    async fn newest_session(&mut self, tenant: TenantId) -> Result<Option<Timestamp>, StoreError>;

    /// Removes kept answers of a tenant, at most `limit`; says how many.
    async fn forget_answers(&mut self, tenant: TenantId, limit: u32) -> Result<u64, StoreError>;

    /// Removes what waits to be used once or sent in a tenant, at most `limit`; says how many.
    async fn forget_unfinished(
        &mut self,
        tenant: TenantId,
        what: Unfinished,
        limit: u32,
    ) -> Result<u64, StoreError>;

    /// How many API keys of all tenants and of the instance work at a moment.
    async fn count_live_keys(&mut self, now: Timestamp) -> Result<u64, StoreError>;
}

/// What a backup may bring back although it was used or sent since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// One-time secrets nobody used.
    OneTime,
    /// Sign-ins and step-ups that wait for a second factor.
    MfaChallenge,
    /// Codes that were sent for a second factor.
    OtpCode,
    /// Requests for recovery nobody decided.
    Recovery,
    /// Messages that were not sent.
    Message,
}

impl Unfinished {
    /// Everything.
    pub const ALL: [Self; 5] = [
        Self::OneTime,
        Self::MfaChallenge,
        Self::OtpCode,
        Self::Recovery,
        Self::Message,
    ];
}

/// Which sessions to revoke, and why.
#[derive(Clone, Copy, Debug)]
pub struct MadeBefore {
    /// Made before this moment.
    pub moment: Timestamp,
    /// Why.
    pub reason: RevocationReason,
    /// Now.
    pub now: Timestamp,
}
