use crate::{
    Engine, Error,
    access::Caller,
    flows::disable_user::why,
    id::RecoveryId,
    recovery::{RecoveryDecision, RecoveryError, RecoveryRequest, RecoveryStatus, RecoveryVerdict},
    store::Access,
    trail::Entry,
    user::UserError,
};

impl Engine {
    /// Approves or denies the request of somebody who lost their second factor.
    ///
    /// Approval needs a proven mailbox and an account whose address and password are those of the
    /// request; it removes the second factors in the same transaction.
    pub async fn decide_recovery(
        &self,
        caller: &Caller,
        id: RecoveryId,
        decision: RecoveryDecision,
    ) -> Result<RecoveryRequest, Error> {
        caller.require("users:write")?;
        let reason = why(decision.reason.as_deref())?;
        let now = self.now();
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let request = unit.recovery(id).await?.ok_or(RecoveryError::NotFound)?;
        let user = unit
            .user_for_update(request.user_id)
            .await?
            .ok_or(UserError::NotFound)?;
        let from = request.status;
        let approved = decision.verdict == RecoveryVerdict::Approve;
        if !request.is_open(now) || (approved && !request.still_holds(&user)) {
            return Err(RecoveryError::Closed.into());
        }
        if approved && from != RecoveryStatus::Proven {
            return Err(RecoveryError::NotProven.into());
        }
        let decided = RecoveryRequest {
            status: match decision.verdict {
                RecoveryVerdict::Approve => RecoveryStatus::Approved,
                RecoveryVerdict::Deny => RecoveryStatus::Denied,
            },
            reason: reason.clone(),
            decided_at: Some(now),
            decided_by: caller.actor().id,
            ..request
        };
        if !unit.move_recovery(&decided, from, now).await? {
            return Err(RecoveryError::Closed.into());
        }
        let kind = match decision.verdict {
            RecoveryVerdict::Approve => "mfa.recovery_approved",
            RecoveryVerdict::Deny => "mfa.recovery_denied",
        };
        let mut entry = Entry::new(kind)
            .user(user.id)
            .with("request_id", id.to_string());
        if let Some(reason) = &reason {
            entry = entry.reason(reason);
        }
        self.record(&mut *unit, caller, entry).await?;
        if approved {
            self.erase_second_factors(&mut *unit, caller, user, reason)
                .await?;
        }
        unit.commit().await?;
        Ok(decided)
    }
}
