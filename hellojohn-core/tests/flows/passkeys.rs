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

/// What `parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON` take, member by member.
#[tokio::test]
async fn browsers_are_asked_for_what_we_verify() {
    let world = world().await;
    let ada = holder(&world, "ada@example.com", Device::new()).await;
    let begun = begin(&world, &ada.caller, ada.user).await.unwrap();
    let mut options = begun.webauthn.unwrap();
    assert_eq!(options["challenge"].as_str().unwrap().len(), 43);
    assert_eq!(options["user"]["id"].as_str().unwrap().len(), 43);
    let known = &options["excludeCredentials"];
    assert_eq!(known.as_array().unwrap().len(), 1);
    assert_eq!(known[0]["transports"], json!(["internal"]));
    for member in ["challenge", "excludeCredentials"] {
        options.as_object_mut().unwrap().remove(member);
    }
    options["user"].as_object_mut().unwrap().remove("id");
    assert_eq!(
        options,
        json!({
            "rp": { "id": "auth.example.com", "name": "auth.example.com" },
            "user": { "name": "ada@example.com", "displayName": "ada@example.com" },
            "pubKeyCredParams": [
                { "type": "public-key", "alg": -8 },
                { "type": "public-key", "alg": -7 },
                { "type": "public-key", "alg": -257 },
            ],
            "timeout": 60_000,
            "authenticatorSelection": {
                "residentKey": "preferred",
                "requireResidentKey": false,
                "userVerification": "preferred",
            },
            "attestation": "none",
        })
    );
    let asked = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    let mut options = asked.options;
    options.as_object_mut().unwrap().remove("challenge");
    assert_eq!(
        options,
        json!({
            "rpId": "auth.example.com",
            "allowCredentials": [],
            "timeout": 60_000,
            "userVerification": "required",
        })
    );
}

/// N05, R143.
#[tokio::test]
async fn a_registration_is_answered_once_by_who_began_it() {
    let world = world().await;
    let signed_in = world.sign_up("ada@example.com").await;
    let caller = world.bearer(&signed_in.tokens.access_token).await.unwrap();
    let user = signed_in.user.id;
    let begun = begin(&world, &caller, user).await.unwrap();
    let (mut first, mut second) = (Device::new(), Device::new());
    let options = begun.webauthn.unwrap();
    let answers = [first.create(&options).await, second.create(&options).await];

    // Another session of the same user.
    let other = world.sign_in("ada@example.com", PASSWORD).await.unwrap();
    let other = world.bearer(&other.tokens.access_token).await.unwrap();
    let refused = confirm(&world, &other, user, (begun.factor.id, answers[0].clone())).await;
    assert_eq!(code(refused), "passkey_challenge_expired");
    // That used it up.
    let refused = confirm(&world, &caller, user, (begun.factor.id, answers[0].clone())).await;
    assert_eq!(code(refused), "passkey_challenge_expired");

    let begun = begin(&world, &caller, user).await.unwrap();
    let options = begun.webauthn.unwrap();
    let answers = [first.create(&options).await, second.create(&options).await];
    let of = |answer: &Value| (begun.factor.id, answer.clone());
    confirm(&world, &caller, user, of(&answers[0]))
        .await
        .unwrap();
    for replayed in &answers {
        let refused = confirm(&world, &caller, user, of(replayed)).await;
        assert!(["factor_already_enrolled", "step_up_required"].contains(&code(refused)));
    }
    assert_eq!(
        world
            .count("hj_passkey_credential", "user_id", &user.to_string())
            .await,
        1
    );

    // Its time is five minutes.
    let begun = begin(&world, &caller, user).await.unwrap();
    let late = second.create(&begun.webauthn.unwrap()).await;
    world.wait(seconds(300));
    let refused = confirm(&world, &caller, user, (begun.factor.id, late)).await;
    assert_eq!(code(refused), "passkey_challenge_expired");
}

