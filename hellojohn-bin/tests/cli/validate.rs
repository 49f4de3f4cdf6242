use hellojohn_storage::sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection};

use crate::support::{Database, Program};

/// The same program over both databases, and a way to change each behind its back.
fn on_both(test: impl Fn(&str, &dyn Fn(&str))) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("hj.db").display());
    test(&url, &|sql| on_sqlite(&url, sql));

    let database = Database::new();
    test(&database.url(), &|sql| database.execute(sql));
}

fn over(url: &str) -> Program {
    Program::bare().with("HELLOJOHN_DATABASE_URL", url)
}

fn on_sqlite(url: &str, sql: &str) {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            let mut conn = SqliteConnection::connect(url).await.unwrap();
            conn.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
            conn.close().await.unwrap();
        });
}

/// What a failed or passed validation prints, having printed no error beside it.
fn validated(url: &str, code: i32) -> String {
    let finished = over(url).run(["migrations", "validate"]);
    assert_eq!(finished.code, Some(code), "{finished:?}");
    assert_eq!(finished.stderr, "");
    finished.stdout
}

#[test]
fn the_documented_lines_and_nothing_else_are_printed() {
    on_both(|url, change| {
        over(url).ok(["migrations", "run"]);
        insta::allow_duplicates!(insta::assert_snapshot!(validated(url, 0), @"
        ✅ Schema validation passed
          All 25 tables present
          All indexes present
          All constraints valid
        "));

        change("DROP TABLE hj_outbox");
        change("DROP INDEX idx_hj_session_user_id_active");
        change("ALTER TABLE hj_user ADD COLUMN shoe_size TEXT");
        insta::allow_duplicates!(insta::assert_snapshot!(validated(url, 1), @"
        ❌ Schema validation failed

          Missing table: hj_outbox
          Missing index: idx_hj_session_user_id_active
          Unexpected column: hj_user.shoe_size

        No missing migration explains this: the schema was changed by other means. Repair it by hand or restore a backup, then validate again.
        "));
    });
}

#[test]
fn an_empty_database_is_to_be_migrated() {
    on_both(|url, _| {
        insta::allow_duplicates!(insta::assert_snapshot!(validated(url, 1), @"
        ❌ Schema validation failed

          Missing table: cp_api_key
          Missing table: cp_audit_log
          Missing table: cp_master_key
          Missing table: cp_setting
          Missing table: cp_signing_key
          Missing table: cp_tenant
          Missing table: hj_audit_log
          Missing table: hj_backup_code
          Missing table: hj_device
          Missing table: hj_email_config
          Missing table: hj_email_template
          Missing table: hj_idempotency
          Missing table: hj_lockout
          Missing table: hj_message
          Missing table: hj_mfa_challenge
          Missing table: hj_mfa_factor
          Missing table: hj_one_time
          Missing table: hj_otp_code
          Missing table: hj_outbox
          Missing table: hj_passkey_credential
          Missing table: hj_password_history
          Missing table: hj_recovery_request
          Missing table: hj_schema_migration
          Missing table: hj_session
          Missing table: hj_user

        Run hj migrations run to apply missing migrations.
        "));
    });
}

#[test]
fn json_has_the_same_facts() {
    on_both(|url, change| {
        over(url).ok(["migrations", "run"]);
        let elsewhere = Program::bare();
        let arguments = [
            "migrations",
            "validate",
            "--database-url",
            url,
            "-o",
            "json",
        ];
        let passed = elsewhere.json(arguments);
        assert_eq!(passed["valid"], true);
        assert_eq!(passed["differences"].as_array().unwrap().len(), 0);
        assert_eq!(passed["hint"], serde_json::Value::Null);
        assert!(passed["checked"]["tables"].as_u64().unwrap() >= 13);
        assert!(passed["checked"]["indexes"].as_u64().unwrap() >= 6);

        change("DROP INDEX idx_hj_session_user_id_active");
        change("CREATE INDEX idx_hj_session_user_id_active ON hj_session (user_id)");
        let failed = elsewhere.run(arguments);
        assert_eq!(failed.code, Some(1));
        let told: serde_json::Value = serde_json::from_str(&failed.stdout).unwrap();
        let difference = &told["differences"][0];
        assert_eq!(difference["kind"], "index");
        assert_eq!(difference["problem"], "different");
        assert_eq!(difference["object"], "idx_hj_session_user_id_active");
        let (expected, found) = (&difference["expected"], &difference["found"]);
        assert!(expected.as_str().unwrap().contains("revoked_at"), "{told}");
        assert!(!found.as_str().unwrap().contains("revoked_at"), "{told}");
    });
}

#[test]
fn a_missing_url_is_named() {
    let finished = Program::bare().run(["migrations", "validate"]);
    assert_eq!(finished.code, Some(1));
    let first = finished.stderr.lines().next();
    assert_eq!(first, Some("Error: HELLOJOHN_DATABASE_URL is not set"));
}
