use data_encoding::BASE64URL_NOPAD;
use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::Caller,
    captcha::Solved,
    id::UserId,
    lockout::{
        Authenticator, Counting, LockoutError, LockoutPolicy, Stage, Standing, Tally, Tried, Unlock,
    },
    network::network_of,
    secret,
    store::{Access, UnitOfWork},
    time::Timestamp,
    trail::Entry,
};

/// Whose authenticator is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Account<'a> {
    /// A user's, whatever name they gave.
    User(UserId),
    /// Nobody's: a name in its canonical form. It is counted and locked like an account (R018).
    Nobody(&'a str),
}

/// The captcha that came with an attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'a> {
    pub(crate) token: Option<&'a SecretString>,
    /// Whether it was checked already; a token is good for one check.
    pub(crate) solved: Solved,
}

impl Shown<'_> {
    /// No captcha can come with it.
    pub(crate) const NONE: Self = Self {
        token: None,
        solved: Solved::No,
    };
}

/// An attempt that may be looked at. It counts as failed until it is known to be right, also if
/// nobody waits for its end (R020).
#[derive(Debug)]
#[must_use = "an attempt that is not ended stays counted as failed"]
pub(crate) struct Attempt {
    pub(crate) tried: Tried,
    /// Where it is counted: everywhere, and in the client's network.
    pub(crate) networks: Vec<String>,
    /// The user, or an id that nobody has.
    pub(crate) user: UserId,
    pub(crate) at: Timestamp,
    /// Whether it locks if it was wrong.
    pub(crate) is_last: bool,
    /// Whether a lock of the whole account holds it, too: not in networks the user is known in (R024).
    pub(crate) account_holds: bool,
    pub(crate) counting: Counting,
}

/// From where a user was known how long ago.
const KNOWN: std::time::Duration = std::time::Duration::from_hours(24 * 30);
const PLACES: u32 = 50;

impl Engine {
    /// Counts an attempt before its secret is looked at, or refuses it.
    ///
    /// In a transaction of its own that is over when this returns: however many try at once, on
    /// however many instances, no more pass than the policy says (R020).
    pub(crate) async fn begin_attempt(
        &self,
        caller: &Caller,
        account: Account<'_>,
        authenticator: Authenticator,
        captcha: Shown<'_>,
    ) -> Result<Attempt, Error> {
        let attempt = self.attempt(caller, account, authenticator);
        if attempt.counting == Counting::Off {
            return Ok(attempt);
        }
        match (captcha.solved, captcha.token) {
            (Solved::No, Some(token)) if self.inner().ports.captcha.is_some() => {
                // The token is checked only if the lock asks for it.
                let (attempt, admission) = self.count(caller, attempt, Solved::No).await?;
                if admission != Err(LockoutError::Locked(Unlock::Captcha)) {
                    admission?;
                    return Ok(attempt);
                }
                let solved = self.check_captcha(caller, token).await?;
                let (attempt, admission) = self.count(caller, attempt, solved).await?;
                admission?;
                Ok(attempt)
            }
            (solved, _) => {
                let (attempt, admission) = self.count(caller, attempt, solved).await?;
                admission?;
                Ok(attempt)
            }
        }
    }

    fn attempt(
        &self,
        caller: &Caller,
        account: Account<'_>,
        authenticator: Authenticator,
    ) -> Attempt {
        let now = self.now();
        let (tried, user) = match account {
            Account::User(id) => (Tried::of_user(id, authenticator), id),
            Account::Nobody(name) => {
                let tenant = caller.tenant_id().to_string();
                let mac = secret::mac(&self.lockout_key(), &[tenant.as_bytes(), name.as_bytes()]);
                let tried = Tried {
                    subject: format!("unknown_{}", BASE64URL_NOPAD.encode(&mac)),
                    authenticator,
                };
                (tried, UserId::new(now, self.random()))
            }
        };
        let address = caller.origin().client.ip_address.as_deref();
        let network = address.and_then(network_of);
        Attempt {
            tried,
            networks: std::iter::once(String::new()).chain(network).collect(),
            user,
            at: now,
            is_last: false,
            account_holds: true,
            counting: self.settings().lockout.counting,
        }
    }

    async fn count(
        &self,
        caller: &Caller,
        mut attempt: Attempt,
        solved: Solved,
    ) -> Result<(Attempt, Result<(), LockoutError>), Error> {
        let policy = &self.settings().lockout;
        let tenant = caller.tenant_id();
        let mut unit = self.store().begin(tenant, Access::Write).await?;
        let mut tallies = attempt.tallies(&mut *unit).await?;
        // Others may have been waited for.
        let now = self.now();
        attempt.at = now;
        let (held, account_holds) = self.held(&mut *unit, &attempt, &tallies, now).await?;
        attempt.account_holds = account_holds;
        if let Err(refusal) = self.admit(held, solved, now) {
            drop(unit);
            if tallies.iter().any(|tally| is_due(tally, policy, now)) {
                // Whoever made the last attempt did not wait for its end.
                let mut unit = self.store().begin(tenant, Access::Write).await?;
                self.lock_if_due(&mut *unit, caller, &attempt).await?;
                unit.commit().await?;
            }
            return Ok((attempt, Err(refusal)));
        }
        for tally in &mut tallies {
            tally.reserve(policy, now);
        }
        attempt.is_last = tallies.iter().any(|tally| is_due(tally, policy, now));
        unit.put_tallies(&attempt.tried, &tallies, now).await?;
        unit.commit().await?;
        Ok((attempt, Ok(())))
    }

