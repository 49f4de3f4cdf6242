//! A database with rows that are hard to carry.

use crate::{databases::Database, run};

/// How times and bytes are written on either database.
struct Dialect {
    time: fn(&str, i64) -> String,
    bytes: fn(&str) -> String,
    flag: fn(bool) -> &'static str,
}

fn dialect(database: &Database) -> Dialect {
    if database.url.starts_with("sqlite") {
        Dialect {
            time: |_, micros| micros.to_string(),
            bytes: |hex| format!("x'{hex}'"),
            flag: |flag| if flag { "1" } else { "0" },
        }
    } else {
        Dialect {
            time: |text, _| format!("'{text}'"),
            bytes: |hex| format!("'\\x{hex}'"),
            flag: |flag| if flag { "true" } else { "false" },
        }
    }
}

const METADATA: &str = r#"{"big": 1e300, "exact": 12345678901234567890123, "small": 1.50, "b": [true, null, "é\n\u2028😀"], "a": {}}"#;

/// Fills a migrated database.
pub(crate) async fn fill(database: &Database) {
    let Dialect { time, bytes, flag } = dialect(database);
    let first = time("0001-01-01T00:00:00Z", -62_135_596_800_000_000);
    let last = time("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999);
    let now = time("2023-11-14T22:13:20.123456Z", 1_700_000_000_123_456);
    let (yes, no) = (flag(true), flag(false));
    let salt = bytes("00ff0a0d2200ff0a0d2200ff0a0d2200");
    let hash = bytes("");
    let mut sql = format!(
        "INSERT INTO cp_tenant VALUES ('ten_a', 'Ä '' \"quoted\" \\ name', 'a', 'active', '', '{{}}', '{METADATA}', '{{}}', {first}, {last});
         INSERT INTO cp_setting VALUES ('restore_epoch', '3 2026-01-01T00:00:00Z keep', {now});
         INSERT INTO hj_idempotency VALUES ('ten_a', {hash}, {salt}, NULL, {now}, {now});"
    );
    for (id, name) in [
        ("usr_z", "''"),
        ("usr_Z", "NULL"),
        ("usr_é", "'a\tb\r\nc😀'"),
    ] {
        sql += &format!(
            "INSERT INTO hj_user (tenant_id, id, email, email_verified, name, phone_verified, role, status, mfa_enabled,
                public_metadata, private_metadata, search_text, created_at, updated_at)
             VALUES ('ten_a', '{id}', '{id}@example.com', {yes}, {name}, {no}, '', 'active', {no}, '{METADATA}', '[]', '', {first}, {last});
             INSERT INTO hj_password_history VALUES ('ten_a', '{id}', -9223372036854775808, '', {now});
             INSERT INTO hj_password_history VALUES ('ten_a', '{id}', 9223372036854775807, '', {now});"
        );
    }
    for number in 0..2_500 {
        sql += &format!(
            "INSERT INTO hj_session (tenant_id, id, user_id, generation, rotated_at, created_at, last_active_at, expires_at,
                auth_time, mfa_verified, salt, amr)
             VALUES ('ten_a', 'ses_{number}', 'usr_z', {number}, {now}, {now}, {now}, {now}, {now}, {no}, {salt}, 'pwd');"
        );
    }
    run(database, &sql).await;
}
