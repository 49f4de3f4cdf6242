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
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','key_01M7WJYXB0H6M5M4NF5J1XSSHW','First publishable key','publishable','live','fr4b',X'D27309DFC8E27027321AB095F44E1BC4A6A841D716185F63E2395880AE38527E','',1795181999456221,1795181999616520,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','key_01M7WJYXB2ABSQXCEX5GT45BBP','First secret key','secret','live','tcxp',X'C5273EBA7B39F3B2AD8327E14277CBA8338604D2FD05FC93C63FBC9849449DBD','*',1795181999458223,1795181999605642,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','key_01M7WJYXBTHCDGW76AVCW8VP6P','First publishable key','publishable','live','nijq',X'E02AEB09257818BE6CDDF23C750BD4E264AFB61CE77A9CF9C5749D22A3B1EBE1','',1795181999482545,1795182000082753,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','key_01M7WJYXBWQ2D4RCGCRZDRJEHJ','First secret key','secret','live','tryz',X'91805063FA90DA3BA36A80D3B937C7E1FFE8229C29D38FBF25EC127C48BD8260','*',1795181999484278,1795181999579992,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXCK8MR8VQPMB6G7G897','key_01M7WJYXCRA2H5NH846VJ8519M','First publishable key','publishable','live','lorl',X'E42AAB9134A69AE9C0A43B2F51D4136370A039A89C8CC5DD338F9140D1B2B1CE','',1795181999512966,NULL,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXCK8MR8VQPMB6G7G897','key_01M7WJYXCWN6N73QQNRKM1VQRT','First secret key','secret','live','kft5',X'14C768B633039082EE5E2A726FB05EC4E47F14CA72FF570D501B1434F2DE5186','*',1795181999516672,NULL,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','key_01M7WJYY0S2BNTZXYFWKWJ847J','reader','secret','test','h6pd',X'78D32A1E2A3D03998720CCD8C20E8B30EF0EABB02817FBD1E4547A568BC1E018','users:read',1795182000153599,NULL,1802958000153599,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','key_01M7WJYY0WSZ3S87AA41AQRVK0','gone','secret','live','3vpb',X'E18750DE382A78E0A65AFB2791FCEA4C74252091534B52606ABB89C7BA2C1513','*',1795182000156894,NULL,NULL,1795182000160794);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','key_01M7WJYY14ZP6A9WATK7WQ5916','turned','secret','live','zo6v',X'83DF36909BFAFF1BC7C73DDD5ADFF0636A3E63CA08ECB3DD7FCCDDB57E4EB7A1','*',1795182000164665,NULL,NULL,1797774000172221);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','key_01M7WJYY1C4J9YWATAPK5YX0NR','turned','secret','live','wzrn',X'50D5837A9D2189057EEFDAF2A770B4C174BCDAA9995A1EC09C89BFEE65E2FAE9','*',1795182000172663,NULL,NULL,NULL);
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
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYX8TM4J6WWV1WPZCNZ5D',NULL,'key.added','system',NULL,NULL,'signing_key','kid_p8xdAy30yLWoIfuAtW2BcQ',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"refresh_token"}',1795181999386015);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYX8VFGS155YRSHMCYYN1',NULL,'key.added','system',NULL,NULL,'signing_key','kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795181999387963);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYXAWGH5R0VDHN79Y4KFN','tnt_01M7WJYXAWWCYNQA0W72KMED0T','tenant.created','system',NULL,NULL,'tenant','tnt_01M7WJYXAWWCYNQA0W72KMED0T',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795181999452637);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYXBQAP9SB0WPD2X38R1T','tnt_01M7WJYXBQGRE45DAMHPB2N1FE','tenant.created','system',NULL,NULL,'tenant','tnt_01M7WJYXBQGRE45DAMHPB2N1FE',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795181999479801);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYXCMWRYDV47FKTYHY51D','tnt_01M7WJYXCK8MR8VQPMB6G7G897','tenant.created','system',NULL,NULL,'tenant','tnt_01M7WJYXCK8MR8VQPMB6G7G897',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795181999508164);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYXE37HJ2Q91FW7SKPBAR','tnt_01M7WJYXCK8MR8VQPMB6G7G897','tenant.suspended','system',NULL,NULL,'tenant','tnt_01M7WJYXCK8MR8VQPMB6G7G897',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795181999555732);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYXEPZMKGYPHWMEHV0HVJ',NULL,'api_key.created','system',NULL,NULL,'api_key','key_01M7WJYXENXB63FTW9FTMPMRB8',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"master"}',1795181999574325);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYXFJZ6Q0TJNHABSZW1XG','tnt_01M7WJYXBQGRE45DAMHPB2N1FE','config.updated','api_key','key_01M7WJYXBWQ2D4RCGCRZDRJEHJ',NULL,'tenant','tnt_01M7WJYXBQGRE45DAMHPB2N1FE','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXETNJA7QXX800ZE2D93','{}',1795181999602969);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYXFP8GCBN6N0HYR3QABN','tnt_01M7WJYXAWWCYNQA0W72KMED0T','config.updated','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'tenant','tnt_01M7WJYXAWWCYNQA0W72KMED0T','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXFMYD4KR78YGYRJZ0YR','{}',1795181999606941);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYY2X5092S7TE8F6AGH8R',NULL,'key.added','system',NULL,NULL,'signing_key','kid_5PzzeRUCIQpPBF5X_EThjHabRAgrRPHYd2VqcqKoE2Y',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795182000221309);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYY3HGEXSEZZ054VT8C9Q',NULL,'key.activated','system',NULL,NULL,'signing_key','kid_5PzzeRUCIQpPBF5X_EThjHabRAgrRPHYd2VqcqKoE2Y',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"signs_from":"2026-11-20T13:40:00.241267Z"}',1795182000241883);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYYCFPY681PNGN7RWGHV6',NULL,'key.added','system',NULL,NULL,'signing_key','kid_tbymYI-6BA-y__pUqiDKuSyOvDgwDg7CJ6sGhmpYpxk',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795182000527216);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYYD3Z19ABWQR490E0X6N',NULL,'key.retired','system',NULL,NULL,'signing_key','kid_tbymYI-6BA-y__pUqiDKuSyOvDgwDg7CJ6sGhmpYpxk',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"forced":true}',1795182000547190);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYYDKMHNJRPNJ78R840VB',NULL,'key.added','system',NULL,NULL,'signing_key','kid__FDcZbK7Xc3Jhfkd4ETeVf2o4pTcEOsOmn6ctNPfWKc',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795182000563637);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WJYYE6DH02JEJ2XGR4ZE13',NULL,'key.added','system',NULL,NULL,'signing_key','kid_iaiwrVVtitQRbwXXkFe5gQ',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"refresh_token"}',1795182000582936);
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
INSERT INTO "cp_master_key" VALUES('key_01M7WJYXENXB63FTW9FTMPMRB8','operator','master','live','sw72',X'0B32A93DB2B4C57EDD18CD95FD56B2723D80BF426D5DB947993DEFFC7377342C','*',1795181999573429,NULL,NULL,NULL);
CREATE TABLE cp_setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT cp_setting_pkey PRIMARY KEY (name)
) STRICT;
INSERT INTO "cp_setting" VALUES('encryption_check','v1:zuoru4m-:BjPW0uDBt_X7eSzPntrM-vMULsYs7CIu:00u3u63I44pR4a09QEJmJwXC-XQufuqGjvgXKtqBPYw',1795181999382403);
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
INSERT INTO "cp_signing_key" VALUES('kid_p8xdAy30yLWoIfuAtW2BcQ','refresh_token',NULL,'v1:zuoru4m-:n2XAKjHhx028M_QJFie_xAwiFJbd3LpS:kw3lyRswsK-NZ9MFhAyAok7C_HBvRXstt-6gvhHXCIsc_j9IARXiZT5xjNKzqzZ5',1795181999385516,1795181999385516,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ','access_token',X'19BF44096984CDFE8541BAC167DC3B96C85086AA30B6B6CB0C5C38AD703166E1','v1:zuoru4m-:nH4O_UlDrTqkwOoCpw9RfpG4OQ_FOqxv:DGhXrkBG14df85b7hZVkoOk72bvGF_ibvlAr5ORAuT6-oDybHod9-DUYnVxKJtyX',1795181999387251,1795181999387251,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_5PzzeRUCIQpPBF5X_EThjHabRAgrRPHYd2VqcqKoE2Y','access_token',X'261D64BF0754C3702079A4E140F85D4AD7AC1D64A132F4BB95461217C27D5A4B','v1:zuoru4m-:tthov-v_nQbs-qwgUBx_zSFPYL-3Ch5V:9FLmWFSk0S7xtaiW-nHVbwWIsJHM6-z6jxTCjSAoGPHfjqbx-PazEdc4Mu7vMFq6',1795182000220764,1795182000241267,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_tbymYI-6BA-y__pUqiDKuSyOvDgwDg7CJ6sGhmpYpxk','access_token',X'DC8BAAC6F7C554F43F04A1E235566B63EE0839E0BF679C56743BF6F1AAA3AA7B','v1:zuoru4m-:XXszsPjU-LPk7KPMIWJ9g8NBkJd3O6Ib:XEgaqHouOYBIGeou1iIzwNiKSNGDZBYXe99qhsYzVxHmbQFchayC-IOFpuQN2UsP',1795182000526625,NULL,1795182000546894);
INSERT INTO "cp_signing_key" VALUES('kid__FDcZbK7Xc3Jhfkd4ETeVf2o4pTcEOsOmn6ctNPfWKc','access_token',X'76575BB1DD9432CA64586241962B8F7E47F434143482CCA9CF6D21732AFD2934','v1:zuoru4m-:0NcyVn8MGllDnhg0M0LNPQQEXSmEcme4:q20I5kn33zjGlPV6zuu76pxIHWCIZUw3Q1fHv3MD1GfUaXTQuxuVhfqFWy-YyEfq',1795182000563098,NULL,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_iaiwrVVtitQRbwXXkFe5gQ','refresh_token',NULL,'v1:zuoru4m-:frJfD0Y-i6aGPGr34HztDCs2Z-012nme:Kdw16iM13xwl6LAyjKs-0kGI0AYGNBc4ImLTcQKahtAW9oZ68nFNTe12HRh4EPbN',1795182000582623,1795182000582623,NULL);
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
INSERT INTO "cp_tenant" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','Acme','acme','active','free','{"access_token_ttl":null,"allow_sign_up":null,"allowed_auth_methods":[],"allowed_email_domains":[],"allowed_origins":["https://app.example"],"email_verification_required":null,"idle_timeout":null,"max_sessions_per_user":null,"password_policy":null,"session_duration":null,"token_format":"jwt","username_enabled":true}','{}','{}',1795181999452094,1795181999606748);
INSERT INTO "cp_tenant" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','Globex Überall','globex-berall','active','free','{"access_token_ttl":null,"allow_sign_up":null,"allowed_auth_methods":[],"allowed_email_domains":[],"allowed_origins":[],"email_verification_required":null,"idle_timeout":null,"max_sessions_per_user":null,"password_policy":null,"session_duration":"90d","token_format":"paseto","username_enabled":false}','{}','{}',1795181999479295,1795181999602747);
INSERT INTO "cp_tenant" VALUES('tnt_01M7WJYXCK8MR8VQPMB6G7G897','Closed','closed','suspended','free','{"access_token_ttl":null,"allow_sign_up":null,"allowed_auth_methods":[],"allowed_email_domains":[],"allowed_origins":[],"email_verification_required":null,"idle_timeout":null,"max_sessions_per_user":null,"password_policy":null,"session_duration":null,"token_format":"jwt","username_enabled":false}','{}','{}',1795181999507709,1795181999555492);
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
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXB0C22DKRXSNVRJTWXB','api_key.created','system',NULL,NULL,'api_key','key_01M7WJYXB0H6M5M4NF5J1XSSHW',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"publishable"}',1795181999456637);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXB28C72P1YWE3RA71B2','api_key.created','system',NULL,NULL,'api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"secret"}',1795181999458568);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','evt_audit_01M7WJYXBTP2KVREVN7RJY3J5N','api_key.created','system',NULL,NULL,'api_key','key_01M7WJYXBTHCDGW76AVCW8VP6P',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"publishable"}',1795181999482907);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','evt_audit_01M7WJYXBWZ8T7MJ8SHJZFS19K','api_key.created','system',NULL,NULL,'api_key','key_01M7WJYXBWQ2D4RCGCRZDRJEHJ',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"secret"}',1795181999484557);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXCK8MR8VQPMB6G7G897','evt_audit_01M7WJYXCSSRTGK1W5G18XCAE2','api_key.created','system',NULL,NULL,'api_key','key_01M7WJYXCRA2H5NH846VJ8519M',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"publishable"}',1795181999513566);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXCK8MR8VQPMB6G7G897','evt_audit_01M7WJYXCX7YBN1YSVTX4FVFAE','api_key.created','system',NULL,NULL,'api_key','key_01M7WJYXCWN6N73QQNRKM1VQRT',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"secret"}',1795181999517344);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXGS1KFES1W27XZBNSWX','user.register','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','ada@example.com','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXFRC2996YATED7KQN1M','{}',1795181999641155);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXKJT1HHJ5P27FGJ74X0','user.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXGXTGNMEES16EHQHYJ9','{}',1795181999730784);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXM54BZCRDA9HR4NVFQB','user.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXKP476P2F0E96NZEFJG','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXKNSPCAD9F6E9HEWMPZ','{}',1795181999749221);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXMQZ1MY4VVVTKYZV4MB','user.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXM7FTTSZ5SJSQR6CDA5','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXM7HAXDXGGT98BG33YJ','{}',1795181999767130);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXMTD9D8MDGKCXBB47ST','user.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXMS4MN22JM2F037QV0J','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXMRYPKJCJNRCVMXY6FC','{}',1795181999770209);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXMXGGESMM8MEARCNEBT','user.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXMWY0YCBC6X1XFG0CHR','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXMV70DQ2SYKY2Q27T4X','{}',1795181999773260);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXNE4QJDP52GCZQRJC73','user.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXMZMZ3DEQQR0DJS97B9','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXMYNH7VDZF95J16M41G','{}',1795181999790573);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','evt_audit_01M7WJYXNZ4C0QCAGSD903FSRH','user.created','api_key','key_01M7WJYXBWQ2D4RCGCRZDRJEHJ',NULL,'user','usr_01M7WJYXNH57G710G541PNAE9M','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXNG8WFFYSP3WA6WMG6A','{}',1795181999807997);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXPHQKGK7GQC9CGKJ217','user.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXP2QWBCA5N0ETHFBAZT','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXP16F9505KJHB287XJD','{}',1795181999825306);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXQ3NYD03JS61YYZS2MN','user.login','user','usr_01M7WJYXP2QWBCA5N0ETHFBAZT','barbara@example.com','user','usr_01M7WJYXP2QWBCA5N0ETHFBAZT','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYXPKF9K63F7JNBSW7TTB','{"auth_method":"email_password","session_id":"ses_01M7WJYXQ3ZKXJF7XC4RFCD7ND"}',1795181999843669);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXRM964PWDQQME68G8CF','user.password_change','user','usr_01M7WJYXP2QWBCA5N0ETHFBAZT','barbara@example.com','user','usr_01M7WJYXP2QWBCA5N0ETHFBAZT','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXQ5T3T0X0ZZNM5EX8S2','{}',1795181999892598);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXS7DQWE9AEZYR1AKHJ1','user.login','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','ada@example.com','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYXRQX6P815K46BRMYBGT','{"auth_method":"email_password","session_id":"ses_01M7WJYXS6QB4FT75CX59YAK3J"}',1795181999911207);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXT2DHN2JB4P03YNT6TP','user.login','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','ada@example.com','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','127.0.0.1','curl/8',NULL,'unknown','success',NULL,'req_01M7WJYXSJ2A5VPV05FVXP8SHD','{"auth_method":"email_password","session_id":"ses_01M7WJYXT22WKVZE5Q7HMPP0FZ"}',1795181999938572);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXT5EQ5TAW0B3ZD1JCGN','session.revoked','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'session','ses_01M7WJYXT22WKVZE5Q7HMPP0FZ','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXT41TSZ686HVD9TG5MR','{}',1795181999941571);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXTQQHP7DMYGT2SCXA2Z','user.login','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','grace@example.com','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYXT7RGNKY0QWDB9ENA7A','{"auth_method":"email_password","session_id":"ses_01M7WJYXTQ93AV79VRZ3SPYV48"}',1795181999959853);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXTWHPRS0HSXFVF4VR82','user.logout','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','grace@example.com','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXTSAA2RZRVY8FNE9GEF','{"sessions":1}',1795181999964050);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXVM3AQCSXVNA7QTSQ6H','user.login','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','grace@example.com','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYXTXCXXSCJYV2HPYD6M7','{"auth_method":"email_password","session_id":"ses_01M7WJYXVM6AR2DJ0ARMR682S6"}',1795181999988771);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXWQQ2N92A78HBDRKH77','user.login','user','usr_01M7WJYXKP476P2F0E96NZEFJG','mallory@example.com','user','usr_01M7WJYXKP476P2F0E96NZEFJG','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYXVSFMABP84M9YCA3QJW','{"auth_method":"email_password","session_id":"ses_01M7WJYXWQ8AHXJBP0VG1YE9TM"}',1795182000023445);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXXQD9F3EKTYZV2BPYQA','user.banned','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXKP476P2F0E96NZEFJG','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXXC3FZZ3PV5KHV7NY09','{}',1795182000055729);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXXVYQW81NNM80WWVR9M','user.disabled','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXM7FTTSZ5SJSQR6CDA5','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXXSNNB4CP8MKZZYY625','{}',1795182000059090);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXY9V0TG61QBY8TQZY39','user.deleted','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYXMZMZ3DEQQR0DJS97B9','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXXWBN0MA84VXX4B979C','{}',1795182000073262);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','evt_audit_01M7WJYXZA8AJ4BT4M4AA3F36Q','user.login','user','usr_01M7WJYXNH57G710G541PNAE9M','ada@example.com','user','usr_01M7WJYXNH57G710G541PNAE9M','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYXYBN9RQ26RVHBGGVJP5','{"auth_method":"email_password","session_id":"ses_01M7WJYXZAKZ7RPJ8BNMRXD3PC"}',1795182000106776);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYXZX172DFAD75WKJ0RH3','user.login_failed','api_key','key_01M7WJYXB0H6M5M4NF5J1XSSHW',NULL,NULL,NULL,'127.0.0.1','Python-urllib/3.11',NULL,'unknown','failure','invalid_credentials','req_01M7WJYXZCGM165HAJ03PV7AQA','{"auth_method":"email_password"}',1795182000125440);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYY0JCC6DKV3ANFX9YET6','user.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'user','usr_01M7WJYY03BD1ZE3B1RDZ1E052','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYXZZSY2AHJTFHVSSTMY3','{}',1795182000146958);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYY0TEP3JN2KY5BSTHFB9','api_key.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'api_key','key_01M7WJYY0S2BNTZXYFWKWJ847J','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYY0RKZCY5RTPF1SQD82P','{"type":"secret"}',1795182000154194);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYY0X16BXNEYRNMK1KARJ','api_key.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'api_key','key_01M7WJYY0WSZ3S87AA41AQRVK0','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYY0W1BFPWZBCE6PZ4WYS','{"type":"secret"}',1795182000157207);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYY11CTV9T0GCEEV201P3','api_key.revoked','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'api_key','key_01M7WJYY0WSZ3S87AA41AQRVK0','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYY0Y01ZTESXDM9TH44AV','{}',1795182000161468);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYY162SZAWGCKE40RR6K2','api_key.created','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'api_key','key_01M7WJYY14ZP6A9WATK7WQ5916','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYY13VQ7JSTCTASZ8JWY5','{"type":"secret"}',1795182000166418);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYY1G31VH22MQZBBBFTJK','api_key.rotated','api_key','key_01M7WJYXB2ABSQXCEX5GT45BBP',NULL,'api_key','key_01M7WJYY14ZP6A9WATK7WQ5916','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WJYY1AHYV7EPCWCPNF03TZ','{"successor":"key_01M7WJYY1C4J9YWATAPK5YX0NR"}',1795182000176570);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYY27XDSD0J2WJ37VT1NZ','user.login','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','ada@example.com','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYY1JJ0B6XEDDZHT89TC0','{"auth_method":"email_password","session_id":"ses_01M7WJYY27RHD8SJ1QARGZAWN9"}',1795182000199726);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYY4B16K1HM5KMRMKCVV4','user.login','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','grace@example.com','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYY3PFTCJAJA5TDJ2BXH1','{"auth_method":"email_password","session_id":"ses_01M7WJYY4BBJ424W382XRGQGQB"}',1795182000267556);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYYB9S5B5D6YC68EZBF73','user.login','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','grace@example.com','user','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYYARPXYMNJ2WHPGW1J39','{"auth_method":"email_password","session_id":"ses_01M7WJYYB97MPXAW1J70X3V8B3"}',1795182000489604);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJYYBXHG9KC81VHTSHC2H5','user.login','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','ada@example.com','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJYYBDVHJPZQDNW5WEQTEB','{"auth_method":"email_password","session_id":"ses_01M7WJYYBXZMCADQRNZQQMVKP4"}',1795182000509929);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_audit_01M7WJZ0X50ADJWSM7WNBZQRSH','user.login','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','ada@example.com','user','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WJZ0WK3EC5WRDGCWTFJR4C','{"auth_method":"email_password","session_id":"ses_01M7WJZ0X5DGHC3HCGFD4V13FS"}',1795182003109837);
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
INSERT INTO "hj_idempotency" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T',X'B375170AF6CAFA38A747361ACBA3182C0A266E8C7D6FE9B5DC294137D4FBB521',X'9FA01ABEE23A47088985F85BC367D0027B7CCEDA83BE288EDB7DD57336D88727','v1:zuoru4m-:CuhxnIpjKCx934SJvn1BBscyfprs7P5w:OkJo7iucp7mycKs5sGw3ljwDdLe7bjtaeAYPZni2sWzdtsr627-NKg4JCURCPIXb94Um7qQsiUY-uwoXQCabuy4KHuhNl8iTbF0O9HQmcH4759Xl61zFRPPcRZ7vMN28GTc5ig2xdsj34rRYwqNyCktBjU_Jb_WXxpCkjkLUl-gSlyQNoIg3v29YaqmdB4fZ2X7sdpU-gHyWm5wFhxbCbrN7qon3ga31PTMOLao7qKiTkmbHMOzNUN_dND5g4dGc06-7yO7cLO4ydbEDSjPbYLALUhD5gXjaZHWZ-3QaxPq0IlxkWImdNLcO_mfoo2kBcO4SNVSevay237LUxfA4u8ftMxaj2xcV0WuTHbpvE-Xqn022UWF52cRn0uRWqnKZXc1nCwJka9ZeOS1AFwffvgaM8WlEGIPaGG1pI6d2QDktb_8QQqCxGOxY5QkAlLWB56yOv4uWEzJuiJLOPafl7csjEvYGnSOAv2zmT47aiLQKs_UsyAbJEhMBFbUk_LU58eNO0AN1HIR_NakuW0WqJdeBt2fe9AokcWxwa4b3XL4cr8mxW7yanhAmm0ksWmeXVKlKh_p8cb0RsG1rwme1we4pat-Af9kwzuFr_n8koJgBtYpcnvYULMxkjX_0xlrFWoYb1MSOm66tkNpBg2fxGF4ysSxT0M3yoTquZidm-ZcwawpZ__4YE77jyZiCEUVmCJj_t5odUqJqlSs4ksFjImKYppZWmrkw0jyyNkr_sFOL64gUiRB7HmZK-VPiX4Jdpy02KamtiOVEx3Rpmk3mESPnR_hnQyBICNZi4eHoE3ZvRjE8wM6ShK4NdA3PnrWJmvRUwKs',1795182000127941,1795268400127941);
CREATE TABLE hj_outbox (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT hj_outbox_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)
) STRICT;
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXB05TJVEQ7447TG30DF','api_key.created','{"api_key":{"id":"key_01M7WJYXB0H6M5M4NF5J1XSSHW","last_four":"fr4b","name":"First publishable key","type":"publishable"}}',1795181999456865);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXB2EH9514E7J8GY2BY6','api_key.created','{"api_key":{"id":"key_01M7WJYXB2ABSQXCEX5GT45BBP","last_four":"tcxp","name":"First secret key","type":"secret"}}',1795181999458746);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','evt_01M7WJYXBVNH43MKBVW0SQ865G','api_key.created','{"api_key":{"id":"key_01M7WJYXBTHCDGW76AVCW8VP6P","last_four":"nijq","name":"First publishable key","type":"publishable"}}',1795181999483177);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','evt_01M7WJYXBWKY8NKZ0MXDN9WBGV','api_key.created','{"api_key":{"id":"key_01M7WJYXBWQ2D4RCGCRZDRJEHJ","last_four":"tryz","name":"First secret key","type":"secret"}}',1795181999484742);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXCK8MR8VQPMB6G7G897','evt_01M7WJYXCTABQJHJNM3TMJQSYQ','api_key.created','{"api_key":{"id":"key_01M7WJYXCRA2H5NH846VJ8519M","last_four":"lorl","name":"First publishable key","type":"publishable"}}',1795181999514216);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXCK8MR8VQPMB6G7G897','evt_01M7WJYXCYWBJX3XAB4EVRBGM5','api_key.created','{"api_key":{"id":"key_01M7WJYXCWN6N73QQNRKM1VQRT","last_four":"kft5","name":"First secret key","type":"secret"}}',1795181999518139);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXGS968HHJ5XTX4CXVP8','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.617201Z","email":"ada@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D","name":"Ada Lovelace","phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{"large":9007199254740993,"note":"Ünï, 漢字, \"quotes\", ''single''","small":1.5e-7},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:39:59.617201Z","username":"ada"}}',1795181999641394);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXGSVT2B53RH8S866NBR','session.created','{"session":{"created_at":"2026-11-20T13:39:59.641565Z","device_type":"unknown","expires_at":"2026-12-20T13:39:59.641565Z","id":"ses_01M7WJYXGSW6D4YPYJ2J78XY16","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Python-urllib/3.11","user_id":"usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D"}}',1795181999641837);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXKJQ8G27MEYWAPHZYE7','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.683031Z","email":"grace@example.com","email_verified":true,"external_id":"crm-7","id":"usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV","name":null,"phone":"+15551234567","phone_verified":false,"private_metadata":{"crm":{"seen":[1,2.5,null,true],"tier":"gold"}},"public_metadata":{},"role":"admin","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:39:59.683031Z","username":null}}',1795181999730990);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXM5RESSDG797R6X2KYB','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.734235Z","email":"mallory@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXKP476P2F0E96NZEFJG","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:39:59.734235Z","username":null}}',1795181999749342);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXMQ6SMS240N81R2HW91','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.751983Z","email":"edsger@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXM7FTTSZ5SJSQR6CDA5","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:39:59.751983Z","username":null}}',1795181999767262);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXMTWA0Z4B54P2N7W3AC','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.769772Z","email":"linus@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXMS4MN22JM2F037QV0J","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:39:59.769772Z","username":null}}',1795181999770362);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXMXSAYPW7M5C43NESMQ','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.772939Z","email":"nobody@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXMWY0YCBC6X1XFG0CHR","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:39:59.772939Z","username":null}}',1795181999773367);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXNESAAE7JTGN7TW66DV','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.775545Z","email":"gone@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXMZMZ3DEQQR0DJS97B9","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:39:59.775545Z","username":null}}',1795181999790704);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','evt_01M7WJYXP09EGDWRVK70YGA3AQ','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.793121Z","email":"ada@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXNH57G710G541PNAE9M","name":"Another Ada","phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXBQGRE45DAMHPB2N1FE","updated_at":"2026-11-20T13:39:59.793121Z","username":null}}',1795181999808112);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXPH8NRPAN0RVEGRJG9Z','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.810323Z","email":"barbara@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXP2QWBCA5N0ETHFBAZT","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:39:59.810323Z","username":null}}',1795181999825413);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXQ3GH70KSYA200GW00J','session.created','{"session":{"created_at":"2026-11-20T13:39:59.843218Z","device_type":"desktop","expires_at":"2026-12-20T13:39:59.843218Z","id":"ses_01M7WJYXQ3ZKXJF7XC4RFCD7ND","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXP2QWBCA5N0ETHFBAZT"}}',1795181999843438);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXRMGKXKF4QD2F7AWPA2','user.password_changed','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.810323Z","email":"barbara@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXP2QWBCA5N0ETHFBAZT","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:39:59.891824Z","username":null}}',1795181999892994);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXS7HVR1W7KGWEZV7402','session.created','{"session":{"created_at":"2026-11-20T13:39:59.910864Z","device_type":"desktop","expires_at":"2026-12-20T13:39:59.910864Z","id":"ses_01M7WJYXS6QB4FT75CX59YAK3J","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D"}}',1795181999911032);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXT2GWM1Q66HWVKKASGW','session.created','{"session":{"created_at":"2026-11-20T13:39:59.938267Z","device_type":"unknown","expires_at":"2026-12-20T13:39:59.938267Z","id":"ses_01M7WJYXT22WKVZE5Q7HMPP0FZ","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"curl/8","user_id":"usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D"}}',1795181999938431);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXT5RMAJK8VGX3Q9RJJ9','session.revoked','{"session":{"id":"ses_01M7WJYXT22WKVZE5Q7HMPP0FZ","reason":"revoked","status":"revoked","user_id":"usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D"}}',1795181999941764);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXTQRB6AT894JEEJKA6Z','session.created','{"session":{"created_at":"2026-11-20T13:39:59.959302Z","device_type":"desktop","expires_at":"2026-12-20T13:39:59.959302Z","id":"ses_01M7WJYXTQ93AV79VRZ3SPYV48","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV"}}',1795181999959512);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXTV065Q2GXHQ4ZXYAPC','session.revoked','{"session":{"id":"ses_01M7WJYXTQ93AV79VRZ3SPYV48","reason":"sign_out","status":"revoked","user_id":"usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV"}}',1795181999963962);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXVM4Y3GF71NQK6RPA9P','session.created','{"session":{"created_at":"2026-11-20T13:39:59.98845Z","device_type":"desktop","expires_at":"2026-12-20T13:39:59.98845Z","id":"ses_01M7WJYXVM6AR2DJ0ARMR682S6","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV"}}',1795181999988625);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXWQ00GX0A64NKXEC41F','session.created','{"session":{"created_at":"2026-11-20T13:40:00.023127Z","device_type":"desktop","expires_at":"2026-12-20T13:40:00.023127Z","id":"ses_01M7WJYXWQ8AHXJBP0VG1YE9TM","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXKP476P2F0E96NZEFJG"}}',1795182000023301);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXXQKPJWJQ5TWMERMT2E','session.revoked','{"session":{"id":"ses_01M7WJYXWQ8AHXJBP0VG1YE9TM","reason":"user_banned","status":"revoked","user_id":"usr_01M7WJYXKP476P2F0E96NZEFJG"}}',1795182000055633);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXXQHJH3EYZXBHG71NEP','user.banned','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.734235Z","email":"mallory@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXKP476P2F0E96NZEFJG","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"banned","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:40:00.054839Z","username":null}}',1795182000055834);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXXVTW3S63WT44WSX2TR','user.disabled','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:39:59.751983Z","email":"edsger@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYXM7FTTSZ5SJSQR6CDA5","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"disabled","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:40:00.058862Z","username":null}}',1795182000059200);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYXY93CXPSSEW82QAHQ01','user.deleted','{"user":{"id":"usr_01M7WJYXMZMZ3DEQQR0DJS97B9"}}',1795182000073418);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','evt_01M7WJYXZAWN20YGCJRBFZTD23','session.created','{"session":{"created_at":"2026-11-20T13:40:00.106369Z","device_type":"desktop","expires_at":"2027-02-18T13:40:00.106369Z","id":"ses_01M7WJYXZAKZ7RPJ8BNMRXD3PC","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXBQGRE45DAMHPB2N1FE","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXNH57G710G541PNAE9M"}}',1795182000106576);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYY0K8AE86JE5WCSRS2XH','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T13:40:00.131459Z","email":"once@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WJYY03BD1ZE3B1RDZ1E052","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","updated_at":"2026-11-20T13:40:00.131459Z","username":null}}',1795182000147107);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYY0TBVSXCAAPCZ0SSPS8','api_key.created','{"api_key":{"id":"key_01M7WJYY0S2BNTZXYFWKWJ847J","last_four":"h6pd","name":"reader","type":"secret"}}',1795182000154396);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYY0X83N5VEDJK4ST76F0','api_key.created','{"api_key":{"id":"key_01M7WJYY0WSZ3S87AA41AQRVK0","last_four":"3vpb","name":"gone","type":"secret"}}',1795182000157306);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYY11DEB65D7QZB48G8HN','api_key.revoked','{"api_key":{"id":"key_01M7WJYY0WSZ3S87AA41AQRVK0","last_four":"3vpb","name":"gone","type":"secret"}}',1795182000161832);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYY16E4V4P2J0PPWKNYAR','api_key.created','{"api_key":{"id":"key_01M7WJYY14ZP6A9WATK7WQ5916","last_four":"zo6v","name":"turned","type":"secret"}}',1795182000166669);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYY1GJRJ57H89PMQ26657','api_key.created','{"api_key":{"id":"key_01M7WJYY1C4J9YWATAPK5YX0NR","last_four":"wzrn","name":"turned","type":"secret"}}',1795182000176764);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYY27P6T4Z51VNEZPC43M','session.created','{"session":{"created_at":"2026-11-20T13:40:00.199087Z","device_type":"desktop","expires_at":"2026-12-20T13:40:00.199087Z","id":"ses_01M7WJYY27RHD8SJ1QARGZAWN9","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D"}}',1795182000199364);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYY4BMJX7H9VM889M1KWR','session.created','{"session":{"created_at":"2026-11-20T13:40:00.267197Z","device_type":"desktop","expires_at":"2026-12-20T13:40:00.267197Z","id":"ses_01M7WJYY4BBJ424W382XRGQGQB","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV"}}',1795182000267393);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYYB9WJXAJHNXF2MW491N','session.created','{"session":{"created_at":"2026-11-20T13:40:00.489238Z","device_type":"desktop","expires_at":"2026-12-20T13:40:00.489238Z","id":"ses_01M7WJYYB97MPXAW1J70X3V8B3","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV"}}',1795182000489447);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJYYBX1RMXEZCCJDN1MSX4','session.created','{"session":{"created_at":"2026-11-20T13:40:00.509536Z","device_type":"desktop","expires_at":"2026-12-20T13:40:00.509536Z","id":"ses_01M7WJYYBXZMCADQRNZQQMVKP4","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D"}}',1795182000509733);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','evt_01M7WJZ0X54T0WZG7J3Q30FMZK','session.created','{"session":{"created_at":"2026-11-20T13:40:03.109417Z","device_type":"desktop","expires_at":"2026-12-20T13:40:03.109417Z","id":"ses_01M7WJZ0X5DGHC3HCGFD4V13FS","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WJYXAWWCYNQA0W72KMED0T","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D"}}',1795182003109641);
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
INSERT INTO "hj_password_history" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','usr_01M7WJYXP2QWBCA5N0ETHFBAZT',1,'$argon2id$v=19$m=7168,t=5,p=1$PxyNW/eybZf6muAsPIU7cQ$3t925w846jOPH5IV/AvTvh846r/+yi+FmR0nrh0fs7s',1795181999891824);
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
INSERT INTO "hj_schema_migration" VALUES('20261120_001','20261120_001_initial_schema','04b0a41a995c39ca009b68e76a14923a02da4c04374bb90b80b1cdf57d022f53',1,1795181999333463,2,'DROP TABLE hj_idempotency;
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
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYXGSW6D4YPYJ2J78XY16','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D',0,1795181999641565,1795181999641565,1795181999641565,1797773999641565,NULL,NULL,1795181999617201,0,X'B77A2A314FF398B354C65434598347CA','pwd',NULL,'127.0.0.1','Python-urllib/3.11',NULL,'unknown');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYXQ3ZKXJF7XC4RFCD7ND','usr_01M7WJYXP2QWBCA5N0ETHFBAZT',0,1795181999843218,1795181999843218,1795181999843218,1797773999843218,NULL,NULL,1795181999842689,0,X'FEAAB07D0D826823514A0EC4AA0901ED','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYXS6QB4FT75CX59YAK3J','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D',3,1795181999920316,1795181999910864,1795181999920316,1797773999910864,NULL,NULL,1795181999910509,0,X'C867E7156401E24FE4E4D462FF398805','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYXT22WKVZE5Q7HMPP0FZ','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D',0,1795181999938267,1795181999938267,1795181999938267,1797773999938267,NULL,1795181999941387,1795181999937912,0,X'197B37039A287B73C2734C77598555B2','pwd','revoked','127.0.0.1','curl/8',NULL,'unknown');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYXTQ93AV79VRZ3SPYV48','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV',0,1795181999959302,1795181999959302,1795181999959302,1797773999959302,NULL,1795181999963671,1795181999958933,0,X'194AD4A79EAB9BA32ACBA6B1540BADFA','pwd','sign_out','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYXVM6AR2DJ0ARMR682S6','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV',1,1795181999991518,1795181999988450,1795181999991518,1797773999988450,NULL,NULL,1795181999988067,0,X'E973B1D005FD91660876D23A17439E45','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYXWQ8AHXJBP0VG1YE9TM','usr_01M7WJYXKP476P2F0E96NZEFJG',0,1795182000023127,1795182000023127,1795182000023127,1797774000023127,NULL,1795182000055321,1795182000022719,0,X'86B0BD7A254A36342E57A9E3719442E8','pwd','user_banned','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','ses_01M7WJYXZAKZ7RPJ8BNMRXD3PC','usr_01M7WJYXNH57G710G541PNAE9M',0,1795182000106369,1795182000106369,1795182000106369,1802958000106369,NULL,NULL,1795182000105922,0,X'862D6503BD82ABD8016851AA3C34AF15','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYY27RHD8SJ1QARGZAWN9','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D',0,1795182000199087,1795182000199087,1795182000199087,1797774000199087,NULL,NULL,1795182000198567,0,X'C50157C7B229BED023E2A432B2F521F4','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYY4BBJ424W382XRGQGQB','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV',0,1795182000267197,1795182000267197,1795182000267197,1797774000267197,NULL,NULL,1795182000266299,0,X'9174ED5DE0552F27A5C42F4BCAAF61F2','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYYB97MPXAW1J70X3V8B3','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV',0,1795182000489238,1795182000489238,1795182000489238,1797774000489238,NULL,NULL,1795182000488800,0,X'239F6AA8AD2AA5035173D47B31E7D7DE','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJYYBXZMCADQRNZQQMVKP4','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D',0,1795182000509536,1795182000509536,1795182000509536,1797774000509536,NULL,NULL,1795182000509139,0,X'D04D3F4045978DF6485FC567FCEB5E7E','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','ses_01M7WJZ0X5DGHC3HCGFD4V13FS','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D',0,1795182003109417,1795182003109417,1795182003109417,1797774003109417,NULL,NULL,1795182003108884,0,X'7FB3C1A048D1555ED3849FC74F926A7F','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
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
INSERT INTO "hj_user" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','usr_01M7WJYXG1ECJ4DBQ0QHZHZR3D','ada@example.com',0,'ada','Ada Lovelace',NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$ngL2zZwXwbDus6q4soFxFg$r52Rbof6a1Yjc+LWYe0nTdQmy4xit6Hg/3+VbiuEn0w',1795181999617201,0,'{"large":9007199254740993,"note":"Ünï, 漢字, \"quotes\", ''single''","small":1.5e-7}','{}','ada@example.com
ada lovelace
ada',1795181999617201,1795181999617201,1795182003108884,1795182003108884);
INSERT INTO "hj_user" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','usr_01M7WJYXJ3EXCNKNG5PFQ2W4RV','grace@example.com',1,NULL,NULL,NULL,NULL,'+15551234567',0,NULL,'crm-7','admin','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$FmS9IszPS8Qlch6EiwyG5w$kPxxc9my5NQz76ZdwQ/DuHhM6U3lQMC0H/iKmgE5FKg',1795181999683031,0,'{}','{"crm":{"seen":[1,2.5,null,true],"tier":"gold"}}','grace@example.com
+15551234567',1795181999683031,1795181999683031,1795182000488800,1795182000488800);
INSERT INTO "hj_user" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','usr_01M7WJYXKP476P2F0E96NZEFJG','mallory@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','banned','abuse',NULL,'$argon2id$v=19$m=7168,t=5,p=1$ZuyybuTq3kTyWJ1IfEmIEw$k7RK/jDx91e1cbewEwz4iDt2DaiDTyjcV6FEa5YeeLY',1795181999734235,0,'{}','{}','mallory@example.com',1795181999734235,1795182000054839,1795182000022719,1795182000022719);
INSERT INTO "hj_user" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','usr_01M7WJYXM7FTTSZ5SJSQR6CDA5','edsger@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','disabled','left',NULL,'$argon2id$v=19$m=7168,t=5,p=1$PwafgBZuIiK5brrpHjwpvQ$KrUno840nrTCcKps0X5NhhkyFJ0ScVqVLM7Xf4Efpo0',1795181999751983,0,'{}','{}','edsger@example.com',1795181999751983,1795182000058862,NULL,NULL);
INSERT INTO "hj_user" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','usr_01M7WJYXMS4MN22JM2F037QV0J','linus@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm',1795181999769772,0,'{}','{}','linus@example.com',1795181999769772,1795181999769772,NULL,NULL);
INSERT INTO "hj_user" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','usr_01M7WJYXMWY0YCBC6X1XFG0CHR','nobody@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,NULL,NULL,0,'{}','{}','nobody@example.com',1795181999772939,1795181999772939,NULL,NULL);
INSERT INTO "hj_user" VALUES('tnt_01M7WJYXBQGRE45DAMHPB2N1FE','usr_01M7WJYXNH57G710G541PNAE9M','ada@example.com',0,NULL,'Another Ada',NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$x8GPMjeG9chkO2EOX3/b/A$oD8AJ92qIAOGRL4OeqRqe3/WAbEap+XtcUguJssOyQE',1795181999793121,0,'{}','{}','ada@example.com
another ada',1795181999793121,1795181999793121,1795182000105922,1795182000105922);
INSERT INTO "hj_user" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','usr_01M7WJYXP2QWBCA5N0ETHFBAZT','barbara@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$/rUwv1gO0NJizN4JSIeRTg$Rp/cS4FyepoInkZ1Bhjb42o8ECdtphDt97cQWyYbX5Q',1795181999891824,0,'{}','{}','barbara@example.com',1795181999810323,1795181999891824,1795181999842689,1795181999842689);
INSERT INTO "hj_user" VALUES('tnt_01M7WJYXAWWCYNQA0W72KMED0T','usr_01M7WJYY03BD1ZE3B1RDZ1E052','once@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$o+mOac2YyB7XTMCifFrPUg$vSoXPd52NTG6EqjRAIz32Rb9jHduK4nRMS0LI90P/nc',1795182000131459,0,'{}','{}','once@example.com',1795182000131459,1795182000131459,NULL,NULL);
CREATE INDEX idx_hj_user_created_at ON hj_user (tenant_id, created_at, id);
CREATE INDEX idx_hj_session_user_id ON hj_session (tenant_id, user_id);
CREATE INDEX idx_hj_session_user_id_active ON hj_session (tenant_id, user_id) WHERE revoked_at IS NULL;
CREATE INDEX idx_hj_session_expires_at ON hj_session (tenant_id, expires_at);
CREATE INDEX idx_hj_outbox_created_at ON hj_outbox (tenant_id, created_at);
CREATE INDEX idx_hj_idempotency_expires_at ON hj_idempotency (tenant_id, expires_at);
COMMIT;
