PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','key_01M7WJAG6R99GAV3483Q6MQ6WS','First publishable key','publishable','live','i6n2',X'AE719B49831AD9AE7A6EE41989BBBEED5E324CC5E2041BCC6B4ACFF78BC87034','',1795181330648723,1795181330774642,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','key_01M7WJAG6XBGWTB1PR67MKY33R','First secret key','secret','live','ihge',X'3340CB56606C2052CC3CA25CFF1921EBDC28CE6E4EE88968BD174A7B21449789','*',1795181330653096,1795181330768154,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','key_01M7WJAG7NAV7ZGJWZJ7EZQTAS','First publishable key','publishable','live','rhnn',X'25BB5C74B1EAEFD4A7E170566FC07B5355F385930D50903946539B74CCE4531E','',1795181330677083,1795181331419610,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','key_01M7WJAG7S0VDKEGTRZWKBMRYM','First secret key','secret','live','gyh7',X'6AD6F040FB866D13261CA1D10EA12DD425DF52F0E40BDB7E85CB67EF71C49D30','*',1795181330681897,1795181330760850,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG8BF6EZMWMQ8JR31PM8','key_01M7WJAG8KBCXWQAAGX91KRD50','First publishable key','publishable','live','r5b3',X'F8D190917A07FE1EA01FDD69676295848F2F81D26F3FEDB89C07BC6E34B33313','',1795181330707414,NULL,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG8BF6EZMWMQ8JR31PM8','key_01M7WJAG8NV95KKSQWS4K5XK7F','First secret key','secret','live','v5re',X'9D84387DECA3AED6A97CFC3D9FCB0CE5840DD937733C0ED66AD32554095041C7','*',1795181330709054,NULL,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','key_01M7WJAH2CGGEVB4H17NWWCBXQ','reader','secret','test','mihn',X'7C16E9F7A26A95964E528B355ED2D4C856082EC1750D829F2FD2F09008067D6F','users:read',1795181331532363,NULL,1802957331532363,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','key_01M7WJAH2J3Y6PTDFFFKQKB68W','gone','secret','live','q4cz',X'9905D6DB1D12E153F2EDC29408F37709CD80DDB7A2883E86D7C42DE731E052A1','*',1795181331538651,NULL,NULL,1795181331542678);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','key_01M7WJAH2VN0369Z806X4D646W','turned','secret','live','7zob',X'B60E78A0E042316A7C8E5D021DF4A6F29ED491B91ACCD893A4BD79481352ABCE','*',1795181331547706,NULL,NULL,1797773331551850);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','key_01M7WJAH30T70B7SM9VRW9X21V','turned','secret','live','hffb',X'A484A76D43E6D06C2A1B9110053EAB9B50E22392DD9B023489C31FF72B58D7A9','*',1795181331552080,NULL,NULL,NULL);
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
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAG4S3DFZWZJJPJM9VJA3',NULL,'key.added','system',NULL,NULL,'signing_key','kid_CEHyQZgrDAJwoZSvN3Uv0g',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"refresh_token"}',1795181330585551);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAG4V7TC7JCD95RJB12WZ',NULL,'key.added','system',NULL,NULL,'signing_key','kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795181330587895);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAG6HEMBS3V93YEVB57DQ','tnt_01M7WJAG6H2T1874KCTH96JBVN','tenant.created','system',NULL,NULL,'tenant','tnt_01M7WJAG6H2T1874KCTH96JBVN',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795181330641902);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAG7GHNAXSDMY0JY8Y880','tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','tenant.created','system',NULL,NULL,'tenant','tnt_01M7WJAG7GYPXDJRR1X0BPJ90V',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795181330672738);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAG8B8FDPMHNWHE24P8BS','tnt_01M7WJAG8BF6EZMWMQ8JR31PM8','tenant.created','system',NULL,NULL,'tenant','tnt_01M7WJAG8BF6EZMWMQ8JR31PM8',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795181330699858);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAG9A62T7AN2MWKE23HV3','tnt_01M7WJAG8BF6EZMWMQ8JR31PM8','tenant.suspended','system',NULL,NULL,'tenant','tnt_01M7WJAG8BF6EZMWMQ8JR31PM8',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795181330730151);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAG9YKRPHY858PE5S5VAR',NULL,'api_key.created','system',NULL,NULL,'api_key','key_01M7WJAG9XQH8RJ7V2TKP7CM2D',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"master"}',1795181330750251);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAGAA7D68VA2DEFCJGXET','tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','config.updated','api_key','key_01M7WJAG7S0VDKEGTRZWKBMRYM',NULL,'tenant','tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGA7WVKZGZRC6VXW4YG3','{}',1795181330762742);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAGAJHPQYVF1HWY989006','tnt_01M7WJAG6H2T1874KCTH96JBVN','config.updated','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'tenant','tnt_01M7WJAG6H2T1874KCTH96JBVN','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGAF03XM5FYERY1WD5A5','{}',1795181330770878);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAH5QVFP0KMXC2VWYZXTF',NULL,'key.added','system',NULL,NULL,'signing_key','kid_kyF4Bhl-939oZrpqFgNa7l1EgoY19fxuX5IyFp6KLXs',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795181331639784);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAH70GBVCCB154XK7F2SP',NULL,'key.activated','system',NULL,NULL,'signing_key','kid_kyF4Bhl-939oZrpqFgNa7l1EgoY19fxuX5IyFp6KLXs',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"signs_from":"2026-11-20T13:28:51.67978Z"}',1795181331680105);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAHA6GQD98MF69S8ZZVFH',NULL,'key.added','system',NULL,NULL,'signing_key','kid_2QW526a9hVEhEJ6Pn5semMo0xtXRh01Q7AqXZI5IM4E',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795181331782558);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAHAQRE3AT3ACAWC9EEG8',NULL,'key.retired','system',NULL,NULL,'signing_key','kid_2QW526a9hVEhEJ6Pn5semMo0xtXRh01Q7AqXZI5IM4E',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"forced":true}',1795181331799340);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAHBPGQBTCDTNQ5XYQBPK',NULL,'key.added','system',NULL,NULL,'signing_key','kid_jFcIVpa5knzzM-WGZjkNbxP-ii3P5G4rxEOx6UepXbg',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795181331830830);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJAHCFAZGSVW6FK5419D9A',NULL,'key.added','system',NULL,NULL,'signing_key','kid_YyYvUyWRFbj5cEOiCpKmpg',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"refresh_token"}',1795181331855430);
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
INSERT INTO "cp_master_key" VALUES('key_01M7WJAG9XQH8RJ7V2TKP7CM2D','operator','master','live','447l',X'A8B33753B6F763F5A21C78688C8196A60415628F03893130DB59214FDAA1F9F2','*',1795181330749744,NULL,NULL,NULL);
CREATE TABLE cp_setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT cp_setting_pkey PRIMARY KEY (name)
) STRICT;
INSERT INTO "cp_setting" VALUES('encryption_check','v1:zuoru4m-:KBjOw9eDFJjH_6jYNeRhcwMDroG4dPMr:PrjJbLJ67NTu0_n4uhHng3mrqzzib4VJKX--_BWiuF0',1795181330581671);
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
INSERT INTO "cp_signing_key" VALUES('kid_CEHyQZgrDAJwoZSvN3Uv0g','refresh_token',NULL,'v1:zuoru4m-:YNavDWRA8D1SZ0yevb3Gj9vIFNgUz34j:lUsVxaNvrlkbYwLsiAQnGqa0es16LOX5LuOOi1l3PW3K2bl0EXScznYwu5bRgSpl',1795181330585252,1795181330585252,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ','access_token',X'19BF44096984CDFE8541BAC167DC3B96C85086AA30B6B6CB0C5C38AD703166E1','v1:zuoru4m-:ILi7n0VbZ1ZpKmjzNERCyIUSDeNrICCD:-cusOGSt06VPTHAc0r-xAVeLq-fyi3XJIWaV5OP4f5BelRIyInqWsc3OkChcV9D0',1795181330587523,1795181330587523,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_kyF4Bhl-939oZrpqFgNa7l1EgoY19fxuX5IyFp6KLXs','access_token',X'47E249F59245DCBD3DF185584F8AB1554C851F60F633DDAB8E7322CC0B05A0D6','v1:zuoru4m-:fA2ka3tnhueeGJjigk3lNKKUWOLLAuUb:s7H62gKHy4kIB4E7Zx9lIInBJFka6HFiUNAgnJDM3v6pqVd8f-sq1V5n0vlmEEy-',1795181331638289,1795181331679780,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_2QW526a9hVEhEJ6Pn5semMo0xtXRh01Q7AqXZI5IM4E','access_token',X'DC6EDAE50D05470E6238A950D8F7B0247922824A0387ACEC39EB0379FAE0D8D7','v1:zuoru4m-:wFtUI-KzeWuCdgTTVQctT2RlkBYho4GO:hNP6Y3rwEjMQIzpgwnK9RATETyJBYOKwxKOYAdtTSOtyq5h_eO0HlpEX5E4BOYJR',1795181331781740,NULL,1795181331799049);
INSERT INTO "cp_signing_key" VALUES('kid_jFcIVpa5knzzM-WGZjkNbxP-ii3P5G4rxEOx6UepXbg','access_token',X'3BA7F1C15F809192FBCAA828E45C654A57D30621A597BC729C032B9F6961435F','v1:zuoru4m-:n_V80kNPw45k3iBbVW30ZCvnxTbPKsSy:QLySsmns_p24B42Ca3WmlyBuaxnHR7x7ozE1oW61eShE32k5zd1hdVbLOlLUB4bO',1795181331830290,NULL,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_YyYvUyWRFbj5cEOiCpKmpg','refresh_token',NULL,'v1:zuoru4m-:I2GWMae9ysTZeGwosXztSqrKcd7m_aFW:LVXT7MJAocX632276ulMx8OUch5-fyxc4MHoFd2WRX7i27sD_hi8gfDf8PSzWbJw',1795181331855029,1795181331855029,NULL);
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
INSERT INTO "cp_tenant" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','Acme','acme','active','free','{"access_token_ttl":null,"allow_sign_up":null,"allowed_auth_methods":[],"allowed_email_domains":[],"allowed_origins":["https://app.example"],"email_verification_required":null,"idle_timeout":null,"max_sessions_per_user":null,"password_policy":null,"session_duration":null,"token_format":"jwt","username_enabled":true}','{}','{}',1795181330641364,1795181330770725);
INSERT INTO "cp_tenant" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','Globex Überall','globex-berall','active','free','{"access_token_ttl":null,"allow_sign_up":null,"allowed_auth_methods":[],"allowed_email_domains":[],"allowed_origins":[],"email_verification_required":null,"idle_timeout":null,"max_sessions_per_user":null,"password_policy":null,"session_duration":"90d","token_format":"paseto","username_enabled":false}','{}','{}',1795181330672274,1795181330762527);
INSERT INTO "cp_tenant" VALUES('tnt_01M7WJAG8BF6EZMWMQ8JR31PM8','Closed','closed','suspended','free','{"access_token_ttl":null,"allow_sign_up":null,"allowed_auth_methods":[],"allowed_email_domains":[],"allowed_origins":[],"email_verification_required":null,"idle_timeout":null,"max_sessions_per_user":null,"password_policy":null,"session_duration":null,"token_format":"jwt","username_enabled":false}','{}','{}',1795181330699363,1795181330729786);
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
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAG6SVGHR44JEYRPNN2KW','api_key.created','system',NULL,NULL,'api_key','key_01M7WJAG6R99GAV3483Q6MQ6WS',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"publishable"}',1795181330649108);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAG6X73VNSWK7B8NQCT69','api_key.created','system',NULL,NULL,'api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"secret"}',1795181330653366);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','evt_audit_01M7WJAG7N5D7M5SQ6JVNVHAS2','api_key.created','system',NULL,NULL,'api_key','key_01M7WJAG7NAV7ZGJWZJ7EZQTAS',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"publishable"}',1795181330677486);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','evt_audit_01M7WJAG7TZ5F7CYJFSTZQX56S','api_key.created','system',NULL,NULL,'api_key','key_01M7WJAG7S0VDKEGTRZWKBMRYM',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"secret"}',1795181330682334);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG8BF6EZMWMQ8JR31PM8','evt_audit_01M7WJAG8K5C80JHNCM2Q5JF4W','api_key.created','system',NULL,NULL,'api_key','key_01M7WJAG8KBCXWQAAGX91KRD50',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"publishable"}',1795181330707726);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG8BF6EZMWMQ8JR31PM8','evt_audit_01M7WJAG8NKJBVDEGRCANRJZ8Q','api_key.created','system',NULL,NULL,'api_key','key_01M7WJAG8NV95KKSQWS4K5XK7F',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"secret"}',1795181330709316);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGBRBCYXWA0SGPHP08W0','user.register','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','ada@example.com','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGAM6JN5CWSGX9N2W1KT','{}',1795181330808692);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGCTR8JH8GBJYC0EVDSF','user.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGBVCXEMFZVK14HXC952','{}',1795181330842646);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGDRVGA4RM0B0WR10R6Y','user.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGD049MPKBBRA2MNE2M1','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGCZGWTK6GVAZJ5B7T9F','{}',1795181330872875);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGENG18AV7936KYEZNYZ','user.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGDYMFMEPABNW9429QGB','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGDXC9QXHBN8JMNVCW8W','{}',1795181330901512);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGEXKCF21NP45QJEQJA4','user.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGEW8DQ3TNWNZ7S8HSMH','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGEVW5WGZA3CE734T3CW','{}',1795181330909085);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGF3B7YDJXM6FBMQF8ET','user.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGF3KGPX8BSR2V7G5TKS','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGF283BG9YR8MET3P8C0','{}',1795181330915731);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGFZM3ZGPNRM0JRBYTNC','user.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGF7SP7PE5K3K6D49AC4','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGF7J4DZEBQ523FVTXZ3','{}',1795181330943599);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','evt_audit_01M7WJAGGY0SY8Z0WXNFF59YD1','user.created','api_key','key_01M7WJAG7S0VDKEGTRZWKBMRYM',NULL,'user','usr_01M7WJAGG4NCGY4SCQJR1JG43E','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGG3T65FY2JS710YE08H','{}',1795181330974610);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGHYX72FPH1JYGR46B62','user.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGH46DTNW9Y1MWCJZ88S','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGH36F3X4S70MX1VHQEX','{}',1795181331006625);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGJWCZF8A152N3XGNHH0','user.login','user','usr_01M7WJAGH46DTNW9Y1MWCJZ88S','barbara@example.com','user','usr_01M7WJAGH46DTNW9Y1MWCJZ88S','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAGJ3E36DZ2XYJ7NYZTJH','{"auth_method":"email_password","session_id":"ses_01M7WJAGJWM5A32YD77F1VRYNZ"}',1795181331036742);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGNBRR20PTZBWA44DEBS','user.password_change','user','usr_01M7WJAGH46DTNW9Y1MWCJZ88S','barbara@example.com','user','usr_01M7WJAGH46DTNW9Y1MWCJZ88S','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGK1RE1Z760ET1GBRXGX','{}',1795181331115553);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGPCSERR05HRXBNSSDKC','user.login','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','ada@example.com','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAGNF006C1JW7ZH8MH1RB','{"auth_method":"email_password","session_id":"ses_01M7WJAGP9Z10193TE3NFE4PC8"}',1795181331148466);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGT3CVWDJT8FZ836DFD3','user.login','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','ada@example.com','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','127.0.0.1','curl/8',NULL,'unknown','success',NULL,'req_01M7WJAGPX0AFF5BCCD3P4XD80','{"auth_method":"email_password","session_id":"ses_01M7WJAGT3B3BG8HN8AVHV13G2"}',1795181331267840);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGT7HZJY4RYE44TD029W','session.revoked','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'session','ses_01M7WJAGT3B3BG8HN8AVHV13G2','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGT6C2KS1HBS03BNTF0J','{}',1795181331271926);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGTT5F0SQBHGSRDWFR8Z','user.login','user','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','grace@example.com','user','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAGT939044AX5KKQ5AYYD','{"auth_method":"email_password","session_id":"ses_01M7WJAGTS9MKXWWJQ4K72GD04"}',1795181331290202);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGTXAT5C8SS6JDHHJ5MB','user.logout','user','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','grace@example.com','user','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGTWFEQBEFXP7C6VMMNW','{"sessions":1}',1795181331293979);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGWSNMVM9VVY5H3AZD3Z','user.login','user','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','grace@example.com','user','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAGTZE5BDFXVD76M5HG0V','{"auth_method":"email_password","session_id":"ses_01M7WJAGWS9XQ41G8CA4AP61PK"}',1795181331353718);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGXZSA2D1M5WHEG2SRRK','user.login','user','usr_01M7WJAGD049MPKBBRA2MNE2M1','mallory@example.com','user','usr_01M7WJAGD049MPKBBRA2MNE2M1','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAGX3F5VZS4TCXQVQ9TVK','{"auth_method":"email_password","session_id":"ses_01M7WJAGXYGD7GKMK096GYM2R6"}',1795181331391013);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGY62PQE9NV2BCVDCYST','user.banned','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGD049MPKBBRA2MNE2M1','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGY2PPAT9EWWP4MNDEQJ','{}',1795181331398432);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGYESBM2JYNCF2JNQBB1','user.disabled','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGDYMFMEPABNW9429QGB','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGYAZ3AXWN37YKPXB5Q1','{}',1795181331406773);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAGYQDKCB2VG9JNWKN1BQ','user.deleted','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAGF7SP7PE5K3K6D49AC4','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAGYHDR67JN3ATFWWVQF9','{}',1795181331415074);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','evt_audit_01M7WJAGZRSMNJB2RTSAZW5KXT','user.login','user','usr_01M7WJAGG4NCGY4SCQJR1JG43E','ada@example.com','user','usr_01M7WJAGG4NCGY4SCQJR1JG43E','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAGYVZSKBMYYH9JWDJVA7','{"auth_method":"email_password","session_id":"ses_01M7WJAGZQWABK03KNQXKPWY0X"}',1795181331448353);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH0TCSX8X6Y86MQ897CK','user.login_failed','api_key','key_01M7WJAG6R99GAV3483Q6MQ6WS',NULL,NULL,NULL,'127.0.0.1','Python-urllib/3.11',NULL,'unknown','failure','invalid_credentials','req_01M7WJAGZXYF1VKKG1RSRT27DV','{"auth_method":"email_password"}',1795181331482446);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH1Y7W0QXTKMSKMAP83G','user.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'user','usr_01M7WJAH12C193D4E3REM1FSZP','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAH0Z3AAQ234G6M6VATFZ','{}',1795181331518947);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH2DNMYPQ6VSJGJMHD3C','api_key.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'api_key','key_01M7WJAH2CGGEVB4H17NWWCBXQ','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAH2BGZ7V595FHPRF01T8','{"type":"secret"}',1795181331533033);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH2KVPT798WFR80QP5K0','api_key.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'api_key','key_01M7WJAH2J3Y6PTDFFFKQKB68W','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAH2F1Q28V2BP689EMBZ5','{"type":"secret"}',1795181331539016);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH2PXGR4GS9NW7493T8N','api_key.revoked','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'api_key','key_01M7WJAH2J3Y6PTDFFFKQKB68W','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAH2NPJSH2ZYQXQPF16BC','{}',1795181331542909);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH2VQYQZQXRS33E1GT2F','api_key.created','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'api_key','key_01M7WJAH2VN0369Z806X4D646W','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAH2VD5NWKZCWGTQHA825','{"type":"secret"}',1795181331547994);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH30WSX1P0MTXNF92BE1','api_key.rotated','api_key','key_01M7WJAG6XBGWTB1PR67MKY33R',NULL,'api_key','key_01M7WJAH2VN0369Z806X4D646W','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJAH2ZM7DKVKDDWVSA8DFC','{"successor":"key_01M7WJAH30T70B7SM9VRW9X21V"}',1795181331552266);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH3Z55M45DZGD3JTX90J','user.login','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','ada@example.com','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAH33DV1VJAN1K6987P8T','{"auth_method":"email_password","session_id":"ses_01M7WJAH3Y44FCW0N83R8FF7AH"}',1795181331583299);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH8K0WJ3BA4FDFYM34AF','user.login','user','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','grace@example.com','user','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAH749K2R91JNBVZC6BYG','{"auth_method":"email_password","session_id":"ses_01M7WJAH8JR5HK7T9JAPAFVN5W"}',1795181331731407);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAH97BDCE5WBACMVC4YZ4','user.login','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','ada@example.com','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAH8Q4F22RZ72YZRWNQNG','{"auth_method":"email_password","session_id":"ses_01M7WJAH97Q5DPV6X83A8VSGFT"}',1795181331751829);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_audit_01M7WJAKVGZJS3MYAG4S5EJ1GE','user.login','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','ada@example.com','user','usr_01M7WJAGAR7MQSXYV1NZB09RWE','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJAKTSY22WFPWAFK4RNKVA','{"auth_method":"email_password","session_id":"ses_01M7WJAKVGX9K8QWAJRYX2JYDD"}',1795181334384410);
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
INSERT INTO "hj_idempotency" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN',X'D298EFBD5585B5DF9EAE89F9283AA1F525B550DCC0A83876557E88302740D6E6',X'5742284CE45B303242B69E986C10AB682724CE2DEC494B6E76FFEA5E869DAF8B','v1:zuoru4m-:hhNFBiyeC97Sj2sV0-s-mwFE14vMk-BK:RFlTbB7EnYraTeY2msqj9Ipqj2uStbE0Ipg5BJYf0LidPAMWQJowKAOL_SE7PYgaVzMt9TiP-z06i1UTo2ReR3B5c-yi3tSXzblfiETNU4Avji-wrIa9u0lPCv5kDwN3N44CbGG2X4-DDkpcJu6BE_2YjLPMkO_dqOa-h80yroEBZffbmnytPMbvRS25PK_6Yy-bnPPz3hj5JzHCzQLuo7UwMGNSV5syHr_5CxLSmKMwor-UCGTfIDniBk3_RpI8FcdsdrlPATaUl0jvle-8PgztA5PFoN54yHhOBlU37iAjoLAft4m3aBESRZYck-o3MJV2ShC2DRQxnCoOb7Z-lbL3PZRSo_KsZjmj3UQcXTne6Wnubx6zzuQkx-SITq_i6AkAJMB6L84E4bcr5Q-YTy7CgMu5aHUJSNQBiD6Mbs1UUfhe2p5ZdHuDJ9mbjUM_YUqb1OvlWjVHWxQGmeAF_I1iD2qGiKcUHeDj_blZXYf5xVjNgJSnxW2QhUfePteGd-SpkUwmQP2Okw2yjwMOHA_-X9Egt0M0w6dRC0J0a4XreXOSZ0FcUwMQi6G0k1xeFoq7gwiZvHpG2PBP9wT37uf4Ep-Clqi1fMpPf7H0MpIURqOyOttYcU7ioIrHkimJBuESTSeLVhQabNFM3F78tuArSUFmk8h_2jEV2BJpXIZnZGAeJrLnR9fjytvWy8Ubxo6OzbvPTvAUf0a_4xhjRExShFVLRSbpkz0PrTHTYFe_2mhO-QHieQCSnA2iPxOq218709BOnZpkjKgau0rDIentf_wezDUwwKo-CDsj45nGpxkNYEe15DreAk38qL5VBWiJ62c',1795181331488287,1795267731488287);
CREATE TABLE hj_outbox (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT hj_outbox_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)
) STRICT;
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAG6SYVGSSN33H1WMXH2T','api_key.created','{"api_key":{"id":"key_01M7WJAG6R99GAV3483Q6MQ6WS","last_four":"i6n2","name":"First publishable key","type":"publishable"}}',1795181330649381);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAG6XSM96P65ZV6TTVHZS','api_key.created','{"api_key":{"id":"key_01M7WJAG6XBGWTB1PR67MKY33R","last_four":"ihge","name":"First secret key","type":"secret"}}',1795181330653487);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','evt_01M7WJAG7NZ709A9H411QXGQM6','api_key.created','{"api_key":{"id":"key_01M7WJAG7NAV7ZGJWZJ7EZQTAS","last_four":"rhnn","name":"First publishable key","type":"publishable"}}',1795181330677676);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','evt_01M7WJAG7TC3KSMH0ND6X01CYA','api_key.created','{"api_key":{"id":"key_01M7WJAG7S0VDKEGTRZWKBMRYM","last_four":"gyh7","name":"First secret key","type":"secret"}}',1795181330682456);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG8BF6EZMWMQ8JR31PM8','evt_01M7WJAG8KA2HGCQ48YXQPVFGG','api_key.created','{"api_key":{"id":"key_01M7WJAG8KBCXWQAAGX91KRD50","last_four":"r5b3","name":"First publishable key","type":"publishable"}}',1795181330707915);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG8BF6EZMWMQ8JR31PM8','evt_01M7WJAG8NBQ3THPZ4GMQT4FZS','api_key.created','{"api_key":{"id":"key_01M7WJAG8NV95KKSQWS4K5XK7F","last_four":"v5re","name":"First secret key","type":"secret"}}',1795181330709434);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGBRNVKERN7S3AH5JC3C','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.776518Z","email":"ada@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGAR7MQSXYV1NZB09RWE","name":"Ada Lovelace","phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{"large":9007199254740993,"note":"Ünï, 漢字, \"quotes\", ''single''","small":1.5e-7},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:50.776518Z","username":"ada"}}',1795181330808998);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGBSJ9RZ923QPWKD7CSZ','session.created','{"session":{"created_at":"2026-11-20T13:28:50.80921Z","device_type":"unknown","expires_at":"2026-12-20T13:28:50.80921Z","id":"ses_01M7WJAGBSZ760YR5BWSPMZ119","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Python-urllib/3.11","user_id":"usr_01M7WJAGAR7MQSXYV1NZB09RWE"}}',1795181330809486);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGCT6CZZ2ZV7TVMGKV59','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.81294Z","email":"grace@example.com","email_verified":true,"external_id":"crm-7","id":"usr_01M7WJAGBW7B6X4ZF0KDY2SD5T","name":null,"phone":"+15551234567","phone_verified":false,"private_metadata":{"crm":{"seen":[1,2.5,null,true],"tier":"gold"}},"public_metadata":{},"role":"admin","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:50.81294Z","username":null}}',1795181330842838);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGDSFGB6KGC1V9BY7S1W','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.848376Z","email":"mallory@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGD049MPKBBRA2MNE2M1","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:50.848376Z","username":null}}',1795181330873069);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGENEQX94AFKDWPRHBGY','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.878982Z","email":"edsger@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGDYMFMEPABNW9429QGB","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:50.878982Z","username":null}}',1795181330901674);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGEX4YBRG5HF1SQ8FD6K','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.908448Z","email":"linus@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGEW8DQ3TNWNZ7S8HSMH","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:50.908448Z","username":null}}',1795181330909196);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGF3E5S9BYS798FGAJHS','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.915365Z","email":"nobody@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGF3KGPX8BSR2V7G5TKS","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:50.915365Z","username":null}}',1795181330915840);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGFZVQWXQBDD94Z2WNW4','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.919972Z","email":"gone@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGF7SP7PE5K3K6D49AC4","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:50.919972Z","username":null}}',1795181330943734);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','evt_01M7WJAGGY3BNHNSM1H6EGYDCN','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.948163Z","email":"ada@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGG4NCGY4SCQJR1JG43E","name":"Another Ada","phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG7GYPXDJRR1X0BPJ90V","updated_at":"2026-11-20T13:28:50.948163Z","username":null}}',1795181330974735);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGHYMM6TK62HGWFQCZF3','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.980074Z","email":"barbara@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGH46DTNW9Y1MWCJZ88S","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:50.980074Z","username":null}}',1795181331006751);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGJW58JD0416Y220A382','session.created','{"session":{"created_at":"2026-11-20T13:28:51.036197Z","device_type":"desktop","expires_at":"2026-12-20T13:28:51.036197Z","id":"ses_01M7WJAGJWM5A32YD77F1VRYNZ","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGH46DTNW9Y1MWCJZ88S"}}',1795181331036499);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGNB92JVY6SNCYZCZNKD','user.password_changed','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.980074Z","email":"barbara@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGH46DTNW9Y1MWCJZ88S","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:51.114744Z","username":null}}',1795181331115917);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGPAFBPW4DH7PY644WHV','session.created','{"session":{"created_at":"2026-11-20T13:28:51.14587Z","device_type":"desktop","expires_at":"2026-12-20T13:28:51.14587Z","id":"ses_01M7WJAGP9Z10193TE3NFE4PC8","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGAR7MQSXYV1NZB09RWE"}}',1795181331146227);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGT3ZAH6JH8M6E7KE98D','session.created','{"session":{"created_at":"2026-11-20T13:28:51.267443Z","device_type":"unknown","expires_at":"2026-12-20T13:28:51.267443Z","id":"ses_01M7WJAGT3B3BG8HN8AVHV13G2","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"curl/8","user_id":"usr_01M7WJAGAR7MQSXYV1NZB09RWE"}}',1795181331267675);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGT8V2K62BJNWVEQ8RVQ','session.revoked','{"session":{"id":"ses_01M7WJAGT3B3BG8HN8AVHV13G2","reason":"revoked","status":"revoked","user_id":"usr_01M7WJAGAR7MQSXYV1NZB09RWE"}}',1795181331272038);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGTSZMWRVY173EWMHMX6','session.created','{"session":{"created_at":"2026-11-20T13:28:51.289767Z","device_type":"desktop","expires_at":"2026-12-20T13:28:51.289767Z","id":"ses_01M7WJAGTS9MKXWWJQ4K72GD04","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGBW7B6X4ZF0KDY2SD5T"}}',1795181331289958);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGTXRX0JZD1S8G6B5NEB','session.revoked','{"session":{"id":"ses_01M7WJAGTS9MKXWWJQ4K72GD04","reason":"sign_out","status":"revoked","user_id":"usr_01M7WJAGBW7B6X4ZF0KDY2SD5T"}}',1795181331293861);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGWSNCZD5WVW4SXJ00Z1','session.created','{"session":{"created_at":"2026-11-20T13:28:51.353358Z","device_type":"desktop","expires_at":"2026-12-20T13:28:51.353358Z","id":"ses_01M7WJAGWS9XQ41G8CA4AP61PK","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGBW7B6X4ZF0KDY2SD5T"}}',1795181331353564);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGXYFAKMYWRAMAZHG3R1','session.created','{"session":{"created_at":"2026-11-20T13:28:51.390643Z","device_type":"desktop","expires_at":"2026-12-20T13:28:51.390643Z","id":"ses_01M7WJAGXYGD7GKMK096GYM2R6","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGD049MPKBBRA2MNE2M1"}}',1795181331390840);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGY6RVG446BF40N79RN2','session.revoked','{"session":{"id":"ses_01M7WJAGXYGD7GKMK096GYM2R6","reason":"user_banned","status":"revoked","user_id":"usr_01M7WJAGD049MPKBBRA2MNE2M1"}}',1795181331398182);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGY6FNZ21F3VWYX388G8','user.banned','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.848376Z","email":"mallory@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGD049MPKBBRA2MNE2M1","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"banned","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:51.396187Z","username":null}}',1795181331398614);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGYEEKZR5HSGFPNS2GVH','user.disabled','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:50.878982Z","email":"edsger@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAGDYMFMEPABNW9429QGB","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"disabled","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:51.406501Z","username":null}}',1795181331406888);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAGYQGTM8CTE5VH30BXWS','user.deleted','{"user":{"id":"usr_01M7WJAGF7SP7PE5K3K6D49AC4"}}',1795181331415201);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','evt_01M7WJAGZR4BA0251XQZ8ARTSF','session.created','{"session":{"created_at":"2026-11-20T13:28:51.447944Z","device_type":"desktop","expires_at":"2027-02-18T13:28:51.447944Z","id":"ses_01M7WJAGZQWABK03KNQXKPWY0X","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG7GYPXDJRR1X0BPJ90V","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGG4NCGY4SCQJR1JG43E"}}',1795181331448155);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAH1Z1T9NBFTR4SSP34WW','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:28:51.490272Z","email":"once@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJAH12C193D4E3REM1FSZP","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","updated_at":"2026-11-20T13:28:51.490272Z","username":null}}',1795181331519123);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAH2DMQ5HVAVS2T3XF8V2','api_key.created','{"api_key":{"id":"key_01M7WJAH2CGGEVB4H17NWWCBXQ","last_four":"mihn","name":"reader","type":"secret"}}',1795181331533241);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAH2K7ZRFZP1ZQWF6DMYN','api_key.created','{"api_key":{"id":"key_01M7WJAH2J3Y6PTDFFFKQKB68W","last_four":"q4cz","name":"gone","type":"secret"}}',1795181331539136);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAH2QJCDCR12NJQ6YAJFV','api_key.revoked','{"api_key":{"id":"key_01M7WJAH2J3Y6PTDFFFKQKB68W","last_four":"q4cz","name":"gone","type":"secret"}}',1795181331543115);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAH2WTNRFWRVSTJYYKQRM','api_key.created','{"api_key":{"id":"key_01M7WJAH2VN0369Z806X4D646W","last_four":"7zob","name":"turned","type":"secret"}}',1795181331548104);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAH30NZS8F9TFWNBJ8DEE','api_key.created','{"api_key":{"id":"key_01M7WJAH30T70B7SM9VRW9X21V","last_four":"hffb","name":"turned","type":"secret"}}',1795181331552462);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAH3Z4VGWQB8ZBMVRC6D3','session.created','{"session":{"created_at":"2026-11-20T13:28:51.582795Z","device_type":"desktop","expires_at":"2026-12-20T13:28:51.582795Z","id":"ses_01M7WJAH3Y44FCW0N83R8FF7AH","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGAR7MQSXYV1NZB09RWE"}}',1795181331583086);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAH8K82K7VA2CTZ7SK1DM','session.created','{"session":{"created_at":"2026-11-20T13:28:51.730943Z","device_type":"desktop","expires_at":"2026-12-20T13:28:51.730943Z","id":"ses_01M7WJAH8JR5HK7T9JAPAFVN5W","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGBW7B6X4ZF0KDY2SD5T"}}',1795181331731159);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAH97KMR6Z826R437BR75','session.created','{"session":{"created_at":"2026-11-20T13:28:51.751507Z","device_type":"desktop","expires_at":"2026-12-20T13:28:51.751507Z","id":"ses_01M7WJAH97Q5DPV6X83A8VSGFT","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGAR7MQSXYV1NZB09RWE"}}',1795181331751681);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','evt_01M7WJAKVGAQYP3RKV83AB962X','session.created','{"session":{"created_at":"2026-11-20T13:28:54.384026Z","device_type":"desktop","expires_at":"2026-12-20T13:28:54.384026Z","id":"ses_01M7WJAKVGX9K8QWAJRYX2JYDD","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJAG6H2T1874KCTH96JBVN","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJAGAR7MQSXYV1NZB09RWE"}}',1795181334384240);
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
INSERT INTO "hj_password_history" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','usr_01M7WJAGH46DTNW9Y1MWCJZ88S',1,'$argon2id$v=19$m=7168,t=5,p=1$ANCE69NA+9tixkl8n9CCbw$0f/Qs4Z1tKdilThEi+Z/36NsHFlghErJrMlQaJImUhw',1795181331114744);
CREATE TABLE hj_schema_migration (
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    batch INTEGER NOT NULL,
    applied_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    down_script TEXT,
    down_checksum TEXT,
    CONSTRAINT hj_schema_migration_pkey PRIMARY KEY (version)
) STRICT;
INSERT INTO "hj_schema_migration" VALUES('20261120_001','20261120_001_initial_schema','04b0a41a995c39ca009b68e76a14923a02da4c04374bb90b80b1cdf57d022f53',1,1795181330526868,3,'DROP TABLE hj_idempotency;
DROP TABLE hj_outbox;
DROP TABLE hj_audit_log;
DROP TABLE hj_password_history;
DROP TABLE hj_session;
DROP TABLE hj_user;
DROP TABLE cp_audit_log;
DROP TABLE cp_setting;
DROP TABLE cp_signing_key;
DROP TABLE cp_master_key;
DROP TABLE cp_api_key;
DROP TABLE cp_tenant;
','8b292da62e02fb9a2391e2885aff7521943c9be013599174743de893a9d119a1');
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
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAGBSZ760YR5BWSPMZ119','usr_01M7WJAGAR7MQSXYV1NZB09RWE',0,1795181330809210,1795181330809210,1795181330809210,1797773330809210,NULL,NULL,1795181330776518,0,X'3778073BE5FFD3578DB8FB97B272713C','pwd',NULL,'127.0.0.1','Python-urllib/3.11',NULL,'unknown');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAGJWM5A32YD77F1VRYNZ','usr_01M7WJAGH46DTNW9Y1MWCJZ88S',0,1795181331036197,1795181331036197,1795181331036197,1797773331036197,NULL,NULL,1795181331035599,0,X'F900695E5D23F6169B7B47A23FDFF93D','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAGP9Z10193TE3NFE4PC8','usr_01M7WJAGAR7MQSXYV1NZB09RWE',3,1795181331163512,1795181331145870,1795181331163512,1797773331145870,NULL,NULL,1795181331145402,0,X'71672AEA68269FE765E042503A034057','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAGT3B3BG8HN8AVHV13G2','usr_01M7WJAGAR7MQSXYV1NZB09RWE',0,1795181331267443,1795181331267443,1795181331267443,1797773331267443,NULL,1795181331271729,1795181331266793,0,X'6BC9FB022619D15A36420E762C664DD7','pwd','revoked','127.0.0.1','curl/8',NULL,'unknown');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAGTS9MKXWWJQ4K72GD04','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T',0,1795181331289767,1795181331289767,1795181331289767,1797773331289767,NULL,1795181331293546,1795181331289369,0,X'2245094373D2ED9FE3744C4BBC5236E8','pwd','sign_out','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAGWS9XQ41G8CA4AP61PK','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T',1,1795181331361078,1795181331353358,1795181331361078,1797773331353358,NULL,NULL,1795181331352744,0,X'7E9B09060730ABA6F8CD47F64BB07D4D','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAGXYGD7GKMK096GYM2R6','usr_01M7WJAGD049MPKBBRA2MNE2M1',0,1795181331390643,1795181331390643,1795181331390643,1797773331390643,NULL,1795181331397281,1795181331390152,0,X'42A039A0AF1CCF2E9A01A04CFBAB781F','pwd','user_banned','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','ses_01M7WJAGZQWABK03KNQXKPWY0X','usr_01M7WJAGG4NCGY4SCQJR1JG43E',0,1795181331447944,1795181331447944,1795181331447944,1802957331447944,NULL,NULL,1795181331447502,0,X'157CE5CE5E7215FA5158A695C1BB6E70','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAH3Y44FCW0N83R8FF7AH','usr_01M7WJAGAR7MQSXYV1NZB09RWE',0,1795181331582795,1795181331582795,1795181331582795,1797773331582795,NULL,NULL,1795181331582168,0,X'732372F310EE3CDDD11789BC432DF00E','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAH8JR5HK7T9JAPAFVN5W','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T',0,1795181331730943,1795181331730943,1795181331730943,1797773331730943,NULL,NULL,1795181331730241,0,X'96596C37FAB3BBE2B19BE63B8694E195','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAH97Q5DPV6X83A8VSGFT','usr_01M7WJAGAR7MQSXYV1NZB09RWE',0,1795181331751507,1795181331751507,1795181331751507,1797773331751507,NULL,NULL,1795181331751162,0,X'3D7472E073D7B0AA19CF2AA61D2E502D','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','ses_01M7WJAKVGX9K8QWAJRYX2JYDD','usr_01M7WJAGAR7MQSXYV1NZB09RWE',0,1795181334384026,1795181334384026,1795181334384026,1797773334384026,NULL,NULL,1795181334383520,0,X'D593A0CA0064EF787B219044D7086AAF','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
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
INSERT INTO "hj_user" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','usr_01M7WJAGAR7MQSXYV1NZB09RWE','ada@example.com',0,'ada','Ada Lovelace',NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$f++W+9GVgTn/L9S8qP4urw$A39LO9SHlB6zqQvtFyKygSycaQtf2g67qHaeoT2FAAY',1795181330776518,0,'{"large":9007199254740993,"note":"Ünï, 漢字, \"quotes\", ''single''","small":1.5e-7}','{}','ada@example.com
ada lovelace
ada',1795181330776518,1795181330776518,1795181334383520,1795181334383520);
INSERT INTO "hj_user" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','usr_01M7WJAGBW7B6X4ZF0KDY2SD5T','grace@example.com',1,NULL,NULL,NULL,NULL,'+15551234567',0,NULL,'crm-7','admin','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$K2kYO6R92LaWydcCj3rBXg$kHZr41uS76SGCiSD0a0MIWWYrKJrf/tyiSobWnPrQI8',1795181330812940,0,'{}','{"crm":{"seen":[1,2.5,null,true],"tier":"gold"}}','grace@example.com
+15551234567',1795181330812940,1795181330812940,1795181331730241,1795181331730241);
INSERT INTO "hj_user" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','usr_01M7WJAGD049MPKBBRA2MNE2M1','mallory@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','banned','abuse',NULL,'$argon2id$v=19$m=7168,t=5,p=1$Ayhdsl8YxbyAqGJtCiTtOA$KcNIG+8rER/iPY7ODOlTruZl4Fl26ibOLPEFx4wiBP4',1795181330848376,0,'{}','{}','mallory@example.com',1795181330848376,1795181331396187,1795181331390152,1795181331390152);
INSERT INTO "hj_user" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','usr_01M7WJAGDYMFMEPABNW9429QGB','edsger@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','disabled','left',NULL,'$argon2id$v=19$m=7168,t=5,p=1$/7jFV3n4+5bD4euhC2YxNA$lHqn6D0iWqsUL3DgAYEIiwHejlpfd6zToTpOLvMa7G4',1795181330878982,0,'{}','{}','edsger@example.com',1795181330878982,1795181331406501,NULL,NULL);
INSERT INTO "hj_user" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','usr_01M7WJAGEW8DQ3TNWNZ7S8HSMH','linus@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm',1795181330908448,0,'{}','{}','linus@example.com',1795181330908448,1795181330908448,NULL,NULL);
INSERT INTO "hj_user" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','usr_01M7WJAGF3KGPX8BSR2V7G5TKS','nobody@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,NULL,NULL,0,'{}','{}','nobody@example.com',1795181330915365,1795181330915365,NULL,NULL);
INSERT INTO "hj_user" VALUES('tnt_01M7WJAG7GYPXDJRR1X0BPJ90V','usr_01M7WJAGG4NCGY4SCQJR1JG43E','ada@example.com',0,NULL,'Another Ada',NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$amZap4tuMfh898dJlyFiNQ$GH1uBgTVQzcVSTpDQm60LjeXQ9rRjYR9pC5A3MSQS7I',1795181330948163,0,'{}','{}','ada@example.com
another ada',1795181330948163,1795181330948163,1795181331447502,1795181331447502);
INSERT INTO "hj_user" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','usr_01M7WJAGH46DTNW9Y1MWCJZ88S','barbara@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$DkEiqgzX2ksmBQM9r++NaA$jMG+ppi0NYwsTEYzCg3CQL3W1vD0v042VQhKOj9yCdg',1795181331114744,0,'{}','{}','barbara@example.com',1795181330980074,1795181331114744,1795181331035599,1795181331035599);
INSERT INTO "hj_user" VALUES('tnt_01M7WJAG6H2T1874KCTH96JBVN','usr_01M7WJAH12C193D4E3REM1FSZP','once@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$plTWjzzgkIwbEAhtqkzmRQ$d/LJpY4jPs6W5p13QbjqkcC0MPXaK/RFcOY0sJgGf7k',1795181331490272,0,'{}','{}','once@example.com',1795181331490272,1795181331490272,NULL,NULL);
CREATE INDEX idx_hj_user_created_at ON hj_user (tenant_id, created_at, id);
CREATE INDEX idx_hj_session_user_id ON hj_session (tenant_id, user_id);
CREATE INDEX idx_hj_session_user_id_active ON hj_session (tenant_id, user_id) WHERE revoked_at IS NULL;
CREATE INDEX idx_hj_session_expires_at ON hj_session (tenant_id, expires_at);
CREATE INDEX idx_hj_outbox_created_at ON hj_outbox (tenant_id, created_at);
CREATE INDEX idx_hj_idempotency_expires_at ON hj_idempotency (tenant_id, expires_at);
COMMIT;
