use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use crate::support::{Answer, Program, request};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// The arguments of the printed `curl` commands, as a shell would read them.
fn printed_curls(printed: &str) -> Vec<Vec<String>> {
    let joined = printed.replace("\\\n", " ");
    joined
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("curl "))
        .map(|line| {
            line.split('\'')
                .enumerate()
                .flat_map(|(place, part)| {
                    if place % 2 == 1 {
                        vec![part.to_owned()]
                    } else {
                        part.split_whitespace().map(str::to_owned).collect()
                    }
                })
                .collect()
        })
        .collect()
}

fn perform(curl: &[String]) -> Answer {
    let url = curl
        .iter()
        .find(|part| part.starts_with("http://"))
        .unwrap();
    let (address, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    let after = |flag: &str| -> Vec<&String> {
        let places = curl.windows(2).filter(|pair| pair[0] == flag);
        places.map(|pair| &pair[1]).collect()
    };
    let headers: Vec<(&str, &str)> = after("-H")
        .into_iter()
        .map(|header| header.split_once(": ").unwrap())
        .collect();
    request(
        address,
        "POST",
        &format!("/{path}"),
        &headers,
        after("-d")[0],
    )
}

#[test]
fn the_first_start_asks_nothing_and_what_it_prints_works() {
    // The defaults of a first contact: real hashing, breach check on, an unreachable list.
    let program = Program::bare()
        .with("PORT", "0")
        .with("HELLOJOHN_BREACH_URL", "http://127.0.0.1:1/");
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let printed = server.printed();

    let data = program.folder().join("hellojohn-data");
    assert_eq!(mode(&data), 0o700);
    for file in ["hellojohn.db", "signing_key.pem", "encryption_key"] {
        assert_eq!(mode(&data.join(file)), 0o600, "{file}");
    }

    let curls = printed_curls(&printed);
    assert_eq!(curls.len(), 2, "{printed}");
    let signed_up = perform(&curls[0]);
    assert_eq!(signed_up.status, 201, "{}", signed_up.body);
    let signed_in = perform(&curls[1]);
    assert_eq!(signed_in.status, 200, "{}", signed_in.body);
    let token = signed_in.json()["session"]["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let me = server.get("/v1/auth/me", &token);
    assert_eq!(me.json()["email"], "ada@example.com");

    let secret = printed
        .split_whitespace()
        .find(|word| word.starts_with("sk_test_"))
        .unwrap();
    assert_eq!(server.get("/v1/users", secret).status, 200);
    let (_, path) = printed
        .split_whitespace()
        .find(|word| word.ends_with("/docs"))
        .unwrap()
        .rsplit_once('/')
        .unwrap();
    assert_eq!(server.get(&format!("/{path}"), "").status, 200);

    let (_, new_key) = printed.split_once("New keys:").unwrap();
    let shell = program.clone().called("/bin/sh");
    let made = shell.json(["-c", new_key.trim()]);
    assert_eq!(made["type"], "publishable");

    let logged = server.stop().stderr;
    assert!(logged.contains("/v1/auth/sign-up"), "{logged}");
    for secret in ["sk_test_", "pk_test_", "ada@example.com", token.as_str()] {
        assert!(!logged.contains(secret), "the log shows {secret}");
    }
}

#[test]
fn the_second_start_reuses_everything_and_shows_no_keys() {
    let program = Program::new();
    let first = program.serve(&["serve", "--dev"]);
    first.wait_for("New keys:");
    let printed = first.printed();
    let key = printed
        .split_whitespace()
        .find(|word| word.starts_with("pk_test_"))
        .unwrap();
    let token = first.sign_up(key, "ada@example.com");
    first.stop();

    // Without any command, it serves.
    let second = program.serve(&["--dev"]);
    second.wait_for("New keys");
    let printed_again = second.printed();
    assert!(printed_again.contains("/docs"), "{printed_again}");
    for hidden in ["pk_test_", "sk_test_", "curl"] {
        assert!(!printed_again.contains(hidden), "{printed_again}");
    }
    let answer = second.post(
        "/v1/auth/sign-in",
        key,
        &serde_json::json!({ "email": "ada@example.com", "password": "kx7-Wombat-lantern" }),
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    // The port is another one, and with it the issuer; the key that signs is the same.
    let again = answer.json()["session"]["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        crate::support::tell_kid(&again),
        crate::support::tell_kid(&token)
    );
}

/// What a start after a kill between the tenant and its keys finds.
#[test]
fn a_tenant_whose_keys_are_missing_gets_them_at_the_next_start() {
    let program = Program::new();
    let start = || {
        let server = program.serve(&["serve", "--dev"]);
        server.wait_for("New keys:");
        let printed = server.printed();
        server.stop();
        printed
    };
    let first = start();
    let revoke = |kinds: &[&str]| {
        let keys = program.json(["keys", "list", "-o", "json"]);
        for key in keys.as_array().unwrap() {
            if kinds.contains(&key["type"].as_str().unwrap()) && key["revoked_at"].is_null() {
                program.ok(["keys", "revoke", key["id"].as_str().unwrap()]);
            }
        }
    };

    revoke(&["publishable", "secret"]);
    let again = start();
    assert!(again.contains("pk_test_") && again.contains("sk_test_"));
    let tenant = |printed: &str| {
        let line = printed.lines().find(|line| line.contains("tnt_"));
        line.unwrap().to_owned()
    };
    assert_eq!(tenant(&again), tenant(&first));
    assert!(!start().contains("_test_"));

    revoke(&["secret"]);
    let only_secret = start();
    assert!(only_secret.contains("sk_test_") && !only_secret.contains("pk_test_"));

    revoke(&["publishable", "secret"]);
    program.ok(["tenants", "suspend", "default"]);
    assert!(!start().contains("_test_"), "it is not served on purpose");
}

#[test]
fn keys_that_others_can_read_are_refused() {
    let program = Program::new();
    program.serve(&["serve", "--dev"]).stop();
    let file = program.folder().join("hellojohn-data/encryption_key");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let finished = program.run(["serve", "--dev"]);
    assert_eq!(finished.code, Some(1));
    assert!(finished.stderr.contains("chmod 600"), "{}", finished.stderr);
}

#[test]
fn an_explicit_database_is_used_with_the_folders_keys() {
    let program = Program::new();
    let url = format!("sqlite://{}", program.folder().join("mine.db").display());
    let server = program
        .clone()
        .with("DATABASE_URL", &url)
        .serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    server.stop();
    assert!(program.folder().join("mine.db").exists());
    let data = program.folder().join("hellojohn-data");
    assert!(data.join("encryption_key").exists() && !data.join("hellojohn.db").exists());
}
