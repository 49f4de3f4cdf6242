//! Passkeys: enrolled, signed in with, and behind a password.

mod enrolment;
mod second_factor;

use std::time::Duration;

use hellojohn_core::{
    Error,
    access::Caller,
    factor::FactorKind,
    flows::{ConfirmedFactor, Enrolment, MfaVerified, NewFactor, PasskeyAnswer, SignIn, VerifyMfa},
    id::{FactorId, UserId},
    issuer::SignedIn,
    mfa::{FactorAnswer, FactorChoice, FactorProof, MfaError, MfaRequired},
    session::Amr,
};
use passkey::crypto::iana::Algorithm;
use serde_json::{Value, json};

use crate::{
    device::Device,
    world::{PASSWORD, Setup, World, code, seconds, world},
};

/// A user with a session and a passkey in a device.
pub(crate) struct Holder {
    user: UserId,
    caller: Caller,
    factor: FactorId,
    pub(crate) device: Device,
}

pub(crate) async fn holder(world: &World, email: &str, mut device: Device) -> Holder {
    let signed_in = world.sign_up(email).await;
    let caller = world.bearer(&signed_in.tokens.access_token).await.unwrap();
    let user = signed_in.user.id;
    let factor = enrol(world, &caller, user, &mut device).await.unwrap();
    Holder {
        user,
        caller,
        factor: factor.factor.id,
        device,
    }
}

async fn begin(world: &World, caller: &Caller, user: UserId) -> Result<Enrolment, Error> {
    let new = NewFactor {
        name: Some("Laptop".to_owned()),
        ..NewFactor::of(FactorKind::WebAuthn)
    };
    world.engine.enrol_factor(caller, user, new).await
}

async fn enrol(
    world: &World,
    caller: &Caller,
    user: UserId,
    device: &mut Device,
) -> Result<ConfirmedFactor, Error> {
    let begun = begin(world, caller, user).await?;
    let answer = device.create(begun.webauthn.as_ref().unwrap()).await;
    confirm(world, caller, user, (begun.factor.id, answer)).await
}

async fn confirm(
    world: &World,
    caller: &Caller,
    user: UserId,
    (factor, answer): (FactorId, Value),
) -> Result<ConfirmedFactor, Error> {
    let proof = FactorProof {
        factor,
        answer: FactorAnswer::Credential(answer),
    };
    world.engine.confirm_factor(caller, user, proof).await
}

/// Asks for a passkey and answers.
async fn sign_in(
    world: &World,
    device: &mut Device,
    email: Option<&str>,
) -> Result<SignedIn, Error> {
    let asked = world.engine.passkey_options(&world.caller, email).await?;
    let credential = device.get(&asked.options).await;
    let answer = PasskeyAnswer {
        challenge: asked.id,
        credential,
    };
    world
        .engine
        .sign_in_with_passkey(&world.caller, answer)
        .await
}

/// Signs in with the password, as far as it goes.
async fn challenged(world: &World, email: &str) -> Box<MfaRequired> {
    let request = SignIn::by_email(email, PASSWORD);
    match world.engine.sign_in(&world.caller, request).await {
        Err(Error::Mfa(MfaError::Required(required))) => required,
        other => panic!("{other:?}"),
    }
}

async fn verify(
    world: &World,
    required: &MfaRequired,
    factor: FactorId,
    answer: Value,
) -> Result<MfaVerified, Error> {
    let request = VerifyMfa {
        challenge: required.challenge.clone(),
        factor: FactorChoice::Factor(factor),
        answer: FactorAnswer::Credential(answer),
    };
    world.engine.verify_mfa(&world.caller, request).await
}

async fn ask(world: &World, required: &MfaRequired, factor: FactorId) -> Value {
    let choice = FactorChoice::Factor(factor);
    let sent = world
        .engine
        .send_challenge(&world.caller, &required.challenge, choice)
        .await;
    sent.unwrap().webauthn.unwrap()
}

/// R140.

#[tokio::test]
async fn a_passkey_signs_in_alone_with_and_without_an_address() {
    for algorithm in [Algorithm::EdDSA, Algorithm::ES256] {
        let world = world().await;
        let mut ada = holder(&world, "ada@example.com", Device::speaking(algorithm)).await;
        for email in [None, Some("ada@example.com"), Some(" Ada@Example.com ")] {
            let signed_in = sign_in(&world, &mut ada.device, email).await.unwrap();
            assert_eq!(signed_in.user.id, ada.user);
            assert_eq!(signed_in.session.amr, [Amr::Passkey, Amr::UserVerified]);
            assert!(signed_in.session.mfa_verified);
            let caller = world.bearer(&signed_in.tokens.access_token).await.unwrap();
            let claims = world
                .engine
                .verify_access_token(&caller, &signed_in.tokens.access_token)
                .await
                .unwrap();
            assert!(claims.mfa_verified && claims.mfa_at.is_some());
            assert_eq!(claims.amr, ["hwk", "user"]);
        }
        let used = "SELECT last_used_at FROM hj_passkey_credential WHERE last_used_at IS NOT NULL";
        let used = used.replace("SELECT last_used_at", "SELECT id");
        assert_eq!(world.texts(used).await.len(), 1);
    }
}

