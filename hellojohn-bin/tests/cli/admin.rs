use hellojohn_core::seal::EncryptionKey;
use serde_json::{Value, json};

use crate::support::{Database, Program, Server, request, until};

const FORMER_KEY: &str = "zq3XhYv0Jt8pLw2RkBn6TdFs9CmGa4Ue";
const NEW_KEY: &str = "a-very-different-key-0123456789-xyz";

/// A tenant's publishable key.
fn tenant(program: &Program, name: &str) -> String {
    let made = program.json(["tenants", "create", "--name", name]);
    made["public_key"].as_str().unwrap().to_owned()
}

/// Signs up, in a request whose answer is kept; the answer and whether it is a repeated one.
fn sign_up_once(server: &Server, key: &str, email: &str) -> (Value, bool) {
    let bearer = format!("Bearer {key}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", email),
    ];
    let body = json!({ "email": email, "password": "kx7-Wombat-lantern" }).to_string();
    let answer = request(&server.address, "POST", "/v1/auth/sign-up", &headers, &body);
    assert_eq!(answer.status, 201, "{}", answer.body);
    let repeated = answer.head.contains("idempotency-replayed: true");
    (answer.json(), repeated)
}

fn refresh(server: &Server, key: &str, token: &Value) -> (u16, Value) {
    let body = json!({ "refresh_token": token });
    let answer = server.post("/v1/auth/token/refresh", key, &body);
    (answer.status, answer.json())
}

#[test]
fn the_encryption_key_is_changed_while_servers_serve() {
    let database = Database::new();
    let former = Program::production(&database.url());
    let both = former
        .clone()
        .with("HELLOJOHN_ENCRYPTION_KEY", NEW_KEY)
        .with("HELLOJOHN_ENCRYPTION_KEY_PREVIOUS", FORMER_KEY);
    let server = former.serve(&["serve"]);
    let key = tenant(&former, "Acme");
    let (ada, _) = sign_up_once(&server, &key, "ada@example.com");
    server.stop();
    let server = both.serve(&["serve"]);
    let left_behind = former.serve(&["serve"]);

    let refused = both.run(["admin", "rotate-encryption-key"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("--backup-exists"), "{refused:?}");
    let planned = both.ok(["admin", "rotate-encryption-key", "--dry-run"]);
    let last = planned.lines().last().unwrap();
    assert!(planned.starts_with("DRY RUN — No changes will be made\n\nTABLE "));
    assert!(last.starts_with("Would seal 6 values anew"), "{planned}");
    let planned = both.json(["admin", "rotate-encryption-key", "--dry-run", "-o", "json"]);
    assert_eq!(planned["to_reseal"], 6);

    let done = both.ok(["admin", "rotate-encryption-key", "--backup-exists"]);
    let lines: Vec<Vec<&str>> = done
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines[1], ["cp_signing_key", "sealed", "2", "2", "0"]);
    assert_eq!(lines[2], ["hj_idempotency", "answer", "1", "1", "0"]);
    // The settings come last, after everything else that is sealed.
    let settings = ["cp_setting", "value", "2", "2", "0"];
    assert!(lines.iter().any(|line| *line == settings), "{done}");
    assert!(done.contains("✅ Everything is sealed with"), "{done}");
    let (again, repeated) = sign_up_once(&server, &key, "ada@example.com");
    assert!(repeated && again == ada);
    server.stop();

    // Nor can one that was never told of the new key.
    let health = || request(&left_behind.address, "GET", "/health", &[], "");
    until("unready", || health().status == 503);
    assert_eq!(health().json()["checks"]["signing_key"], "unavailable");
    left_behind.stop();

    // The former key is gone from the configuration, too.
    let after = former
        .clone()
        .with("HELLOJOHN_ENCRYPTION_KEY", NEW_KEY)
        .without("HELLOJOHN_ENCRYPTION_KEY_PREVIOUS");
    let server = after.serve(&["serve"]);
    let (again, repeated) = sign_up_once(&server, &key, "ada@example.com");
    assert!(repeated && again == ada);
    let (status, body) = refresh(&server, &key, &ada["session"]["refresh_token"]);
    assert_eq!(status, 200, "{body}");
    let again = after.json(["admin", "rotate-encryption-key", "-o", "json"]);
    assert_eq!(again["left"], 0, "nothing to do needs no confirmation");
    server.stop();
}

