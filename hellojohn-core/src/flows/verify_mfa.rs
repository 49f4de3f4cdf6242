use data_encoding::HEXLOWER;

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    factor::FactorKind,
    flows::{
        elevate_session::Elevated, finish_sign_in::Proven, refresh::Refreshed,
        start_mfa::challenge_hash,
    },
    issuer::SignedIn,
    lockout::void_if_begun_before,
    mfa::{
        CHALLENGE_ATTEMPTS, ChallengeKind, FactorAnswer, FactorChoice, MfaChallenge, MfaError,
        TooManyAttempts, is_second_to,
    },
    proof::{ProofOfAuthentication, SecondFactor},
    secret::{SecretHash, SecretString},
    store::{Access, UnitOfWork},
    time::Timestamp,
    trail::{self, Entry},
    user::User,
};

/// An answer to a challenge.
#[derive(Clone, Debug)]
pub struct VerifyMfa {
    /// The challenge's id.
    pub challenge: SecretString,
    /// With which factor it is answered.
    pub factor: FactorChoice,
    /// The answer.
    pub answer: FactorAnswer,
}

/// What a right answer opens.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MfaVerified {
    /// A session.
    SignedIn(Box<SignedIn>),
    /// The next tokens of a session that was there.
    SteppedUp(Box<Refreshed>),
}

/// An answer that was counted before it is checked.
struct Counted {
    challenge: MfaChallenge,
    at: Timestamp,
}

impl Engine {
    /// Checks a second factor and opens what waits for it.
    ///
    /// The attempt is written down and committed before the check, so that of answers that arrive
    /// together never more are checked than the limits allow (R020, R127). Everything that was so
    /// when the challenge began is read again with the answer; where it changed, the challenge is
    /// void (R023, R133). A code that was used before is answered like a wrong one (R128).
    pub async fn verify_mfa(
        &self,
        caller: &Caller,
        request: VerifyMfa,
    ) -> Result<MfaVerified, Error> {
        let hash = challenge_hash(caller, &request.challenge)?;
        let counted = self.count_answer(caller, &hash, &request.answer).await?;
        match self.answer_challenge(caller, &counted, &request).await {
            Ok(opened) => Ok(opened),
            Err(error) => {
                self.note_refusal(caller, &counted.challenge, &error)
                    .await?;
                Err(error)
            }
        }
    }

    async fn count_answer(
        &self,
        caller: &Caller,
        hash: &SecretHash,
        answer: &FactorAnswer,
    ) -> Result<Counted, Error> {
        let now = self.now();
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let reserved = unit
            .reserve_challenge_attempt(hash, CHALLENGE_ATTEMPTS, now)
            .await?;
        let Some(challenge) = reserved else {
            let there = unit.challenge(hash).await?;
            let refusal = there.and_then(|challenge| challenge.refusal(now));
            return Err(refusal.unwrap_or(MfaError::ChallengeExpired).into());
        };
        if matches!(answer, FactorAnswer::Code(_)) {
            let user = challenge.user_id;
            let mut attempts = unit.code_attempts_for_update(user, now).await?;
            if let Err(TooManyAttempts { wait }) = attempts.reserve(now) {
                unit.consume_challenge(hash, now).await?;
                let refusal = MfaError::TooManyAttempts(wait);
                let entry = Entry::refused("mfa.failed", refusal.code()).user(user);
                self.record(&mut *unit, caller, entry).await?;
                unit.commit().await?;
                return Err(refusal.into());
            }
            unit.put_code_attempts(user, &attempts, now).await?;
        }
        unit.commit().await?;
        Ok(Counted { challenge, at: now })
    }

