//! Second factors from outside, and how far somebody gets who has only the first one.

use std::time::Duration;

use hellojohn_core::totp::{TotpSecret, step_at};
use hellojohn_http::{Access, routes};
use serde_json::{Value, json};

use crate::{
    ask::Answer,
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    an_app_is_enrolled_and_asked_for,
    half_let_in_is_not_let_in_anywhere,
    a_step_up_gives_the_session_new_tokens,
    answers_are_read_strictly,
    a_challenge_belongs_to_its_tenant,
    the_refresh_token_of_a_verification_may_live_in_the_cookie,
);

/// Acme's Ada with an authenticator app.
struct App {
    secret: TotpSecret,
    factor: String,
    backup_code: String,
}

impl App {
    /// Enrols it, and waits until it shows another code.
    async fn enrolled(world: &World) -> Self {
        let factors = format!("/v1/users/{}/mfa/factors", world.acme.user_id());
        let own = world.acme.access_token();
        let enrol = world.post(&factors).bearer(own);
        let begun = enrol
            .json(&json!({ "type": "totp", "name": "Phone" }))
            .send()
            .await;
        assert_eq!(begun.outcome(), "201", "{}", begun.text);
        assert_eq!(begun.at("/status"), "pending");
        assert!(
            begun
                .at("/totp/uri")
                .starts_with("otpauth://totp/Acme:ada@example.com?")
        );
        assert!(
            begun
                .at("/totp/qr_code")
                .starts_with("data:image/png;base64,")
        );
        let secret = TotpSecret::from_bytes(&from_base32(begun.at("/totp/secret"))).unwrap();
        let factor = begun.at("/factor_id").to_owned();
        let mut app = Self {
            secret,
            factor,
            backup_code: String::new(),
        };
        let confirm = world
            .post(format!("{factors}/{}/confirm", app.factor))
            .bearer(own);
        let confirmed = confirm
            .json(&json!({ "code": app.code(world) }))
            .send()
            .await;
        assert_eq!(confirmed.outcome(), "200", "{}", confirmed.text);
        assert_eq!(confirmed.at("/status"), "active");
        assert_eq!(confirmed.body["backup_codes"].as_array().unwrap().len(), 10);
        confirmed
            .at("/backup_codes/0")
            .clone_into(&mut app.backup_code);
        world.clock.advance(Duration::from_secs(30));
        app
    }

    fn code(&self, world: &World) -> String {
        (*self.secret.code_of(step_at(world.engine.now()))).clone()
    }

    fn answer(&self, world: &World, challenge: &str) -> Value {
        json!({ "challenge_id": challenge, "factor_id": self.factor, "code": self.code(world) })
    }
}

/// RFC 4648 §6, without padding.
fn from_base32(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        _ => c - b'2' + 26,
    };
    let (mut bytes, mut bits, mut have) = (Vec::new(), 0_u32, 0);
    for c in text.bytes() {
        bits = (bits << 5) | u32::from(digit(c));
        have += 5;
        if have >= 8 {
            have -= 8;
            bytes.push(u8::try_from(bits >> have & 0xFF).unwrap());
        }
    }
    bytes
}

async fn sign_in(world: &World) -> Answer {
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let ask = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    ask.json(&body).send().await
}

async fn verify(world: &World, body: &Value) -> Answer {
    world.post("/v1/mfa/verify").json(body).send().await
}

