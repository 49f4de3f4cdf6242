-- Control plane: one row set per instance.

CREATE TABLE cp_tenant (
    id TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    status TEXT NOT NULL,
    plan TEXT NOT NULL,
    config JSONB NOT NULL,
    public_metadata JSONB NOT NULL,
    private_metadata JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT cp_tenant_pkey PRIMARY KEY (id),
    CONSTRAINT cp_tenant_slug_key UNIQUE (slug),
    CONSTRAINT cp_tenant_status_check CHECK (status IN ('active', 'suspended', 'deleted'))
);

CREATE TABLE cp_api_key (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    environment TEXT NOT NULL,
    last_four TEXT NOT NULL,
    hash BYTEA NOT NULL,
    scopes TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    CONSTRAINT cp_api_key_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT cp_api_key_hash_key UNIQUE (hash),
    CONSTRAINT cp_api_key_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT cp_api_key_kind_check CHECK (kind IN ('publishable', 'secret')),
    CONSTRAINT cp_api_key_environment_check CHECK (environment IN ('live', 'test'))
);

CREATE TABLE cp_master_key (
    id TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    environment TEXT NOT NULL,
    last_four TEXT NOT NULL,
    hash BYTEA NOT NULL,
    scopes TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    CONSTRAINT cp_master_key_pkey PRIMARY KEY (id),
    CONSTRAINT cp_master_key_hash_key UNIQUE (hash),
    CONSTRAINT cp_master_key_kind_check CHECK (kind = 'master'),
    CONSTRAINT cp_master_key_environment_check CHECK (environment IN ('live', 'test'))
);

CREATE TABLE cp_signing_key (
    id TEXT COLLATE "C" NOT NULL,
    purpose TEXT NOT NULL,
    public_key BYTEA,
    sealed TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    active_from TIMESTAMPTZ,
    retired_at TIMESTAMPTZ,
    CONSTRAINT cp_signing_key_pkey PRIMARY KEY (id),
    CONSTRAINT cp_signing_key_purpose_check CHECK (purpose IN ('access_token', 'refresh_token')),
    CONSTRAINT cp_signing_key_public_key_check CHECK (octet_length(public_key) = 32)
);

CREATE TABLE cp_setting (
    name TEXT COLLATE "C" NOT NULL,
    value TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT cp_setting_pkey PRIMARY KEY (name)
);

-- No foreign key: the log of an instance outlives its tenants.
CREATE TABLE cp_audit_log (
    id TEXT COLLATE "C" NOT NULL,
    tenant_id TEXT COLLATE "C",
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
    metadata JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT cp_audit_log_pkey PRIMARY KEY (id),
    CONSTRAINT cp_audit_log_actor_kind_check CHECK (actor_kind IN ('user', 'admin', 'api_key', 'system')),
    CONSTRAINT cp_audit_log_outcome_check CHECK (outcome IN ('success', 'failure'))
);

-- Data plane: the tenant is part of every key and every reference.

CREATE TABLE hj_user (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    email_verified BOOLEAN NOT NULL,
    username TEXT COLLATE "C",
    name TEXT,
    first_name TEXT,
    last_name TEXT,
    phone TEXT COLLATE "C",
    phone_verified BOOLEAN NOT NULL,
    avatar_url TEXT,
    external_id TEXT COLLATE "C",
    role TEXT COLLATE "C" NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT,
    banned_until TIMESTAMPTZ,
    password_hash TEXT,
    password_changed_at TIMESTAMPTZ,
    mfa_enabled BOOLEAN NOT NULL,
    public_metadata JSONB NOT NULL,
    private_metadata JSONB NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    last_sign_in_at TIMESTAMPTZ,
    last_active_at TIMESTAMPTZ,
    CONSTRAINT hj_user_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_user_email_key UNIQUE (tenant_id, email),
    CONSTRAINT hj_user_username_key UNIQUE (tenant_id, username),
    CONSTRAINT hj_user_phone_key UNIQUE (tenant_id, phone),
    CONSTRAINT hj_user_external_id_key UNIQUE (tenant_id, external_id),
    CONSTRAINT hj_user_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT hj_user_status_check CHECK (status IN ('active', 'disabled', 'banned', 'pending'))
) WITH (fillfactor = 90);

CREATE INDEX idx_hj_user_created_at ON hj_user (tenant_id, created_at, id);

-- No index may hold a column that rotation changes (generation, rotated_at, last_active_at,
-- idle_expires_at): with room on the page the update then stays within it (HOT).
CREATE TABLE hj_session (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    generation BIGINT NOT NULL,
    rotated_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_active_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    idle_expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    auth_time TIMESTAMPTZ NOT NULL,
    mfa_verified BOOLEAN NOT NULL,
    salt BYTEA NOT NULL,
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
    CONSTRAINT hj_session_salt_check CHECK (octet_length(salt) = 16),
    CONSTRAINT hj_session_revoked_reason_check CHECK (revoked_reason IN (
        'sign_out', 'revoked', 'refresh_reuse', 'password_changed', 'user_disabled', 'user_banned', 'too_many_sessions'
    ))
) WITH (fillfactor = 80);

CREATE INDEX idx_hj_session_user_id ON hj_session (tenant_id, user_id);
CREATE INDEX idx_hj_session_user_id_active ON hj_session (tenant_id, user_id) WHERE revoked_at IS NULL;
CREATE INDEX idx_hj_session_expires_at ON hj_session (tenant_id, expires_at);

CREATE TABLE hj_password_history (
    tenant_id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    ordinal BIGINT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hj_password_history_pkey PRIMARY KEY (tenant_id, user_id, ordinal),
    CONSTRAINT hj_password_history_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE hj_audit_log (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
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
    metadata JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hj_audit_log_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT hj_audit_log_actor_kind_check CHECK (actor_kind IN ('user', 'admin', 'api_key', 'system')),
    CONSTRAINT hj_audit_log_outcome_check CHECK (outcome IN ('success', 'failure'))
);

CREATE TABLE hj_outbox (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    data JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hj_outbox_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)
);

CREATE INDEX idx_hj_outbox_created_at ON hj_outbox (tenant_id, created_at);

CREATE TABLE hj_idempotency (
    tenant_id TEXT COLLATE "C" NOT NULL,
    key_hash BYTEA NOT NULL,
    fingerprint BYTEA NOT NULL,
    answer TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hj_idempotency_pkey PRIMARY KEY (tenant_id, key_hash),
    CONSTRAINT hj_idempotency_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)
);

CREATE INDEX idx_hj_idempotency_expires_at ON hj_idempotency (tenant_id, expires_at);
