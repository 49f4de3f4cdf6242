//! Backup codes: ten for the day the authenticator is lost, each good once (R132).

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::{
    id::UserId,
    ports::Random,
    secret::{SecretHash, mac},
};

/// How many are made at a time.
pub const SET_SIZE: usize = 10;

const ALPHABET: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LENGTH: usize = 8;
const GROUP: usize = 4;

/// Makes a set of codes that differ from each other.
pub fn new_set(random: &dyn Random) -> Vec<SecretString> {
    let mut codes: Vec<Zeroizing<String>> = Vec::with_capacity(SET_SIZE);
    while codes.len() < SET_SIZE {
        let symbols = symbols(ALPHABET, LENGTH, random);
        let (left, right) = symbols.split_at_checked(GROUP).unwrap_or_default();
        let code = Zeroizing::new(format!("{left}-{right}"));
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
        .iter()
        .map(|code| SecretString::from(code.as_str()))
        .collect()
}

/// By what a code is stored and found: keyed, because it is short, and bound to its user.
pub fn hash(key: &[u8; 32], user: UserId, code: &SecretString) -> SecretHash {
    let code = normalised(code);
    SecretHash::from_bytes(mac(key, &[&user.to_bytes(), code.as_bytes()]))
}

/// As it is stored, however it was typed.
fn normalised(code: &SecretString) -> Zeroizing<String> {
    let symbols = code
        .expose_secret()
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'));
    Zeroizing::new(symbols.map(|c| c.to_ascii_uppercase()).collect())
}

/// Random symbols, each as likely as any other: bytes that would prefer some are thrown away (R129).
pub(crate) fn symbols(alphabet: &[u8], length: usize, random: &dyn Random) -> Zeroizing<String> {
    let size = alphabet.len().clamp(1, 256);
    let fair = 256 - 256 % size;
    let mut text = Zeroizing::new(String::with_capacity(length));
    let mut bytes = Zeroizing::new([0_u8; 32]);
    while text.len() < length {
        random.fill(&mut *bytes);
        let fair = bytes.iter().filter(|byte| usize::from(**byte) < fair);
        let wanted = length - text.len();
        let symbols = fair.filter_map(|byte| alphabet.get(usize::from(*byte) % size));
        text.extend(symbols.take(wanted).map(|byte| char::from(*byte)));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;
    use crate::{ports::system::SystemRandom, time::Timestamp};

    /// Every byte once, then again.
    struct EveryByte(AtomicU8);

    impl Random for EveryByte {
        fn fill(&self, bytes: &mut [u8]) {
            for byte in bytes {
                *byte = self.0.fetch_add(1, Ordering::SeqCst);
            }
        }
    }

    #[test]
    fn over_all_bytes_every_symbol_is_as_frequent() {
        let digits = b"0123456789";
        for (alphabet, fair) in [(&ALPHABET[..], 252), (&digits[..], 250)] {
            let text = symbols(alphabet, fair, &EveryByte(AtomicU8::new(0)));
            for symbol in alphabet {
                let times = text.bytes().filter(|byte| byte == symbol).count();
                assert_eq!(times, fair / alphabet.len(), "{symbol}");
            }
        }
    }

    #[test]
    fn a_set_is_ten_codes_of_the_documented_form() {
        let codes = new_set(&SystemRandom::new().unwrap());
        assert_eq!(codes.len(), 10);
        for code in codes {
            let (left, right) = code.expose_secret().split_once('-').unwrap();
            for group in [left, right] {
                assert_eq!(group.len(), 4);
                assert!(group.bytes().all(|b| ALPHABET.contains(&b)), "{group}");
            }
        }
    }

    #[test]
    fn a_code_is_found_however_it_is_typed_and_for_its_user_only() {
        let user = |n| UserId::new(Timestamp::from_seconds(1), [n; 10]);
        let of = |n, text: &str| hash(&[7; 32], user(n), &text.to_owned().into());
        for typed in ["ab12-cd34", "AB12CD34", " ab12 cd34 "] {
            assert_eq!(of(1, typed), of(1, "AB12-CD34"), "{typed}");
        }
        assert_ne!(of(1, "AB12-CD34"), of(2, "AB12-CD34"));
        assert_ne!(of(1, "AB12-CD34"), of(1, "AB12-CD35"));
    }
}
