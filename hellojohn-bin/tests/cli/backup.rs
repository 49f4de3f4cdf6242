use std::{fs, path::PathBuf, thread};

use serde_json::{Value, json};

use crate::support::{Database, Finished, Program, Server, as_postgres};

/// An instance with a user, a session, a revoked session and a kept secret of each kind.
pub(crate) struct Used {
    pub(crate) program: Program,
    pub(crate) key: String,
    /// A live session.
    pub(crate) live: Value,
    /// A session that is revoked after the backup.
    pub(crate) revoked: Value,
    secrets: Vec<String>,
}

pub(crate) const PASSWORD: &str = "kx7-Wombat-lantern";

impl Used {
    /// Fills an instance while it is served; `then` is called before the server stops.
    pub(crate) fn with(program: Program, then: impl FnOnce(&Self, &Server)) -> Self {
        let server = program.serve(&["serve"]);
        let tenant = program.json(["tenants", "create", "--name", "Acme"]);
        let key = tenant["public_key"].as_str().unwrap().to_owned();
        let live = sign_up(&server, &key, "ada@example.com");
        let revoked = sign_up(&server, &key, "bob@example.com");
        let secrets = [&live, &revoked]
            .into_iter()
            .flat_map(|signed| {
                let session = &signed["session"];
                [&session["access_token"], &session["refresh_token"]]
            })
            .chain([&tenant["public_key"], &tenant["api_key"]])
            .map(|secret| secret.as_str().unwrap().to_owned())
            .collect();
        let used = Self {
            program,
            key,
            live,
            revoked,
            secrets,
        };
        then(&used, &server);
        server.stop();
        used
    }

    pub(crate) fn over(url: &str) -> Self {
        Self::with(Program::production(url), |_, _| {})
    }

    /// Makes a backup and gives the path of its rows.
    pub(crate) fn back_up(&self, extra: &[&str]) -> PathBuf {
        let mut arguments = vec!["backup", "create", "-o", "json"];
        arguments.extend(extra);
        let made = self.program.json(arguments);
        assert_eq!(made["users"], 2, "{made}");
        self.program.folder().join(made["file"].as_str().unwrap())
    }
}

fn sign_up(server: &Server, key: &str, email: &str) -> Value {
    let body = json!({ "email": email, "password": PASSWORD });
    let answer = server.post("/v1/auth/sign-up", key, &body);
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()
}

fn refreshes(server: &Server, key: &str, signed: &Value) -> u16 {
    let body = json!({ "refresh_token": signed["session"]["refresh_token"] });
    server.post("/v1/auth/token/refresh", key, &body).status
}

fn signs_in(server: &Server, key: &str) -> u16 {
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    server.post("/v1/auth/sign-in", key, &body).status
}

fn sqlite(program: &Program, name: &str) -> String {
    format!("sqlite://{}", program.folder().join(name).display())
}

fn on_sqlite() -> Program {
    let program = Program::production("");
    let url = sqlite(&program, "hj.db");
    program.with("HELLOJOHN_DATABASE_URL", &url)
}

/// Backs up while serving, revokes a session afterwards, restores, and looks at what lives.
fn drill(program: Program, target: &str, sessions: &str) {
    let mut backup = PathBuf::new();
    let used = Used::with(program, |used, server| {
        backup = used.back_up(&[]);
        let access = used.revoked["session"]["access_token"].as_str().unwrap();
        let out = server.post("/v1/auth/sign-out", access, &json!({}));
        assert!(out.status < 300, "{}", out.body);
        assert_eq!(refreshes(server, &used.key, &used.revoked), 401);
    });
    let restored = used.program.clone().with("HELLOJOHN_DATABASE_URL", target);
    let told = restored.json([
        "backup".as_ref(),
        "restore".as_ref(),
        backup.as_os_str(),
        format!("--sessions={sessions}").as_ref(),
        "--format=json".as_ref(),
    ]);
    assert_eq!(told["compared_with_manifest"], true, "{told}");
    assert_eq!(told["restore_epoch"]["epoch"], 1, "{told}");
    restored.ok(["migrations", "validate"]);

    let server = restored.serve(&["serve"]);
    let access = used.live["session"]["access_token"].as_str().unwrap();
    if sessions == "invalidate" {
        assert_eq!(told["restore_epoch"]["sessions_ended"], 2, "{told}");
        assert_eq!(refreshes(&server, &used.key, &used.live), 401);
        assert_eq!(refreshes(&server, &used.key, &used.revoked), 401);
    } else {
        // B4: the same keys, so tokens of before still verify.
        assert_eq!(server.get("/v1/auth/me", access).status, 200);
        assert_eq!(refreshes(&server, &used.key, &used.live), 200);
    }
    assert_eq!(signs_in(&server, &used.key), 200);
    server.stop();
}

