//! From which pages a passkey may be used (R136, N83).

use hellojohn_core::passkey::{
    Ceremony, Flaw, Identified, PasskeyError, RelyingParty, UserVerification,
};

use crate::authenticator::{CHALLENGE, Making, ORIGIN, RP_ID, owned};

fn party() -> RelyingParty {
    let origins = vec![ORIGIN.to_owned(), "https://example.com:8443".to_owned()];
    RelyingParty::new(RP_ID, "Example", origins).unwrap()
}

#[test]
fn only_the_listed_origins_are_accepted_and_only_as_a_whole() {
    let party = party();
    let ceremony = Ceremony {
        party: &party,
        challenge: &CHALLENGE,
        user_verification: UserVerification::Required,
    };
    let passkey = owned(
        ceremony
            .registration(&Making::registration().created(), &[])
            .unwrap(),
    );
    let from = |origin: &str| {
        let (mut made, mut signed) = (Making::registration(), Making::assertion());
        made.client["origin"] = origin.into();
        signed.client["origin"] = origin.into();
        let made = ceremony.registration(&made.created(), &[]);
        let signed = ceremony.assertion(&signed.signed(), &passkey, Identified::ByAuthenticator);
        (made.map(drop), signed.map(drop))
    };
    for good in [ORIGIN, "https://example.com:8443"] {
        assert_eq!(from(good), (Ok(()), Ok(())), "{good}");
    }
    let refused = Err(PasskeyError::Invalid(Flaw::Origin));
    for bad in [
        "https://badexample.com",
        "https://example.com",
        "http://app.example.com",
        "https://app.example.com:8443",
        "https://app.example.com:443",
        "https://app.example.com/",
        "https://app.example.com.evil",
        "https://evil.app.example.com",
        "https://app.example.com@evil.example",
        "https://APP.example.com",
        "https://app.example.com\u{0}",
        "https://xn--pp-7ka.example.com",
        "null",
        "",
        "android:apk-key-hash:aaaa",
    ] {
        assert_eq!(from(bad), (refused, refused), "{bad}");
    }
}

/// R137.
#[test]
fn a_frame_inside_another_page_is_refused() {
    let party = party();
    let ceremony = Ceremony {
        party: &party,
        challenge: &CHALLENGE,
        user_verification: UserVerification::Required,
    };
    let passkey = owned(
        ceremony
            .registration(&Making::registration().created(), &[])
            .unwrap(),
    );
    let refused = Err(PasskeyError::Invalid(Flaw::CrossOrigin));
    for (name, value) in [
        ("crossOrigin", true.into()),
        ("topOrigin", "https://evil.example".into()),
        ("topOrigin", ORIGIN.into()),
    ] {
        let (mut made, mut signed) = (Making::registration(), Making::assertion());
        let value: serde_json::Value = value;
        made.client[name] = value.clone();
        signed.client[name] = value;
        let made = ceremony.registration(&made.created(), &[]);
        assert_eq!(made.map(drop), refused);
        let signed = ceremony.assertion(&signed.signed(), &passkey, Identified::Before);
        assert_eq!(signed.map(drop), refused);
    }
}
