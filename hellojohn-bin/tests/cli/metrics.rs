use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{Program, Server, request};

fn started(program: &Program) -> (Server, String) {
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let printed = server.printed();
    let key = printed
        .split_whitespace()
        .find(|word| word.starts_with("pk_test_"));
    (server, key.unwrap().to_owned())
}

fn page(server: &Server) -> String {
    let answer = request(&server.address, "GET", "/metrics", &[], "");
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.head.contains("text/plain; version=0.0.4"));
    answer.body
}

/// Every series, without its value.
fn series(page: &str) -> BTreeSet<String> {
    page.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.rsplit_once(' ').unwrap().0.to_owned())
        .collect()
}

fn value(page: &str, series: &str) -> f64 {
    let line = page
        .lines()
        .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    let line = line.unwrap_or_else(|| panic!("no {series} in\n{page}"));
    line.parse().unwrap()
}

#[test]
fn what_happens_is_counted() {
    let program = Program::new();
    let (server, key) = started(&program);
    let body = json!({ "email": "ada@example.com", "password": "kx7-Wombat-lantern" });
    let signed_up = server.post("/v1/auth/sign-up", &key, &body).json();
    let wrong = json!({ "email": "ada@example.com", "password": "kx7-Wombat-lanterN" });
    assert_eq!(server.post("/v1/auth/sign-in", &key, &wrong).status, 401);
    let old = json!({ "refresh_token": signed_up["session"]["refresh_token"] });
    let refresh = |body| server.post("/v1/auth/token/refresh", &key, body);
    let new = refresh(&old).json();
    assert_eq!(refresh(&old).status, 200, "an honest retry");
    let new = json!({ "refresh_token": new["refresh_token"] });
    assert_eq!(refresh(&new).status, 200);
    assert_eq!(refresh(&old).status, 401, "a reuse");

    let page = page(&server);
    for (series, expected) in [
        ("hellojohn_refresh_rotations_total", 2.0),
        ("hellojohn_refresh_retries_total", 1.0),
        ("hellojohn_refresh_reuse_detected_total", 1.0),
        ("hellojohn_tokens_issued_total{format=\"jwt\"}", 4.0),
        (
            "hellojohn_auth_outcomes_total{flow=\"sign_in\",result=\"invalid_credentials\"}",
            1.0,
        ),
        (
            "hellojohn_auth_outcomes_total{flow=\"refresh\",result=\"refresh_token_invalid\"}",
            1.0,
        ),
        (
            "hellojohn_http_requests_total{route=\"/v1/auth/sign-up\",method=\"POST\",status=\"201\"}",
            1.0,
        ),
        ("hellojohn_argon2_duration_seconds_count", 2.0),
        ("hellojohn_argon2_queue_length", 0.0),
        ("hellojohn_argon2_permits_in_use", 0.0),
        ("hellojohn_http_requests_in_flight", 1.0),
        ("hellojohn_migrations_pending", 0.0),
        ("hellojohn_database_up", 1.0),
        ("hellojohn_ready", 1.0),
    ] {
        let found = value(&page, series);
        assert!((found - expected).abs() < 0.5, "{series} is {found}");
    }
    assert!(value(&page, "process_resident_memory_bytes") > 1e6);
    assert!(value(&page, "process_open_fds") > 3.0);
    let version = env!("CARGO_PKG_VERSION");
    value(
        &page,
        &format!("hellojohn_build_info{{version=\"{version}\"}}"),
    );
}

#[test]
fn what_requests_bring_adds_no_series_and_is_not_shown() {
    let program = Program::new();
    let (server, key) = started(&program);
    let ask = |n: u32| {
        let name = format!("canary{n}");
        let tenant = format!("tnt_0000000000000000000000{n:04}");
        let get = |path: &str, method: &str, headers: &[(&str, &str)]| {
            let status = request(&server.address, method, path, headers, "").status;
            assert_ne!(status, 0, "{method} {path}");
        };
        let bearer = format!("Bearer {key}");
        get(&format!("/{name}/x"), "GET", &[]);
        get(
            &format!("/v1/users/{name}"),
            "GET",
            &[("x-tenant-id", &tenant)],
        );
        get(&format!("/v1/jwks/{tenant}"), "GET", &[]);
        get("/v1/auth/me", &format!("CANARY{n}"), &[]);
        get(
            &format!("/v1/auth/me?q={name}"),
            "OPTIONS",
            &[("origin", &name)],
        );
        let email = format!("{name}@example.com");
        let body = json!({ "email": email, "password": "kx7-Wombat-lantern" });
        let _ = server.post("/v1/auth/sign-in", "pk_test_none", &body);
        get(
            "/v1/auth/me",
            "GET",
            &[("authorization", &bearer), ("user-agent", &name)],
        );
    };
    ask(0);
    // Asking for the page is a request, too.
    page(&server);
    let before = series(&page(&server));
    for n in 1..=200 {
        ask(n);
    }
    let text = page(&server);
    let after = series(&text);
    let new: Vec<_> = after.difference(&before).collect();
    assert!(new.is_empty(), "{new:?}");
    for unwanted in ["canary", "CANARY", "tnt_", "example.com"] {
        assert!(!text.contains(unwanted), "{unwanted}");
    }
    assert!(
        value(
            &text,
            "hellojohn_http_requests_total{route=\"unmatched\",method=\"any\",status=\"404\"}"
        ) >= 201.0
    );
}

#[test]
fn a_token_closes_the_page_and_a_switch_removes_it() {
    let program = Program::new().with("HELLOJOHN_METRICS_TOKEN", "scrape-0123456789");
    let (server, _) = started(&program);
    let get =
        |headers: &[(&str, &str)]| request(&server.address, "GET", "/metrics", headers, "").status;
    assert_eq!(get(&[]), 401);
    assert_eq!(get(&[("authorization", "Bearer scrape-0123456788")]), 401);
    assert_eq!(get(&[("authorization", "Bearer scrape-0123456789")]), 200);
    drop(server);

    let program = Program::new();
    let (server, _) = started(&program);
    let passed_on = [("x-forwarded-for", "203.0.113.7")];
    let answer = request(&server.address, "GET", "/metrics", &passed_on, "");
    assert_eq!(answer.status, 401, "a proxy passed it on");
    server.stop();

    let program = Program::new().with("HELLOJOHN_METRICS_ENABLED", "false");
    let (server, _) = started(&program);
    assert_eq!(
        request(&server.address, "GET", "/metrics", &[], "").status,
        404
    );
}
