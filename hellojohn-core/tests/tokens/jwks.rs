//! The published key documents.

use hellojohn_core::token::{JwksError, KeyError, KeySet, PublicKey, Seed, jwks};
use serde_json::{Value, json};

use crate::support::{encode, signing_key};

fn published() -> Vec<PublicKey> {
    let other = Seed::new([7; 32]).public_key().unwrap();
    vec![signing_key().public().clone(), other]
}

fn document() -> Value {
    serde_json::from_str(&jwks::render(&published())).unwrap()
}

#[test]
fn a_key_has_exactly_the_documented_members() {
    let key = signing_key().public().clone();
    let wanted = json!({
        "kty": "OKP",
        "crv": "Ed25519",
        "x": encode(key.as_bytes()),
        "kid": key.id(),
        "use": "sig",
        "alg": "EdDSA",
    });
    assert_eq!(document()["keys"][0], wanted);
    assert_eq!(document()["keys"].as_array().unwrap().len(), 2);
    assert_eq!(jwks::render(&[]), r#"{"keys":[]}"#);
}

#[test]
fn jsonwebtoken_reads_the_set() {
    let set: jsonwebtoken::jwk::JwkSet = serde_json::from_str(&jwks::render(&published())).unwrap();
    let kid = signing_key().id().to_string();
    let key = set.find(&kid).unwrap();
    assert!(key.is_supported());
}

#[test]
fn a_published_set_is_read_back() {
    let keys = KeySet::from_jwks(&jwks::render(&published())).unwrap();
    assert_eq!(keys.len(), 2);
    for key in published() {
        assert_eq!(keys.find(key.id()), Some(&key));
    }
}

#[test]
fn keys_of_other_kinds_are_ignored() {
    let ours = document()["keys"][0].clone();
    let with = |member: &str, value: Value| {
        let mut key = ours.clone();
        key[member] = value;
        key
    };
    for other in [
        json!({"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "a"}),
        json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}),
        json!({"kty": "new", "kid": "b"}),
        json!({}),
        with("use", json!("enc")),
        with("alg", json!("ES256")),
        with("alg", json!("unheard-of")),
        with("crv", json!("X25519")),
        with("crv", json!("Ed448")),
        with("key_ops", json!(["sign"])),
        with("x", json!(1)),
    ] {
        let keys = KeySet::from_jwks(&json!({ "keys": [other] }).to_string()).unwrap();
        assert!(keys.is_empty(), "{other}");
    }
    let mut bare = ours;
    bare.as_object_mut().unwrap().remove("use");
    bare.as_object_mut().unwrap().remove("alg");
    let keys = KeySet::from_jwks(&json!({ "keys": [bare] }).to_string()).unwrap();
    assert_eq!(keys.len(), 1);
}

#[test]
fn private_members_refuse_the_whole_set() {
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"] {
        let mut set = document();
        set["keys"][1][member] = json!("AAAA");
        let error = KeySet::from_jwks(&set.to_string()).unwrap_err();
        assert_eq!(error, JwksError::PrivateKey, "{member}");
    }
}

#[test]
fn wrong_names_and_unusable_keys_refuse_the_whole_set() {
    let read = |change: &dyn Fn(&mut Value)| {
        let mut set = document();
        change(&mut set);
        KeySet::from_jwks(&set.to_string()).unwrap_err()
    };
    let other = document()["keys"][1]["kid"].clone();
    assert_eq!(
        read(&|set| set["keys"][0]["kid"] = other.clone()),
        JwksError::WrongKeyId
    );
    assert_eq!(
        read(&|set| set["keys"][0]["kid"] = json!(null)),
        JwksError::WrongKeyId
    );
    assert_eq!(
        read(&|set| set["keys"][1] = set["keys"][0].clone()),
        JwksError::DuplicateKey
    );

    let mut point = [0; 32];
    point[0] = 1;
    assert_eq!(
        read(&|set| set["keys"][0]["x"] = json!(encode(point))),
        JwksError::Key(KeyError::Weak)
    );
    for x in [
        String::new(),
        encode([1; 31]),
        encode([1; 33]),
        "=".repeat(43),
        encode([0xFF; 32]),
    ] {
        let error = read(&|set| set["keys"][0]["x"] = json!(x));
        assert_eq!(error, JwksError::Key(KeyError::NotAPoint), "{x}");
    }
}

#[test]
fn anything_but_a_set_is_malformed() {
    let twice = r#"{"keys":[],"keys":[]}"#.to_owned();
    let huge = format!(r#"{{"keys":[{}]}}"#, " ".repeat(256 * 1024));
    let flat = document()["keys"].to_string();
    for bad in [
        String::new(),
        "{}".to_owned(),
        r#"{"keys":{}}"#.to_owned(),
        r#"{"keys":[1]}"#.to_owned(),
        twice,
        huge,
        flat,
    ] {
        assert_eq!(
            KeySet::from_jwks(&bad).unwrap_err(),
            JwksError::Malformed,
            "{bad:.60}"
        );
    }
}

#[cfg(feature = "paseto")]
#[test]
fn the_paserk_document_names_the_same_keys() {
    use pasetors::{keys::AsymmetricPublicKey, version4::V4};

    let text = jwks::render_paserk(&published());
    let document: Value = serde_json::from_str(&text).unwrap();
    let keys = document["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    for (entry, key) in keys.iter().zip(published()) {
        assert_eq!(entry["kid"], json!(key.id()));
        let paserk = entry["paserk"].as_str().unwrap();
        assert_eq!(paserk, format!("k4.public.{}", encode(key.as_bytes())));
        let theirs = AsymmetricPublicKey::<V4>::try_from(paserk).unwrap();
        assert_eq!(theirs.as_bytes(), key.as_bytes());
    }
}
