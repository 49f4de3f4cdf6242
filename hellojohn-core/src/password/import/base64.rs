//! The base64 of password hashes.

use data_encoding::BASE64_NOPAD;

/// Reads the PHC alphabet, and passlib's, which has `.` for `+`; neither pads.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    if text.contains('.') {
        return BASE64_NOPAD.decode(text.replace('.', "+").as_bytes()).ok();
    }
    BASE64_NOPAD.decode(text.as_bytes()).ok()
}

pub(super) fn encode(bytes: &[u8]) -> String {
    BASE64_NOPAD.encode(bytes)
}

/// Reads a decimal number as the PHC format writes it: no sign, no leading zero.
pub(super) fn decimal(text: &str) -> Option<u32> {
    let canonical =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    canonical.then(|| text.parse().ok()).flatten()
}
