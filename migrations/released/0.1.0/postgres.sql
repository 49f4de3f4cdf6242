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

INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', 'key_01M7WJZ3DGS2WQHNYHFGW8J738', 'First publishable key', 'publishable', 'live', 'pmh7', '\x377327adb847c5fa1cd94569c1e08e55dad08040b242788a0e002bed96d8b79b', '', '2026-11-20 13:40:05.680097+00', NULL, NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', 'key_01M7WJZ3DXF20FQ6RYRBWQ6R8D', 'First secret key', 'secret', 'live', 'tcz5', '\x48502f57caf18086119665dfa88c7f8d09a8a269246748381f1f7ee3c76dc4ef', '*', '2026-11-20 13:40:05.693621+00', NULL, NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'key_01M7WJZ3CDY9GWX6S2QEGQENYF', 'First secret key', 'secret', 'live', 'tycm', '\xd959e52df8a065c0745f5c1ecac9aa01b58ebc48ec14a2b429de0fe8c8947e15', '*', '2026-11-20 13:40:05.645606+00', '2026-11-20 13:40:05.782255+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', 'First secret key', 'secret', 'live', 'hgno', '\xcd56c343b0c48278e795eaecd9d893197cea15ca7932644fcfc4acf4ee85fce1', '*', '2026-11-20 13:40:05.594581+00', '2026-11-20 13:40:05.789589+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'key_01M7WJZ3APSP0GCGG4V45KFPXJ', 'First publishable key', 'publishable', 'live', 'fx6r', '\x64cbf64b2307e49c614a73a736d3160f4438a9854ad1de3918d4600b12402f10', '', '2026-11-20 13:40:05.590869+00', '2026-11-20 13:40:05.796391+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'key_01M7WJZ3CAE1PBFYF0A0HHNZ0Q', 'First publishable key', 'publishable', 'live', 'pmq6', '\xff193a8c66fb849dcc71194a0f287f8441f647b7567803e0429ec0bc68b61ca1', '', '2026-11-20 13:40:05.642349+00', '2026-11-20 13:40:06.287873+00', NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'key_01M7WJZ437CZTYVYSMW9H0Z99F', 'reader', 'secret', 'test', '6xg3', '\xa6ed9d6edde74bb11a7b29e95363683497e8e076b6d8f191bc606cfb02fd2ee6', 'users:read', '2026-11-20 13:40:06.375125+00', NULL, '2027-02-18 13:40:06.375125+00', NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'key_01M7WJZ43AT83HEH28AF6DPF2K', 'gone', 'secret', 'live', 'm4fv', '\x5b27c93afe2bf2af26e160aede316148926b2ad785a5d21898eb3f90898881ed', '*', '2026-11-20 13:40:06.378786+00', NULL, NULL, '2026-11-20 13:40:06.382762+00');
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'key_01M7WJZ43NZQ0H4PSGEF5S6R44', 'turned', 'secret', 'live', 'oltx', '\xcac8759a5caa672a15dd88b2817b74762dceb95ad43e47711e8c200897a61c9d', '*', '2026-11-20 13:40:06.3896+00', NULL, NULL, NULL);
INSERT INTO public.cp_api_key VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'key_01M7WJZ43HXS43B97E9AFBFGG7', 'turned', 'secret', 'live', 'kfwv', '\xe6538d413d3053b0beef143e6467e3855c06bcf300421b7c4dd4a04aff49df8f', '*', '2026-11-20 13:40:06.385764+00', NULL, NULL, '2026-12-20 13:40:06.389138+00');


--
-- Data for Name: cp_audit_log; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ37S9P6AV027V6DVC9FE', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_dYmpPp2TBHgt62NzgJGSmA', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "refresh_token"}', '2026-11-20 13:40:05.497131+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ37XC788867K8WV8QM79', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 13:40:05.501644+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ3AKG8XQXWRBGF50H0R0', 'tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'tenant.created', 'system', NULL, NULL, 'tenant', 'tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 13:40:05.587401+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ3C7E6XF6KDQGD7DJ7TC', 'tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'tenant.created', 'system', NULL, NULL, 'tenant', 'tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 13:40:05.639047+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ3DDVCWBMCB5X6KTTKX9', 'tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', 'tenant.created', 'system', NULL, NULL, 'tenant', 'tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 13:40:05.677127+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ3FD5SRHBR9GTRSBQ6HS', 'tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', 'tenant.suspended', 'system', NULL, NULL, 'tenant', 'tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{}', '2026-11-20 13:40:05.741389+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ3GF0XPP39VH930FB06C', NULL, 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJZ3GE4NQWP41Z4XPDJS93', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "master"}', '2026-11-20 13:40:05.775969+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ3GSC4NQX1MEX7VMRA6R', 'tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'config.updated', 'api_key', 'key_01M7WJZ3CDY9GWX6S2QEGQENYF', NULL, 'tenant', 'tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3GKAWPJ2RF1VJJ8605R', '{}', '2026-11-20 13:40:05.785935+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ3H0CDFADGRCD16N4KGJ', 'tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'config.updated', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'tenant', 'tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3GV7KWY311WDNJV45GG', '{}', '2026-11-20 13:40:05.792774+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ45TA7X0P0QW52XWYTC6', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_MEqtRhHDQ1NWnjcpoSbZlQ5O3Y4-tkqZRTqKjs8KdbM', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 13:40:06.458454+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ475KTA864MV80RZYW4Z', NULL, 'key.activated', 'system', NULL, NULL, 'signing_key', 'kid_MEqtRhHDQ1NWnjcpoSbZlQ5O3Y4-tkqZRTqKjs8KdbM', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"signs_from": "2026-11-20T13:40:06.500933Z"}', '2026-11-20 13:40:06.501666+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ4AKJ1MJRP82TP7901J3', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_lxbxvolvw2RMqjvE5XT6U_PQd4d9k43B7q_Np-D9BXk', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 13:40:06.611568+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ4BY03VGV6C02BP3FZN0', NULL, 'key.retired', 'system', NULL, NULL, 'signing_key', 'kid_lxbxvolvw2RMqjvE5XT6U_PQd4d9k43B7q_Np-D9BXk', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"forced": true}', '2026-11-20 13:40:06.654155+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ4D2H9CVBHP17H5JC5C5', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_pPribsCVQnt5FYQQbVk3LDkU5vHUThhu3kdFQIjbMas', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "access_token"}', '2026-11-20 13:40:06.690879+00');
INSERT INTO public.cp_audit_log VALUES ('evt_audit_01M7WJZ4ED5RBGB97KHQENAXHK', NULL, 'key.added', 'system', NULL, NULL, 'signing_key', 'kid_vztEINxQ8k6sKct1DJOIYw', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"purpose": "refresh_token"}', '2026-11-20 13:40:06.733102+00');


