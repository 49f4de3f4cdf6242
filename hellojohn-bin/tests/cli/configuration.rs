use crate::support::Program;

/// Everything production asks for, over a SQLite file.
fn complete() -> Program {
    let program = Program::production("");
    let url = format!("sqlite://{}", program.folder().join("hj.db").display());
    program.with("HELLOJOHN_DATABASE_URL", &url)
}

#[test]
fn everything_missing_is_named_at_once() {
    let finished = Program::bare().run(["serve"]);
    assert_eq!(finished.code, Some(1));
    let first = finished.stderr.lines().next().unwrap();
    assert_eq!(
        first,
        "Error: HELLOJOHN_DATABASE_URL, HELLOJOHN_JWT_SIGNING_KEY, HELLOJOHN_ENCRYPTION_KEY, \
         HELLOJOHN_APP_URL are not set"
    );
    assert!(
        finished.stderr.contains("DATABASE_URL, "),
        "{}",
        finished.stderr
    );

    let finished = complete().without("HELLOJOHN_DATABASE_URL").run(["serve"]);
    assert_eq!(finished.code, Some(1));
    let first = finished.stderr.lines().next().unwrap();
    assert_eq!(first, "Error: HELLOJOHN_DATABASE_URL is not set");

    let finished = Program::bare().run(["migrations", "status"]);
    assert_eq!(finished.code, Some(1));
    let first = finished.stderr.lines().next().unwrap();
    assert_eq!(first, "Error: HELLOJOHN_DATABASE_URL is not set");
}

#[test]
fn dangerous_and_senseless_settings_stop_production() {
    for (name, value) in [
        ("APP_URL", "http://auth.example.com"),
        ("APP_URL", "hunter2"),
        ("HELLOJOHN_ENCRYPTION_KEY", "hunter2"),
        (
            "HELLOJOHN_ENCRYPTION_KEY",
            "hunterhunterhunterhunterhunterhunter",
        ),
        (
            "HELLOJOHN_JWT_SIGNING_KEY",
            "hunter2hunter2hunter2hunter2hunter2",
        ),
        ("JWT_ALGORITHM", "HS256"),
        ("HELLOJOHN_ARGON2_MEMORY_KIB", "4096"),
        ("HELLOJOHN_ALLOWED_ORIGINS", "*"),
        ("HELLOJOHN_BREACH_URL", "http://hunter2.example/"),
        ("ACCESS_TOKEN_TTL", "hunter2"),
        ("HELLOJOHN_REFRESH_GRACE", "5m"),
        ("REFRESH_TOKEN_ROTATION", "false"),
        ("HELLOJOHN_ENV", "hunter2"),
        ("LOG_LEVEL", "hunter2"),
        ("HELLOJOHN_PORT", "hunter2"),
        ("HELLOJOHN_DATABASE_URL", "mysql://u:hunter2@h/d"),
        ("HELLOJOHN_ACESS_TOKEN_TTL", "15m"),
        ("DATABASE_SSL_MODE", "hunter2"),
    ] {
        let finished = complete().with(name, value).run(["serve"]);
        assert_eq!(finished.code, Some(1), "{name}={value}: {finished:?}");
        let first = finished.stderr.lines().next().unwrap();
        assert!(
            first.starts_with("Error: ") && first.contains(name),
            "{name}={value}: {first}"
        );
        assert!(!finished.stderr.contains("hunter"), "{name}: {first}");
    }
}

#[test]
fn a_hash_below_the_floor_says_what_the_floor_is() {
    let finished = complete()
        .with("HELLOJOHN_ARGON2_MEMORY_KIB", "4096")
        .run(["serve"]);
    assert!(
        finished.stderr.contains("19456 with 2"),
        "{}",
        finished.stderr
    );
}

#[test]
fn a_database_that_is_not_there_is_named_without_its_password() {
    let finished = complete()
        .with(
            "HELLOJOHN_DATABASE_URL",
            "postgres://john:hunter2@127.0.0.1:1/hellojohn",
        )
        .with("DATABASE_CONNECT_TIMEOUT", "1s")
        .run(["serve"]);
    assert_eq!(finished.code, Some(1));
    let line = finished.stderr.lines().next().unwrap();
    assert!(
        line.contains("postgres://john:***@127.0.0.1:1/hellojohn"),
        "{line}"
    );
    assert!(!format!("{finished:?}").contains("hunter2"), "{finished:?}");
}

#[test]
fn secrets_may_come_from_files_and_two_names_that_differ_are_told() {
    let program = complete();
    let key = program.folder().join("key");
    std::fs::write(&key, format!("{}\n", "q8Zt3Wn5Lr0Yb7Vx2Kc9Hd4Pf6Ms1Gj-")).unwrap();
    let server = program
        .without("HELLOJOHN_ENCRYPTION_KEY")
        .with("ENCRYPTION_KEY_FILE", key.to_str().unwrap())
        .with("HELLOJOHN_LOG_LEVEL", "info")
        .with("LOG_LEVEL", "debug")
        .serve(&["serve"]);
    let log = server.stop().stdout;
    let warning = "HELLOJOHN_LOG_LEVEL and LOG_LEVEL are both set and differ";
    assert_eq!(log.matches(warning).count(), 1, "{log}");
}

#[test]
fn a_port_in_use_is_one_clear_line() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let finished = complete().with("PORT", &port).run(["serve"]);
    assert_eq!(finished.code, Some(1));
    assert!(
        finished
            .stderr
            .starts_with("Error: cannot listen on 127.0.0.1:"),
        "{finished:?}"
    );
    assert_eq!(finished.stderr.lines().count(), 1);
}

#[test]
fn the_program_has_three_names_and_wrong_usage_ends_with_one() {
    for binary in [
        env!("CARGO_BIN_EXE_hellojohn"),
        env!("CARGO_BIN_EXE_hj"),
        env!("CARGO_BIN_EXE_hjctl"),
    ] {
        let program = Program::bare().called(binary);
        let expected = format!("hellojohn {}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!(program.ok(["version"]), expected);
        let finished = program.run(["fly"]);
        assert_eq!(finished.code, Some(1));
        assert!(finished.stderr.starts_with("Error: ") && finished.stderr.lines().count() == 1);
    }
}
