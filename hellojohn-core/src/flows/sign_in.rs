use secrecy::{ExposeSecret, SecretString};

use crate::{
    Engine, Error,
    access::Caller,
    captcha::Action,
    credential::CredentialError,
    flows::{
        begin_attempt::{Account, Attempt, Shown},
        finish_sign_in::{Proven, may_sign_in},
        sign_up::EMAIL_PASSWORD,
    },
    input::{self, Email, InputError},
    issuer::SignedIn,
    lockout::Authenticator,
    metrics::Flow,
    password::MAX_PASSWORD_BYTES,
    ports::Verdict,
    proof::ProofOfAuthentication,
    store::Access,
    trail::Entry,
    user::{PasswordHash, User},
};

/// A request to sign in with a password.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Who.
    pub identifier: Identifier,
    /// The password, as typed.
    pub password: SecretString,
    /// What the captcha gave the browser, where one is asked for.
    pub captcha_token: Option<SecretString>,
}

/// How a user names themselves, as typed.
#[derive(Clone, Debug)]
pub enum Identifier {
    /// By address.
    Email(String),
    /// By user name, where the tenant has them.
    Username(String),
}

impl SignIn {
    /// Signs in by address.
    pub fn by_email(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            identifier: Identifier::Email(email.into()),
            password: SecretString::from(password.into()),
            captcha_token: None,
        }
    }
}

/// An identifier that may exist.
enum Handle {
    Email(Email),
    Username(String),
    /// Of a form no account has: it costs as much as any other unknown one.
    Nobody(String),
}

impl Handle {
    /// What is counted when there is no such account.
    fn canonical(&self) -> String {
        match self {
            Self::Email(email) => format!("email:{email}"),
            Self::Username(name) => format!("username:{name}"),
            Self::Nobody(text) => format!("nobody:{text}"),
        }
    }
}

/// Somebody who knew the password.
struct Known<'a> {
    user: User,
    proof: ProofOfAuthentication,
    /// The password, where its hash has to be made anew.
    stale: Option<&'a SecretString>,
}

impl Engine {
    /// Checks a password and opens a session.
    ///
    /// Unknown account, wrong password and account without a password are one answer at
    /// one price (R012, R013), and are counted and locked alike (R018, R020). The account's state
    /// is told only to who knows the password, and is read again in the transaction that opens
    /// the session (R023).
    pub async fn sign_in(&self, caller: &Caller, request: SignIn) -> Result<SignedIn, Error> {
        let outcome = self.check_and_open(caller, request).await;
        self.meters().ended(Flow::SignIn, outcome)
    }

    async fn check_and_open(&self, caller: &Caller, request: SignIn) -> Result<SignedIn, Error> {
        let handle = parse(caller, &request)?;
        let token = request.captcha_token.as_ref();
        let solved = self.require_captcha(caller, Action::SignIn, token).await?;
        let known = self.find(caller, &handle).await?;
        let name = handle.canonical();
        let account = known
            .as_ref()
            .map_or(Account::Nobody(&name), |user| Account::User(user.id));
        let begun = self.begin_attempt(
            caller,
            account,
            Authenticator::Password,
            Shown { token, solved },
        );
        let attempt = match begun.await {
            Ok(attempt) => attempt,
            Err(error @ Error::Lockout(_)) => {
                return self.refuse(caller, None, error, None).await;
            }
            Err(error) => return Err(error),
        };
        let hash = known.as_ref().and_then(|user| user.password_hash.as_ref());
        let verified = self
            .passwords()
            .verify(&request.password, hash.map(PasswordHash::expose))
            .await;
        let verdict = match verified {
            Ok(verdict) => verdict,
            Err(error) => {
                self.withdraw_attempt(caller, &attempt).await;
                return Err(error.into());
            }
        };
        let now = self.now();
        let proven = known.and_then(|user| {
            ProofOfAuthentication::by_password(user.id, verdict, now).map(|proof| (user, proof))
        });
        let Some((user, proof)) = proven else {
            return self
                .refuse(
                    caller,
                    None,
                    CredentialError::Invalid.into(),
                    Some(&attempt),
                )
                .await;
        };
        let stale = (verdict == Verdict::RightButStale).then_some(&request.password);
        let known = Known { user, proof, stale };
        let opened = self.let_in(caller, known, &attempt).await;
        if opened.is_err() {
            // Something else than the password was in the way.
            self.withdraw_attempt(caller, &attempt).await;
        }
        opened
    }

    /// Opens a session for who knew the password, unless the account's state forbids it.
    async fn let_in(
        &self,
        caller: &Caller,
        known: Known<'_>,
        attempt: &Attempt,
    ) -> Result<SignedIn, Error> {
        let Known { user, proof, stale } = known;
        if let Err(error) = may_sign_in(caller, &user, EMAIL_PASSWORD, self.now()) {
            return self.refuse(caller, Some(&user), error, None).await;
        }
        let rehashed = match stale {
            Some(password) => Some(PasswordHash::new(self.passwords().hash(password).await?)),
            None => None,
        };

        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let checked = user.password_hash;
        let current = unit
            .user_for_update(user.id)
            .await?
            .filter(|user| user.password_hash == checked);
        let Some(user) = current else {
            // The password changed while it was being checked.
            drop(unit);
            return self
                .refuse(caller, None, CredentialError::Invalid.into(), None)
                .await;
        };
        self.attempt_succeeded(&mut *unit, caller, attempt).await?;
        let rehashed = rehashed.as_ref();
        let proven = Proven {
            user,
            proof,
            method: EMAIL_PASSWORD,
            rehashed,
        };
        self.finish_sign_in(unit, caller, proven).await
    }

    async fn find(&self, caller: &Caller, handle: &Handle) -> Result<Option<User>, Error> {
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        Ok(match handle {
            Handle::Email(email) => unit.user_by_email(email).await?,
            Handle::Username(name) => unit.user_by_username(name).await?,
            Handle::Nobody(_) => None,
        })
    }

    /// Leaves a trace of a refused attempt, the same for known and unknown accounts, and passes the refusal on.
    async fn refuse(
        &self,
        caller: &Caller,
        user: Option<&User>,
        error: Error,
        wrong: Option<&Attempt>,
    ) -> Result<SignedIn, Error> {
        let mut entry =
            Entry::refused("user.login_failed", error.code()).with("auth_method", EMAIL_PASSWORD);
        if let Some(user) = user {
            entry = entry.user(user.id);
        }
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        if let Some(attempt) = wrong {
            self.attempt_failed(&mut *unit, caller, attempt).await?;
        }
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        Err(error)
    }
}

fn parse(caller: &Caller, request: &SignIn) -> Result<Handle, Error> {
    let config = &caller.tenant().config;
    if !config.allows_method(EMAIL_PASSWORD) {
        return Err(CredentialError::MethodDisabled.into());
    }
    if request.password.expose_secret().len() > MAX_PASSWORD_BYTES {
        return Err(InputError::field("password", "too_long").into());
    }
    match &request.identifier {
        Identifier::Email(text) => Ok(Handle::Email(Email::parse(text)?)),
        Identifier::Username(_) if !config.username_enabled => {
            Err(InputError::field("username", "not_enabled").into())
        }
        Identifier::Username(text) => {
            let nobody = || Handle::Nobody(text.clone());
            Ok(input::username(text).map_or_else(|_| nobody(), Handle::Username))
        }
    }
}