/// R198.
#[test]
fn a_wrong_encryption_key_changes_not_a_row() {
    let database = Database::new();
    let right = Program::production(&database.url());
    let server = right.serve(&["serve"]);
    let key = tenant(&right, "Acme");
    sign_up_once(&server, &key, "ada@example.com");
    server.stop();

    let before = database.rows();
    assert!(before.contains("cp_signing_key"), "{before}");
    let wrong = right.clone().with("HELLOJOHN_ENCRYPTION_KEY", NEW_KEY);
    for command in [
        &["serve"][..],
        &["signing-keys", "list"],
        &["tenants", "create", "--name", "Other"],
        &["admin", "rotate-encryption-key", "--backup-exists"],
        &["admin", "restore-epoch"],
        &["sessions", "revoke", "--all"],
    ] {
        let refused = wrong.run(command);
        assert_eq!(refused.code, Some(1), "{command:?} {refused:?}");
        // Which one is missing, and which one is there.
        for key in [FORMER_KEY, NEW_KEY] {
            let key = EncryptionKey::parse(&key.to_owned().into()).unwrap();
            assert!(refused.stderr.contains(key.id()), "{refused:?}");
        }
        assert_eq!(refused.stderr.lines().count(), 1, "{refused:?}");
    }
    assert_eq!(database.rows(), before);
    right.serve(&["serve"]).stop();
}

/// What a restore leaves that was killed before its rows were committed.
#[test]
fn a_restore_whose_rows_never_came_does_not_become_an_empty_instance() {
    let database = Database::new();
    let program = Program::production(&database.url());
    program.ok(["migrate"]);
    database.execute("CREATE TABLE hj_restore_pending (begun_by TEXT NOT NULL)");
    let before = database.rows();
    for command in [
        &["admin", "restore-epoch"][..],
        &["admin", "restore-epoch", "--sessions=keep"],
        &["migrations", "run"],
        &["migrate"],
        &["migrations", "rollback"],
        &["tenants", "list"],
        &["serve"],
    ] {
        let refused = program.run(command);
        assert_eq!(refused.code, Some(1), "{command:?} {refused:?}");
        assert!(
            refused.stderr.contains("create it anew")
                && refused.stderr.contains("hj backup restore"),
            "{command:?} {refused:?}"
        );
    }
    assert_eq!(database.rows(), before);
    program.ok(["migrations", "status"]);
}

#[test]
fn a_restored_database_is_refused_until_its_epoch_is_opened() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let server = program.serve(&["serve"]);
    let key = tenant(&program, "Acme");
    let (ada, _) = sign_up_once(&server, &key, "ada@example.com");
    server.stop();

    database.execute("CREATE TABLE hj_restore_pending (started_at TEXT NOT NULL)");
    for command in [&["serve"][..], &["tenants", "list"]] {
        let refused = program.run(command);
        assert_eq!(refused.code, Some(1), "{refused:?}");
        for way_out in ["hj admin restore-epoch", "hj backup restore"] {
            assert!(refused.stderr.contains(way_out), "{refused:?}");
        }
    }
    let opened = program.ok(["admin", "restore-epoch"]);
    assert_eq!(
        opened,
        "✅ Restore epoch: 0 → 1\n\n  \
         Live sessions of the backup that ended: 1\n  \
         No refresh token made until now works; everybody signs in again\n  \
         Kept answers of repeated requests that were forgotten: 1\n  \
         Unused links, codes and challenges that are void: 1\n  \
         Messages not sent that were dropped: 1\n\n\
         ⚠️  What the backup brought back and stays:\n  \
         API keys that work: 2; those revoked since the backup are among them, so look through `hj keys list`\n  \
         Signing keys are as they were too; if one was retired since because it leaked, take it out again: `hj signing-keys retire --force`\n  \
         Passwords, bans and roles are as they were when the backup was made\n  \
         Access tokens checked without asking the server are accepted until they expire, 15m unless a tenant says otherwise\n"
    );
    let server = program.serve(&["serve"]);
    let (status, body) = refresh(&server, &key, &ada["session"]["refresh_token"]);
    assert_eq!(status, 401, "{body}");
    let (grace, _) = sign_up_once(&server, &key, "grace@example.com");
    let kept = program.json(["admin", "restore-epoch", "--sessions=keep", "-o", "json"]);
    assert_eq!(
        (&kept["former_epoch"], &kept["epoch"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(kept["sessions"], "keep");
    assert_eq!(
        (&kept["sessions_ended"], &kept["sessions_kept"]),
        (&json!(0), &json!(1))
    );
    let (status, body) = refresh(&server, &key, &grace["session"]["refresh_token"]);
    assert_eq!(status, 200, "{body}");
    server.stop();
}
