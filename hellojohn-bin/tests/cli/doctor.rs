use serde_json::{Value, json};

use crate::support::{Database, Program, Server};

fn smoke(program: &Program, server: &Server, more: &[&str]) -> crate::support::Finished {
    let url = format!("http://{}", server.address);
    let arguments = ["doctor", "--smoke", "--url", &url];
    program.run(arguments.iter().chain(more))
}

/// Everything the trial leaves in a database: users, and keys that still work.
fn left_behind(program: &Program, server: &Server, secret: &str) -> (usize, usize) {
    let users = server.get("/v1/users", secret).json();
    let users = users["data"].as_array().unwrap().len();
    let keys = program.json(["keys", "list", "-o", "json"]);
    let live = |key: &&Value| key["name"] == "hj doctor --smoke" && key["revoked_at"].is_null();
    let keys = keys.as_array().unwrap().iter().filter(live).count();
    (users, keys)
}

fn key(server: &Server, start: &str) -> String {
    let printed = server.printed();
    let mut words = printed.split_whitespace();
    words
        .find(|word| word.starts_with(start))
        .unwrap()
        .to_owned()
}

#[test]
fn a_trial_goes_through_a_whole_life_and_leaves_nothing() {
    let program = Program::new();
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let secret = key(&server, "sk_test_");

    let finished = smoke(&program, &server, &[]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let mut rest = finished.stdout.as_str();
    for step in [
        "health",
        "sign up",
        "sign in",
        "refresh",
        "me",
        "list sessions",
        "verify the token offline",
        "cookie",
        "revoke",
        "the refresh token is refused",
        "the access token is refused",
        "clean up",
    ] {
        let line = format!("  ✅  {step} (");
        let at = rest.find(&line);
        rest = &rest[at.unwrap_or_else(|| panic!("no {step} in {rest}"))..];
        assert!(rest.lines().next().unwrap().contains("ms)"), "{rest}");
    }
    for secret in ["pk_live_", "eyJ", "Sm0ke!"] {
        assert!(!finished.stdout.contains(secret), "{}", finished.stdout);
    }
    assert_eq!(left_behind(&program, &server, &secret), (0, 0));

    let finished = smoke(&program, &server, &["-o", "json"]);
    let told: Value = serde_json::from_str(&finished.stdout).unwrap();
    assert_eq!(told["ok"], true);
    assert_eq!(told["steps"].as_array().unwrap().len(), 12);
    assert!(told["steps"][0]["milliseconds"].is_u64());
}

#[test]
fn a_trial_that_fails_says_where_and_cleans_up_all_the_same() {
    let program = Program::new().with("HELLOJOHN_APP_URL", "http://somewhere.example");
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let secret = key(&server, "sk_test_");
    // The command believes in another issuer than the server.
    let other = program
        .clone()
        .with("HELLOJOHN_APP_URL", "http://elsewhere.example");
    let finished = smoke(&other, &server, &[]);
    assert_eq!(finished.code, Some(1), "{finished:?}");
    let stdout = &finished.stdout;
    assert!(
        stdout.contains("  ❌  verify the token offline ("),
        "{stdout}"
    );
    assert!(stdout.contains("  ✅  clean up ("), "{stdout}");
    assert!(
        !stdout.contains("revoke") && !stdout.contains("Everything"),
        "{stdout}"
    );
    assert!(
        finished
            .stderr
            .contains("Error: verify the token offline: ")
    );
    assert_eq!(left_behind(&program, &server, &secret), (0, 0));
}

#[test]
fn where_strangers_may_not_sign_up_an_operator_makes_the_user() {
    let program = Program::new();
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let secret = key(&server, "sk_test_");
    let bearer = format!("Bearer {secret}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    let path = "/v1/admin/config";
    let body = json!({ "allow_sign_up": false }).to_string();
    let closed = crate::support::request(&server.address, "PATCH", path, &headers, &body);
    assert_eq!(closed.status, 200, "{}", closed.body);
    let finished = smoke(&program, &server, &[]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert!(finished.stdout.contains("an operator made the user"));
}

const DATABASE_PASSWORD: &str = "d4tabase-passw0rd";

#[test]
fn the_checklist_names_what_is_wrong_and_shows_no_secret() {
    let database = Database::new();
    let folder = tempfile::tempdir().unwrap();
    let program = Program::production(&database.url())
        .with("HELLOJOHN_METRICS_TOKEN", "m3trics-token-0123456789")
        .with("HELLOJOHN_BACKUP_DIR", folder.path().to_str().unwrap());
    program.ok(["migrate"]);
    let empty = program.run(["doctor"]);
    assert_eq!(empty.code, Some(1), "{empty:?}");
    assert!(
        empty
            .stdout
            .contains("❌ newest backup: the folder is empty → ")
    );
    assert!(empty.stderr.contains("Error: 1 check failed"));

    std::fs::write(folder.path().join("today.dump"), "x").unwrap();
    let good = program.run(["doctor"]);
    assert_eq!(good.code, Some(0), "{good:?}");
    for line in [
        "✅ profile: production",
        "✅ public URL: https://auth.example.com",
        "✅ schema: version ",
        "✅ newest backup: 0 hours old",
        "👉 certificate: ",
    ] {
        assert!(
            good.stdout.contains(line),
            "{line} is not in {}",
            good.stdout
        );
    }
    for (name, value) in [
        ("HELLOJOHN_PASSWORD_BREACH_CHECK", "false"),
        ("HELLOJOHN_LOG_LEVEL", "debug"),
    ] {
        let warned = program.clone().with(name, value).run(["doctor"]);
        assert_eq!(warned.code, Some(0), "{warned:?}");
    }
    let json = program.json(["doctor", "-o", "json"]);
    assert_eq!(json["failed"], 0);
    let findings = json["findings"].as_array().unwrap();
    let manual = findings.iter().filter(|f| f["status"] == "check_yourself");
    assert!(manual.count() >= 8, "{json}");

    let with_password = database
        .url()
        .replacen('@', &format!(":{DATABASE_PASSWORD}@"), 1);
    let shown = program
        .clone()
        .with("HELLOJOHN_DATABASE_URL", &with_password);
    let shown = shown.run(["doctor"]);
    let all = format!("{}{}", shown.stdout, shown.stderr);
    assert!(all.contains(":***@"), "{all}");
    for secret in [
        DATABASE_PASSWORD,
        "m3trics-token",
        crate::support::ENCRYPTION_KEY,
        "MC4CAQAwBQ",
    ] {
        assert!(!all.contains(secret), "{secret} is in {all}");
    }
}

#[test]
fn a_configuration_the_server_would_refuse_is_told_line_by_line() {
    let finished = Program::new()
        .with("HELLOJOHN_DATABASE_URL", "sqlite:///nowhere/x.db")
        .with("HELLOJOHN_ALLOWED_ORIGINS", "*")
        .with("HELLOJOHN_NONSENSE", "1")
        .run(["doctor"]);
    assert_eq!(finished.code, Some(1), "{finished:?}");
    for name in ["APP_URL", "ALLOWED_ORIGINS", "HELLOJOHN_NONSENSE"] {
        let told = finished.stdout.lines().find(|line| line.contains(name));
        assert!(
            told.is_some_and(|line| line.contains("❌")),
            "{name}: {finished:?}"
        );
    }
}

#[test]
fn from_outside_it_sees_what_a_client_sees() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let server = program.serve(&["serve"]);
    let url = format!("http://{}", server.address);
    let json = program.run(["doctor", "--url", &url, "-o", "json"]);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    let status = |check: &str| {
        let findings = json["findings"].as_array().unwrap();
        let mut public = findings.iter().filter(|f| f["group"] == "Public side");
        let found = public.find(|f| f["check"] == check);
        found.unwrap_or_else(|| panic!("no {check} in {json}"))["status"].clone()
    };
    assert_eq!(status("TLS"), "failed", "the address is http");
    assert_eq!(status("health"), "ok");
    assert_eq!(status("CORS"), "ok");
    assert_eq!(status("metrics"), "warning");
    let closed = program.with("HELLOJOHN_METRICS_TOKEN", "m3trics-token-0123456789");
    let server = closed.serve(&["serve"]);
    let url = format!("http://{}", server.address);
    let closed = closed.run(["doctor", "--url", &url]);
    assert!(
        closed.stdout.contains("✅ metrics: not public"),
        "{}",
        closed.stdout
    );
}
