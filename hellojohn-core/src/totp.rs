//! Time-based one-time passwords: RFC 6238 with SHA-1, six digits and steps of thirty seconds.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::SecretString;
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::{secret::same, time::Timestamp};

mod picture;
mod uri;

pub use picture::{PictureError, qr_code};
pub use uri::otpauth_uri;

/// Seconds of one step.
pub const PERIOD: i64 = 30;
/// How many digits a code has.
pub const DIGITS: usize = 6;
/// How many steps a clock may be ahead or behind.
const WINDOW: i64 = 1;

/// The shared secret: 160 random bits (RFC 4226 R6, R124).
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; 20]>);

impl TotpSecret {
    /// Makes one of random bytes.
    pub fn new(random: [u8; 20]) -> Self {
        Self(Zeroizing::new(random))
    }

    /// Reads what [`Self::as_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::new)
    }

    /// What is sealed.
    pub fn as_bytes(&self) -> &[u8] {
        &*self.0
    }

    /// As people type it into their authenticator.
    pub fn to_base32(&self) -> SecretString {
        BASE32_NOPAD.encode(&*self.0).into()
    }

    /// The step this code is of, if it is one of the window's and newer than the last accepted.
    ///
    /// All steps are compared, whichever matches. That a step is accepted once is for the statement
    /// that stores it (R125); the check here only spares that statement.
    pub fn step_of(&self, code: &str, now: Timestamp, last: Option<i64>) -> Option<i64> {
        let here = step_at(now);
        let mut found = None;
        for step in here.saturating_sub(WINDOW)..=here.saturating_add(WINDOW) {
            let is_new = last.is_none_or(|last| last < step);
            if same(self.code_of(step).as_bytes(), code.as_bytes()) && is_new {
                found = Some(step);
            }
        }
        found
    }

    /// The code of a step.
    pub fn code_of(&self, step: i64) -> Zeroizing<String> {
        let number = self.truncated(step) % 1_000_000;
        Zeroizing::new(format!("{number:0DIGITS$}"))
    }

    /// Dynamic truncation (RFC 4226 §5.3).
    fn truncated(&self, step: i64) -> u32 {
        // RFC 2104 §2 pads a short key with zeros to the block; doing it here has no error to handle.
        let mut block = Zeroizing::new([0_u8; 64]);
        let (head, _) = block.split_at_mut(self.0.len());
        head.copy_from_slice(&*self.0);
        let mut mac = <Hmac<Sha1> as KeyInit>::new(&(*block).into());
        mac.update(&step.to_be_bytes());
        let digest: [u8; 20] = mac.finalize().into_bytes().into();
        let at = usize::from(digest.last().copied().unwrap_or(0) & 0xF);
        let four = digest.iter().skip(at).take(4);
        four.fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)) & 0x7FFF_FFFF
    }
}

impl std::fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// The step a moment is in.
pub fn step_at(now: Timestamp) -> i64 {
    now.as_seconds().div_euclid(PERIOD)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    use super::*;

    fn secret() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    /// RFC 6238 appendix B, the SHA-1 column.
    #[test]
    fn the_published_vectors_hold() {
        let vectors = [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ];
        for (seconds, eight_digits) in vectors {
            let step = step_at(Timestamp::from_seconds(seconds));
            assert_eq!(secret().truncated(step) % 100_000_000, eight_digits);
            let six = format!("{:06}", eight_digits % 1_000_000);
            assert_eq!(*secret().code_of(step), six);
        }
    }

    /// RFC 4226 appendix D.
    #[test]
    fn the_counter_vectors_hold() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        for (step, code) in codes.iter().enumerate() {
            assert_eq!(*secret().code_of(i64::try_from(step).unwrap()), *code);
        }
    }

    #[test]
    fn a_secret_is_shown_as_base32() {
        let shown = secret().to_base32();
        assert_eq!(shown.expose_secret(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(TotpSecret::from_bytes(&[1; 19]).is_none());
        assert_eq!(format!("{:?}", secret()), "TotpSecret(…)");
    }

    #[test]
    fn only_six_digits_are_a_code() {
        let now = Timestamp::from_seconds(59);
        let code = secret().code_of(1);
        assert_eq!(secret().step_of(&code, now, None), Some(1));
        for other in [
            "", " ", "28708", "2870820", "94287082", "28708２", "287 082",
        ] {
            assert_eq!(secret().step_of(other, now, None), None, "{other}");
        }
    }

    proptest! {
        /// R125: of every step around now exactly the window's are accepted, and none twice.
        #[test]
        fn the_window_is_one_step_wide(
            key in any::<[u8; 20]>(),
            seconds in 0_i64..10_000_000_000,
            away in -20_i64..=20,
            last_away in proptest::option::of(-3_i64..=3),
        ) {
            let secret = TotpSecret::new(key);
            let now = Timestamp::from_seconds(seconds);
            let here = step_at(now);
            let codes: Vec<_> = (-20..=20).map(|n| secret.code_of(here + n)).collect();
            // Equal codes of different steps would make the expectation below ambiguous.
            let unique: std::collections::HashSet<&str> = codes.iter().map(|code| code.as_str()).collect();
            prop_assume!(unique.len() == codes.len());
            let last = last_away.map(|n| here + n);
            let found = secret.step_of(&secret.code_of(here + away), now, last);
            let accepted = away.abs() <= 1 && last_away.is_none_or(|last| last < away);
            prop_assert_eq!(found, accepted.then_some(here + away));
        }
    }
}
