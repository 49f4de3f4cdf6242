use serde_json::Map;

use crate::{
    Engine, Error,
    access::Caller,
    asked_mail::{AskedLink, Asker},
    input::Email,
    links::Page,
    mail::{Mail, Template},
    one_time::{NewOneTime, Purpose, state_of},
    store::{Access, UnitOfWork},
    user::User,
};

impl Engine {
    /// Mails the link that proves an address once more: the caller's own, or the given one.
    ///
    /// Answers the same whether there is such an account and whether it needs the link (R012).
    pub async fn resend_verification(
        &self,
        caller: &Caller,
        email: Option<&str>,
    ) -> Result<(), Error> {
        let email = match email {
            Some(text) => Email::parse(text)?,
            None => caller.require_user()?.user.email.clone(),
        };
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = self.account_to_write_to(&mut *unit, &email).await?;
        let asker = match &user.account {
            Some(user) if !user.email_verified => Asker::Account(user),
            _ => Asker::Nobody,
        };
        let wanted = AskedLink {
            purpose: Purpose::VerifyEmail,
            template: Template::VerifyEmail,
            kind: "user.email_verification_requested",
            page: Page::VerifyEmail,
            own_page: None,
            life: self.settings().email_verification_ttl,
            data: Map::new(),
        };
        self.send_asked_link(&mut *unit, caller, (asker, &email), wanted)
            .await?;
        Ok(unit.commit().await?)
    }

    /// Mails the link that proves the address of an account, with the account itself.
    pub(crate) async fn send_verification(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
    ) -> Result<(), Error> {
        let new = NewOneTime {
            purpose: Purpose::VerifyEmail,
            user: Some(user.id),
            email: Some(&user.email),
            data: state_of(user),
            life: self.settings().email_verification_ttl,
        };
        let mail = Mail::to_user(Template::VerifyEmail, user);
        self.send_link(unit, caller, mail, (Page::VerifyEmail, new))
            .await
    }
}
