//! Links followed in a mailbox, from the request to what they do.

use std::fmt::Write as _;

use hellojohn_core::flows::Disable;
use serde_json::{Value, json};

use crate::{
    ask::Answer,
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    an_address_is_proven_by_its_link,
    an_account_moves_and_comes_back,
    a_forgotten_password_is_replaced,
    a_link_signs_in,
    whoever_asks_learns_nothing,
    links_lead_where_the_configuration_says,
    sign_up_hides_taken_addresses_where_the_tenant_wants_it,
    no_answer_holds_what_was_mailed,
);

const ADA: &str = "ada@example.com";
const BETTER: &str = "a completely different phrase";

impl World {
    /// Asks with Acme's publishable key.
    pub(crate) async fn with_key(&self, path: &str, body: Value) -> Answer {
        let ask = self.post(path).bearer(&self.acme.publishable);
        ask.json(&body).send().await
    }

    /// Asks with nothing but what is in the body.
    pub(crate) async fn with_nothing(&self, path: &str, body: Value) -> Answer {
        self.post(path).json(&body).send().await
    }

    pub(crate) async fn configure(&self, body: Value) {
        let ask = self.patch("/v1/admin/config").bearer(&self.acme.secret);
        assert_eq!(ask.json(&body).send().await.outcome(), "200");
    }
}

async fn an_address_is_proven_by_its_link(world: World) {
    let verify = "/v1/auth/email/verify";
    let body = json!({ "email": ADA });
    let resent = world.with_key("/v1/auth/email/resend", body).await;
    assert_eq!((resent.status, resent.at("/status")), (202, "accepted"));
    let own = world
        .post("/v1/auth/email/resend")
        .bearer(world.acme.access_token());
    assert_eq!(own.send().await.status, 202);
    let nothing = world.with_key("/v1/auth/email/resend", json!({})).await;
    assert_eq!(nothing.details(), "422 validation_failed email:required");
    let links = world.links("verify_email", ADA).await;
    // The first came with the sign-up.
    assert_eq!(links.len(), 3);
    for (at, link) in links.iter().enumerate() {
        let body = json!({ "token": link.token });
        let answer = world.with_nothing(verify, body.clone()).await;
        if at < 2 {
            assert_eq!(answer.outcome(), "400 link_invalid", "{at}");
            continue;
        }
        assert_eq!(answer.body, json!({ "email": ADA, "email_verified": true }));
        let again = world.with_nothing(verify, body).await;
        assert_eq!(again.outcome(), "400 link_invalid");
    }
    let me = world.get("/v1/auth/me").bearer(world.acme.access_token());
    assert_eq!(me.send().await.body["email_verified"], true);
    // A credential beside it must be of the same tenant.
    let ask = world.post(verify).bearer(&world.globex.publishable);
    let answer = ask.json(&json!({ "token": links[2].token })).send().await;
    assert_eq!(answer.outcome(), "403 tenant_mismatch");
}

async fn an_account_moves_and_comes_back(world: World) {
    let new = "ada@new.example";
    let change = || {
        let ask = world.patch("/v1/auth/me").bearer(world.acme.access_token());
        ask.json(&json!({ "email": new })).send()
    };
    assert_eq!(change().await.at("/pending_email"), new);
    let confirm = world.link("email_change", new).await;
    let undo = world.link("email_change_notice", ADA).await;
    let body = json!({ "token": confirm.token });
    let moved = world.with_nothing("/v1/auth/email/verify", body).await;
    assert_eq!(moved.at("/email"), new);
    let body = json!({ "token": undo.token });
    let back = world.with_nothing("/v1/auth/email/undo", body).await;
    assert_eq!(back.at("/email"), ADA);
    assert_eq!(change().await.outcome(), "401 session_revoked");
}