/// R135: a credential belongs to one user of the tenant.
#[tokio::test]
async fn a_credential_is_registered_once() {
    let world = world().await;
    let mut ada = holder(&world, "ada@example.com", Device::new()).await;
    let stolen = ada.device.passkey().credential_id.clone();
    let bob = world.sign_up("bob@example.com").await;
    let caller = world.bearer(&bob.tokens.access_token).await.unwrap();
    let begun = begin(&world, &caller, bob.user.id).await.unwrap();
    // An authenticator that makes a credential by the same name.
    let mut device = Device::new();
    let mut answer = device.create(&begun.webauthn.unwrap()).await;
    let own = device.passkey().credential_id.clone();
    rename_credential(&mut answer, &own, &stolen);
    let refused = confirm(&world, &caller, bob.user.id, (begun.factor.id, answer)).await;
    assert_eq!(code(refused), "passkey_already_registered");
}

fn rename_credential(answer: &mut Value, own: &[u8], other: &[u8]) {
    use data_encoding::BASE64URL_NOPAD;
    let text = BASE64URL_NOPAD.encode(other);
    answer["id"] = text.clone().into();
    answer["rawId"] = text.into();
    let object = answer["response"]["attestationObject"].as_str().unwrap();
    let mut object = BASE64URL_NOPAD.decode(object.as_bytes()).unwrap();
    let at = object
        .windows(own.len())
        .position(|part| part == own)
        .unwrap();
    object[at..at + own.len()].copy_from_slice(other);
    answer["response"]["attestationObject"] = BASE64URL_NOPAD.encode(&object).into();
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

/// R140.
#[tokio::test]
async fn an_authenticator_that_verifies_nobody_is_a_second_factor_only() {
    let world = world().await;
    let device = Device::without_verification();
    let mut ada = holder(&world, "ada@example.com", device).await;
    let asked = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    // A browser would not even ask it.
    assert!(ada.device.try_get(&asked.options).await.is_none());
    let mut options = asked.options;
    options["userVerification"] = "discouraged".into();
    let answer = PasskeyAnswer {
        challenge: asked.id,
        credential: ada.device.get(&options).await,
    };
    let refused = world
        .engine
        .sign_in_with_passkey(&world.caller, answer)
        .await;
    assert_eq!(code(refused), "user_verification_required");

    let required = challenged(&world, "ada@example.com").await;
    let options = ask(&world, &required, ada.factor).await;
    assert_eq!(options["userVerification"], "preferred");
    let answer = ada.device.get(&options).await;
    let verified = verify(&world, &required, ada.factor, answer).await.unwrap();
    let MfaVerified::SignedIn(signed_in) = verified else {
        panic!("{verified:?}")
    };
    assert!(signed_in.session.mfa_verified);
    let expected = [Amr::Password, Amr::Passkey, Amr::MultiFactor];
    assert_eq!(signed_in.session.amr, expected);
}

#[tokio::test]
async fn behind_a_password_only_the_factor_that_was_asked_answers_once() {
    let world = world().await;
    let mut ada = holder(&world, "ada@example.com", Device::new()).await;
    let mut bob = holder(&world, "bob@example.com", Device::new()).await;
    let required = challenged(&world, "ada@example.com").await;
    assert!(
        required
            .factors
            .iter()
            .any(|offered| offered.kind == "webauthn")
    );
    // Nothing was asked yet.
    let asked = world
        .engine
        .passkey_options(&world.caller, None)
        .await
        .unwrap();
    let unasked = ada.device.get(&asked.options).await;
    let refused = verify(&world, &required, ada.factor, unasked).await;
    assert_eq!(code(refused), "passkey_challenge_expired");
    // Somebody else's authenticator, which says it is hers.
    let options = ask(&world, &required, ada.factor).await;
    let anybody = json!({ "challenge": options["challenge"], "rpId": "auth.example.com" });
    let mut theirs = bob.device.get(&anybody).await;
    let refused = verify(&world, &required, bob.factor, theirs.clone()).await;
    assert_eq!(code(refused), "factor_not_found");
    theirs["id"] = options["allowCredentials"][0]["id"].clone();
    theirs["rawId"] = theirs["id"].clone();
    theirs["response"]["userHandle"] = Value::Null;
    let refused = verify(&world, &required, ada.factor, theirs).await;
    assert_eq!(code(refused), "passkey_invalid");
    // What was asked is good for one answer.
    let late = ada.device.get(&options).await;
    let refused = verify(&world, &required, ada.factor, late).await;
    assert_eq!(code(refused), "passkey_challenge_expired");
    // Five answers are what a challenge takes.
    let options = ask(&world, &required, ada.factor).await;
    let answer = ada.device.get(&options).await;
    verify(&world, &required, ada.factor, answer.clone())
        .await
        .unwrap();
    let refused = verify(&world, &required, ada.factor, answer).await;
    assert!(["mfa_challenge_expired", "too_many_attempts"].contains(&code(refused)));
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

#[tokio::test]
async fn several_passkeys_are_named_and_removed_but_never_the_last_way_in() {
    let mut world = world().await;
    let mut ada = holder(&world, "ada@example.com", Device::new()).await;
    let mut phone = Device::new();
    let second = enrol(&world, &ada.caller, ada.user, &mut phone)
        .await
        .unwrap();
    // The user handle is the same, and nobody can tell who it is.
    let handles = "SELECT hex(user_handle) FROM hj_passkey_credential";
    let handles = world.texts(handles).await;
    assert_eq!((handles.len(), handles[0].len()), (2, 64));
    assert_eq!(handles[0], handles[1]);
    sign_in(&world, &mut phone, None).await.unwrap();

    let engine = &world.engine;
    let renamed = engine
        .rename_factor(&ada.caller, ada.user, second.factor.id, " Phone ")
        .await
        .unwrap();
    assert_eq!(renamed.name.as_deref(), Some("Phone"));
    assert_eq!(world.audited("mfa.renamed").await, 1);
    let bob = world.sign_up("bob@example.com").await;
    let bob = world.bearer(&bob.tokens.access_token).await.unwrap();
    let refused = engine
        .rename_factor(&bob, ada.user, second.factor.id, "x")
        .await;
    assert_eq!(code(refused), "user_not_found");

    engine
        .remove_factor(&ada.caller, ada.user, second.factor.id)
        .await
        .unwrap();
    let refused = sign_in(&world, &mut phone, None).await;
    assert_eq!(code(refused), "passkey_invalid");
    // Without a password and a proven mailbox the other one stays.
    world
        .execute("UPDATE hj_user SET password_hash = NULL")
        .await;
    let refused = engine
        .remove_factor(&ada.caller, ada.user, ada.factor)
        .await;
    assert_eq!(code(refused), "last_credential");
    sign_in(&world, &mut ada.device, None).await.unwrap();
    world.execute("UPDATE hj_user SET email_verified = 1").await;
    // A way the tenant names but has not turned on is none.
    let named =
        json!({ "allowed_auth_methods": ["passkey", "magic_link"], "magic_link_enabled": false });
    world.configure(named).await;
    let signed_in = sign_in(&world, &mut ada.device, None).await.unwrap();
    let caller = world.bearer(&signed_in.tokens.access_token).await.unwrap();
    let engine = &world.engine;
    let refused = engine.remove_factor(&caller, ada.user, ada.factor).await;
    assert_eq!(code(refused), "last_credential");
    world.configure(json!({ "magic_link_enabled": true })).await;
    let caller = world.bearer(&signed_in.tokens.access_token).await.unwrap();
    let engine = &world.engine;
    engine
        .remove_factor(&caller, ada.user, ada.factor)
        .await
        .unwrap();
    assert_eq!(
        world
            .count(
                "hj_passkey_credential",
                "tenant_id",
                &world.tenant.id.to_string()
            )
            .await,
        0
    );
    let told = world
        .texts("SELECT template FROM hj_message WHERE template = 'mfa_changed'")
        .await;
    assert_eq!(told.len(), 4);
}

/// R141: without a fresh proof nobody adds a key of their own to an open session.
#[tokio::test]
async fn an_old_session_registers_no_passkey() {
    let world = world().await;
    let ada = holder(&world, "ada@example.com", Device::new()).await;
    world.wait(Duration::from_mins(6));
    let refused = begin(&world, &ada.caller, ada.user).await;
    assert_eq!(code(refused), "step_up_required");
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
