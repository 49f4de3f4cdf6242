use std::{
    io::Write as _,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::support::{Answer, Program, Server, request, send_head, until};

fn started(drain: &str) -> (Server, String) {
    started_by(&Program::new().with("HELLOJOHN_DRAIN_DELAY", drain))
}

fn started_by(program: &Program) -> (Server, String) {
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let printed = server.printed();
    let key = printed
        .split_whitespace()
        .find(|word| word.starts_with("pk_test_"));
    (server, key.unwrap().to_owned())
}

const BODY: &str = r#"{"email":"ada@example.com","password":"kx7-Wombat-lantern"}"#;

/// A sign-up whose body has come half; the server is at it.
fn half_a_sign_up(server: &Server, key: &str) -> std::net::TcpStream {
    let bearer = format!("Bearer {key}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    let mut stream = send_head(
        &server.address,
        "POST /v1/auth/sign-up",
        &headers,
        BODY.len(),
    )
    .unwrap();
    stream.write_all(&BODY.as_bytes()[..20]).unwrap();
    // Another request on another connection comes later and is answered: so the first one has been read.
    assert_eq!(
        request(&server.address, "GET", "/healthz", &[], "").status,
        200
    );
    stream
}

#[test]
fn on_sigterm_it_is_unready_first_then_deaf_and_requests_finish() {
    let (server, key) = started("1s");
    let mut waiting = half_a_sign_up(&server, &key);
    server.signal("TERM");

    let health = || request(&server.address, "GET", "/health", &[], "").status;
    until("unready", || health() == 503);
    assert_eq!(
        request(&server.address, "GET", "/healthz", &[], "").status,
        200
    );
    until("deaf", || health() == 0);

    waiting.write_all(&BODY.as_bytes()[20..]).unwrap();
    let answer = Answer::read(&mut waiting);
    assert_eq!(answer.status, 201, "{} {}", answer.head, answer.body);
    let finished = server.finish();
    assert_eq!(finished.code, Some(0), "{finished:?}");
}

/// Asks without a pause until the balancer would no longer send anything here; counts the answers.
fn ask_until_unready(address: &str, key: &str, all: &AtomicUsize) -> Result<usize, String> {
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str())];
    let mut answered = 0;
    loop {
        let answer = request(address, "GET", "/v1/auth/config", &headers, "");
        if answer.status != 200 {
            return Err(format!("after {answered} answers: {answer:?}"));
        }
        answered += 1;
        all.fetch_add(1, Ordering::Relaxed);
        match request(address, "GET", "/health", &[], "").status {
            200 => {}
            503 => return Ok(answered),
            other => return Err(format!("health is {other} after {answered} answers")),
        }
    }
}

#[test]
fn under_constant_requests_none_fails() {
    // Kept until the end: its folder holds the database, which new connections open by its path.
    let program = Program::new().with("HELLOJOHN_DRAIN_DELAY", "2s");
    let (server, key) = started_by(&program);
    let all = AtomicUsize::new(0);
    let outcomes: Vec<Result<usize, String>> = thread::scope(|scope| {
        let clients: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| ask_until_unready(&server.address, &key, &all)))
            .collect();
        until("under load", || all.load(Ordering::Relaxed) > 16);
        server.signal("TERM");
        clients
            .into_iter()
            .map(|client| client.join().unwrap())
            .collect()
    });
    let finished = server.finish();
    let answered: Result<Vec<usize>, String> = outcomes.into_iter().collect();
    let answered = answered.unwrap_or_else(|failed| panic!("{failed}\n{}", finished.stderr));
    assert!(answered.iter().sum::<usize>() > 16, "{answered:?}");
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert!(!finished.stderr.contains("grace period"), "{finished:?}");
}

#[test]
fn an_idle_connection_does_not_hold_it_up() {
    let (server, _) = started("0s");
    let idle = std::net::TcpStream::connect(&server.address).unwrap();
    assert_eq!(
        request(&server.address, "GET", "/healthz", &[], "").status,
        200
    );
    let start = Instant::now();
    server.signal("INT");
    assert_eq!(server.finish().code, Some(0));
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
    drop(idle);
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let (server, key) = started("0s");
    let waiting = half_a_sign_up(&server, &key);
    server.signal("TERM");
    server.wait_for("stopping");
    server.signal("TERM");
    let finished = server.finish();
    assert_eq!(finished.code, Some(130), "{finished:?}");
    drop(waiting);
}

#[test]
fn what_does_not_finish_in_time_is_cut_off() {
    let program = Program::new().with("HELLOJOHN_SHUTDOWN_GRACE", "1s");
    let server = program.serve(&["serve", "--dev"]);
    server.wait_for("New keys:");
    let printed = server.printed();
    let key = printed
        .split_whitespace()
        .find(|word| word.starts_with("pk_test_"))
        .unwrap();
    let mut waiting = half_a_sign_up(&server, key);
    server.signal("TERM");
    let finished = server.finish();
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert!(
        finished.stderr.contains("grace period"),
        "{}",
        finished.stderr
    );
    assert_eq!(Answer::read(&mut waiting).status, 0);
}
