use serde_json::json;

use super::{Assessment, Familiarity, RiskDecision, RiskMode, RiskSignals};
use crate::{
    Engine, Error,
    access::Caller,
    device::{Device, MEMORY},
    mail::{Mail, Template},
    store::UnitOfWork,
    user::User,
};

/// Where a sign-in comes from, held against what is remembered of its user.
#[derive(Debug)]
struct Recalled {
    seen: Vec<Device>,
    signals: RiskSignals,
}

impl Recalled {
    /// How risky the sign-in looks, and what its tenant does about that.
    fn assess(&self, engine: &Engine, caller: &Caller) -> Assessment {
        let mode = caller.tenant().config.risk_based_mfa;
        let assessed = engine.inner().ports.risk.evaluate(&self.signals);
        Assessment {
            decision: mode.limit(assessed.decision),
            ..assessed
        }
    }
}

impl Engine {
    /// Compares where a request comes from with what is remembered of the user.
    async fn recall_devices(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
    ) -> Result<Recalled, Error> {
        let now = self.now();
        let seen = Device::seen(user.id, &caller.origin().client, now);
        let known = unit.devices_of(user.id, now - MEMORY).await?;
        let familiarity = |is_network: bool| {
            let alike = |device: &&Device| device.network.is_some() == is_network;
            let mut known = known.iter().filter(alike);
            match (seen.iter().find(alike), known.next()) {
                (None, _) | (_, None) => Familiarity::Untold,
                (Some(here), Some(first)) => {
                    let mut known = std::iter::once(first).chain(known);
                    if known.any(|one| one.fingerprint == here.fingerprint) {
                        Familiarity::Known
                    } else {
                        Familiarity::New
                    }
                }
            }
        };
        let signals = RiskSignals {
            device: familiarity(false),
            network: familiarity(true),
            recent_failures: unit.failures_of(user.id).await?,
        };
        Ok(Recalled { seen, signals })
    }

    /// How risky a sign-in looks, where the tenant wants to know.
    pub(crate) async fn assess(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
    ) -> Result<Option<Assessment>, Error> {
        if caller.tenant().config.risk_based_mfa == RiskMode::Off {
            return Ok(None);
        }
        let recalled = self.recall_devices(unit, caller, user).await?;
        Ok(Some(recalled.assess(self, caller)))
    }

    /// Remembers where a session was opened from, and tells its user about what is new.
    pub(crate) async fn remember_devices(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
    ) -> Result<(), Error> {
        let recalled = self.recall_devices(unit, caller, user).await?;
        for device in &recalled.seen {
            unit.remember_device(device).await?;
        }
        let is_new = recalled.signals.device == Familiarity::New;
        let told = is_new && caller.tenant().config.notify_new_device;
        if told || recalled.assess(self, caller).decision >= RiskDecision::Notify {
            let mut mail = Mail::to_user(Template::NewDevice, user);
            let label = recalled.seen.iter().find_map(|seen| seen.label.clone());
            let client = &caller.origin().client;
            mail.more.insert("device".to_owned(), json!(label));
            mail.more
                .insert("ip_address".to_owned(), json!(client.ip_address));
            mail.more.insert("time".to_owned(), json!(self.now()));
            self.queue_mail(unit, caller, mail).await?;
        }
        Ok(())
    }
}
