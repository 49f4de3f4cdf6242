//! One spelling for equal passwords: NFC, and nothing else (R005).

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use zeroize::Zeroizing;

/// The longest password taken at all, in bytes as received (R002).
pub const MAX_PASSWORD_BYTES: usize = 1_024;

/// NFC never makes UTF-8 longer than this many times (Unicode TR 15, section 14.1).
const NFC_GROWTH: usize = 3;

/// The password in Unicode normalisation form C, wiped when dropped.
pub(super) fn nfc(password: &str) -> Zeroizing<String> {
    // Reserved in full: a string that grows leaves unwiped copies behind.
    let mut normal = Zeroizing::new(String::with_capacity(password.len() * NFC_GROWTH));
    if is_nfc_quick(password.chars()) == IsNormalized::Yes {
        normal.push_str(password);
    } else {
        normal.extend(password.nfc());
    }
    normal
}

/// The form in which a whole password is compared with a listed word: NFKC, lower case.
pub(super) fn folded(text: &str) -> Zeroizing<String> {
    // Lower-casing may undo the composition (`İ`), hence normalised on both sides.
    Zeroizing::new(text.nfkc().flat_map(char::to_lowercase).nfkc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_spellings_are_one_password() {
        for (left, right) in [
            ("caf\u{e9}", "cafe\u{301}"),
            ("\u{212b}ngstrom", "\u{c5}ngstrom"),
            ("\u{1100}\u{1161}", "\u{ac00}"),
            ("q\u{323}\u{307}", "q\u{307}\u{323}"),
        ] {
            assert_eq!(*nfc(left), *nfc(right), "{left}");
        }
    }

    #[test]
    fn nothing_but_composition_is_changed() {
        for (left, right) in [
            ("password", "Password"),
            ("password", "password "),
            ("password", " password"),
            ("password", "password\n"),
            ("password", "pass\0word"),
            ("password\0", "password"),
            ("\u{fb01}sh", "fish"),
            ("\u{ff41}bc", "abc"),
            ("stra\u{df}e", "strasse"),
        ] {
            assert_ne!(*nfc(left), *nfc(right), "{left:?} {right:?}");
        }
    }

    #[test]
    fn the_reserved_room_is_enough_for_the_worst_case() {
        // U+1D160 composes to three characters of four bytes each.
        let text = "\u{1d160}".repeat(200);
        let normal = nfc(&text);
        assert_eq!(normal.len(), text.len() * NFC_GROWTH);
        assert!(normal.capacity() < text.len() * NFC_GROWTH + 64);
    }

    #[test]
    fn folding_ignores_case_width_and_ligatures() {
        assert_eq!(*folded("PassWord"), "password");
        assert_eq!(*folded("\u{ff30}\u{ff41}ss"), "pass");
        assert_eq!(*folded("\u{fb01}sh"), "fish");
    }
}
