use std::fmt::Write as _;

use secrecy::{ExposeSecret, SecretString};

use super::{DIGITS, PERIOD, TotpSecret};

/// What an authenticator reads: `otpauth://totp/{issuer}:{account}?secret=…`.
pub fn otpauth_uri(secret: &TotpSecret, issuer: &str, account: &str) -> SecretString {
    // A colon would end the issuer early.
    let issuer = escaped(&issuer.replace(':', " "));
    let account = escaped(account);
    let secret = secret.to_base32();
    let secret = secret.expose_secret();
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={PERIOD}"
    )
    .into()
}

/// Everything but unreserved characters (RFC 3986 §2.3) as percent escapes; never `+` for a space,
/// which authenticators show as it is.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuer_and_account_are_escaped() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890").unwrap();
        let uri = otpauth_uri(&secret, "Ada & Söhne: Co", "ada+1@example.com");
        assert_eq!(
            uri.expose_secret(),
            "otpauth://totp/Ada%20%26%20S%C3%B6hne%20%20Co:ada%2B1@example.com\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ada%20%26%20S%C3%B6hne%20%20Co\
             &algorithm=SHA1&digits=6&period=30"
        );
    }
}
