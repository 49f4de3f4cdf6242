use crate::{
    Engine, Error,
    access::Caller,
    factor::{Factor, FactorKind, FactorStatus},
    flows::{
        elevate_session::RefreshSecret, enrol_passkey::RedeemedEnrolment, list_factors::may_change,
        sign_up::taken,
    },
    id::{FactorId, UserId},
    mail::{Mail, Template},
    mfa::{
        CHALLENGE_ATTEMPTS, FactorAnswer, FactorProof, MfaError, TooManyAttempts, policy::ProofAge,
    },
    passkey::PasskeyError,
    proof::SecondFactor,
    secret::SecretString,
    store::{Access, UnitOfWork},
    time::Timestamp,
    trail::{self, Entry},
    user::{User, UserError},
};

/// A factor that counts from now on.
#[derive(Clone, Debug)]
pub struct ConfirmedFactor {
    /// The factor.
    pub factor: Factor,
    /// Where its codes go, masked.
    pub hint: Option<String>,
    /// With the first factor ever: the backup codes, shown once.
    pub backup_codes: Option<Vec<SecretString>>,
}

impl Engine {
    /// Confirms a factor with a first answer of it.
    ///
    /// The user's first factor brings their backup codes. The session that confirms has proven the
    /// factor; others stay what they are.
    pub async fn confirm_factor(
        &self,
        caller: &Caller,
        user: UserId,
        proof: FactorProof,
    ) -> Result<ConfirmedFactor, Error> {
        may_change(caller, user)?;
        let counted_at = self.count_confirmation(caller, user, &proof).await?;
        let enrolment = match &proof.answer {
            FactorAnswer::Credential(answer) => Some(
                self.redeem_passkey_enrolment(caller, (user, proof.factor), answer)
                    .await?,
            ),
            FactorAnswer::Code(_) => None,
        };
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = unit
            .user_for_update(user)
            .await?
            .ok_or(UserError::NotFound)?;
        let factors = unit.factors_of(user.id).await?;
        self.require_fresh_proof(&mut *unit, caller, &user, ProofAge::FACTORS)
            .await?;
        let factor = pending(&factors, proof.factor, self.now())?;
        let second = self
            .check_first_answer(
                &mut *unit,
                caller,
                factor,
                (&proof.answer, enrolment.as_ref()),
            )
            .await?;
        let mut attempts = unit.code_attempts_for_update(user.id, second.at()).await?;
        attempts.forgive(counted_at);
        unit.put_code_attempts(user.id, &attempts, second.at())
            .await?;
        let is_first = !factors.iter().any(Factor::is_active);
        let confirmed = self
            .factor_activated(&mut *unit, caller, user, (factor.id, is_first.into()))
            .await?;
        if let Some(signed_in) = caller.user() {
            let session = (signed_in.session.id, signed_in.user.id);
            self.note_second_factor(&mut *unit, session, &second, RefreshSecret::Kept)
                .await?;
        }
        unit.commit().await?;
        Ok(confirmed)
    }

    /// Counts an answer before it is checked.
    async fn count_confirmation(
        &self,
        caller: &Caller,
        user: UserId,
        proof: &FactorProof,
    ) -> Result<Timestamp, Error> {
        let now = self.now();
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        unit.user(user).await?.ok_or(UserError::NotFound)?;
        let factors = unit.factors_of(user).await?;
        let factor = pending(&factors, proof.factor, now)?;
        if matches!(proof.answer, FactorAnswer::Credential(_)) {
            return Ok(now);
        }
        if matches!(factor.kind, FactorKind::Sms | FactorKind::EmailOtp) {
            let subject = factor.id.to_string();
            let left = unit
                .reserve_otp_attempt(&subject, factor.id, CHALLENGE_ATTEMPTS)
                .await?;
            if !left {
                let wait = factor.expires_at.map_or(now, |at| at).since(now);
                return Err(MfaError::TooManyAttempts(wait).into());
            }
        }
        let mut attempts = unit.code_attempts_for_update(user, now).await?;
        attempts
            .reserve(now)
            .map_err(|TooManyAttempts { wait }| MfaError::TooManyAttempts(wait))?;
        unit.put_code_attempts(user, &attempts, now).await?;
        unit.commit().await?;
        Ok(now)
    }