#[test]
fn a_restore_into_postgresql_ends_the_sessions_of_the_backup() {
    let (one, two) = (Database::new(), Database::new());
    drill(Program::production(&one.url()), &two.url(), "invalidate");
}

#[test]
fn a_restore_into_sqlite_ends_the_sessions_of_the_backup() {
    let program = on_sqlite();
    let target = sqlite(&program, "restored.db");
    drill(program, &target, "invalidate");
}

#[test]
fn a_backup_of_postgresql_moves_into_sqlite_and_keeps_its_sessions() {
    let database = Database::new();
    let program = Program::production(&database.url());
    let target = sqlite(&program, "restored.db");
    drill(program, &target, "keep");
}

#[test]
fn a_backup_of_sqlite_moves_into_postgresql_and_keeps_its_sessions() {
    let database = Database::new();
    drill(on_sqlite(), &database.url(), "keep");
}

/// R197, and what is in the database sealed or hashed only.
#[test]
fn a_backup_holds_no_secret() {
    let database = Database::new();
    for program in [on_sqlite(), Program::production(&database.url())] {
        let used = Used::with(program, |_, _| {});
        let backup = used.back_up(&[]);
        let text = fs::read_to_string(&backup).unwrap();
        let mut canaries = used.secrets.clone();
        canaries.extend([
            PASSWORD.to_owned(),
            "zq3XhYv0Jt8pLw2RkBn6TdFs9CmGa4Ue".to_owned(),
            "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp".to_owned(),
            "1O5y2_kTWErVttjx92n4rTr-fCjL8dT74Jeoj0R1WEI".to_owned(),
        ]);
        assert!(text.contains("ada@example.com") && text.contains("argon2id"));
        for canary in canaries {
            assert!(!text.contains(&canary), "{canary}");
        }
    }
}

#[test]
fn a_flipped_bit_is_told_by_table_and_row_without_any_setting() {
    let database = Database::new();
    let used = Used::over(&database.url());
    let backup = used.back_up(&["--rows-only"]);
    let offline = Program::bare();
    let told = offline.ok(["backup".as_ref(), "verify".as_ref(), backup.as_os_str()]);
    assert!(
        told.contains("HELLOJOHN_ENCRYPTION_KEY is not set"),
        "{told}"
    );
    assert!(
        told.ends_with("✅ Nothing wrong was found; what was not proven is marked ⚠️\n"),
        "{told}"
    );
    let told = used
        .program
        .ok(["backup".as_ref(), "verify".as_ref(), backup.as_os_str()]);
    assert!(told.contains("✅ Signed by this instance"), "{told}");
    assert!(told.contains("each opens in its place"), "{told}");

    let mut bytes = fs::read(&backup).unwrap();
    let find = |start: usize, wanted: &str| {
        let mut rest = bytes[start..].windows(wanted.len());
        start + rest.position(|bytes| bytes == wanted.as_bytes()).unwrap()
    };
    let at = find(find(0, "\nhj_user 1 "), "@example.com");
    bytes[at] ^= 1;
    fs::write(&backup, bytes).unwrap();
    for program in [&offline, &used.program] {
        let found = program.run(["backup".as_ref(), "verify".as_ref(), backup.as_os_str()]);
        assert_eq!(found.code, Some(1), "{found:?}");
        let line = found
            .stdout
            .lines()
            .find(|line| line.contains('❌'))
            .unwrap();
        assert!(
            line.contains("hj_user, row 1 (") && line.ends_with("changed"),
            "{line}"
        );
        assert!(found.stderr.starts_with("Error: "), "{found:?}");
    }
    let target = Database::new();
    let refused = used
        .program
        .clone()
        .with("HELLOJOHN_DATABASE_URL", &target.url())
        .run(["backup".as_ref(), "restore".as_ref(), backup.as_os_str()]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("was not restored: hj_user"),
        "{refused:?}"
    );
    let tables = as_postgres(
        "psql",
        [
            "-Atc",
            "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'hj%'",
            &target.url(),
        ],
    );
    assert_eq!(tables.trim(), "0");
}

