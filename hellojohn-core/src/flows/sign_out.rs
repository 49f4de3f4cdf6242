use std::str::FromStr;

use crate::{
    Engine, Error,
    access::Caller,
    metrics::Flow,
    session::RevocationReason,
    store::Access,
    trail::{self, Entry},
};

/// How far a sign-out reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignOutScope {
    /// This device.
    #[default]
    Local,
    /// Every device.
    Global,
}

impl FromStr for SignOutScope {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "local" => Ok(Self::Local),
            "global" => Ok(Self::Global),
            _ => Err(()),
        }
    }
}

impl Engine {
    /// Ends the caller's session, or all sessions of the caller's user.
    pub async fn sign_out(&self, caller: &Caller, scope: SignOutScope) -> Result<(), Error> {
        let outcome = self.end(caller, scope).await;
        self.meters().ended(Flow::SignOut, outcome)
    }

    async fn end(&self, caller: &Caller, scope: SignOutScope) -> Result<(), Error> {
        let signed_in = caller.require_user()?;
        let (user, session) = (signed_in.user.id, signed_in.session.id);
        let (now, reason) = (self.now(), RevocationReason::SignOut);
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let ended = match scope {
            SignOutScope::Local => {
                let live = unit.revoke_session(session, reason, now).await?;
                live.then_some(session).into_iter().collect()
            }
            SignOutScope::Global => unit.revoke_sessions_of(user, None, reason, now).await?,
        };
        for id in &ended {
            self.emit(
                &mut *unit,
                "session.revoked",
                trail::session_ended(*id, user, reason),
            )
            .await?;
        }
        let entry = Entry::new("user.logout")
            .user(user)
            .with("sessions", ended.len());
        self.record(&mut *unit, caller, entry).await?;
        Ok(unit.commit().await?)
    }
}
