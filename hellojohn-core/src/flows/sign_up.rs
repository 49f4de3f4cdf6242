use secrecy::{ExposeSecret, SecretString};

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    captcha::Action,
    credential::CredentialError,
    hooks::HookContext,
    id::UserId,
    input::{self, Email, FieldError, InputError, Metadata},
    issuer::SignedIn,
    metrics::Flow,
    password,
    password::Weakness,
    proof::ProofOfAuthentication,
    store::{Access, StoreError},
    trail::{self, Entry},
    user::{PasswordHash, Profile, User, UserError},
};

/// A request for a new account with a password.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: SecretString,
    /// The display name.
    pub name: Option<String>,
    /// A user name, where the tenant has them.
    pub username: Option<String>,
    /// The user's public metadata.
    pub metadata: serde_json::Map<String, serde_json::Value>,
    /// What the captcha gave the browser, where one is asked for.
    pub captcha_token: Option<SecretString>,
}

impl SignUp {
    /// An account with nothing but an address and a password.
    pub fn new(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            password: SecretString::from(password.into()),
            name: None,
            username: None,
            metadata: serde_json::Map::new(),
            captcha_token: None,
        }
    }
}

impl Engine {
    /// Creates an account and signs it in, in one transaction with its audit entries,
    /// events and what the sign-up hooks write.
    pub async fn sign_up(&self, caller: &Caller, request: SignUp) -> Result<SignedIn, Error> {
        let outcome = self.create_and_open(caller, request).await;
        self.meters().ended(Flow::SignUp, outcome)
    }

    async fn create_and_open(&self, caller: &Caller, request: SignUp) -> Result<SignedIn, Error> {
        let mut user = self.parse_sign_up(caller, &request)?;
        let token = request.captcha_token.as_ref();
        self.require_captcha(caller, Action::SignUp, token).await?;
        self.require_free_address(caller, &user.email).await?;
        self.require_good_password(caller, &user, &request.password)
            .await?;
        let hash = self.passwords().hash(&request.password).await?;
        user.password_hash = Some(PasswordHash::new(hash));
        user.password_changed_at = Some(user.created_at);
        user.last_sign_in_at = Some(user.created_at);
        user.last_active_at = Some(user.created_at);

        let now = user.created_at;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        for hook in &self.inner().hooks {
            let mut cx = HookContext::of(caller, now, &mut *unit);
            hook.before_sign_up(&mut cx, &mut user).await?;
        }
        unit.insert_user(&user).await.map_err(taken)?;
        for hook in &self.inner().hooks {
            let mut cx = HookContext::of(caller, now, &mut *unit);
            hook.after_sign_up(&mut cx, &user).await?;
        }
        let entry = Entry::new("user.register")
            .user(user.id)
            .by(user_actor(&user));
        self.record(&mut *unit, caller, entry).await?;
        self.emit(&mut *unit, "user.created", trail::user_data(&user))
            .await?;
        let proof = ProofOfAuthentication::by_enrolment(user.id, now);
        let session = self.open_session(&mut *unit, caller, &user, &proof).await?;
        unit.commit().await?;

        let tokens = self
            .sign_tokens(caller, &session, &Profile::from(&user))
            .await?;
        Ok(SignedIn {
            user,
            session,
            tokens,
        })
    }

    fn parse_sign_up(&self, caller: &Caller, request: &SignUp) -> Result<User, Error> {
        let config = &caller.tenant().config;
        if !config.sign_up_allowed() {
            return Err(CredentialError::SignUpDisabled.into());
        }
        if !config.allows_method(EMAIL_PASSWORD) {
            return Err(CredentialError::MethodDisabled.into());
        }
        let email = Email::parse(&request.email)?;
        if !config.allows_domain_of(&email) {
            return Err(CredentialError::DomainNotAllowed.into());
        }
        let now = self.now();
        let mut user = User::new(
            UserId::new(now, self.random()),
            caller.tenant_id(),
            email,
            now,
        );
        let mut wrong = Vec::new();
        let mut keep =
            |parsed: Result<String, FieldError>| parsed.map_err(|error| wrong.push(error)).ok();
        user.name = request
            .name
            .as_deref()
            .and_then(|name| keep(input::display_text("name", name)));
        if let Some(username) = &request.username {
            user.username = if config.username_enabled {
                keep(input::username(username))
            } else {
                keep(Err(FieldError::new("username", "not_enabled")))
            };
        }
        match Metadata::parse("metadata", request.metadata.clone()) {
            Ok(metadata) => user.public_metadata = metadata,
            Err(error) => wrong.push(error),
        }
        if wrong.is_empty() {
            Ok(user)
        } else {
            Err(InputError::Fields(wrong).into())
        }
    }

    async fn require_free_address(&self, caller: &Caller, email: &Email) -> Result<(), Error> {
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        match unit.user_by_email(email).await? {
            Some(_) => Err(UserError::EmailTaken.into()),
            None => Ok(()),
        }
    }

    /// Holds a new password against the tenant's policy and the list of breached ones (R001–R004).
    pub(crate) async fn require_good_password(
        &self,
        caller: &Caller,
        user: &User,
        new: &SecretString,
    ) -> Result<(), Error> {
        let tenant = caller.tenant();
        let policy = tenant.config.password_policy(self.settings());
        let words = [
            Some(tenant.name.as_str()),
            Some(tenant.slug.as_str()),
            Some(user.email.as_str()),
            user.name.as_deref(),
            user.username.as_deref(),
        ];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        policy
            .check(new.expose_secret(), &words)
            .map_err(CredentialError::Weak)?;
        if let (true, Some(list)) = (policy.breach_check, &self.inner().ports.breaches)
            && password::is_breached(&**list, new, policy.breach_threshold).await
        {
            return Err(CredentialError::Weak(Weakness::Breached).into());
        }
        Ok(())
    }
}

/// The name of this way of signing in, in `allowed_auth_methods`.
pub(crate) const EMAIL_PASSWORD: &str = "email_password";

/// Says which of a user's unique fields is taken.
pub(crate) fn taken(error: StoreError) -> Error {
    match error {
        StoreError::Conflict {
            constraint: "user_email",
        } => UserError::EmailTaken.into(),
        StoreError::Conflict {
            constraint: "user_username",
        } => UserError::UsernameTaken.into(),
        StoreError::Conflict {
            constraint: "user_phone",
        } => UserError::PhoneTaken.into(),
        StoreError::Conflict {
            constraint: "user_external_id",
        } => UserError::ExternalIdTaken.into(),
        other => other.into(),
    }
}
