//! AWS Signature Version 4 over a request to the root path.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

/// What is signed.
pub(super) struct Signed<'a> {
    pub(super) method: &'a str,
    /// Lower-case names in alphabetical order, with their values.
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    /// `20150830T123600Z`.
    pub(super) time: &'a str,
}

impl Signed<'_> {
    /// The `Authorization` header.
    pub(super) fn authorization(&self, key_id: &str, secret: &SecretString) -> String {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let scope = self.scope();
        let signature = self.signature(&names, &scope, secret);
        format!(
            "AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
        )
    }

    fn scope(&self) -> String {
        let date = self.time.get(..8).unwrap_or_default();
        format!("{date}/{}/{}/aws4_request", self.region, self.service)
    }

    fn signature(&self, names: &str, scope: &str, secret: &SecretString) -> String {
        let lines = self.headers.iter();
        let headers: Vec<String> = lines
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let headers = headers.concat();
        let body = HEXLOWER.encode(&Sha256::digest(self.body));
        let request = format!("{}\n/\n\n{headers}\n{names}\n{body}", self.method);
        let request = HEXLOWER.encode(&Sha256::digest(request));
        let to_sign = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{request}", self.time);
        let first = format!("AWS4{}", secret.expose_secret()).into_bytes();
        let key = scope
            .split('/')
            .fold(first, |key, part| mac(&key, part.as_bytes()));
        HEXLOWER.encode(&mac(&key, to_sign.as_bytes()))
    }
}

fn mac(key: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length (RFC 2104 §2), so there is no error to hand on.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(method: &str, headers: &[(&str, &str)], body: &str) -> String {
        let signed = Signed {
            method,
            headers,
            body,
            region: "us-east-1",
            service: "service",
            time: "20150830T123600Z",
        };
        let secret = SecretString::from("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        let authorization = signed.authorization("AKIDEXAMPLE", &secret);
        let (head, signature) = authorization.split_once("Signature=").unwrap();
        assert!(head.contains("Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request"));
        signature.to_owned()
    }

    /// `get-vanilla`, `post-vanilla` and `post-x-www-form-urlencoded` of AWS's published test suite.
    #[test]
    fn published_examples_are_signed_as_published() {
        let plain = [
            ("host", "example.amazonaws.com"),
            ("x-amz-date", "20150830T123600Z"),
        ];
        assert_eq!(
            signature("GET", &plain, ""),
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        );
        assert_eq!(
            signature("POST", &plain, ""),
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
        );
        let form = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("host", "example.amazonaws.com"),
            ("x-amz-date", "20150830T123600Z"),
        ];
        assert_eq!(
            signature("POST", &form, "Param1=value1"),
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        );
    }
}
