use async_trait::async_trait;

use crate::{
    id::{SessionId, UserId},
    page::Window,
    session::{RevocationReason, Session, SessionFilter},
    store::{Elevation, Overtaking, StoreError},
    time::Timestamp,
};

/// The sessions of one tenant.
#[async_trait]
pub trait SessionStore: Send {
    /// The session with this id, if any.
    async fn session(&mut self, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// The same, and no one else changes the row until the unit ends.
    async fn session_for_update(&mut self, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// Adds a session.
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError>;

    /// Sessions that match, by creation time, after the window's position.
    async fn sessions(
        &mut self,
        filter: &SessionFilter,
        window: &Window,
    ) -> Result<Vec<Session>, StoreError>;

    /// How many sessions match.
    async fn count_sessions(&mut self, filter: &SessionFilter) -> Result<u64, StoreError>;

    /// Moves a live session past the generation its client holds, if its row is still as it was
    /// judged; says whether it was.
    async fn overtake_session(&mut self, overtaking: &Overtaking) -> Result<bool, StoreError>;

    /// Notes on a live session that a second factor was verified; answers it as it is then.
    async fn elevate_session(
        &mut self,
        elevation: &Elevation,
    ) -> Result<Option<Session>, StoreError>;

    /// Revokes one live session; says whether it was live.
    async fn revoke_session(
        &mut self,
        id: SessionId,
        reason: RevocationReason,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Revokes the live sessions of a user, but for `except`; answers the revoked ones' ids.
    async fn revoke_sessions_of(
        &mut self,
        user: UserId,
        except: Option<SessionId>,
        reason: RevocationReason,
        now: Timestamp,
    ) -> Result<Vec<SessionId>, StoreError>;

    /// Revokes all but the user's `keep` newest live sessions; answers the revoked ones' ids.
    async fn revoke_oldest_sessions_of(
        &mut self,
        user: UserId,
        keep: u32,
        now: Timestamp,
    ) -> Result<Vec<SessionId>, StoreError>;

    /// Removes sessions that ended before a moment, at most `limit`; says how many.
    async fn purge_sessions(
        &mut self,
        ended_before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError>;
}
