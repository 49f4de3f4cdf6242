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

INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTSHCPQRGR8K65GEC2A3', 'key_01M7WVYTSPRW7ABX7PZJ0CXHAV', 'First publishable key', 'publishable', 'live', 'ja5w', '\xe09e13d3f0d92f682df15541d313b306bafb473c26cc28ece49a1f3aa4d37db0', '', '2026-11-20 16:17:14.038209+00', NULL, NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTSHCPQRGR8K65GEC2A3', 'key_01M7WVYTSSXGQ63QAJ54AXYGJB', 'First secret key', 'secret', 'live', '2z3y', '\x04fab66d2ab07b6b2b58cf762c9d69b6823e57f754a16ea437692a93444af1ea', '*', '2026-11-20 16:17:14.041919+00', NULL, NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'key_01M7WVYTRC58QGP59DNVFP8F91', 'First secret key', 'secret', 'live', 'lgoa', '\xb507d7b7092bb1556d71ea41a6f5bc9baf4efc1e4280de18b48fe57f081e074e', '*', '2026-11-20 16:17:13.996841+00', '2026-11-20 16:17:14.127963+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', 'First secret key', 'secret', 'live', 'be2e', '\x0d59aea912be0fe527a8f901eb71931d7090c05253a369b7d6c6e463db1543c8', '*', '2026-11-20 16:17:13.954098+00', '2026-11-20 16:17:14.135537+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'key_01M7WVYTPXD9RJ584CQVWPKKNB', 'First publishable key', 'publishable', 'live', 'ywgi', '\xdb7da69dd4a2a10cfb6cb1b4c78fc7d137f818c6f97de013083cc88ef46d151e', '', '2026-11-20 16:17:13.949954+00', '2026-11-20 16:17:14.141554+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'key_01M7WVYTR9PY5APFDZJA28SJFC', 'First publishable key', 'publishable', 'live', 'know', '\x96e4103a5175bae791797648353dd42e4bb2848051d955deeb9b9f29f94e8d21', '', '2026-11-20 16:17:13.993842+00', '2026-11-20 16:17:14.535663+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'key_01M7WVYVB8GQ1TSM7J0TEH693K', 'reader', 'secret', 'test', 'cl5r', '\x9a18067169053d3189f9ac024b063a7a647c09889f69aab7c7ad5b9e103f4182', 'users:read', '2026-11-20 16:17:14.600175+00', NULL, '2027-02-18 16:17:14.600175+00', NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'key_01M7WVYVBCTXMV8K6H5DJZH4J1', 'gone', 'secret', 'live', 'tsan', '\x6c5fdaa8b4eb955c47e17e82b0f22b3e2ae765424cb5b58f4f893deff5224d0c', '*', '2026-11-20 16:17:14.604727+00', NULL, NULL, '2026-11-20 16:17:14.609632+00');
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'key_01M7WVYVBT13T3C6X4P155V6S1', 'turned', 'secret', 'live', 'bwjs', '\x417d246601431c5cd06e0326cf2a1b9aacdad210e75870237bd66053cff34265', '*', '2026-11-20 16:17:14.618617+00', NULL, NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'key_01M7WVYVBNRQWGCSJ5AT4ZAWYQ', 'turned', 'secret', 'live', '2edb', '\x71d346798700173a5265e600cfdc7364573130112fa11549fe25bc0c13fffdc2', '*', '2026-11-20 16:17:14.61347+00', NULL, NULL, '2026-12-20 16:17:14.617854+00');


--
-- Data for Name: cp_audit_log; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYTMTHB2WK4S4TAT78WVX', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_O5DefWh9unuvYdt-dHC7vQ', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "refresh_token"}', '2026-11-20 16:17:13.882285+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYTMX1BY1XBNFFZX7FGF9', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 16:17:13.885089+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYTPT0QATP7HCMC5VACVN', 'tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'tenant.created', 'system', NULL, NULL, 'tenant', 'tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 16:17:13.946662+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYTR73J8RFGW4DKS4FNCF', 'tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'tenant.created', 'system', NULL, NULL, 'tenant', 'tnt_01M7WVYTR5RMAG50SD0BRKJXW5', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 16:17:13.991048+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYTSJZQFJWYHAXWWEZ236', 'tnt_01M7WVYTSHCPQRGR8K65GEC2A3', 'tenant.created', 'system', NULL, NULL, 'tenant', 'tnt_01M7WVYTSHCPQRGR8K65GEC2A3', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 16:17:14.034883+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYTV6AK1D0C7NTN03APZT', 'tnt_01M7WVYTSHCPQRGR8K65GEC2A3', 'tenant.suspended', 'system', NULL, NULL, 'tenant', 'tnt_01M7WVYTSHCPQRGR8K65GEC2A3', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 16:17:14.086004+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYTWA9794YGE8C6Z6K1HW', NULL, 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WVYTW9BGMC2X2G3N2MHEX5', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "master"}', '2026-11-20 16:17:14.122468+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYTWKDWFZPNJ2QSBT7HHV', 'tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'config.updated', 'api_key', 'key_01M7WVYTRC58QGP59DNVFP8F91', NULL, 'tenant', 'tnt_01M7WVYTR5RMAG50SD0BRKJXW5', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYTWDYCFSGXTSWRQ9RZ98', '{}', '2026-11-20 16:17:14.131816+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYTWTTD7X0G7TBRDCMTEJ', 'tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'config.updated', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'tenant', 'tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYTWNW3T2K46PBS307HF6', '{}', '2026-11-20 16:17:14.13844+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYVDKZD07B6H74HPW1P03', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_6p-8NbSYVXrPiSNFavczolkE3yAYf5cg-pUPk4FE7rQ', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 16:17:14.675435+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYVERWPGGYRW1WSN4PQSC', NULL, 'key.activated', 'system', NULL, NULL, 'signing_key', 'kid_6p-8NbSYVXrPiSNFavczolkE3yAYf5cg-pUPk4FE7rQ', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"signs_from": "2026-11-20T16:17:14.712037Z"}', '2026-11-20 16:17:14.712838+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYVRFFQ2EBMTFKN4DB1R8', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_nMfAfvt5PImGP5UuEh4__MdEUljk9fzYSLOGYNePlgw', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 16:17:15.023587+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYVSS2JX5APC1WGE3DZJ9', NULL, 'key.retired', 'system', NULL, NULL, 'signing_key', 'kid_nMfAfvt5PImGP5UuEh4__MdEUljk9fzYSLOGYNePlgw', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"forced": true}', '2026-11-20 16:17:15.065533+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYVV23EZZVTDAQ0JDTBGA', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_3jqj3WQhkC4Gra5HNgjfMOOcRTJikpKgTOaedHpxSW8', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 16:17:15.106015+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WVYVW6R6ZAPTTJD5TXDSWR', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_HkjHncVVq08s1dGfP-Lhsw', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "refresh_token"}', '2026-11-20 16:17:15.142885+00');


