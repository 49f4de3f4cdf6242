use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    flows::sign_up::taken,
    input::Email,
    metrics::Flow,
    one_time::{LinkError, Purpose},
    session::RevocationReason,
    store::Access,
    trail::{self, Entry},
};

impl Engine {
    /// Takes a change of address back, from the mailbox the account had: the address is what it
    /// was, every session ends and every link that was sent since is void (R038).
    ///
    /// Later changes are taken back with it, so moving on twice does not help whoever took the
    /// account over. An account that an administrator moved since is left alone: that voided the link.
    pub async fn undo_email_change(
        &self,
        caller: &Caller,
        secret: &SecretString,
    ) -> Result<Email, Error> {
        let outcome = self.move_back(caller, secret).await;
        self.meters().ended(Flow::UndoEmailChange, outcome)
    }

    async fn move_back(&self, caller: &Caller, secret: &SecretString) -> Result<Email, Error> {
        let purpose = Purpose::UndoEmailChange;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let there = self.live_one_time(&mut *unit, purpose, secret).await?;
        let (Some(id), Some(email)) = (there.user_id, there.email) else {
            return Err(LinkError::Invalid.into());
        };
        let mut user = unit.user_for_update(id).await?.ok_or(LinkError::Invalid)?;
        self.redeem(&mut *unit, purpose, secret).await?;
        user.email = email;
        // The link was in its mailbox.
        user.email_verified = true;
        user.pending_email = None;
        user.updated_at = self.now();
        unit.update_user(&user).await.map_err(taken)?;
        self.void_links(&mut *unit, id).await?;
        unit.void_one_time_since(id, purpose, there.created_at)
            .await?;
        self.end_sessions(&mut *unit, id, None, RevocationReason::Revoked)
            .await?;
        let entry = Entry::new("user.email_change_undone").user(id);
        self.record(&mut *unit, caller, entry.by(user_actor(&user)))
            .await?;
        self.emit(&mut *unit, "user.updated", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user.email)
    }
}
