-- hellojohn: release 0.3.0

-- What a message says is sealed, and forgotten when it was sent: it holds links and codes.
CREATE TABLE hj_message (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    channel TEXT NOT NULL,
    template TEXT NOT NULL,
    recipient TEXT NOT NULL,
    user_id TEXT COLLATE "C",
    sealed TEXT,
    status TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    claimed_until TIMESTAMPTZ,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    CONSTRAINT hj_message_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_message_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT hj_message_channel_check CHECK (channel IN ('email', 'sms')),
    CONSTRAINT hj_message_status_check CHECK (status IN ('pending', 'sent', 'dead'))
);

CREATE INDEX idx_hj_message_next_attempt_at ON hj_message (next_attempt_at) WHERE status = 'pending';
CREATE INDEX idx_hj_message_created_at ON hj_message (tenant_id, created_at);
CREATE INDEX idx_hj_message_dead ON hj_message (tenant_id) WHERE status = 'dead';
CREATE INDEX idx_hj_message_recipient ON hj_message (tenant_id, recipient, created_at);

CREATE TABLE hj_email_config (
    tenant_id TEXT COLLATE "C" NOT NULL,
    provider TEXT NOT NULL,
    from_name TEXT,
    from_email TEXT,
    reply_to TEXT,
    host TEXT,
    port BIGINT,
    security TEXT,
    username TEXT,
    sealed TEXT,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hj_email_config_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT hj_email_config_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id),
    CONSTRAINT hj_email_config_provider_check CHECK (provider IN ('smtp', 'hellojohn')),
    CONSTRAINT hj_email_config_security_check CHECK (security IN ('starttls', 'tls', 'none'))
);

CREATE TABLE hj_email_template (
    tenant_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    locale TEXT COLLATE "C" NOT NULL,
    subject TEXT NOT NULL,
    html TEXT NOT NULL,
    text TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hj_email_template_pkey PRIMARY KEY (tenant_id, name, locale),
    CONSTRAINT hj_email_template_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)
);
