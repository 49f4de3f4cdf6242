use std::time::Duration;

use crate::{
    Engine, Error,
    access::Operator,
    id::TenantId,
    session::RevocationReason,
    store::{Access, ControlUnit, MadeBefore, StoreError},
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
    /// for each session. Sessions made after the call began go on.
    pub async fn revoke_all_sessions(
        &self,
        operator: &Operator,
        tenant: TenantId,
        made_before: Option<Timestamp>,
    ) -> Result<u64, Error> {
        operator.require("sessions:write")?;
        let mut unit = self.store().begin_control(Access::Read).await?;
        let Some(all) = all_there_are(&mut *unit, tenant).await? else {
            return Ok(0);
        };
        drop(unit);
        let moment = made_before.map_or(all, |moment| moment.min(all));
        let mut total = 0;
        loop {
            let mut unit = self.store().begin_control(Access::Write).await?;
            let which = MadeBefore {
                moment,
                reason: RevocationReason::Revoked,
                now: self.now(),
            };
            let ended = unit
                .revoke_sessions_made_before(tenant, which, BATCH)
                .await?;
            if ended == 0 {
                if is_done(&mut *unit, tenant, which).await? {
                    return Ok(total);
                }
                continue;
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

/// The moment before which every session of a tenant was made that is there now, if there is one.
///
/// Fixed once: whoever goes on signing in would be chased for ever. Taken from the rows, because
/// the clock of whoever made them, or of the host of a backup, may be ahead of this one.
pub(super) async fn all_there_are(
    unit: &mut dyn ControlUnit,
    tenant: TenantId,
) -> Result<Option<Timestamp>, StoreError> {
    let newest = unit.newest_session(tenant).await?;
    Ok(newest.map(|at| at + Duration::from_micros(1)))
}

/// Whether none is left. That a batch ended none does not tell: somebody else may just have
/// revoked every session it chose.
pub(super) async fn is_done(
    unit: &mut dyn ControlUnit,
    tenant: TenantId,
    which: MadeBefore,
) -> Result<bool, StoreError> {
    let left = unit.count_live_sessions(tenant, which.moment, which.now);
    Ok(left.await? == 0)
}
