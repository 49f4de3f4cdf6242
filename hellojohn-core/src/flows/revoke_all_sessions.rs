use crate::{
    Engine, Error,
    access::Operator,
    id::TenantId,
    session::RevocationReason,
    store::{Access, MadeBefore},
    time::Timestamp,
    trail::Entry,
};

/// Sessions ended in one transaction, so that no lock is held for long.
const BATCH: u32 = 5_000;

impl Engine {
    /// Ends every live session of a tenant that was made before a moment, or every one; says how
    /// many (R200).
    ///
    /// Works in batches, each with its entry in the audit log of the instance. There is no event
    /// for each session.
    pub async fn revoke_all_sessions(
        &self,
        operator: &Operator,
        tenant: TenantId,
        made_before: Option<Timestamp>,
    ) -> Result<u64, Error> {
        operator.require("sessions:write")?;
        let mut total = 0;
        loop {
            let mut unit = self.store().begin_control(Access::Write).await?;
            let which = MadeBefore {
                moment: made_before,
                reason: RevocationReason::Revoked,
                now: self.now(),
            };
            let ended = unit
                .revoke_sessions_made_before(tenant, which, BATCH)
                .await?;
            if ended == 0 {
                return Ok(total);
            }
            let entry = Entry::new("session.revoked")
                .on("tenant", tenant)
                .with("sessions", ended)
                .with("made_before", made_before.map(|at| at.to_string()));
            self.record_control(&mut *unit, operator, Some(tenant), entry)
                .await?;
            unit.commit().await?;
            total += ended;
        }
    }
}
