use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Map, Value, json};

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    flows::sign_up::taken,
    input::Email,
    links::Page,
    mail::{Mail, Recipient, Template},
    one_time::{LinkError, NewOneTime, Owner, Purpose, state_of, void_links},
    store::{Access, UnitOfWork},
    trail::{self, Entry},
    user::{User, UserError},
};

/// How long the old mailbox can take a change back.
const UNDO: Duration = Duration::from_hours(24 * 7);

impl Engine {
    /// Begins to move the caller's account to another address: nothing changes until its mailbox
    /// is proven, and the old one is told and can take it back (R038).
    ///
    /// The caller writes the user afterwards, in the same unit.
    pub(crate) async fn begin_email_change(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &mut User,
        wanted: Email,
    ) -> Result<(), Error> {
        let change = &[Purpose::ChangeEmail];
        if wanted == user.email {
            user.pending_email = None;
            unit.void_one_time(Owner::User(user.id), change).await?;
            return Ok(());
        }
        self.require_fresh(caller)?;
        if !self.has_share(unit, &wanted, Template::EmailChange).await?
            || !self
                .has_share(unit, &user.email, Template::EmailChangeNotice)
                .await?
        {
            // Silently: what was sent before stays good (R040).
            return Ok(());
        }
        unit.void_one_time(Owner::User(user.id), change).await?;
        let holder = unit.user_by_email(&wanted).await?;
        if holder.is_some() && !caller.tenant().config.hide_existing_accounts {
            return Err(UserError::EmailTaken.into());
        }
        user.pending_email = Some(wanted.clone());
        let entry = Entry::new("user.email_change_requested").user(user.id);
        self.record(unit, caller, entry).await?;
        match holder {
            Some(holder) => {
                let mail = Mail::to_user(Template::AccountExists, &holder);
                self.queue_mail(unit, caller, mail).await
            }
            None => self.mail_both(unit, caller, user, &wanted).await,
        }
    }

    async fn mail_both(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        wanted: &Email,
    ) -> Result<(), Error> {
        let addresses = both(&user.email, wanted);
        let confirm = NewOneTime {
            purpose: Purpose::ChangeEmail,
            user: Some(user.id),
            email: Some(wanted),
            data: state_of(user),
            life: self.settings().email_verification_ttl,
        };
        let mail = Mail {
            user: Some(user),
            more: addresses.clone(),
            ..Mail::new(Template::EmailChange, Recipient::Mailbox(wanted))
        };
        self.send_link(unit, caller, mail, (Page::VerifyEmail, confirm))
            .await?;
        let undo = NewOneTime {
            purpose: Purpose::UndoEmailChange,
            user: Some(user.id),
            email: Some(&user.email),
            data: Map::new(),
            life: UNDO,
        };
        let mail = Mail {
            more: addresses,
            ..Mail::to_user(Template::EmailChangeNotice, user)
        };
        self.send_link(unit, caller, mail, (Page::UndoEmailChange, undo))
            .await
    }

    /// Moves an account to the address whose mailbox was proven.
    pub(crate) async fn confirm_email_change(
        &self,
        caller: &Caller,
        secret: &SecretString,
    ) -> Result<Email, Error> {
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let (link, mut user) = self
            .redeem_of_user(&mut *unit, Purpose::ChangeEmail, secret)
            .await?;
        let pending = user.pending_email.take();
        let proven = link.email.filter(|email| pending.as_ref() == Some(email));
        user.email = proven.ok_or(LinkError::Invalid)?;
        user.email_verified = true;
        user.updated_at = self.now();
        unit.update_user(&user).await.map_err(taken)?;
        void_links(&mut *unit, user.id).await?;
        let entry = Entry::new("user.email_changed").user(user.id);
        self.record(&mut *unit, caller, entry.by(user_actor(&user)))
            .await?;
        self.emit(&mut *unit, "user.updated", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user.email)
    }
}

fn both(old: &Email, new: &Email) -> Map<String, Value> {
    [("old_email", old), ("new_email", new)]
        .into_iter()
        .map(|(name, email)| (name.to_owned(), json!(email)))
        .collect()
}
