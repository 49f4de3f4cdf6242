use secrecy::{ExposeSecret, SecretString};

use crate::{
    Engine, Error,
    access::Caller,
    id::SessionId,
    issuer::TokenPair,
    metrics::Flow,
    session::{Judgement, JudgementRules, Presented, RevocationReason, Session, SessionError},
    store::{Access, Overtaking, Rotated, Rotation, UnitOfWork},
    time::Timestamp,
    token::{RefreshClaim, RefreshToken},
    trail::{self, Entry},
    user::Profile,
};

/// A session with its next tokens.
#[derive(Clone, Debug)]
pub struct Refreshed {
    /// The session in its new generation.
    pub session: Session,
    /// Its tokens.
    pub tokens: TokenPair,
}

impl Engine {
    /// Exchanges a refresh token for the next one and an access token.
    ///
    /// The rotation is one statement. A token that is not authentic touches nothing. The
    /// parent of the live token gets the same successor within the grace period; any older
    /// one revokes the session (R052–R060; see `docs/tokens.md`).
    pub async fn refresh(&self, caller: &Caller, token: &SecretString) -> Result<Refreshed, Error> {
        let outcome = self.exchange(caller, token).await;
        self.meters().ended(Flow::Refresh, outcome)
    }

    /// Which session an authentic refresh token continues. Reads and changes nothing of it, and
    /// says nothing about whether the token may still be used.
    pub async fn refreshing_session(
        &self,
        caller: &Caller,
        token: &SecretString,
    ) -> Result<SessionId, Error> {
        Ok(self.authenticate_refresh(caller, token).await?.session)
    }

    async fn exchange(&self, caller: &Caller, token: &SecretString) -> Result<Refreshed, Error> {
        let claim = self.authenticate_refresh(caller, token).await?;
        let now = self.now();
        let presented = Presented {
            generation: claim.generation,
            salt: claim.salt,
        };
        let idle = caller.tenant().config.idle_timeout;
        let rotation = Rotation {
            session: claim.session,
            presented,
            now,
            idle_expires_at: idle.map(|span| now + span.0),
        };
        let rotated = match self.store().rotate(caller.tenant_id(), &rotation).await? {
            Some(rotated) => {
                self.meters().rotations.increment(1);
                rotated
            }
            None => self.explain(caller, &claim, presented).await?,
        };
        let tokens = self
            .sign_tokens(caller, &rotated.session, &rotated.profile)
            .await?;
        Ok(Refreshed {
            session: rotated.session,
            tokens,
        })
    }

    async fn authenticate_refresh(
        &self,
        caller: &Caller,
        token: &SecretString,
    ) -> Result<RefreshClaim, Error> {
        let invalid = |_| SessionError::RefreshTokenInvalid;
        let presented = RefreshToken::parse(token.expose_secret()).map_err(invalid)?;
        let keys = self.keys().await?;
        if let Ok(claim) = presented.authenticate(&keys.refresh, caller.tenant_id()) {
            return Ok(claim);
        }
        let keys = self.keys_after_unknown().await?;
        Ok(presented
            .authenticate(&keys.refresh, caller.tenant_id())
            .map_err(invalid)?)
    }

    /// Finds out why an authentic token did not rotate, and answers an honest retry.
    async fn explain(
        &self,
        caller: &Caller,
        claim: &RefreshClaim,
        presented: Presented,
    ) -> Result<Rotated, Error> {
        let mut rules = JudgementRules {
            grace: self.settings().refresh_grace,
            sessions_kept_at: None,
        };
        let (mut unit, mut session) = self.locked_session(caller, claim).await?;
        if session.is_behind(presented) {
            // Only now the epoch matters. Nobody waits for a second connection while holding one.
            drop(unit);
            rules.sessions_kept_at = self.restore_epoch().await?.sessions_kept_at();
            (unit, session) = self.locked_session(caller, claim).await?;
        }
        let now = self.now();
        match session.judge(presented, now, rules) {
            Judgement::Foreign => Err(SessionError::RefreshTokenInvalid.into()),
            Judgement::Revoked | Judgement::Live => Err(SessionError::Revoked.into()),
            Judgement::Expired => Err(SessionError::RefreshTokenExpired.into()),
            Judgement::HonestRetry => {
                let profile = active_profile(&mut *unit, &session, now).await?;
                self.meters().retries.increment(1);
                Ok(Rotated { session, profile })
            }
            Judgement::Ahead => {
                let profile = active_profile(&mut *unit, &session, now).await?;
                let overtaking = overtaking(caller, &session, presented, rules, now)
                    .ok_or(SessionError::RefreshTokenInvalid)?;
                if !unit.overtake_session(&overtaking).await? {
                    return Err(SessionError::RefreshTokenInvalid.into());
                }
                let session = unit
                    .session(session.id)
                    .await?
                    .ok_or(SessionError::Revoked)?;
                unit.commit().await?;
                Ok(Rotated { session, profile })
            }
            Judgement::Reuse => {
                self.end_reused(&mut *unit, caller, &session, claim).await?;
                unit.commit().await?;
                self.meters().reuses.increment(1);
                tracing::warn!(session.id = %session.id, tenant.id = %session.tenant_id, "refresh token reuse: session revoked");
                Err(SessionError::RefreshTokenInvalid.into())
            }
        }
    }

    async fn locked_session(
        &self,
        caller: &Caller,
        claim: &RefreshClaim,
    ) -> Result<(Box<dyn UnitOfWork>, Session), Error> {
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let session = unit.session_for_update(claim.session).await?;
        Ok((unit, session.ok_or(SessionError::RefreshTokenInvalid)?))
    }

    async fn end_reused(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        session: &Session,
        claim: &RefreshClaim,
    ) -> Result<(), Error> {
        let reason = RevocationReason::RefreshReuse;
        unit.revoke_session(session.id, reason, self.now()).await?;
        let entry = Entry::refused("session.refresh_reuse_detected", "refresh_token_reused")
            .session(session.id)
            .with("user_id", session.user_id.to_string())
            .with("presented_generation", claim.generation)
            .with("live_generation", session.generation);
        self.record(unit, caller, entry).await?;
        self.emit(
            unit,
            "session.revoked",
            trail::session_ended(session.id, session.user_id, reason),
        )
        .await
    }
}

/// What the next tokens say of the session's user, who must still be let in (R058).
async fn active_profile(
    unit: &mut dyn UnitOfWork,
    session: &Session,
    now: Timestamp,
) -> Result<Profile, Error> {
    let user = unit
        .user(session.user_id)
        .await?
        .ok_or(SessionError::Revoked)?;
    user.require_active(now)
        .map_err(|_| SessionError::Revoked)?;
    Ok(Profile::from(&user))
}

/// The step from a restored row past the token a client shows; none if there is no generation after it.
fn overtaking(
    caller: &Caller,
    session: &Session,
    presented: Presented,
    rules: JudgementRules,
    now: Timestamp,
) -> Option<Overtaking> {
    let idle = caller.tenant().config.idle_timeout;
    Some(Overtaking {
        session: session.id,
        from: session.generation,
        to: presented.generation.checked_add(1)?,
        kept_at: rules.sessions_kept_at?,
        now,
        idle_expires_at: idle.map(|span| now + span.0),
    })
}