async fn an_app_is_enrolled_and_asked_for(world: World) {
    let app = App::enrolled(&world).await;
    let refused = sign_in(&world).await;
    assert_eq!(refused.outcome(), "403 mfa_required");
    let challenge = refused.at("/error/challenge_id");
    assert!(challenge.starts_with("challenge_"));
    assert!(refused.at("/error/expires_at").ends_with('Z'));
    assert_eq!(refused.at("/error/available_factors/0/id"), app.factor);
    assert_eq!(refused.at("/error/available_factors/0/type"), "totp");
    assert_eq!(refused.at("/error/available_factors/0/name"), "Phone");
    assert_eq!(refused.at("/error/available_factors/1/id"), "backup_codes");
    assert!(!refused.text.contains("token"), "{}", refused.text);

    let wrong = json!({ "challenge_id": challenge, "factor_id": app.factor, "code": "0" });
    assert_eq!(
        verify(&world, &wrong).await.outcome(),
        "401 mfa_code_invalid"
    );
    let opened = verify(&world, &app.answer(&world, challenge)).await;
    assert_eq!(opened.outcome(), "200", "{}", opened.text);
    assert_eq!(opened.body["mfa_verified"], true);
    assert_eq!(opened.at("/user/id"), world.acme.user_id().to_string());
    let token = opened.at("/session/access_token");
    assert_eq!(
        world
            .get("/v1/auth/me")
            .bearer(token)
            .send()
            .await
            .outcome(),
        "200"
    );
    let again = verify(&world, &app.answer(&world, challenge)).await;
    assert_eq!(again.outcome(), "410 mfa_challenge_expired");

    let refused = sign_in(&world).await;
    let challenge = refused.at("/error/challenge_id");
    let backup =
        json!({ "challenge_id": challenge, "factor_id": "backup_codes", "code": app.backup_code });
    assert_eq!(verify(&world, &backup).await.outcome(), "200");
    let list = world.get(format!("/v1/users/{}/mfa/factors", world.acme.user_id()));
    let list = list.bearer(token).send().await;
    assert_eq!(list.at("/data/0/type"), "totp");
    assert_eq!(list.body["backup_codes_left"], 9);
    assert_eq!(list.body["pagination"]["total"], 1);

    // The session that enrolled proved the factor lately enough to give it up.
    let factor = format!(
        "/v1/users/{}/mfa/factors/{}",
        world.acme.user_id(),
        app.factor
    );
    let gone = world
        .delete(&factor)
        .bearer(world.acme.access_token())
        .send()
        .await;
    assert_eq!(gone.outcome(), "204");
    assert_eq!(sign_in(&world).await.outcome(), "200");
}

/// R048, N19, N20: a challenge opens nothing but its own routes.
async fn half_let_in_is_not_let_in_anywhere(world: World) {
    let app = App::enrolled(&world).await;
    let refused = sign_in(&world).await;
    let challenge = refused.at("/error/challenge_id");
    let fields = [
        "token",
        "refresh_token",
        "code",
        "current_password",
        "new_password",
        "password",
        "email",
        "challenge_id",
        "factor_id",
        "organization_id",
        "name",
    ];
    let mut probed = 0;
    for route in routes() {
        let path = route
            .path()
            .replace("{id}", &world.acme.user_id().to_string())
            .replace("{factor_id}", &app.factor)
            .replace("{name}", "welcome")
            .replace("{kid}", "kid_none");
        assert!(
            !path.contains('{') || route.path().contains("{tenant_id}"),
            "{path}"
        );
        let ask = world.ask(route.method().clone(), path.clone());
        let ask = if route.has_body() {
            ask.json(&json!({}))
        } else {
            ask
        };
        if route.who() == Some(Access::Public) {
            continue;
        }
        let answer = ask.clone().bearer(challenge).send().await;
        assert_eq!(answer.outcome(), "401 invalid_token", "{route:?}");
        let in_cookie = ask.header("cookie", &format!("__Host-hj_rt={challenge}"));
        let in_cookie = in_cookie
            .header("x-hellojohn-session-mode", "cookie")
            .header("sec-fetch-site", "same-origin")
            .header("x-tenant-id", &world.acme.id.to_string());
        let answer = in_cookie.send().await;
        assert!(
            !(200..300).contains(&answer.status),
            "{route:?}: {}",
            answer.text
        );
        if route.has_body() {
            for field in fields {
                // Who lost the factor may say so, which opens nothing by itself.
                if route.path() == "/v1/mfa/recovery-requests" && field == "challenge_id" {
                    continue;
                }
                let credential = match route.who().unwrap() {
                    Access::Publishable | Access::Anyone => world.acme.publishable.as_str(),
                    _ => "",
                };
                let mut ask = world.ask(route.method().clone(), path.clone());
                if !credential.is_empty() {
                    ask = ask.bearer(credential);
                }
                let answer = ask.json(&json!({ field: challenge })).send().await;
                // Anybody may ask for a passkey; what is not in the question is not read.
                if route.operation_id() == "passkey_options" {
                    continue;
                }
                assert!(
                    !(200..300).contains(&answer.status),
                    "{route:?} {field}: {}",
                    answer.text
                );
            }
        }
        probed += 1;
    }
    assert!(probed > 30, "only {probed} routes were probed");
    // And it is still good for what it is for.
    let opened = verify(&world, &app.answer(&world, challenge)).await;
    assert_eq!(opened.outcome(), "200", "{}", opened.text);
}

