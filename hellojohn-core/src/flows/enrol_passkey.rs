use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

use crate::{
    Engine, Error,
    access::Caller,
    factor::Factor,
    flows::passkey_options::CEREMONY_LIFE,
    id::{FactorId, PasskeyId, UserId},
    one_time::{NewOneTime, OneTimeToken, Purpose},
    passkey::{
        self, Attachment, Ceremony, Descriptor, Flaw, Holder, PasskeyError, PasskeyOwner,
        RelyingParty, UserVerification,
    },
    secret::mac,
    store::{Access, StoreError, UnitOfWork},
    user::User,
};

/// How long a browser page may take to confirm a passkey (R135).
const ENROLMENT_LIFE: Duration = CEREMONY_LIFE;

/// A ceremony of registration that was answered, and cannot be answered again.
#[derive(Debug)]
pub(crate) struct RedeemedEnrolment {
    challenge: Vec<u8>,
    user_handle: Vec<u8>,
}

impl Engine {
    /// Begins to register a passkey in the caller's unit of work; answers what the browser is given.
    ///
    /// The challenge is a one-time secret bound to the user, the session and the factor (R143).
    pub(crate) async fn begin_passkey(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        (factor, attachment): (FactorId, Option<Attachment>),
    ) -> Result<Value, Error> {
        let party = RelyingParty::of(self.settings(), &caller.tenant().config)?;
        let passkeys = unit.passkeys_of(user.id).await?;
        let handle = match passkeys.first() {
            Some(passkey) => passkey.user_handle.clone(),
            None => self.user_handle(user),
        };
        let new = NewOneTime {
            purpose: Purpose::PasskeyEnrolment,
            user: Some(user.id),
            email: None,
            data: binding(caller, factor, &handle),
            life: ENROLMENT_LIFE,
        };
        let token = self.issue_one_time(unit, new).await?;
        let challenge = token.random();
        let ceremony = Ceremony {
            party: &party,
            challenge: &challenge,
            user_verification: UserVerification::Preferred,
        };
        let holder = Holder {
            user,
            handle: &handle,
            attachment,
        };
        let known: Vec<_> = passkeys.into_iter().map(Descriptor::from).collect();
        Ok(passkey::creation_options(&ceremony, &holder, &known))
    }

    /// Uses the challenge of a registration up, for good: in a unit of its own, whatever becomes
    /// of the answer (N05). The answer names it, because the browser repeats it.
    pub(crate) async fn redeem_passkey_enrolment(
        &self,
        caller: &Caller,
        (user, factor): (UserId, FactorId),
        answer: &Value,
    ) -> Result<RedeemedEnrolment, Error> {
        let challenge = passkey::answered_challenge(answer)?;
        let Ok(random) = <[u8; 32]>::try_from(challenge.as_slice()) else {
            return Err(PasskeyError::ChallengeOver.into());
        };
        let token = OneTimeToken::mint(Purpose::PasskeyEnrolment, caller.tenant_id(), random);
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let redeemed = self
            .redeem(&mut *unit, Purpose::PasskeyEnrolment, token.secret())
            .await;
        let data = match redeemed {
            Ok(one_time) if one_time.user_id == Some(user) => Some(one_time.data),
            Ok(_) | Err(Error::Link(_)) => None,
            Err(other) => return Err(other),
        };
        unit.commit().await?;
        data.and_then(|data| {
            let handle = data.get("user_handle")?.as_str()?;
            let user_handle = BASE64URL_NOPAD.decode(handle.as_bytes()).ok()?;
            let is_bound = data == binding(caller, factor, &user_handle);
            is_bound.then_some(RedeemedEnrolment {
                challenge,
                user_handle,
            })
        })
        .ok_or_else(|| PasskeyError::ChallengeOver.into())
    }

    /// Checks a new credential and gives it to the factor's owner.
    pub(crate) async fn register_passkey(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        factor: &Factor,
        (enrolment, answer): (&RedeemedEnrolment, &Value),
    ) -> Result<(), Error> {
        let party = RelyingParty::of(self.settings(), &caller.tenant().config)?;
        let ceremony = Ceremony {
            party: &party,
            challenge: &enrolment.challenge,
            user_verification: UserVerification::Preferred,
        };
        let known = unit.passkeys_of(factor.user_id).await?;
        let known: Vec<_> = known.into_iter().map(|known| known.credential_id).collect();
        let registered = ceremony
            .registration(answer, &known)
            .map_err(|error| match error {
                PasskeyError::Invalid(Flaw::Registered) => PasskeyError::AlreadyRegistered,
                other => other,
            })?;
        let now = self.now();
        let passkey = registered.belonging_to(PasskeyOwner {
            id: PasskeyId::new(now, self.random()),
            user_id: factor.user_id,
            factor_id: factor.id,
            user_handle: enrolment.user_handle.clone(),
            at: now,
        });
        unit.insert_passkey(&passkey).await.map_err(taken)
    }

    /// What authenticators call a user who has no passkey yet: opaque, and always the same (R141).
    fn user_handle(&self, user: &User) -> Vec<u8> {
        let (tenant, id) = (user.tenant_id.to_string(), user.id.to_string());
        let parts = [b"user handle", tenant.as_bytes(), id.as_bytes()];
        mac(self.passkey_key(), &parts).to_vec()
    }
}

/// To what a registration is bound.
fn binding(caller: &Caller, factor: FactorId, user_handle: &[u8]) -> Map<String, Value> {
    let session = caller.session_id().map(|id| id.to_string());
    Map::from_iter([
        ("session_id".to_owned(), session.into()),
        ("factor_id".to_owned(), factor.to_string().into()),
        (
            "user_handle".to_owned(),
            BASE64URL_NOPAD.encode(user_handle).into(),
        ),
    ])
}

/// Somebody of the tenant has this credential: it is not told who (R135).
fn taken(error: StoreError) -> Error {
    if error.is_conflict("passkey_credential_id") {
        PasskeyError::AlreadyRegistered.into()
    } else {
        error.into()
    }
}
