use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    flows::refresh::Refreshed,
    id::{SessionId, UserId},
    proof::SecondFactor,
    session::{Session, SessionError},
    store::{Elevation, UnitOfWork},
    trail::Entry,
    user::{Profile, User},
};

/// A session whose user proved a second factor.
pub(crate) struct Elevated {
    /// Read for update in the unit of work.
    pub(crate) user: User,
    pub(crate) session: SessionId,
}

/// What becomes of a session's refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefreshSecret {
    /// It is replaced, and the one before is dead at once (R042).
    New,
    /// It stays: the answer has no place for another one.
    Kept,
}

impl Engine {
    /// Notes the fresh proof on the session and gives it new tokens.
    pub(crate) async fn elevate_session(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        caller: &Caller,
        elevated: Elevated,
        second: &SecondFactor,
    ) -> Result<Refreshed, Error> {
        let Elevated { user, session } = elevated;
        let session = self
            .note_second_factor(&mut *unit, (session, user.id), second, RefreshSecret::New)
            .await?;
        let entry = Entry::new("session.stepped_up")
            .session(session.id)
            .by(user_actor(&user));
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        let tokens = self
            .sign_tokens(caller, &session, &Profile::from(&user))
            .await?;
        Ok(Refreshed { session, tokens })
    }

    /// Writes a second factor into a live session of its user.
    pub(crate) async fn note_second_factor(
        &self,
        unit: &mut dyn UnitOfWork,
        (session, user): (SessionId, UserId),
        second: &SecondFactor,
        secret: RefreshSecret,
    ) -> Result<Session, Error> {
        let there = unit
            .session_for_update(session)
            .await?
            .filter(|session| session.user_id == user)
            .ok_or(SessionError::Revoked)?;
        let new_salt = match secret {
            RefreshSecret::New => Some(self.random()),
            RefreshSecret::Kept => None,
        };
        let elevation = Elevation {
            session,
            amr: second.added_to(&there),
            now: second.at(),
            new_salt,
        };
        let elevated = unit.elevate_session(&elevation).await?;
        Ok(elevated.ok_or(SessionError::Revoked)?)
    }
}
