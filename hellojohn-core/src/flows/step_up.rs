use crate::{
    Engine, Error,
    access::Caller,
    factor::Factor,
    flows::start_mfa::NewChallenge,
    id::FactorId,
    mfa::{ChallengeData, ChallengeKind, FactorChoice, MfaError, MfaRequired},
    session::{Amr, SessionError},
    store::Access,
    user::UserError,
};

/// What a session was made with, where a way of signing in is named.
const STEP_UP: &str = "step_up";

impl Engine {
    /// Lets a signed-in user prove themselves anew: the verification that follows gives their
    /// session new tokens with a fresh `mfa_at` (R049).
    ///
    /// A mailbox that opened the session is no second factor to it (R131).
    pub async fn step_up(
        &self,
        caller: &Caller,
        only: Option<FactorId>,
    ) -> Result<MfaRequired, Error> {
        let signed_in = caller.require_user()?;
        let now = self.now();
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = unit
            .user_for_update(signed_in.user.id)
            .await?
            .ok_or(UserError::NotFound)?;
        user.require_active(now)?;
        let session = unit
            .session(signed_in.session.id)
            .await?
            .ok_or(SessionError::Revoked)?;
        let mut factors = unit.factors_of(user.id).await?;
        factors.retain(Factor::is_active);
        if factors.is_empty() {
            return Err(MfaError::EnrollmentRequired.into());
        }
        if only.is_some_and(|only| factors.iter().all(|factor| factor.id != only)) {
            return Err(MfaError::FactorNotFound.into());
        }
        let first = first_factor(&session.amr);
        let challenge = NewChallenge {
            kind: ChallengeKind::StepUp,
            session: Some(session.id),
            data: ChallengeData::of(&user, &first, STEP_UP, session.auth_time),
            factors: &factors,
        };
        let mut required = self.make_challenge(&mut *unit, &user, challenge).await?;
        unit.commit().await?;
        if let Some(only) = only {
            let wanted = FactorChoice::Factor(only);
            required.factors.retain(|factor| factor.choice == wanted);
        }
        Ok(required)
    }
}

/// What opened a session before a second factor was added to it.
fn first_factor(amr: &[Amr]) -> Vec<Amr> {
    amr.first().copied().into_iter().collect()
}
