//! The test vectors of WebAuthn Level 3: fifteen registrations and what was signed with them.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hellojohn_core::passkey::{
    Ceremony, Flaw, Identified, PasskeyError, RelyingParty, UserVerification,
};
use serde_json::{Value, json};

use crate::authenticator::owned;

const VECTORS: &str = include_str!("../vectors/webauthn_l3_vectors.json");

/// What we say to a registration and its assertion.
#[derive(Debug, PartialEq)]
enum Verdict {
    Good,
    Registration(PasskeyError),
    Assertion(PasskeyError),
}

const SIGNATURE: PasskeyError = PasskeyError::Invalid(Flaw::Signature);
const ALGORITHM: PasskeyError = PasskeyError::Invalid(Flaw::Algorithm);
const CROSS_ORIGIN: PasskeyError = PasskeyError::Invalid(Flaw::CrossOrigin);

/// Refused are frames inside other pages (R137) and what was not asked for: other algorithms, and
/// the certificates of makers where the verifier wants more of them than the vectors have (TPM,
/// Android), or where we read none (Ed25519).
fn expected(name: &str) -> Verdict {
    match name {
        "ES256 Credential with \"crossOrigin\": true in clientDataJSON"
        | "ES256 Credential with \"topOrigin\" in clientDataJSON" => {
            Verdict::Registration(CROSS_ORIGIN)
        }
        "Packed Attestation with ES384 Credential"
        | "Packed Attestation with ES512 Credential"
        | "Packed Attestation with Ed448 Credential"
        | "TPM Attestation with ES256 Credential" => Verdict::Registration(ALGORITHM),
        "Packed Attestation with RS256 Credential"
        | "Packed Attestation with Ed25519 Credential"
        | "Android Key Attestation with ES256 Credential" => Verdict::Registration(SIGNATURE),
        _ => Verdict::Good,
    }
}

#[test]
fn the_published_ceremonies_are_judged_as_they_should() {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let party = RelyingParty::new(
        file["rp_id"].as_str().unwrap(),
        "Example",
        vec![file["origin_expected"].as_str().unwrap().to_owned()],
    )
    .unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    let mut judged = 0;
    let mut wrong = Vec::new();
    for vector in vectors
        .iter()
        .filter(|v| v["registration"]["challenge"].is_string())
    {
        let name = vector["name"].as_str().unwrap();
        let verdict = judge(&party, vector);
        if verdict != expected(name) {
            wrong.push(format!("{name}: {verdict:?}"));
        }
        judged += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(judged, 15);
}

/// What a browser hands over when no attestation is asked for, as we do (§5.4.7): the same
/// credential without its statement. Of RSA only keys of 2,048 bits are read, which is what
/// authenticators make; the vector has 3,488.
#[test]
fn without_attestation_the_offered_algorithms_are_accepted() {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let party = RelyingParty::new(
        "example.org",
        "Example",
        vec!["https://example.org".to_owned()],
    );
    let party = party.unwrap();
    let mut accepted = Vec::new();
    for vector in file["vectors"].as_array().unwrap() {
        let mut vector = vector.clone();
        let Some(object) = vector["registration"]["attestationObject"].as_str() else {
            continue;
        };
        let object = HEXLOWER.decode(object.as_bytes()).unwrap();
        vector["registration"]["attestationObject"] = HEXLOWER.encode(&bare(&object)).into();
        if judge(&party, &vector) == Verdict::Good {
            accepted.push(vector["name"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(accepted, ACCEPTED);
}

const ACCEPTED: [&str; 9] = [
    "ES256 Credential with No Attestation",
    "ES256 Credential with Self Attestation",
    "ES256 Credential with very long credential ID",
    "Packed Attestation with ES256 Credential",
    "Packed Attestation with Ed25519 Credential",
    "TPM Attestation with ES256 Credential",
    "Android Key Attestation with ES256 Credential",
    "Apple Anonymous Attestation with ES256 Credential",
    "FIDO U2F Attestation with ES256 Credential",
];

/// An attestation object with the same authenticator data and no statement.
fn bare(object: &[u8]) -> Vec<u8> {
    let name = b"\x68authData";
    let at = object.windows(name.len()).position(|part| part == name);
    let mut bare = b"\xa3\x63fmt\x64none\x67attStmt\xa0".to_vec();
    bare.extend_from_slice(&object[at.unwrap()..]);
    bare
}

fn judge(party: &RelyingParty, vector: &Value) -> Verdict {
    let (made, signed) = (&vector["registration"], &vector["authentication"]);
    let id = text(&made["credential_id"]);
    let answer = |response: Value| json!({ "id": id, "rawId": id, "type": "public-key", "response": response });

    let challenge = bytes(&made["challenge"]);
    let ceremony = Ceremony {
        party,
        challenge: &challenge,
        user_verification: UserVerification::Preferred,
    };
    let registration = answer(json!({
        "clientDataJSON": text(&made["clientDataJSON"]),
        "attestationObject": text(&made["attestationObject"]),
    }));
    let passkey = match ceremony.registration(&registration, &[]) {
        Ok(registered) => owned(registered),
        Err(error) => return Verdict::Registration(error),
    };
    let excluded =
        ceremony.registration(&registration, std::slice::from_ref(&passkey.credential_id));
    assert_eq!(
        excluded.unwrap_err(),
        PasskeyError::Invalid(Flaw::Registered)
    );
    let told = made["aaguid"].as_str().map(str::to_owned);
    assert_eq!(passkey.aaguid, told, "aaguid");

    let challenge = bytes(&signed["challenge"]);
    let ceremony = Ceremony {
        challenge: &challenge,
        ..ceremony
    };
    let mut assertion = answer(json!({
        "clientDataJSON": text(&signed["clientDataJSON"]),
        "authenticatorData": text(&signed["authenticatorData"]),
        "signature": text(&signed["signature"]),
        "userHandle": null,
    }));
    if let Err(error) = ceremony.assertion(&assertion, &passkey, Identified::Before) {
        return Verdict::Assertion(error);
    }
    let mut forged = bytes(&signed["signature"]);
    *forged.last_mut().unwrap() ^= 1;
    assertion["response"]["signature"] = BASE64URL_NOPAD.encode(&forged).into();
    let forged = ceremony.assertion(&assertion, &passkey, Identified::Before);
    assert_eq!(forged.unwrap_err(), SIGNATURE);
    Verdict::Good
}

fn bytes(hex: &Value) -> Vec<u8> {
    HEXLOWER.decode(hex.as_str().unwrap().as_bytes()).unwrap()
}

fn text(hex: &Value) -> String {
    BASE64URL_NOPAD.encode(&bytes(hex))
}
