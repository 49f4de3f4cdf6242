use serde_json::Value;

use crate::{
    Engine, Error,
    access::Caller,
    factor::{Factor, FactorKind, FactorStatus, PENDING_LIFE},
    flows::list_factors::may_change,
    id::{FactorId, UserId},
    input::{self, InputError},
    mfa::{
        MfaError,
        policy::{self, ProofAge},
    },
    passkey::Attachment,
    seal::places::FACTORS,
    secret::SecretString,
    store::{Access, UnitOfWork},
    totp::{self, TotpSecret},
    trail::Entry,
    user::{User, UserError},
};

/// A second factor to enrol.
#[derive(Clone, Debug)]
pub struct NewFactor {
    /// Of which kind.
    pub kind: FactorKind,
    /// What the user calls it.
    pub name: Option<String>,
    /// Where SMS codes go (E.164); the user's own number if left out.
    pub phone: Option<String>,
    /// Which kind of authenticator a passkey is to live on.
    pub attachment: Option<Attachment>,
}

impl NewFactor {
    /// A factor without a name.
    pub const fn of(kind: FactorKind) -> Self {
        Self {
            kind,
            name: None,
            phone: None,
            attachment: None,
        }
    }
}

/// A factor that waits for its confirmation, with what is shown once.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The factor.
    pub factor: Factor,
    /// Where its codes go, masked.
    pub hint: Option<String>,
    /// What an authenticator app needs.
    pub totp: Option<TotpSetup>,
    /// What an authenticator is asked (`PublicKeyCredentialCreationOptions` as JSON).
    pub webauthn: Option<Value>,
}

/// The shared secret of a TOTP factor, shown once.
#[derive(Clone, Debug)]
pub struct TotpSetup {
    /// In base 32, to type.
    pub secret: SecretString,
    /// As `otpauth:` URI.
    pub uri: SecretString,
    /// The URI as QR code: a PNG in a `data:` URL.
    pub qr_code: SecretString,
}

impl Engine {
    /// Begins to enrol a second factor. It counts for nothing until it is confirmed.
    ///
    /// A user who has one proves it anew first, within five minutes; one who has none must have
    /// signed in within fifteen (R124, R134). Servers may always; it is audited.
    pub async fn enrol_factor(
        &self,
        caller: &Caller,
        user: UserId,
        new: NewFactor,
    ) -> Result<Enrolment, Error> {
        may_change(caller, user)?;
        let name = named(new.name.as_deref())?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let user = unit
            .user_for_update(user)
            .await?
            .ok_or(UserError::NotFound)?;
        let factors = unit.factors_of(user.id).await?;
        self.require_fresh_proof(&mut *unit, caller, &user, ProofAge::FACTORS)
            .await?;
        if !policy::allows(&caller.tenant().config, new.kind) {
            return Err(MfaError::FactorNotAllowed.into());
        }
        let target = target(&user, &new)?;
        if is_enrolled(&factors, new.kind, target.as_deref()) {
            return Err(MfaError::FactorAlreadyEnrolled.into());
        }
        let now = self.now();
        unit.delete_pending_factors(user.id, new.kind).await?;
        let factor = Factor {
            id: FactorId::new(now, self.random()),
            user_id: user.id,
            kind: new.kind,
            name,
            status: FactorStatus::Pending,
            sealed: None,
            target,
            last_step: None,
            created_at: now,
            confirmed_at: None,
            last_used_at: None,
            expires_at: Some(now + PENDING_LIFE),
        };
        let enrolment = self
            .begin_enrolment(&mut *unit, caller, &user, (factor, new.attachment))
            .await?;
        let entry = Entry::new("mfa.enrolment_started")
            .user(user.id)
            .with("factor_id", enrolment.factor.id.to_string())
            .with("factor_type", new.kind.as_str());
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        Ok(enrolment)
    }

    async fn begin_enrolment(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        (mut factor, attachment): (Factor, Option<Attachment>),
    ) -> Result<Enrolment, Error> {
        let (mut setup, mut webauthn) = (None, None);
        match factor.kind {
            FactorKind::Totp => {
                let secret = TotpSecret::new(self.random());
                factor.sealed = Some(self.sealed_secret(factor.id, &secret)?);
                unit.insert_factor(&factor).await?;
                setup = Some(totp_setup(&secret, &caller.tenant().name, user)?);
            }
            FactorKind::Sms | FactorKind::EmailOtp => {
                unit.insert_factor(&factor).await?;
                let subject = factor.id.to_string();
                self.send_code(unit, caller, user, (&factor, &subject))
                    .await?;
            }
            FactorKind::WebAuthn => {
                unit.insert_factor(&factor).await?;
                let asked = (factor.id, attachment);
                webauthn = Some(self.begin_passkey(unit, caller, user, asked).await?);
            }
        }
        Ok(Enrolment {
            hint: factor.hint(&user.email),
            totp: setup,
            webauthn,
            factor,
        })
    }

    fn sealed_secret(&self, id: FactorId, secret: &TotpSecret) -> Result<String, Error> {
        let inner = self.inner();
        let name = id.to_string();
        let place = FACTORS.place(&name);
        Ok(inner
            .sealer
            .seal(place, secret.as_bytes(), &*inner.ports.random)?)
    }
}

pub(crate) fn named(name: Option<&str>) -> Result<Option<String>, InputError> {
    name.map(|text| input::display_text("name", text))
        .transpose()
        .map_err(|error| InputError::Fields(vec![error]))
}

/// Where codes go, if that is the factor's own business.
fn target(user: &User, new: &NewFactor) -> Result<Option<String>, Error> {
    if new.kind != FactorKind::Sms {
        return Ok(None);
    }
    let number = new.phone.as_deref().or(user.phone.as_deref());
    let number = number.ok_or(MfaError::PhoneRequired)?;
    let number = input::phone(number).map_err(|mut error| {
        "phone_number".clone_into(&mut error.field);
        InputError::Fields(vec![error])
    })?;
    Ok(Some(number))
}

/// One authenticator app and one mailbox each; several numbers and authenticators.
fn is_enrolled(factors: &[Factor], kind: FactorKind, target: Option<&str>) -> bool {
    let mut active = factors
        .iter()
        .filter(|factor| factor.is_active() && factor.kind == kind);
    match kind {
        FactorKind::Totp | FactorKind::EmailOtp => active.next().is_some(),
        FactorKind::Sms => active.any(|factor| factor.target.as_deref() == target),
        FactorKind::WebAuthn => false,
    }
}

fn totp_setup(secret: &TotpSecret, issuer: &str, user: &User) -> Result<TotpSetup, Error> {
    let uri = totp::otpauth_uri(secret, issuer, user.email.as_str());
    Ok(TotpSetup {
        secret: secret.to_base32(),
        qr_code: totp::qr_code(&uri)?,
        uri,
    })
}
