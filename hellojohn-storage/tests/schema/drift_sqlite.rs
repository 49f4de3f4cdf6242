//! Changes made behind the back of the migrations to SQLite, each found by name.

use crate::drift::{Drift, each_is_found};

/// Rewrites the statement a table was made by: what `ALTER TABLE` cannot do there.
macro_rules! edit {
    ($table:literal, $from:literal, $to:literal) => {
        concat!(
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '",
            $from,
            "', '",
            $to,
            "') WHERE name = '",
            $table,
            "'; PRAGMA writable_schema = RESET"
        )
    };
}

const DRIFTS: &[Drift] = &[
    // Tables.
    ("DROP TABLE hj_outbox", &["Missing table: hj_outbox"]),
    (
        "ALTER TABLE hj_outbox RENAME TO hj_outbox_old",
        &[
            "Missing table: hj_outbox",
            "Unexpected table: hj_outbox_old",
        ],
    ),
    (
        "CREATE TABLE HJ_Passkey (id TEXT)",
        &["Unexpected table: hj_passkey"],
    ),
    (
        "DROP TABLE hj_outbox; CREATE VIEW hj_outbox AS SELECT 1 AS id",
        &["Missing table: hj_outbox", "Unexpected view: hj_outbox"],
    ),
    (
        edit!("cp_setting", ") STRICT", ")"),
        &["Different table: cp_setting (options none instead of STRICT)"],
    ),
    (
        "DROP TABLE cp_setting; CREATE TABLE cp_setting (name TEXT NOT NULL, value TEXT NOT NULL, \
         updated_at INTEGER NOT NULL, CONSTRAINT cp_setting_pkey PRIMARY KEY (name)) STRICT, WITHOUT ROWID",
        &["Different table: cp_setting (options STRICT, WITHOUT ROWID instead of STRICT)"],
    ),
    // Columns.
    (
        "ALTER TABLE hj_user DROP COLUMN first_name",
        &["Missing column: hj_user.first_name"],
    ),
    (
        "ALTER TABLE hj_user ADD COLUMN shoe_size INTEGER",
        &["Unexpected column: hj_user.shoe_size"],
    ),
    (
        "ALTER TABLE hj_session RENAME COLUMN country TO land",
        &[
            "Missing column: hj_session.country",
            "Unexpected column: hj_session.land",
        ],
    ),
    (
        edit!("hj_password_history", "ordinal INTEGER", "ordinal TEXT"),
        &["Different column: hj_password_history.ordinal (type TEXT instead of INTEGER)"],
    ),
    (
        edit!("hj_session", "salt BLOB", "salt ANY"),
        &["Different column: hj_session.salt (type ANY instead of BLOB)"],
    ),
    (
        edit!("hj_user", "role TEXT", "role TEXT COLLATE NOCASE"),
        &["Different column: hj_user.role (type TEXT COLLATE NOCASE instead of TEXT)"],
    ),
    (
        edit!("cp_tenant", "plan TEXT NOT NULL", "plan TEXT"),
        &["Different column: cp_tenant.plan (nullable instead of not null)"],
    ),
    (
        edit!("hj_session", "country TEXT", "country TEXT NOT NULL"),
        &["Different column: hj_session.country (not null instead of nullable)"],
    ),
    (
        edit!(
            "cp_tenant",
            "plan TEXT NOT NULL",
            "plan TEXT NOT NULL DEFAULT ''free''"
        ),
        &["Different column: cp_tenant.plan (default 'free' instead of none)"],
    ),
    (
        edit!(
            "hj_session",
            "country TEXT",
            "country TEXT GENERATED ALWAYS AS (lower(user_agent)) VIRTUAL"
        ),
        &[
            "Different column: hj_session.country (default GENERATED ALWAYS AS (lower(user_agent)) VIRTUAL instead of none)",
        ],
    ),
    // Constraints.
    (
        edit!(
            "hj_user",
            "CONSTRAINT hj_user_status_check CHECK (status IN (''active'', ''disabled'', ''banned'', ''pending'')),",
            ""
        ),
        &["Missing constraint: hj_user_status_check"],
    ),
    (
        edit!("hj_session", "length(salt) = 16", "length(salt) = 8"),
        &[
            "Different constraint: hj_session_salt_check (CHECK (length(salt) = 8) instead of CHECK (length(salt) = 16))",
        ],
    ),
    (
        edit!("hj_session", "''sign_out'', ''revoked''", "''revoked''"),
        &[
            "Different constraint: hj_session_revoked_reason_check (CHECK (revoked_reason IN ('revoked', 'refresh_reuse', 'password_changed', 'user_disabled', 'user_banned', 'too_many_sessions')) instead of CHECK (revoked_reason IN ('sign_out', 'revoked', 'refresh_reuse', 'password_changed', 'user_disabled', 'user_banned', 'too_many_sessions')))",
        ],
    ),
    (
        edit!(
            "hj_session",
            "hj_session_salt_check",
            "hj_session_salty_check"
        ),
        &[
            "Missing constraint: hj_session_salt_check",
            "Unexpected constraint: hj_session_salty_check",
        ],
    ),
    (
        edit!(
            "hj_user",
            "hj_user_email_key UNIQUE (tenant_id, email)",
            "hj_user_email_key UNIQUE (email, tenant_id)"
        ),
        &[
            "Different constraint: hj_user_email_key (UNIQUE (email, tenant_id) instead of UNIQUE (tenant_id, email))",
        ],
    ),
    (
        edit!(
            "hj_user",
            "UNIQUE (tenant_id, email)",
            "UNIQUE (tenant_id, email) ON CONFLICT REPLACE"
        ),
        &[
            "Different constraint: hj_user_email_key (UNIQUE (tenant_id, email) ON CONFLICT REPLACE instead of UNIQUE (tenant_id, email))",
        ],
    ),
    (
        "DROP TABLE cp_setting; CREATE TABLE cp_setting (name TEXT NOT NULL, value TEXT NOT NULL, \
         updated_at INTEGER NOT NULL) STRICT",
        &["Missing constraint: cp_setting_pkey"],
    ),
    (
        "ALTER TABLE hj_user ADD COLUMN cat TEXT CONSTRAINT no_cats CHECK (cat IS NULL)",
        &[
            "Unexpected column: hj_user.cat",
            "Unexpected constraint: no_cats",
        ],
    ),
    (
        edit!(
            "cp_tenant",
            "plan TEXT NOT NULL",
            "plan TEXT NOT NULL CHECK (plan <> '''')"
        ),
        &["Unexpected constraint: cp_tenant CHECK (plan <> '')"],
    ),
    // Foreign keys.
    (
        edit!(
            "hj_outbox",
            ",\n    CONSTRAINT hj_outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)",
            ""
        ),
        &["Missing foreign key: hj_outbox_tenant_id_fkey"],
    ),
    (
        edit!("hj_session", "ON DELETE CASCADE", "ON DELETE RESTRICT"),
        &[
            "Different foreign key: hj_session_user_id_fkey (FOREIGN KEY (tenant_id, user_id) REFERENCES hj_user(tenant_id, id) ON DELETE RESTRICT instead of FOREIGN KEY (tenant_id, user_id) REFERENCES hj_user(tenant_id, id) ON DELETE CASCADE)",
        ],
    ),
    (
        edit!(
            "hj_outbox",
            "REFERENCES cp_tenant (id)",
            "REFERENCES cp_master_key (id)"
        ),
        &[
            "Different foreign key: hj_outbox_tenant_id_fkey (FOREIGN KEY (tenant_id) REFERENCES cp_master_key(id) instead of FOREIGN KEY (tenant_id) REFERENCES cp_tenant(id))",
        ],
    ),
    (
        "ALTER TABLE hj_audit_log ADD COLUMN user_id TEXT REFERENCES hj_user (id)",
        &[
            "Unexpected column: hj_audit_log.user_id",
            "Unexpected foreign key: hj_audit_log FOREIGN KEY (user_id) REFERENCES hj_user(id)",
        ],
    ),
    // Indexes.
    (
        "DROP INDEX idx_hj_session_user_id_active",
        &["Missing index: idx_hj_session_user_id_active"],
    ),
    (
        "DROP INDEX idx_hj_session_user_id_active; \
         CREATE INDEX idx_hj_session_user_id_active ON hj_session (tenant_id, user_id)",
        &[
            "Different index: idx_hj_session_user_id_active (CREATE INDEX idx_hj_session_user_id_active ON hj_session(tenant_id, user_id) instead of CREATE INDEX idx_hj_session_user_id_active ON hj_session(tenant_id, user_id) WHERE revoked_at IS NULL)",
        ],
    ),
    (
        "DROP INDEX idx_hj_outbox_created_at; \
         CREATE UNIQUE INDEX idx_hj_outbox_created_at ON hj_outbox (tenant_id, created_at)",
        &[
            "Different index: idx_hj_outbox_created_at (CREATE UNIQUE INDEX idx_hj_outbox_created_at ON hj_outbox(tenant_id, created_at) instead of CREATE INDEX idx_hj_outbox_created_at ON hj_outbox(tenant_id, created_at))",
        ],
    ),
    (
        "CREATE INDEX idx_slow ON hj_session (last_active_at)",
        &["Unexpected index: idx_slow"],
    ),
    // What we have none of.
    (
        "CREATE TRIGGER deaf BEFORE DELETE ON hj_session BEGIN SELECT RAISE(IGNORE); END",
        &["Unexpected trigger: hj_session.deaf"],
    ),
    (
        "CREATE VIEW hj_people AS SELECT email FROM hj_user",
        &["Unexpected view: hj_people"],
    ),
    // The ledger is part of the schema.
    (
        edit!(
            "hj_schema_migration",
            "checksum TEXT NOT NULL",
            "checksum TEXT"
        ),
        &["Different column: hj_schema_migration.checksum (nullable instead of not null)"],
    ),
    // Several at once, in one order.
    (
        "CREATE TABLE cp_extra (id TEXT); DROP INDEX idx_hj_outbox_created_at; DROP TABLE hj_idempotency; \
         ALTER TABLE hj_user DROP COLUMN name",
        &[
            "Missing table: hj_idempotency",
            "Missing column: hj_user.name",
            "Missing index: idx_hj_outbox_created_at",
            "Unexpected table: cp_extra",
        ],
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_drift_is_found_by_name() {
    each_is_found(DRIFTS, crate::migrated::sqlite).await;
}
