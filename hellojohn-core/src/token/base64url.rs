//! Canonical base64url (RFC 4648 §5): no padding, no white space, no stray trailing bits (R066).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Decodes into the front of `buffer`; `None` if it is not canonical or does not fit.
pub(crate) fn decode_into<'b>(text: &str, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let length = URL_SAFE_NO_PAD.decode_slice(text, buffer).ok()?;
    buffer.get(..length)
}

/// Decodes; `None` if it is not canonical.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Encodes onto the end of `text`.
pub(crate) fn encode_onto(bytes: &[u8], text: &mut String) {
    URL_SAFE_NO_PAD.encode_string(bytes, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_has_one_text() {
        let mut buffer = [0; 4];
        assert_eq!(decode_into("_-8", &mut buffer), Some(&[0xFF, 0xEF][..]));
        for bad in ["_-9", "_-8=", "/+8", "_-8 ", "_-\n8", "_-8\0", "_", "é8"] {
            assert_eq!(decode_into(bad, &mut buffer), None, "{bad:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(decode_into("AAAAAAAA", &mut [0; 5]), None);
        assert_eq!(decode_into("AAAAAAAA", &mut [0; 6]), Some(&[0; 6][..]));
    }
}
