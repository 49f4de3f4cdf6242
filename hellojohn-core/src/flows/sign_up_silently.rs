use crate::{
    Engine, Error,
    access::Caller,
    captcha::Action,
    flows::SignUp,
    input::InputError,
    mail::{Mail, Template},
    metrics::Flow,
    store::Access,
    trail::Entry,
    user::{PasswordHash, UserError},
};

impl Engine {
    /// Creates an account without saying whether the address was free: a new owner is mailed the
    /// link that proves it, the owner of a taken one is told (R015). Nobody is signed in, and
    /// nobody chooses a user name.
    pub async fn sign_up_silently(&self, caller: &Caller, request: SignUp) -> Result<(), Error> {
        let outcome = self.create_or_tell(caller, request).await;
        self.meters().ended(Flow::SignUp, outcome)
    }

    async fn create_or_tell(&self, caller: &Caller, request: SignUp) -> Result<(), Error> {
        let mut user = self.parse_sign_up(caller, &request)?;
        if user.username.is_some() {
            // Whether it is free afterwards would tell whether an account was made.
            return Err(InputError::field("username", "not_enabled").into());
        }
        let token = request.captcha_token.as_ref();
        self.require_captcha(caller, Action::SignUp, token).await?;
        self.require_good_password(caller, &user, &request.password)
            .await?;
        let hash = self.passwords().hash(&request.password).await?;
        user.password_hash = Some(PasswordHash::new(hash));
        user.password_changed_at = Some(user.created_at);
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        self.run_before_sign_up(&mut *unit, caller, &mut user)
            .await?;
        // A hook may have chosen a name. Also where the address is taken: the answer must not depend on it.
        if let Some(name) = &user.username
            && unit.user_by_username(name).await?.is_some()
        {
            return Err(UserError::UsernameTaken.into());
        }
        let holder = unit.user_by_email(&user.email).await?;
        let told = self
            .has_share(&mut *unit, &user.email, Template::AccountExists)
            .await?;
        match holder {
            None => {
                self.write_account(&mut *unit, caller, &user).await?;
                self.send_verification(&mut *unit, caller, &user).await?;
            }
            Some(holder) => {
                if told && holder.require_active(user.created_at).is_ok() {
                    let mail = Mail::to_user(Template::AccountExists, &holder);
                    self.queue_mail(&mut *unit, caller, mail).await?;
                }
                let entry = Entry::refused("user.register", "email_already_exists");
                self.record(&mut *unit, caller, entry.user(holder.id))
                    .await?;
            }
        }
        Ok(unit.commit().await?)
    }
}
