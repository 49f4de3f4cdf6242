use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::Caller,
    credential::CredentialError,
    flows::begin_attempt::{Account, Attempt, Shown},
    id::UserId,
    lockout::Authenticator,
    metrics::Flow,
    ports::Verdict,
    session::RevocationReason,
    store::Access,
    trail::{self, Entry},
    user::{PasswordHash, User, UserError},
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
        let begun = self.begin_attempt(
            caller,
            Account::User(user.id),
            Authenticator::Password,
            Shown::NONE,
        );
        let attempt = match begun.await {
            Ok(attempt) => attempt,
            Err(error @ Error::Lockout(_)) => {
                return self.refuse_change(caller, user.id, error, None).await;
            }
            Err(error) => return Err(error),
        };
        let hash = user.password_hash.as_ref().map(PasswordHash::expose);
        match self.passwords().verify(&request.current, hash).await {
            Ok(Verdict::Wrong) => {
                let error = CredentialError::Invalid.into();
                return self
                    .refuse_change(caller, user.id, error, Some(&attempt))
                    .await;
            }
            Ok(Verdict::Right | Verdict::RightButStale) => {}
            Err(error) => {
                self.withdraw_attempt(caller, &attempt).await;
                return Err(error.into());
            }
        }
        let changed = self.change_checked(caller, user, &request, &attempt).await;
        if changed.is_err() {
            // The current password was right, the new one was not accepted.
            self.withdraw_attempt(caller, &attempt).await;
        }
        changed
    }

    async fn change_checked(
        &self,
        caller: &Caller,
        user: &User,
        request: &ChangePassword,
        attempt: &Attempt,
    ) -> Result<(), Error> {
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
        self.attempt_succeeded(&mut *unit, caller, attempt).await?;
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
        Ok(unit.commit().await?)
    }

    /// Leaves a trace of a refused change, and passes the refusal on.
    async fn refuse_change(
        &self,
        caller: &Caller,
        user: UserId,
        error: Error,
        wrong: Option<&Attempt>,
    ) -> Result<(), Error> {
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        if let Some(attempt) = wrong {
            self.attempt_failed(&mut *unit, caller, attempt).await?;
        }
        let entry = Entry::refused("user.password_change", error.code()).user(user);
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        Err(error)
    }
}
