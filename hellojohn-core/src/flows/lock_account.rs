use std::time::Duration;

use serde_json::json;

use crate::{
    Engine, Error,
    access::Caller,
    flows::begin_attempt::Attempt,
    links::Page,
    lockout::Stage,
    mail::{Mail, Template},
    one_time::{NewOneTime, Owner, Purpose},
    store::UnitOfWork,
    trail::{self, Entry},
    user::User,
};

/// Life of the link in an unlock mail.
const LINK: Duration = Duration::from_hours(1);
/// What an open sign-in holds, besides challenges of second factors, and must not finish once the
/// account is locked (R023, R133, N23). Links that prove or reset something stay good: a stranger
/// must not be able to take them away (R026).
const HALF_OPEN: &[Purpose] = &[Purpose::MagicLink, Purpose::ExchangeCode];

impl Engine {
    /// Makes a lock that is due stay, once, and tells whom it concerns in the same unit.
    ///
    /// For a name that no account has it asks the database as often as it tells it things about
    /// an account, so that the last attempt does not take a different time (R013).
    pub(crate) async fn lock_if_due(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        attempt: &Attempt,
    ) -> Result<(), Error> {
        // Users before links before tallies: the order in which links are made and used, so that
        // nobody waits for each other.
        let user = unit.user_for_update(attempt.user).await?;
        unit.void_one_time(Owner::User(attempt.user), HALF_OPEN)
            .await?;
        unit.void_challenges_of(attempt.user, self.now()).await?;
        let policy = &self.settings().lockout;
        let now = self.now();
        let networks: Vec<&str> = attempt.networks.iter().map(String::as_str).collect();
        let mut tallies = unit
            .tallies_for_update(&attempt.tried, &networks, now)
            .await?;
        let new = tallies.iter_mut();
        let new = new.filter_map(|tally| tally.lock_if_due(policy, now));
        let Some(stage) = new.max() else {
            return Ok(());
        };
        unit.put_tallies(&attempt.tried, &tallies, now).await?;
        let authenticator = attempt.tried.authenticator.as_str();
        let mut entry = Entry::new("user.locked")
            .with("authenticator", authenticator)
            .with("stage", stage.as_str());
        if let Some(user) = &user {
            entry = entry.user(user.id);
        }
        self.record(unit, caller, entry).await?;
        let Some(user) = user else {
            let statements = if stage == Stage::Hard { 4 } else { 1 };
            for _ in 0..statements {
                unit.locked_since(attempt.user).await?;
            }
            return Ok(());
        };
        let data = json!({
            "user": { "id": user.id },
            "authenticator": authenticator,
            "stage": stage.as_str(),
        });
        self.emit(unit, "user.locked", trail::object(data)).await?;
        if stage == Stage::Hard {
            self.mail_unlock_link(unit, caller, &user).await?;
        }
        Ok(())
    }

    async fn mail_unlock_link(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
    ) -> Result<(), Error> {
        let new = NewOneTime {
            purpose: Purpose::Unlock,
            user: Some(user.id),
            email: Some(&user.email),
            data: serde_json::Map::new(),
            life: LINK,
        };
        let mail = Mail::to_user(Template::AccountUnlock, user);
        self.send_link(unit, caller, mail, (Page::Unlock, new))
            .await
    }
}
