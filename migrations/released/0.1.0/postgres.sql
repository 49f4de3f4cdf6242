--
-- PostgreSQL database dump
--


-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: cp_api_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cp_api_key (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    kind text NOT NULL,
    environment text NOT NULL,
    last_four text NOT NULL,
    hash bytea NOT NULL,
    scopes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT cp_api_key_environment_check CHECK ((environment = ANY (ARRAY['live'::text, 'test'::text]))),
    CONSTRAINT cp_api_key_kind_check CHECK ((kind = ANY (ARRAY['publishable'::text, 'secret'::text])))
);


--
-- Name: cp_audit_log; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cp_audit_log (
    id text NOT NULL COLLATE pg_catalog."C",
    tenant_id text COLLATE pg_catalog."C",
    kind text NOT NULL,
    actor_kind text NOT NULL,
    actor_id text,
    actor_email text,
    resource_kind text,
    resource_id text,
    ip_address text,
    user_agent text,
    country text,
    device_type text,
    outcome text NOT NULL,
    reason text,
    request_id text,
    metadata jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT cp_audit_log_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'admin'::text, 'api_key'::text, 'system'::text]))),
    CONSTRAINT cp_audit_log_outcome_check CHECK ((outcome = ANY (ARRAY['success'::text, 'failure'::text])))
);


--
-- Name: cp_master_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cp_master_key (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    kind text NOT NULL,
    environment text NOT NULL,
    last_four text NOT NULL,
    hash bytea NOT NULL,
    scopes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT cp_master_key_environment_check CHECK ((environment = ANY (ARRAY['live'::text, 'test'::text]))),
    CONSTRAINT cp_master_key_kind_check CHECK ((kind = 'master'::text))
);


--
-- Name: cp_setting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cp_setting (
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL,
    updated_at timestamp with time zone NOT NULL
);


--
-- Name: cp_signing_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cp_signing_key (
    id text NOT NULL COLLATE pg_catalog."C",
    purpose text NOT NULL,
    public_key bytea,
    sealed text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    active_from timestamp with time zone,
    retired_at timestamp with time zone,
    CONSTRAINT cp_signing_key_public_key_check CHECK ((octet_length(public_key) = 32)),
    CONSTRAINT cp_signing_key_purpose_check CHECK ((purpose = ANY (ARRAY['access_token'::text, 'refresh_token'::text])))
);


--
-- Name: cp_tenant; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cp_tenant (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    slug text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL,
    plan text NOT NULL,
    config jsonb NOT NULL,
    public_metadata jsonb NOT NULL,
    private_metadata jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT cp_tenant_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'deleted'::text])))
);


--
-- Name: hj_audit_log; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.hj_audit_log (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    actor_kind text NOT NULL,
    actor_id text,
    actor_email text,
    resource_kind text,
    resource_id text,
    ip_address text,
    user_agent text,
    country text,
    device_type text,
    outcome text NOT NULL,
    reason text,
    request_id text,
    metadata jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT hj_audit_log_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'admin'::text, 'api_key'::text, 'system'::text]))),
    CONSTRAINT hj_audit_log_outcome_check CHECK ((outcome = ANY (ARRAY['success'::text, 'failure'::text])))
);


--
-- Name: hj_idempotency; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.hj_idempotency (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    key_hash bytea NOT NULL,
    fingerprint bytea NOT NULL,
    answer text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);


--
-- Name: hj_outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.hj_outbox (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    data jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);


--
-- Name: hj_password_history; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.hj_password_history (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    ordinal bigint NOT NULL,
    password_hash text NOT NULL,
    created_at timestamp with time zone NOT NULL
);


--
-- Name: hj_schema_migration; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.hj_schema_migration (
    version text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    checksum text NOT NULL,
    batch bigint NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    duration_ms bigint NOT NULL,
    down_script text,
    down_checksum text
);


--
-- Name: hj_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.hj_session (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    generation bigint NOT NULL,
    rotated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_active_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    idle_expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    auth_time timestamp with time zone NOT NULL,
    mfa_verified boolean NOT NULL,
    salt bytea NOT NULL,
    amr text NOT NULL,
    revoked_reason text,
    ip_address text,
    user_agent text,
    country text,
    device_type text,
    CONSTRAINT hj_session_generation_check CHECK (((generation >= 0) AND (generation <= '4294967295'::bigint))),
    CONSTRAINT hj_session_revoked_reason_check CHECK ((revoked_reason = ANY (ARRAY['sign_out'::text, 'revoked'::text, 'refresh_reuse'::text, 'password_changed'::text, 'user_disabled'::text, 'user_banned'::text, 'too_many_sessions'::text]))),
    CONSTRAINT hj_session_salt_check CHECK ((octet_length(salt) = 16))
)
WITH (fillfactor='80');


--
-- Name: hj_user; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.hj_user (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL COLLATE pg_catalog."C",
    email_verified boolean NOT NULL,
    username text COLLATE pg_catalog."C",
    name text,
    first_name text,
    last_name text,
    phone text COLLATE pg_catalog."C",
    phone_verified boolean NOT NULL,
    avatar_url text,
    external_id text COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL,
    status_reason text,
    banned_until timestamp with time zone,
    password_hash text,
    password_changed_at timestamp with time zone,
    mfa_enabled boolean NOT NULL,
    public_metadata jsonb NOT NULL,
    private_metadata jsonb NOT NULL,
    search_text text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    last_sign_in_at timestamp with time zone,
    last_active_at timestamp with time zone,
    CONSTRAINT hj_user_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text, 'banned'::text, 'pending'::text])))
)
WITH (fillfactor='90');


--
-- Data for Name: cp_api_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', 'key_01M7WJAP9ZH3W18ZSBTBMQBYSR', 'First publishable key', 'publishable', 'live', 'atcm', '\x9b3cb0199ab7b271ac502ac380bfb68c0d70e06252294bf31cc74e41ba30a73f', '', '2026-11-20 13:28:56.895411+00', NULL, NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', 'key_01M7WJAPA280CQBBXCV9Q267CX', 'First secret key', 'secret', 'live', 'vwdl', '\xfa8dca592615826ad7c8bd7d8b78e568fe8cf02be8cfbd24c1ef1ce8ef4927f0', '*', '2026-11-20 13:28:56.898163+00', NULL, NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'key_01M7WJAP8S2W7EBF8K1Z7EYV81', 'First secret key', 'secret', 'live', 'd4iq', '\x643a9576c2e6e8d7fb45317d1170795f10a995924e239f09249734fde5bed5b3', '*', '2026-11-20 13:28:56.85729+00', '2026-11-20 13:28:56.986357+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'key_01M7WJAP74K66VJVYK3N293XNF', 'First secret key', 'secret', 'live', 'e3uc', '\x2291c19b5c20eb2817dabc6b6af22ffcdccde4bc94d1ab281fd2d133865761f2', '*', '2026-11-20 13:28:56.804491+00', '2026-11-20 13:28:56.999067+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'key_01M7WJAP7098N8JJNX4KMSKTHH', 'First publishable key', 'publishable', 'live', 'jpec', '\x9bb18aafb73465cefa6fb3de5e0b11f8b18266231bfe8d26cf8a2436b0c72a82', '', '2026-11-20 13:28:56.80087+00', '2026-11-20 13:28:57.01546+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'key_01M7WJAP8PXS5N5RKBZVQWHFZG', 'First publishable key', 'publishable', 'live', 'avwo', '\x3cd701c79f92f29d723677a3d73d43689902f95e573d2df5e77df22225754097', '', '2026-11-20 13:28:56.854197+00', '2026-11-20 13:28:57.71878+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'key_01M7WJAQ7FZTSJCPM8JPZPZR2Q', 'reader', 'secret', 'test', 'rxmw', '\x39431976d6927f81f357428f587679c32415856863ace020631356a0474a8cea', 'users:read', '2026-11-20 13:28:57.839484+00', NULL, '2027-02-18 13:28:57.839484+00', NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'key_01M7WJAQ7KK4S95K8FTBA9YT1M', 'gone', 'secret', 'live', 'qqpv', '\xdce8d8f224391ba5d925fc9de9bb88e1f98135b8bbe37c1d92d8fcb45e62849b', '*', '2026-11-20 13:28:57.843225+00', NULL, NULL, '2026-11-20 13:28:57.850244+00');
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'key_01M7WJAQ8CJYRBVA3BE0EDZX36', 'turned', 'secret', 'live', '7tl5', '\xd5576627c1408e04b9f69136e2f68125443eefe2b5dae5e5f4feb0f8227af509', '*', '2026-11-20 13:28:57.868149+00', NULL, NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'key_01M7WJAQ8059BCKBMVF5JWE6S4', 'turned', 'secret', 'live', '3u7a', '\x9c8c47d633d19eca2b728bea108a497501124324d166d4b0cce234af84d69007', '*', '2026-11-20 13:28:57.856141+00', NULL, NULL, '2026-12-20 13:28:57.86756+00');


