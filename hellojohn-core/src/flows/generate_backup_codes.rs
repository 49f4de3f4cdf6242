use crate::{
    Engine, Error,
    access::Caller,
    backup_code,
    factor::Factor,
    flows::list_factors::may_change,
    id::UserId,
    mail::{Mail, Template},
    mfa::{MfaError, policy::ProofAge},
    secret::SecretString,
    store::{Access, UnitOfWork},
    time::Timestamp,
    trail::Entry,
    user::UserError,
};

/// A new set of backup codes, shown once.
#[derive(Clone, Debug)]
pub struct BackupCodes {
    /// The codes.
    pub codes: Vec<SecretString>,
    /// When they were made.
    pub generated_at: Timestamp,
}

impl Engine {
    /// Makes new backup codes for a user with a second factor; the old ones are dead (R132, R134).
    pub async fn generate_backup_codes(
        &self,
        caller: &Caller,
        user: UserId,
    ) -> Result<BackupCodes, Error> {
        may_change(caller, user)?;
        let generated_at = self.now();
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = unit
            .user_for_update(user)
            .await?
            .ok_or(UserError::NotFound)?;
        let factors = unit.factors_of(user.id).await?;
        if !factors.iter().any(Factor::is_active) {
            return Err(MfaError::FactorNotFound.into());
        }
        self.require_fresh_proof(&mut *unit, caller, &user, ProofAge::FACTORS)
            .await?;
        let codes = self.replace_backup_codes(&mut *unit, user.id).await?;
        let entry = Entry::new("mfa.backup_codes_generated").user(user.id);
        self.record(&mut *unit, caller, entry).await?;
        let mut mail = Mail::to_user(Template::MfaChanged, &user);
        mail.more.insert("change".to_owned(), "regenerated".into());
        mail.more.insert("factor".to_owned(), "backup_codes".into());
        self.queue_mail(&mut *unit, caller, mail).await?;
        unit.commit().await?;
        Ok(BackupCodes {
            codes,
            generated_at,
        })
    }

    /// Makes a set of codes in the caller's unit of work, instead of whatever there is.
    pub(crate) async fn replace_backup_codes(
        &self,
        unit: &mut dyn UnitOfWork,
        user: UserId,
    ) -> Result<Vec<SecretString>, Error> {
        let codes = backup_code::new_set(&*self.inner().ports.random);
        let key = self.backup_code_key();
        let hashes: Vec<_> = codes
            .iter()
            .map(|code| backup_code::hash(key, user, code))
            .collect();
        unit.replace_backup_codes(user, &hashes, self.now()).await?;
        Ok(codes)
    }
}
