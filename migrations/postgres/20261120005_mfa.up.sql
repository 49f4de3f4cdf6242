-- hellojohn: release 0.3.0

CREATE TABLE hj_mfa_factor (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    name TEXT,
    status TEXT NOT NULL,
    sealed TEXT,
    target TEXT,
    last_step BIGINT,
    created_at TIMESTAMPTZ NOT NULL,
    confirmed_at TIMESTAMPTZ,
    last_used_at TIMESTAMPTZ,
    expires_at TIMESTAMPTZ,
    CONSTRAINT hj_mfa_factor_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_mfa_factor_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT hj_mfa_factor_kind_check CHECK (kind IN ('totp', 'sms', 'email_otp', 'webauthn')),
    CONSTRAINT hj_mfa_factor_status_check CHECK (status IN ('pending', 'active', 'disabled'))
);

CREATE INDEX idx_hj_mfa_factor_user_id ON hj_mfa_factor (tenant_id, user_id);

CREATE TABLE hj_backup_code (
    tenant_id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    CONSTRAINT hj_backup_code_pkey PRIMARY KEY (tenant_id, user_id, hash),
    CONSTRAINT hj_backup_code_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE hj_mfa_challenge (
    tenant_id TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    session_id TEXT COLLATE "C",
    attempts BIGINT NOT NULL,
    data JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    consumed_at TIMESTAMPTZ,
    CONSTRAINT hj_mfa_challenge_pkey PRIMARY KEY (tenant_id, hash),
    CONSTRAINT hj_mfa_challenge_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT hj_mfa_challenge_kind_check CHECK (kind IN ('sign_in', 'step_up'))
);

CREATE INDEX idx_hj_mfa_challenge_user_id ON hj_mfa_challenge (tenant_id, user_id);
CREATE INDEX idx_hj_mfa_challenge_expires_at ON hj_mfa_challenge (tenant_id, expires_at);

CREATE TABLE hj_otp_code (
    tenant_id TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    factor_id TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    attempts BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hj_otp_code_pkey PRIMARY KEY (tenant_id, subject, factor_id),
    CONSTRAINT hj_otp_code_factor_id_fkey FOREIGN KEY (tenant_id, factor_id)
        REFERENCES hj_mfa_factor (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_hj_otp_code_expires_at ON hj_otp_code (tenant_id, expires_at);

CREATE TABLE hj_recovery_request (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    proven_at TIMESTAMPTZ,
    decided_at TIMESTAMPTZ,
    decided_by TEXT,
    CONSTRAINT hj_recovery_request_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_recovery_request_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT hj_recovery_request_status_check CHECK (status IN ('requested', 'proven', 'approved', 'denied'))
);

CREATE INDEX idx_hj_recovery_request_user_id ON hj_recovery_request (tenant_id, user_id);
CREATE INDEX idx_hj_recovery_request_created_at ON hj_recovery_request (tenant_id, created_at);
