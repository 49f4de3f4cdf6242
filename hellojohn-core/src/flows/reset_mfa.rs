use crate::{
    Engine, Error,
    access::Caller,
    flows::disable_user::why,
    id::UserId,
    mail::{Mail, Template},
    session::RevocationReason,
    store::{Access, UnitOfWork},
    trail::{self, Entry},
    user::{User, UserError},
};

impl Engine {
    /// Removes every second factor of a user: passkeys, codes sent, backup codes and challenges
    /// with them. Every session ends, the user is told, and the audit log says who did it and why.
    ///
    /// Requests for recovery are closed: what they ask for has been done.
    pub async fn reset_mfa(
        &self,
        caller: &Caller,
        user: UserId,
        reason: Option<String>,
    ) -> Result<(), Error> {
        caller.require("users:write")?;
        let reason = why(reason.as_deref())?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = unit
            .user_for_update(user)
            .await?
            .ok_or(UserError::NotFound)?;
        for request in unit.open_recoveries_of(user.id, self.now()).await? {
            unit.delete_recovery(request.id).await?;
        }
        self.erase_second_factors(&mut *unit, caller, user, reason)
            .await?;
        Ok(unit.commit().await?)
    }

    /// The same in the unit of work of whoever decided it; the user was read for update there.
    pub(crate) async fn erase_second_factors(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        mut user: User,
        reason: Option<String>,
    ) -> Result<(), Error> {
        let factors = unit.erase_second_factors(user.id).await?;
        user.mfa_enabled = false;
        user.updated_at = self.now();
        unit.update_user(&user).await?;
        let reset = RevocationReason::Revoked;
        let sessions = self.end_sessions(unit, user.id, None, reset).await?;
        let mut entry = Entry::new("mfa.reset")
            .user(user.id)
            .with("factors", factors)
            .with("sessions", sessions);
        if let Some(reason) = &reason {
            entry = entry.reason(reason);
        }
        self.record(unit, caller, entry).await?;
        self.emit(unit, "mfa.reset", trail::user_data(&user))
            .await?;
        let mail = Mail::to_user(Template::MfaReset, &user);
        self.queue_mail(unit, caller, mail).await
    }
}