#[test]
fn another_key_is_told_by_its_id() {
    let used = Used::with(on_sqlite(), |_, _| {});
    let backup = used.back_up(&[]);
    let other = Program::bare().with(
        "HELLOJOHN_ENCRYPTION_KEY",
        "a-very-different-key-0123456789-xyz",
    );
    let found = other.run(["backup".as_ref(), "verify".as_ref(), backup.as_os_str()]);
    assert_eq!(found.code, Some(1));
    assert!(
        found
            .stdout
            .contains("need encryption key FwZxFLjL, which is not configured"),
        "{found:?}"
    );
    let refused = other
        .with("HELLOJOHN_DATABASE_URL", &sqlite(&used.program, "hj.db"))
        .run(["backup", "create"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("FwZxFLjL"), "{refused:?}");
}

#[cfg(unix)]
#[test]
fn files_are_whole_private_listed_and_never_replaced() {
    use std::os::unix::fs::PermissionsExt as _;
    let used = Used::with(on_sqlite(), |_, _| {});
    let backup = used.back_up(&["--output", "kept/mine.hjb"]);
    let folder = backup.parent().unwrap();
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0);
            entry.file_name().into_string().unwrap()
        })
        .collect();
    names.sort();
    assert_eq!(names, ["mine.hjb", "mine.sqlite3"]);
    let before = fs::read(&backup).unwrap();
    let again = used
        .program
        .run(["backup", "create", "--output", "kept/mine.hjb"]);
    assert_eq!(again.code, Some(1));
    assert!(again.stderr.contains("is there already"), "{again:?}");
    assert_eq!(fs::read(&backup).unwrap(), before);

    fs::write(folder.join("cut.hjb"), &before[..before.len() / 2]).unwrap();
    let list = Program::bare().ok([
        "backup".as_ref(),
        "list".as_ref(),
        "--dir".as_ref(),
        folder.as_os_str(),
    ]);
    let lines: Vec<Vec<&str>> = list
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        lines[0],
        [
            "FILE", "CREATED", "SCHEMA", "USERS", "SESSIONS", "SIZE", "NATIVE", "COPY"
        ]
    );
    assert_eq!((lines[1][0], lines[1][3]), ("cut.hjb", "damaged"));
    assert_eq!(lines[2][0], "mine.hjb");
    assert_eq!(lines[2].last(), Some(&"mine.sqlite3"));
    assert_eq!(&lines[2][4..6], ["2", "2"]);
}

#[test]
fn a_database_with_something_in_it_is_not_restored_into() {
    let database = Database::new();
    for program in [on_sqlite(), Program::production(&database.url())] {
        let used = Used::with(program, |_, _| {});
        let backup = used.back_up(&["--rows-only"]);
        let refused = used
            .program
            .run(["backup".as_ref(), "restore".as_ref(), backup.as_os_str()]);
        assert_eq!(refused.code, Some(1));
        assert!(
            refused
                .stderr
                .contains("the database is not empty; it has cp_"),
            "{refused:?}"
        );
        let server = used.program.serve(&["serve"]);
        assert_eq!(refreshes(&server, &used.key, &used.live), 200);
        server.stop();
    }
}

