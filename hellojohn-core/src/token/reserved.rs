//! Claim names that belong to the engine.

use unicode_normalization::UnicodeNormalization as _;

/// The names a hook, a mapping or metadata can never set (R070).
pub const RESERVED: &[&str] = &[
    "iss",
    "sub",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "sid",
    "session_id",
    "tenant_id",
    "scope",
    "client_id",
    "act",
    "amr",
    "acr",
    "azp",
    "cnf",
    "role",
    "roles",
    "permissions",
    "org",
    "org_id",
    "org_role",
    "tenant",
    "nonce",
    "at_hash",
    "auth_time",
    "mfa_verified",
    "mfa_at",
    "email",
    "email_verified",
    "name",
    "custom",
    "public_metadata",
];

/// Whether a claim name is reserved, whatever its case and compatibility form (R070).
///
/// Names are compared after NFKC (UAX #15) and without regard to ASCII case, because some
/// readers of tokens fold names before they compare them.
pub fn is_reserved(name: &str) -> bool {
    // Only the first so many characters can matter, and NFKC of a long name is not free.
    let folded: String = name.nfkc().take(MAX_FOLDED).collect();
    RESERVED
        .iter()
        .any(|reserved| folded.eq_ignore_ascii_case(reserved))
}

/// One more than the longest reserved name, so that a cut name never equals one.
const MAX_FOLDED: usize = 16;

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    #[test]
    fn a_cut_name_cannot_equal_a_reserved_one() {
        let longest = RESERVED.iter().map(|name| name.len()).max();
        assert!(longest < Some(MAX_FOLDED));
    }

    /// The full-width form of a character (U+FF01…), which NFKC takes back.
    fn full_width(c: char) -> char {
        match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
            _ => c,
        }
    }

    proptest! {
        #[test]
        fn every_case_and_width_of_a_reserved_name_is_reserved(
            name in select(RESERVED),
            mask in proptest::collection::vec((any::<bool>(), any::<bool>()), 16),
        ) {
            let disguised: String = name
                .chars()
                .zip(mask)
                .map(|(c, (upper, wide))| {
                    let c = if upper { c.to_ascii_uppercase() } else { c };
                    if wide { full_width(c) } else { c }
                })
                .collect();
            prop_assert!(is_reserved(&disguised), "{disguised}");
        }

        #[test]
        fn a_longer_name_is_free(name in select(RESERVED), tail in "[a-z0-9]{1,20}") {
            let longer = format!("{name}-{tail}");
            prop_assert!(!is_reserved(&longer), "{longer}");
        }
    }

    #[test]
    fn an_ordinary_name_is_free() {
        for name in ["", "plan", "issuer", "https://example.com/iss", "ro le"] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