--
-- Data for Name: cp_master_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_master_key VALUES ('key_01M7WVYTW9BGMC2X2G3N2MHEX5', 'operator', 'master', 'live', 'obaz', '\xc52bc6e42977eeb16ae4e32a48778c30e486594a1dcda0edc33804186b196a3a', '*', '2026-11-20 16:17:14.121287+00', NULL, NULL, NULL);


--
-- Data for Name: cp_setting; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_setting VALUES ('schema_release', '0.2.0 20261120_002', '2026-11-20 16:17:13.795569+00');
INSERT INTO public.cp_setting VALUES ('encryption_check', 'v1:zuoru4m-:SGy66JiMqPQ5_KAezry20q6sci8TxB89:071SuoXOH-uL9ofTH-8RCa_hqxAs5ihmAKEfABldGYs', '2026-11-20 16:17:13.875485+00');
INSERT INTO public.cp_setting VALUES ('derived_keys', 'v1:zuoru4m-:FbZXl-AOzrZoKmX4kHMfJ1rIr_Riw2mY:UyvSTlc6hqCANwqqvH19O3C4d_03OL3SXWwlpbWYes2nIr0HPd10fYKDtTkU1ns5Kc0Pcu1iB8gXtp9Z6E1keMj-O1rV7BiTqOXV51x3-pU', '2026-11-20 16:17:13.879249+00');


--
-- Data for Name: cp_signing_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_signing_key VALUES ('kid_O5DefWh9unuvYdt-dHC7vQ', 'refresh_token', NULL, 'v1:zuoru4m-:p_mjknvnqrdCFNEXBeRQEM22UptC87EY:QYpmxifpoaOSRsCTqV7A34q1HKcwEkK3-jI_3c8q1idpWzjAHwGq4O0Mzjyc539Z', '2026-11-20 16:17:13.881515+00', '2026-11-20 16:17:13.881515+00', NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ', 'access_token', '\x19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1', 'v1:zuoru4m-:O_60GPtowLRlGk0tJIpVelORf_6PDqe9:LLf_ca4J45ynP_GDIVF9iNzgbr_dwDRUGi1niTzMfNbn6TNvmSyikZ2uns3I7tn9', '2026-11-20 16:17:13.884358+00', '2026-11-20 16:17:13.884358+00', NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_6p-8NbSYVXrPiSNFavczolkE3yAYf5cg-pUPk4FE7rQ', 'access_token', '\xb169a989b230c3ef2a086aa96d367f99bfabc4bdbf487f4a6b6228262b9c6142', 'v1:zuoru4m-:lcd7fUauDdc65dH-6E1q14F8qv-uqvug:BimhcJ3J1dY01htIC2Jyr8kmsygL_ZIc3M1VzS003lRWuh_eMjrFrT6fzA21D2PD', '2026-11-20 16:17:14.673684+00', '2026-11-20 16:17:14.712037+00', NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_nMfAfvt5PImGP5UuEh4__MdEUljk9fzYSLOGYNePlgw', 'access_token', '\x012ccc09e42264d2ab47905e9b7c4fa2bedc0a918484c71087273b1f5e683de3', 'v1:zuoru4m-:4OqTxS2t49XbWRV6wRDuYQRPUB2YWlyl:UzORj3jPGuxMSlp72-r6PIBog-yg2WLXchTIuiQ_Zt32LBfYmTxGm7B2k_FV8ckM', '2026-11-20 16:17:15.022033+00', NULL, '2026-11-20 16:17:15.064781+00');
INSERT INTO public.cp_signing_key VALUES ('kid_3jqj3WQhkC4Gra5HNgjfMOOcRTJikpKgTOaedHpxSW8', 'access_token', '\xf03a3153400ca6ac468e5d8ff8de5458fa8a48c5b3c5782e5b24ed49b0d3213b', 'v1:zuoru4m-:6iqnxn1V2d-CZPh1-_IUwW7xU0E34IVe:ZYqkMT5JS17jKvgh4W97U1xA1O1wgO7s-VuBTxzvqzrJuaOR-YXTBMCKXHeAsFeg', '2026-11-20 16:17:15.105+00', NULL, NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_HkjHncVVq08s1dGfP-Lhsw', 'refresh_token', NULL, 'v1:zuoru4m-:wO0kDHt7RNBWq1SfbHJJzUXt5GFtQQLQ:EnDSp36C5y2ZwJIBVyE7Ef83y82kwu4lTYmo9QmlZfJpIY3Ofz2YKQJMzqUHfLEg', '2026-11-20 16:17:15.141888+00', '2026-11-20 16:17:15.141888+00', NULL);


--
-- Data for Name: cp_tenant; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_tenant VALUES ('tnt_01M7WVYTSHCPQRGR8K65GEC2A3', 'Closed', 'closed', 'suspended', 'free', '{"idle_timeout": null, "token_format": "jwt", "allow_sign_up": null, "allowed_origins": [], "password_policy": null, "access_token_ttl": null, "session_duration": null, "username_enabled": false, "allowed_auth_methods": [], "allowed_email_domains": [], "max_sessions_per_user": null, "email_verification_required": null}', '{}', '{}', '2026-11-20 16:17:14.033604+00', '2026-11-20 16:17:14.085093+00');
INSERT INTO public.cp_tenant VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'Globex Überall', 'globex-berall', 'active', 'free', '{"idle_timeout": null, "token_format": "paseto", "allow_sign_up": null, "allowed_origins": [], "password_policy": null, "access_token_ttl": null, "session_duration": "90d", "username_enabled": false, "allowed_auth_methods": [], "allowed_email_domains": [], "max_sessions_per_user": null, "email_verification_required": null}', '{}', '{}', '2026-11-20 16:17:13.98991+00', '2026-11-20 16:17:14.131285+00');
INSERT INTO public.cp_tenant VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'Acme', 'acme', 'active', 'free', '{"idle_timeout": null, "token_format": "jwt", "allow_sign_up": null, "allowed_origins": ["https://app.example"], "password_policy": null, "access_token_ttl": null, "session_duration": null, "username_enabled": true, "allowed_auth_methods": [], "allowed_email_domains": [], "max_sessions_per_user": null, "email_verification_required": null}', '{}', '{}', '2026-11-20 16:17:13.945283+00', '2026-11-20 16:17:14.137778+00');


