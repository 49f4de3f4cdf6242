use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use crate::support::{Program, Server, request};

fn alive(server: &Server) -> u16 {
    request(&server.address, "GET", "/healthz", &[], "").status
}

/// What comes until the server hangs up.
fn rest(mut stream: TcpStream) -> String {
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    text
}

fn until_alive(server: &Server) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while alive(server) != 200 {
        assert!(Instant::now() < deadline, "it does not answer any more");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn more_connections_than_wanted_are_told_so() {
    let server = Program::new()
        .with("HELLOJOHN_MAX_CLIENT_CONNECTIONS", "2")
        .serve(&["serve", "--dev"]);
    let mut held: Vec<TcpStream> = (0..2)
        .map(|_| TcpStream::connect(&server.address).unwrap())
        .collect();
    let refused = rest(TcpStream::connect(&server.address).unwrap());
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
    assert!(refused.contains("Retry-After: 1"), "{refused}");
    held.clear();
    until_alive(&server);
}

#[test]
fn running_out_of_files_is_survived() {
    let server = Program::new()
        .with("HELLOJOHN_MAX_CLIENT_CONNECTIONS", "1000")
        .open_files(128)
        .serve(&["serve", "--dev"]);
    let held: Vec<TcpStream> = (0..200)
        .map(|_| TcpStream::connect(&server.address).unwrap())
        .collect();
    server.wait_for("no connection can be accepted");
    drop(held);
    until_alive(&server);
    server.stop();
}

#[test]
fn a_head_that_drips_is_cut_off_and_others_do_not_notice() {
    let server = Program::new().serve(&["serve", "--dev"]);
    let mut slow = TcpStream::connect(&server.address).unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\n").unwrap();
    let start = Instant::now();
    let dripping = slow.try_clone().unwrap();
    let drip = thread::spawn(move || {
        let mut dripping = dripping;
        while dripping.write_all(b"x: y\r\n").is_ok() {
            thread::sleep(Duration::from_secs(1));
        }
    });
    assert_eq!(alive(&server), 200);
    assert_eq!(rest(slow), "");
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
    drip.join().unwrap();
}

#[test]
fn http_2_is_spoken_to_those_who_begin_with_it() {
    let server = Program::new().serve(&["serve", "--dev"]);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    // RFC 9113 §3.4: the preface and empty settings; the server answers with its own settings.
    stream
        .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")
        .unwrap();
    let mut frame = [0; 9];
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    stream.read_exact(&mut frame).unwrap();
    assert_eq!(frame[3], 4, "not a SETTINGS frame: {frame:?}");
}
