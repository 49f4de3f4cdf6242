use serde_json::json;

use crate::support::{Program, Server};

fn started() -> (Program, Server) {
    let program = Program::new();
    let server = program.serve(&["serve", "--dev"]);
    (program, server)
}

#[test]
fn a_new_key_works_at_once_and_a_revoked_one_no_more() {
    let (program, server) = started();
    // No flag: the development data in this folder is found, and said so.
    let made = program.run([
        "keys",
        "create",
        "--name",
        "backend",
        "--type",
        "secret",
        "--scopes",
        "users:read",
        "--expires-in",
        "90d",
        "--environment",
        "test",
    ]);
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(made.stderr.contains("hellojohn-data"), "{}", made.stderr);
    let made: serde_json::Value = serde_json::from_str(&made.stdout).unwrap();
    let (id, key) = (made["id"].as_str().unwrap(), made["key"].as_str().unwrap());
    assert!(key.starts_with("sk_test_"));
    assert_eq!(made["scopes"], json!(["users:read"]));

    assert_eq!(server.get("/v1/users", key).status, 200);
    let user = json!({ "email": "ada@example.com", "password": "kx7-Wombat-lantern" });
    assert_eq!(server.post("/v1/users", key, &user).status, 403);

    let listed = program.ok(["keys", "list", "--type", "secret"]);
    assert!(listed.starts_with("ID  "), "{listed}");
    assert!(
        listed.contains(id) && listed.contains("active") && !listed.contains(key),
        "{listed}"
    );

    program.ok(["keys", "revoke", id]);
    assert_eq!(server.get("/v1/users", key).status, 401);
    let rows = program.json(["keys", "list", "--type", "secret", "-o", "json"]);
    let row = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == id)
        .unwrap();
    assert!(row["revoked_at"].is_string());
}

#[test]
fn publishable_and_master_keys_open_their_own_doors() {
    let (program, server) = started();
    let publishable = program.json(["key", "create", "--name", "web", "--type", "publishable"]);
    let key = publishable["key"].as_str().unwrap();
    assert!(key.starts_with("pk_live_"));
    server.sign_up(key, "ada@example.com");

    let master = program.json([
        "keys", "create", "--name", "ops", "--type", "master", "--dev",
    ]);
    let key = master["key"].as_str().unwrap();
    assert!(key.starts_with("mk_live_") && master["tenant_id"].is_null());
    assert_eq!(server.get("/v1/system/jwt-keys", key).status, 200);
    program.ok(["keys", "revoke", master["id"].as_str().unwrap()]);
    assert_eq!(server.get("/v1/system/jwt-keys", key).status, 401);
}

#[test]
fn what_is_wrong_with_a_key_is_told_by_the_exit_code() {
    let (program, _server) = started();
    let unknown = program.run(["keys", "revoke", "key_01ARZ3NDEKTSV4RRFFQ69G5FAV"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    let scope = program.run(["keys", "create", "--name", "x", "--scopes", "users:fly"]);
    assert_eq!(scope.code, Some(1), "{scope:?}");
    assert!(
        scope.stderr.contains("Error: scopes: invalid value"),
        "{}",
        scope.stderr
    );
    let span = program.run(["keys", "create", "--name", "x", "--expires-in", "soon"]);
    assert_eq!(span.code, Some(1), "{span:?}");
}
