-- hellojohn: release 0.3.0

CREATE TABLE hj_passkey_credential (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    factor_id TEXT COLLATE "C" NOT NULL,
    credential_id BYTEA NOT NULL,
    user_handle BYTEA NOT NULL,
    passkey JSONB NOT NULL,
    sign_count BIGINT NOT NULL,
    aaguid TEXT,
    transports TEXT NOT NULL,
    backup_eligible BOOLEAN NOT NULL,
    backup_state BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    CONSTRAINT hj_passkey_credential_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_passkey_credential_credential_id_key UNIQUE (tenant_id, credential_id),
    CONSTRAINT hj_passkey_credential_factor_id_key UNIQUE (tenant_id, factor_id),
    CONSTRAINT hj_passkey_credential_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT hj_passkey_credential_factor_id_fkey FOREIGN KEY (tenant_id, factor_id)
        REFERENCES hj_mfa_factor (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_hj_passkey_credential_user_id ON hj_passkey_credential (tenant_id, user_id);
CREATE INDEX idx_hj_passkey_credential_user_handle ON hj_passkey_credential (tenant_id, user_handle);
