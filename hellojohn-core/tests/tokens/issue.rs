//! What is issued is accepted, and reads the same to others.

use hellojohn_core::{
    ports::{Keystore, Signer},
    token::{
        AccessClaims, DalekKeystore, IssueError, KeyError, Seed, SigningKey, TokenFormat,
        issue_access_token,
    },
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::{
    attacks::formats,
    support::{
        NOW, SEED, claims, decode, full_claims, header, issue, object, payload, signing_key, verify,
    },
};

#[test]
fn both_encodings_give_back_the_claims() {
    for format in formats() {
        for claims in [claims(), full_claims()] {
            assert_eq!(verify(&issue(&claims, format)), Ok(claims));
        }
    }
}

#[test]
fn the_jwt_header_is_exactly_three_members() {
    let token = issue(&claims(), TokenFormat::Jwt);
    let text = String::from_utf8(decode(token.split('.').next().unwrap())).unwrap();
    let kid = signing_key().id();
    assert_eq!(
        text,
        format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"JWT"}}"#)
    );
    assert_eq!(json!(header()).to_string(), text);
}

#[test]
fn the_payload_has_the_documented_claims() {
    let claims = claims();
    let wanted = json!({
        "iss": "https://auth.example.com",
        "sub": claims.subject,
        "aud": claims.tenant_id,
        "iat": NOW,
        "nbf": NOW,
        "exp": NOW + 900,
        "jti": claims.token_id,
        "tenant_id": claims.tenant_id,
        "session_id": claims.session_id,
        "sid": claims.session_id,
        "email": "ana@example.com",
        "email_verified": true,
        "name": "Ana \"Ana\" Müller",
        "org_id": null,
        "role": "member",
        "org_role": null,
        "roles": ["member", "billing"],
        "mfa_verified": false,
        "amr": ["pwd"],
        "auth_time": NOW,
        "public_metadata": {"plan": "pro", "seats": 3},
        "custom": {"shop": {"id": 7}},
    });
    assert_eq!(Value::Object(payload()), wanted);
}

#[test]
fn jsonwebtoken_reads_the_header() {
    let token = issue(&claims(), TokenFormat::Jwt);
    let header = jsonwebtoken::decode_header(&token).unwrap();
    assert_eq!(header.alg, jsonwebtoken::Algorithm::EdDSA);
    assert_eq!(header.kid, Some(signing_key().id().to_string()));
    assert_eq!(header.typ.as_deref(), Some("JWT"));
}

#[cfg(feature = "paseto")]
mod paseto {
    use pasetors::{
        Public,
        keys::{AsymmetricPublicKey, AsymmetricSecretKey},
        token::UntrustedToken,
        version4::{PublicToken, V4},
    };

    use super::*;
    use crate::support::tenant;

    #[test]
    fn pasetors_signs_the_same_bytes_and_accepts_ours() {
        let token = issue(&full_claims(), TokenFormat::Paseto);
        let public = *signing_key().public().as_bytes();
        let tenant = tenant().to_string();
        let untrusted = UntrustedToken::<Public, V4>::try_from(&token).unwrap();
        let footer = format!(r#"{{"kid":"{}"}}"#, signing_key().id());
        let trusted = PublicToken::verify(
            &AsymmetricPublicKey::from(&public).unwrap(),
            &untrusted,
            Some(footer.as_bytes()),
            Some(tenant.as_bytes()),
        )
        .unwrap();

        let theirs = PublicToken::sign(
            &AsymmetricSecretKey::from(&[SEED, public].concat()).unwrap(),
            trusted.payload().as_bytes(),
            Some(footer.as_bytes()),
            Some(tenant.as_bytes()),
        )
        .unwrap();
        assert_eq!(theirs, token);
    }

    #[test]
    fn only_the_registered_dates_become_text() {
        let token = issue(&full_claims(), TokenFormat::Paseto);
        let untrusted = UntrustedToken::<Public, V4>::try_from(&token).unwrap();
        let payload: Value = serde_json::from_slice(untrusted.untrusted_payload()).unwrap();
        assert_eq!(payload["iat"], "2023-11-14T22:13:20Z");
        assert_eq!(payload["nbf"], "2023-11-14T22:13:20Z");
        assert_eq!(payload["exp"], "2023-11-14T22:28:20Z");
        assert_eq!(payload["auth_time"], NOW);
        assert_eq!(payload["mfa_at"], NOW - 5);
    }
}

#[cfg(feature = "aws-lc")]
#[test]
fn both_signers_make_the_same_token() {
    use hellojohn_core::token::AwsLcKeystore;

    let seed = Seed::new(SEED);
    let fast = SigningKey::from_seed(&seed, &AwsLcKeystore).unwrap();
    for format in formats() {
        let token = issue_access_token(&full_claims(), &fast, format).unwrap();
        assert_eq!(token, issue(&full_claims(), format));
    }
}

#[test]
fn a_key_store_that_signs_with_another_key_is_found_out() {
    struct Confused;
    impl Keystore for Confused {
        fn signer(&self, _: &[u8; 32]) -> std::sync::Arc<dyn Signer> {
            DalekKeystore.signer(&[9; 32])
        }
    }
    let error = SigningKey::from_seed(&Seed::new(SEED), &Confused).unwrap_err();
    assert_eq!(error, KeyError::SignerMismatch);
}

#[test]
fn claims_no_verifier_would_accept_are_not_issued() {
    let refuse = |claims: &AccessClaims| {
        let errors = formats()
            .into_iter()
            .map(|format| issue_access_token(claims, &signing_key(), format).unwrap_err());
        let mut errors: Vec<IssueError> = errors.collect();
        errors.dedup();
        assert_eq!(errors.len(), 1);
        errors.remove(0)
    };
    let large = object(json!({"text": "x".repeat(16 * 1024)}));
    assert_eq!(
        refuse(&AccessClaims {
            custom: large,
            ..claims()
        }),
        IssueError::TooLarge
    );
    let past = AccessClaims {
        not_before: -1,
        ..claims()
    };
    assert_eq!(refuse(&past), IssueError::DateOutOfRange);
    let far = AccessClaims {
        expires_at: 253_402_300_800,
        ..claims()
    };
    assert_eq!(refuse(&far), IssueError::DateOutOfRange);

    let nested = |levels| object((0..levels).fold(json!({}), |inner, _| json!({"a": inner})));
    let deep = AccessClaims {
        public_metadata: nested(15),
        ..claims()
    };
    assert_eq!(refuse(&deep), IssueError::TooDeep);
    let deepest = AccessClaims {
        public_metadata: nested(14),
        ..claims()
    };
    for format in formats() {
        assert_eq!(verify(&issue(&deepest, format)), Ok(deepest.clone()));
    }
}

#[test]
fn debug_shows_neither_address_nor_metadata() {
    let text = format!("{:?} {:?}", full_claims(), signing_key());
    for hidden in ["ana@", "Müller", "plan", "4242"] {
        assert!(!text.contains(hidden), "{text}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(".{0,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_map() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::hash_map(".{0,8}", any_json(), 0..4).prop_map(|map| map.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_claims_say_what_is_issued_is_accepted(
        email in prop::option::of(".{0,30}"),
        name in prop::option::of(".{0,30}"),
        roles in prop::collection::vec(".{0,10}", 0..4),
        custom in any_map(),
        act in prop::option::of(any_map()),
    ) {
        let claims = AccessClaims { email, name, roles, custom, act, ..claims() };
        for format in formats() {
            prop_assert_eq!(verify(&issue(&claims, format)), Ok(claims.clone()));
        }
    }
}