#[test]
fn of_two_restores_into_one_file_at_once_one_is_refused() {
    let used = Used::with(on_sqlite(), |_, _| {});
    let backup = used.back_up(&["--rows-only"]);
    let url = sqlite(&used.program, "restored.db");
    let restoring = used.program.clone().with("HELLOJOHN_DATABASE_URL", &url);
    let outcomes: Vec<Finished> = thread::scope(|scope| {
        let one = || restoring.run(["backup".as_ref(), "restore".as_ref(), backup.as_os_str()]);
        let started: Vec<_> = (0..4).map(|_| scope.spawn(one)).collect();
        started
            .into_iter()
            .map(|done| done.join().unwrap())
            .collect()
    });
    let (done, refused): (Vec<_>, Vec<_>) =
        outcomes.iter().partition(|outcome| outcome.code == Some(0));
    assert_eq!(done.len(), 1, "{outcomes:?}");
    for outcome in refused {
        assert!(
            ["the database is not empty", "another restore"]
                .iter()
                .any(|why| outcome.stderr.contains(why)),
            "{outcome:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_database_is_not_restored_into_the_place_of_a_link() {
    let used = Used::with(on_sqlite(), |_, _| {});
    let backup = used.back_up(&["--rows-only"]);
    let (file, link) = ("elsewhere.db", "linked.db");
    let path = |name: &str| used.program.folder().join(name);
    fs::write(path(file), b"").unwrap();
    std::os::unix::fs::symlink(path(file), path(link)).unwrap();
    let url = sqlite(&used.program, link);
    let restoring = used.program.clone().with("HELLOJOHN_DATABASE_URL", &url);
    let refused = restoring.run(["backup".as_ref(), "restore".as_ref(), backup.as_os_str()]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("is a link"), "{refused:?}");
    assert!(path(link).is_symlink());
    assert_eq!(fs::metadata(path(file)).unwrap().len(), 0);
}

/// What is committed may be in the log beside the file only.
#[test]
fn a_sqlite_file_that_was_not_closed_is_not_taken_for_a_backup() {
    let used = Used::with(on_sqlite(), |_, _| {});
    let database = used.program.folder().join("hj.db");
    let file = database.to_str().unwrap();
    let target = sqlite(&used.program, "restored.db");
    let restoring = used.program.clone().with("HELLOJOHN_DATABASE_URL", &target);
    let commands: [&[&str]; 4] = [
        &["backup", "verify", file],
        &["backup", "verify", "--restore-test", file],
        &["migrations", "verify", "--against", file],
        &["backup", "restore", file],
    ];
    fs::write(used.program.folder().join("hj.db-wal"), "committed").unwrap();
    for command in commands {
        let refused = restoring.run(command);
        assert_eq!(refused.code, Some(1), "{refused:?}");
        let told = format!("{}{}", refused.stdout, refused.stderr);
        assert!(told.contains("was not closed"), "{told}");
    }
    assert!(!used.program.folder().join("restored.db").exists());
    fs::remove_file(used.program.folder().join("hj.db-wal")).unwrap();
    for command in commands {
        restoring.ok(command);
    }
}

/// Both trials choose the same kind of database: that of the rows, or SQLite where that is configured.
#[test]
fn rows_are_tried_without_a_server_where_none_is_needed() {
    let database = Database::new();
    let on_postgres = Used::over(&database.url());
    let on_sqlite = Used::with(on_sqlite(), |_, _| {});
    let url = sqlite(&on_sqlite.program, "hj.db");
    // Nothing listens there.
    let nowhere = "postgres://hellojohn@127.0.0.1:1/hellojohn";
    for (used, configured) in [(&on_postgres, url.as_str()), (&on_sqlite, nowhere)] {
        let rows = used.back_up(&["--rows-only"]);
        let program = used
            .program
            .clone()
            .with("HELLOJOHN_DATABASE_URL", configured);
        let rows = rows.to_str().unwrap();
        program.ok(["backup", "verify", "--restore-test", rows]);
        program.ok(["migrations", "verify", "--against", rows]);
    }
}

/// What cannot be told ends a trial; it does not leave the database of the trial behind.
#[cfg(target_os = "linux")]
#[test]
fn a_trial_whose_output_goes_nowhere_leaves_nothing() {
    let used = Used::with(on_sqlite(), |_, _| {});
    let copy = used.back_up(&[]).with_extension("sqlite3");
    let copy = copy.to_str().unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let commands: [&[&str]; 2] = [
        &["backup", "verify", "--restore-test", copy],
        &["migrations", "verify", "--against", copy],
    ];
    for command in commands {
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let ended = std::process::Command::new(env!("CARGO_BIN_EXE_hellojohn"))
            .args(command)
            .env("HELLOJOHN_DATABASE_URL", sqlite(&used.program, "hj.db"))
            .env("TMPDIR", scratch.path())
            .stdout(full.unwrap())
            .stderr(std::process::Stdio::null())
            .status()
            .unwrap();
        assert_eq!(ended.code(), Some(1));
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0);
    }
}