--
-- Data for Name: cp_audit_log; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAP3VSQ8ZME04P82TEKQN', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_ljzMuzJoaoe9QYnqPUzEmg', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "refresh_token"}', '2026-11-20 13:28:56.699065+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAP3YZC881QH23GS8JB5M', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 13:28:56.702658+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAP6TMG86TFY7NR379DBE', 'tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'tenant.created', 'system', NULL, NULL, 'tenant', 'tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 13:28:56.794799+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAP8JB0TDYVDR86WBP82A', 'tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'tenant.created', 'system', NULL, NULL, 'tenant', 'tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 13:28:56.850868+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAP9W5CF62Z1ZTH19RXR1', 'tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', 'tenant.created', 'system', NULL, NULL, 'tenant', 'tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 13:28:56.892891+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAPB9TF1NBNQCJSQHR3MB', 'tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', 'tenant.suspended', 'system', NULL, NULL, 'tenant', 'tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 13:28:56.937081+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAPCKV1QHRMMN4YW283BS', NULL, 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJAPCJC1GJHJM6MXYHMWEJ', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "master"}', '2026-11-20 13:28:56.979527+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAPCZ909D5XYEAMD2RQ8A', 'tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'config.updated', 'api_key', 'key_01M7WJAP8S2W7EBF8K1Z7EYV81', NULL, 'tenant', 'tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPCP7NTJ651TN9W71KM0', '{}', '2026-11-20 13:28:56.991944+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAPDAFNY5N3GRVC3SD2WN', 'tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'config.updated', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'tenant', 'tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPD1NQ4P07ZJSYXD952P', '{}', '2026-11-20 13:28:57.002208+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAQCKSP8V6C06DC6CT0P0', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_k6HBSLWA2wnQcOL8yIvOBjRjfN5muQ1isLwwJkjDSwA', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 13:28:58.00316+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAQEYACTVNQ104NJQYQVF', NULL, 'key.activated', 'system', NULL, NULL, 'signing_key', 'kid_k6HBSLWA2wnQcOL8yIvOBjRjfN5muQ1isLwwJkjDSwA', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"signs_from": "2026-11-20T13:28:58.07736Z"}', '2026-11-20 13:28:58.078159+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJAR91MSM2KK3B251N1KVJ', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_5r0m-TQ4fpd8hKSbT9233_yAx6bPV-Q-VZlFDHzLLb0', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 13:28:58.913939+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJARAGR1XW63495XXP6BB7', NULL, 'key.retired', 'system', NULL, NULL, 'signing_key', 'kid_5r0m-TQ4fpd8hKSbT9233_yAx6bPV-Q-VZlFDHzLLb0', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"forced": true}', '2026-11-20 13:28:58.960635+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJARBZ4A5T969M1520KZEF', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_uyp1edzkMyApLOKNZ2h5fpaUgEuJuXtdLS6TNPbhNXc', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 13:28:59.007499+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJARDX6PS6GQRCJGFS802D', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_GqXLa6gseryok9UXOj-GBg', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "refresh_token"}', '2026-11-20 13:28:59.069066+00');


--
-- Data for Name: cp_master_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_master_key VALUES ('key_01M7WJAPCJC1GJHJM6MXYHMWEJ', 'operator', 'master', 'live', 'q6ow', '\x5e56c2cfbc02669833334f0426d9c4668041664a8f7c7cb5445cada8b5dfed7a', '*', '2026-11-20 13:28:56.978383+00', NULL, NULL, NULL);


--
-- Data for Name: cp_setting; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_setting VALUES ('encryption_check', 'v1:zuoru4m-:TjOp1NHyQUhGtwInnxrFFXq9RqapFKgs:Fq4HbAqrDEhwUS453qeiQyFJP7BQKxrFaIUyvaTb_pU', '2026-11-20 13:28:56.694363+00');


--
-- Data for Name: cp_signing_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_signing_key VALUES ('kid_ljzMuzJoaoe9QYnqPUzEmg', 'refresh_token', NULL, 'v1:zuoru4m-:jNPprDHcbaAZAZZea_9_UFmAIdbOlBfS:PzXF6I8rEuKdA4RodUGIiKuV9ydJAyLOrUrebFUGW9J_xbUVBCk-pNTIM7ocXlyD', '2026-11-20 13:28:56.698177+00', '2026-11-20 13:28:56.698177+00', NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ', 'access_token', '\x19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1', 'v1:zuoru4m-:tUEOvkVJcf1_y1qxrM7UHRUoJ3sqQgCN:e0qgrKzkhwc84fg7FHIKfiDEQSlUo89IaPIqFu2VQV2cwaBVt0YaAhZf40ZTw1Hb', '2026-11-20 13:28:56.701689+00', '2026-11-20 13:28:56.701689+00', NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_k6HBSLWA2wnQcOL8yIvOBjRjfN5muQ1isLwwJkjDSwA', 'access_token', '\x2d51e3f779de6e298e941da0dac92620b9051289bc349e613fa108abf139119a', 'v1:zuoru4m-:a1jtQrvfWW9coVPxWA2oG8SPnUIPCLgk:F4DAz6FN0EmM_CrUNbVjEFeWt1ctmQZyfwAPXAmoRFqN9KIcvpFbNxJL1rhDQb_t', '2026-11-20 13:28:58.000485+00', '2026-11-20 13:28:58.07736+00', NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_5r0m-TQ4fpd8hKSbT9233_yAx6bPV-Q-VZlFDHzLLb0', 'access_token', '\x8fece4d5b126523387284ca585596f0a1364cace4e198b6005428de6eaef62d1', 'v1:zuoru4m-:APaemC_7N-TlFp8N-9vdmNXWvYAJz1V7:Y0YyRlc6KC4_GNRhZ1de1baVGkcpAAV9VH70sG475LaIJwMAcNXt0txQ9dgzw6As', '2026-11-20 13:28:58.912668+00', NULL, '2026-11-20 13:28:58.959758+00');
INSERT INTO public.cp_signing_key VALUES ('kid_uyp1edzkMyApLOKNZ2h5fpaUgEuJuXtdLS6TNPbhNXc', 'access_token', '\x0aba859960c655811936a3509766dd5947d2d2e82e421bd322a670ab2910eb59', 'v1:zuoru4m-:VSGuMmLgUeoG1isP2RP5jkuyc_5_RpGZ:Yb7s53JqJtCQ6RieJildVZqU9tf0BfIf3s_2ziVM4AkyqQXXUcOSBbLbtbvLiEBs', '2026-11-20 13:28:59.006209+00', NULL, NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_GqXLa6gseryok9UXOj-GBg', 'refresh_token', NULL, 'v1:zuoru4m-:CQycUSowqj_xtTaBEyvppQCMYv2Hhb65:G-bq5oIWUO5tPmM7yDCLa656PeHVLssx7KlNS-BnVZIvbJc-_HvGsJ2bIZ4fS_hl', '2026-11-20 13:28:59.068276+00', '2026-11-20 13:28:59.068276+00', NULL);


--
-- Data for Name: cp_tenant; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_tenant VALUES ('tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', 'Closed', 'closed', 'suspended', 'free', '{"idle_timeout": null, "token_format": "jwt", "allow_sign_up": null, "allowed_origins": [], "password_policy": null, "access_token_ttl": null, "session_duration": null, "username_enabled": false, "allowed_auth_methods": [], "allowed_email_domains": [], "max_sessions_per_user": null, "email_verification_required": null}', '{}', '{}', '2026-11-20 13:28:56.891885+00', '2026-11-20 13:28:56.936398+00');
INSERT INTO public.cp_tenant VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'Globex Überall', 'globex-berall', 'active', 'free', '{"idle_timeout": null, "token_format": "paseto", "allow_sign_up": null, "allowed_origins": [], "password_policy": null, "access_token_ttl": null, "session_duration": "90d", "username_enabled": false, "allowed_auth_methods": [], "allowed_email_domains": [], "max_sessions_per_user": null, "email_verification_required": null}', '{}', '{}', '2026-11-20 13:28:56.849809+00', '2026-11-20 13:28:56.991265+00');
INSERT INTO public.cp_tenant VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'Acme', 'acme', 'active', 'free', '{"idle_timeout": null, "token_format": "jwt", "allow_sign_up": null, "allowed_origins": ["https://app.example"], "password_policy": null, "access_token_ttl": null, "session_duration": null, "username_enabled": true, "allowed_auth_methods": [], "allowed_email_domains": [], "max_sessions_per_user": null, "email_verification_required": null}', '{}', '{}', '2026-11-20 13:28:56.791027+00', '2026-11-20 13:28:57.001492+00');


