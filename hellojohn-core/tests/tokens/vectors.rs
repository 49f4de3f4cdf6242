//! Published vectors.

use data_encoding::HEXLOWER;
use hellojohn_core::token::{DalekKeystore, KeyError, KeyId, KeySet, PublicKey, Seed};
use serde_json::Value;

use crate::support::{decode, vectors, verify};

fn hex(value: &Value) -> Vec<u8> {
    HEXLOWER.decode(value.as_str().unwrap().as_bytes()).unwrap()
}

/// What our verifier does with a key and a signature: the key is read by our rules, the
/// signature checked by the strict ones.
fn accepts(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = <[u8; 32]>::try_from(key) else {
        return false;
    };
    let Ok(signature) = <[u8; 64]>::try_from(signature) else {
        return false;
    };
    let Ok(key) = PublicKey::from_bytes(&key) else {
        return false;
    };
    ed25519_dalek::VerifyingKey::from_bytes(key.as_bytes())
        .unwrap()
        .verify_strict(message, &ed25519_dalek::Signature::from_bytes(&signature))
        .is_ok()
}

#[test]
fn wycheproof_ed25519_holds() {
    let file = vectors!("wycheproof_ed25519_test.json");
    let mut count = 0;
    for group in file["testGroups"].as_array().unwrap() {
        let key = hex(&group["publicKey"]["pk"]);
        for test in group["tests"].as_array().unwrap() {
            let accepted = accepts(&key, &hex(&test["msg"]), &hex(&test["sig"]));
            assert_eq!(accepted, test["result"] == "valid", "{test}");
            count += 1;
        }
    }
    assert_eq!(count, 151);
}

#[test]
fn the_twelve_edge_cases_of_speccheck_are_decided_strictly() {
    let file = vectors!("ed25519_speccheck.json");
    let cases = file["cases"].as_array().unwrap();
    let wanted = file["expect_strict"].as_array().unwrap();
    assert_eq!((cases.len(), wanted.len()), (12, 12));
    for (case, wanted) in cases.iter().zip(wanted) {
        let key = hex(&case["pub_key"]);
        let accepted = accepts(&key, &hex(&case["message"]), &hex(&case["signature"]));
        assert_eq!(accepted, wanted == "accept", "{case}");
    }
}

#[test]
fn the_signatures_of_rfc_8032_come_out_of_every_signer() {
    let file = vectors!("rfc_vectors.json");
    let tests = file["vectors"]["rfc8032_7_1"].as_array().unwrap();
    assert_eq!(tests.len(), 3);
    for test in tests {
        let seed: [u8; 32] = hex(&test["sk"]).try_into().unwrap();
        let message = hex(&test["msg"]);
        for store in keystores() {
            let signature = store.signer(&seed).sign(&message);
            assert_eq!(signature.to_vec(), hex(&test["sig"]), "{test}");
        }
        let public = Seed::new(seed).public_key().unwrap();
        assert_eq!(public.as_bytes().to_vec(), hex(&test["pk"]));
    }
}

fn keystores() -> Vec<Box<dyn hellojohn_core::ports::Keystore>> {
    vec![
        Box::new(DalekKeystore),
        #[cfg(feature = "aws-lc")]
        Box::new(hellojohn_core::token::AwsLcKeystore),
    ]
}

#[test]
fn the_key_of_rfc_8037_has_its_thumbprint_and_signature() {
    let file = vectors!("rfc_vectors.json");
    let example = &file["vectors"]["rfc8037_appendix_a"];
    let jwk = &example["private_jwk"];
    let seed: [u8; 32] = decode(jwk["d"].as_str().unwrap()).try_into().unwrap();
    let public = Seed::new(seed).public_key().unwrap();
    assert_eq!(
        public.as_bytes().to_vec(),
        decode(jwk["x"].as_str().unwrap())
    );
    let thumbprint = example["thumbprint_sha256"].as_str().unwrap();
    assert_eq!(public.id().to_string(), format!("kid_{thumbprint}"));
    assert_eq!(KeyId::of(public.as_bytes()), public.id());

    let jws = example["jws_compact"].as_str().unwrap();
    let (signed, signature) = jws.rsplit_once('.').unwrap();
    for store in keystores() {
        let ours = store.signer(&seed).sign(signed.as_bytes());
        assert_eq!(ours.to_vec(), decode(signature));
    }
    // A genuine JWS, but no token of ours: no `kid`, no `typ`, no claims.
    assert!(verify(jws).is_err());
}

#[test]
fn no_wycheproof_jws_is_an_access_token() {
    let file = vectors!("wycheproof_json_web_signature_test.json");
    let mut count = 0;
    for group in file["testGroups"].as_array().unwrap() {
        for test in group["tests"].as_array().unwrap() {
            let jws = test["jws"]
                .as_str()
                .map_or_else(|| test["jws"].to_string(), str::to_owned);
            assert!(verify(&jws).is_err(), "{test}");
            count += 1;
        }
    }
    assert_eq!(count, 401);
}

#[test]
fn no_wycheproof_key_set_lends_us_a_key() {
    let file = vectors!("wycheproof_json_web_key_test.json");
    let mut count = 0;
    for group in file["testGroups"].as_array().unwrap() {
        for name in ["public", "private"] {
            let Some(set) = group.get(name) else { continue };
            let read = KeySet::from_jwks(&set.to_string());
            // Secret members refuse the set; sets of other public keys are empty to us.
            let secret = set.to_string().contains("\"k\":") || set.to_string().contains("\"d\":");
            assert_eq!(read.is_err(), secret || set.get("keys").is_none(), "{set}");
            assert!(read.is_ok_and(|keys| keys.is_empty()) != secret, "{set}");
            count += 1;
        }
    }
    assert!(count >= 26, "{count}");
}

#[test]
fn no_v4_local_paseto_is_an_access_token() {
    let file = vectors!("paseto_v4.json");
    let tests = file["tests"].as_array().unwrap();
    assert_eq!(tests.len(), 17);
    for test in tests {
        assert!(verify(test["token"].as_str().unwrap()).is_err(), "{test}");
    }
}

#[test]
fn small_order_and_non_canonical_keys_are_refused() {
    let weak = |hex_text: &str| {
        let bytes = HEXLOWER.decode(hex_text.as_bytes()).unwrap();
        PublicKey::from_bytes(&bytes.try_into().unwrap())
    };
    // The identity, the point of order two, one of order four and one of order eight.
    for text in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ] {
        assert_eq!(weak(text), Err(KeyError::Weak), "{text}");
    }
    // y = p + 1 and y = p + 3: the same points as smaller y, written differently.
    for text in [
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        assert_eq!(weak(text), Err(KeyError::NotAPoint), "{text}");
    }
}
