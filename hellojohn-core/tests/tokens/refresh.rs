//! Refresh tokens.

use hellojohn_core::{
    id::{SessionId, TenantId},
    secret::ExposeSecret as _,
    token::{RefreshClaim, RefreshKey, RefreshToken, RefreshTokenError},
};
use proptest::prelude::*;

use crate::support::{decode, encode, now, tenant};

fn key() -> RefreshKey {
    RefreshKey::new("rfk_1", [5; 32])
}

fn session() -> SessionId {
    SessionId::new(now(), [6; 10])
}

fn minted() -> String {
    RefreshToken::mint(&key(), tenant(), session(), 7, [8; 16])
        .expose_secret()
        .to_owned()
}

fn read(
    text: &str,
    keys: &[RefreshKey],
    tenant: TenantId,
) -> Result<RefreshClaim, RefreshTokenError> {
    RefreshToken::parse(text)?.authenticate(keys, tenant)
}

#[test]
fn the_layout_is_as_documented() {
    let bytes = decode(minted().strip_prefix("rft_").unwrap());
    assert_eq!(bytes.len(), 73);
    assert_eq!(bytes[0], 1);
    assert_eq!(bytes[1..5], key().tag());
    assert_eq!(bytes[5..21], session().to_bytes());
    assert_eq!(bytes[21..25], 7_u32.to_be_bytes());
    assert_eq!(bytes[25..41], [8; 16]);
    let parts: [&[u8]; 5] = [
        b"hellojohn refresh v1",
        &tenant().to_bytes(),
        &session().to_bytes(),
        &7_u32.to_be_bytes(),
        &[8; 16],
    ];
    assert_eq!(bytes[41..], hellojohn_core::secret::mac(&[5; 32], &parts));
}

#[test]
fn a_token_says_what_it_was_minted_with() {
    let claim = read(&minted(), &[key()], tenant()).unwrap();
    let wanted = RefreshClaim {
        session: session(),
        generation: 7,
        salt: [8; 16],
        key_tag: key().tag(),
    };
    assert_eq!(claim, wanted);
    assert_eq!(minted(), minted());
}

#[test]
fn overlapping_keys_are_told_apart_and_a_dropped_key_takes_its_tokens_along() {
    let next = RefreshKey::new("rfk_2", [9; 32]);
    assert_ne!(key().tag(), next.tag());
    assert!(read(&minted(), &[next, key()], tenant()).is_ok());
    let next = RefreshKey::new("rfk_2", [9; 32]);
    assert_eq!(read(&minted(), &[next], tenant()), Err(RefreshTokenError));
    assert_eq!(read(&minted(), &[], tenant()), Err(RefreshTokenError));
}

#[test]
fn one_tag_with_two_secrets_finds_the_right_one() {
    let same_name = RefreshKey::new("rfk_1", [1; 32]);
    assert!(read(&minted(), &[same_name, key()], tenant()).is_ok());
}

#[test]
fn every_changed_bit_is_refused() {
    let bytes = decode(minted().strip_prefix("rft_").unwrap());
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let text = format!("rft_{}", encode(bad));
        assert_eq!(
            read(&text, &[key()], tenant()),
            Err(RefreshTokenError),
            "{bit}"
        );
    }
}

#[test]
fn every_truncation_padding_and_junk_is_refused() {
    let good = minted();
    for length in 0..good.len() {
        assert_eq!(
            read(&good[..length], &[key()], tenant()),
            Err(RefreshTokenError)
        );
        assert_eq!(
            read(&good[length + 1..], &[key()], tenant()),
            Err(RefreshTokenError)
        );
    }
    for bad in [
        format!("{good}="),
        format!("{good}=="),
        format!("{good}A"),
        format!("{good}AAAA"),
        format!("{good}\n"),
        format!("{good}\0"),
        format!(" {good}"),
        good.replace("rft_", "RFT_"),
        good.replace("rft_", ""),
        good.replace("rft_", "rft_rft_"),
        format!("{good}{good}"),
    ] {
        assert_eq!(
            read(&bad, &[key()], tenant()),
            Err(RefreshTokenError),
            "{bad}"
        );
    }
}

#[test]
fn the_last_character_has_one_spelling() {
    let good = minted();
    let accepted = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        .chars()
        .filter(|last| {
            let text = format!("{}{last}", &good[..good.len() - 1]);
            read(&text, &[key()], tenant()).is_ok()
        })
        .count();
    assert_eq!(accepted, 1);
}

#[test]
fn debug_shows_no_secret() {
    let presented = RefreshToken::parse(&minted()).unwrap();
    assert_eq!(format!("{presented:?}"), "Presented(…)");
    assert!(!format!("{:?}", key()).contains("secret"));
}

proptest! {
    #[test]
    fn what_is_minted_reads_back(
        secret: [u8; 32], tenant: [u8; 16], session: [u8; 16], generation: u32, salt: [u8; 16],
    ) {
        let (tenant, session) = (TenantId::from_bytes(tenant), SessionId::from_bytes(session));
        let key = RefreshKey::new("k", secret);
        let token = RefreshToken::mint(&key, tenant, session, generation, salt);
        let key_tag = key.tag();
        let claim = read(token.expose_secret(), &[key], tenant);
        prop_assert_eq!(claim, Ok(RefreshClaim { session, generation, salt, key_tag }));
    }

    #[test]
    fn another_tenant_or_secret_is_refused(other: [u8; 16], secret: [u8; 32]) {
        prop_assume!(other != tenant().to_bytes() && secret != [5; 32]);
        let other = TenantId::from_bytes(other);
        prop_assert_eq!(read(&minted(), &[key()], other), Err(RefreshTokenError));
        let key = RefreshKey::new("rfk_1", secret);
        prop_assert_eq!(read(&minted(), &[key], tenant()), Err(RefreshTokenError));
    }

    #[test]
    fn no_text_is_a_refresh_token(text in any::<String>()) {
        prop_assert_eq!(read(&text, &[key()], tenant()), Err(RefreshTokenError));
        let prefixed = format!("rft_{text}");
        prop_assert_eq!(read(&prefixed, &[key()], tenant()), Err(RefreshTokenError));
    }

    #[test]
    fn no_well_formed_bytes_are_a_refresh_token(bytes in prop::collection::vec(any::<u8>(), 73)) {
        let text = format!("rft_{}", encode(bytes));
        prop_assert_eq!(read(&text, &[key()], tenant()), Err(RefreshTokenError));
    }
}
