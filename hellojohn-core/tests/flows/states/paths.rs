//! Ways into an account and on in it, begun at one instance and finished at another.

use hellojohn_core::{
    Engine, Error,
    access::Caller,
    flows::{
        Credentials, Identity, MePatch, MfaVerified, PasskeyAnswer, Patch, ResetPassword, SignIn,
    },
    issuer::SignedIn,
    mfa::{FactorChoice, MfaRequired},
    secret::{ExposeSecret, SecretString},
};

use crate::{
    device::Device,
    mfa::{ADA, Enrolled, challenged, mailbox_of, verify, with_totp},
    passkeys::holder,
    world::{PASSWORD, World},
};

/// A way that begins at one moment and ends at another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    SignIn,
    Refresh,
    AccessToken,
    MfaVerify,
    MfaSend,
    StepUp,
    MagicLink,
    ExchangeCode,
    PasswordReset,
    VerifyEmail,
    ChangeEmail,
    Unlock,
    Passkey,
    RecoveryProof,
}

pub(super) const PATHS: [Path; 14] = [
    Path::SignIn,
    Path::Refresh,
    Path::AccessToken,
    Path::MfaVerify,
    Path::MfaSend,
    Path::StepUp,
    Path::MagicLink,
    Path::ExchangeCode,
    Path::PasswordReset,
    Path::VerifyEmail,
    Path::ChangeEmail,
    Path::Unlock,
    Path::Passkey,
    Path::RecoveryProof,
];

/// What the user holds in their hands meanwhile.
pub(super) enum Held {
    Password,
    Session(Box<SignedIn>),
    Challenge(Box<Enrolled>, MfaRequired),
    SendsTo(FactorChoice, MfaRequired),
    Link(SecretString),
    Passkey(PasskeyAnswer),
}

impl Path {
    /// Makes Ada's account and goes half the way.
    pub(super) async fn begin(self, world: &World) -> Held {
        let engine = &world.engine;
        match self {
            Self::SignIn => {
                world.sign_up(ADA).await;
                Held::Password
            }
            Self::Refresh | Self::AccessToken => Held::Session(Box::new(world.sign_up(ADA).await)),
            Self::MfaVerify => {
                let ada = Box::new(with_totp(world).await);
                Held::Challenge(ada, challenged(world).await)
            }
            Self::MfaSend => {
                let mailbox = mailbox_of(world).await;
                Held::SendsTo(mailbox, challenged(world).await)
            }
            Self::StepUp => {
                let ada = Box::new(with_totp(world).await);
                let own = world.bearer(&ada.signed_in.tokens.access_token).await;
                let challenge = engine.step_up(&own.unwrap(), None).await.unwrap();
                Held::Challenge(ada, challenge)
            }
            Self::MagicLink => {
                world.sign_up(ADA).await;
                Held::Link(world.ask_for_link(ADA).await)
            }
            Self::ExchangeCode => {
                world.sign_up(ADA).await;
                let link = world.ask_for_link(ADA).await;
                Held::Link(world.code_for(&link).await.unwrap())
            }
            Self::PasswordReset => {
                world.sign_up(ADA).await;
                world.forgot(ADA).await;
                Held::Link(world.letter("password_reset", ADA).await.token())
            }
            Self::VerifyEmail => {
                world.sign_up(ADA).await;
                Held::Link(world.letter("verify_email", ADA).await.token())
            }
            Self::ChangeEmail => {
                let next = "ada@next.example";
                let ada = world.sign_up(ADA).await;
                let own = world.bearer(&ada.tokens.access_token).await.unwrap();
                let patch = MePatch {
                    email: Patch::Set(next.to_owned()),
                    ..MePatch::default()
                };
                engine.update_me(&own, patch).await.unwrap();
                Held::Link(world.letter("email_change", next).await.token())
            }
            Self::Unlock => {
                world.sign_up(ADA).await;
                lock(world).await;
                Held::Link(world.letter("account_unlock", ADA).await.token())
            }
            Self::Passkey => {
                let mut ada = holder(world, ADA, Device::new()).await;
                let asked = engine.passkey_options(&world.caller, Some(ADA)).await;
                let asked = asked.unwrap();
                Held::Passkey(PasskeyAnswer {
                    credential: ada.device.get(&asked.options).await,
                    challenge: asked.id,
                })
            }
            Self::RecoveryProof => {
                with_totp(world).await;
                let challenge = challenged(world).await.challenge;
                let asked = engine.request_recovery(&world.caller, &challenge);
                asked.await.unwrap();
                Held::Link(world.letter("mfa_recovery", ADA).await.token())
            }
        }
    }