    async fn check_first_answer(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        factor: &Factor,
        (answer, enrolment): (&FactorAnswer, Option<&RedeemedEnrolment>),
    ) -> Result<SecondFactor, Error> {
        let now = self.now();
        let step = match (factor.kind, answer) {
            (FactorKind::Totp, FactorAnswer::Code(code)) => Some(self.totp_step(factor, code)?),
            (FactorKind::Sms | FactorKind::EmailOtp, FactorAnswer::Code(code)) => {
                let subject = factor.id.to_string();
                self.use_sent_code(unit, factor, &subject, code).await?;
                None
            }
            (FactorKind::WebAuthn, FactorAnswer::Credential(answer)) => {
                let enrolment = enrolment.ok_or(PasskeyError::ChallengeOver)?;
                self.register_passkey(unit, caller, factor, (enrolment, answer))
                    .await?;
                None
            }
            _ => return Err(MfaError::FactorNotAllowed.into()),
        };
        if !unit.activate_factor(factor.id, step, now).await? {
            return Err(MfaError::CodeInvalid.into());
        }
        Ok(SecondFactor::by(factor.kind, now))
    }

    /// What follows from a factor that was activated in this unit of work.
    async fn factor_activated(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        mut user: User,
        (id, rank): (FactorId, Rank),
    ) -> Result<ConfirmedFactor, Error> {
        let now = self.now();
        let factor = unit.factor(id).await?.ok_or(MfaError::FactorNotFound)?;
        let number = factor.target.clone();
        if let Some(number) = number.filter(|_| factor.kind == FactorKind::Sms) {
            // Whoever reads the code holds the number (R130); another number of the user stays.
            let is_wanted = user.phone.as_ref().is_none_or(|phone| *phone == number);
            if is_wanted && self.number_is_free(unit, caller, (&user, &number)).await? {
                user.phone = Some(number);
                user.phone_verified = true;
            }
        }
        user.mfa_enabled = true;
        user.updated_at = now;
        unit.update_user(&user).await.map_err(taken)?;
        let backup_codes = match rank {
            Rank::First => Some(self.replace_backup_codes(unit, user.id).await?),
            Rank::Further => None,
        };
        let entry = Entry::new("mfa.enrolled")
            .user(user.id)
            .with("factor_id", factor.id.to_string())
            .with("factor_type", factor.kind.as_str());
        self.record(unit, caller, entry).await?;
        self.emit(unit, "mfa.enrolled", trail::factor_data(&user, &factor))
            .await?;
        self.tell_of_change(unit, caller, &user, ("added", &factor))
            .await?;
        Ok(ConfirmedFactor {
            hint: factor.hint(&user.email),
            factor,
            backup_codes,
        })
    }

    /// Whether a number that was proven may become its holder's. One that somebody else only
    /// claims is taken from them; one that somebody else has proven stays theirs.
    async fn number_is_free(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        (user, number): (&User, &str),
    ) -> Result<bool, Error> {
        let holder = unit.user_by_phone(number).await?;
        let Some(holder) = holder.filter(|holder| holder.id != user.id) else {
            return Ok(true);
        };
        let holder = unit.user_for_update(holder.id).await?;
        let Some(mut holder) = holder.filter(|now| now.phone.as_deref() == Some(number)) else {
            return Ok(true);
        };
        if holder.phone_verified {
            return Ok(false);
        }
        holder.phone = None;
        holder.updated_at = self.now();
        unit.update_user(&holder).await?;
        let entry = Entry::new("user.updated")
            .user(holder.id)
            .with("phone", "proven by another user");
        self.record(unit, caller, entry).await?;
        self.emit(unit, "user.updated", trail::user_data(&holder))
            .await?;
        Ok(true)
    }

    /// Tells the owner that a factor came or went.
    pub(crate) async fn tell_of_change(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        (change, factor): (&str, &Factor),
    ) -> Result<(), Error> {
        let mut mail = Mail::to_user(Template::MfaChanged, user);
        mail.more.insert("change".to_owned(), change.into());
        let kind = factor.kind.as_str();
        mail.more.insert("factor".to_owned(), kind.into());
        let name = factor.name.clone();
        mail.more.insert("name".to_owned(), name.into());
        self.queue_mail(unit, caller, mail).await
    }
}

/// Whether a user had factors before.
#[derive(Clone, Copy, Debug)]
enum Rank {
    First,
    Further,
}

impl From<bool> for Rank {
    fn from(is_first: bool) -> Self {
        if is_first { Self::First } else { Self::Further }
    }
}

/// The factor, if it waits for its confirmation.
fn pending(factors: &[Factor], id: FactorId, now: Timestamp) -> Result<&Factor, MfaError> {
    let factor = factors.iter().find(|factor| factor.id == id);
    let factor = factor.ok_or(MfaError::FactorNotFound)?;
    match factor.status {
        FactorStatus::Pending if factor.is_pending_at(now) => Ok(factor),
        FactorStatus::Pending => Err(MfaError::CodeExpired),
        FactorStatus::Active | FactorStatus::Disabled => Err(MfaError::FactorAlreadyEnrolled),
    }
}
