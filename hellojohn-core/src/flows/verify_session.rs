use std::time::Duration;

use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::{AccessError, Caller},
    mfa::{
        MfaError,
        policy::{Restriction, proven_at},
    },
    session::{Session, SessionStatus},
    time::Timestamp,
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
    /// What it lacks, if its user must have a second factor and it has not shown one (R048).
    pub restriction: Option<Restriction>,
    /// When it last proved what counts for its user.
    pub proven_at: Option<Timestamp>,
}

impl SessionVerdict {
    /// Takes a session for invalid whose proof is older than an action allows (R049).
    #[must_use]
    pub fn within(self, max_age: Duration, now: Timestamp) -> Self {
        match self {
            Self::Valid(verified)
                if verified.proven_at.is_none_or(|at| now.since(at) > max_age) =>
            {
                Self::Invalid(MfaError::StepUpRequired.code())
            }
            other => other,
        }
    }
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
                    let demand = self.mfa_demand(&caller.tenant().config, &found.user);
                    SessionVerdict::Valid(Box::new(VerifiedSession {
                        restriction: Restriction::of(demand, &found.user, &found.session),
                        proven_at: proven_at(&found.user, &found.session),
                        session: found.session,
                        claims,
                    }))
                }
            },
        )
    }
}
