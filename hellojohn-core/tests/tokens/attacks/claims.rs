//! Attacks on the claims.

use hellojohn_core::id::{TenantId, UserId};
use serde_json::json;

use super::Corpus;
use crate::support::{ISSUER, NOW, claims, header, now, payload, sign, tenant};

pub(super) fn wrong_identities(corpus: &mut Corpus) {
    for iss in [
        json!("https://auth.example.com/"),
        json!("https://auth.example.co"),
        json!("https://auth.example.com.evil.example"),
        json!("HTTPS://auth.example.com"),
        json!(" https://auth.example.com"),
        json!(""),
        json!([ISSUER]),
        json!([ISSUER, "https://evil.example"]),
        json!({"iss": ISSUER}),
        json!(null),
        json!(1),
    ] {
        corpus.claim("iss", iss);
    }
    let (ours, other) = (
        tenant().to_string(),
        TenantId::new(now(), [9; 10]).to_string(),
    );
    for aud in [
        json!(other),
        json!([ours]),
        json!([ours, other]),
        json!([]),
        json!(""),
        json!(null),
        json!(format!("{ours} ")),
        json!(ours.to_lowercase()),
        json!("https://api.example.com"),
    ] {
        corpus.claim("aud", aud);
    }
    for tenant_id in [json!(other), json!([ours]), json!(null), json!("")] {
        corpus.claim("tenant_id", tenant_id);
    }
    let session = claims().session_id.to_string();
    let user = UserId::new(now(), [9; 10]).to_string();
    for (claim, value) in [
        ("session_id", json!(session.replace("ses_", "usr_"))),
        ("session_id", json!("ses_01HF7YAT000000000000000000")),
        ("sid", json!("ses_01HF7YAT000000000000000000")),
        ("sid", json!(null)),
        ("sub", json!("")),
        ("sub", json!("admin")),
        ("sub", json!(1)),
        ("sub", json!(user.replace("usr_", "adm_"))),
        ("sub", json!(user.to_lowercase())),
        ("jti", json!("")),
        ("jti", json!(7)),
    ] {
        corpus.claim(claim, value);
    }
}

pub(super) fn wrong_dates(corpus: &mut Corpus) {
    for claim in ["exp", "iat", "nbf", "auth_time"] {
        for value in [
            json!((NOW + 10).to_string()),
            json!(1_700_000_000.5),
            json!(1.7e9),
            json!(-1),
            json!(i64::MIN),
            json!(u64::MAX),
            json!((1_i64 << 53) + 1),
            json!(null),
            json!(true),
            json!([NOW]),
            json!({"a": NOW}),
        ] {
            corpus.claim(claim, value);
        }
    }
    corpus.claim("exp", json!(NOW - 30));
    corpus.claim("exp", json!(0));
    corpus.claim("exp", json!(1_i64 << 53));
    corpus.claim("exp", json!(NOW + 24 * 3_600 + 1));
    corpus.claim("iat", json!(NOW + 31));
    corpus.claim("iat", json!(NOW + 86_400));
    corpus.claim("iat", json!(0));
    corpus.claim("nbf", json!(NOW + 31));
    corpus.claim("mfa_at", json!("1700000000"));
    corpus.claim("mfa_at", json!(-1));
    let huge = json!(payload()).to_string().replace("1700000900", "1e400");
    corpus.texts(
        "exp beyond every float",
        &json!(header()).to_string(),
        &huge,
    );
}

pub(super) fn missing_and_mistyped_claims(corpus: &mut Corpus) {
    for claim in [
        "iss",
        "sub",
        "aud",
        "iat",
        "nbf",
        "exp",
        "jti",
        "tenant_id",
        "session_id",
        "sid",
        "email_verified",
        "roles",
        "mfa_verified",
        "amr",
        "auth_time",
        "public_metadata",
        "custom",
    ] {
        let mut payload = payload();
        payload.remove(claim).unwrap();
        corpus.add(format!("without {claim}"), sign(&header(), &payload));
    }
    for (claim, value) in [
        ("mfa_verified", json!("true")),
        ("mfa_verified", json!(1)),
        ("mfa_verified", json!(null)),
        ("email_verified", json!("false")),
        ("roles", json!("admin")),
        ("roles", json!([1])),
        ("roles", json!({"0": "admin"})),
        ("amr", json!("pwd")),
        ("permissions", json!("*")),
        ("email", json!(["ana@example.com"])),
        ("custom", json!([])),
        ("public_metadata", json!("{}")),
        ("act", json!("adm_1")),
    ] {
        corpus.claim(claim, value);
    }
}
