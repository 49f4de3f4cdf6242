use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::Caller,
    credential::CredentialError,
    mail::{Mail, Template},
    metrics::Flow,
    ports::Verdict,
    session::RevocationReason,
    store::Access,
    trail::{self, Entry},
    user::{PasswordHash, UserError},
};

/// A user's request to change their own password.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// What it is now.
    pub current: SecretString,
    /// What it shall be.
    pub new: SecretString,
}

impl Engine {
    /// Changes the caller's password; every other session of theirs ends in the same transaction (R009).
    pub async fn change_password(
        &self,
        caller: &Caller,
        request: ChangePassword,
    ) -> Result<(), Error> {
        let outcome = self.check_and_change(caller, request).await;
        self.meters().ended(Flow::ChangePassword, outcome)
    }

    async fn check_and_change(
        &self,
        caller: &Caller,
        request: ChangePassword,
    ) -> Result<(), Error> {
        let user = &caller.require_user()?.user;
        let hash = user.password_hash.as_ref().map(PasswordHash::expose);
        if self.passwords().verify(&request.current, hash).await? == Verdict::Wrong {
            let entry = Entry::refused("user.password_change", "invalid_credentials").user(user.id);
            let mut unit = self
                .store()
                .begin(caller.tenant_id(), Access::Write)
                .await?;
            self.record(&mut *unit, caller, entry).await?;
            unit.commit().await?;
            return Err(CredentialError::Invalid.into());
        }
        let new = self.hash_new_password(caller, user, &request.new).await?;

        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let current = unit
            .user_for_update(user.id)
            .await?
            .ok_or(UserError::NotFound)?;
        if current.password_hash != user.password_hash {
            // Somebody else changed it since it was checked.
            return Err(CredentialError::Invalid.into());
        }
        let user = self
            .replace_password(&mut *unit, caller, current, new)
            .await?;
        self.end_sessions(
            &mut *unit,
            user.id,
            caller.session_id(),
            RevocationReason::PasswordChanged,
        )
        .await?;
        self.emit(&mut *unit, "user.password_changed", trail::user_data(&user))
            .await?;
        let notice = Mail::to_user(Template::PasswordChanged, &user);
        self.queue_mail(&mut *unit, caller, notice).await?;
        Ok(unit.commit().await?)
    }
}
