//! The test vectors of WebAuthn Level 3: fifteen registrations and what was signed with them.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hellojohn_core::passkey::{Ceremony, Flaw, Identified, PasskeyError, RelyingParty, UserVerification};
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
const CROSS_ORIGIN: PasskeyError = PasskeyError::Invalid(Flaw::CrossOrigin);

/// Refused are: frames inside other pages (R137), algorithms that were not offered, and an
/// attestation chain nobody asked for.
fn expected(name: &str) -> Verdict {
    match name {
        "ES256 Credential with \"crossOrigin\": true in clientDataJSON"
        | "ES256 Credential with \"topOrigin\" in clientDataJSON" => {
            Verdict::Registration(CROSS_ORIGIN)
        }
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
    for vector in vectors.iter().filter(|v| v["registration"]["challenge"].is_string()) {
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
    let excluded = ceremony.registration(&registration, &[passkey.credential_id.clone()]);
    assert_eq!(excluded.unwrap_err(), PasskeyError::Invalid(Flaw::Credential));
    let told = made["aaguid"].as_str().map(str::to_owned);
    assert_eq!(passkey.aaguid, told, "aaguid");

    let challenge = bytes(&signed["challenge"]);
    let ceremony = Ceremony { challenge: &challenge, ..ceremony };
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
