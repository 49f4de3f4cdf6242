//! Draws from the budgets of a request: behind the router, so that no spelling of a path has
//! a budget of its own, and before anybody is looked up (R022).

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, Once, PoisonError},
};

use hellojohn_core::{
    access::{Caller, Principal},
    rate::{InProcessLimiter, Quota, RateDecision},
};
use http::{HeaderMap, HeaderName, header};

use super::Shared;
use crate::{call::Who, problem::Problem, proxy, rate_limits::Budgets, route::RateClass};

/// The budgets of one request, and what they answered so far.
#[derive(Clone)]
pub(crate) struct Gate {
    shared: Arc<Shared>,
    class: RateClass,
    address: Option<IpAddr>,
    tightest: Arc<Mutex<Option<RateDecision>>>,
}

/// Which budget of a class.
enum Whose<'a> {
    Address,
    Tenant(&'a Caller),
    Subject(Option<&'a Caller>, &'a str),
    Principal(String),
}

impl Gate {
    pub(super) fn new(shared: &Arc<Shared>, class: RateClass, address: Option<IpAddr>) -> Self {
        Self {
            shared: Arc::clone(shared),
            class,
            address,
            tightest: Arc::default(),
        }
    }

    /// What can be said of a request by where it comes from.
    pub(super) async fn before_admission(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let Some(budgets) = self.budgets() else {
            return Ok(());
        };
        if let Some(quota) = budgets.address {
            return self.draw(self.class.as_str(), &Whose::Address, quota).await;
        }
        if shows_credential(headers) {
            return self.refuse_if_guessing();
        }
        self.draw_global().await
    }

    /// What can be said once it is known who asks.
    pub(super) async fn after_admission(&self, who: &Who) -> Result<(), Problem> {
        let Some(budgets) = self.budgets() else {
            return Ok(());
        };
        let word = self.class.as_str();
        if let (Some(quota), Some(caller)) = (budgets.tenant, who.caller()) {
            self.draw(word, &Whose::Tenant(caller), quota).await?;
        }
        let Some(quota) = budgets.principal else {
            return Ok(());
        };
        match principal(who) {
            Some(id) => self.draw(word, &Whose::Principal(id), quota).await,
            // A publishable key is everybody's: by it one visitor could spend the budget of all.
            None if is_publishable(who) => self.draw_global().await,
            None => Ok(()),
        }
    }

    /// Notes a credential that nobody was given; one that has expired is no guess. Only in this process: it bounds what this process
    /// looks up, and costs nobody with a good credential a question to another.
    pub(super) fn note_refusal(&self, problem: &Problem) {
        if GUESSES.contains(&problem.code())
            && let Some(limits) = &self.shared.settings.rate_limits
        {
            let engine = &self.shared.engine;
            let key = engine.rate_key(&[b"refused", &self.network()]);
            self.shared.refused.draw(&key, limits.global, engine.now());
        }
    }

    /// Draws from the budget of what a request is about. A class without such a budget lets everything through.
    pub(crate) async fn limit(
        &self,
        class: RateClass,
        caller: Option<&Caller>,
        subject: &str,
    ) -> Result<(), Problem> {
        let Some(limits) = &self.shared.settings.rate_limits else {
            return Ok(());
        };
        match limits.of(class).subject {
            Some(quota) => {
                let whose = Whose::Subject(caller, subject);
                self.draw(class.as_str(), &whose, quota).await
            }
            None => Ok(()),
        }
    }

    /// Says how much is left of the tightest budget.
    pub(super) fn announce(&self, headers: &mut HeaderMap) {
        let tightest = self.tightest.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(decision) = *tightest else {
            return;
        };
        // A full second later it is certainly full.
        let reset = (decision.reset_at.as_micros() + 999_999).div_euclid(1_000_000);
        headers.insert(LIMIT, decision.limit.into());
        headers.insert(REMAINING, decision.remaining.into());
        headers.insert(RESET, reset.into());
    }

    fn budgets(&self) -> Option<Budgets> {
        let limits = self.shared.settings.rate_limits.as_ref()?;
        (self.class != RateClass::Unlimited).then(|| limits.of(self.class))
    }

