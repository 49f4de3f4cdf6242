-- Times are whole microseconds since the Unix epoch, truth values 0 and 1.
-- A row that breaks several unique rules is refused by the one declared last; PostgreSQL names the
-- first. So they stand here in reverse, and both databases tell the same.

-- Control plane: one row set per instance.

CREATE TABLE cp_tenant (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    status TEXT NOT NULL,
    plan TEXT NOT NULL,
    config TEXT NOT NULL,
    public_metadata TEXT NOT NULL,
    private_metadata TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT cp_tenant_slug_key UNIQUE (slug),
    CONSTRAINT cp_tenant_pkey PRIMARY KEY (id),
    CONSTRAINT cp_tenant_status_check CHECK (status IN ('active', 'suspended', 'deleted'))
) STRICT;

CREATE TABLE cp_api_key (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    environment TEXT NOT NULL,
    last_four TEXT NOT NULL,
    hash BLOB NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    expires_at INTEGER,
    revoked_at INTEGER,
    CONSTRAINT cp_api_key_hash_key UNIQUE (hash),
    CONSTRAINT cp_api_key_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT cp_api_key_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT cp_api_key_kind_check CHECK (kind IN ('publishable', 'secret')),
    CONSTRAINT cp_api_key_environment_check CHECK (environment IN ('live', 'test'))
) STRICT;

CREATE TABLE cp_master_key (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    environment TEXT NOT NULL,
    last_four TEXT NOT NULL,
    hash BLOB NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    expires_at INTEGER,
    revoked_at INTEGER,
    CONSTRAINT cp_master_key_hash_key UNIQUE (hash),
    CONSTRAINT cp_master_key_pkey PRIMARY KEY (id),
    CONSTRAINT cp_master_key_kind_check CHECK (kind = 'master'),
    CONSTRAINT cp_master_key_environment_check CHECK (environment IN ('live', 'test'))
) STRICT;

CREATE TABLE cp_signing_key (
    id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    public_key BLOB,
    sealed TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    active_from INTEGER,
    retired_at INTEGER,
    CONSTRAINT cp_signing_key_pkey PRIMARY KEY (id),
    CONSTRAINT cp_signing_key_purpose_check CHECK (purpose IN ('access_token', 'refresh_token')),
    CONSTRAINT cp_signing_key_public_key_check CHECK (length(public_key) = 32)
) STRICT;

CREATE TABLE cp_setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT cp_setting_pkey PRIMARY KEY (name)
) STRICT;

-- No foreign key: the log of an instance outlives its tenants.
CREATE TABLE cp_audit_log (
    id TEXT NOT NULL,
    tenant_id TEXT,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    actor_email TEXT,
    resource_kind TEXT,
    resource_id TEXT,
    ip_address TEXT,
    user_agent TEXT,
    country TEXT,
    device_type TEXT,
    outcome TEXT NOT NULL,
    reason TEXT,
    request_id TEXT,
    metadata TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT cp_audit_log_pkey PRIMARY KEY (id),
    CONSTRAINT cp_audit_log_actor_kind_check CHECK (actor_kind IN ('user', 'admin', 'api_key', 'system')),
    CONSTRAINT cp_audit_log_outcome_check CHECK (outcome IN ('success', 'failure'))
) STRICT;

-- Data plane: the tenant is part of every key and every reference.

CREATE TABLE hj_user (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    email_verified INTEGER NOT NULL,
    username TEXT,
    name TEXT,
    first_name TEXT,
    last_name TEXT,
    phone TEXT,
    phone_verified INTEGER NOT NULL,
    avatar_url TEXT,
    external_id TEXT,
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT,
    banned_until INTEGER,
    password_hash TEXT,
    password_changed_at INTEGER,
    mfa_enabled INTEGER NOT NULL,
    public_metadata TEXT NOT NULL,
    private_metadata TEXT NOT NULL,
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_sign_in_at INTEGER,
    last_active_at INTEGER,
    CONSTRAINT hj_user_external_id_key UNIQUE (tenant_id, external_id),
    CONSTRAINT hj_user_phone_key UNIQUE (tenant_id, phone),
    CONSTRAINT hj_user_username_key UNIQUE (tenant_id, username),
    CONSTRAINT hj_user_email_key UNIQUE (tenant_id, email),
    CONSTRAINT hj_user_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_user_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT hj_user_status_check CHECK (status IN ('active', 'disabled', 'banned', 'pending')),
    CONSTRAINT hj_user_email_verified_check CHECK (email_verified IN (0, 1)),
    CONSTRAINT hj_user_phone_verified_check CHECK (phone_verified IN (0, 1)),
    CONSTRAINT hj_user_mfa_enabled_check CHECK (mfa_enabled IN (0, 1))
) STRICT;

CREATE INDEX idx_hj_user_created_at ON hj_user (tenant_id, created_at, id);

CREATE TABLE hj_session (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    rotated_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    idle_expires_at INTEGER,
    revoked_at INTEGER,
    auth_time INTEGER NOT NULL,
    mfa_verified INTEGER NOT NULL,
    salt BLOB NOT NULL,
    amr TEXT NOT NULL,
    revoked_reason TEXT,
    ip_address TEXT,
    user_agent TEXT,
    country TEXT,
    device_type TEXT,
    CONSTRAINT hj_session_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_session_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT hj_session_generation_check CHECK (generation BETWEEN 0 AND 4294967295),
    CONSTRAINT hj_session_salt_check CHECK (length(salt) = 16),
    CONSTRAINT hj_session_revoked_reason_check CHECK (revoked_reason IN (
        'sign_out', 'revoked', 'refresh_reuse', 'password_changed', 'user_disabled', 'user_banned', 'too_many_sessions'
    )),
    CONSTRAINT hj_session_mfa_verified_check CHECK (mfa_verified IN (0, 1))
) STRICT;

CREATE INDEX idx_hj_session_user_id ON hj_session (tenant_id, user_id);
CREATE INDEX idx_hj_session_user_id_active ON hj_session (tenant_id, user_id) WHERE revoked_at IS NULL;
CREATE INDEX idx_hj_session_expires_at ON hj_session (tenant_id, expires_at);

CREATE TABLE hj_password_history (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT hj_password_history_pkey PRIMARY KEY (tenant_id, user_id, ordinal),
    CONSTRAINT hj_password_history_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE hj_audit_log (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    actor_email TEXT,
    resource_kind TEXT,
    resource_id TEXT,
    ip_address TEXT,
    user_agent TEXT,
    country TEXT,
    device_type TEXT,
    outcome TEXT NOT NULL,
    reason TEXT,
    request_id TEXT,
    metadata TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT hj_audit_log_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT hj_audit_log_actor_kind_check CHECK (actor_kind IN ('user', 'admin', 'api_key', 'system')),
    CONSTRAINT hj_audit_log_outcome_check CHECK (outcome IN ('success', 'failure'))
) STRICT;

CREATE TABLE hj_outbox (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT hj_outbox_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)
) STRICT;

CREATE INDEX idx_hj_outbox_created_at ON hj_outbox (tenant_id, created_at);

CREATE TABLE hj_idempotency (
    tenant_id TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    answer TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CONSTRAINT hj_idempotency_pkey PRIMARY KEY (tenant_id, key_hash),
    CONSTRAINT hj_idempotency_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)
) STRICT;

CREATE INDEX idx_hj_idempotency_expires_at ON hj_idempotency (tenant_id, expires_at);