--
-- Data for Name: hj_audit_log; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAP720FM7W04RC956FMXQ', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJAP7098N8JJNX4KMSKTHH', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "publishable"}', '2026-11-20 13:28:56.80208+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAP75QH8TXXVQ8ZBX1J8V', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "secret"}', '2026-11-20 13:28:56.805164+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'evt_audit_01M7WJAP8QVH590V1NCQ5CD3ZF', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJAP8PXS5N5RKBZVQWHFZG', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "publishable"}', '2026-11-20 13:28:56.855206+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'evt_audit_01M7WJAP8SRFDN5NVQZT4WG4WW', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJAP8S2W7EBF8K1Z7EYV81', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "secret"}', '2026-11-20 13:28:56.857914+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', 'evt_audit_01M7WJAPA0VBQ7YQ6P4DN8N7YA', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJAP9ZH3W18ZSBTBMQBYSR', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "publishable"}', '2026-11-20 13:28:56.896263+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', 'evt_audit_01M7WJAPA2MKYV4PJKY0AARNSY', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJAPA280CQBBXCV9Q267CX', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "secret"}', '2026-11-20 13:28:56.898879+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPEVX50F2H1865PKD0T1', 'user.register', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 'ada@example.com', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPDH0KS9CEYK2QC1X1EX', '{}', '2026-11-20 13:28:57.051971+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPG2NA4TEV2CKKKY5SRS', 'user.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPF36J9CWX8FEZKSKRG0', '{}', '2026-11-20 13:28:57.090272+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPHB4ST2QDY2XXBPJYC3', 'user.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPGB24RSKABB86Y695VS', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPG92CVDWVTV81STMA53', '{}', '2026-11-20 13:28:57.131681+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPJK57VS645HKWA0C84T', 'user.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPHMQY33MC3FD3ECERAN', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPHF710GTWRD01J3FV25', '{}', '2026-11-20 13:28:57.171567+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPJVFG4ZRSJVPXBCYJPN', 'user.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPJSXWHMMKS7FPNVEM8E', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPJQDG4TARVCD5NK2HRP', '{}', '2026-11-20 13:28:57.179464+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPK3R1QJVQFMN3QMHMGF', 'user.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPK22322WHEPDS2XSAXN', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPJY8SP9M4Z7QCA5ZZR3', '{}', '2026-11-20 13:28:57.187102+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPM72AQV9J07XDEQXYY9', 'user.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPK7W1CK593ZR4F5GQSB', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPK66JN746B77KB8KH5J', '{}', '2026-11-20 13:28:57.223866+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'evt_audit_01M7WJAPNQG7EV6GYGFHXTV62D', 'user.created', 'api_key', 'key_01M7WJAP8S2W7EBF8K1Z7EYV81', NULL, 'user', 'usr_01M7WJAPMGPW6FBXK59GRJVRP6', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPMFBJYCPAEV77772X9Z', '{}', '2026-11-20 13:28:57.271172+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPPW77K0RDXQ9FJVQ09X', 'user.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPP1K4WMHX7SSSBD618V', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPNX562N4NKBAG7K5S36', '{}', '2026-11-20 13:28:57.308946+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPQTBNS4PMX4J98RH7R9', 'user.login', 'user', 'usr_01M7WJAPP1K4WMHX7SSSBD618V', 'barbara@example.com', 'user', 'usr_01M7WJAPP1K4WMHX7SSSBD618V', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAPPZWX17G49NX1PPN7QC', '{"session_id": "ses_01M7WJAPQRBNQJHATHEHHDVX6F", "auth_method": "email_password"}', '2026-11-20 13:28:57.338641+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPV0NJ3GFS4F3B287Q61', 'user.password_change', 'user', 'usr_01M7WJAPP1K4WMHX7SSSBD618V', 'barbara@example.com', 'user', 'usr_01M7WJAPP1K4WMHX7SSSBD618V', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPQW4MWVQG3TB3FDZ826', '{}', '2026-11-20 13:28:57.44003+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPW56PTA6F9W40X9SFNP', 'user.login', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 'ada@example.com', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAPV60R91EZZ6M0JWQWPX', '{"session_id": "ses_01M7WJAPW3QSCN8QCB8390JE7X", "auth_method": "email_password"}', '2026-11-20 13:28:57.47712+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPY3W9A66X8F7WB59HM2', 'user.login', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 'ada@example.com', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', '127.0.0.1', 'curl/8', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPX5NRRP9KYDD7HQN8DN', '{"session_id": "ses_01M7WJAPY12WXA85PBQZ04F2Z9", "auth_method": "email_password"}', '2026-11-20 13:28:57.53913+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPYF6RBSWP76MY9K27QH', 'session.revoked', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'session', 'ses_01M7WJAPY12WXA85PBQZ04F2Z9', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPY7WPC2RKHY08M1B0BJ', '{}', '2026-11-20 13:28:57.551312+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPZK5Z1B3RQB4Q5TKV50', 'user.login', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 'grace@example.com', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAPYKNVVHJVMEA7N7APDW', '{"session_id": "ses_01M7WJAPZDEG2YH60GENMYDHQS", "auth_method": "email_password"}', '2026-11-20 13:28:57.587985+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAPZYPCVE78QC58KNBXXC', 'user.logout', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 'grace@example.com', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAPZPB6G2RZFK6CWB7DKA', '{"sessions": 1}', '2026-11-20 13:28:57.598941+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ1B62VZK77979EVVTS7', 'user.login', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 'grace@example.com', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAQ002ZFZR0M0NEGWFRJ2', '{"session_id": "ses_01M7WJAQ1A9VNEJSMCGH4K2QYN", "auth_method": "email_password"}', '2026-11-20 13:28:57.64378+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ2QDA38109P14MJW9E3', 'user.login', 'user', 'usr_01M7WJAPGB24RSKABB86Y695VS', 'mallory@example.com', 'user', 'usr_01M7WJAPGB24RSKABB86Y695VS', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAQ1PNQPN6SJX0R9P70M6', '{"session_id": "ses_01M7WJAQ2HXFW2DV4D2P29APTX", "auth_method": "email_password"}', '2026-11-20 13:28:57.687016+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ2YPVFMRQ8B2YQT98NX', 'user.banned', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPGB24RSKABB86Y695VS', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAQ2VMP0W1DQGQN6ZQHAN', '{}', '2026-11-20 13:28:57.694859+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ3ACW48RT9707QAKP95', 'user.disabled', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPHMQY33MC3FD3ECERAN', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAQ37TJXM4SVPQZRGBDB5', '{}', '2026-11-20 13:28:57.706363+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ3K11RGFWTVCQW1Q8XG', 'user.deleted', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAPK7W1CK593ZR4F5GQSB', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAQ3CH6CZMZSSSZQGGSVQ', '{}', '2026-11-20 13:28:57.715897+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'evt_audit_01M7WJAQ4NSZFBE7WGY2EP15VW', 'user.login', 'user', 'usr_01M7WJAPMGPW6FBXK59GRJVRP6', 'ada@example.com', 'user', 'usr_01M7WJAPMGPW6FBXK59GRJVRP6', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAQ3NJ4C76APWEM0M1G0S', '{"session_id": "ses_01M7WJAQ4MSHYBJFHGKDZT8R5T", "auth_method": "email_password"}', '2026-11-20 13:28:57.749874+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ7GT0NACACPM2QMVJVQ', 'api_key.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'api_key', 'key_01M7WJAQ7FZTSJCPM8JPZPZR2Q', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAQ7DJ96D2ZYWCJHDYHKR', '{"type": "secret"}', '2026-11-20 13:28:57.840467+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQYPTRP06YJK3A39J3TK', 'user.login', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 'grace@example.com', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAQXTBYF883G4P4H07EGM', '{"session_id": "ses_01M7WJAQYKJ3T0K6R7Q6XFN4CC", "auth_method": "email_password"}', '2026-11-20 13:28:58.582963+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJATXAZE8K5C87RFQHZT0R', 'user.login', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 'ada@example.com', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJATWCNWCNEY2TGG6M3F3V', '{"session_id": "ses_01M7WJATX9GTAJVG6RV8RFB2DC", "auth_method": "email_password"}', '2026-11-20 13:29:01.610083+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ61DZEB6XERYJGM0RGM', 'user.login_failed', 'api_key', 'key_01M7WJAP7098N8JJNX4KMSKTHH', NULL, NULL, NULL, '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'failure', 'invalid_credentials', 'req_01M7WJAQ517C8HG1Z07YTRN5R7', '{"auth_method": "email_password"}', '2026-11-20 13:28:57.793406+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ7T0A9H0TRTVPDHMFP7', 'api_key.revoked', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'api_key', 'key_01M7WJAQ7KK4S95K8FTBA9YT1M', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAQ7RZBH2J748GHGW0WZD', '{}', '2026-11-20 13:28:57.850764+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAR646G9KDM1FCE24J8QD', 'user.login', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 'grace@example.com', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAR572N2PS6DNF8HG3RPP', '{"session_id": "ses_01M7WJAR635YP486C84P2M07HN", "auth_method": "email_password"}', '2026-11-20 13:28:58.820377+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ74EEV6JP3HJA11083N', 'user.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'user', 'usr_01M7WJAQ6CBCQ8APXYEDHG0VQ7', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAQ661S1QPACJ2BNRFT54', '{}', '2026-11-20 13:28:57.828773+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ7PA2NAQTHEPCQJNBRS', 'api_key.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'api_key', 'key_01M7WJAQ7KK4S95K8FTBA9YT1M', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAQ7J25QS7AXJHV866BSG', '{"type": "secret"}', '2026-11-20 13:28:57.846912+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQQF4JFWT43XSEWF0MHF', 'user.login', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 'grace@example.com', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAQP7S7FKXATTSXTTH1ZJ', '{"session_id": "ses_01M7WJAQQBR58Y3A6ASAXCCAKN", "auth_method": "email_password"}', '2026-11-20 13:28:58.351723+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAR78R5Y7N2T0NMS0V7QC', 'user.login', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 'ada@example.com', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAR6H3JG5F3ZNVAPZTWEY', '{"session_id": "ses_01M7WJAR76TEMDS6MCERNRRD4P", "auth_method": "email_password"}', '2026-11-20 13:28:58.856061+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ86PYWVXMKFZA8BPP8F', 'api_key.created', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'api_key', 'key_01M7WJAQ8059BCKBMVF5JWE6S4', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAQ7YS48VJYPZGT0J4PGX', '{"type": "secret"}', '2026-11-20 13:28:57.862718+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQA2PMWZZTHY2HDF4TQN', 'user.login', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 'ada@example.com', 'user', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAQ8J4X18HWMMXPF95RA1', '{"session_id": "ses_01M7WJAQ9ZXC2EK9T05EW9G03E", "auth_method": "email_password"}', '2026-11-20 13:28:57.922429+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQ8DZSB48NYFHD3A5QA6', 'api_key.rotated', 'api_key', 'key_01M7WJAP74K66VJVYK3N293XNF', NULL, 'api_key', 'key_01M7WJAQ8059BCKBMVF5JWE6S4', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJAQ8ADQS7QFWXJ1EFBPG8', '{"successor": "key_01M7WJAQ8CJYRBVA3BE0EDZX36"}', '2026-11-20 13:28:57.869187+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_audit_01M7WJAQFVYJ28V4NY5NCV9V22', 'user.login', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 'grace@example.com', 'user', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJAQF4N4ZQ0EWMP0VBEA1Y', '{"session_id": "ses_01M7WJAQFS663XD3HD5QYAM5Z8", "auth_method": "email_password"}', '2026-11-20 13:28:58.107382+00');


