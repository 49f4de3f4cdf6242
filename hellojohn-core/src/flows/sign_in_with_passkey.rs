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
        self, Assertion, Ceremony, Flaw, Identified, Passkey, PasskeyError, PasskeyUse,
        RelyingParty, UserVerification,
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
        if let Err(error) = self
            .use_passkey(&mut *unit, caller, &shown, &assertion)
            .await?
        {
            return self.refuse_passkey(unit, caller, owner, error).await;
        }
        let Some(proof) = ProofOfAuthentication::by_passkey(user.id, &assertion, now) else {
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

    /// Writes the use of a passkey down; refuses one whose counter did not go forward (R139).
    pub(crate) async fn use_passkey(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        passkey: &Passkey,
        assertion: &Assertion,
    ) -> Result<Result<(), PasskeyError>, Error> {
        let used = PasskeyUse {
            id: passkey.id,
            sign_count: assertion.sign_count(),
            backup_state: assertion.backup_state(),
            at: self.now(),
        };
        if unit.note_passkey_use(&used).await? {
            return Ok(Ok(()));
        }
        if unit.passkey_of_factor(passkey.factor_id).await?.is_none() {
            // It was removed while it was being checked.
            return Ok(Err(PasskeyError::Invalid(Flaw::Credential)));
        }
        let error = PasskeyError::Invalid(Flaw::Counter);
        let entry = Entry::refused("mfa.webauthn_clone_suspected", error.reason())
            .user(passkey.user_id)
            .with("factor_id", passkey.factor_id.to_string())
            .with("sign_count", passkey.sign_count)
            .with("shown_sign_count", assertion.sign_count());
        self.record(unit, caller, entry).await?;
        Ok(Err(error))
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
