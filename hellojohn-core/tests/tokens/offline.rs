//! A resource server that has only the published keys.

use std::time::Duration;

use hellojohn_core::token::{
    DalekKeystore, JwksError, OfflineVerifier, Seed, SigningKey, TokenError, issue_access_token,
    jwks,
};

use crate::{
    attacks::formats,
    support::{ISSUER, claims, issue, now, signing_key, tenant},
};

fn verifier() -> OfflineVerifier {
    let set = jwks::render(&[signing_key().public().clone()]);
    OfflineVerifier::new(ISSUER, tenant(), &set).unwrap()
}

#[test]
fn it_accepts_what_the_instance_issues() {
    for format in formats() {
        assert_eq!(
            verifier().verify(&issue(&claims(), format), now()),
            Ok(claims())
        );
    }
}

#[test]
fn a_rotation_is_survived_by_fetching_the_keys_once() {
    let next = SigningKey::from_seed(&Seed::new([8; 32]), &DalekKeystore).unwrap();
    let verifier = verifier();
    for format in formats() {
        let (old, new) = (
            issue(&claims(), format),
            issue_access_token(&claims(), &next, format).unwrap(),
        );
        verifier
            .replace_keys(&jwks::render(&[signing_key().public().clone()]))
            .unwrap();
        let unknown = TokenError::UnknownKey { kid: next.id() };
        assert_eq!(verifier.verify(&new, now()), Err(unknown));

        let both = [signing_key().public().clone(), next.public().clone()];
        verifier.replace_keys(&jwks::render(&both)).unwrap();
        assert!(verifier.verify(&old, now()).is_ok());
        assert!(verifier.verify(&new, now()).is_ok());

        // Retired: its tokens fail at once.
        verifier.replace_keys(&jwks::render(&both[1..])).unwrap();
        assert!(verifier.verify(&old, now()).is_err());
        assert!(verifier.verify(&new, now()).is_ok());
    }
}

#[test]
fn a_broken_set_leaves_the_old_keys_in_place() {
    let verifier = verifier();
    assert_eq!(verifier.replace_keys("<html>"), Err(JwksError::Malformed));
    for format in formats() {
        assert!(verifier.verify(&issue(&claims(), format), now()).is_ok());
    }
}

#[test]
fn it_refuses_long_lives_when_told_to() {
    let verifier = verifier().max_lifetime(Duration::from_mins(5));
    for format in formats() {
        let error = verifier
            .verify(&issue(&claims(), format), now())
            .unwrap_err();
        assert_eq!(error, TokenError::LifetimeTooLong);
    }
}
