//! One tenant, one key, one valid set of claims, and ways to sign anything with it.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::Signer as _;
use hellojohn_core::{
    id::{SessionId, TenantId, TokenId, UserId},
    time::Timestamp,
    token::{
        AccessClaims, DalekKeystore, Expected, KeySet, Seed, SigningKey, TokenError, TokenFormat,
        issue_access_token, verify_access_token,
    },
};
use serde_json::{Map, Value, json};

pub(crate) const ISSUER: &str = "https://auth.example.com";
pub(crate) const NOW: i64 = 1_700_000_000;
pub(crate) const SEED: [u8; 32] = [0x42; 32];

pub(crate) fn now() -> Timestamp {
    Timestamp::from_seconds(NOW)
}

pub(crate) fn tenant() -> TenantId {
    TenantId::new(now(), [1; 10])
}

pub(crate) fn signing_key() -> SigningKey {
    SigningKey::from_seed(&Seed::new(SEED), &DalekKeystore).unwrap()
}

pub(crate) fn keys() -> KeySet {
    KeySet::from_iter([signing_key().public().clone()])
}

pub(crate) fn expected() -> Expected<'static> {
    Expected::new(ISSUER, tenant(), now())
}

pub(crate) fn verify(token: &str) -> Result<AccessClaims, TokenError> {
    verify_access_token(token, &keys(), &expected())
}

pub(crate) fn issue(claims: &AccessClaims, format: TokenFormat) -> String {
    issue_access_token(claims, &signing_key(), format).unwrap()
}

pub(crate) fn claims() -> AccessClaims {
    AccessClaims {
        issuer: ISSUER.to_owned(),
        subject: UserId::new(now(), [2; 10]),
        audience: tenant().to_string(),
        issued_at: NOW,
        not_before: NOW,
        expires_at: NOW + 900,
        token_id: TokenId::new(now(), [3; 10]),
        tenant_id: tenant(),
        client_id: None,
        session_id: SessionId::new(now(), [4; 10]),
        email: Some("ana@example.com".to_owned()),
        email_verified: true,
        name: Some("Ana \"Ana\" Müller".to_owned()),
        org_id: None,
        role: Some("member".to_owned()),
        org_role: None,
        roles: vec!["member".to_owned(), "billing".to_owned()],
        permissions: None,
        mfa_verified: false,
        amr: vec!["pwd".to_owned()],
        auth_time: NOW,
        mfa_at: None,
        public_metadata: object(json!({"plan": "pro", "seats": 3})),
        custom: object(json!({"shop": {"id": 7}})),
        act: None,
    }
}

/// The claims with everything optional present.
pub(crate) fn full_claims() -> AccessClaims {
    AccessClaims {
        client_id: Some("cli_01HABCDEF".to_owned()),
        org_id: Some("org_01HABCDEF".to_owned()),
        org_role: Some("owner".to_owned()),
        permissions: Some(vec!["invoices:read".to_owned()]),
        mfa_verified: true,
        amr: vec!["pwd".to_owned(), "otp".to_owned(), "mfa".to_owned()],
        mfa_at: Some(NOW - 5),
        act: Some(object(json!({"sub": "adm_01HABCDEF"}))),
        ..claims()
    }
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("not an object: {other}"),
    }
}

/// The header of our tokens, as JSON.
pub(crate) fn header() -> Map<String, Value> {
    object(json!({"alg": "EdDSA", "kid": signing_key().id(), "typ": "JWT"}))
}

/// The claims of a valid token, as JSON.
pub(crate) fn payload() -> Map<String, Value> {
    let token = issue(&claims(), TokenFormat::Jwt);
    let segment = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&decode(segment)).unwrap()
}

/// A JWT over these very texts, correctly signed with the right key.
pub(crate) fn sign_text(header: &str, payload: &str) -> String {
    sign_segments(&encode(header), &encode(payload))
}

/// A JWT over these very segments, correctly signed with the right key.
pub(crate) fn sign_segments(header: &str, payload: &str) -> String {
    let signed = format!("{header}.{payload}");
    let key = ed25519_dalek::SigningKey::from_bytes(&SEED);
    let signature = key.sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", encode(signature))
}

pub(crate) fn sign(header: &Map<String, Value>, payload: &Map<String, Value>) -> String {
    sign_text(&json!(header).to_string(), &json!(payload).to_string())
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64URL_NOPAD.encode(bytes.as_ref())
}

pub(crate) fn decode(text: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_bytes()).unwrap()
}

/// A vector file of the `vectors` folder.
macro_rules! vectors {
    ($name:literal) => {
        serde_json::from_str::<serde_json::Value>(include_str!(concat!("../vectors/", $name)))
            .unwrap()
    };
}
pub(crate) use vectors;