--
-- Data for Name: cp_master_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_master_key VALUES ('key_01M7WJZ3GE4NQWP41Z4XPDJS93', 'operator', 'master', 'live', 'pghj', '\x13176bfad038fce7209e7c42232418c50753f9bdd8c421ae48c84ecde1f18068', '*', '2026-11-20 13:40:05.774824+00', NULL, NULL, NULL);


--
-- Data for Name: cp_setting; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_setting VALUES ('encryption_check', 'v1:zuoru4m-:he0fd9LZhf7dcnCVHrcvWpDYjpaNJlQi:LqO6crQqRSKucrhhp_K2LEZTMwxQEgTxEF_HXEyb8w4', '2026-11-20 13:40:05.492221+00');


--
-- Data for Name: cp_signing_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_signing_key VALUES ('kid_dYmpPp2TBHgt62NzgJGSmA', 'refresh_token', NULL, 'v1:zuoru4m-:avtucXcVhnyb9LC9UfVpCPw9tjisiGf8:mLpFK_IwZXXEcUxWVhs4WkeISzsJ4x-fCjB4jSwNHd1szOJakCnzyO7_hX-sIPN_', '2026-11-20 13:40:05.496189+00', '2026-11-20 13:40:05.496189+00', NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ', 'access_token', '\x19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1', 'v1:zuoru4m-:PMYazv0q6sIBa3pvFoEbfghgfwybd11B:FH4X2rfXPhq0pCuzLRenecodLzM8da5BmGTcIi8mKqqfjXQ-tune1mjRV-Tst7zu', '2026-11-20 13:40:05.499877+00', '2026-11-20 13:40:05.499877+00', NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_MEqtRhHDQ1NWnjcpoSbZlQ5O3Y4-tkqZRTqKjs8KdbM', 'access_token', '\x31097aad1bcfa3272f4f1f820ea4016d125837849510a71fed07c3a58c784b15', 'v1:zuoru4m-:I2pVvBtU_Ezxg88w53jdy1OSDAMiliRz:4vmSY3wKyQqvxaJdtloEXHawERuDFhoTfqt-JJtn8kdzr4tc2MQHqqqOkAnJh7wn', '2026-11-20 13:40:06.457236+00', '2026-11-20 13:40:06.500933+00', NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_lxbxvolvw2RMqjvE5XT6U_PQd4d9k43B7q_Np-D9BXk', 'access_token', '\xa60e9b3268a110a929a34182efb77fde6503e3f07a3d46add54c930310f2fc4b', 'v1:zuoru4m-:gmkf3NY2it-YLhmSi4r0YHuhNg9FlVw-:CfU8YIHdulQ3YL-NFH4Y_OKUCBymqV04BDVg87kBtWmExO8yg-7TOyDRh5TFQvLX', '2026-11-20 13:40:06.610387+00', NULL, '2026-11-20 13:40:06.65338+00');
INSERT INTO public.cp_signing_key VALUES ('kid_pPribsCVQnt5FYQQbVk3LDkU5vHUThhu3kdFQIjbMas', 'access_token', '\xb4a3375477ccec4fec9c6d3237ab31d0fc4b974f0904c301fe1042ca7c45b219', 'v1:zuoru4m-:jPXbAvs7lq94d8X2Yuscce3a8dtqTQXI:8iJTJRWHmef1hr6mh5u80hyT7awcM1GmhO_Ri82TwU_OuGLU7VJ7i51lW1B7zYiK', '2026-11-20 13:40:06.689932+00', NULL, NULL);
INSERT INTO public.cp_signing_key VALUES ('kid_vztEINxQ8k6sKct1DJOIYw', 'refresh_token', NULL, 'v1:zuoru4m-:oldtFQg1steuWYOn5ECTJSHvvteP6DQ1:0_Uq6tqOb4wlvFt8aF1LzNc9kY1qXAUNxs0SnvNstkbzMEt7RuUTDH2CAFfuNof_', '2026-11-20 13:40:06.732477+00', '2026-11-20 13:40:06.732477+00', NULL);


--
-- Data for Name: cp_tenant; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cp_tenant VALUES ('tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', 'Closed', 'closed', 'suspended', 'free', '{"idle_timeout": null, "token_format": "jwt", "allow_sign_up": null, "allowed_origins": [], "password_policy": null, "access_token_ttl": null, "session_duration": null, "username_enabled": false, "allowed_auth_methods": [], "allowed_email_domains": [], "max_sessions_per_user": null, "email_verification_required": null}', '{}', '{}', '2026-11-20 13:40:05.676188+00', '2026-11-20 13:40:05.74062+00');
INSERT INTO public.cp_tenant VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'Globex Überall', 'globex-berall', 'active', 'free', '{"idle_timeout": null, "token_format": "paseto", "allow_sign_up": null, "allowed_origins": [], "password_policy": null, "access_token_ttl": null, "session_duration": "90d", "username_enabled": false, "allowed_auth_methods": [], "allowed_email_domains": [], "max_sessions_per_user": null, "email_verification_required": null}', '{}', '{}', '2026-11-20 13:40:05.63795+00', '2026-11-20 13:40:05.785205+00');
INSERT INTO public.cp_tenant VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'Acme', 'acme', 'active', 'free', '{"idle_timeout": null, "token_format": "jwt", "allow_sign_up": null, "allowed_origins": ["https://app.example"], "password_policy": null, "access_token_ttl": null, "session_duration": null, "username_enabled": true, "allowed_auth_methods": [], "allowed_email_domains": [], "max_sessions_per_user": null, "email_verification_required": null}', '{}', '{}', '2026-11-20 13:40:05.586135+00', '2026-11-20 13:40:05.792054+00');


