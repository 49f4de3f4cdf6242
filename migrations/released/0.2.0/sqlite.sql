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
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','key_01M7WVYMV1MBA3BJCQ1RZWR5N4','First publishable key','publishable','live','ucka',X'6E278FA7C59365ABE71A3699030E96CD23A3DD419CCD8B292E818BCAF04CC0E7','',1795191427937615,1795191428056754,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','key_01M7WVYMV3YRJSQE9AWSAAKYJK','First secret key','secret','live','c57p',X'B49A8990CC5618FAE83DC4858C34412B212E73C9568F9347F4A412A9EEEF0FE2','*',1795191427939807,1795191428052534,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','key_01M7WVYMVTHQ90DQM4ME0VF29X','First publishable key','publishable','live','ltct',X'A56B2CDE36741786DF4306C3C67600B90C713D0045474860F8F72C5DF14636F7','',1795191427962847,1795191428402564,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','key_01M7WVYMVWWXVZ5GMKMXYYN54K','First secret key','secret','live','dgew',X'F5F3B213B98B5CB6C4A3621786C61D02EA82BE081E284486C7599B24D50FA0DE','*',1795191427964951,1795191428047341,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMWSVH433ZPHQHXJZ8W8','key_01M7WVYMWWACKMJMNFXAZE5E8E','First publishable key','publishable','live','klay',X'31C0DF05E99047731887D4A957678A086DED1426CA8EA69EF73A40D046AFAB78','',1795191427996127,NULL,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMWSVH433ZPHQHXJZ8W8','key_01M7WVYMWYAJCMNTPT1W50GN8R','First secret key','secret','live','ylb4',X'A17C05F3400A258AE36499B2C63A0CE5495FA56F8122E0717EAC068E6AF6AD9C','*',1795191427998242,NULL,NULL,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','key_01M7WVYNBDSQ3G9M7JE87R42H4','reader','secret','test','hvui',X'C19F844D4D79AFDD18CFA8D4DE467724E36A6F5968F8EABA9330C25A90915A5C','users:read',1795191428461094,NULL,1802967428461094,NULL);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','key_01M7WVYNBG61A2GC87P2ZGAQAP','gone','secret','live','p5ra',X'F4F8FEAC5B11B3D5DB8CC54B40B2A27AD7DB60C52A1C73076090FA79AB00DB25','*',1795191428464090,NULL,NULL,1795191428467459);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','key_01M7WVYNBP2T1YJH0H6EE7VA07','turned','secret','live','fi54',X'A551993523EC365FC73DB82B7FB0F9663C74BAFF987EB335A67E9B51628762EE','*',1795191428470436,NULL,NULL,1797783428473428);
INSERT INTO "cp_api_key" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','key_01M7WVYNBS87TPZQH4HCZNA5E1','turned','secret','live','6ibr',X'D56A5BE1C8AD9E9C06679383CE8554F29BDC3DD2F3C55A6493BC474B7D90E3ED','*',1795191428473733,NULL,NULL,NULL);
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
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYMRXJ863NKWFQSR58AH4',NULL,'key.added','system',NULL,NULL,'signing_key','kid_E0HFoZYkCDQrlnP8Yck9lg',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"refresh_token"}',1795191427869660);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYMS0JEGK0HT7Y8TRCTWF',NULL,'key.added','system',NULL,NULL,'signing_key','kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795191427872563);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYMTY6FEW9NG1E76WSH6G','tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','tenant.created','system',NULL,NULL,'tenant','tnt_01M7WVYMTXNQ0JRDBAGQH00N2J',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795191427934557);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYMVRWG6HCQQRT70D001D','tnt_01M7WVYMVQY06Y9BMR0X71RKQH','tenant.created','system',NULL,NULL,'tenant','tnt_01M7WVYMVQY06Y9BMR0X71RKQH',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795191427960391);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYMWS02ACRMEEFEZSSWBS','tnt_01M7WVYMWSVH433ZPHQHXJZ8W8','tenant.created','system',NULL,NULL,'tenant','tnt_01M7WVYMWSVH433ZPHQHXJZ8W8',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795191427993929);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYMXN0Z6DY9FKQBCGVHXT','tnt_01M7WVYMWSVH433ZPHQHXJZ8W8','tenant.suspended','system',NULL,NULL,'tenant','tnt_01M7WVYMWSVH433ZPHQHXJZ8W8',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{}',1795191428021538);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYMYAZ4WZPXEGZCE4FJ0Z',NULL,'api_key.created','system',NULL,NULL,'api_key','key_01M7WVYMYACAXXR2R0VC8HN8CE',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"master"}',1795191428042604);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYMYHXXNGSVK2KW59YNB3','tnt_01M7WVYMVQY06Y9BMR0X71RKQH','config.updated','api_key','key_01M7WVYMVWWXVZ5GMKMXYYN54K',NULL,'tenant','tnt_01M7WVYMVQY06Y9BMR0X71RKQH','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYMYEG3P52JAPA1YSKCQ5','{}',1795191428049458);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYMYPZX431VCJ5HYCSKYG','tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','config.updated','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'tenant','tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYMYKG4E5TSF8TDCD2WEA','{}',1795191428054216);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYND2VNGX381Y4MQ9TWFR',NULL,'key.added','system',NULL,NULL,'signing_key','kid_Yh1H6XaKMcopINTYRmdzAsy0NUzu9lC9hs_0DqXYNIY',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795191428514421);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYNDT17VYTK3474B2V790',NULL,'key.activated','system',NULL,NULL,'signing_key','kid_Yh1H6XaKMcopINTYRmdzAsy0NUzu9lC9hs_0DqXYNIY',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"signs_from":"2026-11-20T16:17:08.538314Z"}',1795191428538714);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYNXYTGRC95Z585BF7XZ9',NULL,'key.added','system',NULL,NULL,'signing_key','kid_8SHuayUXIYOa7HNm3i4uPfD2R9FhS5UhVHQKenB3ZnE',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795191429054455);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYNYQKVPY28XNJBBSX6J5',NULL,'key.retired','system',NULL,NULL,'signing_key','kid_8SHuayUXIYOa7HNm3i4uPfD2R9FhS5UhVHQKenB3ZnE',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"forced":true}',1795191429079575);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYNZEKEDP4VT580N9B85V',NULL,'key.added','system',NULL,NULL,'signing_key','kid_5uAL4G_dImtImGz3HBYYODUJpYr3TLl3wR9yLmooFHI',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"access_token"}',1795191429102884);
INSERT INTO "cp_audit_log" VALUES('evt_audit_01M7WVYP07792RKVKZ8D5PSAZH',NULL,'key.added','system',NULL,NULL,'signing_key','kid_YVohwgwaKWHtsAL9-rmBbA',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"purpose":"refresh_token"}',1795191429127849);
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
INSERT INTO "cp_master_key" VALUES('key_01M7WVYMYACAXXR2R0VC8HN8CE','operator','master','live','vjox',X'30F21743FECA8DB2BB0D3B14C3E7879693E643EC3FFACC8202F7ED3E80E5B145','*',1795191428042027,NULL,NULL,NULL);
CREATE TABLE cp_setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT cp_setting_pkey PRIMARY KEY (name)
) STRICT;
INSERT INTO "cp_setting" VALUES('schema_release','0.2.0 20261120_002',1795191427817072);
INSERT INTO "cp_setting" VALUES('encryption_check','v1:zuoru4m-:Ra4yFj-BINRbuIoPUEgZcYrCA8k6udGb:xbzImaKxVWpytwUcnnDNFUPpBtM2aQQIOLxZgwo3UZc',1795191427865228);
INSERT INTO "cp_setting" VALUES('derived_keys','v1:zuoru4m-:E53XhNR-S_0H74eTRZZk74TLfkO73o8z:BoTf7yDW6QaEPMYMkCZhvZEAcyL9l66bf1kn90Ce4ve0w3FNW7rCZhaWHJ7RrsvzsVXpo-7Vw9Kf1Zblk6JLgiOD7AJaw5BXrfIoTLHuDzw',1795191427867831);
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
INSERT INTO "cp_signing_key" VALUES('kid_E0HFoZYkCDQrlnP8Yck9lg','refresh_token',NULL,'v1:zuoru4m-:zWHNeqXBvBXk-0G_xBndLzQ6YhTRwCLj:RMZkGdI_ngUZoH2_WgH1jShljO_q_JCz3rYlzXvb7uMa9lEFteh4ZrglJn4_2-vf',1795191427869366,1795191427869366,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ','access_token',X'19BF44096984CDFE8541BAC167DC3B96C85086AA30B6B6CB0C5C38AD703166E1','v1:zuoru4m-:lstdZPvjbqlNqvECWwOVShHnFZVmKZew:ASrdwCFbRHgJ7BGmo0wT5BSoMV8KaNiUynBtOanl-hYpex6yoT-qdMzi5kMEQuaG',1795191427871417,1795191427871417,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_Yh1H6XaKMcopINTYRmdzAsy0NUzu9lC9hs_0DqXYNIY','access_token',X'C8770D368EB2FC037CA3D849F087EB9B909DD92FB3CB7175DC397BB126A8B224','v1:zuoru4m-:tBn-PEQfqj1U-9uTI2C8Uf2v9rCyEC2K:7n356phsZZpWkt4HKrtKAZ8cAt2Y7cvLAx5uYUQP1aDohKiXUyEbHBcy684eiyCc',1795191428513736,1795191428538314,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_8SHuayUXIYOa7HNm3i4uPfD2R9FhS5UhVHQKenB3ZnE','access_token',X'73E1981AD88E7E17037438E87DF6A6C0617FBB841DE53B57392A52A4FE52B465','v1:zuoru4m-:v6all7CYFaM57RSVZeCwIx_cVED-mwUy:rPvmdj1wOsVL8bUAlEAL_KCJ0k0lDw1tokn3hk-LEiI4yCYhV84Gh4FgyY8rQxM6',1795191429053644,NULL,1795191429079195);
INSERT INTO "cp_signing_key" VALUES('kid_5uAL4G_dImtImGz3HBYYODUJpYr3TLl3wR9yLmooFHI','access_token',X'49A811A35FE9F6428D8C7DE3EDE996646D7021D25F117CD69C9F1BB8BD6C79CF','v1:zuoru4m-:TfDgKH9wNsIa3PKCgyQlTt1tCndfV5iX:6nKibyvrN3NkmnMFLMfpkY20hVa4ZifejzbIIBZle0GWbiHEu2NheKoURd5MEIoA',1795191429102140,NULL,NULL);
INSERT INTO "cp_signing_key" VALUES('kid_YVohwgwaKWHtsAL9-rmBbA','refresh_token',NULL,'v1:zuoru4m-:Kj64WnTEYKSezT-lJHEMsuN3NaEN6DnZ:ADVnc3uZiCod7IODRsk3zc0mejA8ECVKFqZSGpTR8A0qeq-m9h97cJMB9rEtu2B1',1795191429127461,1795191429127461,NULL);
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
INSERT INTO "cp_tenant" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','Acme','acme','active','free','{"access_token_ttl":null,"allow_sign_up":null,"allowed_auth_methods":[],"allowed_email_domains":[],"allowed_origins":["https://app.example"],"email_verification_required":null,"idle_timeout":null,"max_sessions_per_user":null,"password_policy":null,"session_duration":null,"token_format":"jwt","username_enabled":true}','{}','{}',1795191427933874,1795191428053976);
INSERT INTO "cp_tenant" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','Globex Überall','globex-berall','active','free','{"access_token_ttl":null,"allow_sign_up":null,"allowed_auth_methods":[],"allowed_email_domains":[],"allowed_origins":[],"email_verification_required":null,"idle_timeout":null,"max_sessions_per_user":null,"password_policy":null,"session_duration":"90d","token_format":"paseto","username_enabled":false}','{}','{}',1795191427959813,1795191428049205);
INSERT INTO "cp_tenant" VALUES('tnt_01M7WVYMWSVH433ZPHQHXJZ8W8','Closed','closed','suspended','free','{"access_token_ttl":null,"allow_sign_up":null,"allowed_auth_methods":[],"allowed_email_domains":[],"allowed_origins":[],"email_verification_required":null,"idle_timeout":null,"max_sessions_per_user":null,"password_policy":null,"session_duration":null,"token_format":"jwt","username_enabled":false}','{}','{}',1795191427993299,1795191428021214);
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
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYMV2CNPE3SR8637FT3M9','api_key.created','system',NULL,NULL,'api_key','key_01M7WVYMV1MBA3BJCQ1RZWR5N4',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"publishable"}',1795191427938176);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYMV419BQTBH7ZFC7B8D0','api_key.created','system',NULL,NULL,'api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"secret"}',1795191427940113);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','evt_audit_01M7WVYMVV27WQQ8GZD9S38AM4','api_key.created','system',NULL,NULL,'api_key','key_01M7WVYMVTHQ90DQM4ME0VF29X',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"publishable"}',1795191427963373);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','evt_audit_01M7WVYMVXKWFNJ1043VZWQYCR','api_key.created','system',NULL,NULL,'api_key','key_01M7WVYMVWWXVZ5GMKMXYYN54K',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"secret"}',1795191427965404);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMWSVH433ZPHQHXJZ8W8','evt_audit_01M7WVYMWWNCYBVTM0P7TA6D11','api_key.created','system',NULL,NULL,'api_key','key_01M7WVYMWWACKMJMNFXAZE5E8E',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"publishable"}',1795191427996538);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMWSVH433ZPHQHXJZ8W8','evt_audit_01M7WVYMWYH48DG5G6QSNDJPX1','api_key.created','system',NULL,NULL,'api_key','key_01M7WVYMWYAJCMNTPT1W50GN8R',NULL,NULL,NULL,NULL,'success',NULL,NULL,'{"type":"secret"}',1795191427998588);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYMZCHXA57C8VPH41ZB4Z','user.register','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','ada@example.com','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYMYQTN5HJ1HZYQHKWNWM','{}',1795191428076964);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN03332WHTFBDJJ5C5CP','user.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYMZGDQJDGDXKQCW8VSVJ','{}',1795191428099568);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN0PX1HDYQ9VQDHC6NPA','user.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYN07GGNRB08W62NT8AS0','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN067G31874A39WWE3NQ','{}',1795191428118461);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN1817D2639BR5H5VCBD','user.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYN0SV29FTXE2MHNHQBCG','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN0R8DPCW23G596MZDPP','{}',1795191428136850);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN1CT0ZY9H4ECZ431BDD','user.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYN1B402QCAY60Y2GH71Z','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN1B3GP8XBJGFM05YDVH','{}',1795191428140353);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN1FJZKJ9KRZHCB16YD7','user.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYN1FC66WX87PRVSCK5C7','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN1E6NXEF6K3V8SWCG99','{}',1795191428143613);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN219H1JT8XA28CGXTZ6','user.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYN1JP27G9DGEY621ZJX7','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN1HRGSSSE7AG3X3111R','{}',1795191428161909);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','evt_audit_01M7WVYN2MJFEWT6BW19V4QW60','user.created','api_key','key_01M7WVYMVWWXVZ5GMKMXYYN54K',NULL,'user','usr_01M7WVYN25A2KP27HW3NR84WSD','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN24N3PHCCKQVKD0TMSS','{}',1795191428180290);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN36848F077XRB5WR6ZZ','user.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYN2QZ3HT605R9QY812QX','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN2P37BNKQA3HQZE30W1','{}',1795191428198172);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN3SRDARH6HMH63618RS','user.login','user','usr_01M7WVYN2QZ3HT605R9QY812QX','barbara@example.com','user','usr_01M7WVYN2QZ3HT605R9QY812QX','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYN38Y6VXH5EV2DKMJW1C','{"auth_method":"email_password","session_id":"ses_01M7WVYN3RVN9JMC5YF4X1NJJ0"}',1795191428217350);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN5B99GDH2M7EH3A5GCY','user.password_change','user','usr_01M7WVYN2QZ3HT605R9QY812QX','barbara@example.com','user','usr_01M7WVYN2QZ3HT605R9QY812QX','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN3V6QA0J6ANK1QQGPT1','{}',1795191428267282);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN5Z0ZWFZQED478SY52V','user.login','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','ada@example.com','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYN5DZWBDDWCPDNB0EZ0Z','{"auth_method":"email_password","session_id":"ses_01M7WVYN5YM6GVQKKD3B2J7YJ3"}',1795191428287393);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN7077FZYVXY2N24ANYE','user.login','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','ada@example.com','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','127.0.0.1','curl/8',NULL,'unknown','success',NULL,'req_01M7WVYN6CBB3XP7451Q4BSXDA','{"auth_method":"email_password","session_id":"ses_01M7WVYN70JZYAFXAM81N35FVW"}',1795191428320902);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN74RRJZR2D0JQY63A41','session.revoked','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'session','ses_01M7WVYN70JZYAFXAM81N35FVW','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN73XZJESN21WH0H8700','{}',1795191428324770);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN7Q1B0TX25T8DAVSCW4','user.login','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','grace@example.com','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYN76VQJSRX12DXA7DYJN','{"auth_method":"email_password","session_id":"ses_01M7WVYN7Q3V8R8KXPD55NG405"}',1795191428343916);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN7WPB907FQCJG7NJ0CH','user.logout','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','grace@example.com','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN7TXFCZJGESZSGVABJJ','{"sessions":1}',1795191428348311);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN8F1JJ4274BFY86NWF0','user.login','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','grace@example.com','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYN7YRW7ARKNE0FMFPJWP','{"auth_method":"email_password","session_id":"ses_01M7WVYN8E6P472W3YXCF8J4CW"}',1795191428367090);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN95WC97E2CEM50P8W2A','user.login','user','usr_01M7WVYN07GGNRB08W62NT8AS0','mallory@example.com','user','usr_01M7WVYN07GGNRB08W62NT8AS0','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYN8M80RH8ENAX1CSRKAR','{"auth_method":"email_password","session_id":"ses_01M7WVYN94Q1V61RY78S2AD374"}',1795191428389190);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN998X48YXMR6W6YTE36','user.banned','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYN07GGNRB08W62NT8AS0','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN970FRQ97SP1E0VSV3B','{}',1795191428393372);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN9DEZET4Y8P052AAFKE','user.disabled','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYN0SV29FTXE2MHNHQBCG','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN9B4CYC4QJPC1WGK5CE','{}',1795191428397026);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYN9GS92HA98KWJDFYZ60','user.deleted','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYN1JP27G9DGEY621ZJX7','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYN9ENT1YS4VMMGYSSNZ3','{}',1795191428400229);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','evt_audit_01M7WVYNA35M96XAD16NTV7GWG','user.login','user','usr_01M7WVYN25A2KP27HW3NR84WSD','ada@example.com','user','usr_01M7WVYN25A2KP27HW3NR84WSD','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYN9JH6EEFDJTKG0NFYSG','{"auth_method":"email_password","session_id":"ses_01M7WVYNA3T8R0BRWFH0VKVCS6"}',1795191428419424);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNANNFXGS627GW9WQTNP','user.login_failed','api_key','key_01M7WVYMV1MBA3BJCQ1RZWR5N4',NULL,NULL,NULL,'127.0.0.1','Python-urllib/3.11',NULL,'unknown','failure','invalid_credentials','req_01M7WVYNA57F72669KKAHMR57Q','{"auth_method":"email_password"}',1795191428437153);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNB8SE7MXD4PYA2J5TA2','user.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'user','usr_01M7WVYNAST9GNSZCD2KWC9AF1','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYNAQNXHK6E31HSM98K45','{}',1795191428456248);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNBDZCJHF8D7B5G6VMHT','api_key.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'api_key','key_01M7WVYNBDSQ3G9M7JE87R42H4','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYNBC46T01TTXCS0KYPQF','{"type":"secret"}',1795191428461508);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNBGP2ASW4ZQZMZMSPQW','api_key.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'api_key','key_01M7WVYNBG61A2GC87P2ZGAQAP','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYNBFWPJPKWWD22XY4MWE','{"type":"secret"}',1795191428464520);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNBKF7Q0JT6WYCPHZWJ0','api_key.revoked','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'api_key','key_01M7WVYNBG61A2GC87P2ZGAQAP','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYNBJ9KGQT3S1XT5X72PJ','{}',1795191428467752);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNBPTWGNTN8ZXDB2DPF4','api_key.created','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'api_key','key_01M7WVYNBP2T1YJH0H6EE7VA07','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYNBNT0AWR2JDG43CRYAC','{"type":"secret"}',1795191428470875);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNBS7FP2Y8RZVRBJQKS7','api_key.rotated','api_key','key_01M7WVYMV3YRJSQE9AWSAAKYJK',NULL,'api_key','key_01M7WVYNBP2T1YJH0H6EE7VA07','127.0.0.1','Python-urllib/3.11',NULL,'unknown','success',NULL,'req_01M7WVYNBR0VC0MSR2K8V25RWB','{"successor":"key_01M7WVYNBS87TPZQH4HCZNA5E1"}',1795191428473935);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNCDEEJB05T8G818RG4E','user.login','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','ada@example.com','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYNBVB65A3FJ7NZ85A7RY','{"auth_method":"email_password","session_id":"ses_01M7WVYNCCHWYT16MDAPGBTARE"}',1795191428493274);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNEHX26DFZQVXHD84XV2','user.login','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','grace@example.com','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYNDZZNZ486WPKAX9KEKG','{"auth_method":"email_password","session_id":"ses_01M7WVYNEG4F9D8JCS0BDC14VD"}',1795191428561646);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNNF88SN2DTCTXFKACS7','user.login','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','grace@example.com','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYNMWFDTK80859CMY5M2R','{"auth_method":"email_password","session_id":"ses_01M7WVYNNE61TN62SGGQ2YZZT0"}',1795191428783087);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNWC93QXJQPS12CN8GFM','user.login','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','grace@example.com','user','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYNVTDFK0RNPDVCVQZSH3','{"auth_method":"email_password","session_id":"ses_01M7WVYNWC9A0XX0GHDX1XNYT0"}',1795191429004881);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYNX2D0A2ZBH7V2N2G7FB','user.login','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','ada@example.com','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYNWHZ4ZRBQRS03YDBGD8','{"auth_method":"email_password","session_id":"ses_01M7WVYNX20XPY193DMZDJN6DZ"}',1795191429026562);
INSERT INTO "hj_audit_log" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_audit_01M7WVYRF4D5K4E5C1TZJ6XHQS','user.login','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','ada@example.com','user','usr_01M7WVYMYS408GXP2J8X2RZ8DK','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop','success',NULL,'req_01M7WVYREHY1MCJJ5V48K9BFP7','{"auth_method":"email_password","session_id":"ses_01M7WVYRF3AX0KDJQ825133MB5"}',1795191431652252);
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
INSERT INTO "hj_idempotency" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J',X'DC767D1809A70F712E29991E57F60D7F082953F168A7FFFA1F875B7C280E926C',X'9FA01ABEE23A47088985F85BC367D0027B7CCEDA83BE288EDB7DD57336D88727','v1:zuoru4m-:f6bH2VK59Of3UVjnq_PzS_QHEk5JT45m:xjg8NEcP6uSJ5qoTC-m8ktn04Mxn2uXzCZBzB16_3BuzPRyRMT6_6le6heqymlewjTqUF773Z06mLmrXV6ToEtP9QcC31vJPgVUpgeFUF59QW9qWMfhrR4CERuIPLbObJaVjsQbTiYHWi6_0tx0krbStWFyXmAKSXiYKIzXcf_zBLX52EJnKCCfPql4EHENkNc9D8cECf-Mi0xP8sjx7hrX3M6DskBxRthf87kNC7E5_0UuoWy4edqjTc9CazLDYGOGx2IT2jGUXcpKgqF2x6A1x8d_6Zfc-VsX0_-SerA8hMblifFfYUtAeNSa-H-8UdFJ3fRjAuz9J5dOBr5WtKiPt89IaT90mKnQMgWcbxuMZILhiW50Mkl92nwfDfcFpesP6WjEbMhMAqrMqxadJbnJcQe_lh5ofNgcMmPnwj1p4zn_804eljuTEsuleg39jJsX3MAep6ZCLrwsZBRM1O5REegvkNsi3ouwC3SAqw9axy9bJd8H1jLbCuchvexbFcq_fxcqTrurH0deNmWB9es3GbP_H9qy2DJ35jC3cg0AJnKXgL6xqQirFTSFKXRemgQv368U2JwCDx97BhJQ0fNvIAXcTosXfymhGPe-8h6PQd5hxLM6CwEW5Z_q5zux4goQYVXg7iAEiPv_NFUwFjHonItm0B6bKpyXw763UnzufxjZTCOqmPPMk1rtA4ER07egUHYHyTb5MOq1EE7jelLjq00p-XUVESZ9Sz2P7xUJMKAr2K7xYR1fjbpLsJlrZZlZcs3NP-TVaqzhcM1wiqPOAaDRSq_Dpjz8YgSz2rzCGNoPCumlzY2IVVF0cbDRQaMkWPYU',1795191428439842,1795277828439842);
CREATE TABLE hj_outbox (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT hj_outbox_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT hj_outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cp_tenant (id)
) STRICT;
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYMV29EXF279CG41J71KF','api_key.created','{"api_key":{"id":"key_01M7WVYMV1MBA3BJCQ1RZWR5N4","last_four":"ucka","name":"First publishable key","type":"publishable"}}',1795191427938512);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYMV4ZJF0MPH17H9S9R6D','api_key.created','{"api_key":{"id":"key_01M7WVYMV3YRJSQE9AWSAAKYJK","last_four":"c57p","name":"First secret key","type":"secret"}}',1795191427940236);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','evt_01M7WVYMVVCD5KQKWGABK83JDS','api_key.created','{"api_key":{"id":"key_01M7WVYMVTHQ90DQM4ME0VF29X","last_four":"ltct","name":"First publishable key","type":"publishable"}}',1795191427963636);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','evt_01M7WVYMVX59K749XZCGF2WKV6','api_key.created','{"api_key":{"id":"key_01M7WVYMVWWXVZ5GMKMXYYN54K","last_four":"dgew","name":"First secret key","type":"secret"}}',1795191427965598);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMWSVH433ZPHQHXJZ8W8','evt_01M7WVYMWW49MY01EEHM0M7A70','api_key.created','{"api_key":{"id":"key_01M7WVYMWWACKMJMNFXAZE5E8E","last_four":"klay","name":"First publishable key","type":"publishable"}}',1795191427996786);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMWSVH433ZPHQHXJZ8W8','evt_01M7WVYMWY7CBV7PFXS9V0R86Q','api_key.created','{"api_key":{"id":"key_01M7WVYMWYAJCMNTPT1W50GN8R","last_four":"ylb4","name":"First secret key","type":"secret"}}',1795191427998768);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYMZDF3DBD74YMZ7EMTYZ','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.057719Z","email":"ada@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYMYS408GXP2J8X2RZ8DK","name":"Ada Lovelace","phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{"large":9007199254740993,"note":"Ünï, 漢字, \"quotes\", ''single''","small":1.5e-7},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.057719Z","username":"ada"}}',1795191428077193);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYMZDFQX0H4RXT1CSDNSZ','session.created','{"session":{"created_at":"2026-11-20T16:17:08.077337Z","device_type":"unknown","expires_at":"2026-12-20T16:17:08.077337Z","id":"ses_01M7WVYMZDXH9E1JT9JMRCJT6Y","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Python-urllib/3.11","user_id":"usr_01M7WVYMYS408GXP2J8X2RZ8DK"}}',1795191428077583);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN04ZE16H9QEMBNTAV1R','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.081163Z","email":"grace@example.com","email_verified":true,"external_id":"crm-7","id":"usr_01M7WVYMZHDY8NXTVFTKMFJ9C6","name":null,"phone":"+15551234567","phone_verified":false,"private_metadata":{"crm":{"seen":[1,2.5,null,true],"tier":"gold"}},"public_metadata":{},"role":"admin","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.081163Z","username":null}}',1795191428100163);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN0P2DHW5XFM3JJMHGJ7','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.103369Z","email":"mallory@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN07GGNRB08W62NT8AS0","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.103369Z","username":null}}',1795191428118581);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN19TH1WHN9XG0Y9XDVN','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.121397Z","email":"edsger@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN0SV29FTXE2MHNHQBCG","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.121397Z","username":null}}',1795191428137054);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN1CGA50HPX85SY7NC0M','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.1399Z","email":"linus@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN1B402QCAY60Y2GH71Z","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.1399Z","username":null}}',1795191428140556);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN1FQNDC7AVQWNM6DM7H','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.143106Z","email":"nobody@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN1FC66WX87PRVSCK5C7","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.143106Z","username":null}}',1795191428143778);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN22D8R0A2N3DJ7165MR','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.146327Z","email":"gone@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN1JP27G9DGEY621ZJX7","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.146327Z","username":null}}',1795191428162244);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','evt_01M7WVYN2MEQPCD541JW1HQJ2F','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.165065Z","email":"ada@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN25A2KP27HW3NR84WSD","name":"Another Ada","phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMVQY06Y9BMR0X71RKQH","updated_at":"2026-11-20T16:17:08.165065Z","username":null}}',1795191428180408);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN36VF4NCREXG05C3GD2','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.183081Z","email":"barbara@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN2QZ3HT605R9QY812QX","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.183081Z","username":null}}',1795191428198301);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN3SY12F9F6N4FM7DXXN','session.created','{"session":{"created_at":"2026-11-20T16:17:08.216936Z","device_type":"desktop","expires_at":"2026-12-20T16:17:08.216936Z","id":"ses_01M7WVYN3RVN9JMC5YF4X1NJJ0","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYN2QZ3HT605R9QY812QX"}}',1795191428217153);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN5BKNT3NGDEY7ZV74Z3','user.password_changed','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.183081Z","email":"barbara@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN2QZ3HT605R9QY812QX","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.266675Z","username":null}}',1795191428267632);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN5Z8MWVB2G6ZG28JJMN','session.created','{"session":{"created_at":"2026-11-20T16:17:08.286723Z","device_type":"desktop","expires_at":"2026-12-20T16:17:08.286723Z","id":"ses_01M7WVYN5YM6GVQKKD3B2J7YJ3","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYMYS408GXP2J8X2RZ8DK"}}',1795191428287016);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN70NN7SQDGH4HWK1K2M','session.created','{"session":{"created_at":"2026-11-20T16:17:08.320286Z","device_type":"unknown","expires_at":"2026-12-20T16:17:08.320286Z","id":"ses_01M7WVYN70JZYAFXAM81N35FVW","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"curl/8","user_id":"usr_01M7WVYMYS408GXP2J8X2RZ8DK"}}',1795191428320571);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN74TWDDG8JR6C7ET855','session.revoked','{"session":{"id":"ses_01M7WVYN70JZYAFXAM81N35FVW","reason":"revoked","status":"revoked","user_id":"usr_01M7WVYMYS408GXP2J8X2RZ8DK"}}',1795191428324957);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN7QXFZRX5182TQ0CSJY','session.created','{"session":{"created_at":"2026-11-20T16:17:08.343602Z","device_type":"desktop","expires_at":"2026-12-20T16:17:08.343602Z","id":"ses_01M7WVYN7Q3V8R8KXPD55NG405","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYMZHDY8NXTVFTKMFJ9C6"}}',1795191428343775);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN7WYNGYVG70PFCT3MBP','session.revoked','{"session":{"id":"ses_01M7WVYN7Q3V8R8KXPD55NG405","reason":"sign_out","status":"revoked","user_id":"usr_01M7WVYMZHDY8NXTVFTKMFJ9C6"}}',1795191428348106);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN8E825JNWVTZ3WR4Y8B','session.created','{"session":{"created_at":"2026-11-20T16:17:08.366782Z","device_type":"desktop","expires_at":"2026-12-20T16:17:08.366782Z","id":"ses_01M7WVYN8E6P472W3YXCF8J4CW","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYMZHDY8NXTVFTKMFJ9C6"}}',1795191428366950);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN958JST12ER06ZY2Z93','session.created','{"session":{"created_at":"2026-11-20T16:17:08.388767Z","device_type":"desktop","expires_at":"2026-12-20T16:17:08.388767Z","id":"ses_01M7WVYN94Q1V61RY78S2AD374","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYN07GGNRB08W62NT8AS0"}}',1795191428389017);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN99EASFZT29QY26NK7J','session.revoked','{"session":{"id":"ses_01M7WVYN94Q1V61RY78S2AD374","reason":"user_banned","status":"revoked","user_id":"usr_01M7WVYN07GGNRB08W62NT8AS0"}}',1795191428393198);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN99G6RK071388R8FH6D','user.banned','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.103369Z","email":"mallory@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN07GGNRB08W62NT8AS0","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"banned","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.392181Z","username":null}}',1795191428393571);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN9D54Y5P9VB3TXAV6G0','user.disabled','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.121397Z","email":"edsger@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYN0SV29FTXE2MHNHQBCG","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"disabled","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.396561Z","username":null}}',1795191428397166);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYN9GHANSSCE5CTQCRCEE','user.deleted','{"user":{"id":"usr_01M7WVYN1JP27G9DGEY621ZJX7"}}',1795191428400404);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','evt_01M7WVYNA32Z59K77NF5CPGE2M','session.created','{"session":{"created_at":"2026-11-20T16:17:08.419109Z","device_type":"desktop","expires_at":"2027-02-18T16:17:08.419109Z","id":"ses_01M7WVYNA3T8R0BRWFH0VKVCS6","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMVQY06Y9BMR0X71RKQH","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYN25A2KP27HW3NR84WSD"}}',1795191428419282);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNB87CWG1SG48VM1FZZP','user.created','{"user":{"avatar_url":null,"created_at":"2026-11-20T16:17:08.441021Z","email":"once@example.com","email_verified":false,"external_id":null,"id":"usr_01M7WVYNAST9GNSZCD2KWC9AF1","name":null,"phone":null,"phone_verified":false,"private_metadata":{},"public_metadata":{},"role":"member","status":"active","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","updated_at":"2026-11-20T16:17:08.441021Z","username":null}}',1795191428456508);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNBDEPV5561Q3ZFNA37G','api_key.created','{"api_key":{"id":"key_01M7WVYNBDSQ3G9M7JE87R42H4","last_four":"hvui","name":"reader","type":"secret"}}',1795191428461640);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNBGTVA8HSYCD4E2AWH3','api_key.created','{"api_key":{"id":"key_01M7WVYNBG61A2GC87P2ZGAQAP","last_four":"p5ra","name":"gone","type":"secret"}}',1795191428464654);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNBKTMD52EV0EFNW1BJ4','api_key.revoked','{"api_key":{"id":"key_01M7WVYNBG61A2GC87P2ZGAQAP","last_four":"p5ra","name":"gone","type":"secret"}}',1795191428467900);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNBPQDG8PFYH7SQDKQ8A','api_key.created','{"api_key":{"id":"key_01M7WVYNBP2T1YJH0H6EE7VA07","last_four":"fi54","name":"turned","type":"secret"}}',1795191428470990);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNBTW8ECE6Y6ATXFRYA7','api_key.created','{"api_key":{"id":"key_01M7WVYNBS87TPZQH4HCZNA5E1","last_four":"6ibr","name":"turned","type":"secret"}}',1795191428474103);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNCDN10C069HQS2HHET2','session.created','{"session":{"created_at":"2026-11-20T16:17:08.492947Z","device_type":"desktop","expires_at":"2026-12-20T16:17:08.492947Z","id":"ses_01M7WVYNCCHWYT16MDAPGBTARE","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYMYS408GXP2J8X2RZ8DK"}}',1795191428493133);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNEH73FK0QKJMVBR1BZ5','session.created','{"session":{"created_at":"2026-11-20T16:17:08.560946Z","device_type":"desktop","expires_at":"2026-12-20T16:17:08.560946Z","id":"ses_01M7WVYNEG4F9D8JCS0BDC14VD","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYMZHDY8NXTVFTKMFJ9C6"}}',1795191428561237);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNNEVR6CRZAGB01VAB0Z','session.created','{"session":{"created_at":"2026-11-20T16:17:08.782695Z","device_type":"desktop","expires_at":"2026-12-20T16:17:08.782695Z","id":"ses_01M7WVYNNE61TN62SGGQ2YZZT0","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYMZHDY8NXTVFTKMFJ9C6"}}',1795191428782925);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNWC61VP6D1XHAE4078F','session.created','{"session":{"created_at":"2026-11-20T16:17:09.004075Z","device_type":"desktop","expires_at":"2026-12-20T16:17:09.004075Z","id":"ses_01M7WVYNWC9A0XX0GHDX1XNYT0","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYMZHDY8NXTVFTKMFJ9C6"}}',1795191429004509);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYNX2N7X96YVVMCRAMAG9','session.created','{"session":{"created_at":"2026-11-20T16:17:09.026184Z","device_type":"desktop","expires_at":"2026-12-20T16:17:09.026184Z","id":"ses_01M7WVYNX20XPY193DMZDJN6DZ","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYMYS408GXP2J8X2RZ8DK"}}',1795191429026402);
INSERT INTO "hj_outbox" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','evt_01M7WVYRF4NW8R09H85XSK9A50','session.created','{"session":{"created_at":"2026-11-20T16:17:11.651841Z","device_type":"desktop","expires_at":"2026-12-20T16:17:11.651841Z","id":"ses_01M7WVYRF3AX0KDJQ825133MB5","ip_address":"127.0.0.1","tenant_id":"tnt_01M7WVYMTXNQ0JRDBAGQH00N2J","user_agent":"Mozilla/5.0 (X11; Linux)","user_id":"usr_01M7WVYMYS408GXP2J8X2RZ8DK"}}',1795191431652078);
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
INSERT INTO "hj_password_history" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','usr_01M7WVYN2QZ3HT605R9QY812QX',1,'$argon2id$v=19$m=7168,t=5,p=1$gDR4m8CfEEO7LSUqptdCAA$nbLN1zcoSPFeJ2qoSnhnnIfi+5V2K7SfMuWqtZLZFLQ',1795191428266675);
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
INSERT INTO "hj_schema_migration" VALUES('20261120_001','20261120_001_initial_schema','04b0a41a995c39ca009b68e76a14923a02da4c04374bb90b80b1cdf57d022f53',1,1795191427815529,4,'DROP TABLE hj_idempotency;
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
INSERT INTO "hj_schema_migration" VALUES('20261120_002','20261120_002_session_list_index','42523e7db1853b614bab99ed42dbd9434da7460966ce0fbcdce7442c8e8bd43e',1,1795191427816825,0,'DROP INDEX idx_hj_session_created_at;
','d924bf9ee9a71071ec5898ef941d84a65ad0e665afd1dcb424e69345540408e4');
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
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYMZDXH9E1JT9JMRCJT6Y','usr_01M7WVYMYS408GXP2J8X2RZ8DK',0,1795191428077337,1795191428077337,1795191428077337,1797783428077337,NULL,NULL,1795191428057719,0,X'236C12986691CAF47AE46D739C3C21D4','pwd',NULL,'127.0.0.1','Python-urllib/3.11',NULL,'unknown');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYN3RVN9JMC5YF4X1NJJ0','usr_01M7WVYN2QZ3HT605R9QY812QX',0,1795191428216936,1795191428216936,1795191428216936,1797783428216936,NULL,NULL,1795191428216358,0,X'E7956BC9B58FE9819FBFDCEA5794BA2D','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYN5YM6GVQKKD3B2J7YJ3','usr_01M7WVYMYS408GXP2J8X2RZ8DK',3,1795191428298036,1795191428286723,1795191428298036,1797783428286723,NULL,NULL,1795191428286199,0,X'14EFEDB949877FBBDDAF14B2815E471E','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYN70JZYAFXAM81N35FVW','usr_01M7WVYMYS408GXP2J8X2RZ8DK',0,1795191428320286,1795191428320286,1795191428320286,1797783428320286,NULL,1795191428324491,1795191428319697,0,X'FCF9FB2B01FCDB0603B31E29372E8352','pwd','revoked','127.0.0.1','curl/8',NULL,'unknown');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYN7Q3V8R8KXPD55NG405','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6',0,1795191428343602,1795191428343602,1795191428343602,1797783428343602,NULL,1795191428347680,1795191428343236,0,X'9CE1172E56509FE54C06AC89F2DFA2A6','pwd','sign_out','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYN8E6P472W3YXCF8J4CW','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6',1,1795191428370106,1795191428366782,1795191428370106,1797783428366782,NULL,NULL,1795191428366449,0,X'E054C7C8B27F605AEB7B90234364F9BE','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYN94Q1V61RY78S2AD374','usr_01M7WVYN07GGNRB08W62NT8AS0',0,1795191428388767,1795191428388767,1795191428388767,1797783428388767,NULL,1795191428392805,1795191428388404,0,X'8A700A7780D8F165C3FC78CD7BE498E0','pwd','user_banned','127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','ses_01M7WVYNA3T8R0BRWFH0VKVCS6','usr_01M7WVYN25A2KP27HW3NR84WSD',0,1795191428419109,1795191428419109,1795191428419109,1802967428419109,NULL,NULL,1795191428418724,0,X'AA5520998D351392B8B3BA3284D84B3F','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYNCCHWYT16MDAPGBTARE','usr_01M7WVYMYS408GXP2J8X2RZ8DK',0,1795191428492947,1795191428492947,1795191428492947,1797783428492947,NULL,NULL,1795191428492165,0,X'0FDA5D3EBF58A62DE4DF8D3E17FE21C9','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYNEG4F9D8JCS0BDC14VD','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6',0,1795191428560946,1795191428560946,1795191428560946,1797783428560946,NULL,NULL,1795191428560283,0,X'576AFD92AE22A18B27F9D8CD5C41E578','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYNNE61TN62SGGQ2YZZT0','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6',0,1795191428782695,1795191428782695,1795191428782695,1797783428782695,NULL,NULL,1795191428782148,0,X'4376FDEEEA6C2C00207EF2AE3AA72783','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYNWC9A0XX0GHDX1XNYT0','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6',0,1795191429004075,1795191429004075,1795191429004075,1797783429004075,NULL,NULL,1795191429003295,0,X'008E6F9F65C014D5F5A01B5ABEB52CD5','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYNX20XPY193DMZDJN6DZ','usr_01M7WVYMYS408GXP2J8X2RZ8DK',0,1795191429026184,1795191429026184,1795191429026184,1797783429026184,NULL,NULL,1795191429025328,0,X'C8BA41F616C5FCACAA0519B11E93CE2F','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
INSERT INTO "hj_session" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','ses_01M7WVYRF3AX0KDJQ825133MB5','usr_01M7WVYMYS408GXP2J8X2RZ8DK',0,1795191431651841,1795191431651841,1795191431651841,1797783431651841,NULL,NULL,1795191431651391,0,X'AC81DF9FDE79C4B12FAA1A58323F5B40','pwd',NULL,'127.0.0.1','Mozilla/5.0 (X11; Linux)',NULL,'desktop');
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
INSERT INTO "hj_user" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','usr_01M7WVYMYS408GXP2J8X2RZ8DK','ada@example.com',0,'ada','Ada Lovelace',NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$oNp7R9IGwqFEc19F5lA90g$dCVVNJoc4G3IyJspGZUYzCCKRNqxhuwQyv8y2oiTW+Y',1795191428057719,0,'{"large":9007199254740993,"note":"Ünï, 漢字, \"quotes\", ''single''","small":1.5e-7}','{}','ada@example.com
ada lovelace
ada',1795191428057719,1795191428057719,1795191431651391,1795191431651391);
INSERT INTO "hj_user" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','usr_01M7WVYMZHDY8NXTVFTKMFJ9C6','grace@example.com',1,NULL,NULL,NULL,NULL,'+15551234567',0,NULL,'crm-7','admin','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$+MoJghO7PcWc0SJiT4gcsw$an/wY8HwVKq8zLXom4Xl0pi7CG4atn3Pl9jpjoS6xYM',1795191428081163,0,'{}','{"crm":{"seen":[1,2.5,null,true],"tier":"gold"}}','grace@example.com
+15551234567',1795191428081163,1795191428081163,1795191429003295,1795191429003295);
INSERT INTO "hj_user" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','usr_01M7WVYN07GGNRB08W62NT8AS0','mallory@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','banned','abuse',NULL,'$argon2id$v=19$m=7168,t=5,p=1$1/MuO9s+SN+zn4Jd7GgA0g$V9zKncEkUYX8Nr2rfoR8UeSLLtc5A7dZiIQiNX1hcis',1795191428103369,0,'{}','{}','mallory@example.com',1795191428103369,1795191428392181,1795191428388404,1795191428388404);
INSERT INTO "hj_user" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','usr_01M7WVYN0SV29FTXE2MHNHQBCG','edsger@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','disabled','left',NULL,'$argon2id$v=19$m=7168,t=5,p=1$pa+U2cx89ei69ph87HnRcQ$vcjpi1ZdZt1S31qUkqpDIeTuVLCp1M+V5KMpgXfLGMo',1795191428121397,0,'{}','{}','edsger@example.com',1795191428121397,1795191428396561,NULL,NULL);
INSERT INTO "hj_user" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','usr_01M7WVYN1B402QCAY60Y2GH71Z','linus@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm',1795191428139900,0,'{}','{}','linus@example.com',1795191428139900,1795191428139900,NULL,NULL);
INSERT INTO "hj_user" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','usr_01M7WVYN1FC66WX87PRVSCK5C7','nobody@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,NULL,NULL,0,'{}','{}','nobody@example.com',1795191428143106,1795191428143106,NULL,NULL);
INSERT INTO "hj_user" VALUES('tnt_01M7WVYMVQY06Y9BMR0X71RKQH','usr_01M7WVYN25A2KP27HW3NR84WSD','ada@example.com',0,NULL,'Another Ada',NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$c1YoW+yWiwT+37T5o8h1VQ$nQDgeGIVRE/DcMzPMVhuxXOjGaD1uuDlvdfofnWggHQ',1795191428165065,0,'{}','{}','ada@example.com
another ada',1795191428165065,1795191428165065,1795191428418724,1795191428418724);
INSERT INTO "hj_user" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','usr_01M7WVYN2QZ3HT605R9QY812QX','barbara@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$rbI+QpC1pQUIO9fiAC9vWA$RE8XzP7/UJOdqKS80zYHswyYCEXdw1tkyJ3TTJLLl8s',1795191428266675,0,'{}','{}','barbara@example.com',1795191428183081,1795191428266675,1795191428216358,1795191428216358);
INSERT INTO "hj_user" VALUES('tnt_01M7WVYMTXNQ0JRDBAGQH00N2J','usr_01M7WVYNAST9GNSZCD2KWC9AF1','once@example.com',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'member','active',NULL,NULL,'$argon2id$v=19$m=7168,t=5,p=1$1jlEEoJPhJ/LC+MNg0fRaA$t11aizQoc7VAIIHdDlrUwozeMjC+AImkOWRlv8lHlxI',1795191428441021,0,'{}','{}','once@example.com',1795191428441021,1795191428441021,NULL,NULL);
CREATE INDEX idx_hj_user_created_at ON hj_user (tenant_id, created_at, id);
CREATE INDEX idx_hj_session_user_id ON hj_session (tenant_id, user_id);
CREATE INDEX idx_hj_session_user_id_active ON hj_session (tenant_id, user_id) WHERE revoked_at IS NULL;
CREATE INDEX idx_hj_session_expires_at ON hj_session (tenant_id, expires_at);
CREATE INDEX idx_hj_outbox_created_at ON hj_outbox (tenant_id, created_at);
CREATE INDEX idx_hj_idempotency_expires_at ON hj_idempotency (tenant_id, expires_at);
CREATE INDEX idx_hj_session_created_at ON hj_session (tenant_id, created_at, id);
COMMIT;
