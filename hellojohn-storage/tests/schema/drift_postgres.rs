//! Changes made behind the back of the migrations to PostgreSQL, each found by name.

use crate::drift::{Drift, each_is_found};

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
        "CREATE TABLE hj_passkey (id TEXT)",
        &["Unexpected table: hj_passkey"],
    ),
    (
        "DROP TABLE hj_outbox; CREATE VIEW hj_outbox AS SELECT 1 AS id",
        &["Missing table: hj_outbox", "Unexpected view: hj_outbox"],
    ),
    (
        "ALTER TABLE hj_user RESET (fillfactor)",
        &["Different table: hj_user (options none instead of fillfactor=90)"],
    ),
    (
        "ALTER TABLE hj_session SET UNLOGGED",
        &["Different table: hj_session (options fillfactor=80, unlogged instead of fillfactor=80)"],
    ),
    (
        "ALTER TABLE cp_setting ENABLE ROW LEVEL SECURITY",
        &["Different table: cp_setting (options row level security instead of none)"],
    ),
    // A role's own schema comes first in the search path, and hides our table from our statements.
    (
        "CREATE SCHEMA AUTHORIZATION CURRENT_USER; CREATE TABLE cp_setting (name TEXT COLLATE \"C\" NOT NULL, \
         value TEXT NOT NULL, updated_at TIMESTAMPTZ NOT NULL)",
        &["Missing constraint: cp_setting_pkey"],
    ),
    // Columns.
    (
        "ALTER TABLE hj_user DROP COLUMN first_name",
        &["Missing column: hj_user.first_name"],
    ),
    (
        "ALTER TABLE hj_user ADD COLUMN shoe_size BIGINT",
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
        "ALTER TABLE hj_password_history ALTER COLUMN ordinal TYPE INTEGER",
        &["Different column: hj_password_history.ordinal (type integer instead of bigint)"],
    ),
    (
        "ALTER TABLE hj_user ALTER COLUMN name TYPE VARCHAR(40)",
        &["Different column: hj_user.name (type character varying(40) instead of text)"],
    ),
    (
        "ALTER TABLE hj_session ALTER COLUMN expires_at TYPE TIMESTAMPTZ(0)",
        &[
            "Different column: hj_session.expires_at (type timestamp(0) with time zone instead of timestamp with time zone)",
        ],
    ),
    (
        "ALTER TABLE hj_user ALTER COLUMN role TYPE TEXT COLLATE \"default\"",
        &["Different column: hj_user.role (type text instead of text COLLATE \"C\")"],
    ),
    (
        "ALTER TABLE cp_tenant ALTER COLUMN plan DROP NOT NULL",
        &["Different column: cp_tenant.plan (nullable instead of not null)"],
    ),
    (
        "ALTER TABLE hj_session ALTER COLUMN country SET NOT NULL",
        &["Different column: hj_session.country (not null instead of nullable)"],
    ),
    (
        "ALTER TABLE cp_tenant ALTER COLUMN plan SET DEFAULT 'free'",
        &["Different column: cp_tenant.plan (default 'free'::text instead of none)"],
    ),
    (
        "ALTER TABLE hj_password_history ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY",
        &[
            "Different column: hj_password_history.ordinal (default GENERATED ALWAYS AS IDENTITY instead of none)",
        ],
    ),
    // Constraints.
    (
        "ALTER TABLE hj_user DROP CONSTRAINT hj_user_email_key",
        &["Missing constraint: hj_user_email_key"],
    ),
    (
        "ALTER TABLE hj_audit_log DROP CONSTRAINT hj_audit_log_pkey",
        &["Missing constraint: hj_audit_log_pkey"],
    ),
    (
        "ALTER TABLE hj_session DROP CONSTRAINT hj_session_salt_check",
        &["Missing constraint: hj_session_salt_check"],
    ),
    (
        "ALTER TABLE hj_session DROP CONSTRAINT hj_session_salt_check, \
         ADD CONSTRAINT hj_session_salt_check CHECK (octet_length(salt) = 8)",
        &[
            "Different constraint: hj_session_salt_check (CHECK (octet_length(salt) = 8) instead of CHECK (octet_length(salt) = 16))",
        ],
    ),
    (
        "ALTER TABLE hj_session DROP CONSTRAINT hj_session_salt_check, \
         ADD CONSTRAINT hj_session_salt_check CHECK (octet_length(salt) = 16) NOT VALID",
        &["Not validated constraint: hj_session_salt_check"],
    ),
    (
        "ALTER TABLE hj_user DROP CONSTRAINT hj_user_email_key, \
         ADD CONSTRAINT hj_user_email_key UNIQUE (tenant_id, email) DEFERRABLE",
        &[
            "Different constraint: hj_user_email_key (UNIQUE (tenant_id, email) DEFERRABLE instead of UNIQUE (tenant_id, email))",
        ],
    ),
    (
        "ALTER TABLE hj_user ADD CONSTRAINT no_bobs CHECK (name <> 'Bob')",
        &["Unexpected constraint: no_bobs"],
    ),
    (
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'hj_user_phone_key'::regclass",
        &["Not validated constraint: hj_user_phone_key"],
    ),
    // Foreign keys.
    (
        "ALTER TABLE hj_session DROP CONSTRAINT hj_session_user_id_fkey",
        &["Missing foreign key: hj_session_user_id_fkey"],
    ),
    (
        "ALTER TABLE hj_session DROP CONSTRAINT hj_session_user_id_fkey, \
         ADD CONSTRAINT hj_session_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES hj_user (tenant_id, id)",
        &[
            "Different foreign key: hj_session_user_id_fkey (FOREIGN KEY (tenant_id, user_id) REFERENCES hj_user(tenant_id, id) instead of FOREIGN KEY (tenant_id, user_id) REFERENCES hj_user(tenant_id, id) ON DELETE CASCADE)",
        ],
    ),
    (
        "ALTER TABLE hj_outbox DROP CONSTRAINT hj_outbox_tenant_id_fkey, \
         ADD CONSTRAINT hj_outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id) NOT VALID",
        &["Not validated foreign key: hj_outbox_tenant_id_fkey"],
    ),
    (
        "ALTER TABLE hj_outbox DISABLE TRIGGER ALL",
        &[
            "Different foreign key: hj_outbox_tenant_id_fkey (FOREIGN KEY (tenant_id) REFERENCES cp_tenant(id) DISABLED instead of FOREIGN KEY (tenant_id) REFERENCES cp_tenant(id))",
        ],
    ),
    (
        "ALTER TABLE cp_audit_log ADD CONSTRAINT ties FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)",
        &["Unexpected foreign key: ties"],
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
            "Different index: idx_hj_session_user_id_active (CREATE INDEX idx_hj_session_user_id_active ON hj_session USING btree (tenant_id, user_id) instead of CREATE INDEX idx_hj_session_user_id_active ON hj_session USING btree (tenant_id, user_id) WHERE revoked_at IS NULL)",
        ],
    ),
    (
        "DROP INDEX idx_hj_outbox_created_at; \
         CREATE UNIQUE INDEX idx_hj_outbox_created_at ON hj_outbox (tenant_id, created_at)",
        &[
            "Different index: idx_hj_outbox_created_at (CREATE UNIQUE INDEX idx_hj_outbox_created_at ON hj_outbox USING btree (tenant_id, created_at) instead of CREATE INDEX idx_hj_outbox_created_at ON hj_outbox USING btree (tenant_id, created_at))",
        ],
    ),
    (
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_hj_outbox_created_at'::regclass",
        &["Invalid index: idx_hj_outbox_created_at"],
    ),
    (
        "CREATE INDEX idx_slow ON hj_session (last_active_at)",
        &["Unexpected index: idx_slow"],
    ),
    // What we have none of.
    (
        "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
         CREATE TRIGGER swallow BEFORE INSERT ON hj_audit_log FOR EACH ROW EXECUTE FUNCTION swallow()",
        &["Unexpected trigger: hj_audit_log.swallow"],
    ),
    (
        "CREATE FUNCTION hj_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
        &["Unexpected function: hj_now()"],
    ),
    (
        "CREATE POLICY own_rows ON hj_user FOR SELECT USING (id = current_user)",
        &["Unexpected policy: hj_user.own_rows"],
    ),
    (
        "CREATE RULE deaf AS ON DELETE TO hj_session DO INSTEAD NOTHING",
        &["Unexpected rule: hj_session.deaf"],
    ),
    (
        "CREATE VIEW hj_people AS SELECT email FROM hj_user",
        &["Unexpected view: hj_people"],
    ),
    // The ledger is part of the schema.
    (
        "ALTER TABLE hj_schema_migration ALTER COLUMN checksum DROP NOT NULL",
        &["Different column: hj_schema_migration.checksum (nullable instead of not null)"],
    ),
    // Several at once, in one order.
    (
        "CREATE TABLE cp_extra (id TEXT); DROP INDEX idx_hj_outbox_created_at; DROP TABLE hj_idempotency; \
         ALTER TABLE hj_user ALTER COLUMN role DROP NOT NULL",
        &[
            "Missing table: hj_idempotency",
            "Missing index: idx_hj_outbox_created_at",
            "Different column: hj_user.role (nullable instead of not null)",
            "Unexpected table: cp_extra",
        ],
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_drift_is_found_by_name() {
    each_is_found(DRIFTS, crate::migrated::postgres).await;
}