--
-- Data for Name: hj_audit_log; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYTPZASVFMS04XH2NNQ80', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WVYTPXD9RJ584CQVWPKKNB', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "publishable"}', '2026-11-20 16:17:13.951353+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYTQ26E6Z8DXKSN8CS327', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "secret"}', '2026-11-20 16:17:13.954821+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'evt_audit_01M7WVYTRAWAN9YH9HWQFVEMPP', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WVYTR9PY5APFDZJA28SJFC', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "publishable"}', '2026-11-20 16:17:13.994886+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'evt_audit_01M7WVYTRDRQM76JBVD8XKF7HC', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WVYTRC58QGP59DNVFP8F91', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "secret"}', '2026-11-20 16:17:13.997457+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTSHCPQRGR8K65GEC2A3', 'evt_audit_01M7WVYTSQPB3W59VFK5YZR9QD', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WVYTSPRW7ABX7PZJ0CXHAV', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "publishable"}', '2026-11-20 16:17:14.03946+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTSHCPQRGR8K65GEC2A3', 'evt_audit_01M7WVYTST5VAM23ABQD95KZVY', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WVYTSSXGQ63QAJ54AXYGJB', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "secret"}', '2026-11-20 16:17:14.04285+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYTXP0VFM6FYG2SYEAA8T', 'user.register', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 'ada@example.com', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYTWVEQM8CPEVMYRV0SCS', '{}', '2026-11-20 16:17:14.166876+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYTYJG4W80Q003SXNP5FP', 'user.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYTXVMJ0XB01S369JSWBT', '{}', '2026-11-20 16:17:14.194838+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYTZ7Z3NMMKWG4B8F0JQS', 'user.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYTYQ2TBFRPVTADXKBDN5', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYTYNH1SR5R7JTWN1DXJT', '{}', '2026-11-20 16:17:14.215656+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYTZV457RJ0JVN04YYCH1', 'user.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYTZBZP9X375ENSSJGZ0Y', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYTZA44DMN860AX92FZ55', '{}', '2026-11-20 16:17:14.235936+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV00NE9HDD09QCZCVJYK', 'user.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYTZZJ3Q6QTBSWNZA63YS', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYTZY976S4WEMC4DA2ZCD', '{}', '2026-11-20 16:17:14.240643+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV04PTPAXR2Q854MJ1TR', 'user.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYV03VGK18F2QKZQQZRQ3', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV02STZT9M71SW4G37KV', '{}', '2026-11-20 16:17:14.244687+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV0QY619ZX3TVSFYPGCJ', 'user.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYV07XWC82185PR93AJVN', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV064F411THF21FPYF8R', '{}', '2026-11-20 16:17:14.263809+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'evt_audit_01M7WVYV1AQEHZZFKTD9CVYQPQ', 'user.created', 'api_key', 'key_01M7WVYTRC58QGP59DNVFP8F91', NULL, 'user', 'usr_01M7WVYV0TE7DK37PK1P7EY4C4', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV0SN0V7KED8R8FZ009S', '{}', '2026-11-20 16:17:14.282701+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV1Y44Q6P393NAF0R34G', 'user.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYV1D3B1EY0EE34SRTHSJ', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV1C37HG23FKYFZCJCKC', '{}', '2026-11-20 16:17:14.302682+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV2NBJFF4WNNJYC2XG0H', 'user.login', 'user', 'usr_01M7WVYV1D3B1EY0EE34SRTHSJ', 'barbara@example.com', 'user', 'usr_01M7WVYV1D3B1EY0EE34SRTHSJ', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYV20DY3ZGQA3CJTC7RZY', '{"session_id": "ses_01M7WVYV2KKD2PC3806GBQT2C2", "auth_method": "email_password"}', '2026-11-20 16:17:14.325538+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV4HS085MMK65ACFWACT', 'user.password_change', 'user', 'usr_01M7WVYV1D3B1EY0EE34SRTHSJ', 'barbara@example.com', 'user', 'usr_01M7WVYV1D3B1EY0EE34SRTHSJ', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV2Q615PQYDQ4CD50CTT', '{}', '2026-11-20 16:17:14.385285+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV58T5KXTE2NXVG8GDRT', 'user.login', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 'ada@example.com', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYV4MHNNTV7ANN50ESMCS', '{"session_id": "ses_01M7WVYV57P19FBS5C6PMWWSNS", "auth_method": "email_password"}', '2026-11-20 16:17:14.408914+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV6CN5W831HQEX1AP8RS', 'user.login', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 'ada@example.com', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', '127.0.0.1', 'curl/8', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV5SSZD7Y76DS3HHDW7A', '{"session_id": "ses_01M7WVYV6BC4MFK38ZAWJWHR0V", "auth_method": "email_password"}', '2026-11-20 16:17:14.444988+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV6HFB57BWVDBVRY5G80', 'session.revoked', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'session', 'ses_01M7WVYV6BC4MFK38ZAWJWHR0V', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV6EHS0XJDPHJHXE8THW', '{}', '2026-11-20 16:17:14.449265+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV76BME4G0N80RGAJ4H8', 'user.login', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 'grace@example.com', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYV6K842109ZXDE81NQYG', '{"session_id": "ses_01M7WVYV75MF569JKKD06J37AZ", "auth_method": "email_password"}', '2026-11-20 16:17:14.470339+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV7AHHZ49CEGVTMK25DK', 'user.logout', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 'grace@example.com', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV78JA08NQTB3CH5VFJN', '{"sessions": 1}', '2026-11-20 16:17:14.474846+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV7YMVFH5DYF75CNHVMD', 'user.login', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 'grace@example.com', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYV7CFQA7TB2XS3YQ7D5G', '{"session_id": "ses_01M7WVYV7XPCTNQPSPP1Q2QJG7", "auth_method": "email_password"}', '2026-11-20 16:17:14.494792+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV8Q74DYB0YKHQB6HXCV', 'user.login', 'user', 'usr_01M7WVYTYQ2TBFRPVTADXKBDN5', 'mallory@example.com', 'user', 'usr_01M7WVYTYQ2TBFRPVTADXKBDN5', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYV84NMANCVTMZ26V1Q4D', '{"session_id": "ses_01M7WVYV8P1QFT9GB6HDFKPFPE", "auth_method": "email_password"}', '2026-11-20 16:17:14.519184+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV8VEG8D3BTT7HRA4V2K', 'user.banned', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYTYQ2TBFRPVTADXKBDN5', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV8SCAD1FTPNGFT4540Y', '{}', '2026-11-20 16:17:14.523851+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV90Z6085F0V1YJJRR3X', 'user.disabled', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYTZBZP9X375ENSSJGZ0Y', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV8XN03QWJG2S0P6SK27', '{}', '2026-11-20 16:17:14.528362+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYV94BP71Q40PY4165XR3', 'user.deleted', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYV07XWC82185PR93AJVN', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYV92X36G3E942CD03VJP', '{}', '2026-11-20 16:17:14.532988+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'evt_audit_01M7WVYV9T5QTX1R8HXWQAFEER', 'user.login', 'user', 'usr_01M7WVYV0TE7DK37PK1P7EY4C4', 'ada@example.com', 'user', 'usr_01M7WVYV0TE7DK37PK1P7EY4C4', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYV96F54D3DB789VDY76B', '{"session_id": "ses_01M7WVYV9SBVANMFJW0QQ1K2J9", "auth_method": "email_password"}', '2026-11-20 16:17:14.554437+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVAD93HQKXDXSQYE4J69', 'user.login_failed', 'api_key', 'key_01M7WVYTPXD9RJ584CQVWPKKNB', NULL, NULL, NULL, '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'failure', 'invalid_credentials', 'req_01M7WVYV9WTPW770GDHFJC52H1', '{"auth_method": "email_password"}', '2026-11-20 16:17:14.573099+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVBJXHFVKFX3SKRZG0PF', 'api_key.revoked', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'api_key', 'key_01M7WVYVBCTXMV8K6H5DJZH4J1', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYVBFMEZFHDX2G42NCMD2', '{}', '2026-11-20 16:17:14.610306+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVFKXNPZQ6K6YZKED765', 'user.login', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 'grace@example.com', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYVEZ5PAJYF2DSXHMXFG5', '{"session_id": "ses_01M7WVYVFJHBN6JQW6C95CDXNY", "auth_method": "email_password"}', '2026-11-20 16:17:14.739968+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYYCY1MWHJJ3SF3S0FDDT', 'user.login', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 'ada@example.com', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYYB5FXY4T8CV999D5FRF', '{"session_id": "ses_01M7WVYYCVRVSGH1KCQ2AZKN68", "auth_method": "email_password"}', '2026-11-20 16:17:17.726286+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVB239T6FS6KSQR3XVSQ', 'user.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'user', 'usr_01M7WVYVAJHRY0PEAA1NFH196X', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYVAFW73VDSYXCCYHP12T', '{}', '2026-11-20 16:17:14.594417+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVBDBZ7NESNHH8FX9DG9', 'api_key.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'api_key', 'key_01M7WVYVBCTXMV8K6H5DJZH4J1', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYVBB2ES9TN7F4DZ4E5F1', '{"type": "secret"}', '2026-11-20 16:17:14.605805+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVBV5JVZA0STST5HWQ0H', 'api_key.rotated', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'api_key', 'key_01M7WVYVBNRQWGCSJ5AT4ZAWYQ', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYVBRZQ92G0H80Z6KV797', '{"successor": "key_01M7WVYVBT13T3C6X4P155V6S1"}', '2026-11-20 16:17:14.619573+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVB90E1EHWQRZ62M9QAV', 'api_key.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'api_key', 'key_01M7WVYVB8GQ1TSM7J0TEH693K', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYVB6HJ65QXQPG76A5AQ9', '{"type": "secret"}', '2026-11-20 16:17:14.601265+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVBPNV2VWA5HTDNGQJ3A', 'api_key.created', 'api_key', 'key_01M7WVYTQ2HFYM90T3BR9KZDJX', NULL, 'api_key', 'key_01M7WVYVBNRQWGCSJ5AT4ZAWYQ', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WVYVBMPAE5PG31DBQ2B9HC', '{"type": "secret"}', '2026-11-20 16:17:14.614305+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVCG8S7181GAJCYS0ESA', 'user.login', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 'ada@example.com', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYVBXBV86P1E20HRBXRT0', '{"session_id": "ses_01M7WVYVCFZKK391TRFQD26J4Z", "auth_method": "email_password"}', '2026-11-20 16:17:14.640274+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVQ9SA33QET8TY7MJHMS', 'user.login', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 'ada@example.com', 'user', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYVPP9DMZ76JJ6Y75EC7S', '{"session_id": "ses_01M7WVYVQ89VRCPKT7JZ3DFHXZ", "auth_method": "email_password"}', '2026-11-20 16:17:14.985128+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_audit_01M7WVYVPJFD0FVWX744EBRH0X', 'user.login', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 'grace@example.com', 'user', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WVYVNYCT2HV9R2DKF9BWDN', '{"session_id": "ses_01M7WVYVPHAN0218618AKCE9K4", "auth_method": "email_password"}', '2026-11-20 16:17:14.962826+00');


