use secrecy::SecretString;
use serde_json::Value;

use crate::{
    Engine, Error,
    access::Caller,
    credential::CredentialError,
    flows::{
        finish_sign_in::{Proven, may_sign_in},
        passkey_options::{AskedOf, PASSKEY, read_state},
    },
    id::UserId,
    issuer::SignedIn,
    metrics::Flow,
    one_time::Purpose,
    passkey::{
        self, Ceremony, Flaw, Identified, Passkey, PasskeyError, RelyingParty, UserVerification,
    },
    proof::ProofOfAuthentication,
    store::{Access, UnitOfWork},
    trail::Entry,
};

/// An answer of an authenticator.
#[derive(Clone, Debug)]
pub struct PasskeyAnswer {
    /// The ceremony it answers.
    pub challenge: SecretString,
    /// The answer, as `PublicKeyCredential.toJSON` writes it.
    pub credential: Value,
}

impl Engine {
    /// Signs in with a passkey alone: its authenticator verified its user, which makes it two
    /// factors (R140).
    ///
    /// A challenge is used up by its first answer, right or wrong. What is wrong with an answer is
    /// in the audit log only; the account's state is told only to who holds its passkey.
    pub async fn sign_in_with_passkey(
        &self,
        caller: &Caller,
        answer: PasskeyAnswer,
    ) -> Result<SignedIn, Error> {
        let outcome = self.check_passkey_and_open(caller, &answer).await;
        self.meters().ended(Flow::SignIn, outcome)
    }

    async fn check_passkey_and_open(
        &self,
        caller: &Caller,
        answer: &PasskeyAnswer,
    ) -> Result<SignedIn, Error> {
        let config = &caller.tenant().config;
        if !config.allows_method(PASSKEY) {
            return Err(CredentialError::MethodDisabled.into());
        }
        let party = RelyingParty::of(self.settings(), config)?;
        let (challenge, of) = self.redeem_ceremony(caller, &answer.challenge).await?;
        let ceremony = Ceremony {
            party: &party,
            challenge: &challenge,
            user_verification: UserVerification::Required,
        };

        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let shown = match self
            .shown_passkey(&mut *unit, &answer.credential, of)
            .await?
        {
            Ok(passkey) => passkey,
            Err(error) => return self.refuse_passkey(unit, caller, None, error).await,
        };
        let identified = match of {
            AskedOf::User(_) => Identified::Before,
            AskedOf::Anybody | AskedOf::Nobody => Identified::ByAuthenticator,
        };
        let owner = Some(shown.user_id);
        let assertion = match ceremony.assertion(&answer.credential, &shown, identified) {
            Ok(assertion) => assertion,
            Err(error) => return self.refuse_passkey(unit, caller, owner, error).await,
        };
        let Some(user) = unit.user_for_update(shown.user_id).await? else {
            let error = PasskeyError::Invalid(Flaw::Credential);
            return self.refuse_passkey(unit, caller, None, error).await;
        };
        let now = self.now();
        if let Err(error) = may_sign_in(caller, &user, PASSKEY, now) {
            return self.refuse_passkey(unit, caller, owner, error).await;
        }
        if let Err(error) = self.use_passkey(&mut *unit, &shown, assertion).await? {
            if error == PasskeyError::Invalid(Flaw::Counter) {
                self.suspect_clone(&mut *unit, caller, &shown).await?;
            }
            return self.refuse_passkey(unit, caller, owner, error).await;
        }
        let Some(proof) = ProofOfAuthentication::by_passkey(user.id, assertion, now) else {
            let error = PasskeyError::UserVerificationRequired;
            return self.refuse_passkey(unit, caller, owner, error).await;
        };
        let proven = Proven {
            user,
            proof,
            method: PASSKEY,
            rehashed: None,
        };
        self.finish_sign_in(unit, caller, proven).await
    }

    /// Uses a challenge up, for good: in a unit of its own, whatever becomes of the answer.
    async fn redeem_ceremony(
        &self,
        caller: &Caller,
        id: &SecretString,
    ) -> Result<(Vec<u8>, AskedOf), Error> {
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let redeemed = self.redeem(&mut *unit, Purpose::PasskeySignIn, id).await;
        let state = match redeemed {
            Ok(one_time) => read_state(&one_time.data),
            Err(Error::Link(_)) => None,
            Err(other) => return Err(other),
        };
        unit.commit().await?;
        Ok(state.ok_or(PasskeyError::ChallengeOver)?)
    }

    /// The passkey an answer was made with, if it is of whom it was asked.
    async fn shown_passkey(
        &self,
        unit: &mut dyn UnitOfWork,
        credential: &Value,
        of: AskedOf,
    ) -> Result<Result<Passkey, PasskeyError>, Error> {
        let id = match passkey::credential_id(credential) {
            Ok(id) => id,
            Err(error) => return Ok(Err(error)),
        };
        let found = unit.passkey_by_credential(&id).await?;
        let found = found.filter(|passkey| match of {
            AskedOf::Anybody => true,
            AskedOf::User(user) => passkey.user_id == user,
            AskedOf::Nobody => false,
        });
        Ok(found.ok_or(PasskeyError::Invalid(Flaw::Credential)))
    }

    /// Leaves a trace of a refused attempt and passes the refusal on.
    async fn refuse_passkey(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        caller: &Caller,
        user: Option<UserId>,
        error: impl Into<Error>,
    ) -> Result<SignedIn, Error> {
        let error = error.into();
        let reason = match &error {
            Error::Passkey(error) => error.reason(),
            other => other.code(),
        };
        let mut entry = Entry::refused("user.login_failed", reason).with("auth_method", PASSKEY);
        if let Some(user) = user {
            entry = entry.user(user);
        }
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        Err(error)
    }
}
