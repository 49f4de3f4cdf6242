use serde_json::Value;

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    id::RecoveryId,
    one_time::{LinkError, Purpose},
    recovery::{RecoveryRequest, RecoveryStatus},
    secret::SecretString,
    store::Access,
    trail::{self, Entry},
};

impl Engine {
    /// Notes that somebody who lost their second factor reads the account's mailbox; an
    /// administrator may decide from then on.
    pub async fn prove_recovery(&self, caller: &Caller, token: &SecretString) -> Result<(), Error> {
        let now = self.now();
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let proof = self.redeem(&mut *unit, Purpose::MfaRecovery, token).await?;
        let id = proof.data.get("request").and_then(Value::as_str);
        let id: Option<RecoveryId> = id.and_then(|text| text.parse().ok());
        let request = match id {
            Some(id) => unit.recovery(id).await?,
            None => None,
        };
        let request = request.ok_or(LinkError::Invalid)?;
        let user = unit
            .user_for_update(request.user_id)
            .await?
            .filter(|user| request.still_holds(user))
            .ok_or(LinkError::Invalid)?;
        user.require_active(now)?;
        let proven = RecoveryRequest {
            status: RecoveryStatus::Proven,
            proven_at: Some(now),
            ..request
        };
        if !unit
            .move_recovery(&proven, RecoveryStatus::Requested, now)
            .await?
        {
            return Err(LinkError::Invalid.into());
        }
        let entry = Entry::new("mfa.recovery_proven")
            .user(user.id)
            .by(user_actor(&user))
            .with("request_id", proven.id.to_string());
        self.record(&mut *unit, caller, entry).await?;
        self.emit(
            &mut *unit,
            "mfa.recovery_requested",
            trail::recovery_data(&proven),
        )
        .await?;
        Ok(unit.commit().await?)
    }
}
