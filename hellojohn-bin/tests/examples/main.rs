//! The examples at the root of the repository, run as a stranger would run them.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper that fails fails its test"
)]

mod support;

use serde_json::{Value, json};
use support::{Example, PASSWORD};

#[test]
fn an_axum_application_gains_sign_up_and_a_protected_route() {
    let app = Example::start("embed_axum", &[]);
    assert_eq!(app.get("/", None).status, 200);
    assert_eq!(app.get("/notes", None).status, 401);

    let signed_up = app.sign_up("/auth", "ada@example.com");
    assert_eq!(signed_up.status, 201, "{}", signed_up.body);
    let signed_up = signed_up.json();
    let token = signed_up["session"]["access_token"].as_str().unwrap();

    let notes = app.get("/notes", Some(token));
    assert_eq!(
        (notes.status, notes.body.as_str()),
        (200, "the notes of ada@example.com")
    );
    // In the middle, because not every bit of the last character counts.
    let (before, after) = token.split_at(token.len() / 2);
    let other = if after.starts_with('A') { "B" } else { "A" };
    let altered = format!("{before}{other}{}", &after[1..]);
    assert_eq!(app.get("/notes", Some(&altered)).status, 401);

    let keys = app.get("/auth/.well-known/jwks.json", None).json();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
}

#[test]
fn bare_hyper_serves_the_api() {
    let app = Example::start("embed_hyper", &[]);
    assert_eq!(app.get("/health", None).status, 200);
    assert_eq!(app.sign_up("", "ada@example.com").status, 201);
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let signed_in = app.post("/v1/auth/sign-in", &body).json();
    let token = signed_in["session"]["access_token"].as_str().unwrap();
    let me = app.get("/v1/auth/me", Some(token)).json();
    assert_eq!(me["email"], "ada@example.com");
}

#[test]
fn a_resource_server_verifies_with_the_published_keys_alone() {
    let auth = Example::start("embed_hyper", &[]);
    let signed_up = auth.sign_up("", "ada@example.com").json();
    let token = signed_up["session"]["access_token"].as_str().unwrap();
    let user = signed_up["user"]["id"].as_str().unwrap();
    let claims = claims(token);

    let api = Example::start(
        "verify_offline",
        &[&auth.url, claims["aud"].as_str().unwrap()],
    );
    drop(auth);

    let answer = api.get("/", Some(token));
    assert_eq!(
        (answer.status, answer.body),
        (200, format!("you are {user}"))
    );
    assert_eq!(api.get("/", None).body, "missing_token");
    let altered = token.replacen('.', "A.", 1);
    let refused = api.get("/", Some(&altered));
    assert_eq!(
        (refused.status, refused.body.as_str()),
        (401, "invalid_token")
    );
}

#[test]
fn a_hook_writes_in_the_transaction_and_its_veto_rolls_everything_back() {
    let app = Example::start("hooks", &[]);
    for (email, seats) in [("ada@example.com", "1"), ("bob@example.com", "2")] {
        let signed_up = app.sign_up("/auth", email);
        assert_eq!(signed_up.status, 201, "{}", signed_up.body);
        assert_eq!(app.get("/seats", None).body, seats);
    }

    let refused = app.sign_up("/auth", "eve@example.com");
    assert_eq!(refused.status, 403, "{}", refused.body);
    let error = &refused.json()["error"];
    assert_eq!(error["code"], "blocked_by_hook");
    assert_eq!(error["message"], "every seat is taken");
    assert_eq!(
        app.get("/seats", None).body,
        "2",
        "the row of the application is gone"
    );
    let body = json!({ "email": "eve@example.com", "password": PASSWORD });
    let sign_in = app.post("/auth/v1/auth/sign-in", &body);
    assert_eq!(
        sign_in.status, 401,
        "the user is gone as well: {}",
        sign_in.body
    );
}

#[test]
fn hooks_add_custom_claims() {
    let app = Example::start("hooks", &[]);
    let signed_up = app.sign_up("/auth", "ada@example.com").json();
    let token = signed_up["session"]["access_token"].as_str().unwrap();
    assert_eq!(
        claims(token)["custom"],
        json!({ "greeting": "hello ada@example.com" })
    );
}

/// What a JWT says, unverified.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    let payload = data_encoding::BASE64URL_NOPAD
        .decode(payload.as_bytes())
        .unwrap();
    serde_json::from_slice(&payload).unwrap()
}
