//! Second factors, from enrolment to the session they open.

mod caps;
mod enrolment;
mod policy;
mod recovery;
mod sent_codes;
mod sign_in;
mod step_up;

pub(crate) use sent_codes::with_mailbox as mailbox_of;

use hellojohn_core::{
    Engine, Error,
    access::Caller,
    factor::FactorKind,
    flows::{MfaVerified, NewFactor, VerifyMfa},
    id::FactorId,
    issuer::SignedIn,
    mfa::{FactorAnswer, FactorChoice, FactorProof, MfaError, MfaRequired},
    seal::{Sealer, places::MESSAGES},
    secret::{ExposeSecret, SecretString},
    totp::{PERIOD, TotpSecret, step_at},
};

use crate::world::{PASSWORD, World, key, seconds};

pub(crate) const ADA: &str = "ada@example.com";

/// A user with an authenticator app.
pub(crate) struct Enrolled {
    pub(crate) signed_in: SignedIn,
    pub(crate) factor: FactorId,
    pub(crate) app: TotpSecret,
    pub(crate) backup_codes: Vec<SecretString>,
}

impl Enrolled {
    /// What the app shows now.
    pub(crate) fn code(&self, world: &World) -> FactorAnswer {
        code(&self.app.code_of(step_at(world.engine.now())))
    }

    pub(crate) fn choice(&self) -> FactorChoice {
        FactorChoice::Factor(self.factor)
    }
}

pub(crate) fn code(text: &str) -> FactorAnswer {
    FactorAnswer::Code(SecretString::from(text))
}

pub(crate) fn read_app(secret: &SecretString) -> TotpSecret {
    let bytes = data_encoding::BASE32_NOPAD.decode(secret.expose_secret().as_bytes());
    TotpSecret::from_bytes(&bytes.unwrap()).unwrap()
}

/// Signs Ada up and gives her an authenticator app, half a minute ago.
pub(crate) async fn with_totp(world: &World) -> Enrolled {
    let signed_in = world.sign_up(ADA).await;
    let own = world.bearer(&signed_in.tokens.access_token).await.unwrap();
    let user = signed_in.user.id;
    let engine = &world.engine;
    let begun = engine
        .enrol_factor(&own, user, NewFactor::of(FactorKind::Totp))
        .await
        .unwrap();
    let app = read_app(&begun.totp.unwrap().secret);
    let proof = FactorProof {
        factor: begun.factor.id,
        answer: code(&app.code_of(step_at(engine.now()))),
    };
    let confirmed = engine.confirm_factor(&own, user, proof).await.unwrap();
    world.wait(seconds(PERIOD.unsigned_abs()));
    Enrolled {
        signed_in,
        factor: begun.factor.id,
        app,
        backup_codes: confirmed.backup_codes.unwrap(),
    }
}

pub(crate) fn required<T: std::fmt::Debug>(outcome: Result<T, Error>) -> MfaRequired {
    match outcome.unwrap_err() {
        Error::Mfa(MfaError::Required(required)) => *required,
        other => panic!("{other:?}"),
    }
}

/// A challenge for Ada, whose password is right.
pub(crate) async fn challenged(world: &World) -> MfaRequired {
    required(world.sign_in(ADA, PASSWORD).await)
}

pub(crate) async fn verify(
    engine: &Engine,
    caller: &Caller,
    challenge: &MfaRequired,
    (factor, answer): (FactorChoice, FactorAnswer),
) -> Result<MfaVerified, Error> {
    let request = VerifyMfa {
        challenge: challenge.challenge.clone(),
        factor,
        answer,
    };
    engine.verify_mfa(caller, request).await
}

pub(crate) fn signed_in(verified: MfaVerified) -> SignedIn {
    match verified {
        MfaVerified::SignedIn(signed_in) => *signed_in,
        other => panic!("{other:?}"),
    }
}

/// The code in the newest message to somebody.
pub(crate) async fn code_sent_to(world: &World, recipient: &str) -> String {
    let sql = |column: &str| {
        format!(
            "SELECT {column} FROM hj_message WHERE recipient = '{recipient}' AND template = 'mfa_code' \
             ORDER BY id DESC LIMIT 1"
        )
    };
    let id = world.texts(sql("id")).await.remove(0);
    let sealed = world.texts(sql("sealed")).await.remove(0);
    let current = Sealer::new(key("0123456789abcdefghijklmnopqrstuvwxyz"), None);
    let opened = current.open(MESSAGES.place(&id), &sealed).unwrap();
    let variables: serde_json::Value = serde_json::from_slice(&opened).unwrap();
    variables["code"].as_str().unwrap().to_owned()
}
