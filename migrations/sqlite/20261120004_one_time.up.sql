-- hellojohn: release 0.3.0

CREATE TABLE hj_one_time (
    tenant_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    hash BLOB NOT NULL,
    user_id TEXT,
    email TEXT,
    data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    consumed_at INTEGER,
    CONSTRAINT hj_one_time_pkey PRIMARY KEY (tenant_id, purpose, hash),
    CONSTRAINT hj_one_time_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT hj_one_time_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES hj_user (tenant_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX idx_hj_one_time_user_id ON hj_one_time (tenant_id, user_id);
CREATE INDEX idx_hj_one_time_expires_at ON hj_one_time (tenant_id, expires_at);
