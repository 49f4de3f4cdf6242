use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::{AccessError, Caller},
    session::{Session, SessionStatus},
    token::AccessClaims,
};

/// Whether an access token is good at this moment, its session included.
#[derive(Clone, Debug)]
pub enum SessionVerdict {
    /// It is.
    Valid(Box<VerifiedSession>),
    /// It is not; a stable code says why.
    Invalid(&'static str),
}

/// A valid token's session and claims.
#[derive(Clone, Debug)]
pub struct VerifiedSession {
    /// The session.
    pub session: Session,
    /// What the token says.
    pub claims: AccessClaims,
}

impl Engine {
    /// Verifies an access token of the caller's tenant and that its session and user are live, from the primary.
    pub async fn verify_session(
        &self,
        caller: &Caller,
        token: &SecretString,
    ) -> Result<SessionVerdict, Error> {
        caller.require("sessions:read")?;
        let claims = match self.verify_access_token(caller, token).await {
            Ok(claims) => claims,
            Err(Error::Access(error @ (AccessError::InvalidToken | AccessError::TokenExpired))) => {
                return Ok(SessionVerdict::Invalid(error.code()));
            }
            Err(other) => return Err(other),
        };
        let found = self
            .store()
            .session_with_user(caller.tenant_id(), claims.session_id)
            .await?;
        let Some(found) = found.filter(|found| found.session.user_id == claims.subject) else {
            return Ok(SessionVerdict::Invalid("session_revoked"));
        };
        let now = self.now();
        Ok(
            match (found.session.status_at(now), found.user.require_active(now)) {
                (SessionStatus::Revoked, _) => SessionVerdict::Invalid("session_revoked"),
                (SessionStatus::Expired, _) => SessionVerdict::Invalid("session_expired"),
                (SessionStatus::Active, Err(error)) => SessionVerdict::Invalid(error.code()),
                (SessionStatus::Active, Ok(())) => {
                    SessionVerdict::Valid(Box::new(VerifiedSession {
                        session: found.session,
                        claims,
                    }))
                }
            },
        )
    }
}
