use crate::support::Program;

#[test]
fn the_health_of_a_server_is_told_by_the_exit_code_and_a_word() {
    let program = Program::new();
    let server = program.serve(&["serve", "--dev"]);
    let url = format!("http://{}", server.address);
    assert_eq!(program.ok(["health", "--url", &url]), "ok\n");
    assert_eq!(
        program.ok(["health", "--url", &format!("{url}/livez")]),
        "ok\n"
    );
    let told = program.json(["health", "--url", &url, "-o", "json"]);
    assert_eq!(told["status"], "ok");
    assert!(told["schema_version"].is_string(), "{told}");

    let elsewhere = program.run(["health", "--url", &format!("{url}/nowhere")]);
    assert_eq!(elsewhere.code, Some(1));
    assert!(elsewhere.stderr.contains("answered 404"), "{elsewhere:?}");

    let (_, port) = server.address.rsplit_once(':').unwrap();
    let by_variables = program.clone().with("PORT", port);
    assert_eq!(by_variables.ok(["health"]), "ok\n");
    server.stop();
    let gone = by_variables.run(["health"]);
    assert_eq!(gone.code, Some(1));
    assert_eq!(gone.stdout, "");
    assert!(
        gone.stderr.starts_with("Error: http://127.0.0.1:"),
        "{gone:?}"
    );
    assert_eq!(gone.stderr.lines().count(), 1, "{gone:?}");
}

#[test]
fn a_server_does_not_serve_on_a_schema_somebody_else_made() {
    let database = crate::support::Database::new();
    let program =
        Program::production(&database.url()).with("HELLOJOHN_RUN_MIGRATIONS_ON_START", "false");
    program.ok(["migrate"]);
    database
        .execute("UPDATE hj_schema_migration SET checksum = 'x' WHERE version = '20261120_001'");
    let refused = program.run(["serve"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    let why = "Error: migration 20261120_001_initial_schema was changed after it was applied";
    assert!(refused.stderr.contains(why), "{refused:?}");
}

#[test]
fn a_server_that_waits_for_migrations_is_alive_and_not_healthy() {
    let database = crate::support::Database::new();
    let program =
        Program::production(&database.url()).with("HELLOJOHN_RUN_MIGRATIONS_ON_START", "false");
    let server = program.start(&["serve"]);
    let url = format!("http://{}", server.address);
    assert_eq!(
        program.ok(["health", "--url", &format!("{url}/livez")]),
        "ok\n"
    );
    server.wait_for("_initial_schema");
    let waiting = program.run(["health", "--url", &url]);
    assert_eq!(waiting.code, Some(1));
    assert!(
        waiting.stderr.contains("answered 503: migrations_pending"),
        "{waiting:?}"
    );
    server.stop();
}

#[test]
fn what_a_waiting_server_waits_for_is_named() {
    let database = crate::support::Database::new();
    let program =
        Program::production(&database.url()).with("HELLOJOHN_RUN_MIGRATIONS_ON_START", "false");
    let server = program.start(&["serve"]);
    server.wait_for("migrations are pending");
    let url = format!("http://{}", server.address);
    let waiting = program.run(["health", "--url", &url, "-o", "json"]);
    assert_eq!(waiting.code, Some(1));
    assert!(
        waiting.stderr.contains(
            "migrations_pending; run `hj migrations run` for 20261120_001_initial_schema"
        ),
        "{waiting:?}"
    );
    let told: serde_json::Value = serde_json::from_str(&waiting.stdout).unwrap();
    assert_eq!(told["status"], "migrations_pending");
    server.stop();
}
