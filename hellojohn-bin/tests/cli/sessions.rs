use serde_json::{Value, json};

use crate::support::{Program, Server};

fn sign_up(server: &Server, key: &str, email: &str) -> Value {
    let body = json!({ "email": email, "password": "kx7-Wombat-lantern" });
    let answer = server.post("/v1/auth/sign-up", key, &body);
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()
}

fn refreshes(server: &Server, key: &str, signed_in: &Value) -> bool {
    let body = json!({ "refresh_token": signed_in["session"]["refresh_token"] });
    server.post("/v1/auth/token/refresh", key, &body).status == 200
}

/// R200.
#[test]
fn sessions_are_revoked_by_age_and_all_at_once() {
    let program = Program::new();
    let server = program.serve(&["serve", "--dev"]);
    let tenant = |name| {
        let made = program.json(["tenants", "create", "--name", name]);
        made["public_key"].as_str().unwrap().to_owned()
    };
    let (acme, other) = (tenant("Acme"), tenant("Other"));
    let ada = sign_up(&server, &acme, "ada@example.com");
    let grace = sign_up(&server, &other, "grace@example.com");
    let late = sign_up(&server, &acme, "late@example.com");
    let me = server.get(
        "/v1/sessions",
        late["session"]["access_token"].as_str().unwrap(),
    );
    let moment = me.json()["data"][0]["created_at"]
        .as_str()
        .unwrap_or_else(|| panic!("{}", me.body))
        .to_owned();

    for wrong in [
        &["sessions", "revoke"][..],
        &["sessions", "revoke", "--all", "--issued-before", &moment],
        &["sessions", "revoke", "--issued-before", "yesterday"],
    ] {
        assert_eq!(program.run(wrong).code, Some(1), "{wrong:?}");
    }
    let revoke = ["sessions", "revoke", "--tenant", "acme", "-o", "json"];
    let before = [&revoke[..], &["--issued-before", &moment]].concat();
    let told = program.json(before);
    assert_eq!(
        (&told["sessions"], &told["tenants"][0]["name"]),
        (&json!(1), &json!("Acme"))
    );
    assert!(!refreshes(&server, &acme, &ada));
    assert!(refreshes(&server, &acme, &late));
    assert!(refreshes(&server, &other, &grace));

    let told = program.ok(["session", "revoke", "--all"]);
    assert!(told.starts_with("TENANT "), "{told}");
    assert!(told.ends_with("\n\n✅ Sessions revoked: 2\n"), "{told}");
    assert!(!refreshes(&server, &other, &grace));
    server.stop();
}
