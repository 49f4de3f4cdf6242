//! Registering, naming and removing passkeys.

use super::*;

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
