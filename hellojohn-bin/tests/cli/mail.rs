use serde_json::{Value, json};

use crate::support::{Database, Program, Server, request, until};

/// Makes a user who changes their password: one mail.
fn change_password(server: &Server, publishable: &str, email: &str) {
    let token = server.sign_up(publishable, email);
    let change = json!({
        "current_password": "kx7-Wombat-lantern",
        "new_password": "another horse, another battery",
    });
    let changed = server.post("/v1/auth/password/change", &token, &change);
    assert_eq!(changed.status, 204, "{}", changed.body);
}

fn ours(messages: &Value) -> Vec<Value> {
    let all = messages.as_array().unwrap().iter();
    all.filter(|message| message["template"] == "password_changed")
        .cloned()
        .collect()
}

#[test]
fn a_development_server_shows_and_prints_its_mail() {
    let program = Program::new();
    let server = program.serve(&["serve", "--dev"]);
    let keys = [
        "keys",
        "create",
        "--dev",
        "--name",
        "web",
        "--type",
        "publishable",
    ];
    let key = program.json(keys)["key"].as_str().unwrap().to_owned();
    change_password(&server, &key, "ada@example.com");
    server.wait_for("✉ password_changed to ada@example.com");
    let mails = request(&server.address, "GET", "/dev/mailbox.json", &[], "");
    let mails = ours(&mails.json()["messages"]);
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0]["to"], "ada@example.com");
    let page = request(&server.address, "GET", "/dev/mailbox", &[], "");
    assert!(page.body.contains("ada@example.com"), "{}", page.body);
}

/// R039: the mailbox is for development only, and without a mail server nothing breaks.
#[test]
fn production_has_no_mailbox_and_without_a_server_messages_wait() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let server = program.serve(&["serve"]);
    let tenant = program.json(["tenants", "create", "--name", "Acme"]);
    let key = tenant["public_key"].as_str().unwrap();
    change_password(&server, key, "ada@example.com");
    for path in ["/dev/mailbox", "/dev/mailbox.json"] {
        let answer = request(&server.address, "GET", path, &[], "");
        assert_eq!(answer.status, 404, "{path}");
    }
    let queue = |arguments: &[&str]| {
        let all = [&["admin", "email", "queue", "-o", "json"], arguments].concat();
        ours(&program.json(all))
    };
    until("the message is looked at", || {
        queue(&[])[0]["error"] == "no mail server is configured"
    });
    let message = queue(&["--status", "pending", "--tenant", "acme"]).remove(0);
    assert_eq!(message["recipient"], "a***@example.com");
    assert_eq!(message["attempts"], 0);
    assert!(queue(&["--status", "dead"]).is_empty());
    let id = message["id"].as_str().unwrap();
    let retried = program.json(["admin", "email", "retry", id, "-o", "json"]);
    assert_eq!(retried["retried"], 1);
    let none = program.run(["admin", "email", "retry", "msg_01J00000000000000000000000"]);
    assert_ne!(none.code, Some(0));
    assert!(
        !program
            .ok(["admin", "email", "queue"])
            .contains("ada@example.com")
    );
    let log = server.stop().stdout;
    assert!(
        log.contains("no mail server is configured (SMTP_HOST)"),
        "{log}"
    );
    assert!(!log.contains("ada@example.com"), "{log}");
}

#[test]
fn mail_settings_that_cannot_work_are_refused_at_start() {
    let database = Database::new();
    let program = Program::production(&database.url()).with("SMTP_HOST", "mail.example.com");
    let refused = program.run(["serve"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("HELLOJOHN_SMTP_FROM"),
        "{}",
        refused.stderr
    );
}