--
-- Data for Name: hj_audit_log; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3ARX52JTJ3K1D1T7AYN', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJZ3APSP0GCGG4V45KFPXJ', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "publishable"}', '2026-11-20 13:40:05.592102+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3AV2RVDZ8AQWDACP19V', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "secret"}', '2026-11-20 13:40:05.595207+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'evt_audit_01M7WJZ3CBMVJS6NSF24R2AP96', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJZ3CAE1PBFYF0A0HHNZ0Q', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "publishable"}', '2026-11-20 13:40:05.643384+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'evt_audit_01M7WJZ3CE5V3F30Q498EV4W9P', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJZ3CDY9GWX6S2QEGQENYF', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "secret"}', '2026-11-20 13:40:05.646257+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', 'evt_audit_01M7WJZ3DHQP4HGHY449ESKVZ6', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJZ3DGS2WQHNYHFGW8J738', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "publishable"}', '2026-11-20 13:40:05.681022+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', 'evt_audit_01M7WJZ3DY3Q14FRQSKJZ06FK2', 'api_key.created', 'system', NULL, NULL, 'api_key', 'key_01M7WJZ3DXF20FQ6RYRBWQ6R8D', NULL, NULL, NULL, NULL, 'success', NULL, NULL, '{"type": "secret"}', '2026-11-20 13:40:05.694276+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3HVZYFAG8PCN6BW2Q84', 'user.register', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 'ada@example.com', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3H2CPT9T0XWCVBT85NR', '{}', '2026-11-20 13:40:05.819178+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3JX9DWGYGCCRRM7DSHT', 'user.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3J04Z3WW162N9QJNCVK', '{}', '2026-11-20 13:40:05.853382+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3KJ5BK960NPHTGJSQMF', 'user.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3K2553AHWKR852TYRDE', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3K02BBA9MY5Y3G39WFA', '{}', '2026-11-20 13:40:05.874495+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3MMNA2Y2M9B59XJD9KM', 'user.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3KQBM7RKBCC6B1BY5KG', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3KN0RJBSA4XEVJYRR01', '{}', '2026-11-20 13:40:05.908369+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3MTVEC7PX5VJSMX92JF', 'user.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3MR0DSTA52B78MMADW1', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3MQR1G6XRXHJZTBX9EF', '{}', '2026-11-20 13:40:05.914389+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3MZ1DS99AH7HHGQJEJV', 'user.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3MYV75D79V66RVT76MV', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3MX8FMTFGN9NWY58BRE', '{}', '2026-11-20 13:40:05.919052+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3NHRC4DPEW6V07377YC', 'user.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3N1CMN6VSWAP2R7Y01M', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3N08M3EV8MH3TEY0SHB', '{}', '2026-11-20 13:40:05.937226+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'evt_audit_01M7WJZ3PGFQRTJWG67PJAX7V2', 'user.created', 'api_key', 'key_01M7WJZ3CDY9GWX6S2QEGQENYF', NULL, 'user', 'usr_01M7WJZ3NMKG0XWE8Y2GFHFKN8', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3NKF9707HDWCSE7WBJC', '{}', '2026-11-20 13:40:05.968376+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3Q3056NQAQN9FF7Y91A', 'user.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3PMWA6FDD2JP87JS5SG', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3PJB7WJEFF6VH1E4FPF', '{}', '2026-11-20 13:40:05.987716+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3R78AT6THET6HKFSXX4', 'user.login', 'user', 'usr_01M7WJZ3PMWA6FDD2JP87JS5SG', 'barbara@example.com', 'user', 'usr_01M7WJZ3PMWA6FDD2JP87JS5SG', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ3Q5FZ1JB4ZTXGRA6FKV', '{"session_id": "ses_01M7WJZ3R5FY853H6TJQ387YPY", "auth_method": "email_password"}', '2026-11-20 13:40:06.023232+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3TBTRJH9KDT811GJQJ8', 'user.password_change', 'user', 'usr_01M7WJZ3PMWA6FDD2JP87JS5SG', 'barbara@example.com', 'user', 'usr_01M7WJZ3PMWA6FDD2JP87JS5SG', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3R9TV8HQ31X8XCNJYNY', '{}', '2026-11-20 13:40:06.091189+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3VM68GTTAH3VZ5FCZ0B', 'user.login', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 'ada@example.com', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ3TQ96N32J94TSR5JDNT', '{"session_id": "ses_01M7WJZ3VJF7702HRHQCQ7MDNS", "auth_method": "email_password"}', '2026-11-20 13:40:06.132043+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3WSZ2C5NNNSN1G7B90C', 'user.login', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 'ada@example.com', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', '127.0.0.1', 'curl/8', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3W7BC96Y635RG3F4PA2', '{"session_id": "ses_01M7WJZ3WRW9TK3V6AZ6KBN16H", "auth_method": "email_password"}', '2026-11-20 13:40:06.169718+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3WXA6X0G8DXEQNWT7Q0', 'session.revoked', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'session', 'ses_01M7WJZ3WRW9TK3V6AZ6KBN16H', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3WV2B6YZN2309VXP0X5', '{}', '2026-11-20 13:40:06.173932+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3XP99Z6H6VMMWJMPE5E', 'user.login', 'user', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', 'grace@example.com', 'user', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ3WZQZJ8SYXDJGGGEM1D', '{"session_id": "ses_01M7WJZ3XNZ2C95V4GTFH9P709", "auth_method": "email_password"}', '2026-11-20 13:40:06.198299+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3XXBQ5G298TYFW5XTGW', 'user.logout', 'user', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', 'grace@example.com', 'user', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ3XVWX3V8GBY2D801ZQR', '{"sessions": 1}', '2026-11-20 13:40:06.205709+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3YST0PGH33C0PD9MGVD', 'user.login', 'user', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', 'grace@example.com', 'user', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ3XZ0QDS01M9BZFQPNBC', '{"session_id": "ses_01M7WJZ3YRENA5X26R7QVKM8FE", "auth_method": "email_password"}', '2026-11-20 13:40:06.233148+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ3ZZ64SSGD7XB9GDJ7FD', 'user.login', 'user', 'usr_01M7WJZ3K2553AHWKR852TYRDE', 'mallory@example.com', 'user', 'usr_01M7WJZ3K2553AHWKR852TYRDE', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ3YYC0NQR8VGQ4HV3N28', '{"session_id": "ses_01M7WJZ3ZYBJ1R66XYR08APPBA", "auth_method": "email_password"}', '2026-11-20 13:40:06.271828+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ404XHR3AMT7E64EEBT2', 'user.banned', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3K2553AHWKR852TYRDE', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ401VFK6RK2XJ2VA6G1E', '{}', '2026-11-20 13:40:06.276821+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ408DD2ES046ZFMQ87A0', 'user.disabled', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3KQBM7RKBCC6B1BY5KG', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ406JXYJMWBZRYTC71B4', '{}', '2026-11-20 13:40:06.280963+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ40DAM69548QJ1ASJD83', 'user.deleted', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ3N1CMN6VSWAP2R7Y01M', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ40AHXZ4TY8DV40VA0GX', '{}', '2026-11-20 13:40:06.28547+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'evt_audit_01M7WJZ419608ZJGMNSG05AH8Q', 'user.login', 'user', 'usr_01M7WJZ3NMKG0XWE8Y2GFHFKN8', 'ada@example.com', 'user', 'usr_01M7WJZ3NMKG0XWE8Y2GFHFKN8', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ40F2VTYFTPNGZ0RS0VA', '{"session_id": "ses_01M7WJZ418XRWXDVVN1DEK5ESW", "auth_method": "email_password"}', '2026-11-20 13:40:06.313623+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ43JB2GXEQ9ERWE3SM06', 'api_key.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'api_key', 'key_01M7WJZ43HXS43B97E9AFBFGG7', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ43G8PAGWNP9P6J90D2B', '{"type": "secret"}', '2026-11-20 13:40:06.386698+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ44PMTECZ9KJDNQ4RXN0', 'user.login', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 'ada@example.com', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ43RWQGETSZ29E89HFZB', '{"session_id": "ses_01M7WJZ44NEE4AK1NYX6A1QCFT", "auth_method": "email_password"}', '2026-11-20 13:40:06.422634+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ6X8TMHBXYQRF4KGD2FS', 'user.login', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 'ada@example.com', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ6WNMY8V3S900E5SRBMQ', '{"session_id": "ses_01M7WJZ6X7YTVF4PFXBE1QGY93", "auth_method": "email_password"}', '2026-11-20 13:40:09.256551+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ4259DPFHC6MM9WYT2YE', 'user.login_failed', 'api_key', 'key_01M7WJZ3APSP0GCGG4V45KFPXJ', NULL, NULL, NULL, '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'failure', 'invalid_credentials', 'req_01M7WJZ41E4H6GC38MH09SS4K7', '{"auth_method": "email_password"}', '2026-11-20 13:40:06.34185+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ431BXKJ0MHR66X0S95S', 'user.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'user', 'usr_01M7WJZ42A26TE86HB8HGSFEDE', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ4273JFM5KGASKKCSWPE', '{}', '2026-11-20 13:40:06.369592+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ43B8211JQATCXB3B7RG', 'api_key.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'api_key', 'key_01M7WJZ43AT83HEH28AF6DPF2K', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ439YNHZ6058KEHVRDPA', '{"type": "secret"}', '2026-11-20 13:40:06.379609+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ4371QCF7S1FQJ3F89KR', 'api_key.created', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'api_key', 'key_01M7WJZ437CZTYVYSMW9H0Z99F', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ4352CHQWQV2B4FMC3GE', '{"type": "secret"}', '2026-11-20 13:40:06.375972+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ43FV4H6RJTJP9ME4XTN', 'api_key.revoked', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'api_key', 'key_01M7WJZ43AT83HEH28AF6DPF2K', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ43D6S0Z6M44ENHJM5SV', '{}', '2026-11-20 13:40:06.383186+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ480A6PGDVCF319H2J5F', 'user.login', 'user', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', 'grace@example.com', 'user', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ47ATKTR2NY1ATNDQQRB', '{"session_id": "ses_01M7WJZ47YGBSDQDEEHCKQQK28", "auth_method": "email_password"}', '2026-11-20 13:40:06.5286+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ43P8N311H7BEDV58EYN', 'api_key.rotated', 'api_key', 'key_01M7WJZ3ATGSK75SPWTTHW5T2Z', NULL, 'api_key', 'key_01M7WJZ43HXS43B97E9AFBFGG7', '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown', 'success', NULL, 'req_01M7WJZ43M0TP8DMHSGCZBAX2K', '{"successor": "key_01M7WJZ43NZQ0H4PSGEF5S6R44"}', '2026-11-20 13:40:06.390624+00');
INSERT INTO public.hj_audit_log VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_audit_01M7WJZ490JENXY2JEX05N2SF7', 'user.login', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 'ada@example.com', 'user', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop', 'success', NULL, 'req_01M7WJZ484R9SX0HS6XRMYZERJ', '{"session_id": "ses_01M7WJZ48Y723N9MS6NZ9NZX7F", "auth_method": "email_password"}', '2026-11-20 13:40:06.560497+00');