async fn a_step_up_gives_the_session_new_tokens(world: World) {
    let app = App::enrolled(&world).await;
    world.clock.advance(Duration::from_secs(301));
    let own = world.acme.access_token();
    let codes = format!(
        "/v1/users/{}/mfa/backup-codes/generate",
        world.acme.user_id()
    );
    let refused = world.post(&codes).bearer(own).send().await;
    assert_eq!(refused.outcome(), "403 step_up_required");
    let challenge = world.post("/v1/mfa/step-up").bearer(own).send().await;
    assert_eq!(challenge.outcome(), "200", "{}", challenge.text);
    assert_eq!(challenge.at("/available_factors/0/id"), app.factor);
    let next = verify(&world, &app.answer(&world, challenge.at("/challenge_id"))).await;
    assert_eq!(next.outcome(), "200", "{}", next.text);
    assert_eq!(next.body["mfa_verified"], true);
    assert_eq!(
        next.at("/session_id"),
        world.acme.user.session.id.to_string()
    );
    let made = world
        .post(&codes)
        .bearer(next.at("/access_token"))
        .send()
        .await;
    assert_eq!(made.body["codes"].as_array().unwrap().len(), 10);
    let refresh = async |token: &str| {
        let ask = world
            .post("/v1/auth/token/refresh")
            .bearer(&world.acme.publishable);
        ask.json(&json!({ "refresh_token": token }))
            .send()
            .await
            .outcome()
    };
    assert_eq!(
        refresh(world.acme.refresh_token()).await,
        "401 refresh_token_invalid"
    );
    assert_eq!(refresh(next.at("/refresh_token")).await, "200");
}

async fn answers_are_read_strictly(world: World) {
    let app = App::enrolled(&world).await;
    let refused = sign_in(&world).await;
    let challenge = refused.at("/error/challenge_id");
    let with = |name: &str, value: Value| {
        let mut body = app.answer(&world, challenge);
        body[name] = value;
        body
    };
    let nobodys = "fac_00000000000000000000000000";
    let cases = [
        (
            with("code", Value::Null),
            "422 validation_failed code:required",
        ),
        (
            with("credential", json!({})),
            "422 validation_failed credential:not_with_code",
        ),
        (with("factor_id", json!("nonsense")), "404 factor_not_found"),
        (with("factor_id", json!(nobodys)), "404 factor_not_found"),
        (
            with("challenge_id", json!("challenge_x")),
            "410 mfa_challenge_expired",
        ),
        (with("challenge_id", json!("")), "410 mfa_challenge_expired"),
    ];
    for (body, expected) in cases {
        assert_eq!(verify(&world, &body).await.details(), expected, "{body}");
    }
    // A code that cannot be is counted like any other, and says when to come back.
    for _ in 0..4 {
        verify(&world, &with("code", json!("x"))).await;
    }
    let refused = verify(&world, &app.answer(&world, challenge)).await;
    assert_eq!(refused.outcome(), "429 too_many_attempts");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert_eq!(refused.body["error"]["retry_after"], wait);
    assert!((1..=600).contains(&wait), "{wait}");
    let factors = format!("/v1/users/{}/mfa/factors", world.acme.user_id());
    let enrol = world.post(&factors).bearer(&world.acme.secret);
    let unknown = enrol
        .json(&json!({ "type": "carrier_pigeon" }))
        .send()
        .await;
    assert_eq!(
        unknown.details(),
        "422 validation_failed type:invalid_value"
    );
}

async fn a_challenge_belongs_to_its_tenant(world: World) {
    let app = App::enrolled(&world).await;
    let refused = sign_in(&world).await;
    let challenge = refused.at("/error/challenge_id");
    let elsewhere = world
        .post("/v1/mfa/verify")
        .bearer(&world.globex.publishable);
    let elsewhere = elsewhere.json(&app.answer(&world, challenge)).send().await;
    assert_eq!(elsewhere.outcome(), "403 tenant_mismatch");
    // Another tenant's ULID in it finds nothing there.
    let acme = world.acme.id.to_string().replace("tnt_", "");
    let globex = world.globex.id.to_string().replace("tnt_", "");
    let moved = challenge.replace(&acme, &globex);
    let answer = verify(&world, &app.answer(&world, &moved)).await;
    assert_eq!(answer.outcome(), "410 mfa_challenge_expired");
}

async fn the_refresh_token_of_a_verification_may_live_in_the_cookie(world: World) {
    let app = App::enrolled(&world).await;
    let refused = sign_in(&world).await;
    let body = app.answer(&world, refused.at("/error/challenge_id"));
    let ask = || {
        let ask = world.post("/v1/mfa/verify").json(&body);
        ask.header("x-hellojohn-session-mode", "cookie")
    };
    let stranger = ask().header("origin", "https://evil.example").send().await;
    assert_eq!(stranger.outcome(), "403 origin_not_allowed");
    let opened = ask()
        .header("origin", "https://console.example")
        .send()
        .await;
    assert_eq!(opened.outcome(), "200", "{}", opened.text);
    assert!(!opened.text.contains("rft_"), "{}", opened.text);
    assert!(opened.header("set-cookie").starts_with("__Host-hj_rt=rft_"));
}