    async fn draw_global(&self) -> Result<(), Problem> {
        match &self.shared.settings.rate_limits {
            Some(limits) => self.draw("global", &Whose::Address, limits.global).await,
            None => Ok(()),
        }
    }

    fn refuse_if_guessing(&self) -> Result<(), Problem> {
        let Some(limits) = &self.shared.settings.rate_limits else {
            return Ok(());
        };
        let engine = &self.shared.engine;
        let key = engine.rate_key(&[b"refused", &self.network()]);
        let decision = self.shared.refused.look(&key, limits.global, engine.now());
        if decision.allowed {
            return Ok(());
        }
        self.settle(decision)
    }

    async fn draw(&self, word: &str, whose: &Whose<'_>, quota: Quota) -> Result<(), Problem> {
        let engine = &self.shared.engine;
        let word = word.as_bytes();
        let decision = match whose {
            Whose::Address => {
                let quota = if self.address.is_some() {
                    quota
                } else {
                    self.for_everybody(quota)
                };
                engine
                    .draw(&[word, b"address", &self.network()], quota)
                    .await
            }
            Whose::Tenant(caller) => {
                let tenant = caller.tenant_id().to_bytes();
                engine.draw(&[word, b"tenant", &tenant], quota).await
            }
            Whose::Subject(caller, subject) => {
                let tenant = caller.map(|caller| caller.tenant_id().to_bytes());
                let tenant = tenant.as_ref().map_or(&[][..], |id| &id[..]);
                let parts = [word, b"subject", tenant, subject.as_bytes()];
                engine.draw(&parts, quota).await
            }
            Whose::Principal(id) => {
                engine
                    .draw(&[word, b"principal", id.as_bytes()], quota)
                    .await
            }
        };
        self.settle(decision)
    }

    fn settle(&self, decision: RateDecision) -> Result<(), Problem> {
        {
            let mut tightest = self.tightest.lock().unwrap_or_else(PoisonError::into_inner);
            if tightest.is_none_or(|known| tightness(&decision) < tightness(&known)) {
                *tightest = Some(decision);
            }
        }
        if decision.allowed {
            return Ok(());
        }
        self.shared.meters.limited(self.class);
        let wait = decision.retry_after;
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Err(Problem::rate_limited(seconds.max(1)))
    }

    /// A host that does not tell where requests come from has one budget for all of them. It
    /// is as large as that of a tenant: a smaller one would lock out everybody at once.
    fn for_everybody(&self, quota: Quota) -> Quota {
        static TOLD: Once = Once::new();
        TOLD.call_once(|| {
            tracing::warn!(
                "requests come without PeerAddress; rate limits cannot tell clients apart"
            );
        });
        match &self.shared.settings.rate_limits {
            Some(limits) if limits.login_tenant.limit() > quota.limit() => limits.login_tenant,
            _ => quota,
        }
    }

    fn network(&self) -> Vec<u8> {
        self.address.map(proxy::network).unwrap_or_default()
    }
}

const GUESSES: [&str; 3] = [
    "invalid_token",
    "invalid_api_key",
    "invalid_publishable_key",
];
const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// A refusal before an allowance, few left before many, long to wait before short.
fn tightness(decision: &RateDecision) -> (bool, u32, i64) {
    let wait = decision.reset_at.as_micros().saturating_neg();
    (decision.allowed, decision.remaining, wait)
}

/// Whether there is anything to look somebody up by.
fn shows_credential(headers: &HeaderMap) -> bool {
    headers.contains_key(header::AUTHORIZATION) || headers.contains_key("x-client-id")
}

/// Who has a budget of their own.
fn principal(who: &Who) -> Option<String> {
    match who {
        Who::Tenant(caller) => match caller.principal() {
            Principal::Secret { id, .. } => Some(id.to_string()),
            Principal::User(signed_in) => Some(signed_in.user.id.to_string()),
            _ => None,
        },
        Who::Instance(operator) => operator.key_id().map(|id| id.to_string()),
        Who::Anybody => None,
    }
}

fn is_publishable(who: &Who) -> bool {
    who.caller()
        .is_some_and(|caller| matches!(caller.principal(), Principal::Publishable(_)))
}

/// Where refused credentials are counted.
pub(super) fn refused() -> InProcessLimiter {
    InProcessLimiter::holding(16_384)
}
