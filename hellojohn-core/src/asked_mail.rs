//! Mail that a stranger can ask for by naming an address: the same statements are made whether
//! there is an account or not, and nobody's mailbox is flooded (R012–R014, R040).

use std::time::Duration;

use serde_json::Map;

use crate::{
    Engine, Error,
    access::Caller,
    id::{MessageId, UserId},
    input::Email,
    links::Page,
    mail::{Channel, Mail, Message, MessageStatus, Recipient, Template},
    one_time::{NewOneTime, OneTime, Owner, Purpose, state_of},
    redirect::RedirectUrl,
    secret::SecretHash,
    store::UnitOfWork,
    time::Timestamp,
    trail::Entry,
    user::User,
};

/// A link somebody asked for.
#[derive(Debug)]
pub(crate) struct AskedLink<'a> {
    /// What it is for.
    pub(crate) purpose: Purpose,
    /// What carries it.
    pub(crate) template: Template,
    /// The audit entry of asking.
    pub(crate) kind: &'static str,
    /// Our page it opens.
    pub(crate) page: Page,
    /// The application's page it opens instead.
    pub(crate) own_page: Option<&'a RedirectUrl>,
    /// How long it is good.
    pub(crate) life: Duration,
    /// What its purpose needs.
    pub(crate) data: Map<String, serde_json::Value>,
}

/// Who gets what was asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asker<'a> {
    /// An account.
    Account(&'a User),
    /// A mailbox that gets an account by it.
    NewMailbox,
    /// Nobody, which must not be seen.
    Nobody,
}

/// Who has an address.
#[derive(Debug)]
pub(crate) struct Addressee {
    /// The account, locked, if it may be sent what it asks for.
    pub(crate) account: Option<User>,
    /// Whether there is one, in whatever state.
    pub(crate) is_known: bool,
}

/// So many messages of one kind go to one address in a while (R040).
const ALLOWANCES: [(usize, Duration); 2] =
    [(3, Duration::from_mins(15)), (10, Duration::from_hours(24))];

impl Engine {
    /// The account with an address.
    ///
    /// As many statements for an address nobody has.
    pub(crate) async fn account_to_write_to(
        &self,
        unit: &mut dyn UnitOfWork,
        email: &Email,
    ) -> Result<Addressee, Error> {
        let found = unit.user_by_email(email).await?;
        let is_known = found.is_some();
        let id = found.map_or_else(|| UserId::new(self.now(), self.random()), |user| user.id);
        let locked = unit.user_for_update(id).await?;
        let now = self.now();
        let may_be_told = |user: &User| user.email == *email && user.require_active(now).is_ok();
        Ok(Addressee {
            account: locked.filter(may_be_told),
            is_known,
        })
    }

