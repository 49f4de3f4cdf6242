use secrecy::ExposeSecret;

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    backup_code,
    factor::{Factor, FactorKind},
    mail::{Mail, Template},
    mfa::{FactorAnswer, MfaError},
    proof::SecondFactor,
    seal::places::FACTORS,
    secret::SecretString,
    store::UnitOfWork,
    totp::TotpSecret,
    trail::Entry,
    user::User,
};

impl Engine {
    /// Checks the answer of an active factor, and uses it up in the caller's unit of work.
    ///
    /// `subject` is what a sent code was sent for.
    pub(crate) async fn check_factor(
        &self,
        unit: &mut dyn UnitOfWork,
        factor: &Factor,
        subject: &str,
        answer: &FactorAnswer,
    ) -> Result<SecondFactor, Error> {
        let now = self.now();
        match (factor.kind, answer) {
            (FactorKind::Totp, FactorAnswer::Code(code)) => {
                let step = self.totp_step(factor, code)?;
                if !unit.accept_step(factor.id, step, now).await? {
                    return Err(MfaError::CodeInvalid.into());
                }
            }
            (FactorKind::Sms | FactorKind::EmailOtp, FactorAnswer::Code(code)) => {
                self.use_sent_code(unit, factor, subject, code).await?;
                if !unit.touch_factor(factor.id, now).await? {
                    return Err(MfaError::FactorNotFound.into());
                }
            }
            _ => return Err(MfaError::FactorNotAllowed.into()),
        }
        Ok(SecondFactor::by(factor.kind, now))
    }

    /// The step of a right TOTP code; accepting it is for the statement that stores it.
    pub(crate) fn totp_step(&self, factor: &Factor, code: &SecretString) -> Result<i64, Error> {
        let name = factor.id.to_string();
        let sealed = factor.sealed.as_deref().unwrap_or_default();
        let opened = self.inner().sealer.open(FACTORS.place(&name), sealed)?;
        let step = TotpSecret::from_bytes(&opened).and_then(|secret| {
            secret.step_of(code.expose_secret().trim(), self.now(), factor.last_step)
        });
        Ok(step.ok_or(MfaError::CodeInvalid)?)
    }

    /// Uses a sent code up.
    pub(crate) async fn use_sent_code(
        &self,
        unit: &mut dyn UnitOfWork,
        factor: &Factor,
        subject: &str,
        code: &SecretString,
    ) -> Result<(), Error> {
        let now = self.now();
        let hash = self.code_hash(subject, factor.id, code.expose_secret().trim());
        if unit
            .consume_otp_code((subject, factor.id), &hash, now)
            .await?
        {
            return Ok(());
        }
        let there = unit.otp_code(subject, factor.id).await?;
        Err(match there {
            Some(sent) if sent.expires_at <= now => MfaError::CodeExpired.into(),
            _ => MfaError::CodeInvalid.into(),
        })
    }

    /// Uses a backup code up, and tells the owner (R132).
    pub(crate) async fn use_backup_code(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        answer: &FactorAnswer,
    ) -> Result<SecondFactor, Error> {
        let FactorAnswer::Code(code) = answer else {
            return Err(MfaError::FactorNotAllowed.into());
        };
        let now = self.now();
        let hash = backup_code::hash(self.backup_code_key(), user.id, code);
        if !unit.use_backup_code(user.id, &hash, now).await? {
            return Err(MfaError::CodeInvalid.into());
        }
        let left = unit.count_backup_codes(user.id).await?;
        let entry = Entry::new("mfa.backup_code_used")
            .user(user.id)
            .by(user_actor(user))
            .with("left", left);
        self.record(unit, caller, entry).await?;
        let mut mail = Mail::to_user(Template::BackupCodeUsed, user);
        mail.more.insert("left".to_owned(), left.into());
        self.queue_mail(unit, caller, mail).await?;
        Ok(SecondFactor::by_backup_code(now))
    }
}
