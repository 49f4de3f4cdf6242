use crate::{
    Engine, Error,
    access::Operator,
    flows::{
        FormerTokens,
        revoke_all_sessions::{all_there_are, is_done},
    },
    id::TenantId,
    restore::{Opened, RestoreEpoch, SETTING, SessionsAfterRestore},
    session::RevocationReason,
    store::{Access, ControlUnit, MadeBefore, StoreError, Unfinished},
    time::Timestamp,
    trail::Entry,
};

/// A new epoch, and what it ended.
#[derive(Clone, Debug)]
pub struct OpenedEpoch {
    /// The epoch of the backup.
    pub former: RestoreEpoch,
    /// The epoch from now on.
    pub epoch: RestoreEpoch,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What became of the sessions that were live.
    pub choice: SessionsAfterRestore,
    /// How many these were.
    pub sessions: u64,
    /// Kept answers of repeated requests that were forgotten: they may hold tokens.
    pub answers_forgotten: u64,
    /// Links, codes and challenges that nobody had used: they may have been since the backup.
    pub links_voided: u64,
    /// Messages that were not sent: they may have been since the backup, and their links are void.
    pub messages_voided: u64,
    /// API keys that work now; those revoked since the backup are among them.
    pub live_keys: u64,
}

/// Rows changed by one statement, so that none takes long.
const BATCH: u32 = 10_000;
const PAGE: u32 = 100;

impl Engine {
    /// The epoch this instance is in.
    pub async fn restore_epoch(&self) -> Result<RestoreEpoch, Error> {
        let mut unit = self.store().begin_control(Access::Read).await?;
        epoch_of(&mut *unit).await
    }

    /// Says what becomes of the sessions and tokens a restored backup brought back (R200).
    ///
    /// One transaction. With [`SessionsAfterRestore::Invalidate`] every session ends and the keys
    /// behind refresh tokens are replaced, so that no token made after the backup works either,
    /// whatever its generation; other instances learn it within a second. Kept answers of repeated
    /// requests, unused links and codes, and messages that were not sent are forgotten in any case:
    /// since the backup they may have been used or sent. Running it again opens a further epoch.
    pub async fn open_restore_epoch(
        &self,
        operator: &Operator,
        choice: SessionsAfterRestore,
    ) -> Result<OpenedEpoch, Error> {
        operator.require("keys:write")?;
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.lock_signing_keys().await?;
        let now = self.now();
        let former = epoch_of(&mut *unit).await?;
        let epoch = former.next(Opened {
            at: now,
            sessions: choice,
        });
        let mut opened = OpenedEpoch {
            former,
            epoch,
            opened_at: now,
            choice,
            sessions: 0,
            answers_forgotten: 0,
            links_voided: 0,
            messages_voided: 0,
            live_keys: unit.count_live_keys(now).await?,
        };
        let mut after = None;
        loop {
            let tenants = unit.tenants(after, PAGE).await?;
            let Some(last) = tenants.last() else { break };
            after = Some(last.id);
            for tenant in &tenants {
                close_tenant(&mut *unit, tenant.id, &mut opened).await?;
            }
        }
        if choice == SessionsAfterRestore::Invalidate {
            self.replace_refresh_key(&mut *unit, operator, FormerTokens::Refuse)
                .await?;
        }
        unit.put_setting(SETTING, &epoch.to_string(), now).await?;
        unit.end_pending_restore().await?;
        let entry = Entry::new("instance.restored")
            .with("former_epoch", former.number)
            .with("epoch", epoch.number)
            .with("sessions", choice.as_str())
            .with("live_sessions", opened.sessions);
        self.record_control(&mut *unit, operator, None, entry)
            .await?;
        unit.commit().await?;
        self.reload_keys().await?;
        Ok(opened)
    }
}

async fn epoch_of(unit: &mut dyn ControlUnit) -> Result<RestoreEpoch, Error> {
    let text = unit.setting(SETTING).await?;
    Ok(RestoreEpoch::of_setting(text.as_deref())?)
}

/// Ends what may not outlive the epoch in one tenant.
async fn close_tenant(
    unit: &mut dyn ControlUnit,
    tenant: TenantId,
    opened: &mut OpenedEpoch,
) -> Result<(), StoreError> {
    if let Some(moment) = all_there_are(unit, tenant).await? {
        let all = MadeBefore {
            moment,
            reason: RevocationReason::Revoked,
            now: opened.opened_at,
        };
        opened.sessions += match opened.choice {
            SessionsAfterRestore::Keep => unit.count_live_sessions(tenant, moment, all.now).await?,
            SessionsAfterRestore::Invalidate => end_sessions(unit, tenant, all).await?,
        };
    }
    loop {
        let forgotten = unit.forget_answers(tenant, BATCH).await?;
        opened.answers_forgotten += forgotten;
        if forgotten == 0 {
            break;
        }
    }
    for what in Unfinished::ALL {
        let voided = match what {
            Unfinished::Message => &mut opened.messages_voided,
            Unfinished::OneTime
            | Unfinished::MfaChallenge
            | Unfinished::OtpCode
            | Unfinished::Recovery => &mut opened.links_voided,
        };
        loop {
            let forgotten = unit.forget_unfinished(tenant, what, BATCH).await?;
            *voided += forgotten;
            if forgotten == 0 {
                break;
            }
        }
    }
    Ok(())
}

async fn end_sessions(
    unit: &mut dyn ControlUnit,
    tenant: TenantId,
    which: MadeBefore,
) -> Result<u64, StoreError> {
    let mut total = 0;
    loop {
        let ended = unit
            .revoke_sessions_made_before(tenant, which, BATCH)
            .await?;
        total += ended;
        if ended == 0 && is_done(unit, tenant, which).await? {
            return Ok(total);
        }
    }
}
