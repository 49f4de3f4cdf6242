use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    input::Email,
    metrics::Flow,
    one_time::{LinkError, OneTimeToken, Purpose},
    store::Access,
    trail::{self, Entry},
};

impl Engine {
    /// Uses up a link that proves a mailbox: that of an account, or one an account moves to.
    /// Answers with the address that is proven now.
    pub async fn verify_email(
        &self,
        caller: &Caller,
        secret: &SecretString,
    ) -> Result<Email, Error> {
        let purpose = OneTimeToken::parse_any(secret).map(|token| token.purpose());
        let outcome = match purpose {
            Some(Purpose::VerifyEmail) => self.prove_mailbox(caller, secret).await,
            Some(Purpose::ChangeEmail) => self.confirm_email_change(caller, secret).await,
            _ => Err(LinkError::Invalid.into()),
        };
        self.meters().ended(Flow::VerifyEmail, outcome)
    }

    async fn prove_mailbox(&self, caller: &Caller, secret: &SecretString) -> Result<Email, Error> {
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let (_, mut user) = self
            .redeem_of_user(&mut *unit, Purpose::VerifyEmail, secret)
            .await?;
        user.email_verified = true;
        user.updated_at = self.now();
        unit.update_user(&user).await?;
        let entry = Entry::new("user.email_verified").user(user.id);
        self.record(&mut *unit, caller, entry.by(user_actor(&user)))
            .await?;
        self.emit(&mut *unit, "user.email_verified", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user.email)
    }
}
