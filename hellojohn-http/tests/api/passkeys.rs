//! Passkeys from outside, with an authenticator in software.

use serde_json::{Value, json};

use crate::{
    ask::Answer,
    device::Device,
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_passkey_is_enrolled_used_renamed_and_removed,
    a_passkey_answers_a_challenge,
    who_has_an_account_is_not_told,
    the_refresh_token_may_live_in_the_cookie,
    answers_are_read_strictly,
);

/// Acme's Ada enrols a passkey; answers its factor's id.
async fn enrol(world: &World, device: &mut Device) -> String {
    let factors = format!("/v1/users/{}/mfa/factors", world.acme.user_id());
    let own = world.acme.access_token();
    let new = json!({
        "type": "webauthn", "name": "Laptop", "authenticator_type": "platform",
    });
    let begun = world.post(&factors).bearer(own).json(&new).send().await;
    assert_eq!(begun.outcome(), "201", "{}", begun.text);
    assert_eq!(begun.at("/status"), "pending");
    let selection = "/webauthn/options/authenticatorSelection/authenticatorAttachment";
    assert_eq!(begun.at(selection), "platform");
    let credential = device.create(&begun.body["webauthn"]["options"]).await;
    let factor = begun.at("/factor_id").to_owned();
    let confirm = world
        .post(format!("{factors}/{factor}/confirm"))
        .bearer(own);
    let confirmed = confirm
        .json(&json!({ "credential": credential }))
        .send()
        .await;
    assert_eq!(confirmed.outcome(), "200", "{}", confirmed.text);
    assert_eq!(confirmed.at("/status"), "active");
    assert_eq!(confirmed.body["backup_codes"].as_array().unwrap().len(), 10);
    factor
}

async fn ask(world: &World, body: &Value) -> Answer {
    let ask = world
        .post("/v1/auth/passkey/options")
        .bearer(&world.acme.publishable);
    ask.json(body).send().await
}

async fn answer(world: &World, device: &mut Device, asked: &Answer) -> Answer {
    let credential = device.get(&asked.body["options"]).await;
    let body = json!({ "challenge_id": asked.at("/challenge_id"), "credential": credential });
    let ask = world
        .post("/v1/auth/passkey/verify")
        .bearer(&world.acme.publishable);
    ask.json(&body).send().await
}

async fn a_passkey_is_enrolled_used_renamed_and_removed(world: World) {
    let mut device = Device::new();
    let factor = enrol(&world, &mut device).await;
    for body in [json!({}), json!({ "email": "ada@example.com" })] {
        let asked = ask(&world, &body).await;
        assert_eq!(asked.outcome(), "200", "{}", asked.text);
        let opened = answer(&world, &mut device, &asked).await;
        assert_eq!(opened.outcome(), "200", "{}", opened.text);
        assert_eq!(opened.at("/user/email"), "ada@example.com");
        let again = answer(&world, &mut device, &asked).await;
        assert_eq!(again.outcome(), "410 passkey_challenge_expired");
    }
    let path = format!("/v1/users/{}/mfa/factors/{factor}", world.acme.user_id());
    let own = world.acme.access_token();
    let rename = world.patch(&path).bearer(own);
    let renamed = rename.json(&json!({ "name": "Desk" })).send().await;
    assert_eq!(
        (renamed.outcome().as_str(), renamed.at("/name")),
        ("200", "Desk")
    );
    let theirs = world.patch(&path).bearer(world.globex.access_token());
    let refused = theirs.json(&json!({ "name": "Desk" })).send().await;
    assert_eq!(refused.outcome(), "404 user_not_found");
    let removed = world.delete(&path).bearer(own).send().await;
    assert_eq!(removed.outcome(), "204", "{}", removed.text);
    let asked = ask(&world, &json!({})).await;
    let refused = answer(&world, &mut device, &asked).await;
    assert_eq!(refused.outcome(), "401 passkey_invalid");
}

async fn a_passkey_answers_a_challenge(world: World) {
    let mut device = Device::new();
    let factor = enrol(&world, &mut device).await;
    let password = json!({ "email": "ada@example.com", "password": PASSWORD });
    let sign_in = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    let refused = sign_in.json(&password).send().await;
    assert_eq!(refused.body["error"]["code"], "mfa_required");
    let challenge = refused.at("/error/challenge_id").to_owned();
    let choice = json!({ "challenge_id": challenge, "factor_id": factor });
    let sent = world.post("/v1/mfa/challenge").json(&choice).send().await;
    assert_eq!(sent.outcome(), "200", "{}", sent.text);
    let credential = device.get(&sent.body["webauthn"]["options"]).await;
    let body = json!({
        "challenge_id": challenge, "factor_id": factor, "credential": credential,
    });
    let opened = world.post("/v1/mfa/verify").json(&body).send().await;
    assert_eq!(opened.outcome(), "200", "{}", opened.text);
    assert_eq!(opened.body["mfa_verified"], true);
    let again = world.post("/v1/mfa/verify").json(&body).send().await;
    assert_eq!(again.outcome(), "410 mfa_challenge_expired");
}

/// R017: the same members, the same number of bytes but for the credentials themselves.
async fn who_has_an_account_is_not_told(world: World) {
    let mut device = Device::new();
    enrol(&world, &mut device).await;
    let shape = |answer: &Answer| {
        assert_eq!(answer.outcome(), "200", "{}", answer.text);
        let options = answer.body["options"].as_object().unwrap();
        let first = options["allowCredentials"][0].as_object().unwrap();
        let mut members: Vec<_> = options.keys().chain(first.keys()).cloned().collect();
        members.sort();
        (answer.at("/challenge_id").len(), members)
    };
    let known = ask(&world, &json!({ "email": "ada@example.com" })).await;
    let unknown = ask(&world, &json!({ "email": "nobody@example.com" })).await;
    assert_eq!(shape(&known), shape(&unknown));
    let refused = ask(&world, &json!({ "email": "nobody" })).await;
    assert_eq!(refused.outcome(), "422 invalid_email");
}

async fn the_refresh_token_may_live_in_the_cookie(world: World) {
    let mut device = Device::new();
    enrol(&world, &mut device).await;
    let asked = ask(&world, &json!({})).await;
    let credential = device.get(&asked.body["options"]).await;
    let body = json!({ "challenge_id": asked.at("/challenge_id"), "credential": credential });
    let verify = world
        .post("/v1/auth/passkey/verify")
        .bearer(&world.acme.publishable)
        .header("origin", "https://console.example")
        .header("x-hellojohn-session-mode", "cookie");
    let opened = verify.json(&body).send().await;
    assert_eq!(opened.outcome(), "200", "{}", opened.text);
    assert!(opened.body["session"].get("refresh_token").is_none());
}

async fn answers_are_read_strictly(world: World) {
    let verify = async |body: Value| {
        let ask = world
            .post("/v1/auth/passkey/verify")
            .bearer(&world.acme.publishable);
        ask.json(&body).send().await.outcome()
    };
    let asked = async || ask(&world, &json!({})).await.at("/challenge_id").to_owned();
    for (credential, expected) in [
        (json!({}), "401 passkey_invalid"),
        (
            json!({ "id": 1, "type": "public-key" }),
            "401 passkey_invalid",
        ),
        (json!("text"), "422 validation_failed"),
        (Value::Null, "422 validation_failed"),
    ] {
        let body = json!({ "challenge_id": asked().await, "credential": credential });
        assert_eq!(verify(body).await, expected, "{credential}");
    }
    let body = json!({ "challenge_id": "pks_x", "credential": {} });
    assert_eq!(verify(body).await, "410 passkey_challenge_expired");
}
