use std::{
    thread,
    time::{Duration, Instant},
};

use hellojohn_core::{
    secret::ExposeSecret as _,
    token::{Seed, pem},
};

use crate::support::{Database, Program, request, tell_kid};

#[test]
fn activating_a_key_changes_new_tokens_of_a_running_server_within_seconds() {
    let program = Program::new();
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let printed = server.printed();
    let key = printed
        .split_whitespace()
        .find(|word| word.starts_with("pk_test_"))
        .unwrap();
    let old_token = server.sign_up(key, "user0@example.com");
    let old_kid = tell_kid(&old_token);

    let made = program.json(["signing-keys", "generate"]);
    assert_eq!(made["status"], "standby");
    let mut fields: Vec<&str> = made
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "active_from",
            "algorithm",
            "created_at",
            "free_from",
            "is_signing_key",
            "key_id",
            "retired_at",
            "status"
        ],
        "the names of the HTTP API"
    );
    let kid = made["key_id"].as_str().unwrap();
    let listed = program.ok(["signing-key", "list"]);
    assert!(listed.starts_with("KEY ID"), "{listed}");
    assert!(
        listed.contains("standby") && listed.contains("active"),
        "{listed}"
    );
    let active = program.json(["signing-keys", "activate", kid, "--now"]);
    assert_eq!(active["status"], "active");
    assert_eq!(active["is_signing_key"], true);

    let deadline = Instant::now() + Duration::from_secs(5);
    let mut count = 1;
    while tell_kid(&server.sign_up(key, &format!("user{count}@example.com"))) != kid {
        assert!(Instant::now() < deadline, "still the old key");
        thread::sleep(Duration::from_millis(100));
        count += 1;
    }
    let jwks = request(&server.address, "GET", "/.well-known/jwks.json", &[], "");
    assert!(
        jwks.body.contains(kid) && jwks.body.contains(&old_kid),
        "{}",
        jwks.body
    );
    assert_eq!(server.get("/v1/auth/me", &old_token).status, 200);

    // The signer and a key with live tokens are not taken away by accident.
    assert_eq!(program.run(["signing-keys", "retire", kid]).code, Some(4));
    assert_eq!(
        program.run(["signing-keys", "retire", &old_kid]).code,
        Some(4)
    );
    program.ok(["signing-keys", "retire", &old_kid, "--force"]);
    let deadline = Instant::now() + Duration::from_secs(5);
    while server.get("/v1/auth/me", &old_token).status != 401 {
        assert!(
            Instant::now() < deadline,
            "the retired key is still believed"
        );
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(
        program.run(["signing-keys", "activate", "kid_nope"]).code,
        Some(2)
    );
}

/// B5: a lost signing key ends its access tokens and nothing else.
#[test]
fn a_lost_signing_key_is_replaced_at_the_next_start() {
    for loss in [
        "DELETE FROM cp_signing_key WHERE purpose = 'access_token'",
        "UPDATE cp_signing_key SET sealed = sealed || 'AAAA' WHERE purpose = 'access_token'",
    ] {
        let database = Database::new();
        let program = Program::production(&database.url());
        let server = program.serve(&["serve"]);
        let made = program.json(["tenants", "create", "--name", "Acme"]);
        let key = made["public_key"].as_str().unwrap();
        let body =
            serde_json::json!({ "email": "ada@example.com", "password": "kx7-Wombat-lantern" });
        let ada = server.post("/v1/auth/sign-up", key, &body).json();
        let access = ada["session"]["access_token"].as_str().unwrap();
        assert_eq!(server.get("/v1/auth/me", access).status, 200);
        server.stop();
        database.execute(loss);

        let new_key = pem::write_private(&Seed::new([7; 32])).unwrap();
        let program = program.with("HELLOJOHN_JWT_SIGNING_KEY", new_key.expose_secret());
        let server = program.serve(&["serve"]);
        assert_eq!(server.get("/v1/auth/me", access).status, 401, "{loss}");
        let body = serde_json::json!({ "refresh_token": ada["session"]["refresh_token"] });
        let next = server.post("/v1/auth/token/refresh", key, &body);
        assert_eq!(next.status, 200, "{}", next.body);
        let next = next.json();
        let access = next["access_token"].as_str().unwrap();
        assert_eq!(server.get("/v1/auth/me", access).status, 200);

        // Who wants everybody to sign in again says so.
        program.ok(["sessions", "revoke", "--all"]);
        let body = serde_json::json!({ "refresh_token": next["refresh_token"] });
        let ended = server.post("/v1/auth/token/refresh", key, &body);
        assert_eq!(ended.status, 401, "{}", ended.body);
        server.stop();
    }
}