--
-- Data for Name: hj_idempotency; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_idempotency VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', '\x044f34403d445f124d4513d23a6b3ec4b0de6c17419dfeb2fbd55408b7380b39', '\x9fa01abee23a47088985f85bc367d0027b7cceda83be288edb7dd57336d88727', 'v1:zuoru4m-:OBTv4qvVoZTbamEpawk9i_qTf-__R4mf:lurjCXF2LvANBFL0G75o4kR2uoE_ppfU4vQzjXDyV3uEr0gFfO8kuPNvWbIgc4eNXa4_3FcUyf7yQHvYc55Xuh98XK2VvVwszKl7AbSz3ffCB9IjrYMTVJGxkiyKnQAKmyHii0jMeg47U74aGbQnllBwuMIExpMoGf7ZRWPArJupzbOVZfsvElBM1m0on4iXaV1hcnmDNGnHBhc9leTFiiJvmxZSt1ukqthxMu-DEDLe2o4Qp4iOGR-_bSU-NuedeDdjvCy9b7a7RjMkAkSxjI9k65zjBGesIFIkKosAfzTDFp1THaZ4qKJvD1CykdhqUVjFcemcwiePbpps8qV9Fv6zhDk7sjJmHvu9rzD2Qyak-uPLXzfFc2bkNIMvc6VHuzT1LS7rlO5fEuMkHCIOfmIaAwVbiVCrR0vQ7x_kyu3nwJROiuqUeyAEkVxtos4hoZy-KoGi6O0ztNoK240uLgOpolNmhyAvJzw18nhYub8TZliBcOWrofXSoPoTfO8JaSQyDfqbsidjZ_rvBifvxdyzJCZ6fe7DykjPqysvCvrBPFvHT8zPHMEjpFOCcFGGIgcSof9BKAkbrzuihN5K5czSmfPR-9zL1KwU4inBGBFo2J4fW8zIad81_tJTLqgUUEqMNMOAbgaIM0coZVnoY7-njLz1ls1hSlaWFo_cRtawA3zOLvp_FGQnk01s70NBWZ9gK_qdMpqAjgAwczB9LSK68yyXXgnCYQaOeIj0554XrpTcuvoj9WgM9ilBywbZRq5xEFFHwRz2B7b0zWrDl1f3xr0jPHqnx2MinhsOFBc5g9GjY7VJJvbbv0sE_0U4cCsGQOE', '2026-11-20 16:17:14.576326+00', '2026-11-21 16:17:14.576326+00');


