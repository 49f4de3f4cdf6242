//! The role the documentation has the server use (R205).

use serde_json::json;

use crate::support::{Database, Program};

const DOCUMENT: &str = include_str!("../../../docs/operations.md");
const NAME: &str = "hellojohn_server";

/// The documented role under a name of its own; a role belongs to the whole server.
struct Role<'d> {
    name: String,
    database: &'d Database,
}

impl<'d> Role<'d> {
    fn documented(database: &'d Database) -> Self {
        let (_, section) = DOCUMENT.split_once("## Database roles").unwrap();
        let (_, script) = section.split_once("```sql\n").unwrap();
        let (script, _) = script.split_once("```").unwrap();
        let name = format!("{NAME}_{}", std::process::id());
        database.execute_all(&script.replace(NAME, &name));
        Self { name, database }
    }

    fn url(&self) -> String {
        let url = self.database.url();
        let (_, host) = url.rsplit_once('@').unwrap();
        format!("postgres://{}:choose-a-long-one@{host}", self.name)
    }
}

impl Drop for Role<'_> {
    fn drop(&mut self) {
        let name = &self.name;
        self.database
            .execute_all(&format!("DROP OWNED BY {name}; DROP ROLE {name}"));
    }
}

#[test]
fn a_role_that_only_writes_rows_serves_a_sign_in_and_makes_no_table() {
    let database = Database::new();
    let role = Role::documented(&database);
    let owner = Program::production(&database.url());
    owner.ok(["migrations", "run"]);
    let made = owner.json(["tenants", "create", "--name", "Acme"]);
    let key = made["public_key"].as_str().unwrap();

    let plain = Program::production(&role.url()).with("HELLOJOHN_RUN_MIGRATIONS_ON_START", "false");
    let server = plain.serve(&["serve"]);
    let body = json!({ "email": "ada@example.com", "password": "kx7-Wombat-lantern" });
    let signed_up = server.post("/v1/auth/sign-up", key, &body);
    assert_eq!(signed_up.status, 201, "{}", signed_up.body);
    let signed_in = server.post("/v1/auth/sign-in", key, &body).json();
    let token = signed_in["session"]["refresh_token"].clone();
    let refreshed = json!({ "refresh_token": token });
    let refreshed = server.post("/v1/auth/token/refresh", key, &refreshed);
    assert_eq!(refreshed.status, 200, "{}", refreshed.body);
    server.stop();

    for forbidden in [
        "CREATE TABLE hj_more (id TEXT)",
        "ALTER TABLE hj_user ADD COLUMN more TEXT",
        "DROP TABLE hj_session",
        "TRUNCATE hj_session",
    ] {
        let refused = Database::try_execute(&role.url(), forbidden);
        let refused = refused.unwrap_err().to_string();
        assert!(
            refused.contains("permission denied") || refused.contains("must be owner"),
            "{forbidden}: {refused}"
        );
    }
    let rollback = ["migrations", "rollback", "--delete-all-users"];
    assert_eq!(plain.run(rollback).code, Some(1));
    owner.ok(["migrations", "validate"]);
}
