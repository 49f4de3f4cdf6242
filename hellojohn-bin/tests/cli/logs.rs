use serde_json::{Value, json};

use crate::support::{Database, ENCRYPTION_KEY, Program, Server, request};

/// Runs through a life with known secrets; gives everything that must be in no log.
fn live(server: &Server, publishable: &str, secret: &str) -> Vec<String> {
    let password = "kx7-Wombat-lantern";
    let next = "qz3-Ostrich-candle";
    let body = json!({ "email": "ada@example.com", "password": password });
    let signed_up = server.post("/v1/auth/sign-up", publishable, &body).json();
    let wrong = json!({ "email": "ada@example.com", "password": "wr0ng-Canary-password" });
    assert_eq!(
        server.post("/v1/auth/sign-in", publishable, &wrong).status,
        401
    );
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let refresh = text(&signed_up["session"]["refresh_token"]);
    let body = json!({ "refresh_token": refresh });
    let refreshed = server
        .post("/v1/auth/token/refresh", publishable, &body)
        .json();
    let access = text(&refreshed["access_token"]);
    let me = server.get(&format!("/v1/auth/me?token={access}"), &access);
    assert_eq!(me.status, 200, "{}", me.body);
    let change = json!({ "current_password": password, "new_password": next });
    let changed = server.post("/v1/auth/password/change", &access, &change);
    assert_eq!(changed.status, 204, "{}", changed.body);
    assert_eq!(server.get("/v1/users", secret).status, 200);
    for bad in ["eyJhbGciOiJub25lIn0.canary.x", "sk_live_canaryc4n4ry"] {
        assert_eq!(server.get("/v1/auth/me", bad).status, 401);
    }
    let bearer = format!("Bearer {publishable}");
    let cookie = "__Host-hj_rt=c00kie-canary-value";
    let headers = [
        ("authorization", bearer.as_str()),
        ("cookie", cookie),
        ("x-hellojohn-session-mode", "cookie"),
        ("content-type", "application/json"),
    ];
    let path = "/v1/auth/token/refresh";
    request(&server.address, "POST", path, &headers, "{}");
    let broken = r#"{"password":"br0ken-Canary-body""#;
    request(
        &server.address,
        "POST",
        "/v1/auth/sign-in",
        &headers,
        broken,
    );
    let mut secrets = vec![
        text(&signed_up["session"]["access_token"]),
        refresh,
        access,
        text(&refreshed["refresh_token"]),
        publishable.to_owned(),
        secret.to_owned(),
    ];
    // A part of one is as bad.
    for secret in &mut secrets {
        secret.truncate(40);
    }
    secrets.extend(
        [
            password,
            next,
            "wr0ng-Canary",
            "br0ken-Canary",
            "c00kie-canary",
            "c4n4ry",
            "ada@example.com",
            "m3trics-token",
            ENCRYPTION_KEY,
            "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp",
            "$argon2id",
            "Bearer ",
        ]
        .map(str::to_owned),
    );
    secrets
}

#[test]
fn no_secret_is_in_any_line_at_the_lowest_level() {
    for format in ["json", "text"] {
        let database = Database::new();
        let program = Program::production(&database.url())
            .with("HELLOJOHN_METRICS_TOKEN", "m3trics-token-0123456789")
            .with("HELLOJOHN_LOG_LEVEL", "trace")
            .with("HELLOJOHN_LOG_FORMAT", format);
        let server = program.serve(&["serve"]);
        let tenant = program.json(["tenants", "create", "--name", "Acme"]);
        let key = |name: &str| tenant[name].as_str().unwrap().to_owned();
        let secrets = live(&server, &key("public_key"), &key("api_key"));
        let credential = [("authorization", "Bearer m3trics-token-0123456789")];
        let scraped = request(&server.address, "GET", "/metrics", &credential, "");
        assert_eq!(scraped.status, 200);
        let url = format!("http://{}", server.address);
        program.ok(["doctor", "--smoke", "--url", &url]);
        let finished = server.stop();
        let log = format!("{}{}", finished.stdout, finished.stderr);
        assert!(log.lines().count() > 30, "{log}");
        for secret in secrets
            .iter()
            .map(String::as_str)
            .chain(["Sm0ke!", "hj-smoke-"])
        {
            assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
            assert!(!scraped.body.contains(secret), "{secret} is in the metrics");
        }
    }
}

#[test]
fn every_request_has_a_line_with_its_route_and_version() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let server = program.serve(&["serve"]);
    let tenant = program.json(["tenants", "create", "--name", "Acme"]);
    let secret = tenant["api_key"].as_str().unwrap();
    assert_eq!(server.get("/v1/users/usr_none", secret).status, 404);
    assert_eq!(server.get("/nothing/here", secret).status, 404);
    let log = server.stop().stdout;
    let line = |path: &str| -> Value {
        let found = log.lines().find(|line| line.contains(path));
        serde_json::from_str(found.unwrap_or_else(|| panic!("no {path} in {log}"))).unwrap()
    };
    let known = line("/v1/users/usr_none");
    assert_eq!(known["http.route"], "/v1/users/{id}");
    assert_eq!(known["http.status"], 404);
    assert_eq!(known["service.version"], env!("CARGO_PKG_VERSION"));
    assert!(known["duration_ms"].is_number() && known["request.id"].is_string());
    let unknown = line("/nothing/here");
    assert!(unknown["http.route"].is_null(), "{unknown}");
}