--
-- Data for Name: hj_outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYTQ0YZMSRSAENDVQB988', 'api_key.created', '{"api_key": {"id": "key_01M7WVYTPXD9RJ584CQVWPKKNB", "name": "First publishable key", "type": "publishable", "last_four": "ywgi"}}', '2026-11-20 16:17:13.952287+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYTQ3Y32AB2EERHY9BQFQ', 'api_key.created', '{"api_key": {"id": "key_01M7WVYTQ2HFYM90T3BR9KZDJX", "name": "First secret key", "type": "secret", "last_four": "be2e"}}', '2026-11-20 16:17:13.95525+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'evt_01M7WVYTRB1BHFE8M5P7GVC97P', 'api_key.created', '{"api_key": {"id": "key_01M7WVYTR9PY5APFDZJA28SJFC", "name": "First publishable key", "type": "publishable", "last_four": "know"}}', '2026-11-20 16:17:13.99549+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'evt_01M7WVYTRDZP4MMJVHBCDQBEY3', 'api_key.created', '{"api_key": {"id": "key_01M7WVYTRC58QGP59DNVFP8F91", "name": "First secret key", "type": "secret", "last_four": "lgoa"}}', '2026-11-20 16:17:13.997746+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTSHCPQRGR8K65GEC2A3', 'evt_01M7WVYTSRFC19GAH7NT5NPH57', 'api_key.created', '{"api_key": {"id": "key_01M7WVYTSPRW7ABX7PZJ0CXHAV", "name": "First publishable key", "type": "publishable", "last_four": "ja5w"}}', '2026-11-20 16:17:14.040204+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTSHCPQRGR8K65GEC2A3', 'evt_01M7WVYTSV858EYWFT6Q3NTKPW', 'api_key.created', '{"api_key": {"id": "key_01M7WVYTSSXGQ63QAJ54AXYGJB", "name": "First secret key", "type": "secret", "last_four": "2z3y"}}', '2026-11-20 16:17:14.043318+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYTXQS23CJHBWPFRB7XG5', 'user.created', '{"user": {"id": "usr_01M7WVYTWYVB9N80W9X2NM5F6B", "name": "Ada Lovelace", "role": "member", "email": "ada@example.com", "phone": null, "status": "active", "username": "ada", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.14283Z", "updated_at": "2026-11-20T16:17:14.14283Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {"note": "Ünï, 漢字, \"quotes\", ''single''", "large": 9007199254740993, "small": 0.00000015}, "private_metadata": {}}}', '2026-11-20 16:17:14.167616+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYTXSTRJ2XAJVKD9529XE', 'session.created', '{"session": {"id": "ses_01M7WVYTXRAFH146KN3SFXWT7A", "user_id": "usr_01M7WVYTWYVB9N80W9X2NM5F6B", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.168184Z", "expires_at": "2026-12-20T16:17:14.168184Z", "ip_address": "127.0.0.1", "user_agent": "Python-urllib/3.11", "device_type": "unknown"}}', '2026-11-20 16:17:14.16916+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYTYKENZQFQNNGT67HMTV', 'user.created', '{"user": {"id": "usr_01M7WVYTXWFTSX9W9P7V2H36DW", "name": null, "role": "admin", "email": "grace@example.com", "phone": "+15551234567", "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.172708Z", "updated_at": "2026-11-20T16:17:14.172708Z", "external_id": "crm-7", "email_verified": true, "phone_verified": false, "public_metadata": {}, "private_metadata": {"crm": {"seen": [1, 2.5, null, true], "tier": "gold"}}}}', '2026-11-20 16:17:14.195509+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYTZ8B50375295RZ143T3', 'user.created', '{"user": {"id": "usr_01M7WVYTYQ2TBFRPVTADXKBDN5", "name": null, "role": "member", "email": "mallory@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.19946Z", "updated_at": "2026-11-20T16:17:14.19946Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.216215+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYTZWQDKW8BB5KNC3CV5Q', 'user.created', '{"user": {"id": "usr_01M7WVYTZBZP9X375ENSSJGZ0Y", "name": null, "role": "member", "email": "edsger@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.219771Z", "updated_at": "2026-11-20T16:17:14.219771Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.236536+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV0159MSK3QSXXD5S679', 'user.created', '{"user": {"id": "usr_01M7WVYTZZJ3Q6QTBSWNZA63YS", "name": null, "role": "member", "email": "linus@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.239374Z", "updated_at": "2026-11-20T16:17:14.239374Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.241339+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV05R41P7WN7X5FHWVW0', 'user.created', '{"user": {"id": "usr_01M7WVYV03VGK18F2QKZQQZRQ3", "name": null, "role": "member", "email": "nobody@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.243954Z", "updated_at": "2026-11-20T16:17:14.243954Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.245061+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV0RR4SF1RS1HNV00S4A', 'user.created', '{"user": {"id": "usr_01M7WVYV07XWC82185PR93AJVN", "name": null, "role": "member", "email": "gone@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.247614Z", "updated_at": "2026-11-20T16:17:14.247614Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.264147+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'evt_01M7WVYV1BZHH57S8NFAKZW9F1', 'user.created', '{"user": {"id": "usr_01M7WVYV0TE7DK37PK1P7EY4C4", "name": "Another Ada", "role": "member", "email": "ada@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTR5RMAG50SD0BRKJXW5", "avatar_url": null, "created_at": "2026-11-20T16:17:14.266777Z", "updated_at": "2026-11-20T16:17:14.266777Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.28303+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV1ZDSBVDE4VNBMWASXV', 'user.created', '{"user": {"id": "usr_01M7WVYV1D3B1EY0EE34SRTHSJ", "name": null, "role": "member", "email": "barbara@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.285626Z", "updated_at": "2026-11-20T16:17:14.285626Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.303026+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV2MVZYDC7Z0GCXSJMXW', 'session.created', '{"session": {"id": "ses_01M7WVYV2KKD2PC3806GBQT2C2", "user_id": "usr_01M7WVYV1D3B1EY0EE34SRTHSJ", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.323452Z", "expires_at": "2026-12-20T16:17:14.323452Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.324704+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV6HREEZKPRN8AE257RC', 'session.revoked', '{"session": {"id": "ses_01M7WVYV6BC4MFK38ZAWJWHR0V", "reason": "revoked", "status": "revoked", "user_id": "usr_01M7WVYTWYVB9N80W9X2NM5F6B"}}', '2026-11-20 16:17:14.449542+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV4JN16B0VJXEN9F21QT', 'user.password_changed', '{"user": {"id": "usr_01M7WVYV1D3B1EY0EE34SRTHSJ", "name": null, "role": "member", "email": "barbara@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.285626Z", "updated_at": "2026-11-20T16:17:14.38314Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.386426+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV8VYQFQDRV0M235J8XR', 'session.revoked', '{"session": {"id": "ses_01M7WVYV8P1QFT9GB6HDFKPFPE", "reason": "user_banned", "status": "revoked", "user_id": "usr_01M7WVYTYQ2TBFRPVTADXKBDN5"}}', '2026-11-20 16:17:14.523583+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV8W0G939K221QY076DE', 'user.banned', '{"user": {"id": "usr_01M7WVYTYQ2TBFRPVTADXKBDN5", "name": null, "role": "member", "email": "mallory@example.com", "phone": null, "status": "banned", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.19946Z", "updated_at": "2026-11-20T16:17:14.521799Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.524097+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVPJ2FMYZJ379GXND0HE', 'session.created', '{"session": {"id": "ses_01M7WVYVPHAN0218618AKCE9K4", "user_id": "usr_01M7WVYTXWFTSX9W9P7V2H36DW", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.961399Z", "expires_at": "2026-12-20T16:17:14.961399Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.962171+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV58NBZN2F3PNRJ4SNH6', 'session.created', '{"session": {"id": "ses_01M7WVYV57P19FBS5C6PMWWSNS", "user_id": "usr_01M7WVYTWYVB9N80W9X2NM5F6B", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.407587Z", "expires_at": "2026-12-20T16:17:14.407587Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.408211+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV95F8020MAEHJMZ5SN6', 'user.deleted', '{"user": {"id": "usr_01M7WVYV07XWC82185PR93AJVN"}}', '2026-11-20 16:17:14.533432+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVB3MJHG5XZ5XKK0HVD1', 'user.created', '{"user": {"id": "usr_01M7WVYVAJHRY0PEAA1NFH196X", "name": null, "role": "member", "email": "once@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.578161Z", "updated_at": "2026-11-20T16:17:14.578161Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.595007+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVBEZ58E9YGKWJ1H50Y7', 'api_key.created', '{"api_key": {"id": "key_01M7WVYVBCTXMV8K6H5DJZH4J1", "name": "gone", "type": "secret", "last_four": "tsan"}}', '2026-11-20 16:17:14.606296+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVBVAYRF2FATP4QKHSZR', 'api_key.created', '{"api_key": {"id": "key_01M7WVYVBT13T3C6X4P155V6S1", "name": "turned", "type": "secret", "last_four": "bwjs"}}', '2026-11-20 16:17:14.619931+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV6CQS3T77HWTNTEN710', 'session.created', '{"session": {"id": "ses_01M7WVYV6BC4MFK38ZAWJWHR0V", "user_id": "usr_01M7WVYTWYVB9N80W9X2NM5F6B", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.443745Z", "expires_at": "2026-12-20T16:17:14.443745Z", "ip_address": "127.0.0.1", "user_agent": "curl/8", "device_type": "unknown"}}', '2026-11-20 16:17:14.444303+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV75A52FB2X4R0BCBR8H', 'session.created', '{"session": {"id": "ses_01M7WVYV75MF569JKKD06J37AZ", "user_id": "usr_01M7WVYTXWFTSX9W9P7V2H36DW", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.469379Z", "expires_at": "2026-12-20T16:17:14.469379Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.469782+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV7YHXY50559ZFVX1TVD', 'session.created', '{"session": {"id": "ses_01M7WVYV7XPCTNQPSPP1Q2QJG7", "user_id": "usr_01M7WVYTXWFTSX9W9P7V2H36DW", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.493767Z", "expires_at": "2026-12-20T16:17:14.493767Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.494313+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV8PD3S36FB353EP412Y', 'session.created', '{"session": {"id": "ses_01M7WVYV8P1QFT9GB6HDFKPFPE", "user_id": "usr_01M7WVYTYQ2TBFRPVTADXKBDN5", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.518392Z", "expires_at": "2026-12-20T16:17:14.518392Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.518792+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'evt_01M7WVYV9SCBJG69BGKAM3305N', 'session.created', '{"session": {"id": "ses_01M7WVYV9SBVANMFJW0QQ1K2J9", "user_id": "usr_01M7WVYV0TE7DK37PK1P7EY4C4", "tenant_id": "tnt_01M7WVYTR5RMAG50SD0BRKJXW5", "created_at": "2026-11-20T16:17:14.553181Z", "expires_at": "2027-02-18T16:17:14.553181Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.553744+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV7AVNGNES1MX7ZG7QHA', 'session.revoked', '{"session": {"id": "ses_01M7WVYV75MF569JKKD06J37AZ", "reason": "sign_out", "status": "revoked", "user_id": "usr_01M7WVYTXWFTSX9W9P7V2H36DW"}}', '2026-11-20 16:17:14.474385+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVBJX4D8VP9D158KSRVB', 'api_key.revoked', '{"api_key": {"id": "key_01M7WVYVBCTXMV8K6H5DJZH4J1", "name": "gone", "type": "secret", "last_four": "tsan"}}', '2026-11-20 16:17:14.610788+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVFK8K7F7WKX5WYDSMSZ', 'session.created', '{"session": {"id": "ses_01M7WVYVFJHBN6JQW6C95CDXNY", "user_id": "usr_01M7WVYTXWFTSX9W9P7V2H36DW", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.738771Z", "expires_at": "2026-12-20T16:17:14.738771Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.739376+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYYCXXP595571Q1ZQMDJN', 'session.created', '{"session": {"id": "ses_01M7WVYYCVRVSGH1KCQ2AZKN68", "user_id": "usr_01M7WVYTWYVB9N80W9X2NM5F6B", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:17.723465Z", "expires_at": "2026-12-20T16:17:17.723465Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:17.725071+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYV90PPDR740N76XB1DNC', 'user.disabled', '{"user": {"id": "usr_01M7WVYTZBZP9X375ENSSJGZ0Y", "name": null, "role": "member", "email": "edsger@example.com", "phone": null, "status": "disabled", "username": null, "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "avatar_url": null, "created_at": "2026-11-20T16:17:14.219771Z", "updated_at": "2026-11-20T16:17:14.527364Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 16:17:14.528673+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVB91020M9SHJ85XJFRZ', 'api_key.created', '{"api_key": {"id": "key_01M7WVYVB8GQ1TSM7J0TEH693K", "name": "reader", "type": "secret", "last_four": "cl5r"}}', '2026-11-20 16:17:14.601734+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVBP6M2VZQMRE7TEK3BP', 'api_key.created', '{"api_key": {"id": "key_01M7WVYVBNRQWGCSJ5AT4ZAWYQ", "name": "turned", "type": "secret", "last_four": "2edb"}}', '2026-11-20 16:17:14.614825+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVCFQYV233FKVQ2SCF4K', 'session.created', '{"session": {"id": "ses_01M7WVYVCFZKK391TRFQD26J4Z", "user_id": "usr_01M7WVYTWYVB9N80W9X2NM5F6B", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.639498Z", "expires_at": "2026-12-20T16:17:14.639498Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.639887+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'evt_01M7WVYVQ89EFDJ9PXXEHVAT5J', 'session.created', '{"session": {"id": "ses_01M7WVYVQ89VRCPKT7JZ3DFHXZ", "user_id": "usr_01M7WVYTWYVB9N80W9X2NM5F6B", "tenant_id": "tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86", "created_at": "2026-11-20T16:17:14.98432Z", "expires_at": "2026-12-20T16:17:14.98432Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 16:17:14.984722+00');


--
-- Data for Name: hj_password_history; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_password_history VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'usr_01M7WVYV1D3B1EY0EE34SRTHSJ', 1, '$argon2id$v=19$m=7168,t=5,p=1$1yKc6c0LRRZhdga+o3aDEg$05sq7DMVaJgxnjhFU/czJsLHCHDuRHGDNEKbXQ8dcOE', '2026-11-20 16:17:14.38314+00');


--
-- Data for Name: hj_schema_migration; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_schema_migration VALUES ('20261120_001', '20261120_001_initial_schema', 'a6364a2f0fcfcc6a9131bdcf103d91b8beb02ee5083a183397afe252593a8da2', 1, '2026-11-20 16:17:13.790881+00', 19, 'DROP TABLE hj_idempotency;
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
INSERT INTO public.hj_schema_migration VALUES ('20261120_002', '20261120_002_session_list_index', 'cd3d6895ca2e321c6f912f2f7b09065d9aafc5a9cbf213c84ed7c1cfb095c58d', 1, '2026-11-20 16:17:13.795013+00', 1, '-- hellojohn: no-transaction
DROP INDEX CONCURRENTLY idx_hj_session_created_at;
', '9015ca3b819e7c2369d1797591d19641a575ab638811cd36ddae11fa718949e6');


--
-- Data for Name: hj_session; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYTXRAFH146KN3SFXWT7A', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 0, '2026-11-20 16:17:14.168184+00', '2026-11-20 16:17:14.168184+00', '2026-11-20 16:17:14.168184+00', '2026-12-20 16:17:14.168184+00', NULL, NULL, '2026-11-20 16:17:14.14283+00', false, '\xb7e3cf0147d2a50d16de7c1665dd0895', 'pwd', NULL, '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYV2KKD2PC3806GBQT2C2', 'usr_01M7WVYV1D3B1EY0EE34SRTHSJ', 0, '2026-11-20 16:17:14.323452+00', '2026-11-20 16:17:14.323452+00', '2026-11-20 16:17:14.323452+00', '2026-12-20 16:17:14.323452+00', NULL, NULL, '2026-11-20 16:17:14.32218+00', false, '\xba41fb3f96930516939c5e00b14fe8d9', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYV57P19FBS5C6PMWWSNS', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 3, '2026-11-20 16:17:14.421957+00', '2026-11-20 16:17:14.407587+00', '2026-11-20 16:17:14.421957+00', '2026-12-20 16:17:14.407587+00', NULL, NULL, '2026-11-20 16:17:14.406526+00', false, '\xd1e55e29a23645d6ffe0e8a1912c73de', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYV6BC4MFK38ZAWJWHR0V', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 0, '2026-11-20 16:17:14.443745+00', '2026-11-20 16:17:14.443745+00', '2026-11-20 16:17:14.443745+00', '2026-12-20 16:17:14.443745+00', NULL, '2026-11-20 16:17:14.448784+00', '2026-11-20 16:17:14.44253+00', false, '\xd060ee6b03c92ac74e92ba1e1debf749', 'pwd', 'revoked', '127.0.0.1', 'curl/8', NULL, 'unknown');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYV75MF569JKKD06J37AZ', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 0, '2026-11-20 16:17:14.469379+00', '2026-11-20 16:17:14.469379+00', '2026-11-20 16:17:14.469379+00', '2026-12-20 16:17:14.469379+00', NULL, '2026-11-20 16:17:14.473598+00', '2026-11-20 16:17:14.468445+00', false, '\x13f92ed8ff7f0d526c6305e14f92b329', 'pwd', 'sign_out', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYV7XPCTNQPSPP1Q2QJG7', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 1, '2026-11-20 16:17:14.497549+00', '2026-11-20 16:17:14.493767+00', '2026-11-20 16:17:14.497549+00', '2026-12-20 16:17:14.493767+00', NULL, NULL, '2026-11-20 16:17:14.493048+00', false, '\x7deb9cdd646f1642be3edb8fb8eba318', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYV8P1QFT9GB6HDFKPFPE', 'usr_01M7WVYTYQ2TBFRPVTADXKBDN5', 0, '2026-11-20 16:17:14.518392+00', '2026-11-20 16:17:14.518392+00', '2026-11-20 16:17:14.518392+00', '2026-12-20 16:17:14.518392+00', NULL, '2026-11-20 16:17:14.522976+00', '2026-11-20 16:17:14.517616+00', false, '\x300188c735c5265acbc71038ec0f439f', 'pwd', 'user_banned', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'ses_01M7WVYV9SBVANMFJW0QQ1K2J9', 'usr_01M7WVYV0TE7DK37PK1P7EY4C4', 0, '2026-11-20 16:17:14.553181+00', '2026-11-20 16:17:14.553181+00', '2026-11-20 16:17:14.553181+00', '2027-02-18 16:17:14.553181+00', NULL, NULL, '2026-11-20 16:17:14.552372+00', false, '\xbc3bfe3f0c45b87682741024f24c2e81', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYVCFZKK391TRFQD26J4Z', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 0, '2026-11-20 16:17:14.639498+00', '2026-11-20 16:17:14.639498+00', '2026-11-20 16:17:14.639498+00', '2026-12-20 16:17:14.639498+00', NULL, NULL, '2026-11-20 16:17:14.638796+00', false, '\x1770ffd67d599296a189a2dedab317ac', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYVFJHBN6JQW6C95CDXNY', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 0, '2026-11-20 16:17:14.738771+00', '2026-11-20 16:17:14.738771+00', '2026-11-20 16:17:14.738771+00', '2026-12-20 16:17:14.738771+00', NULL, NULL, '2026-11-20 16:17:14.737674+00', false, '\xa9022cd106f8b82faff9e662c35e8493', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYVPHAN0218618AKCE9K4', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 0, '2026-11-20 16:17:14.961399+00', '2026-11-20 16:17:14.961399+00', '2026-11-20 16:17:14.961399+00', '2026-12-20 16:17:14.961399+00', NULL, NULL, '2026-11-20 16:17:14.960449+00', false, '\xe7137efd9a78b4bdf4018096cb9cf74e', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYVQ89VRCPKT7JZ3DFHXZ', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 0, '2026-11-20 16:17:14.98432+00', '2026-11-20 16:17:14.98432+00', '2026-11-20 16:17:14.98432+00', '2026-12-20 16:17:14.98432+00', NULL, NULL, '2026-11-20 16:17:14.983613+00', false, '\xe57077d7a78930b5539e88b3f9de2ccb', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'ses_01M7WVYYCVRVSGH1KCQ2AZKN68', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 0, '2026-11-20 16:17:17.723465+00', '2026-11-20 16:17:17.723465+00', '2026-11-20 16:17:17.723465+00', '2026-12-20 16:17:17.723465+00', NULL, NULL, '2026-11-20 16:17:17.721203+00', false, '\x190ec061cc4a59c63c9751ca05e77f8a', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');


--
-- Data for Name: hj_user; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_user VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'usr_01M7WVYTZZJ3Q6QTBSWNZA63YS', 'linus@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm', '2026-11-20 16:17:14.239374+00', false, '{}', '{}', 'linus@example.com', '2026-11-20 16:17:14.239374+00', '2026-11-20 16:17:14.239374+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'usr_01M7WVYV03VGK18F2QKZQQZRQ3', 'nobody@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, NULL, NULL, false, '{}', '{}', 'nobody@example.com', '2026-11-20 16:17:14.243954+00', '2026-11-20 16:17:14.243954+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'usr_01M7WVYTXWFTSX9W9P7V2H36DW', 'grace@example.com', true, NULL, NULL, NULL, NULL, '+15551234567', false, NULL, 'crm-7', 'admin', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$y2wIJwf69OlMpfLaG/arwQ$J7NtqefusqvYodI/dsaRSF0I/u+6+z1HyzwcQCM2Gj4', '2026-11-20 16:17:14.172708+00', false, '{}', '{"crm": {"seen": [1, 2.5, null, true], "tier": "gold"}}', 'grace@example.com
+15551234567', '2026-11-20 16:17:14.172708+00', '2026-11-20 16:17:14.172708+00', '2026-11-20 16:17:14.960449+00', '2026-11-20 16:17:14.960449+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'usr_01M7WVYV1D3B1EY0EE34SRTHSJ', 'barbara@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$E6/unA2i65htx7Ik+LCyDg$pur20pAsq9ku7pwxIPi/nIh2VW4JIsSOR0tKGTIKB0Q', '2026-11-20 16:17:14.38314+00', false, '{}', '{}', 'barbara@example.com', '2026-11-20 16:17:14.285626+00', '2026-11-20 16:17:14.38314+00', '2026-11-20 16:17:14.32218+00', '2026-11-20 16:17:14.32218+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'usr_01M7WVYTWYVB9N80W9X2NM5F6B', 'ada@example.com', false, 'ada', 'Ada Lovelace', NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$m65lkd0dHNbsSrY16+hqJQ$AeVPfLGbkAUIyyxE/PWYCVTiOlxEPRKTN9RHGBrJPTM', '2026-11-20 16:17:14.14283+00', false, '{"note": "Ünï, 漢字, \"quotes\", ''single''", "large": 9007199254740993, "small": 0.00000015}', '{}', 'ada@example.com
ada lovelace
ada', '2026-11-20 16:17:14.14283+00', '2026-11-20 16:17:14.14283+00', '2026-11-20 16:17:17.721203+00', '2026-11-20 16:17:17.721203+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'usr_01M7WVYTYQ2TBFRPVTADXKBDN5', 'mallory@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'banned', 'abuse', NULL, '$argon2id$v=19$m=7168,t=5,p=1$x70h4tJutjGZG97TYvwqcQ$384kYLH/+ybN4RYN8NBTn9sWwbQLjRMU4ud3YzxhXvk', '2026-11-20 16:17:14.19946+00', false, '{}', '{}', 'mallory@example.com', '2026-11-20 16:17:14.19946+00', '2026-11-20 16:17:14.521799+00', '2026-11-20 16:17:14.517616+00', '2026-11-20 16:17:14.517616+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'usr_01M7WVYTZBZP9X375ENSSJGZ0Y', 'edsger@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'disabled', 'left', NULL, '$argon2id$v=19$m=7168,t=5,p=1$Pa8RtxxjLuU/IdxrjYN27w$sFbyA6ySY1XiWuf0WqDcbjI038pEkdW+m1f8lCqnD6k', '2026-11-20 16:17:14.219771+00', false, '{}', '{}', 'edsger@example.com', '2026-11-20 16:17:14.219771+00', '2026-11-20 16:17:14.527364+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WVYTR5RMAG50SD0BRKJXW5', 'usr_01M7WVYV0TE7DK37PK1P7EY4C4', 'ada@example.com', false, NULL, 'Another Ada', NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$Vc1SFdCSsnVnJVKGW7VX1w$VHM7vcdeR2qq1jlqRdgFHtkFSmDfleJADfPNKiahstw', '2026-11-20 16:17:14.266777+00', false, '{}', '{}', 'ada@example.com
another ada', '2026-11-20 16:17:14.266777+00', '2026-11-20 16:17:14.266777+00', '2026-11-20 16:17:14.552372+00', '2026-11-20 16:17:14.552372+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WVYTPSW9EDG7Y0TYT6NJ86', 'usr_01M7WVYVAJHRY0PEAA1NFH196X', 'once@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$8rJv3nYUMzDWt97rvrn8bg$d2yDxdnUZg707ZJhpZQ/KOOQ4NQc6/suokpyYvUQF5Q', '2026-11-20 16:17:14.578161+00', false, '{}', '{}', 'once@example.com', '2026-11-20 16:17:14.578161+00', '2026-11-20 16:17:14.578161+00', NULL, NULL);


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
-- Name: idx_hj_session_created_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_hj_session_created_at ON public.hj_session USING btree (tenant_id, created_at, id);


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