#[tokio::test]
async fn a_challenge_takes_one_answer_in_its_time() {
    let world = world().await;
    let mut ada = holder(&world, "ada@example.com", Device::new()).await;
    let asked = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    let answer = PasskeyAnswer {
        challenge: asked.id.clone(),
        credential: ada.device.get(&asked.options).await,
    };
    let try_it = async |answer: &PasskeyAnswer| {
        world
            .engine
            .sign_in_with_passkey(&world.caller, answer.clone())
            .await
    };
    try_it(&answer).await.unwrap();
    assert_eq!(code(try_it(&answer).await), "passkey_challenge_expired");
    // A good answer to an earlier challenge does not answer a later one.
    let later = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    let replayed = PasskeyAnswer {
        challenge: later.id.clone(),
        ..answer
    };
    assert_eq!(code(try_it(&replayed).await), "passkey_invalid");
    // Which used the later one up.
    let good = PasskeyAnswer {
        challenge: later.id,
        credential: ada.device.get(&later.options).await,
    };
    assert_eq!(code(try_it(&good).await), "passkey_challenge_expired");

    let asked = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    let late = PasskeyAnswer {
        credential: ada.device.get(&asked.options).await,
        challenge: asked.id,
    };
    world.wait(seconds(300));
    assert_eq!(code(try_it(&late).await), "passkey_challenge_expired");
    // Nor in another tenant.
    let elsewhere = world.other_tenant("Other").await;
    let asked = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    let answer = PasskeyAnswer {
        credential: ada.device.get(&asked.options).await,
        challenge: asked.id,
    };
    let refused = world.engine.sign_in_with_passkey(&elsewhere, answer).await;
    assert_eq!(code(refused), "passkey_challenge_expired");
}

/// R138, N84.
#[tokio::test]
async fn a_passkey_signs_in_its_own_user_only() {
    let world = world().await;
    let mut ada = holder(&world, "ada@example.com", Device::new()).await;
    let mut bob = holder(&world, "bob@example.com", Device::new()).await;
    world.sign_up("eve@example.com").await;
    for asked_of in ["bob@example.com", "eve@example.com", "nobody@example.com"] {
        let asked = world
            .engine
            .passkey_options(&world.caller, Some(asked_of))
            .await
            .unwrap();
        let anybody = json!({
            "challenge": asked.options["challenge"], "rpId": "auth.example.com",
            "userVerification": "required",
        });
        let answer = PasskeyAnswer {
            challenge: asked.id,
            credential: ada.device.get(&anybody).await,
        };
        let refused = world
            .engine
            .sign_in_with_passkey(&world.caller, answer)
            .await;
        assert_eq!(code(refused), "passkey_invalid", "{asked_of}");
    }
    // The user handle of somebody else.
    let asked = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    let mut credential = ada.device.get(&asked.options).await;
    let theirs = bob.device.get(&asked.options).await;
    credential["response"]["userHandle"] = theirs["response"]["userHandle"].clone();
    let answer = PasskeyAnswer {
        challenge: asked.id,
        credential,
    };
    let refused = world
        .engine
        .sign_in_with_passkey(&world.caller, answer)
        .await;
    assert_eq!(code(refused), "passkey_invalid");
    let reasons = "SELECT reason FROM hj_audit_log WHERE kind = 'user.login_failed'";
    let reasons = world.texts(reasons).await;
    assert_eq!(
        reasons,
        ["credential", "credential", "credential", "user_handle"]
    );
}

/// R139.
#[tokio::test]
async fn a_counter_that_goes_backwards_is_refused_and_told() {
    let world = world().await;
    let mut ada = holder(&world, "ada@example.com", Device::new()).await;
    sign_in(&world, &mut ada.device, None).await.unwrap();
    sign_in(&world, &mut ada.device, None).await.unwrap();
    ada.device.passkey().counter = Some(0);
    let refused = sign_in(&world, &mut ada.device, None).await;
    assert_eq!(code(refused), "passkey_invalid");
    assert_eq!(world.audited("mfa.webauthn_clone_suspected").await, 1);

    ada.device.passkey().counter = Some(0);
    let required = challenged(&world, "ada@example.com").await;
    let options = ask(&world, &required, ada.factor).await;
    let answer = ada.device.get(&options).await;
    let refused = verify(&world, &required, ada.factor, answer).await;
    assert_eq!(code(refused), "passkey_invalid");
    assert_eq!(world.audited("mfa.webauthn_clone_suspected").await, 2);

    ada.device.passkey().counter = Some(90);
    sign_in(&world, &mut ada.device, None).await.unwrap();
}

