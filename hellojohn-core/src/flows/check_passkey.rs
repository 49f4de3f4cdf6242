use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use crate::{
    Engine, Error,
    access::Caller,
    factor::Factor,
    mfa::{ChallengeData, FactorAnswer, MfaChallenge, MfaError},
    passkey::{
        self, Assertion, Ceremony, Descriptor, Flaw, Identified, Passkey, PasskeyError, PasskeyUse,
        RelyingParty, UserVerification,
    },
    proof::SecondFactor,
    store::UnitOfWork,
    trail::Entry,
};

impl Engine {
    /// Asks the authenticator of a factor; answers what the browser is given and what the
    /// challenge keeps of it.
    pub(crate) async fn ask_authenticator(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        factor: &Factor,
    ) -> Result<(Value, Value), Error> {
        let party = RelyingParty::of(self.settings(), &caller.tenant().config)?;
        let passkey = unit
            .passkey_of_factor(factor.id)
            .await?
            .ok_or(MfaError::FactorNotFound)?;
        let challenge: [u8; 32] = self.random();
        let ceremony = Ceremony {
            party: &party,
            challenge: &challenge,
            user_verification: UserVerification::Preferred,
        };
        let options = passkey::request_options(&ceremony, &[Descriptor::from(passkey)]);
        let kept = json!({
            "factor_id": factor.id,
            "challenge": BASE64URL_NOPAD.encode(&challenge),
        });
        Ok((options, kept))
    }

    /// Checks the answer of an authenticator behind another factor, where its user need not be
    /// verified (R140). Only the factor that was asked can answer (N84).
    pub(crate) async fn check_passkey(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        factor: &Factor,
        (challenge, answer): (&ChallengeData, &FactorAnswer),
    ) -> Result<SecondFactor, Error> {
        let FactorAnswer::Credential(answer) = answer else {
            return Err(MfaError::FactorNotAllowed.into());
        };
        let challenge = asked(challenge, factor).ok_or(PasskeyError::ChallengeOver)?;
        let passkey = unit
            .passkey_of_factor(factor.id)
            .await?
            .filter(|passkey| passkey.user_id == factor.user_id)
            .ok_or(MfaError::FactorNotFound)?;
        let party = RelyingParty::of(self.settings(), &caller.tenant().config)?;
        let ceremony = Ceremony {
            party: &party,
            challenge: &challenge,
            user_verification: UserVerification::Preferred,
        };
        let assertion = ceremony.assertion(answer, &passkey, Identified::Before)?;
        self.use_passkey(unit, &passkey, assertion).await??;
        Ok(SecondFactor::by_passkey(assertion, self.now()))
    }

    /// Writes the use of a passkey and its factor down; refuses one whose counter did not go
    /// forward (R139), and one whose factor does not count.
    pub(crate) async fn use_passkey(
        &self,
        unit: &mut dyn UnitOfWork,
        passkey: &Passkey,
        assertion: Assertion,
    ) -> Result<Result<(), PasskeyError>, Error> {
        let now = self.now();
        if !unit.touch_factor(passkey.factor_id, now).await? {
            return Ok(Err(PasskeyError::Invalid(Flaw::Credential)));
        }
        let used = PasskeyUse {
            id: passkey.id,
            sign_count: assertion.sign_count(),
            backup_state: assertion.backup_state(),
            at: now,
        };
        let noted = unit.note_passkey_use(&used).await?;
        Ok(noted
            .then_some(())
            .ok_or(PasskeyError::Invalid(Flaw::Counter)))
    }

    /// What follows from a wrong answer of an authenticator: what it was asked is good for one
    /// answer only, and a counter that went backwards is told to the tenant (R139).
    pub(crate) async fn end_ceremony(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        challenge: &MfaChallenge,
        error: PasskeyError,
    ) -> Result<(), Error> {
        if error == PasskeyError::Invalid(Flaw::Counter) {
            let of = challenge.data.webauthn.as_ref();
            let of = of.and_then(|kept| kept.get("factor_id")?.as_str()?.parse().ok());
            if let Some(factor) = of
                && let Some(passkey) = unit.passkey_of_factor(factor).await?
            {
                self.suspect_clone(unit, caller, &passkey).await?;
            }
        }
        let mut data = challenge.data.clone();
        data.webauthn = None;
        unit.put_challenge_data(&challenge.hash, &data, self.now())
            .await?;
        Ok(())
    }

    /// Records that there may be a copy of an authenticator.
    pub(crate) async fn suspect_clone(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        passkey: &Passkey,
    ) -> Result<(), Error> {
        let entry = Entry::refused("mfa.webauthn_clone_suspected", Flaw::Counter.as_str())
            .user(passkey.user_id)
            .with("factor_id", passkey.factor_id.to_string())
            .with("sign_count", passkey.sign_count);
        self.record(unit, caller, entry).await
    }
}

/// What this factor's authenticator was asked, if it was.
fn asked(challenge: &ChallengeData, factor: &Factor) -> Option<Vec<u8>> {
    let kept = challenge.webauthn.as_ref()?;
    let of = kept.get("factor_id")?.as_str()?;
    let text = kept.get("challenge")?.as_str()?;
    (of == factor.id.to_string())
        .then(|| BASE64URL_NOPAD.decode(text.as_bytes()).ok())
        .flatten()
}
