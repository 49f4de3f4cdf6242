//! Tokens made by attackers: each one differs from a good token in one way and is refused.
//!
//! Where the attack is in the header or the claims, the token is signed again with the
//! right key, so that only the rule under test can refuse it.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, HEXLOWER, HEXUPPER};
use hellojohn_core::{
    id::{TenantId, UserId},
    token::{
        DalekKeystore, Expected, Seed, SigningKey, TokenError, TokenFormat, issue_access_token,
        verify_access_token,
    },
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{
    ISSUER, NOW, claims, encode, expected, header, issue, keys, now, payload, sign, sign_segments,
    sign_text, signing_key, tenant, verify,
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
    wrong_algorithms(&mut corpus);
    header_members(&mut corpus);
    duplicate_names(&mut corpus);
    wrong_identities(&mut corpus);
    wrong_dates(&mut corpus);
    missing_and_mistyped_claims(&mut corpus);
    wrong_encodings(&mut corpus);
    wrong_shapes(&mut corpus);
    corpus.0
}

fn wrong_algorithms(corpus: &mut Corpus) {
    for alg in ["none", "None", "NONE", "nOnE", "", " none"] {
        let mut header = header();
        header.insert("alg".to_owned(), json!(alg));
        let signed = sign(&header, &payload());
        let (unsigned, _) = signed.rsplit_once('.').unwrap();
        corpus.add(format!("alg {alg:?} signed"), &*signed);
        corpus.add(format!("alg {alg:?} unsigned"), format!("{unsigned}."));
    }
    for alg in [
        "eddsa", "EDDSA", "EdDSA ", "Ed25519", "ES256", "RS256", "HS512",
    ] {
        corpus.header("alg", json!(alg));
    }
    for alg in [json!(null), json!(1), json!(["EdDSA"]), json!({"a": 1})] {
        corpus.header("alg", alg);
    }
    hmac_with_the_public_key(corpus);
}

/// CVE-2015-9235 and its many successors (N68).
fn hmac_with_the_public_key(corpus: &mut Corpus) {
    let key = signing_key();
    let raw = key.public().as_bytes();
    let pem = hellojohn_core::token::pem::write_public(key.public()).unwrap();
    let der = BASE64
        .decode(pem.lines().nth(1).unwrap().as_bytes())
        .unwrap();
    let secrets: [Vec<u8>; 8] = [
        raw.to_vec(),
        encode(raw).into_bytes(),
        BASE64.encode(raw).into_bytes(),
        HEXLOWER.encode(raw).into_bytes(),
        HEXUPPER.encode(raw).into_bytes(),
        pem.trim().as_bytes().to_vec(),
        pem.into_bytes(),
        der,
    ];
    for alg in ["HS256", "EdDSA"] {
        let mut header = header();
        header.insert("alg".to_owned(), json!(alg));
        let signed = format!(
            "{}.{}",
            encode(json!(header).to_string()),
            encode(json!(payload()).to_string())
        );
        for (nth, secret) in secrets.iter().enumerate() {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
            mac.update(signed.as_bytes());
            let tag: [u8; 32] = mac.finalize().into_bytes().into();
            corpus.add(
                format!("{alg} with an HMAC, key form {nth}"),
                format!("{signed}.{}", encode(tag)),
            );
            let twice = [tag, tag].concat();
            corpus.add(
                format!("{alg} with a doubled HMAC, key form {nth}"),
                format!("{signed}.{}", encode(twice)),
            );
        }
    }
}

fn header_members(corpus: &mut Corpus) {
    let jwk =
        json!({"kty": "OKP", "crv": "Ed25519", "x": encode(signing_key().public().as_bytes())});
    for (member, value) in [
        ("crit", json!([])),
        ("crit", json!(["exp"])),
        ("crit", json!(["b64"])),
        ("b64", json!(false)),
        ("b64", json!(true)),
        ("zip", json!("DEF")),
        ("jwk", jwk),
        ("jku", json!("https://evil.example/jwks.json")),
        ("x5u", json!("https://evil.example/cert.pem")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("cty", json!("JWT")),
        ("enc", json!("A256GCM")),
        ("epk", json!({})),
        ("p2c", json!(100_000_000)),
        ("nonce", json!("x")),
        ("iss", json!(ISSUER)),
        ("ALG", json!("none")),
        ("", json!(null)),
    ] {
        corpus.header(member, value);
    }
    for typ in [
        "jwt",
        "Jwt",
        "at+jwt",
        "application/jwt",
        "JWT ",
        "",
        "logout+jwt",
        "dpop+jwt",
    ] {
        corpus.header("typ", json!(typ));
    }
    for typ in [json!(null), json!(1), json!(["JWT"]), json!({"JWT": 1})] {
        corpus.header("typ", typ);
    }
    for member in ["alg", "kid", "typ"] {
        let mut header = header();
        header.remove(member);
        corpus.add(
            format!("header without {member}"),
            sign(&header, &payload()),
        );
    }
    let kid = signing_key().id().to_string();
    for wrong in [
        SigningKey::from_seed(&Seed::new([1; 32]), &DalekKeystore)
            .unwrap()
            .id()
            .to_string(),
        kid.to_uppercase(),
        format!("{kid} "),
        format!("{kid}="),
        kid.replace("kid_", "key_"),
        kid.replace("kid_", ""),
        kid[..kid.len() - 1].to_owned(),
        "../../dev/null".to_owned(),
        "' OR 1=1 --".to_owned(),
        String::new(),
    ] {
        corpus.header("kid", json!(wrong));
    }
    for kid in [json!(null), json!(0), json!([kid]), json!({"kid": kid})] {
        corpus.header("kid", kid);
    }
}

fn duplicate_names(corpus: &mut Corpus) {
    let (header, payload) = (json!(header()).to_string(), json!(payload()).to_string());
    let doubled = |text: &str, member: &str| text.replacen('{', &format!("{{{member},"), 1);
    for member in [
        r#""alg":"EdDSA""#,
        r#""alg":"none""#,
        r#""typ":"JWT""#,
        r#""kid":"x""#,
        r#""\u0061lg":"EdDSA""#,
    ] {
        corpus.texts(
            &format!("header with a second {member}"),
            &doubled(&header, member),
            &payload,
        );
    }
    for member in [
        r#""iss":"https://auth.example.com""#,
        r#""exp":1900000000"#,
        r#""sub":"usr_00000000000000000000000000""#,
        r#""aud":"x""#,
        r#""\u0065xp":1700000900"#,
        r#""role":"admin""#,
        r#""unknown":1,"unknown":1"#,
        r#""deep":{"a":1,"a":2}"#,
        r#""deep":[{"a":{"b":1,"b":1}}]"#,
    ] {
        corpus.texts(
            &format!("claims with a second {member}"),
            &header,
            &doubled(&payload, member),
        );
    }
}

fn wrong_identities(corpus: &mut Corpus) {
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

fn wrong_dates(corpus: &mut Corpus) {
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

fn missing_and_mistyped_claims(corpus: &mut Corpus) {
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

fn wrong_encodings(corpus: &mut Corpus) {
    let good = issue(&claims(), TokenFormat::Jwt);
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        panic!("three segments");
    };
    for (name, bad) in [
        ("=", format!("{signature}==")),
        ("a space", format!("{signature} ")),
        ("a line break", format!("{signature}\n")),
        ("a NUL", format!("{signature}\0")),
    ] {
        corpus.add(
            format!("{name} after the token"),
            format!("{header}.{payload}.{bad}"),
        );
    }
    for (name, before) in [
        ("a space", " "),
        ("Bearer", "Bearer "),
        ("a BOM", "\u{feff}"),
    ] {
        corpus.add(
            format!("{name} before the token"),
            format!("{before}{good}"),
        );
    }
    // Signed again, so that only the encoding is wrong.
    for ending in ["=", "==", " ", "\n", "\r\n", "%3D"] {
        corpus.add(
            format!("header ending in {ending:?}"),
            sign_segments(&format!("{header}{ending}"), payload),
        );
        corpus.add(
            format!("payload ending in {ending:?}"),
            sign_segments(header, &format!("{payload}{ending}")),
        );
    }
    let plain = |text: &str| {
        let mut object = crate::support::payload();
        object.insert("padding".to_owned(), json!(text));
        json!(object).to_string()
    };
    let spiky = plain("\u{3ff}\u{3fe}\u{7ff}~~~???>>>");
    let standard = BASE64_NOPAD.encode(spiky.as_bytes());
    assert!(standard.contains(['+', '/']));
    corpus.add(
        "payload in the standard alphabet",
        sign_segments(header, &standard),
    );
    let padded = (0..3)
        .map(|n| plain(&"x".repeat(n)))
        .map(|text| BASE64URL.encode(text.as_bytes()))
        .find(|text| text.ends_with('='))
        .unwrap();
    corpus.add("payload with padding", sign_segments(header, &padded));
    corpus.add(
        "payload in two lines",
        sign_segments(header, &format!("{}\n{}", &payload[..64], &payload[64..])),
    );
    let unpadded = padded.trim_end_matches('=');
    corpus.add(
        "payload with trailing bits",
        sign_segments(header, &with_trailing_bits(unpadded)),
    );
    corpus.add(
        "signature with trailing bits",
        format!("{header}.{payload}.{}", with_trailing_bits(signature)),
    );
    corpus.add(
        "payload not UTF-8",
        sign_segments(header, &encode(b"{\"iss\":\"\xff\"}")),
    );
    corpus.add(
        "payload hex",
        sign_segments(header, &HEXLOWER.encode(spiky.as_bytes())),
    );
}

/// The same bytes with a final character whose unused bits are not zero.
fn with_trailing_bits(text: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let last = text.chars().last().unwrap();
    let next = ALPHABET
        .chars()
        .nth(ALPHABET.find(last).unwrap() + 1)
        .unwrap();
    format!("{}{next}", &text[..text.len() - 1])
}

fn wrong_shapes(corpus: &mut Corpus) {
    let good = issue(&claims(), TokenFormat::Jwt);
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        panic!("three segments");
    };
    for (name, token) in [
        ("nothing", String::new()),
        ("a dot", ".".to_owned()),
        ("two dots", "..".to_owned()),
        ("one segment", header.to_owned()),
        ("two segments", format!("{header}.{payload}")),
        ("four segments", format!("{good}.{signature}")),
        ("five segments", format!("{good}.{signature}.{signature}")),
        ("an empty header", format!(".{payload}.{signature}")),
        ("an empty payload", format!("{header}..{signature}")),
        ("an empty signature", format!("{header}.{payload}.")),
        (
            "a JWE",
            format!("{header}..{signature}.{payload}.{signature}"),
        ),
        ("65,537 dots", ".".repeat(65_537)),
        ("one MiB", "A".repeat(1 << 20)),
        (
            "one MiB of payload",
            sign_segments(header, &"A".repeat(1 << 20)),
        ),
        (
            "JSON serialisation",
            json!({"protected": header, "payload": payload, "signature": signature}).to_string(),
        ),
        ("the PASETO prefix", format!("v4.public.{good}")),
        (
            "swapped segments",
            format!("{payload}.{header}.{signature}"),
        ),
    ] {
        corpus.add(name, token);
    }
    let jwe =
        json!({"alg": "PBES2-HS512+A256KW", "enc": "A256GCM", "p2c": 100_000_000, "p2s": "AAAA"});
    corpus.add(
        "a JWE that asks for work",
        format!("{}.AAAA.AAAA.AAAA.AAAA", encode(jwe.to_string())),
    );
    let header_text = json!(crate::support::header()).to_string();
    let payload_text = json!(crate::support::payload()).to_string();
    let nested = |levels: usize| {
        let deep = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        payload_text.replacen('{', &format!("{{\"deep\":{deep},"), 1)
    };
    corpus.texts("seventeen levels", &header_text, &nested(16));
    corpus.texts("five thousand levels", &header_text, &nested(5_000));
    corpus.texts(
        "junk after the claims",
        &header_text,
        &format!("{payload_text}{{}}"),
    );
    corpus.texts(
        "claims in an array",
        &header_text,
        &format!("[{payload_text}]"),
    );
    corpus.texts("claims that are null", &header_text, "null");
    corpus.texts("claims that are text", &header_text, "\"x\"");
    corpus.texts("no claims at all", &header_text, "{}");
    corpus.texts(
        "a header in an array",
        &format!("[{header_text}]"),
        &payload_text,
    );
    let kid = signing_key().id();
    corpus.texts(
        "a header as a tuple",
        &format!(r#"["EdDSA","{kid}","JWT"]"#),
        &payload_text,
    );
    corpus.texts(
        "junk after the header",
        &format!("{header_text} x"),
        &payload_text,
    );
    corpus.texts(
        "a comment in the header",
        &format!("/**/{header_text}"),
        &payload_text,
    );
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
