use crate::{
    Engine, Error,
    access::{AccessError, Caller},
    id::{SessionId, UserId},
    session::{RevocationReason, Session, SessionError},
    store::Access,
    trail::{self, Entry},
    user::UserError,
};

/// A session, and whether it is the caller's own.
#[derive(Clone, Debug)]
pub struct OwnSession {
    /// The session.
    pub session: Session,
    /// For a user: whether it is the one they call with. For a server: unset.
    pub current: Option<bool>,
}

impl OwnSession {
    pub(crate) fn seen_by(caller: &Caller, session: Session) -> Self {
        let current = caller.session_id().map(|own| own == session.id);
        Self { session, current }
    }
}

impl Engine {
    /// Ends one session: its refresh token dies at once. Ending it twice is no error.
    pub async fn revoke_session(&self, caller: &Caller, id: SessionId) -> Result<(), Error> {
        caller.require_user_or("sessions:write")?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let session = unit
            .session(id)
            .await?
            .filter(|session| caller.may_act_for(session.user_id));
        let session = session.ok_or(SessionError::NotFound)?;
        let reason = RevocationReason::Revoked;
        if unit.revoke_session(id, reason, self.now()).await? {
            self.record(
                &mut *unit,
                caller,
                Entry::new("session.revoked").session(id),
            )
            .await?;
            self.emit(
                &mut *unit,
                "session.revoked",
                trail::session_ended(id, session.user_id, reason),
            )
            .await?;
        }
        Ok(unit.commit().await?)
    }

    /// Ends every session of a user but `except`; says how many were live.
    pub async fn revoke_user_sessions(
        &self,
        caller: &Caller,
        user: UserId,
        except: Option<SessionId>,
    ) -> Result<usize, Error> {
        caller.require_user_or("sessions:write")?;
        if !caller.may_act_for(user) {
            return Err(if caller.user().is_some() {
                UserError::NotFound.into()
            } else {
                AccessError::MissingToken.into()
            });
        }
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        unit.user(user).await?.ok_or(UserError::NotFound)?;
        let ended = self
            .end_sessions(&mut *unit, user, except, RevocationReason::Revoked)
            .await?;
        let entry = Entry::new("session.revoked")
            .user(user)
            .with("sessions", ended);
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        Ok(ended)
    }
}
