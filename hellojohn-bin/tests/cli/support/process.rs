use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::http::{Answer, request};

/// Nothing here takes this long unless it hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program with a folder and an environment of its own.
#[derive(Clone)]
pub(crate) struct Program {
    folder: Arc<tempfile::TempDir>,
    variables: Vec<(String, String)>,
    binary: &'static str,
    open_files: Option<u32>,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Program {
    /// With nothing set but cheap hashing, no outbound calls, and no limits: a test is one address.
    pub(crate) fn new() -> Self {
        let bare = Self::bare();
        bare.with("HELLOJOHN_ARGON2_MEMORY_KIB", "19456")
            .with("HELLOJOHN_ARGON2_ITERATIONS", "2")
            .with("PASSWORD_BREACH_CHECK", "false")
            .with("RATE_LIMIT_ENABLED", "false")
            .with("PORT", "0")
    }

    /// With nothing set at all.
    pub(crate) fn bare() -> Self {
        Self {
            folder: Arc::new(tempfile::tempdir().unwrap()),
            variables: Vec::new(),
            binary: env!("CARGO_BIN_EXE_hellojohn"),
            open_files: None,
        }
    }

    /// Everything production asks for, over this database.
    pub(crate) fn production(database_url: &str) -> Self {
        Self::new()
            .with("HELLOJOHN_DATABASE_URL", database_url)
            .with("HELLOJOHN_JWT_SIGNING_KEY", SIGNING_KEY)
            .with("HELLOJOHN_ENCRYPTION_KEY", ENCRYPTION_KEY)
            .with("APP_URL", "https://auth.example.com")
            .with("HOST", "127.0.0.1")
            .with("HELLOJOHN_DRAIN_DELAY", "0s")
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self
    }

    /// The same program under another name.
    pub(crate) fn called(mut self, binary: &'static str) -> Self {
        self.binary = binary;
        self
    }

    /// With at most so many open files.
    pub(crate) fn open_files(mut self, most: u32) -> Self {
        self.open_files = Some(most);
        self
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a command to its end.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Finished {
        let mut child = self.spawn(arguments);
        let (stdout, stderr) = (
            Lines::of(child.stdout.take()),
            Lines::of(child.stderr.take()),
        );
        let code = wait(&mut child);
        Finished {
            code,
            stdout: stdout.rest(),
            stderr: stderr.rest(),
        }
    }

    /// Runs a command that must succeed, and gives its output.
    pub(crate) fn ok<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> String {
        let finished = self.run(arguments);
        assert_eq!(finished.code, Some(0), "{finished:?}");
        finished.stdout
    }

    /// The same, read as JSON.
    pub(crate) fn json<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Value {
        serde_json::from_str(&self.ok(arguments)).unwrap()
    }

    /// Starts a server and waits until it is ready.
    pub(crate) fn serve(&self, arguments: &[&str]) -> Server {
        let server = self.start(arguments);
        let deadline = Instant::now() + PATIENCE;
        while request(&server.address, "GET", "/health", &[], "").status != 200 {
            assert!(Instant::now() < deadline, "never ready");
            thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// Starts a server and waits until it listens.
    pub(crate) fn start(&self, arguments: &[&str]) -> Server {
        let mut child = self.spawn(arguments);
        let stdout = Lines::of(child.stdout.take());
        let stderr = Lines::of(child.stderr.take());
        let told = wait_for_either(&stdout, &stderr, "listening on ");
        let address = told
            .split("listening on ")
            .nth(1)
            .and_then(|rest| rest.split(['"', ' ', '\n']).next())
            .unwrap()
            .to_owned();
        Server {
            child,
            address,
            stdout,
            stderr,
        }
    }

    /// Starts a command that is to be watched or stopped while it runs.
    pub(crate) fn begin(&self, arguments: &[&str]) -> Server {
        let mut child = self.spawn(arguments);
        let (stdout, stderr) = (
            Lines::of(child.stdout.take()),
            Lines::of(child.stderr.take()),
        );
        Server {
            child,
            address: String::new(),
            stdout,
            stderr,
        }
    }

    fn spawn<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Child {
        let mut command = match self.open_files {
            None => Command::new(self.binary),
            Some(most) => {
                let mut shell = Command::new("/bin/sh");
                let script = format!("ulimit -n {most} && exec \"$0\" \"$@\"");
                shell.args(["-c", &script, self.binary]);
                shell
            }
        };
        command
            .args(arguments)
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

/// A server process; killed when dropped.
pub(crate) struct Server {
    child: Child,
    /// Host and port.
    pub(crate) address: String,
    stdout: Lines,
    stderr: Lines,
}

impl Server {
    pub(crate) fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {key}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        request(&self.address, "POST", path, &headers, &body.to_string())
    }

    pub(crate) fn get(&self, path: &str, key: &str) -> Answer {
        let bearer = format!("Bearer {key}");
        request(
            &self.address,
            "GET",
            path,
            &[("authorization", &bearer)],
            "",
        )
    }

    /// The access token of a new user.
    pub(crate) fn sign_up(&self, publishable: &str, email: &str) -> String {
        let body = serde_json::json!({ "email": email, "password": "kx7-Wombat-lantern" });
        let answer = self.post("/v1/auth/sign-up", publishable, &body);
        assert_eq!(answer.status, 201, "{}", answer.body);
        let token = answer.json()["session"]["access_token"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(!token.is_empty());
        token
    }

    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([format!("-{name}"), self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    /// Waits for the end.
    pub(crate) fn finish(mut self) -> Finished {
        let code = wait(&mut self.child);
        Finished {
            code,
            stdout: self.stdout.rest(),
            stderr: self.stderr.rest(),
        }
    }

    /// Stops it in order.
    pub(crate) fn stop(self) -> Finished {
        self.signal("TERM");
        let finished = self.finish();
        assert_eq!(finished.code, Some(0), "{finished:?}");
        finished
    }

    /// What was printed so far.
    pub(crate) fn printed(&self) -> String {
        self.stdout.so_far()
    }

    /// Waits for a text in the log or the output.
    pub(crate) fn wait_for(&self, text: &str) {
        wait_for_either(&self.stdout, &self.stderr, text);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait(child: &mut Child) -> Option<i32> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if Instant::now() > deadline {
            let _ = child.kill();
            panic!("the process did not end");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn wait_for_either(stdout: &Lines, stderr: &Lines, text: &str) -> String {
    let deadline = Instant::now() + PATIENCE;
    loop {
        for lines in [stdout, stderr] {
            if let Some(line) = lines.find(text) {
                return line;
            }
        }
        let over = stdout.is_over() && stderr.is_over();
        assert!(
            Instant::now() < deadline && !over,
            "no {text:?} in\n{}\n{}",
            stdout.so_far(),
            stderr.so_far()
        );
        stdout.wait_a_moment();
    }
}

/// What a process prints, line by line, read by a thread.
struct Lines(Arc<(Mutex<Printed>, Condvar)>);

#[derive(Default)]
struct Printed {
    lines: Vec<String>,
    over: bool,
}

impl Printed {
    fn text(&self) -> String {
        let mut text = self.lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }
}

impl Lines {
    fn of(source: Option<impl Read + Send + 'static>) -> Self {
        let shared = Arc::new((Mutex::new(Printed::default()), Condvar::new()));
        let writing = Arc::clone(&shared);
        let source = BufReader::new(source.unwrap());
        thread::spawn(move || {
            for line in source.lines().map_while(Result::ok) {
                writing.0.lock().unwrap().lines.push(line);
                writing.1.notify_all();
            }
            writing.0.lock().unwrap().over = true;
            writing.1.notify_all();
        });
        Self(shared)
    }

    fn find(&self, text: &str) -> Option<String> {
        let read = self.0.0.lock().unwrap();
        read.lines.iter().find(|line| line.contains(text)).cloned()
    }

    fn is_over(&self) -> bool {
        self.0.0.lock().unwrap().over
    }

    fn so_far(&self) -> String {
        let read = self.0.0.lock().unwrap();
        read.text()
    }

    fn wait_a_moment(&self) {
        let read = self.0.0.lock().unwrap();
        let moment = Duration::from_millis(20);
        drop(self.0.1.wait_timeout(read, moment).unwrap());
    }

    /// Everything, when the process has ended.
    fn rest(&self) -> String {
        let read = self.0.0.lock().unwrap();
        let (read, timeout) = self
            .0
            .1
            .wait_timeout_while(read, PATIENCE, |read| !read.over)
            .unwrap();
        assert!(!timeout.timed_out());
        read.text()
    }
}

/// RFC 8410 §10.3.
pub(crate) const SIGNING_KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
    MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
    -----END PRIVATE KEY-----\n";
pub(crate) const ENCRYPTION_KEY: &str = "zq3XhYv0Jt8pLw2RkBn6TdFs9CmGa4Ue";
