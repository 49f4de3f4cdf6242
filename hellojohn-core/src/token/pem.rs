//! Ed25519 keys as PEM, the form in which operators carry them (RFC 8410).

use ed25519_dalek::{
    VerifyingKey,
    pkcs8::{
        DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
        KeypairBytes, spki::der::pem::LineEnding,
    },
};

use crate::{
    secret::{ExposeSecret as _, SecretString},
    token::{KeyError, PublicKey, Seed},
};

/// Why a PEM key cannot be read or written. Never says what the text was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PemError {
    /// Not an unencrypted PKCS#8 Ed25519 private key (`openssl genpkey -algorithm ed25519`).
    #[error("not a PKCS#8 Ed25519 private key in PEM")]
    Private,
    /// Not an SPKI Ed25519 public key (`openssl pkey -pubout`).
    #[error("not an SPKI Ed25519 public key in PEM")]
    Public,
    /// A public key that must not be used.
    #[error("unusable key")]
    Key(#[from] KeyError),
}

/// Reads a private key, PKCS#8 version 1 or 2; a public half inside must be the right one.
pub fn read_private(pem: &SecretString) -> Result<Seed, PemError> {
    ed25519_dalek::SigningKey::from_pkcs8_pem(pem.expose_secret().trim())
        .map(|key| Seed::new(key.to_bytes()))
        .map_err(|_| PemError::Private)
}

/// Writes a private key as PKCS#8 version 1, which every OpenSSL reads.
pub fn write_private(seed: &Seed) -> Result<SecretString, PemError> {
    KeypairBytes {
        secret_key: *seed.expose(),
        public_key: None,
    }
    .to_pkcs8_pem(LineEnding::LF)
    .map(|pem| SecretString::from(pem.as_str()))
    .map_err(|_| PemError::Private)
}

/// Reads a public key.
pub fn read_public(pem: &str) -> Result<PublicKey, PemError> {
    let key = VerifyingKey::from_public_key_pem(pem.trim()).map_err(|_| PemError::Public)?;
    Ok(PublicKey::from_bytes(key.as_bytes())?)
}

/// Writes a public key.
pub fn write_public(key: &PublicKey) -> Result<String, PemError> {
    VerifyingKey::from_bytes(key.as_bytes())
        .ok()
        .and_then(|key| key.to_public_key_pem(LineEnding::LF).ok())
        .ok_or(PemError::Public)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8410 §10.3, without and with the public half; and §10.1.
    const VERSION_1: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
        -----END PRIVATE KEY-----\n";
    const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\n\
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
        -----END PUBLIC KEY-----\n";

    #[test]
    fn the_key_of_rfc_8410_is_read_and_written_back() {
        let seed = read_private(&SecretString::from(VERSION_1)).unwrap();
        let public = seed.public_key().unwrap();
        assert_eq!(write_private(&seed).unwrap().expose_secret(), VERSION_1);
        assert_eq!(write_public(&public).unwrap(), PUBLIC);
        assert_eq!(read_public(PUBLIC).unwrap(), public);
    }

    #[test]
    fn surrounding_white_space_is_forgiven() {
        let padded = format!("\n  {VERSION_1}\n\n");
        assert!(read_private(&SecretString::from(padded)).is_ok());
    }

    #[test]
    fn other_labels_algorithms_and_lengths_are_refused() {
        let wrong_label = VERSION_1.replace("PRIVATE KEY", "EC PRIVATE KEY");
        // The last arc of the algorithm changed from Ed25519 (1.3.101.112) to X25519 (…110).
        let x25519 = VERSION_1.replace("BQYDK2Vw", "BQYDK2Vu");
        let short = VERSION_1.replace("VhC\n", "\n");
        for bad in [
            "",
            "-----BEGIN PRIVATE KEY-----",
            PUBLIC,
            &wrong_label,
            &x25519,
            &short,
        ] {
            let error = read_private(&SecretString::from(bad)).unwrap_err();
            assert_eq!(error, PemError::Private, "{bad}");
        }
        assert_eq!(read_public(VERSION_1), Err(PemError::Public));
    }

    #[test]
    fn debug_shows_no_seed() {
        assert_eq!(format!("{:?}", Seed::new([7; 32])), "Seed(…)");
    }
}
