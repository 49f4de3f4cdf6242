use serde_json::{Map, json};

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    flows::start_mfa::challenge_hash,
    id::RecoveryId,
    mail::{Mail, Template},
    mfa::{ChallengeKind, MfaError},
    one_time::{NewOneTime, OneTimeToken, Purpose},
    recovery::{PROOF_LIFE, RECOVERY_LIFE, RecoveryRequest, RecoveryStatus},
    secret::{ExposeSecret, SecretString},
    store::{Access, UnitOfWork},
    trail::Entry,
    user::User,
};

impl Engine {
    /// Begins the recovery of somebody who passed the first factor and lost the second: mails a
    /// link that proves the mailbox, after which an administrator decides.
    ///
    /// One request of a user is open at a time. Asking again while the link of the last one is
    /// good changes nothing and is answered alike; afterwards it begins anew.
    pub async fn request_recovery(
        &self,
        caller: &Caller,
        challenge: &SecretString,
    ) -> Result<(), Error> {
        let hash = challenge_hash(caller, challenge)?;
        let now = self.now();
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let challenge = unit
            .challenge(&hash)
            .await?
            .filter(|challenge| challenge.kind == ChallengeKind::SignIn)
            .ok_or(MfaError::ChallengeExpired)?;
        if let Some(refusal) = challenge.refusal(now) {
            return Err(refusal.into());
        }
        let user = unit
            .user_for_update(challenge.user_id)
            .await?
            .filter(|user| challenge.data.still_holds(user))
            .ok_or(MfaError::ChallengeExpired)?;
        user.require_active(now)?;
        for open in unit.open_recoveries_of(user.id, now).await? {
            let awaited =
                open.status == RecoveryStatus::Requested && now.since(open.created_at) < PROOF_LIFE;
            if open.still_holds(&user) && (awaited || open.status == RecoveryStatus::Proven) {
                return Ok(());
            }
            unit.delete_recovery(open.id).await?;
        }
        self.open_recovery(&mut *unit, caller, &user).await?;
        Ok(unit.commit().await?)
    }

    async fn open_recovery(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
    ) -> Result<(), Error> {
        let now = self.now();
        let request = RecoveryRequest {
            id: RecoveryId::new(now, self.random()),
            user_id: user.id,
            email: user.email.clone(),
            status: RecoveryStatus::Requested,
            reason: None,
            created_at: now,
            expires_at: now + RECOVERY_LIFE,
            proven_at: None,
            decided_at: None,
            decided_by: None,
        };
        unit.insert_recovery(&request).await?;
        let proof = NewOneTime {
            purpose: Purpose::MfaRecovery,
            user: Some(user.id),
            email: Some(&user.email),
            data: Map::from_iter([("request".to_owned(), json!(request.id))]),
            life: PROOF_LIFE,
        };
        let token = self.issue_one_time(unit, proof).await?;
        let mut mail = Mail::to_user(Template::MfaRecovery, user);
        mail.link = Some(self.recovery_link(&token));
        mail.expires_in = Some(PROOF_LIFE);
        self.queue_mail(unit, caller, mail).await?;
        let entry = Entry::new("mfa.recovery_requested")
            .user(user.id)
            .by(user_actor(user))
            .with("request_id", request.id.to_string());
        self.record(unit, caller, entry).await
    }

    /// A link to the page that proves the mailbox; opening it changes nothing (R034).
    fn recovery_link(&self, token: &OneTimeToken) -> SecretString {
        let base = &self.settings().issuer;
        let secret = token.secret().expose_secret();
        format!("{base}/auth/mfa-recovery?token={secret}").into()
    }
}
