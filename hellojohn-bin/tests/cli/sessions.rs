use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::support::{Database, Program, Server};

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

/// A batch may find that somebody else has just revoked every session it chose: others are left.
#[test]
fn revoking_all_goes_on_past_what_others_revoked() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let server = program.serve(&["serve"]);
    let made = program.json(["tenants", "create", "--name", "Acme"]);
    sign_up(
        &server,
        made["public_key"].as_str().unwrap(),
        "ada@example.com",
    );
    server.stop();
    // More than a batch, and as many as one more batch cannot choose without these.
    database.execute(
        "INSERT INTO hj_session SELECT (jsonb_populate_record(s, jsonb_build_object('id', 'ses_' || n))).* \
         FROM hj_session s, generate_series(1, 5100) n",
    );
    let mut other = database.hold(
        "BEGIN; UPDATE hj_session SET revoked_at = now(), revoked_reason = 'sign_out' \
         WHERE id IN (SELECT id FROM hj_session LIMIT 5000)",
    );
    let revoking = program.begin(&["sessions", "revoke", "--all"]);
    let waiting = "SELECT pid::text FROM pg_stat_activity \
         WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let deadline = Instant::now() + Duration::from_secs(10);
    while database.texts(waiting).is_empty() {
        assert!(Instant::now() < deadline, "it never came to the rows");
        thread::sleep(Duration::from_millis(20));
    }
    other.execute("COMMIT");
    let finished = revoking.finish();
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let live = "SELECT id FROM hj_session WHERE revoked_at IS NULL";
    assert_eq!(database.texts(live).len(), 0, "{finished:?}");
}
