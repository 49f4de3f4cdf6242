use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    lockout::Authenticator,
    metrics::Flow,
    one_time::{LinkError, Purpose},
    session::RevocationReason,
    store::Access,
    trail::{self, Entry},
};

/// A new password, and the mailed secret that allows it.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    /// From the link.
    pub token: SecretString,
    /// As typed.
    pub new_password: SecretString,
}

impl Engine {
    /// Sets a new password by a mailed link, which is used up in the same transaction.
    ///
    /// Ends every session and voids every other link; signs nobody in, so a second factor is asked
    /// for as ever (R035, R036). A password that is refused leaves the link as it was.
    pub async fn reset_password(
        &self,
        caller: &Caller,
        request: ResetPassword,
    ) -> Result<(), Error> {
        let outcome = self.redeem_and_set(caller, request).await;
        self.meters().ended(Flow::ResetPassword, outcome)
    }

    async fn redeem_and_set(&self, caller: &Caller, request: ResetPassword) -> Result<(), Error> {
        let (purpose, secret) = (Purpose::ResetPassword, &request.token);
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let link = self.live_one_time(&mut *unit, purpose, secret).await?;
        let id = link.user_id.ok_or(LinkError::Invalid)?;
        let user = unit.user(id).await?.ok_or(LinkError::Invalid)?;
        drop(unit);
        let hash = self
            .hash_new_password(caller, &user, &request.new_password)
            .await?;

        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let (_, mut user) = self.redeem_of_user(&mut *unit, purpose, secret).await?;
        // The link was in the mailbox.
        user.email_verified = true;
        let user = self
            .replace_password(&mut *unit, caller, user, hash)
            .await?;
        self.clear_lockouts(&mut *unit, caller, id, &[Authenticator::Password])
            .await?;
        let reason = RevocationReason::PasswordChanged;
        self.end_sessions(&mut *unit, id, None, reason).await?;
        let entry = Entry::new("user.password_reset").user(id);
        self.record(&mut *unit, caller, entry.by(user_actor(&user)))
            .await?;
        self.emit(&mut *unit, "user.password_changed", trail::user_data(&user))
            .await?;
        Ok(unit.commit().await?)
    }
}