--
-- Data for Name: hj_idempotency; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_idempotency VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', '\x33b24dc363067f87eeebb4bedc503a35f3b71469bcadf08273306e634d870ab7', '\x5742284ce45b303242b69e986c10ab682724ce2dec494b6e76ffea5e869daf8b', 'v1:zuoru4m-:vLTYbW4kIFWEOjBeY2GE8v9i9z5ew1Y9:KG4bUmnXJQ7M-zcE8POYOJL3mkZQGAEClTvfA9NxhO7VHqcVYp5t5nQsygx3EjTa3rwuX9CPat1s1ibhChs4nrY0Y1y-ISR4X-CWldBTgGHn87jjuLctCk-RW1mYNDaZlUXGSbi-3MDA-S5vIapzl_tStfYneg5p8IBrvhZXwjY-oN5i8ajSGg68pruwIAlySrzm3EapeoTD0oXht0x87oPT_RJRJB55gdaUNKmQNaKDBSfD3KtUKPo61HVI2AtGa076I2HhNyoCpbggkjx0C6D2-pClrRYKr6ldXq6urSm28Skn2xnKIbQ_A95d88NrHvF5M-ujRMsDikxL7sIWowjBzMngDzhMVZmF6kPWNoeQ2MJX-r5FgeCMI2QI4TSzewomxx1KVHpo2NVO1-z9a-DipUUICijmo2BVFuSWl2oBmg3J7Le2Ds_d5vOwE3W45udwf3bDnjMZ7Zy33qThFhlIvd4qsYIRBymH8uPlCaZW3Sov0Tk04g9CJ70x5ifcYJUTU7Cf2Tp4x_tAE_vEvZAsW5E8XtIN2neq7ie090Sq2O9gJqMaSLeqsupUO8QlmMzR_izGdLgq18r1-0TZjIqLsmLNSw4_1YU9m6XqLS8JChnyijT9Ju86-fdk85fxC8BSJUlY8617nhlBYUPRbUa8f43jF85AZQ04ypP8_H2Gb53W_ylOu1s0bw8PRa0E4rkH328SwldRkzh_Tkdt4z5AUpkAcYUJz0kettl9Q1Zx-HVjBoFYo33lVwy2MjQQcpFx6s3ICU3hFf1FElcbBifue3z1dx99eDS-XFZwrzghJMN2_Ag9T4Rf_4-r9dpzQTcmByY', '2026-11-20 13:28:57.802711+00', '2026-11-21 13:28:57.802711+00');