async fn a_forgotten_password_is_replaced(world: World) {
    let (forgot, reset) = ("/v1/auth/password/forgot", "/v1/auth/password/reset");
    let asked = world.with_key(forgot, json!({ "email": ADA })).await;
    assert_eq!((asked.status, asked.at("/status")), (202, "accepted"));
    let link = world.link("password_reset", ADA).await;
    let with = |password: &str| json!({ "token": link.token, "new_password": password });
    let weak = world.with_nothing(reset, with("short")).await;
    assert_eq!(
        weak.details(),
        "422 password_too_weak new_password:too_short"
    );
    let done = world.with_nothing(reset, with(BETTER)).await;
    assert_eq!(done.body, json!({ "status": "password_changed" }));
    assert_eq!(done.status, 200);
    let again = world.with_nothing(reset, with(BETTER)).await;
    assert_eq!(again.outcome(), "400 link_invalid");
    let me = world.get("/v1/auth/me").bearer(world.acme.access_token());
    assert_eq!(me.send().await.outcome(), "401 session_revoked");
    for (password, expected) in [(PASSWORD, "401 invalid_credentials"), (BETTER, "200")] {
        let body = json!({ "email": ADA, "password": password });
        let answer = world.with_key("/v1/auth/sign-in", body).await;
        assert_eq!(answer.outcome(), expected);
    }
}

async fn a_link_signs_in(world: World) {
    let (ask, verify) = ("/v1/auth/magic-link", "/v1/auth/magic-link/verify");
    let off = world.with_key(ask, json!({ "email": ADA })).await;
    assert_eq!(off.outcome(), "403 auth_method_disabled");
    world.configure(json!({ "magic_link_enabled": true })).await;
    let config = world.get("/v1/auth/config").bearer(&world.acme.publishable);
    let methods = config.send().await.body["methods"].clone();
    assert_eq!(methods, json!(["email_password", "magic_link", "passkey"]));
    let asked = world.with_key(ask, json!({ "email": ADA })).await;
    assert_eq!(asked.status, 202);
    let link = world.link("magic_link", ADA).await;
    // In another tenant it is nothing.
    let elsewhere = world.post(verify).bearer(&world.globex.publishable);
    let body = json!({ "token": link.token });
    assert_eq!(
        elsewhere.json(&body).send().await.outcome(),
        "403 auth_method_disabled"
    );
    let signed_in = world.with_key(verify, body.clone()).await;
    assert_eq!(signed_in.at("/user/email"), ADA);
    assert_eq!(signed_in.body["user"]["email_verified"], true);
    let me = world
        .get("/v1/auth/me")
        .bearer(signed_in.at("/session/access_token"));
    assert_eq!(me.send().await.outcome(), "200");
    let again = world.with_key(verify, body).await;
    assert_eq!(again.outcome(), "400 link_invalid");
    let nothing = world.with_key(verify, json!({})).await;
    assert_eq!(nothing.details(), "422 validation_failed token:required");
}

/// R012: known, unknown, disabled and proven addresses are answered alike, byte for byte.
async fn whoever_asks_learns_nothing(world: World) {
    world.configure(json!({ "magic_link_enabled": true })).await;
    let disabled = json!({ "email": "disabled@example.com" });
    let disabled = world
        .post("/v1/users")
        .bearer(&world.acme.secret)
        .json(&disabled);
    let id = disabled.send().await.at("/id").parse().unwrap();
    let engine = &world.engine;
    let disable = Disable::default();
    engine
        .disable_user(&world.acme.caller, id, disable)
        .await
        .unwrap();
    let proven = json!({ "email": "proven@example.com", "email_verified": true });
    let proven = world
        .post("/v1/users")
        .bearer(&world.acme.secret)
        .json(&proven);
    assert_eq!(proven.send().await.outcome(), "201");
    for path in [
        "/v1/auth/password/forgot",
        "/v1/auth/magic-link",
        "/v1/auth/email/resend",
    ] {
        let mut seen = Vec::new();
        for email in [
            ADA,
            "proven@example.com",
            "disabled@example.com",
            "nobody@example.com",
        ] {
            let ask = world.post(path).bearer(&world.acme.publishable);
            let ask = ask.header("x-request-id", "same");
            let answer = ask.json(&json!({ "email": email })).send().await;
            let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
            names.sort();
            seen.push((answer.status, answer.text, names));
        }
        assert!(seen.iter().all(|one| one == &seen[0]), "{path}: {seen:?}");
        assert_eq!(seen[0].0, 202, "{path}");
    }
}

