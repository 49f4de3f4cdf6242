//! Attacks on the header.

use data_encoding::{BASE64, HEXLOWER, HEXUPPER};
use hellojohn_core::token::{DalekKeystore, Seed, SigningKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::json;
use sha2::Sha256;

use super::Corpus;
use crate::support::{ISSUER, encode, header, payload, sign, signing_key};

pub(super) fn wrong_algorithms(corpus: &mut Corpus) {
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

pub(super) fn header_members(corpus: &mut Corpus) {
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

pub(super) fn duplicate_names(corpus: &mut Corpus) {
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