--
-- Data for Name: hj_idempotency; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_idempotency VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', '\xf6ff03852b0ae347fa0224e69482950b2c35036bc5a54032ef7b81f1322de01e', '\x9fa01abee23a47088985f85bc367d0027b7cceda83be288edb7dd57336d88727', 'v1:zuoru4m-:_DlWAZZq-0ueIZ6VxeRdRyempApBOhgd:2oD7q6UPuZMgM_RqByYpPkMjKjq7BeqIeuVn3uErtd6YjH-qrUXWrhHzaaX47j5liSCsrVh4jg07VKLraRtS1O-j5VC2oX30GWViCoTVGnkF5wK0Yggmdu9zqAySsgRaRRomdpzr2_eqG3jk5KHmkBv5MFrPSModJMim6b5pXxGfE8qEPAJh-pnH0U74jBai1skWZCRu_EaZg7GxERGiOFAVvmkWAGbIPUoNW4Injxqa9OZsCg6uvMbdyCMySVmG6u1SYndHUvYiXxsbC9oohEv2ZG1HKFVBKLhELdTrVNYXxYwTICFyrK5jeYY3syrLVodPWZLujNOA1Jt2M0Q-AOXjfmaotW4arBeQHqb2j4ssU8YwFDcmojdU1udJEwByIVo9jSFwrgcl8xHX4sKq3fY7AvKVTI6SQWoS-uuWGA7cm9hLoL47dLvd_etHi51W0rpKijAkHFStZ90YSE_2Rcwg8TkBMZiFLCpI-_S_xG6uCIzj262sPQGaL3-nzXenB4uAP5oMfgUIZzOeepu13dksh71wdAxvz0afpaTmZpFq7hpu4U0WO3469Dy_DNEdxVJsCGVKgtVNvtKSQ86VsRTqWaSp1RLtPYQh1UycL551w5M8XPBhUSqF9HUTcIAX7SE92N-t1GYa8LgHB80caP8JSOVFU85w_UWb9FGzOwLNVQoazPAO-59OjFCz0RBMjIZukwVW9TdzMdxMU4I_zWbD8OCOXZAEyHGO2_8vpkfkX6CicYAwbVzdx8sQCT3UmmGl361ZD7SJywmMWqeUXI-FvLdvqMgWBlE0U9z-PRqbAhJi2lQenqxjCDB4WbIPCZz38UI', '2026-11-20 13:40:06.34455+00', '2026-11-21 13:40:06.34455+00');