    /// What holds an attempt: its network, and the whole account unless the user is known in that
    /// network, so that a stranger elsewhere cannot lock them out (R024).
    async fn held(
        &self,
        unit: &mut dyn UnitOfWork,
        attempt: &Attempt,
        tallies: &[Tally],
        now: Timestamp,
    ) -> Result<(Standing, bool), Error> {
        let policy = &self.settings().lockout;
        let mut account = Standing::Open;
        let mut here = None;
        for tally in tallies {
            let standing = tally.standing(policy, now);
            if tally.network.is_empty() {
                account = standing;
            } else {
                here = Some((tally.network.as_str(), standing));
            }
        }
        let Some((network, here)) = here else {
            return Ok((account, true));
        };
        if account.stage() <= here.stage() {
            return Ok((here, true));
        }
        let places = unit.places_of(attempt.user, now - KNOWN, PLACES).await?;
        let is_known = places
            .iter()
            .any(|place| place == network || network_of(place).as_deref() == Some(network));
        Ok(if is_known {
            (here, false)
        } else {
            (account, true)
        })
    }

    fn admit(&self, held: Standing, solved: Solved, now: Timestamp) -> Result<(), LockoutError> {
        let has_captcha = self.inner().ports.captcha.is_some();
        let unlock = match (held, solved) {
            (Standing::Open, _) | (Standing::Soft { .. }, Solved::Yes) => return Ok(()),
            (Standing::Soft { .. }, Solved::No) if has_captcha => Unlock::Captcha,
            (Standing::Soft { until }, Solved::No) if until <= now => return Ok(()),
            (Standing::Soft { until }, Solved::No) => Unlock::Wait(until.since(now)),
            (Standing::Hard, _) => Unlock::Email,
            (Standing::Disabled, _) => Unlock::Admin,
        };
        Err(LockoutError::Locked(unlock))
    }

    /// The attempt was wrong. Locks, in the unit that records the failure, if it was one too many.
    pub(crate) async fn attempt_failed(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        attempt: &Attempt,
    ) -> Result<(), Error> {
        if attempt.is_last {
            self.lock_if_due(unit, caller, attempt).await?;
        }
        Ok(())
    }

    /// The attempt was right: nothing that failed before counts any more, unless the account was
    /// locked while it was looked at (R023). In the unit that acts on it, after the user's row was locked.
    pub(crate) async fn attempt_succeeded(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        attempt: &Attempt,
    ) -> Result<(), Error> {
        if attempt.counting == Counting::Off {
            return Ok(());
        }
        let policy = &self.settings().lockout;
        let mut tallies = attempt.tallies(unit).await?;
        for tally in &tallies {
            let holds = attempt.account_holds || !tally.network.is_empty();
            if holds && tally.stage >= Stage::Hard {
                let unlock = match tally.stage {
                    Stage::Disabled => Unlock::Admin,
                    _ => Unlock::Email,
                };
                return Err(LockoutError::Locked(unlock).into());
            }
        }
        let before = tallies.iter().map(|tally| tally.consecutive).max();
        let before = before.unwrap_or_default().saturating_sub(1);
        for tally in &mut tallies {
            if tally.stage >= Stage::Hard {
                tally.take_back(policy, attempt.at);
            } else {
                tally.forget();
            }
        }
        unit.put_tallies(&attempt.tried, &tallies, self.now())
            .await?;
        if before >= policy.soft.failures {
            self.note_success_after(unit, caller, attempt, before)
                .await?;
        }
        Ok(())
    }

    /// R027.
    async fn note_success_after(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        attempt: &Attempt,
        failures: u32,
    ) -> Result<(), Error> {
        let kind = "user.succeeded_after_failures";
        let authenticator = attempt.tried.authenticator.as_str();
        let entry = Entry::new(kind)
            .user(attempt.user)
            .with("authenticator", authenticator)
            .with("failures", failures);
        self.record(unit, caller, entry).await?;
        let data = serde_json::json!({
            "user": { "id": attempt.user },
            "authenticator": authenticator,
            "failures": failures,
        });
        self.emit(unit, kind, crate::trail::object(data)).await
    }

    /// The attempt was not looked at, or was right and led to nothing: it counts no more.
    ///
    /// In a unit of its own, because that of the flow is lost; what the caller is told is why.
    pub(crate) async fn withdraw_attempt(&self, caller: &Caller, attempt: &Attempt) {
        if attempt.counting == Counting::Off {
            return;
        }
        if self.take_back(caller, attempt).await.is_err() {
            tracing::warn!(
                tenant.id = %caller.tenant_id(),
                "an attempt that was not wrong stays counted as a failure"
            );
        }
    }

    async fn take_back(&self, caller: &Caller, attempt: &Attempt) -> Result<(), Error> {
        let policy = &self.settings().lockout;
        let tenant = caller.tenant_id();
        let mut unit = self.store().begin(tenant, Access::Write).await?;
        let mut tallies = attempt.tallies(&mut *unit).await?;
        for tally in &mut tallies {
            tally.take_back(policy, attempt.at);
        }
        unit.put_tallies(&attempt.tried, &tallies, self.now())
            .await?;
        Ok(unit.commit().await?)
    }
}

impl Attempt {
    async fn tallies(&self, unit: &mut dyn UnitOfWork) -> Result<Vec<Tally>, Error> {
        let networks: Vec<&str> = self.networks.iter().map(String::as_str).collect();
        let found = unit.tallies_for_update(&self.tried, &networks, self.at);
        Ok(found.await?)
    }
}

/// Whether a lock is due that nobody made yet.
pub(crate) fn is_due(tally: &Tally, policy: &LockoutPolicy, now: Timestamp) -> bool {
    tally.clone().lock_if_due(policy, now).is_some()
}
