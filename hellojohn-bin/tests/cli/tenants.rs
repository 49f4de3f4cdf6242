use serde_json::json;

use crate::support::Program;

#[test]
fn settings_are_known_under_their_short_names() {
    let program = Program::new();
    program.serve(&["serve", "--dev"]).stop();
    let config = |words: &[&str]| program.json([&["tenants", "config"], words].concat());
    assert_eq!(config(&["set", "password_min_length", "10"]), json!(10));
    let set = ["set", "password_require_uppercase", "true"];
    assert_eq!(config(&set), json!(true));
    assert_eq!(
        config(&["set", "password_require_number", "true"]),
        json!(true)
    );
    assert_eq!(
        config(&["set", "session_refresh_token_ttl", "7d"]),
        json!("7d")
    );
    // One rule after the other: none undoes another.
    let policy = config(&["get", "password_policy"]);
    assert_eq!(
        (&policy["min_length"], &policy["require_uppercase"]),
        (&json!(10), &json!(true))
    );
    assert_eq!(config(&["reset", "password_min_length"]), json!(8));
    assert_eq!(config(&["get", "password_require_number"]), json!(true));

    let misspelt = program.run(["tenants", "config", "set", "password_min_lenght", "10"]);
    assert_eq!(misspelt.code, Some(2), "{misspelt:?}");
}

#[test]
fn tenants_are_made_listed_configured_and_suspended() {
    let program = Program::new();
    let server = program.serve(&["serve", "--dev"]);
    let made = program.json(["tenants", "create", "--name", "My App"]);
    let key = made["public_key"].as_str().unwrap();
    assert!(made["api_key"].as_str().unwrap().starts_with("sk_live_"));
    server.sign_up(key, "ada@example.com");

    let listed = program.ok(["tenant", "list"]);
    let mut lines = listed.lines();
    let header: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    assert_eq!(header, ["ID", "NAME", "SLUG", "PLAN", "STATUS", "CREATED"]);
    assert_eq!(lines.count(), 2);

    // Two tenants: one has to be named.
    assert_eq!(program.run(["keys", "list"]).code, Some(1));
    program.ok(["keys", "list", "--tenant", "my-app"]);

    let set = [
        "tenants",
        "config",
        "set",
        "session_access_token_ttl",
        "900",
        "--tenant",
        "my-app",
    ];
    assert_eq!(program.json(set), json!("15m"));
    let get = [
        "tenants",
        "config",
        "get",
        "access_token_ttl",
        "-t",
        "my-app",
    ];
    assert_eq!(program.json(get), json!("15m"));
    let reset = [
        "tenants",
        "config",
        "reset",
        "access_token_ttl",
        "-t",
        "my-app",
    ];
    assert_eq!(program.json(reset), json!(null));
    let unknown = [
        "tenants",
        "config",
        "set",
        "acess_token_ttl",
        "900",
        "-t",
        "my-app",
    ];
    assert_eq!(program.run(unknown).code, Some(2));

    let taken = program.run(["tenants", "create", "--name", "x", "--slug", "my-app"]);
    assert_eq!(taken.code, Some(4), "{taken:?}");
    let missing = program.run(["tenants", "suspend", "nobody"]);
    assert_eq!(missing.code, Some(2), "{missing:?}");

    program.ok(["tenants", "suspend", "my-app"]);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(5);
    let sign_in = json!({ "email": "ada@example.com", "password": "kx7-Wombat-lantern" });
    while server.post("/v1/auth/sign-in", key, &sign_in).status != 403 {
        assert!(std::time::Instant::now() < deadline, "still served");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    program.ok(["tenants", "activate", "my-app"]);
}