    /// Makes and queues a link, or does what looks the same.
    ///
    /// Once the address has had its share the link is left out silently: what was sent stays good.
    pub(crate) async fn send_asked_link(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        (asker, email): (Asker<'_>, &Email),
        wanted: AskedLink<'_>,
    ) -> Result<(), Error> {
        let mut entry = Entry::new(wanted.kind);
        if !self.has_share(unit, email, wanted.template).await? {
            entry = Entry::refused(wanted.kind, "mail_limit");
        } else if let Asker::Nobody = asker {
            self.write_decoy(unit, email, &wanted).await?;
        } else {
            self.write_link(unit, caller, (asker, email), wanted)
                .await?;
        }
        if let Asker::Account(user) = asker {
            entry = entry.user(user.id);
        }
        self.record(unit, caller, entry).await
    }

    /// Whether an address may get one more message of a kind.
    pub(crate) async fn has_share(
        &self,
        unit: &mut dyn UnitOfWork,
        email: &Email,
        template: Template,
    ) -> Result<bool, Error> {
        let now = self.now();
        let [.., (most, longest)] = ALLOWANCES;
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let sent = unit
            .messages_to(email.as_str(), template, now - longest, most)
            .await?;
        Ok(has_share(&sent, now))
    }

    async fn write_link(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        (asker, email): (Asker<'_>, &Email),
        wanted: AskedLink<'_>,
    ) -> Result<(), Error> {
        let user = match asker {
            Asker::Account(user) => Some(user),
            Asker::NewMailbox | Asker::Nobody => None,
        };
        let mut data = user.map(state_of).unwrap_or_default();
        data.extend(wanted.data);
        let new = NewOneTime {
            purpose: wanted.purpose,
            user: user.map(|user| user.id),
            email: Some(email),
            data,
            life: wanted.life,
        };
        let token = self.issue_one_time(unit, new).await?;
        let mail = Mail {
            user,
            link: Some(self.page_or_own_link(caller, (wanted.page, wanted.own_page), &token)),
            expires_in: Some(wanted.life),
            ..Mail::new(wanted.template, Recipient::Mailbox(email))
        };
        self.queue_mail(unit, caller, mail).await
    }

    /// Rows like those of a link, which nobody can use and nobody sends.
    async fn write_decoy(
        &self,
        unit: &mut dyn UnitOfWork,
        email: &Email,
        wanted: &AskedLink<'_>,
    ) -> Result<(), Error> {
        let now = self.now();
        let owner = Owner::Mailbox(email);
        unit.void_one_time(owner, &[wanted.purpose]).await?;
        let random: [u8; 32] = self.random();
        unit.insert_one_time(&OneTime {
            purpose: wanted.purpose,
            hash: SecretHash::of(&random),
            user_id: None,
            email: Some(email.clone()),
            data: wanted.data.clone(),
            created_at: now,
            expires_at: now,
            consumed_at: Some(now),
        })
        .await?;
        unit.insert_message(&Message {
            id: MessageId::new(now, self.random()),
            channel: Channel::Email,
            template: wanted.template,
            recipient: email.to_string(),
            user_id: None,
            sealed: None,
            status: MessageStatus::Sent,
            attempts: 0,
            next_attempt_at: now,
            claimed_until: None,
            last_error: None,
            created_at: now,
            sent_at: Some(now),
        })
        .await?;
        Ok(())
    }

    /// Makes a link for a user and queues it, whatever was sent before.
    pub(crate) async fn send_link(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        mail: Mail<'_>,
        (page, new): (Page, NewOneTime<'_>),
    ) -> Result<(), Error> {
        let life = new.life;
        let token = if new.purpose == Purpose::UndoEmailChange {
            self.add_one_time(unit, new).await?
        } else {
            self.issue_one_time(unit, new).await?
        };
        let mail = Mail {
            link: Some(self.page_link(caller, page, &token)),
            expires_in: Some(life),
            ..mail
        };
        self.queue_mail(unit, caller, mail).await
    }
}

/// Whether one more may follow these, the newest of which is first.
fn has_share(sent: &[Timestamp], now: Timestamp) -> bool {
    ALLOWANCES.iter().all(|(most, within)| {
        let recent = sent.iter().filter(|at| **at + *within > now);
        recent.count() < *most
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R040.
    #[test]
    fn three_in_a_quarter_of_an_hour_and_ten_in_a_day() {
        let start = Timestamp::from_seconds(1_000_000);
        let mut sent: Vec<Timestamp> = Vec::new();
        for minute in 0..(24 * 60) {
            let now = start + Duration::from_mins(minute);
            while has_share(&sent, now) {
                sent.insert(0, now);
            }
        }
        let after = |at: &Timestamp| (at.as_seconds() - start.as_seconds()) / 60;
        let minutes: Vec<i64> = sent.iter().rev().map(after).collect();
        assert_eq!(minutes, [0, 0, 0, 15, 15, 15, 30, 30, 30, 45]);
        assert!(has_share(&sent, start + Duration::from_hours(24)));
    }
}
