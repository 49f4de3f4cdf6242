-- hellojohn: release 0.3.0

-- No reference to users: attempts on accounts that do not exist are counted alike.
CREATE TABLE hj_lockout (
    tenant_id TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    authenticator TEXT COLLATE "C" NOT NULL,
    network TEXT COLLATE "C" NOT NULL,
    failures JSONB NOT NULL,
    stage TEXT NOT NULL,
    wait_until TIMESTAMPTZ,
    locked_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hj_lockout_pkey PRIMARY KEY (tenant_id, subject, authenticator, network),
    CONSTRAINT hj_lockout_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT hj_lockout_stage_check CHECK (stage IN ('open', 'soft', 'hard', 'disabled'))
);

CREATE INDEX idx_hj_lockout_updated_at ON hj_lockout (tenant_id, updated_at);

CREATE TABLE hj_device (
    tenant_id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    fingerprint BYTEA NOT NULL,
    network TEXT COLLATE "C",
    label TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hj_device_pkey PRIMARY KEY (tenant_id, user_id, fingerprint),
    CONSTRAINT hj_device_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_hj_device_network ON hj_device (tenant_id, user_id, network);
