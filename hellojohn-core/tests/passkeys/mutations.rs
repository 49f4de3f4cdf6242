//! A good ceremony with one field changed: every change is refused, and for the right reason (R135).

use ed25519_dalek::SigningKey;
use hellojohn_core::passkey::{
    Ceremony, Flaw, Identified, Passkey, PasskeyError, RelyingParty, UserVerification,
};

use crate::authenticator::{AT, CHALLENGE, Making, ORIGIN, RP_ID, UP, UV, cose, owned};

type Change = fn(&mut Making);

const fn flaw(flaw: Flaw) -> PasskeyError {
    PasskeyError::Invalid(flaw)
}

fn party() -> RelyingParty {
    RelyingParty::new(RP_ID, "Example", vec![ORIGIN.to_owned()]).unwrap()
}

fn with<T>(party: &RelyingParty, then: impl FnOnce(Ceremony<'_>) -> T) -> T {
    then(Ceremony {
        party,
        challenge: &CHALLENGE,
        user_verification: UserVerification::Required,
    })
}

const REGISTRATION: &[(&str, Change, PasskeyError)] = &[
    (
        "type of the other ceremony",
        |m| m.client["type"] = "webauthn.get".into(),
        flaw(Flaw::Type),
    ),
    (
        "type in upper case",
        |m| m.client["type"] = "WEBAUTHN.CREATE".into(),
        flaw(Flaw::Type),
    ),
    (
        "no type",
        |m| drop(m.client.as_object_mut().unwrap().remove("type")),
        flaw(Flaw::Malformed),
    ),
    (
        "another challenge",
        |m| m.client["challenge"] = "AAAA".into(),
        flaw(Flaw::Challenge),
    ),
    (
        "an empty challenge",
        |m| m.client["challenge"] = "".into(),
        flaw(Flaw::Challenge),
    ),
    (
        "a padded challenge",
        |m| m.client["challenge"] = "AAA=".into(),
        flaw(Flaw::Malformed),
    ),
    (
        "no origin",
        |m| drop(m.client.as_object_mut().unwrap().remove("origin")),
        flaw(Flaw::Malformed),
    ),
    (
        "another relying party",
        |m| m.rp_id = "app.example.com".into(),
        flaw(Flaw::RelyingParty),
    ),
    (
        "nobody there",
        |m| m.flags = UV | AT,
        flaw(Flaw::UserPresence),
    ),
    (
        "nobody verified",
        |m| m.flags = UP | AT,
        PasskeyError::UserVerificationRequired,
    ),
    (
        "backed up, not eligible",
        |m| m.flags |= 16,
        flaw(Flaw::BackupFlags),
    ),
    (
        "no attested data announced",
        |m| m.flags = UP | UV,
        flaw(Flaw::Malformed),
    ),
    (
        "extensions announced",
        |m| m.flags |= 128,
        flaw(Flaw::Malformed),
    ),
    (
        "an unknown format",
        |m| m.format = "made-up",
        flaw(Flaw::Signature),
    ),
    (
        "a format without its statement",
        |m| m.format = "packed",
        flaw(Flaw::Signature),
    ),
    (
        "an id of 15 bytes",
        |m| m.credential_id = vec![8; 15],
        flaw(Flaw::Credential),
    ),
    (
        "an id of 1024 bytes",
        |m| m.credential_id = vec![8; 1024],
        flaw(Flaw::Credential),
    ),
    (
        "an algorithm that was not offered",
        |m| m.cose = es384(),
        flaw(Flaw::Algorithm),
    ),
    (
        "an algorithm for another kind of key",
        |m| m.cose[4] = 0x26,
        flaw(Flaw::Algorithm),
    ),
    ("another curve", |m| m.cose[6] = 7, flaw(Flaw::Algorithm)),
    ("half a key", |m| m.cose.truncate(20), flaw(Flaw::Malformed)),
    (
        "another id outside",
        |m| {
            m.envelope = |a| {
                a["id"] = ID.into();
                a["rawId"] = ID.into();
            }
        },
        flaw(Flaw::Credential),
    ),
    (
        "two ids",
        |m| m.envelope = |a| a["id"] = ID.into(),
        flaw(Flaw::Malformed),
    ),
    (
        "another type outside",
        |m| m.envelope = |a| a["type"] = "password".into(),
        flaw(Flaw::Malformed),
    ),
    (
        "no response",
        |m| m.envelope = |a| a["response"] = serde_json::Value::Null,
        flaw(Flaw::Malformed),
    ),
    (
        "no CBOR",
        |m| m.envelope = |a| a["response"]["attestationObject"] = "AAAA".into(),
        flaw(Flaw::Malformed),
    ),
    (
        "no base64url",
        |m| m.envelope = |a| a["response"]["clientDataJSON"] = "{}".into(),
        flaw(Flaw::Malformed),
    ),
];

const ASSERTION: &[(&str, Change, PasskeyError)] = &[
    (
        "type of the other ceremony",
        |m| m.client["type"] = "webauthn.create".into(),
        flaw(Flaw::Type),
    ),
    (
        "type of a payment",
        |m| m.client["type"] = "payment.get".into(),
        flaw(Flaw::Type),
    ),
    (
        "another challenge",
        |m| m.client["challenge"] = "AAAA".into(),
        flaw(Flaw::Challenge),
    ),
    (
        "no challenge",
        |m| drop(m.client.as_object_mut().unwrap().remove("challenge")),
        flaw(Flaw::Malformed),
    ),
    (
        "another relying party",
        |m| m.rp_id = "evil.example".into(),
        flaw(Flaw::RelyingParty),
    ),
    ("nobody there", |m| m.flags = UV, flaw(Flaw::UserPresence)),
    (
        "nobody verified",
        |m| m.flags = UP,
        PasskeyError::UserVerificationRequired,
    ),
    (
        "backed up, not eligible",
        |m| m.flags |= 16,
        flaw(Flaw::BackupFlags),
    ),
    (
        "eligible all of a sudden",
        |m| m.flags |= 8,
        flaw(Flaw::BackupFlags),
    ),
    (
        "attested data announced",
        |m| m.flags |= AT,
        flaw(Flaw::Malformed),
    ),
    (
        "extensions announced",
        |m| m.flags |= 128,
        flaw(Flaw::Malformed),
    ),
    (
        "bytes at the end",
        |m| m.trailer = vec![0],
        flaw(Flaw::Malformed),
    ),
    (
        "bytes after the extensions",
        |m| {
            m.flags |= 128;
            m.trailer = vec![0xa0, 0];
        },
        flaw(Flaw::Malformed),
    ),
    (
        "another key",
        |m| m.signer = SigningKey::from_bytes(&[4; 32]),
        flaw(Flaw::Signature),
    ),
    (
        "another credential",
        |m| m.credential_id = vec![7; 32],
        flaw(Flaw::Credential),
    ),
    (
        "another user",
        |m| m.handle = Some(vec![6; 32]),
        flaw(Flaw::UserHandle),
    ),
    ("no user", |m| m.handle = None, flaw(Flaw::UserHandle)),
    (
        "an empty signature",
        |m| m.envelope = |a| a["response"]["signature"] = "".into(),
        flaw(Flaw::Signature),
    ),
    (
        "the signature of nothing",
        |m| m.envelope = |a| a["response"]["signature"] = "A".repeat(86).into(),
        flaw(Flaw::Signature),
    ),
    (
        "a counter that was not signed",
        |m| m.envelope = |a| a["response"]["authenticatorData"] = counted(a, 99).into(),
        flaw(Flaw::Signature),
    ),
    (
        "client data that was not signed",
        |m| m.envelope = |a| a["response"]["clientDataJSON"] = spaced(a).into(),
        flaw(Flaw::Signature),
    ),
    (
        "authenticator data cut short",
        |m| m.envelope = |a| a["response"]["authenticatorData"] = "AAAA".into(),
        flaw(Flaw::Malformed),
    ),
    (
        "two ids",
        |m| m.envelope = |a| a["rawId"] = ID.into(),
        flaw(Flaw::Malformed),
    ),
];

/// A credential id nobody has.
const ID: &str = "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk";

#[test]
fn every_single_change_of_a_registration_is_refused() {
    let party = party();
    with(&party, |ceremony| {
        let good = ceremony.registration(&Making::registration().created(), &[]);
        let passkey = owned(good.unwrap());
        assert_eq!(passkey.transports, ["hybrid", "internal"]);
        assert_eq!(passkey.sign_count, 7);
        assert_eq!(
            passkey.aaguid.as_deref(),
            Some("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
        );
        for (name, change, expected) in REGISTRATION {
            let mut making = Making::registration();
            change(&mut making);
            let answer = ceremony.registration(&making.created(), &[]);
            assert_eq!(answer.map(drop), Err(*expected), "{name}");
        }
    });
}

#[test]
fn every_single_change_of_an_assertion_is_refused() {
    let party = party();
    with(&party, |ceremony| {
        let passkey = registered(&ceremony);
        let good = ceremony.assertion(
            &Making::assertion().signed(),
            &passkey,
            Identified::ByAuthenticator,
        );
        let good = good.unwrap();
        assert!(good.user_verified() && !good.backup_state());
        assert_eq!(good.sign_count(), 7);
        for (name, change, expected) in ASSERTION {
            let mut making = Making::assertion();
            change(&mut making);
            let answer =
                ceremony.assertion(&making.signed(), &passkey, Identified::ByAuthenticator);
            assert_eq!(answer.map(drop), Err(*expected), "{name}");
        }
    });
}

/// R140: behind another factor the user need not be verified, and need not be named.
#[test]
fn behind_another_factor_presence_is_enough() {
    let party = party();
    with(&party, |ceremony| {
        let passkey = registered(&ceremony);
        let second = Ceremony {
            user_verification: UserVerification::Preferred,
            ..ceremony
        };
        let mut making = Making::assertion();
        (making.flags, making.handle) = (UP, None);
        let answer = second.assertion(&making.signed(), &passkey, Identified::Before);
        assert!(!answer.unwrap().user_verified());
    });
}

/// N84: the passkey of somebody else proves nothing, whatever the answer says of itself.
#[test]
fn an_answer_holds_for_its_own_passkey_only() {
    let party = party();
    with(&party, |ceremony| {
        let mut other = Making::registration();
        other.signer = SigningKey::from_bytes(&[4; 32]);
        other.cose = cose(&other.signer);
        let theirs = owned(ceremony.registration(&other.created(), &[]).unwrap());
        let answer = Making::assertion().signed();
        let judged = ceremony.assertion(&answer, &theirs, Identified::Before);
        assert_eq!(judged.map(drop), Err(flaw(Flaw::Signature)));
    });
}

fn registered(ceremony: &Ceremony<'_>) -> Passkey {
    let made = Making::registration().created();
    owned(ceremony.registration(&made, &[]).unwrap())
}

/// An ES384 key on the curve's base point (RFC 9053 §2.1, SEC 2 §2.5.1).
fn es384() -> Vec<u8> {
    let point = "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7\
                 3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f";
    let point = data_encoding::HEXLOWER.decode(point.as_bytes()).unwrap();
    let mut cose = vec![
        0xa5, 0x01, 0x02, 0x03, 0x38, 0x22, 0x20, 0x02, 0x21, 0x58, 0x30,
    ];
    cose.extend_from_slice(&point[..48]);
    cose.extend_from_slice(&[0x22, 0x58, 0x30]);
    cose.extend_from_slice(&point[48..]);
    cose
}

/// The authenticator data with another counter.
fn counted(answer: &serde_json::Value, count: u8) -> String {
    let text = answer["response"]["authenticatorData"].as_str().unwrap();
    let mut data = data_encoding::BASE64URL_NOPAD
        .decode(text.as_bytes())
        .unwrap();
    data[36] = count;
    data_encoding::BASE64URL_NOPAD.encode(&data)
}

/// The same client data in other bytes.
fn spaced(answer: &serde_json::Value) -> String {
    let text = answer["response"]["clientDataJSON"].as_str().unwrap();
    let mut data = data_encoding::BASE64URL_NOPAD
        .decode(text.as_bytes())
        .unwrap();
    data.push(b' ');
    data_encoding::BASE64URL_NOPAD.encode(&data)
}