    async fn answer_challenge(
        &self,
        caller: &Caller,
        counted: &Counted,
        request: &VerifyMfa,
    ) -> Result<MfaVerified, Error> {
        let challenge = &counted.challenge;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = unit
            .user_for_update(challenge.user_id)
            .await?
            .filter(|user| challenge.data.still_holds(user))
            .ok_or(MfaError::ChallengeExpired)?;
        user.require_active(self.now())?;
        let locked = unit.locked_since(user.id).await?;
        void_if_begun_before(locked, challenge.created_at)
            .map_err(|_| MfaError::ChallengeExpired)?;
        let second = self
            .answered_factor(&mut *unit, caller, (challenge, &user), request)
            .await?;
        if !unit.consume_challenge(&challenge.hash, second.at()).await? {
            return Err(MfaError::ChallengeExpired.into());
        }
        if matches!(request.answer, FactorAnswer::Code(_)) {
            let mut attempts = unit.code_attempts_for_update(user.id, second.at()).await?;
            attempts.forgive(counted.at);
            unit.put_code_attempts(user.id, &attempts, second.at())
                .await?;
        }
        let entry = Entry::new("mfa.verified")
            .user(user.id)
            .by(user_actor(&user))
            .with("factor_id", request.factor.to_string())
            .with("challenge", challenge.kind.as_str());
        self.record(&mut *unit, caller, entry).await?;
        self.emit(&mut *unit, "mfa.verified", trail::user_data(&user))
            .await?;
        self.open_behind_challenge(unit, caller, user, (challenge, &second))
            .await
    }

    async fn answered_factor(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        (challenge, user): (&MfaChallenge, &User),
        request: &VerifyMfa,
    ) -> Result<SecondFactor, Error> {
        let id = match request.factor {
            FactorChoice::BackupCodes => {
                return self
                    .use_backup_code(unit, caller, user, &request.answer)
                    .await;
            }
            FactorChoice::Factor(id) => id,
        };
        let factor = unit
            .factor(id)
            .await?
            .filter(|factor| factor.user_id == user.id && factor.is_active())
            .ok_or(MfaError::FactorNotFound)?;
        if !is_second_to(&challenge.data.first_factor(), factor.kind) {
            return Err(MfaError::FactorNotAllowed.into());
        }
        if factor.kind == FactorKind::WebAuthn {
            let shown = (&challenge.data, &request.answer);
            return self.check_passkey(unit, caller, &factor, shown).await;
        }
        let subject = code_subject(&challenge.hash);
        self.check_factor(unit, &factor, &subject, &request.answer)
            .await
    }

    async fn open_behind_challenge(
        &self,
        unit: Box<dyn UnitOfWork>,
        caller: &Caller,
        user: User,
        (challenge, second): (&MfaChallenge, &SecondFactor),
    ) -> Result<MfaVerified, Error> {
        match (challenge.kind, challenge.session_id) {
            (ChallengeKind::SignIn, _) => {
                let proof = ProofOfAuthentication::by_challenge(user.id, &challenge.data, second);
                let proven = Proven {
                    user,
                    proof,
                    method: &challenge.data.method,
                    rehashed: None,
                };
                let signed_in = self.finish_sign_in(unit, caller, proven).await?;
                Ok(MfaVerified::SignedIn(Box::new(signed_in)))
            }
            (ChallengeKind::StepUp, Some(session)) => {
                let elevated = Elevated { user, session };
                let refreshed = self.elevate_session(unit, caller, elevated, second).await?;
                Ok(MfaVerified::SteppedUp(Box::new(refreshed)))
            }
            (ChallengeKind::StepUp, None) => Err(MfaError::ChallengeExpired.into()),
        }
    }

    /// Leaves a trace of a refused answer. Whatever is no wrong answer ends the challenge.
    async fn note_refusal(
        &self,
        caller: &Caller,
        challenge: &MfaChallenge,
        error: &Error,
    ) -> Result<(), Error> {
        let goes_on = match error {
            Error::Mfa(
                MfaError::CodeInvalid
                | MfaError::CodeExpired
                | MfaError::FactorNotFound
                | MfaError::FactorNotAllowed,
            )
            | Error::Passkey(_) => true,
            Error::Store(_) | Error::Seal(_) => return Ok(()),
            _ => false,
        };
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        if !goes_on {
            unit.consume_challenge(&challenge.hash, self.now()).await?;
        }
        let mut reason = error.code();
        if let Error::Passkey(error) = error {
            reason = error.reason();
            self.end_ceremony(&mut *unit, caller, challenge, *error)
                .await?;
        }
        let entry = Entry::refused("mfa.failed", reason).user(challenge.user_id);
        self.record(&mut *unit, caller, entry).await?;
        Ok(unit.commit().await?)
    }
}

/// What a code is sent for while a challenge waits.
pub(crate) fn code_subject(challenge: &SecretHash) -> String {
    HEXLOWER.encode(challenge.as_bytes())
}