    /// Goes the other half at an instance, and says what came of it: `ok`, or the code of the
    /// refusal, be it of what was done or of the tokens that came of it.
    pub(super) async fn finish(self, engine: &Engine, world: &World, held: Held) -> &'static str {
        match self.attempt(engine, world, held).await {
            Ok(()) => "ok",
            Err(error) => error.code(),
        }
    }

    async fn attempt(self, engine: &Engine, world: &World, held: Held) -> Result<(), Error> {
        let caller = &engine.caller(world.tenant.id).await?;
        match (self, held) {
            (Self::AccessToken, Held::Session(ada)) => {
                try_token(engine, &ada.tokens.access_token).await
            }
            (_, Held::Password) => {
                let request = SignIn::by_email(ADA, PASSWORD);
                let opened = engine.sign_in(caller, request).await?;
                try_token(engine, &opened.tokens.access_token).await
            }
            (_, Held::Session(ada)) => {
                let token = &ada.tokens.refresh_token;
                let next = engine.refresh(caller, token).await?;
                try_token(engine, &next.tokens.access_token).await
            }
            (_, Held::Challenge(ada, challenge)) => {
                let answer = (ada.choice(), ada.code(world));
                let tokens = match verify(engine, caller, &challenge, answer).await? {
                    MfaVerified::SignedIn(opened) => opened.tokens,
                    MfaVerified::SteppedUp(opened) => opened.tokens,
                    other => panic!("{other:?}"),
                };
                try_token(engine, &tokens.access_token).await
            }
            (_, Held::SendsTo(mailbox, challenge)) => {
                let challenge = &challenge.challenge;
                let sent = engine.send_challenge(caller, challenge, mailbox).await;
                sent.map(drop)
            }
            (_, Held::Passkey(answer)) => {
                let opened = engine.sign_in_with_passkey(caller, answer).await?;
                try_token(engine, &opened.tokens.access_token).await
            }
            (_, Held::Link(token)) => self.follow(engine, caller, token).await,
        }
    }

    async fn follow(
        self,
        engine: &Engine,
        caller: &Caller,
        token: SecretString,
    ) -> Result<(), Error> {
        match self {
            Self::MagicLink | Self::ExchangeCode => {
                let opened = engine.redeem_magic_link(caller, &token).await?;
                try_token(engine, &opened.tokens.access_token).await
            }
            Self::PasswordReset => {
                let request = ResetPassword {
                    token,
                    new_password: SecretString::from("maroon harbour steady anvil"),
                };
                engine.reset_password(caller, request).await
            }
            Self::VerifyEmail | Self::ChangeEmail => {
                engine.verify_email(caller, &token).await.map(drop)
            }
            Self::Unlock => engine.unlock(caller, &token).await,
            Self::RecoveryProof => engine.prove_recovery(caller, &token).await,
            other => panic!("{other:?} has no link: {}", token.expose_secret()),
        }
    }
}

/// Presents an access token where no session may lack anything.
async fn try_token(engine: &Engine, token: &SecretString) -> Result<(), Error> {
    let credentials = Credentials {
        bearer: Some(token.clone()),
        ..Credentials::default()
    };
    match engine.authenticate(credentials).await? {
        Identity::Tenant(caller) => assert!(caller.user().is_some()),
        Identity::Instance(_) => panic!("an operator"),
    }
    Ok(())
}

/// Guesses until the password of Ada's account is locked hard.
pub(super) async fn lock(world: &World) {
    loop {
        match world.sign_in(ADA, "a guess").await.unwrap_err().code() {
            "invalid_credentials" => {}
            "account_locked" => return,
            other => panic!("{other}"),
        }
    }
}
