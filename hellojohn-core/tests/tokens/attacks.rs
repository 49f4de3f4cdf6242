//! Tokens made by attackers: each one differs from a good token in one way and is refused.
//!
//! Where the attack is in the header or the claims, the token is signed again with the
//! right key, so that only the rule under test can refuse it.

mod claims;
mod encoding;
mod header;

use hellojohn_core::{
    id::TenantId,
    token::{
        DalekKeystore, Expected, Seed, SigningKey, TokenError, TokenFormat, issue_access_token,
        verify_access_token,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{
    ISSUER, NOW, claims, encode, expected, header, issue, keys, now, payload, sign, sign_segments,
    sign_text, tenant, verify,
};

/// Attack tokens with a name for the failure message.
struct Corpus(Vec<(String, String)>);

impl Corpus {
    fn add(&mut self, name: impl Into<String>, token: impl Into<String>) {
        self.0.push((name.into(), token.into()));
    }

    /// The good token with one header member replaced.
    fn header(&mut self, member: &str, value: Value) {
        let mut header = header();
        let name = format!("header {member} = {value}");
        header.insert(member.to_owned(), value);
        self.add(name, sign(&header, &payload()));
    }

    /// The good token with one claim replaced.
    fn claim(&mut self, claim: &str, value: Value) {
        let mut payload = payload();
        let name = format!("claim {claim} = {value}");
        payload.insert(claim.to_owned(), value);
        self.add(name, sign(&header(), &payload));
    }

    /// The good token with these very texts as header and claims.
    fn texts(&mut self, name: &str, header: &str, payload: &str) {
        self.add(name, sign_text(header, payload));
    }
}

fn corpus() -> Vec<(String, String)> {
    let mut corpus = Corpus(Vec::new());
    self::header::wrong_algorithms(&mut corpus);
    self::header::header_members(&mut corpus);
    self::header::duplicate_names(&mut corpus);
    self::claims::wrong_identities(&mut corpus);
    self::claims::wrong_dates(&mut corpus);
    self::claims::missing_and_mistyped_claims(&mut corpus);
    self::encoding::wrong_encodings(&mut corpus);
    self::encoding::wrong_shapes(&mut corpus);
    corpus.0
}

#[test]
fn the_untouched_token_is_accepted() {
    let good = sign(&header(), &payload());
    assert_eq!(verify(&good), Ok(claims()));
    assert_eq!(verify(&issue(&claims(), TokenFormat::Jwt)), Ok(claims()));
    let mut unknown = payload();
    unknown.insert("from_the_future".to_owned(), json!({"a": [1]}));
    assert_eq!(verify(&sign(&header(), &unknown)), Ok(claims()));
}

#[test]
fn every_attack_is_refused() {
    let corpus = corpus();
    assert!(corpus.len() >= 130, "only {} attacks", corpus.len());
    let accepted: Vec<&str> = corpus
        .iter()
        .filter(|(_, token)| verify(token).is_ok())
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(accepted.is_empty(), "accepted: {accepted:#?}");
}

#[test]
fn no_attack_is_in_the_corpus_twice() {
    let mut tokens: Vec<String> = corpus().into_iter().map(|(_, token)| token).collect();
    let count = tokens.len();
    tokens.sort_unstable();
    tokens.dedup();
    assert_eq!(tokens.len(), count);
}

#[test]
fn every_single_changed_character_is_refused() {
    for format in formats() {
        let good = issue(&claims(), format);
        assert!(verify(&good).is_ok());
        for at in 0..good.len() {
            for replacement in ["A", "B", "_", ".", "=", "~"] {
                let mut bad = good.clone();
                bad.replace_range(at..=at, replacement);
                assert!(bad == good || verify(&bad).is_err(), "{at} {replacement}");
            }
        }
    }
}

#[test]
fn every_truncation_is_refused() {
    for format in formats() {
        let good = issue(&claims(), format);
        for length in 0..good.len() {
            assert!(verify(&good[..length]).is_err(), "{length}");
            assert!(verify(&good[good.len() - length..]).is_err(), "{length}");
        }
    }
}

#[test]
fn another_tenant_issuer_or_time_is_told_apart() {
    let other = TenantId::new(now(), [9; 10]);
    let later = |seconds| hellojohn_core::time::Timestamp::from_seconds(NOW + seconds);
    let judge = |format, expected: &Expected<'_>| {
        verify_access_token(&issue(&claims(), format), &keys(), expected).err()
    };
    let jwt = |expected: &Expected<'_>| judge(TokenFormat::Jwt, expected);
    assert_eq!(
        jwt(&Expected::new(ISSUER, other, now())),
        Some(TokenError::WrongAudience)
    );
    assert_eq!(
        jwt(&Expected::new("https://other.example", tenant(), now())),
        Some(TokenError::WrongIssuer)
    );
    for format in formats() {
        let at = |seconds| judge(format, &Expected::new(ISSUER, tenant(), later(seconds)));
        assert_eq!(at(929), None);
        assert_eq!(at(930), Some(TokenError::Expired));
        assert_eq!(at(-30), None);
        assert_eq!(at(-31), Some(TokenError::NotYetValid));
        let strict = expected().max_lifetime(std::time::Duration::from_secs(899));
        assert_eq!(judge(format, &strict), Some(TokenError::LifetimeTooLong));
    }
    assert_eq!(TokenError::Expired.code(), "token_expired");
    assert_eq!(TokenError::BadSignature.code(), "invalid_token");
}

#[test]
fn leeway_is_capped_at_one_minute() {
    let hour = std::time::Duration::from_hours(1);
    let at = |seconds| {
        let now = hellojohn_core::time::Timestamp::from_seconds(NOW + seconds);
        let expected = Expected::new(ISSUER, tenant(), now).leeway(hour);
        verify_access_token(&issue(&claims(), TokenFormat::Jwt), &keys(), &expected)
    };
    assert!(at(959).is_ok());
    assert_eq!(at(960), Err(TokenError::Expired));
}

#[test]
fn an_unknown_key_is_named_and_a_known_name_does_not_excuse_the_wrong_key() {
    let foreign = SigningKey::from_seed(&Seed::new([1; 32]), &DalekKeystore).unwrap();
    for format in formats() {
        let token = issue_access_token(&claims(), &foreign, format).unwrap();
        assert_eq!(
            verify(&token),
            Err(TokenError::UnknownKey { kid: foreign.id() })
        );
    }
    let forged = issue_access_token(&claims(), &foreign, TokenFormat::Jwt).unwrap();
    let parts: Vec<&str> = forged.split('.').collect();
    let renamed = format!(
        "{}.{}.{}",
        encode(json!(header()).to_string()),
        parts[1],
        parts[2]
    );
    assert_eq!(verify(&renamed), Err(TokenError::BadSignature));
}

#[cfg(feature = "paseto")]
#[test]
fn a_paseto_of_another_tenant_does_not_even_authenticate() {
    let token = issue(&claims(), TokenFormat::Paseto);
    let other = Expected::new(ISSUER, TenantId::new(now(), [9; 10]), now());
    assert_eq!(
        verify_access_token(&token, &keys(), &other),
        Err(TokenError::BadSignature)
    );
}

pub(crate) fn formats() -> Vec<TokenFormat> {
    vec![
        TokenFormat::Jwt,
        #[cfg(feature = "paseto")]
        TokenFormat::Paseto,
    ]
}

proptest! {
    #[test]
    fn no_text_makes_the_verifier_panic(text in any::<String>()) {
        prop_assert!(verify(&text).is_err());
        let prefixed = format!("v4.public.{text}");
        prop_assert!(verify(&prefixed).is_err());
    }

    #[test]
    fn no_token_like_text_makes_the_verifier_panic(text in "[A-Za-z0-9_=+/-]{0,90}(\\.[A-Za-z0-9_-]{0,90}){0,6}") {
        prop_assert!(verify(&text).is_err());
        let prefixed = format!("v4.public.{text}");
        prop_assert!(verify(&prefixed).is_err());
    }

    #[test]
    fn no_signed_payload_makes_the_verifier_panic(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let header = json!(header()).to_string();
        prop_assert!(verify(&sign_text(&header, &text)).is_err());
        prop_assert!(verify(&sign_segments(&encode(&header), &encode(bytes))).is_err());
    }

    #[test]
    fn no_signed_header_but_ours_is_accepted(name in "[a-zA-Z0-9]{1,6}", value in any::<i32>()) {
        let mut header = header();
        prop_assume!(!header.contains_key(&name));
        header.insert(name, json!(value));
        prop_assert!(verify(&sign(&header, &payload())).is_err());
    }
}
