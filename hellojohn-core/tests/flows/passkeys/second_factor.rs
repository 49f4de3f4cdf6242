//! A passkey behind a password.

use super::*;

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
