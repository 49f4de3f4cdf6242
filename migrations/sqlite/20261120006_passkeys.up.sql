-- hellojohn: release 0.3.0

CREATE TABLE hj_passkey_credential (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    factor_id TEXT NOT NULL,
    credential_id BLOB NOT NULL,
    user_handle BLOB NOT NULL,
    passkey TEXT NOT NULL,
    sign_count INTEGER NOT NULL,
    aaguid TEXT,
    transports TEXT NOT NULL,
    backup_eligible INTEGER NOT NULL,
    backup_state INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    CONSTRAINT hj_passkey_credential_factor_id_key UNIQUE (tenant_id, factor_id),
    CONSTRAINT hj_passkey_credential_credential_id_key UNIQUE (tenant_id, credential_id),
    CONSTRAINT hj_passkey_credential_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_passkey_credential_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT hj_passkey_credential_factor_id_fkey FOREIGN KEY (tenant_id, factor_id)
        REFERENCES hj_mfa_factor (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT hj_passkey_credential_backup_eligible_check CHECK (backup_eligible IN (0, 1)),
    CONSTRAINT hj_passkey_credential_backup_state_check CHECK (backup_state IN (0, 1))
) STRICT;

CREATE INDEX idx_hj_passkey_credential_user_id ON hj_passkey_credential (tenant_id, user_id);
CREATE INDEX idx_hj_passkey_credential_user_handle ON hj_passkey_credential (tenant_id, user_handle);
