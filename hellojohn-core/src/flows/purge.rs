use std::time::Duration;

use crate::{Engine, Error, access::Operator, id::TenantId, store::Access};

/// How much was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Sessions long over.
    pub sessions: u64,
    /// Kept answers past their end.
    pub answers: u64,
    /// Old events.
    pub events: u64,
    /// One-time secrets long over.
    pub one_time: u64,
    /// Challenges, sent codes and unconfirmed factors long over.
    pub mfa: u64,
}

/// How long a session is kept after it ended, for people who ask what happened.
const ENDED_SESSIONS: Duration = Duration::from_hours(24 * 30);
/// How long a one-time secret is kept after its end, so that a late click is told what it is.
const ONE_TIME: Duration = Duration::from_hours(24 * 7);
/// How long challenges, sent codes and unconfirmed factors are kept after their end.
const MFA: Duration = Duration::from_hours(24);
/// How long events are kept.
const EVENTS: Duration = Duration::from_hours(24 * 7);
/// Rows removed in one transaction, so that no lock is held for long.
const BATCH: u32 = 1_000;

impl Engine {
    /// Removes what nobody needs any more, in small transactions, tenant by tenant.
    pub async fn purge(&self) -> Result<Purged, Error> {
        let mut purged = Purged::default();
        let mut after = None;
        loop {
            let tenants = self.tenants(&Operator::local(), after, 100).await?;
            let Some(last) = tenants.last() else {
                return Ok(purged);
            };
            after = Some(last.id);
            for tenant in &tenants {
                while self.purge_batch(tenant.id, &mut purged).await? {}
            }
        }
    }

    /// Removes one batch; says whether there may be more.
    async fn purge_batch(&self, tenant: TenantId, purged: &mut Purged) -> Result<bool, Error> {
        let now = self.now();
        let mut unit = self.store().begin(tenant, Access::Write).await?;
        let sessions = unit.purge_sessions(now - ENDED_SESSIONS, BATCH).await?;
        let answers = unit.purge_answers(now, BATCH).await?;
        let events = unit.purge_events(now - EVENTS, BATCH).await?;
        let one_time = unit.purge_one_time(now - ONE_TIME, BATCH).await?;
        let challenges = unit.purge_challenges(now - MFA, BATCH).await?;
        let codes = unit.purge_otp_codes(now - MFA, BATCH).await?;
        let factors = unit.purge_factors(now - MFA, BATCH).await?;
        unit.commit().await?;
        purged.mfa += challenges + codes + factors;
        purged.one_time += one_time;
        purged.sessions += sessions;
        purged.answers += answers;
        purged.events += events;
        let full = u64::from(BATCH);
        let removed = [
            sessions, answers, events, one_time, challenges, codes, factors,
        ];
        Ok(removed.iter().any(|removed| *removed >= full))
    }
}
