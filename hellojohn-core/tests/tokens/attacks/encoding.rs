//! Attacks on base64url, JSON and the shape of the token.

use data_encoding::{BASE64_NOPAD, BASE64URL, HEXLOWER};
use hellojohn_core::token::TokenFormat;
use serde_json::json;

use super::Corpus;
use crate::support::{claims, encode, issue, sign_segments, signing_key};

pub(super) fn wrong_encodings(corpus: &mut Corpus) {
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

pub(super) fn wrong_shapes(corpus: &mut Corpus) {
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