/// R033, N11.
async fn links_lead_where_the_configuration_says(world: World) {
    let poison = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "host=evil.example;proto=http"),
        ("origin", "https://evil.example"),
        ("referer", "https://evil.example/"),
    ];
    let mut ask = world
        .post("/v1/auth/password/forgot")
        .bearer(&world.acme.publishable);
    for (name, value) in poison {
        ask = ask.header(name, value);
    }
    assert_eq!(ask.json(&json!({ "email": ADA })).send().await.status, 202);
    let link = world.link("password_reset", ADA).await;
    let ours = "https://auth.example.com/auth/reset-password?token=rst_";
    assert!(link.url.starts_with(ours), "{}", link.url);
    for email in [ADA, "nobody@example.com"] {
        let body = json!({ "email": email, "redirect_url": "https://evil.example/" });
        let answer = world.with_key("/v1/auth/password/forgot", body).await;
        assert_eq!(answer.outcome(), "422 redirect_url_not_allowed");
    }
    world
        .configure(json!({ "allowed_redirect_urls": ["https://app.example/reset"] }))
        .await;
    let body = json!({ "email": ADA, "redirect_url": "https://app.example/reset" });
    let answer = world.with_key("/v1/auth/password/forgot", body).await;
    assert_eq!(answer.status, 202);
    let link = world.link("password_reset", ADA).await;
    assert!(link.url.starts_with("https://app.example/reset?token=rst_"));
}

/// R015.
async fn sign_up_hides_taken_addresses_where_the_tenant_wants_it(world: World) {
    let sign_up = async |email: &str| {
        let ask = world
            .post("/v1/auth/sign-up")
            .bearer(&world.acme.publishable);
        let body = json!({ "email": email, "password": BETTER });
        let answer = ask.header("x-request-id", "same").json(&body).send().await;
        (answer.status, answer.text)
    };
    assert_eq!(sign_up(ADA).await.0, 409);
    world
        .configure(json!({ "hide_existing_accounts": true }))
        .await;
    let taken = sign_up(ADA).await;
    assert_eq!(taken, sign_up("new@example.com").await);
    assert_eq!(
        taken,
        (202, "{\"status\":\"verification_required\"}".to_owned())
    );
    assert_eq!(world.links("account_exists", ADA).await.len(), 1);
    let link = world.link("verify_email", "new@example.com").await;
    let sign_in = async || {
        let body = json!({ "email": "new@example.com", "password": BETTER });
        world.with_key("/v1/auth/sign-in", body).await.outcome()
    };
    assert_eq!(sign_in().await, "401 invalid_credentials");
    let body = json!({ "token": link.token });
    let proven = world.with_nothing("/v1/auth/email/verify", body).await;
    assert_eq!(proven.outcome(), "200");
    assert_eq!(sign_in().await, "200");
}

/// N13, R039.
async fn no_answer_holds_what_was_mailed(world: World) {
    world.configure(json!({ "magic_link_enabled": true })).await;
    let mut said = String::new();
    for path in [
        "/v1/auth/password/forgot",
        "/v1/auth/magic-link",
        "/v1/auth/email/resend",
    ] {
        let answer = world.with_key(path, json!({ "email": ADA })).await;
        write!(said, "{} {:?}", answer.text, answer.headers).unwrap();
    }
    let change = world.patch("/v1/auth/me").bearer(world.acme.access_token());
    let change = change
        .json(&json!({ "email": "ada@new.example" }))
        .send()
        .await;
    write!(said, "{} {:?}", change.text, change.headers).unwrap();
    for (template, to) in [
        ("password_reset", ADA),
        ("magic_link", ADA),
        ("verify_email", ADA),
        ("email_change", "ada@new.example"),
        ("email_change_notice", ADA),
    ] {
        let link = world.link(template, to).await;
        assert!(link.token.len() > 60);
        assert!(!said.contains(&link.token) && !said.contains(&link.token[30..]));
    }
}
