//! A running example, and the little HTTP that is needed to talk to it.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

/// An example program on a free port; stopped when dropped.
pub(crate) struct Example {
    process: Child,
    pub(crate) url: String,
    /// The publishable key, for examples that have an API.
    key: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }
}

impl Example {
    /// Starts an example and waits until it says where it listens.
    pub(crate) fn start(name: &str, arguments: &[&str]) -> Self {
        let mut process = Command::new(program(name))
            .args(arguments)
            .env("PORT", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{name}: {error}; run `cargo build --examples` first"));
        let output = process.stdout.take().unwrap();
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let url = lines.next().unwrap_or_default();
        let key = lines.next().unwrap_or_default();
        let key = key
            .strip_prefix("publishable key ")
            .unwrap_or_default()
            .to_owned();
        // A program stops at the next line it writes to a pipe nobody reads.
        std::thread::spawn(move || lines.count());
        let example = Self { process, url, key };
        assert!(
            example.url.starts_with("http://127.0.0.1:"),
            "{name} said {:?}",
            example.url
        );
        example
    }

    pub(crate) fn get(&self, path: &str, bearer: Option<&str>) -> Answer {
        self.request("GET", path, bearer, None)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.request("POST", path, Some(&self.key), Some(body))
    }

    /// Signs somebody up below `prefix`.
    pub(crate) fn sign_up(&self, prefix: &str, email: &str) -> Answer {
        let body = serde_json::json!({ "email": email, "password": PASSWORD });
        self.post(&format!("{prefix}/v1/auth/sign-up"), &body)
    }

    fn request(
        &self,
        method: &str,
        path: &str,
        bearer: Option<&str>,
        body: Option<&Value>,
    ) -> Answer {
        let host = self.url.strip_prefix("http://").unwrap();
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut head = format!("{method} {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n");
        if !body.is_empty() {
            head += "Content-Type: application/json\r\nContent-Length: ";
            head += &body.len().to_string();
            head += "\r\n";
        }
        if let Some(bearer) = bearer {
            head += "Authorization: Bearer ";
            head += bearer;
            head += "\r\n";
        }
        let mut stream = TcpStream::connect(host).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        stream
            .write_all(format!("{head}\r\n{body}").as_bytes())
            .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").expect("an HTTP answer");
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer {
            status,
            body: body.to_owned(),
        }
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) const PASSWORD: &str = "a long enough password 7";

/// `cargo test` builds examples beside the folder of the test programs.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(|deps| deps.parent()).unwrap();
    folder
        .join("examples")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