--
-- Data for Name: hj_outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3ARHR93BT37GXS1H4NW', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ3APSP0GCGG4V45KFPXJ", "name": "First publishable key", "type": "publishable", "last_four": "fx6r"}}', '2026-11-20 13:40:05.592947+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3AV20DMD0DC2BJ47G5E', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ3ATGSK75SPWTTHW5T2Z", "name": "First secret key", "type": "secret", "last_four": "hgno"}}', '2026-11-20 13:40:05.595557+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'evt_01M7WJZ3CCW1DMPJEHGAQ39C2K', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ3CAE1PBFYF0A0HHNZ0Q", "name": "First publishable key", "type": "publishable", "last_four": "pmq6"}}', '2026-11-20 13:40:05.644108+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'evt_01M7WJZ3CEG9Z78JA6KP74MYV0', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ3CDY9GWX6S2QEGQENYF", "name": "First secret key", "type": "secret", "last_four": "tycm"}}', '2026-11-20 13:40:05.646611+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', 'evt_01M7WJZ3DH47TK7GFT6G2CYE8K', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ3DGS2WQHNYHFGW8J738", "name": "First publishable key", "type": "publishable", "last_four": "pmh7"}}', '2026-11-20 13:40:05.681775+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3DCQ0YTM9NB0JPRGTBS', 'evt_01M7WJZ3DY7RZY8807GV7VXM7C', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ3DXF20FQ6RYRBWQ6R8D", "name": "First secret key", "type": "secret", "last_four": "tcz5"}}', '2026-11-20 13:40:05.694745+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3HW4B2Z5EEYRD91STK2', 'user.created', '{"user": {"id": "usr_01M7WJZ3H68T6WDDRXGG5H2A5Z", "name": "Ada Lovelace", "role": "member", "email": "ada@example.com", "phone": null, "status": "active", "username": "ada", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.79843Z", "updated_at": "2026-11-20T13:40:05.79843Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {"note": "Ünï, 漢字, \"quotes\", ''single''", "large": 9007199254740993, "small": 0.00000015}, "private_metadata": {}}}', '2026-11-20 13:40:05.820046+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3HX8PBCH6S83580RAEW', 'session.created', '{"session": {"id": "ses_01M7WJZ3HWTRG9HMWBBYENJMWW", "user_id": "usr_01M7WJZ3H68T6WDDRXGG5H2A5Z", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:05.820742Z", "expires_at": "2026-12-20T13:40:05.820742Z", "ip_address": "127.0.0.1", "user_agent": "Python-urllib/3.11", "device_type": "unknown"}}', '2026-11-20 13:40:05.82189+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3JYJFFR15W06KRH53FN', 'user.created', '{"user": {"id": "usr_01M7WJZ3J1KGEV0Y5E8BWZ569V", "name": null, "role": "admin", "email": "grace@example.com", "phone": "+15551234567", "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.825409Z", "updated_at": "2026-11-20T13:40:05.825409Z", "external_id": "crm-7", "email_verified": true, "phone_verified": false, "public_metadata": {}, "private_metadata": {"crm": {"seen": [1, 2.5, null, true], "tier": "gold"}}}}', '2026-11-20 13:40:05.854271+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3KKTZJRJ3A6H77NJ89R', 'user.created', '{"user": {"id": "usr_01M7WJZ3K2553AHWKR852TYRDE", "name": null, "role": "member", "email": "mallory@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.858633Z", "updated_at": "2026-11-20T13:40:05.858633Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:05.875388+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3MNXFXVMSP6XWH20YA4', 'user.created', '{"user": {"id": "usr_01M7WJZ3KQBM7RKBCC6B1BY5KG", "name": null, "role": "member", "email": "edsger@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.87973Z", "updated_at": "2026-11-20T13:40:05.87973Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:05.909217+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3MVS94AVEVK3T7MVEJZ', 'user.created', '{"user": {"id": "usr_01M7WJZ3MR0DSTA52B78MMADW1", "name": null, "role": "member", "email": "linus@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.912957Z", "updated_at": "2026-11-20T13:40:05.912957Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:05.915154+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3MZ73Q91JRH55ZSEM7M', 'user.created', '{"user": {"id": "usr_01M7WJZ3MYV75D79V66RVT76MV", "name": null, "role": "member", "email": "nobody@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.918307Z", "updated_at": "2026-11-20T13:40:05.918307Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:05.919418+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3NHHE0C2RSAZ7QPGHVG', 'user.created', '{"user": {"id": "usr_01M7WJZ3N1CMN6VSWAP2R7Y01M", "name": null, "role": "member", "email": "gone@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.921994Z", "updated_at": "2026-11-20T13:40:05.921994Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:05.937629+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'evt_01M7WJZ3PGNJ9KFW01KTWN8MS7', 'user.created', '{"user": {"id": "usr_01M7WJZ3NMKG0XWE8Y2GFHFKN8", "name": "Another Ada", "role": "member", "email": "ada@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3C5K6S96KCJNHTY3JM9", "avatar_url": null, "created_at": "2026-11-20T13:40:05.940387Z", "updated_at": "2026-11-20T13:40:05.940387Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:05.968774+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3Q4V1XQ6HSWGAZN2EV8', 'user.created', '{"user": {"id": "usr_01M7WJZ3PMWA6FDD2JP87JS5SG", "name": null, "role": "member", "email": "barbara@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.972153Z", "updated_at": "2026-11-20T13:40:05.972153Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:05.988121+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3R6A7HKNDZQ5AH0YN7G', 'session.created', '{"session": {"id": "ses_01M7WJZ3R5FY853H6TJQ387YPY", "user_id": "usr_01M7WJZ3PMWA6FDD2JP87JS5SG", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:06.021102Z", "expires_at": "2026-12-20T13:40:06.021102Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:06.022242+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3WY3MBET5DVHG86QJJZ', 'session.revoked', '{"session": {"id": "ses_01M7WJZ3WRW9TK3V6AZ6KBN16H", "reason": "revoked", "status": "revoked", "user_id": "usr_01M7WJZ3H68T6WDDRXGG5H2A5Z"}}', '2026-11-20 13:40:06.174371+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3TDXBK7H3XQYTZGENVP', 'user.password_changed', '{"user": {"id": "usr_01M7WJZ3PMWA6FDD2JP87JS5SG", "name": null, "role": "member", "email": "barbara@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.972153Z", "updated_at": "2026-11-20T13:40:06.088262Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:06.093736+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ4385EHP82ZNH6WPMYZT', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ437CZTYVYSMW9H0Z99F", "name": "reader", "type": "secret", "last_four": "6xg3"}}', '2026-11-20 13:40:06.376376+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ43FRZ2H8HSFR972KC2H', 'api_key.revoked', '{"api_key": {"id": "key_01M7WJZ43AT83HEH28AF6DPF2K", "name": "gone", "type": "secret", "last_four": "m4fv"}}', '2026-11-20 13:40:06.383548+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ47ZW2PVHR0QD8X97H1B', 'session.created', '{"session": {"id": "ses_01M7WJZ47YGBSDQDEEHCKQQK28", "user_id": "usr_01M7WJZ3J1KGEV0Y5E8BWZ569V", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:06.526974Z", "expires_at": "2026-12-20T13:40:06.526974Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:06.527783+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3VJCG4N6S8C0STC5A8C', 'session.created', '{"session": {"id": "ses_01M7WJZ3VJF7702HRHQCQ7MDNS", "user_id": "usr_01M7WJZ3H68T6WDDRXGG5H2A5Z", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:06.130034Z", "expires_at": "2026-12-20T13:40:06.130034Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:06.130954+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ40DBMMQJFGTGXNNEZ85', 'user.deleted', '{"user": {"id": "usr_01M7WJZ3N1CMN6VSWAP2R7Y01M"}}', '2026-11-20 13:40:06.285814+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ432X55SZ2EVV8E9W7H4', 'user.created', '{"user": {"id": "usr_01M7WJZ42A26TE86HB8HGSFEDE", "name": null, "role": "member", "email": "once@example.com", "phone": null, "status": "active", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:06.346167Z", "updated_at": "2026-11-20T13:40:06.346167Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:06.370103+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ43BKP7BZ8ZQ1QQC6DA2', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ43AT83HEH28AF6DPF2K", "name": "gone", "type": "secret", "last_four": "m4fv"}}', '2026-11-20 13:40:06.379929+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3WR1887VP4EQM7S4M6N', 'session.created', '{"session": {"id": "ses_01M7WJZ3WRW9TK3V6AZ6KBN16H", "user_id": "usr_01M7WJZ3H68T6WDDRXGG5H2A5Z", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:06.168557Z", "expires_at": "2026-12-20T13:40:06.168557Z", "ip_address": "127.0.0.1", "user_agent": "curl/8", "device_type": "unknown"}}', '2026-11-20 13:40:06.168961+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3XNM28PWMXVB3YGV5EF', 'session.created', '{"session": {"id": "ses_01M7WJZ3XNZ2C95V4GTFH9P709", "user_id": "usr_01M7WJZ3J1KGEV0Y5E8BWZ569V", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:06.197298Z", "expires_at": "2026-12-20T13:40:06.197298Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:06.197715+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3YRCX0QEGACSTG10MDN', 'session.created', '{"session": {"id": "ses_01M7WJZ3YRENA5X26R7QVKM8FE", "user_id": "usr_01M7WJZ3J1KGEV0Y5E8BWZ569V", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:06.232078Z", "expires_at": "2026-12-20T13:40:06.232078Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:06.232555+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3ZZ49AMSB3S9XMH803Z', 'session.created', '{"session": {"id": "ses_01M7WJZ3ZYBJ1R66XYR08APPBA", "user_id": "usr_01M7WJZ3K2553AHWKR852TYRDE", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:06.270817Z", "expires_at": "2026-12-20T13:40:06.270817Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:06.271301+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'evt_01M7WJZ419XD75QY3W5H12T4VH', 'session.created', '{"session": {"id": "ses_01M7WJZ418XRWXDVVN1DEK5ESW", "user_id": "usr_01M7WJZ3NMKG0XWE8Y2GFHFKN8", "tenant_id": "tnt_01M7WJZ3C5K6S96KCJNHTY3JM9", "created_at": "2026-11-20T13:40:06.312656Z", "expires_at": "2027-02-18T13:40:06.312656Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:06.31311+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ43JVF9PQEN38FCYC7W5', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ43HXS43B97E9AFBFGG7", "name": "turned", "type": "secret", "last_four": "kfwv"}}', '2026-11-20 13:40:06.386969+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ44NYN7FJHGW24EG1Q3K', 'session.created', '{"session": {"id": "ses_01M7WJZ44NEE4AK1NYX6A1QCFT", "user_id": "usr_01M7WJZ3H68T6WDDRXGG5H2A5Z", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:06.421563Z", "expires_at": "2026-12-20T13:40:06.421563Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:06.421981+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ6X8PTK6P55C7GSQN3CH', 'session.created', '{"session": {"id": "ses_01M7WJZ6X7YTVF4PFXBE1QGY93", "user_id": "usr_01M7WJZ3H68T6WDDRXGG5H2A5Z", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:09.255686Z", "expires_at": "2026-12-20T13:40:09.255686Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:09.256108+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ3XXZ4DA8DE9WTY3VEDY', 'session.revoked', '{"session": {"id": "ses_01M7WJZ3XNZ2C95V4GTFH9P709", "reason": "sign_out", "status": "revoked", "user_id": "usr_01M7WJZ3J1KGEV0Y5E8BWZ569V"}}', '2026-11-20 13:40:06.205307+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ404KX41ZQ8P159G8YBQ', 'session.revoked', '{"session": {"id": "ses_01M7WJZ3ZYBJ1R66XYR08APPBA", "reason": "user_banned", "status": "revoked", "user_id": "usr_01M7WJZ3K2553AHWKR852TYRDE"}}', '2026-11-20 13:40:06.276529+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ40589FV4XJ0QVJ4TMJ8', 'user.banned', '{"user": {"id": "usr_01M7WJZ3K2553AHWKR852TYRDE", "name": null, "role": "member", "email": "mallory@example.com", "phone": null, "status": "banned", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.858633Z", "updated_at": "2026-11-20T13:40:06.274561Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:06.277106+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ43Q9WTSAV1BY8APYJ9F', 'api_key.created', '{"api_key": {"id": "key_01M7WJZ43NZQ0H4PSGEF5S6R44", "name": "turned", "type": "secret", "last_four": "oltx"}}', '2026-11-20 13:40:06.391009+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ48ZBD4VEN84JPZBVYT9', 'session.created', '{"session": {"id": "ses_01M7WJZ48Y723N9MS6NZ9NZX7F", "user_id": "usr_01M7WJZ3H68T6WDDRXGG5H2A5Z", "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "created_at": "2026-11-20T13:40:06.558956Z", "expires_at": "2026-12-20T13:40:06.558956Z", "ip_address": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux)", "device_type": "desktop"}}', '2026-11-20 13:40:06.559712+00');
INSERT INTO public.hj_outbox VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'evt_01M7WJZ4090Q9ND989DQVXKZQV', 'user.disabled', '{"user": {"id": "usr_01M7WJZ3KQBM7RKBCC6B1BY5KG", "name": null, "role": "member", "email": "edsger@example.com", "phone": null, "status": "disabled", "username": null, "tenant_id": "tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB", "avatar_url": null, "created_at": "2026-11-20T13:40:05.87973Z", "updated_at": "2026-11-20T13:40:06.279911Z", "external_id": null, "email_verified": false, "phone_verified": false, "public_metadata": {}, "private_metadata": {}}}', '2026-11-20 13:40:06.281317+00');


--
-- Data for Name: hj_password_history; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_password_history VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'usr_01M7WJZ3PMWA6FDD2JP87JS5SG', 1, '$argon2id$v=19$m=7168,t=5,p=1$wTiMgraHDS7pZwElmK+aSA$CsFr5rAl9QV4Q0SU+oo643el8N2mn9d4F0MVHY7Hhk8', '2026-11-20 13:40:06.088262+00');


--
-- Data for Name: hj_schema_migration; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_schema_migration VALUES ('20261120_001', '20261120_001_initial_schema', 'a6364a2f0fcfcc6a9131bdcf103d91b8beb02ee5083a183397afe252593a8da2', 1, '2026-11-20 13:40:05.398819+00', 12, 'DROP TABLE hj_idempotency;
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

INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ3HWTRG9HMWBBYENJMWW', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 0, '2026-11-20 13:40:05.820742+00', '2026-11-20 13:40:05.820742+00', '2026-11-20 13:40:05.820742+00', '2026-12-20 13:40:05.820742+00', NULL, NULL, '2026-11-20 13:40:05.79843+00', false, '\x9fbe8a3c53d33ea341307882077cbdf0', 'pwd', NULL, '127.0.0.1', 'Python-urllib/3.11', NULL, 'unknown');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ3R5FY853H6TJQ387YPY', 'usr_01M7WJZ3PMWA6FDD2JP87JS5SG', 0, '2026-11-20 13:40:06.021102+00', '2026-11-20 13:40:06.021102+00', '2026-11-20 13:40:06.021102+00', '2026-12-20 13:40:06.021102+00', NULL, NULL, '2026-11-20 13:40:06.019793+00', false, '\x2e5e14385f02b482ca7d9c84491cb4dc', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ3VJF7702HRHQCQ7MDNS', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 3, '2026-11-20 13:40:06.147038+00', '2026-11-20 13:40:06.130034+00', '2026-11-20 13:40:06.147038+00', '2026-12-20 13:40:06.130034+00', NULL, NULL, '2026-11-20 13:40:06.128839+00', false, '\xa81b45ed0e2c937e3fb3821bcd73d29d', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ3WRW9TK3V6AZ6KBN16H', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 0, '2026-11-20 13:40:06.168557+00', '2026-11-20 13:40:06.168557+00', '2026-11-20 13:40:06.168557+00', '2026-12-20 13:40:06.168557+00', NULL, '2026-11-20 13:40:06.173511+00', '2026-11-20 13:40:06.167743+00', false, '\xfe0e68be2cbf7aebe071f5c43d62c3d0', 'pwd', 'revoked', '127.0.0.1', 'curl/8', NULL, 'unknown');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ3XNZ2C95V4GTFH9P709', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', 0, '2026-11-20 13:40:06.197298+00', '2026-11-20 13:40:06.197298+00', '2026-11-20 13:40:06.197298+00', '2026-12-20 13:40:06.197298+00', NULL, '2026-11-20 13:40:06.204503+00', '2026-11-20 13:40:06.196638+00', false, '\x4bb8feb49fb4d393507b670289e5639a', 'pwd', 'sign_out', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ3YRENA5X26R7QVKM8FE', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', 1, '2026-11-20 13:40:06.236012+00', '2026-11-20 13:40:06.232078+00', '2026-11-20 13:40:06.236012+00', '2026-12-20 13:40:06.232078+00', NULL, NULL, '2026-11-20 13:40:06.231368+00', false, '\x10ff5dfb7604e20e49b2ac72a9e462f7', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ3ZYBJ1R66XYR08APPBA', 'usr_01M7WJZ3K2553AHWKR852TYRDE', 0, '2026-11-20 13:40:06.270817+00', '2026-11-20 13:40:06.270817+00', '2026-11-20 13:40:06.270817+00', '2026-12-20 13:40:06.270817+00', NULL, '2026-11-20 13:40:06.276003+00', '2026-11-20 13:40:06.264625+00', false, '\xa38bc9ce0ab46aaebd430151f52aa9bd', 'pwd', 'user_banned', '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'ses_01M7WJZ418XRWXDVVN1DEK5ESW', 'usr_01M7WJZ3NMKG0XWE8Y2GFHFKN8', 0, '2026-11-20 13:40:06.312656+00', '2026-11-20 13:40:06.312656+00', '2026-11-20 13:40:06.312656+00', '2027-02-18 13:40:06.312656+00', NULL, NULL, '2026-11-20 13:40:06.311889+00', false, '\x581eeca06c13e81f07d112f1e5fca5ed', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ44NEE4AK1NYX6A1QCFT', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 0, '2026-11-20 13:40:06.421563+00', '2026-11-20 13:40:06.421563+00', '2026-11-20 13:40:06.421563+00', '2026-12-20 13:40:06.421563+00', NULL, NULL, '2026-11-20 13:40:06.420615+00', false, '\x5777fefb750bd149aaba7af182457339', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ47YGBSDQDEEHCKQQK28', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', 0, '2026-11-20 13:40:06.526974+00', '2026-11-20 13:40:06.526974+00', '2026-11-20 13:40:06.526974+00', '2026-12-20 13:40:06.526974+00', NULL, NULL, '2026-11-20 13:40:06.523646+00', false, '\xa864edf4167f9d0932d0030512c7178a', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ48Y723N9MS6NZ9NZX7F', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 0, '2026-11-20 13:40:06.558956+00', '2026-11-20 13:40:06.558956+00', '2026-11-20 13:40:06.558956+00', '2026-12-20 13:40:06.558956+00', NULL, NULL, '2026-11-20 13:40:06.558005+00', false, '\xed74eb5c18dc0ff1832d0d9858c9f0d9', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');
INSERT INTO public.hj_session VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'ses_01M7WJZ6X7YTVF4PFXBE1QGY93', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 0, '2026-11-20 13:40:09.255686+00', '2026-11-20 13:40:09.255686+00', '2026-11-20 13:40:09.255686+00', '2026-12-20 13:40:09.255686+00', NULL, NULL, '2026-11-20 13:40:09.254916+00', false, '\xe4928da09d9c55f751319735845263c1', 'pwd', NULL, '127.0.0.1', 'Mozilla/5.0 (X11; Linux)', NULL, 'desktop');


--
-- Data for Name: hj_user; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.hj_user VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'usr_01M7WJZ3MR0DSTA52B78MMADW1', 'linus@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm', '2026-11-20 13:40:05.912957+00', false, '{}', '{}', 'linus@example.com', '2026-11-20 13:40:05.912957+00', '2026-11-20 13:40:05.912957+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'usr_01M7WJZ3MYV75D79V66RVT76MV', 'nobody@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, NULL, NULL, false, '{}', '{}', 'nobody@example.com', '2026-11-20 13:40:05.918307+00', '2026-11-20 13:40:05.918307+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'usr_01M7WJZ3PMWA6FDD2JP87JS5SG', 'barbara@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$9Pye80Jujlscn3frkRDQ/Q$0BAnaHniAerauQiJMcXQn058+pDTo92KBek+malLn2o', '2026-11-20 13:40:06.088262+00', false, '{}', '{}', 'barbara@example.com', '2026-11-20 13:40:05.972153+00', '2026-11-20 13:40:06.088262+00', '2026-11-20 13:40:06.019793+00', '2026-11-20 13:40:06.019793+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'usr_01M7WJZ3H68T6WDDRXGG5H2A5Z', 'ada@example.com', false, 'ada', 'Ada Lovelace', NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$ylSMXT3omdTv/HPpK+H2cQ$KdXtpGwDFQaNc19AKpJeP/5f9fW9drmYn8hht0LByl8', '2026-11-20 13:40:05.79843+00', false, '{"note": "Ünï, 漢字, \"quotes\", ''single''", "large": 9007199254740993, "small": 0.00000015}', '{}', 'ada@example.com
ada lovelace
ada', '2026-11-20 13:40:05.79843+00', '2026-11-20 13:40:05.79843+00', '2026-11-20 13:40:09.254916+00', '2026-11-20 13:40:09.254916+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'usr_01M7WJZ3K2553AHWKR852TYRDE', 'mallory@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'banned', 'abuse', NULL, '$argon2id$v=19$m=7168,t=5,p=1$0MuLOPgkVk2HFrpFLZqM9w$d4YwAxfN3DVwYxmkJehaJKV6XZgkzrdWEpCHPjux6Ys', '2026-11-20 13:40:05.858633+00', false, '{}', '{}', 'mallory@example.com', '2026-11-20 13:40:05.858633+00', '2026-11-20 13:40:06.274561+00', '2026-11-20 13:40:06.264625+00', '2026-11-20 13:40:06.264625+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'usr_01M7WJZ3KQBM7RKBCC6B1BY5KG', 'edsger@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'disabled', 'left', NULL, '$argon2id$v=19$m=7168,t=5,p=1$WUndrWzn2I2rzXqN50b9wA$l0+KWRGuE+XrIQM1mzEUSHRq5eD+p7jZdcONsqpvmd8', '2026-11-20 13:40:05.87973+00', false, '{}', '{}', 'edsger@example.com', '2026-11-20 13:40:05.87973+00', '2026-11-20 13:40:06.279911+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WJZ3C5K6S96KCJNHTY3JM9', 'usr_01M7WJZ3NMKG0XWE8Y2GFHFKN8', 'ada@example.com', false, NULL, 'Another Ada', NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$wNqJA9wt40pMUvW2Uh9d1w$F1/k/8cOPP1YCIHjYtaR6KS17p9evoEZRdoAwuOVrgc', '2026-11-20 13:40:05.940387+00', false, '{}', '{}', 'ada@example.com
another ada', '2026-11-20 13:40:05.940387+00', '2026-11-20 13:40:05.940387+00', '2026-11-20 13:40:06.311889+00', '2026-11-20 13:40:06.311889+00');
INSERT INTO public.hj_user VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'usr_01M7WJZ42A26TE86HB8HGSFEDE', 'once@example.com', false, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 'member', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$qfy2P+tTxQ1YhutieVqNXg$43ZVpstLPFbMMmkiRIFG/n5rANHcdL2aIjYLxFEm7w4', '2026-11-20 13:40:06.346167+00', false, '{}', '{}', 'once@example.com', '2026-11-20 13:40:06.346167+00', '2026-11-20 13:40:06.346167+00', NULL, NULL);
INSERT INTO public.hj_user VALUES ('tnt_01M7WJZ3AJEGYCQFCPKRDG1WZB', 'usr_01M7WJZ3J1KGEV0Y5E8BWZ569V', 'grace@example.com', true, NULL, NULL, NULL, NULL, '+15551234567', false, NULL, 'crm-7', 'admin', 'active', NULL, NULL, '$argon2id$v=19$m=7168,t=5,p=1$CBgYKiB0xaRdi+AFd3Ag3A$p0t4IznE3NKnhTSdF+KOCR0EvS4F85WnNR9/IVVUS58', '2026-11-20 13:40:05.825409+00', false, '{}', '{"crm": {"seen": [1, 2.5, null, true], "tier": "gold"}}', 'grace@example.com
+15551234567', '2026-11-20 13:40:05.825409+00', '2026-11-20 13:40:05.825409+00', '2026-11-20 13:40:06.523646+00', '2026-11-20 13:40:06.523646+00');


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


