use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::Caller,
    credential::CredentialError,
    flows::KeepSessions,
    id::{SessionId, UserId},
    lockout::Authenticator,
    mail::{Mail, Template},
    password::Weakness,
    ports::Verdict,
    session::RevocationReason,
    store::{Access, UnitOfWork},
    trail::{self, Entry},
    user::{PasswordHash, User, UserError},
};

/// A password set by a server.
#[derive(Clone, Debug)]
pub struct SetPassword {
    /// The new password; the tenant's policy applies.
    pub password: SecretString,
    /// What happens to the user's sessions.
    pub keep_sessions: KeepSessions,
}

impl Engine {
    /// Sets a user's password, and ends their sessions unless told otherwise.
    pub async fn set_password(
        &self,
        caller: &Caller,
        id: UserId,
        set: SetPassword,
    ) -> Result<(), Error> {
        caller.require("users:write")?;
        let user = self.find_user(caller, id).await?;
        let hash = self.hash_new_password(caller, &user, &set.password).await?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let current = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        let user = self
            .replace_password(&mut *unit, caller, current, hash)
            .await?;
        self.clear_lockouts(&mut *unit, caller, id, &[Authenticator::Password])
            .await?;
        if set.keep_sessions == KeepSessions::No {
            self.end_sessions(&mut *unit, id, None, RevocationReason::PasswordChanged)
                .await?;
        }
        self.emit(&mut *unit, "user.password_changed", trail::user_data(&user))
            .await?;
        Ok(unit.commit().await?)
    }

    /// Checks a new password against policy, breaches and history, and hashes it.
    pub(crate) async fn hash_new_password(
        &self,
        caller: &Caller,
        user: &User,
        new: &SecretString,
    ) -> Result<PasswordHash, Error> {
        self.require_good_password(caller, user, new).await?;
        let keep = caller
            .tenant()
            .config
            .password_policy(self.settings())
            .history_count;
        if keep > 0 {
            let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
            let mut former = unit.former_passwords(user.id, keep).await?;
            drop(unit);
            former.extend(user.password_hash.clone());
            for hash in former {
                if self.passwords().verify(new, Some(hash.expose())).await? != Verdict::Wrong {
                    return Err(CredentialError::Weak(Weakness::Reused).into());
                }
            }
        }
        Ok(PasswordHash::new(self.passwords().hash(new).await?))
    }

    /// Writes a new password hash, remembers the old one, voids what was sent before and tells the user.
    pub(crate) async fn replace_password(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        mut user: User,
        hash: PasswordHash,
    ) -> Result<User, Error> {
        let now = self.now();
        let keep = caller
            .tenant()
            .config
            .password_policy(self.settings())
            .history_count;
        if let (Some(old), true) = (&user.password_hash, keep > 0) {
            unit.remember_password(user.id, old, now, keep).await?;
        }
        // Links were made for the password before (R030); a change of address waits for one.
        self.void_links(unit, user.id).await?;
        user.pending_email = None;
        user.password_hash = Some(hash);
        user.password_changed_at = Some(now);
        user.updated_at = now;
        unit.update_user(&user).await?;
        self.record(
            unit,
            caller,
            Entry::new("user.password_change").user(user.id),
        )
        .await?;
        let mail = Mail::to_user(Template::PasswordChanged, &user);
        self.queue_mail(unit, caller, mail).await?;
        Ok(user)
    }

    /// Ends a user's live sessions but one, with an event each.
    pub(crate) async fn end_sessions(
        &self,
        unit: &mut dyn UnitOfWork,
        user: UserId,
        except: Option<SessionId>,
        reason: RevocationReason,
    ) -> Result<usize, Error> {
        let ended = unit
            .revoke_sessions_of(user, except, reason, self.now())
            .await?;
        for id in &ended {
            self.emit(
                unit,
                "session.revoked",
                trail::session_ended(*id, user, reason),
            )
            .await?;
        }
        Ok(ended.len())
    }
}