/// R017.
#[tokio::test]
async fn an_address_without_passkeys_seems_to_have_some_that_stay() {
    let world = world().await;
    let mut ada = holder(&world, "ada@example.com", Device::new()).await;
    world.sign_up("bob@example.com").await;
    let allowed = async |email: &str| {
        let asked = world
            .engine
            .passkey_options(&world.caller, Some(email))
            .await;
        asked.unwrap().options["allowCredentials"].clone()
    };
    let known = allowed("ada@example.com").await;
    let id = data_encoding::BASE64URL_NOPAD.encode(&ada.device.passkey().credential_id);
    assert_eq!(known[0]["id"], id);
    let mut seen = vec![known];
    for email in ["bob@example.com", "nobody@example.com", "none@example.com"] {
        let first = allowed(email).await;
        assert!(!first.as_array().unwrap().is_empty(), "{email}");
        assert_eq!(first, allowed(email).await, "{email}");
        assert!(!seen.contains(&first));
        let members = |list: &Value| {
            list[0]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(members(&first), members(&seen[0]));
        seen.push(first);
    }
    // They stay where the encryption key does, and are others in another tenant.
    let other = world.other_tenant("Other").await;
    let asked = world
        .engine
        .passkey_options(&other, Some("nobody@example.com"))
        .await;
    assert_ne!(asked.unwrap().options["allowCredentials"], seen[2]);
}

/// R023, R024: what stands in the way of the account is read at the end.
#[tokio::test]
async fn the_state_of_the_account_decides_at_the_end() {
    let mut world = world().await;
    let mut ada = holder(&world, "ada@example.com", Device::new()).await;
    let asked = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    let credential = ada.device.get(&asked.options).await;
    let disable = hellojohn_core::flows::Disable::default();
    world
        .engine
        .disable_user(&world.caller, ada.user, disable)
        .await
        .unwrap();
    let answer = PasskeyAnswer {
        challenge: asked.id,
        credential,
    };
    let refused = world
        .engine
        .sign_in_with_passkey(&world.caller, answer)
        .await;
    assert_eq!(code(refused), "user_disabled");
    world
        .engine
        .enable_user(&world.caller, ada.user)
        .await
        .unwrap();
    sign_in(&world, &mut ada.device, None).await.unwrap();

    world
        .configure(json!({ "allowed_auth_methods": ["email_password"] }))
        .await;
    let refused = sign_in(&world, &mut ada.device, None).await;
    assert_eq!(code(refused), "auth_method_disabled");
}

/// R136: a tenant's own pages, within what may call the API anyway.
#[tokio::test]
async fn a_tenant_binds_passkeys_to_its_own_domain() {
    let mut world = Setup::default().build().await;
    world
        .configure(json!({
            "allowed_origins": ["https://app.shop.example"],
            "webauthn_rp_id": "shop.example",
            "webauthn_origins": ["https://app.shop.example"],
        }))
        .await;
    let asked = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    assert_eq!(asked.options["rpId"], "shop.example");
    for (changes, field) in [
        (
            json!({ "webauthn_rp_id": "other.example" }),
            "webauthn_origins:not_under_rp_id",
        ),
        (
            json!({ "webauthn_rp_id": "192.0.2.1" }),
            "webauthn_rp_id:invalid_format",
        ),
        (
            json!({ "webauthn_origins": [] }),
            "webauthn_origins:required",
        ),
        (
            json!({ "webauthn_origins": ["https://evil.shop.example"] }),
            "webauthn_origins:not_in_allowed_origins",
        ),
        (
            json!({ "webauthn_origins": ["https://app.shop.example/"] }),
            "webauthn_origins:invalid_format",
        ),
    ] {
        let Value::Object(changes) = changes else {
            panic!("an object")
        };
        let operator = hellojohn_core::access::Operator::local();
        let refused = world
            .engine
            .configure_tenant(&operator, world.tenant.id, changes)
            .await;
        let error = refused.unwrap_err();
        let first = &error.fields()[0];
        assert_eq!(format!("{}:{}", first.field, first.code), field);
    }
}
