use secrecy::{ExposeSecret, SecretString};

use crate::{
    Engine, Error,
    access::Caller,
    credential::CredentialError,
    flows::{
        finish_sign_in::{Proven, may_sign_in},
        sign_up::EMAIL_PASSWORD,
    },
    input::{self, Email, InputError},
    issuer::SignedIn,
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
        }
    }
}

/// An identifier that may exist.
enum Handle {
    Email(Email),
    Username(String),
    /// Of a form no account has: it costs as much as any other unknown one.
    Nobody,
}

impl Engine {
    /// Checks a password and opens a session.
    ///
    /// Unknown account, wrong password and account without a password are one answer at
    /// one price (R012, R013). The account's state is told only to who knows the password,
    /// and is read again in the transaction that opens the session (R023).
    pub async fn sign_in(&self, caller: &Caller, request: SignIn) -> Result<SignedIn, Error> {
        let outcome = self.check_and_open(caller, request).await;
        self.meters().ended(Flow::SignIn, outcome)
    }

    async fn check_and_open(&self, caller: &Caller, request: SignIn) -> Result<SignedIn, Error> {
        let handle = parse(caller, &request)?;
        let known = self.find(caller, &handle).await?;
        let hash = known.as_ref().and_then(|user| user.password_hash.as_ref());
        let verdict = self
            .passwords()
            .verify(&request.password, hash.map(PasswordHash::expose))
            .await?;
        let now = self.now();
        let proven = known.and_then(|user| {
            ProofOfAuthentication::by_password(user.id, verdict, now).map(|proof| (user, proof))
        });
        let Some((user, proof)) = proven else {
            return self
                .refuse(caller, None, CredentialError::Invalid.into())
                .await;
        };
        if let Err(error) = may_sign_in(caller, &user, EMAIL_PASSWORD, now) {
            return self.refuse(caller, Some(&user), error).await;
        }
        let rehashed = match verdict {
            Verdict::RightButStale => Some(PasswordHash::new(
                self.passwords().hash(&request.password).await?,
            )),
            Verdict::Right | Verdict::Wrong => None,
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
                .refuse(caller, None, CredentialError::Invalid.into())
                .await;
        };
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
            Handle::Nobody => None,
        })
    }

    /// Leaves a trace of a refused attempt, the same for known and unknown accounts, and passes the refusal on.
    async fn refuse(
        &self,
        caller: &Caller,
        user: Option<&User>,
        error: Error,
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
            Ok(input::username(text).map_or(Handle::Nobody, Handle::Username))
        }
    }
}