--
-- Data for Name: hj_outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAP72FK05BPVFT3XY62JR', 'api_key.created', '{"api_key": {"id": "key_01M7WJAP7098N8JJNX4KMSKTHH", "name": "First publishable key", "type": "publishable", "last_four": "jpec"}}', '2026-11-20 13:28:56.802895+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAP798572K7PDJB58H3WE', 'api_key.created', '{"api_key": {"id": "key_01M7WJAP74K66VJVYK3N293XNF", "name": "First secret key", "type": "secret", "last_four": "e3uc"}}', '2026-11-20 13:28:56.809927+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'evt_01M7WJAP8QW2X40X851P3EJFH5', 'api_key.created', '{"api_key": {"id": "key_01M7WJAP8PXS5N5RKBZVQWHFZG", "name": "First publishable key", "type": "publishable", "last_four": "avwo"}}', '2026-11-20 13:28:56.85586+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'evt_01M7WJAP8TTXQ7MRB8VG92GFA9', 'api_key.created', '{"api_key": {"id": "key_01M7WJAP8S2W7EBF8K1Z7EYV81", "name": "First secret key", "type": "secret", "last_four": "d4iq"}}', '2026-11-20 13:28:56.858341+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', 'evt_01M7WJAPA034ZZAHHC23B0MAV7', 'api_key.created', '{"api_key": {"id": "key_01M7WJAP9ZH3W18ZSBTBMQBYSR", "name": "First publishable key", "type": "publishable", "last_four": "atcm"}}', '2026-11-20 13:28:56.896879+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP9VMHMW3R4X2VQMEVE3', 'evt_01M7WJAPA3ZQP3PJKFE3HRK000', 'api_key.created', '{"api_key": {"id": "key_01M7WJAPA280CQBBXCV9Q267CX", "name": "First secret key", "type": "secret", "last_four": "vwdl"}}', '2026-11-20 13:28:56.899183+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPEWKBDKAQ6BYD0J4SP2', 'user.created', '{"user": {"id": "usr_01M7WJAPDV5C0RN1EXG2Z874JY", "name": "Ada Lovelace", "role": "member", "email": "ada@example.com", "phone": null, "status": "active", "username": "ada", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.019266Z", "updated_at": "2026-11-20T13:28:57.019266Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {"note": "Ünï, 漢字, \"quotes\", ''single''", "large": 9007199254740993, "small": 0.00000015}, "private_metadata": {}}}', '2026-11-20 13:28:57.052806+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPEZQRNRY0TM51RFC2QY', 'session.created', '{"session": {"id": "ses_01M7WJAPEXH21BQQ1G577NRDQJ", "user_id": "usr_01M7WJAPDV5C0RN1EXG2Z874JY", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:57.053502Z", "expires_at": "2026-12-20T13:28:57.053502Z", "ip_address": "127.0.0.1", "user_agent": "Python-urllib/3.11", "device_type": "unknown"}}', '2026-11-20 13:28:57.05502+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPG6PJASKNNREWRRNRYJ', 'user.created', '{"user": {"id": "usr_01M7WJAPF5AXHPT1NFT9A31ACQ", "name": null, "role": "admin", "email": "grace@example.com", "phone": "+15551234567", "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.061185Z", "updated_at": "2026-11-20T13:28:57.061185Z", "external_id": "crm-7", "email_verified": true, "phone_verified": false, "public_metadata": {}, "private_metadata": {"crm": {"seen": [1, 2.5, null, true], "tier": "gold"}}}}', '2026-11-20 13:28:57.094749+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPHCZD7947JG8ATDKPYY', 'user.created', '{"user": {"id": "usr_01M7WJAPGB24RSKABB86Y695VS", "name": null, "role": "member", "email": "mallory@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.099229Z", "updated_at": "2026-11-20T13:28:57.099229Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.132482+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPJM4CHQ51M458JW2PHJ', 'user.created', '{"user": {"id": "usr_01M7WJAPHMQY33MC3FD3ECERAN", "name": null, "role": "member", "email": "edsger@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.140803Z", "updated_at": "2026-11-20T13:28:57.140803Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.172373+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPJW6GX3CEK0SWBCDGST', 'user.created', '{"user": {"id": "usr_01M7WJAPJSXWHMMKS7FPNVEM8E", "name": null, "role": "member", "email": "linus@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.177009Z", "updated_at": "2026-11-20T13:28:57.177009Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.180226+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPK3SV0CY53EKCC9F8Z6', 'user.created', '{"user": {"id": "usr_01M7WJAPK22322WHEPDS2XSAXN", "name": null, "role": "member", "email": "nobody@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.186256Z", "updated_at": "2026-11-20T13:28:57.186256Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.187549+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPMA384TV11RQ6T6XCDM', 'user.created', '{"user": {"id": "usr_01M7WJAPK7W1CK593ZR4F5GQSB", "name": null, "role": "member", "email": "gone@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.191609Z", "updated_at": "2026-11-20T13:28:57.191609Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.226491+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'evt_01M7WJAPNS28Q3MG1NREZNYG1B', 'user.created', '{"user": {"id": "usr_01M7WJAPMGPW6FBXK59GRJVRP6", "name": "Another Ada", "role": "member", "email": "ada@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP8H3XN4A5DN1JCP1CVY", "avatar_url": null, "created_at": "2026-11-20T13:28:57.232626Z", "updated_at": "2026-11-20T13:28:57.232626Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.273581+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPPXPTJ4V8N4BFPZ8Y4X', 'user.created', '{"user": {"id": "usr_01M7WJAPP1K4WMHX7SSSBD618V", "name": null, "role": "member", "email": "barbara@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.281321Z", "updated_at": "2026-11-20T13:28:57.281321Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.309362+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPQSW2QQ876GTY5GVRVE', 'session.created', '{"session": {"id": "ses_01M7WJAPQRBNQJHATHEHHDVX6F", "user_id": "usr_01M7WJAPP1K4WMHX7SSSBD618V", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:57.336648Z", "expires_at": "2026-12-20T13:28:57.336648Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:57.337681+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPYF2EV70PF5CXMAW6BH', 'session.revoked', '{"session": {"id": "ses_01M7WJAPY12WXA85PBQZ04F2Z9", "reason": "revoked", "status": "revoked", "user_id": "usr_01M7WJAPDV5C0RN1EXG2Z874JY"}}', '2026-11-20 13:28:57.551686+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPV1RV3EDQZZFAQ45AJ0', 'user.password_changed', '{"user": {"id": "usr_01M7WJAPP1K4WMHX7SSSBD618V", "name": null, "role": "member", "email": "barbara@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.281321Z", "updated_at": "2026-11-20T13:28:57.43502Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.441584+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ8D7R157XVHVAM9G1W5', 'api_key.created', '{"api_key": {"id": "key_01M7WJAQ8CJYRBVA3BE0EDZX36", "name": "turned", "type": "secret", "last_four": "7tl5"}}', '2026-11-20 13:28:57.869639+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQFTR3YBMMCPH501QE6K', 'session.created', '{"session": {"id": "ses_01M7WJAQFS663XD3HD5QYAM5Z8", "user_id": "usr_01M7WJAPF5AXHPT1NFT9A31ACQ", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:58.105732Z", "expires_at": "2026-12-20T13:28:58.105732Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:58.106569+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPW4QYPYP03RPYD2VM34', 'session.created', '{"session": {"id": "ses_01M7WJAPW3QSCN8QCB8390JE7X", "user_id": "usr_01M7WJAPDV5C0RN1EXG2Z874JY", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:57.475291Z", "expires_at": "2026-12-20T13:28:57.475291Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:57.476091+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ3M6HXR75MG94HS09K5', 'user.deleted', '{"user": {"id": "usr_01M7WJAPK7W1CK593ZR4F5GQSB"}}', '2026-11-20 13:28:57.7163+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ87ZXKM5CRYADXMG3ZD', 'api_key.created', '{"api_key": {"id": "key_01M7WJAQ8059BCKBMVF5JWE6S4", "name": "turned", "type": "secret", "last_four": "3u7a"}}', '2026-11-20 13:28:57.863311+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ9Z49VK4E0X7D72F5QR', 'session.created', '{"session": {"id": "ses_01M7WJAQ9ZXC2EK9T05EW9G03E", "user_id": "usr_01M7WJAPDV5C0RN1EXG2Z874JY", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:57.919065Z", "expires_at": "2026-12-20T13:28:57.919065Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:57.919642+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPY2D1NRF4HHQC2FR0QE', 'session.created', '{"session": {"id": "ses_01M7WJAPY12WXA85PBQZ04F2Z9", "user_id": "usr_01M7WJAPDV5C0RN1EXG2Z874JY", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:57.537689Z", "expires_at": "2026-12-20T13:28:57.537689Z", "ip_address": "127.0.0.1", "user_agent": "curl/8", "device_type": "unknown"}}', '2026-11-20 13:28:57.538219+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPZEXTWH650A6JN9ZGP1', 'session.created', '{"session": {"id": "ses_01M7WJAPZDEG2YH60GENMYDHQS", "user_id": "usr_01M7WJAPF5AXHPT1NFT9A31ACQ", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:57.58173Z", "expires_at": "2026-12-20T13:28:57.58173Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:57.582297+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ1BKYG8ZVR7Q5E9XDR7', 'session.created', '{"session": {"id": "ses_01M7WJAQ1A9VNEJSMCGH4K2QYN", "user_id": "usr_01M7WJAPF5AXHPT1NFT9A31ACQ", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:57.642608Z", "expires_at": "2026-12-20T13:28:57.642608Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:57.643162+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ2P8DW2XNFR51TW7P5C', 'session.created', '{"session": {"id": "ses_01M7WJAQ2HXFW2DV4D2P29APTX", "user_id": "usr_01M7WJAPGB24RSKABB86Y695VS", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:57.681128Z", "expires_at": "2026-12-20T13:28:57.681128Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:57.686242+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'evt_01M7WJAQ4NC4HD8DJT1ZQ20XXW', 'session.created', '{"session": {"id": "ses_01M7WJAQ4MSHYBJFHGKDZT8R5T", "user_id": "usr_01M7WJAPMGPW6FBXK59GRJVRP6", "tenant_id": "tnt_01M7WJAP8H3XN4A5DN1JCP1CVY", "created_at": "2026-11-20T13:28:57.748692Z", "expires_at": "2027-02-18T13:28:57.748692Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:57.749228+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ7G4W4GEC4QBW6G55PE', 'api_key.created', '{"api_key": {"id": "key_01M7WJAQ7FZTSJCPM8JPZPZR2Q", "name": "reader", "type": "secret", "last_four": "rxmw"}}', '2026-11-20 13:28:57.840786+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQYP04MB79X1VY8PYYYX', 'session.created', '{"session": {"id": "ses_01M7WJAQYKJ3T0K6R7Q6XFN4CC", "user_id": "usr_01M7WJAPF5AXHPT1NFT9A31ACQ", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:58.579124Z", "expires_at": "2026-12-20T13:28:58.579124Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:58.582237+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJATX98AW128C2QH0DTA9X', 'session.created', '{"session": {"id": "ses_01M7WJATX9GTAJVG6RV8RFB2DC", "user_id": "usr_01M7WJAPDV5C0RN1EXG2Z874JY", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:29:01.609096Z", "expires_at": "2026-12-20T13:29:01.609096Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:29:01.609547+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAPZYJXZ7FX9QJZBAQJ62', 'session.revoked', '{"session": {"id": "ses_01M7WJAPZDEG2YH60GENMYDHQS", "reason": "sign_out", "status": "revoked", "user_id": "usr_01M7WJAPF5AXHPT1NFT9A31ACQ"}}', '2026-11-20 13:28:57.598436+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ2YPTE2FKZSFDEG25G0', 'session.revoked', '{"session": {"id": "ses_01M7WJAQ2HXFW2DV4D2P29APTX", "reason": "user_banned", "status": "revoked", "user_id": "usr_01M7WJAPGB24RSKABB86Y695VS"}}', '2026-11-20 13:28:57.694515+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ2Z2VG8DZXE0P7VS0RE', 'user.banned', '{"user": {"id": "usr_01M7WJAPGB24RSKABB86Y695VS", "name": null, "role": "member", "email": "mallory@example.com", "phone": null, "status": "banned", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.099229Z", "updated_at": "2026-11-20T13:28:57.692366Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.695186+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ75XE0EB0JGPS4Q571V', 'user.created', '{"user": {"id": "usr_01M7WJAQ6CBCQ8APXYEDHG0VQ7", "name": null, "role": "member", "email": "once@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.804518Z", "updated_at": "2026-11-20T13:28:57.804518Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.829283+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ7QZZ351JDF7S2J8WN0', 'api_key.created', '{"api_key": {"id": "key_01M7WJAQ7KK4S95K8FTBA9YT1M", "name": "gone", "type": "secret", "last_four": "qqpv"}}', '2026-11-20 13:28:57.847235+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQQEWXP6J0KMEHS0DB3H', 'session.created', '{"session": {"id": "ses_01M7WJAQQBR58Y3A6ASAXCCAKN", "user_id": "usr_01M7WJAPF5AXHPT1NFT9A31ACQ", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:58.34707Z", "expires_at": "2026-12-20T13:28:58.34707Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:58.350812+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAR7787F8S80507VNEMM7', 'session.created', '{"session": {"id": "ses_01M7WJAR76TEMDS6MCERNRRD4P", "user_id": "usr_01M7WJAPDV5C0RN1EXG2Z874JY", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:58.854899Z", "expires_at": "2026-12-20T13:28:58.854899Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:58.85543+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ3ASRQT959G0PVWCQAK', 'user.disabled', '{"user": {"id": "usr_01M7WJAPHMQY33MC3FD3ECERAN", "name": null, "role": "member", "email": "edsger@example.com", "phone": null, "status": "disabled", "username": null, "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "avatar_url": null, "created_at": "2026-11-20T13:28:57.140803Z", "updated_at": "2026-11-20T13:28:57.705099Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:28:57.706763+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAQ7VF21YFPYBWY00RERN', 'api_key.revoked', '{"api_key": {"id": "key_01M7WJAQ7KK4S95K8FTBA9YT1M", "name": "gone", "type": "secret", "last_four": "qqpv"}}', '2026-11-20 13:28:57.851122+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'evt_01M7WJAR636H3T9YZ1XTVWVZ77', 'session.created', '{"session": {"id": "ses_01M7WJAR635YP486C84P2M07HN", "user_id": "usr_01M7WJAPF5AXHPT1NFT9A31ACQ", "tenant_id": "tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS", "created_at": "2026-11-20T13:28:58.819127Z", "expires_at": "2026-12-20T13:28:58.819127Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:28:58.819658+00');


--
-- Data for Name: hj_password_history; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_password_history VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'usr_01M7WJAPP1K4WMHX7SSSBD618V', 1, '$argon2id$v=19$m=7168,t=5,p=1$ZO4t1Pk1HMgj4K2r4SVYxg$sIeV0/wj+04G8MBdOlYPrumDhMMoc6lWKkLKIEcQxUI', '2026-11-20 13:28:57.43502+00');


--
-- Data for Name: hj_schema_migration; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_schema_migration VALUES ('20261120_001', '20261120_001_initial_schema', 'a6364a2f0fcfcc6a9131bdcf103d91b8beb02ee5083a183397afe252593a8da2', 1, '2026-11-20 13:28:56.600015+00', 29, 'DROP TABLE hj_idempotency;
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
', '8b292da62e02fb9a2391e2885aff7521943c9be013599174743de893a9d119a1');


--
-- Data for Name: hj_session; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAPEXH21BQQ1G577NRDQJ', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 0, '2026-11-20 13:28:57.053502+00', '2026-11-20 13:28:57.053502+00', '2026-11-20 13:28:57.053502+00', '2026-12-20 13:28:57.053502+00', NULL, NULL, '2026-11-20 13:28:57.019266+00', false, '\xec87a7185852ce43e2d95b93e6f698b5', 'pwd', NULL, '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAPQRBNQJHATHEHHDVX6F', 'usr_01M7WJAPP1K4WMHX7SSSBD618V', 0, '2026-11-20 13:28:57.336648+00', '2026-11-20 13:28:57.336648+00', '2026-11-20 13:28:57.336648+00', '2026-12-20 13:28:57.336648+00', NULL, NULL, '2026-11-20 13:28:57.333034+00', false, '\xf805d509fb780208a9d516db329636e6', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAPW3QSCN8QCB8390JE7X', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 3, '2026-11-20 13:28:57.504883+00', '2026-11-20 13:28:57.475291+00', '2026-11-20 13:28:57.504883+00', '2026-12-20 13:28:57.475291+00', NULL, NULL, '2026-11-20 13:28:57.474147+00', false, '\x46366978b98102336849e64005f3fb94', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAPY12WXA85PBQZ04F2Z9', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 0, '2026-11-20 13:28:57.537689+00', '2026-11-20 13:28:57.537689+00', '2026-11-20 13:28:57.537689+00', '2026-12-20 13:28:57.537689+00', NULL, '2026-11-20 13:28:57.550719+00', '2026-11-20 13:28:57.536506+00', false, '\x8d79265ae0d925d6869a1fdda6ca02f5', 'pwd', 'revoked', '127.0.0.1', 'curl/8', NULL, 'unknown');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAPZDEG2YH60GENMYDHQS', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 0, '2026-11-20 13:28:57.58173+00', '2026-11-20 13:28:57.58173+00', '2026-11-20 13:28:57.58173+00', '2026-12-20 13:28:57.58173+00', NULL, '2026-11-20 13:28:57.594988+00', '2026-11-20 13:28:57.580128+00', false, '\x7dfd2b6eaa7b299b9b13ff2562bcfdb0', 'pwd', 'sign_out', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAQ1A9VNEJSMCGH4K2QYN', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 1, '2026-11-20 13:28:57.649723+00', '2026-11-20 13:28:57.642608+00', '2026-11-20 13:28:57.649723+00', '2026-12-20 13:28:57.642608+00', NULL, NULL, '2026-11-20 13:28:57.636727+00', false, '\xad9d3f8443765d4a102a2ec93ef8483c', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAQ2HXFW2DV4D2P29APTX', 'usr_01M7WJAPGB24RSKABB86Y695VS', 0, '2026-11-20 13:28:57.681128+00', '2026-11-20 13:28:57.681128+00', '2026-11-20 13:28:57.681128+00', '2026-12-20 13:28:57.681128+00', NULL, '2026-11-20 13:28:57.693849+00', '2026-11-20 13:28:57.680241+00', false, '\xfb9b27cbabf75c0022ddd8bda6ee1c06', 'pwd', 'user_banned', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'ses_01M7WJAQ4MSHYBJFHGKDZT8R5T', 'usr_01M7WJAPMGPW6FBXK59GRJVRP6', 0, '2026-11-20 13:28:57.748692+00', '2026-11-20 13:28:57.748692+00', '2026-11-20 13:28:57.748692+00', '2027-02-18 13:28:57.748692+00', NULL, NULL, '2026-11-20 13:28:57.746175+00', false, '\x6356e217b3ece55c9a8f32b2ac985a49', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAQ9ZXC2EK9T05EW9G03E', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 0, '2026-11-20 13:28:57.919065+00', '2026-11-20 13:28:57.919065+00', '2026-11-20 13:28:57.919065+00', '2026-12-20 13:28:57.919065+00', NULL, NULL, '2026-11-20 13:28:57.914148+00', false, '\xd907b1aa47fabdb1f31bd13859e5d340', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAQFS663XD3HD5QYAM5Z8', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 0, '2026-11-20 13:28:58.105732+00', '2026-11-20 13:28:58.105732+00', '2026-11-20 13:28:58.105732+00', '2026-12-20 13:28:58.105732+00', NULL, NULL, '2026-11-20 13:28:58.104853+00', false, '\x8df3bc8896028561db5afceb2ad88e98', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAQQBR58Y3A6ASAXCCAKN', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 0, '2026-11-20 13:28:58.34707+00', '2026-11-20 13:28:58.34707+00', '2026-11-20 13:28:58.34707+00', '2026-12-20 13:28:58.34707+00', NULL, NULL, '2026-11-20 13:28:58.342155+00', false, '\x38e4a7b6f27965bf6e163a9551a96992', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAQYKJ3T0K6R7Q6XFN4CC', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 0, '2026-11-20 13:28:58.579124+00', '2026-11-20 13:28:58.579124+00', '2026-11-20 13:28:58.579124+00', '2026-12-20 13:28:58.579124+00', NULL, NULL, '2026-11-20 13:28:58.578134+00', false, '\x388d9b610defdca7f8ada406089aab57', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAR635YP486C84P2M07HN', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 0, '2026-11-20 13:28:58.819127+00', '2026-11-20 13:28:58.819127+00', '2026-11-20 13:28:58.819127+00', '2026-12-20 13:28:58.819127+00', NULL, NULL, '2026-11-20 13:28:58.818149+00', false, '\xd3f5c4d86397370329bfac149f650c69', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJAR76TEMDS6MCERNRRD4P', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 0, '2026-11-20 13:28:58.854899+00', '2026-11-20 13:28:58.854899+00', '2026-11-20 13:28:58.854899+00', '2026-12-20 13:28:58.854899+00', NULL, NULL, '2026-11-20 13:28:58.850743+00', false, '\xe7c0a701602cc9b0756fee817ac31491', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'ses_01M7WJATX9GTAJVG6RV8RFB2DC', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 0, '2026-11-20 13:29:01.609096+00', '2026-11-20 13:29:01.609096+00', '2026-11-20 13:29:01.609096+00', '2026-12-20 13:29:01.609096+00', NULL, NULL, '2026-11-20 13:29:01.608+00', false, '\xbea762f6223e11b3d3e3dc10b222d653', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');


--
-- Data for Name: hj_user; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_user VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'usr_01M7WJAPJSXWHMMKS7FPNVEM8E', 'linus@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm', '2026-11-20 13:28:57.177009+00', false, '{}', '{}', 'linus@example.com', '2026-11-20 13:28:57.177009+00', '2026-11-20 13:28:57.177009+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'usr_01M7WJAPK22322WHEPDS2XSAXN', 'nobody@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, NULL, NULL, false, '{}', '{}', 'nobody@example.com', '2026-11-20 13:28:57.186256+00', '2026-11-20 13:28:57.186256+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'usr_01M7WJAPP1K4WMHX7SSSBD618V', 'barbara@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$pJi9ZVJiuWK4Rxi9pipzEg$7eEt6cxYdp6y7Fwj0cKiUDTPAL/XkOyLO85md49YM2U', '2026-11-20 13:28:57.43502+00', false, '{}', '{}', 'barbara@example.com', '2026-11-20 13:28:57.281321+00', '2026-11-20 13:28:57.43502+00', '2026-11-20 13:28:57.333034+00', '2026-11-20 13:28:57.333034+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'usr_01M7WJAPF5AXHPT1NFT9A31ACQ', 'grace@example.com', true, NULL, NULL, NULL, NULL, '+15551234567', false, NULL, 'crm-7', 'admin', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$tsoih4qW/SZK0RXdcS2rpQ$hoFFyXcdeItN5ZpKWVos8q1fADYlcnjQLpLZeoi1VvM', '2026-11-20 13:28:57.061185+00', false, '{}', '{"crm": {"seen": [1, 2.5, null, true], "tier": "gold"}}', 'grace@example.com
+15551234567', '2026-11-20 13:28:57.061185+00', '2026-11-20 13:28:57.061185+00', '2026-11-20 13:28:58.818149+00', '2026-11-20 13:28:58.818149+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'usr_01M7WJAPDV5C0RN1EXG2Z874JY', 'ada@example.com', false, 'ada', 'Ada Lovelace', NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$UG+n+PAxTAeAsSrfpMsNCQ$RObKBWqkDIS+14wKXU4w07lqrwmU+uXusVXgjQlMpY0', '2026-11-20 13:28:57.019266+00', false, '{"note": "Ünï, 漢字, \"quotes\", ''single''", "large": 9007199254740993, "small": 0.00000015}', '{}', 'ada@example.com
ada lovelace
ada', '2026-11-20 13:28:57.019266+00', '2026-11-20 13:28:57.019266+00', '2026-11-20 13:29:01.608+00', '2026-11-20 13:29:01.608+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'usr_01M7WJAPGB24RSKABB86Y695VS', 'mallory@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'banned', 'abuse', NULL, '$argon2id$v=19$m=7168,t=5,p=1$0j7wSsy/8KsTv6zZoLFLdw$VjMbtyXNi2BDhBzq21SzyG8XyBFnn9cBFEI6uAHxKIs', '2026-11-20 13:28:57.099229+00', false, '{}', '{}', 'mallory@example.com', '2026-11-20 13:28:57.099229+00', '2026-11-20 13:28:57.692366+00', '2026-11-20 13:28:57.680241+00', '2026-11-20 13:28:57.680241+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'usr_01M7WJAPHMQY33MC3FD3ECERAN', 'edsger@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'disabled', 'left', NULL, '$argon2id$v=19$m=7168,t=5,p=1$ynMmjBBQ1K5ZiRxrKwmZ8w$FDT5ze8e3/rNQuBpwK0nHHiF8pLi3fXAfYvoRZx0JBw', '2026-11-20 13:28:57.140803+00', false, '{}', '{}', 'edsger@example.com', '2026-11-20 13:28:57.140803+00', '2026-11-20 13:28:57.705099+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WJAP8H3XN4A5DN1JCP1CVY', 'usr_01M7WJAPMGPW6FBXK59GRJVRP6', 'ada@example.com', false, NULL, 'Another Ada', NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$QTvJ+AHyHTsHuotsywCRWw$i4W5aF6W/EhGs/0dtA9QhZBfQ6HOFgw1SlzDlNBOinI', '2026-11-20 13:28:57.232626+00', false, '{}', '{}', 'ada@example.com
another ada', '2026-11-20 13:28:57.232626+00', '2026-11-20 13:28:57.232626+00', '2026-11-20 13:28:57.746175+00', '2026-11-20 13:28:57.746175+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WJAP6Q1TGMNTPGY1DTCTKS', 'usr_01M7WJAQ6CBCQ8APXYEDHG0VQ7', 'once@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$MglMzxEGk11N78t/+j2Wkg$F5fGOzn7C6SqLOejUvpaHDgsXuTeQc6XnRj3pF+PkF8', '2026-11-20 13:28:57.804518+00', false, '{}', '{}', 'once@example.com', '2026-11-20 13:28:57.804518+00', '2026-11-20 13:28:57.804518+00', NULL, NULL);


--
-- Name: cp_api_key cp_api_key_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_api_key
    ADD CONSTRAINT cp_api_key_hash_key UNIQUE (hash);


--
-- Name: cp_api_key cp_api_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_api_key
    ADD CONSTRAINT cp_api_key_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: cp_audit_log cp_audit_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_audit_log
    ADD CONSTRAINT cp_audit_log_pkey PRIMARY KEY (id);


--
-- Name: cp_master_key cp_master_key_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_master_key
    ADD CONSTRAINT cp_master_key_hash_key UNIQUE (hash);


--
-- Name: cp_master_key cp_master_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_master_key
    ADD CONSTRAINT cp_master_key_pkey PRIMARY KEY (id);


--
-- Name: cp_setting cp_setting_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_setting
    ADD CONSTRAINT cp_setting_pkey PRIMARY KEY (name);


--
-- Name: cp_signing_key cp_signing_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_signing_key
    ADD CONSTRAINT cp_signing_key_pkey PRIMARY KEY (id);


--
-- Name: cp_tenant cp_tenant_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_tenant
    ADD CONSTRAINT cp_tenant_pkey PRIMARY KEY (id);


--
-- Name: cp_tenant cp_tenant_slug_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_tenant
    ADD CONSTRAINT cp_tenant_slug_key UNIQUE (slug);


--
-- Name: hj_audit_log hj_audit_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_audit_log
    ADD CONSTRAINT hj_audit_log_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: hj_idempotency hj_idempotency_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_idempotency
    ADD CONSTRAINT hj_idempotency_pkey PRIMARY KEY (tenant_id, key_hash);


--
-- Name: hj_outbox hj_outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_outbox
    ADD CONSTRAINT hj_outbox_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: hj_password_history hj_password_history_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_password_history
    ADD CONSTRAINT hj_password_history_pkey PRIMARY KEY (tenant_id, user_id, ordinal);


--
-- Name: hj_schema_migration hj_schema_migration_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_schema_migration
    ADD CONSTRAINT hj_schema_migration_pkey PRIMARY KEY (version);


--
-- Name: hj_session hj_session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_session
    ADD CONSTRAINT hj_session_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: hj_user hj_user_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_user
    ADD CONSTRAINT hj_user_email_key UNIQUE (tenant_id, email);


--
-- Name: hj_user hj_user_external_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_user
    ADD CONSTRAINT hj_user_external_id_key UNIQUE (tenant_id, external_id);


--
-- Name: hj_user hj_user_phone_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_user
    ADD CONSTRAINT hj_user_phone_key UNIQUE (tenant_id, phone);


--
-- Name: hj_user hj_user_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_user
    ADD CONSTRAINT hj_user_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: hj_user hj_user_username_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_user
    ADD CONSTRAINT hj_user_username_key UNIQUE (tenant_id, username);


--
-- Name: idx_hj_idempotency_expires_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_hj_idempotency_expires_at ON public.hj_idempotency USING btree (tenant_id, expires_at);


--
-- Name: idx_hj_outbox_created_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_hj_outbox_created_at ON public.hj_outbox USING btree (tenant_id, created_at);


--
-- Name: idx_hj_session_expires_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_hj_session_expires_at ON public.hj_session USING btree (tenant_id, expires_at);


--
-- Name: idx_hj_session_user_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_hj_session_user_id ON public.hj_session USING btree (tenant_id, user_id);


--
-- Name: idx_hj_session_user_id_active; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_hj_session_user_id_active ON public.hj_session USING btree (tenant_id, user_id) WHERE (revoked_at IS NULL);


--
-- Name: idx_hj_user_created_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_hj_user_created_at ON public.hj_user USING btree (tenant_id, created_at, id);


--
-- Name: cp_api_key cp_api_key_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cp_api_key
    ADD CONSTRAINT cp_api_key_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.cp_tenant(id);


--
-- Name: hj_audit_log hj_audit_log_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_audit_log
    ADD CONSTRAINT hj_audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.cp_tenant(id);


--
-- Name: hj_idempotency hj_idempotency_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_idempotency
    ADD CONSTRAINT hj_idempotency_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.cp_tenant(id);


--
-- Name: hj_outbox hj_outbox_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_outbox
    ADD CONSTRAINT hj_outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.cp_tenant(id);


--
-- Name: hj_password_history hj_password_history_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_password_history
    ADD CONSTRAINT hj_password_history_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES public.hj_user(tenant_id, id) ON DELETE CASCADE;


--
-- Name: hj_session hj_session_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_session
    ADD CONSTRAINT hj_session_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES public.hj_user(tenant_id, id) ON DELETE CASCADE;


--
-- Name: hj_user hj_user_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hj_user
    ADD CONSTRAINT hj_user_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.cp_tenant(id);


--
-- PostgreSQL database dump complete
--


