//! Limits as a started server has them: on by default, named variables, Redis beside it.

use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::support::{Program, Server, request};

/// With the limits every installation has.
fn limited() -> Program {
    Program::new().without("RATE_LIMIT_ENABLED")
}

fn started(program: &Program) -> (Server, String) {
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let printed = server.printed();
    let mut words = printed.split_whitespace();
    let key = words.find(|word| word.starts_with("pk_test_")).unwrap();
    (server, key.to_owned())
}

/// A sign-in that costs no hash.
fn guess(server: &Server, key: &str) -> crate::support::Answer {
    let body = json!({ "email": "not an address", "password": "x" });
    server.post("/v1/auth/sign-in", key, &body)
}

fn redis(server: &Server) -> Value {
    let health = request(&server.address, "GET", "/health", &[], "");
    assert_eq!(health.status, 200, "Redis alone keeps nobody from serving");
    health.json()["checks"]["redis"].clone()
}

fn wait_for_redis(server: &Server, state: &str) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while redis(server) != state {
        assert!(Instant::now() < deadline, "never {state}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn limits_are_on_unless_switched_off() {
    let (server, key) = started(&limited());
    for _ in 0..10 {
        assert_ne!(guess(&server, &key).status, 429);
    }
    let refused = guess(&server, &key);
    assert_eq!(refused.status, 429, "{}", refused.body);
    assert_eq!(refused.json()["error"]["code"], "rate_limit_exceeded");
    for header in [
        "x-ratelimit-limit: 10",
        "x-ratelimit-remaining: 0",
        "retry-after: ",
    ] {
        assert!(refused.head.contains(header), "{}", refused.head);
    }
    assert_eq!(redis(&server), "disabled");
    let page = request(&server.address, "GET", "/metrics", &[], "").body;
    for line in [
        r#"hellojohn_rate_limited_total{class="sign_in"} 1"#,
        r#"hellojohn_rate_limited_total{class="sign_up"} 0"#,
        r#"hellojohn_redis_state{state="disabled"} 1"#,
    ] {
        assert!(page.contains(line), "no {line} in\n{page}");
    }

    let (off, key) = started(&Program::new());
    for _ in 0..12 {
        assert_ne!(guess(&off, &key).status, 429);
    }
}

#[test]
fn a_limit_is_what_its_variables_say() {
    let program = limited()
        .with("RATE_LIMIT_LOGIN_MAX", "2")
        .with("HELLOJOHN_RATE_LIMIT_LOGIN_WINDOW", "1h");
    let (server, key) = started(&program);
    let found: Vec<u16> = (0..3).map(|_| guess(&server, &key).status).collect();
    assert_eq!(found[2], 429);
    assert!(!found[..2].contains(&429), "{found:?}");

    let wrong = program.with("REDIS_URL", "redis://:hunter2@");
    let refused = wrong.run(["serve", "--dev"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("REDIS_URL: "), "{refused:?}");
    assert!(!refused.stderr.contains("hunter2"), "{refused:?}");
}

#[test]
fn the_trial_of_the_doctor_keeps_within_the_limits() {
    let program = limited();
    let (server, _) = started(&program);
    let url = format!("http://{}", server.address);
    let finished = program.run(["doctor", "--smoke", "--url", &url]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
}

/// A port nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// A Redis of this test.
struct Redis(Child, u16);

impl Redis {
    fn start(port: u16) -> Self {
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .args(["--port", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            thread::sleep(Duration::from_millis(10));
        }
        Self(child, port)
    }

    fn keys(&self) -> String {
        let port = self.1.to_string();
        let told = Command::new("redis-cli")
            .args(["-p", &port, "--no-raw", "KEYS", "*"])
            .output();
        String::from_utf8_lossy(&told.unwrap().stdout).into_owned()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn servers_count_in_redis_and_without_it() {
    let port = free_port();
    let program = limited().with("REDIS_URL", &format!("redis://127.0.0.1:{port}/0"));
    // It need not be there.
    let (server, key) = started(&program);
    assert_eq!(redis(&server), "degraded");
    let passed = (0..10)
        .filter(|_| guess(&server, &key).status != 429)
        .count();
    assert_eq!(passed, 5, "half of the limit: there are two instances");
    let doctor = program.run(["doctor", "-o", "json"]);
    assert!(
        doctor.stdout.contains("does not answer; each instance"),
        "{doctor:?}"
    );

    let running = Redis::start(port);
    wait_for_redis(&server, "ok");
    let twin = program.serve(&["serve", "--dev"]);
    wait_for_redis(&twin, "ok");
    // One budget for both; what passed before counts for both as well.
    let both = [&server, &twin];
    let passed = (0..20).filter(|n| guess(both[n % 2], &key).status != 429);
    assert!(passed.count() <= 2, "the budget was spent");
    let keys = running.keys();
    assert!(keys.contains("hj:rate:"), "{keys}");
    assert!(
        !keys.contains("127.0.0.1"),
        "an address can be read in {keys}"
    );
    let page = request(&server.address, "GET", "/metrics", &[], "").body;
    assert!(page.contains("hellojohn_redis_up 1"), "{page}");
    assert!(
        page.contains("hellojohn_rate_limit_fallbacks_total 1"),
        "{page}"
    );
    assert!(
        page.contains(r#"hellojohn_redis_state{state="ok"} 1"#),
        "{page}"
    );
    let doctor = program.run(["doctor", "-o", "json"]);
    assert!(
        doctor.stdout.contains("answers and runs the script"),
        "{doctor:?}"
    );

    drop(running);
    wait_for_redis(&server, "degraded");
    assert_eq!(guess(&server, &key).status, 429);
}
